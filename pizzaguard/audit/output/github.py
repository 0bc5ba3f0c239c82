"""Annotations on a pull request: GitHub Actions workflow commands.

GitHub shows ten annotations of each kind a step, so the worst come first. Values are escaped as the runner reads
them back: `%`, CR and LF in the message, and `:` and `,` as well in properties.
"""

from __future__ import annotations

from pizzaguard.audit.finding import Finding, Gap, Report, Severity
from pizzaguard.audit.output.interface import View
from pizzaguard.audit.output.summary import checked, counted
from pizzaguard.audit.printable import printable

_COMMANDS = {
    Severity.CRITICAL: "error",
    Severity.HIGH: "error",
    Severity.MEDIUM: "warning",
    Severity.LOW: "notice",
}


def render(report: Report, view: View) -> str:
    """Give one workflow command a finding and a gap, and the summary as plain lines of the log."""
    worst_first = sorted(report.findings, key=lambda finding: -finding.severity)
    lines = [_finding(finding, view) for finding in worst_first]
    lines += [_gap(gap, view) for gap in report.gaps]
    return "\n".join([*lines, counted(report), checked(report)]) + "\n"


def _finding(finding: Finding, view: View) -> str:
    span = finding.span
    place = {"file": view.prefix + span.path, "line": str(span.start.line)}
    if not span.is_empty:
        place["endLine"] = str(span.end.line)
        if span.end.line == span.start.line:  # the runner refuses columns over several lines
            place |= {"col": str(span.start.column), "endColumn": str(span.end.column)}
    subject = f"{finding.subject}: " if finding.subject else ""
    advice = f". {finding.rule.advice}" if finding.rule.advice else ""
    title = f"{finding.severity.word}[{finding.rule.name}]"
    return _command(_COMMANDS[finding.severity], place | {"title": title}, f"{subject}{finding.message}{advice}")


def _gap(gap: Gap, view: View) -> str:
    place = {"file": view.prefix + gap.span.path, "line": str(gap.span.line), "title": "not checked"}
    return _command("notice", place, f"{gap.what} ({gap.reason}): {gap.detail}")


def _command(name: str, properties: dict[str, str], message: str) -> str:
    written = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{name} {written}::{_message(message)}"


def _message(text: str) -> str:
    return printable(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
