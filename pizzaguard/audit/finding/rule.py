"""Rule: what is wrong and why; the noun of one page of the rule book."""

from __future__ import annotations

from dataclasses import dataclass

from pizzaguard.audit.finding.applicability import Applicability
from pizzaguard.audit.finding.confidence import Confidence
from pizzaguard.audit.finding.severity import Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its name is its identity, in suppressions, pages, reports and SARIF alike."""

    name: str
    """Named by the fault, kebab-case: `unauthenticated-route`; bandit's own are `bandit:B105`."""
    summary: str
    """One line, lower case, no full stop."""
    severity: Severity
    confidence: Confidence
    cwe: tuple[int, ...] = ()
    owasp: tuple[str, ...] = ()
    """OWASP API Security Top 10 identifiers: `API2:2023`."""
    fix: Applicability | None = None
    """What its fix promises, None when it has none."""
    since: str = ""
    """The version of pizzaguard that brought it."""
    help: str = ""
    """The whole page, Markdown, without its front matter."""
    advice: str = ""
    """What to do instead, one sentence."""
    redact: bool = False
    """Whether its code frames could show a secret and must not."""
