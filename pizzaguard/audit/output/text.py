"""The report for people: each finding with its place, its code, its route, its guards and what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import click

from pizzaguard.audit.finding import Finding, Gap, RelatedSpan, Report
from pizzaguard.audit.output.frame import frame
from pizzaguard.audit.output.interface import View
from pizzaguard.audit.output.summary import SEVERITY_COLORS, checked, counted
from pizzaguard.audit.printable import printable

MAX_GAPS = 10
"""So that a tree full of gaps does not hide its findings; `--format json` lists them all."""

_INDENT = "  "
_ARROW = "-->"


def render(report: Report, view: View) -> str:
    """Give the whole report; colour only where the view asks for it."""
    pen = _Pen(color=view.color)
    blocks = ["\n".join(_finding(finding, view, pen)) for finding in report.findings]
    if report.gaps:
        blocks.append("\n".join(_gaps(report.gaps, view, pen)))
    blocks.append(f"{pen.strong(counted(report))}\n{checked(report)}")
    return "\n\n".join(blocks) + "\n"


class _Pen:
    """Styles text, or leaves it alone."""

    def __init__(self, *, color: bool) -> None:
        self._color = color

    def ink(self, color: str, *, bold: bool = False) -> Callable[[str], str]:
        """Give a function that writes in one colour."""
        return lambda text: click.style(text, fg=color, bold=bold) if self._color and text.strip() else text

    def strong(self, text: str) -> str:
        """Write in bold."""
        return click.style(text, bold=True) if self._color else text

    def faint(self, text: str) -> str:
        """Write in the background."""
        return click.style(text, dim=True) if self._color else text


def _finding(finding: Finding, view: View, pen: _Pen) -> Iterator[str]:
    ink = pen.ink(SEVERITY_COLORS[finding.severity], bold=True)
    yield f"{ink(f'{finding.severity.word}[{finding.rule.name}]')}: {pen.strong(printable(finding.message))}"
    start = finding.span.start
    yield f"{_INDENT}{pen.faint(_ARROW)} {printable(view.prefix + finding.span.path)}:{start.line}:{start.column}"
    for line in frame(finding.span, view, ink, redact=finding.rule.redact):
        yield _INDENT + line
    for related in finding.related:
        yield from _related(related, finding, view, pen)
    yield from _notes(finding, pen)


def _related(related: RelatedSpan, finding: Finding, view: View, pen: _Pen) -> Iterator[str]:
    place = f"{printable(view.prefix + related.span.path)}:{related.span.line}"
    yield f"{_INDENT}{pen.faint(':::')} {place}: {printable(related.label)}"
    for line in frame(related.span, view, pen.ink("blue"), redact=finding.rule.redact):
        yield _INDENT + line


def _notes(finding: Finding, pen: _Pen) -> Iterator[str]:
    """Write what is known of the route, and what to do."""
    if finding.route is not None:
        methods = ",".join(finding.route.methods) or "*"
        handler = f" -> {finding.handler}" if finding.handler else ""
        yield _note("route", f"{methods} {finding.route.path}{handler}", pen)
    elif finding.subject:
        yield _note("subject", finding.subject, pen)
    if finding.guards is not None:
        yield _note("guards", ", ".join(finding.guards) or "none", pen)
    if finding.confidence.word != "high":
        yield _note("confidence", finding.confidence.word, pen)
    if finding.fix is not None:
        yield _note("fix", f"{finding.fix.title} ({finding.fix.applicability.value})", pen)
    advice = finding.rule.advice or finding.rule.summary
    yield _note("help", advice, pen)
    if not finding.rule.name.startswith("bandit:"):
        yield _note("more", f"pizzaguard explain {finding.rule.name}", pen)


def _note(label: str, text: str, pen: _Pen) -> str:
    return f"{_INDENT}= {pen.strong(label + ':')} {printable(text)}"


def _gaps(gaps: tuple[Gap, ...], view: View, pen: _Pen) -> Iterator[str]:
    yield pen.strong("what could not be seen")
    for gap in gaps[:MAX_GAPS]:
        place = f"{printable(view.prefix + gap.span.path)}:{gap.span.line}"
        detail = f": {printable(gap.detail)}" if gap.detail else ""
        yield f"{_INDENT}{place}: {printable(gap.what)} ({printable(gap.reason)}){detail}"
    if len(gaps) > MAX_GAPS:
        yield f"{_INDENT}… and {len(gaps) - MAX_GAPS} more (--format json lists them all)"
