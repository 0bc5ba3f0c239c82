"""RelatedSpan: a supporting place of a finding."""

from __future__ import annotations

from dataclasses import dataclass

from pizzaguard.audit.finding.span import Span


@dataclass(frozen=True, slots=True)
class RelatedSpan:
    """A place that explains the finding, and in a few words how."""

    span: Span
    label: str
