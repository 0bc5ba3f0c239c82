"""Edit: one replacement of source text."""

from __future__ import annotations

from dataclasses import dataclass

from pizzaguard.audit.finding.span import Span


@dataclass(frozen=True, slots=True)
class Edit:
    """The text of `span` becomes `replacement`; an empty span inserts."""

    span: Span
    replacement: str
