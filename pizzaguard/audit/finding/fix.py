"""Fix: a proposed change that removes a finding."""

from __future__ import annotations

from dataclasses import dataclass

from pizzaguard.audit.finding.applicability import Applicability
from pizzaguard.audit.finding.edit import Edit


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits that belong together: all are applied or none."""

    title: str
    applicability: Applicability
    edits: tuple[Edit, ...]
    imports: tuple[str, ...] = ()
    """Import statements that the edited file then needs."""
