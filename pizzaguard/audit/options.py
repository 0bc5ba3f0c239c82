"""Options: all that a user can ask of an audit, as one frozen value."""

from __future__ import annotations

from dataclasses import dataclass, field

from pizzaguard.audit.config import Config
from pizzaguard.audit.finding import Severity


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line and the configuration together decide; the command line has the last word."""

    config: Config = field(default_factory=Config)
    """The project's configuration: roots, apps, exclude, tests, guards, per-path ignores."""
    select: frozenset[str] = frozenset()
    """Names of the only rules to report; empty means all."""
    ignore: frozenset[str] = frozenset()
    """Names of rules not to report."""
    min_severity: Severity = Severity.LOW
    """Findings below it are not reported."""
    fail_on: Severity = Severity.MEDIUM
    """Findings at or above it make the command fail."""
    strict: bool = False
    """Whether unknown access and gaps make the command fail too."""
    jobs: int | None = None
    """Worker processes; None leaves the choice to the pipeline."""
    cache: bool = True
    bandit: bool = True
