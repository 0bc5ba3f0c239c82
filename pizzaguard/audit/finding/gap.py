"""Gap: a thing we know we could not see."""

from __future__ import annotations

from dataclasses import dataclass

from pizzaguard.audit.finding.span import Span


@dataclass(frozen=True, slots=True)
class Gap:
    """A statement or a file that may hide routes or guards, why it could not be followed, and where it stands."""

    what: str
    """The kind of thing: `include_router`, `mount`, `dependencies`, `file`, …"""
    reason: str
    """One word for machines: `dynamic`, `external`, `missing`, `cycle`, `unreadable`, `limit`, …"""
    span: Span
    detail: str = ""
    """One line for people."""
