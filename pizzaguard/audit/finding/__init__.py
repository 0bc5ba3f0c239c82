"""The nouns of the audit wing: frozen values without I/O."""

from pizzaguard.audit.finding.applicability import Applicability
from pizzaguard.audit.finding.confidence import Confidence
from pizzaguard.audit.finding.edit import Edit
from pizzaguard.audit.finding.finding import Finding, FindingRoute
from pizzaguard.audit.finding.fix import Fix
from pizzaguard.audit.finding.gap import Gap
from pizzaguard.audit.finding.position import Position
from pizzaguard.audit.finding.related import RelatedSpan
from pizzaguard.audit.finding.report import Report, SuppressedFinding
from pizzaguard.audit.finding.rule import Rule
from pizzaguard.audit.finding.severity import Severity
from pizzaguard.audit.finding.span import Span

__all__ = [
    "Applicability",
    "Confidence",
    "Edit",
    "Finding",
    "FindingRoute",
    "Fix",
    "Gap",
    "Position",
    "RelatedSpan",
    "Report",
    "Rule",
    "Severity",
    "Span",
    "SuppressedFinding",
]
