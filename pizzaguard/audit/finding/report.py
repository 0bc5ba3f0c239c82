"""Report: all that one audit has to say."""

from __future__ import annotations

from dataclasses import dataclass

from pizzaguard.audit.finding.finding import Finding
from pizzaguard.audit.finding.gap import Gap
from pizzaguard.audit.finding.rule import Rule
from pizzaguard.audit.finding.severity import Severity


@dataclass(frozen=True, slots=True)
class SuppressedFinding:
    """A finding that a comment in the source silences, and the reason it gives."""

    finding: Finding
    justification: str


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of an audit, complete: outputs read it and nothing else but the source text for code frames."""

    root: str
    """The audited directory, as the file system knows it; never printed by a machine format."""
    findings: tuple[Finding, ...]
    """What is left after triage, in order of path, line and rule."""
    suppressed: tuple[SuppressedFinding, ...] = ()
    baselined: int = 0
    gaps: tuple[Gap, ...] = ()
    routes: int = 0
    """How many routes of an application were judged."""
    apps: tuple[str, ...] = ()
    unknown: int = 0
    """How many of the routes have an access that could not be told."""
    rules: tuple[Rule, ...] = ()
    """The rules that ran."""
    files: int = 0
    """How many files were read."""

    @property
    def worst(self) -> Severity | None:
        """The highest severity among the findings, None when there are none."""
        return max((finding.severity for finding in self.findings), default=None)
