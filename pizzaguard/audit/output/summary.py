"""The two lines that end every report for people: what was found, and what was checked."""

from __future__ import annotations

from collections import Counter

from pizzaguard.audit.finding import Report, Severity


def counted(report: Report) -> str:
    """Tell how many findings there are, worst first, and how many more are known and accepted."""
    by_severity = Counter(finding.severity for finding in report.findings)
    parts = ", ".join(f"{by_severity[severity]} {severity.word}" for severity in sorted(by_severity, reverse=True))
    text = f"{plural(len(report.findings), 'finding')} ({parts})" if parts else "no findings"
    if report.suppressed:
        text += f", {len(report.suppressed)} suppressed"
    if report.baselined:
        text += f", {report.baselined} in the baseline"
    return text


def checked(report: Report) -> str:
    """Tell what the audit saw, and what it knows it did not see."""
    return (
        f"checked {plural(report.routes, 'route')} of {plural(len(report.apps), 'app')}"
        f" in {plural(report.files, 'file')}: access of {report.unknown} unknown, {plural(len(report.gaps), 'gap')}"
    )


def plural(count: int, noun: str) -> str:
    """Write a count with its noun: `1 gap`, `2 gaps`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


SEVERITY_COLORS = {
    Severity.CRITICAL: "bright_red",
    Severity.HIGH: "red",
    Severity.MEDIUM: "yellow",
    Severity.LOW: "cyan",
}
