"""Triage: which of the findings are reported, which are silenced and by what, and whether the audit fails.

In this order: duplicates go; findings are placed and named for good; suppressions are applied and judged themselves;
what the options do not ask for goes; the rest is sorted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from pizzaguard.audit import rulebook
from pizzaguard.audit.finding import Finding, Position, Report, Span, SuppressedFinding
from pizzaguard.audit.options import Options
from pizzaguard.audit.rule_names import is_known, suggestion

if TYPE_CHECKING:  # it brings the lexer, which an audit from the cache does without
    from pizzaguard.audit.suppression import Suppression

UNUSED = "unused-suppression"
UNKNOWN_RULE = "unknown-rule-in-suppression"
NO_REASON = "suppression-without-reason"

Suppressions: TypeAlias = "Mapping[str, tuple[Suppression, ...]]"
"""By path: what `suppression.read` found in each file."""
LineReader = Callable[[str, int], str | None]
"""Gives line `number` of the file at `path`, as `Sources.line` does."""


@dataclass(frozen=True, slots=True)
class Triaged:
    """What is left, and what was silenced."""

    findings: tuple[Finding, ...]
    suppressed: tuple[SuppressedFinding, ...]


def triage(  # noqa: PLR0913 - each stage before it hands in its own
    findings: Iterable[Finding],
    suppressions: Suppressions,
    ran: Iterable[str],
    *,
    options: Options,
    line_of: LineReader,
    already: Iterable[SuppressedFinding] = (),
) -> Triaged:
    """Sort out the findings of all checks.

    `ran` names the rules that were looked for: only their suppressions can be called unused. `already` are findings
    that someone else's comments silence (bandit's `nosec`); they are listed with ours.
    """
    named = _named(_placed(finding, line_of) for finding in _distinct(findings))
    kept, silenced, used = _split(named, suppressions)
    kept += _named(_placed(finding, line_of) for finding in _judge(suppressions, used, frozenset(ran)))
    silenced += already
    return Triaged(
        findings=tuple(sorted((finding for finding in kept if is_wanted(finding, options)), key=_place)),
        suppressed=tuple(
            sorted(
                (entry for entry in silenced if is_wanted(entry.finding, options)),
                key=lambda entry: _place(entry.finding),
            )
        ),
    )


def is_wanted(finding: Finding, options: Options) -> bool:
    """Tell whether the options ask for this finding; test code is no production finding."""
    name = finding.rule.name
    if options.config.is_test(finding.span.path):
        return False
    return (
        (not options.select or name in options.select)
        and name not in options.ignore
        and name not in options.config.ignored_at(finding.span.path)
        and finding.severity >= options.min_severity
    )


def is_failure(report: Report, options: Options) -> bool:
    """Tell whether the command has to fail: findings as bad as `--fail-on`, or with `--strict` anything unseen."""
    if any(finding.severity >= options.fail_on for finding in report.findings):
        return True
    return options.strict and bool(report.unknown or report.gaps)


def _distinct(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Drop what two checks, or two ways to the same place, said alike."""
    seen = set()
    for finding in findings:
        key = (finding.rule.name, finding.span, finding.message, finding.subject, finding.handler, finding.route)
        if key not in seen:
            seen.add(key)
            yield finding


def _placed(finding: Finding, line_of: LineReader) -> Finding:
    """Widen the empty span of a finding that knows only its line to the text of that line."""
    if not finding.span.is_empty:
        return finding
    line = line_of(finding.span.path, finding.span.line)
    if line is None or not line.strip():
        return finding
    first = max(finding.span.start.column, len(line) - len(line.lstrip()) + 1)
    last = max(first, len(line.rstrip()) + 1)
    number = finding.span.line
    return replace(finding, span=Span(finding.span.path, Position(number, first), Position(number, last)))


def _named(findings: Iterable[Finding]) -> list[Finding]:
    """Sort, and number the twins of one fingerprint, so that each finding has its own."""
    seen: Counter[str] = Counter()
    named = []
    for finding in sorted(findings, key=_place):
        seen[finding.fingerprint] += 1
        ordinal = seen[finding.fingerprint]
        named.append(finding if ordinal == 1 else replace(finding, fingerprint=f"{finding.fingerprint}-{ordinal}"))
    return named


def _place(finding: Finding) -> tuple[str, Position, str, str, str]:
    return finding.span.path, finding.span.start, finding.rule.name, finding.subject, finding.message


def _split(
    findings: Iterable[Finding], suppressions: Suppressions
) -> tuple[list[Finding], list[SuppressedFinding], set[tuple[str, int, str]]]:
    """Part the findings by the comments; also give the (path, line, rule) of each comment that did something."""
    kept: list[Finding] = []
    silenced: list[SuppressedFinding] = []
    used: set[tuple[str, int, str]] = set()
    for finding in findings:
        path, rule = finding.span.path, finding.rule.name
        speaking = [entry for entry in suppressions.get(path, ()) if entry.silences(rule, finding.span.line)]
        if speaking:
            used.update((path, entry.line, rule) for entry in speaking)
            silenced.append(SuppressedFinding(finding, speaking[0].reason))
        else:
            kept.append(finding)
    return kept, silenced, used


def _judge(suppressions: Suppressions, used: set[tuple[str, int, str]], ran: frozenset[str]) -> Iterator[Finding]:
    """Report the comments that silence nothing: without a reason, without a rule that exists, or without a finding."""
    for path, entries in suppressions.items():
        for entry in entries:
            span = Span(path, Position(entry.line, entry.column), Position(entry.line, entry.end_column))
            if not entry.reason:
                message = "suppression gives no reason and silences nothing"
                yield Finding.of(rulebook.rule(NO_REASON), span, message)
            if not entry.rules:
                yield Finding.of(rulebook.rule(UNKNOWN_RULE), span, "suppression names no rule")
            for name in entry.rules:
                if not is_known(name):
                    near = suggestion(name)
                    message = f"there is no rule '{name}'" + (f"; did you mean '{near}'?" if near else "")
                    yield Finding.of(rulebook.rule(UNKNOWN_RULE), span, message)
                elif entry.reason and name in ran and (path, entry.line, name) not in used:
                    yield Finding.of(rulebook.rule(UNUSED), span, f"nothing here for '{name}' to silence")
