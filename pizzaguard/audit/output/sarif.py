"""The report for code scanning services: SARIF 2.1.0 (OASIS standard; clause numbers below are its own)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from pizzaguard import __version__
from pizzaguard.audit.finding import Confidence, Finding, Gap, RelatedSpan, Report, Rule, Severity, Span
from pizzaguard.audit.output.interface import View
from pizzaguard.audit.output.wire import encode
from pizzaguard.audit.printable import printable

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
BASE = "%SRCROOT%"
"""Stands for the folder that the audit was started in; each consumer knows where that is on its machine."""

_LEVELS = {Severity.CRITICAL: "error", Severity.HIGH: "error", Severity.MEDIUM: "warning", Severity.LOW: "note"}
_SCORES = {Severity.CRITICAL: "9.5", Severity.HIGH: "8.0", Severity.MEDIUM: "5.5", Severity.LOW: "2.5"}
"""GitHub sorts by this number: over 9.0 is critical, 7.0 high, 4.0 medium."""
_PRECISIONS = {Confidence.HIGH: "high", Confidence.MEDIUM: "medium", Confidence.LOW: "low"}


def render(report: Report, view: View) -> str:
    """Give the report as a SARIF log of one run."""
    return encode({"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(report, view)]})


def _run(report: Report, view: View) -> dict[str, Any]:
    reported = [*report.findings, *(entry.finding for entry in report.suppressed)]
    rules = _rules(report.rules, reported)
    indexes = {rule.name: index for index, rule in enumerate(rules)}
    # §3.27.23: either every result says whether it is suppressed, or none does
    results = [_result(finding, indexes, view, []) for finding in report.findings]
    results += [
        _result(entry.finding, indexes, view, [{"kind": "inSource", "justification": _message(entry.justification)}])
        for entry in report.suppressed
    ]
    return {
        "tool": {"driver": _driver(rules)},
        "automationDetails": {"id": "pizzaguard/"},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {BASE: {"description": {"text": "the folder that the audit was started in"}}},
        "invocations": [
            {
                "executionSuccessful": True,
                "toolExecutionNotifications": [_notification(gap, view) for gap in report.gaps],
            }
        ],
        "results": results,
        "properties": {"routes": report.routes, "apps": list(report.apps), "unknown": report.unknown},
    }


def _driver(rules: Iterable[Rule]) -> dict[str, Any]:
    return {"name": "pizzaguard", "version": __version__, "rules": [_descriptor(rule) for rule in rules]}


def _rules(ran: Iterable[Rule], findings: Iterable[Finding]) -> list[Rule]:
    """Give each rule once: those that ran, then those (bandit's) that are known by their findings alone."""
    by_name = {rule.name: rule for rule in ran}
    for finding in findings:
        by_name.setdefault(finding.rule.name, finding.rule)
    return list(by_name.values())


def _descriptor(rule: Rule) -> dict[str, Any]:
    tags = ["security", *(f"external/cwe/cwe-{cwe:03}" for cwe in rule.cwe)]
    tags += [f"external/owasp/{name.lower().replace(':', '-')}" for name in rule.owasp]
    text = rule.advice or rule.summary
    return {
        "id": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": f"{rule.summary}. {rule.advice}".strip()},
        "help": {"text": text, "markdown": rule.help or text},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {
            "tags": tags,
            "precision": _PRECISIONS[rule.confidence],
            "security-severity": _SCORES[rule.severity],
        },
    }


def _result(
    finding: Finding, indexes: dict[str, int], view: View, suppressions: list[dict[str, str]]
) -> dict[str, Any]:
    subject = f"{finding.subject}: " if finding.subject else ""
    location = _location(finding.span, view)
    if finding.handler:
        location["logicalLocations"] = [{"fullyQualifiedName": printable(finding.handler), "kind": "function"}]
    return {
        "ruleId": finding.rule.name,
        "ruleIndex": indexes[finding.rule.name],
        "level": _LEVELS[finding.severity],
        "message": {"text": _message(subject + finding.message)},
        "locations": [location],
        "relatedLocations": [
            _related(number, related, view) for number, related in enumerate(finding.related, start=1)
        ],
        "partialFingerprints": {"pizzaguardFingerprint/v1": finding.fingerprint},
        "suppressions": suppressions,
        "properties": {
            "severity": finding.severity.word,
            "confidence": finding.confidence.word,
            "security-severity": _SCORES[finding.severity],
        },
    }


def _related(number: int, related: RelatedSpan, view: View) -> dict[str, Any]:
    return {"id": number, **_location(related.span, view), "message": {"text": _message(related.label)}}


def _notification(gap: Gap, view: View) -> dict[str, Any]:
    return {
        "level": "note",
        "descriptor": {"id": f"gap/{gap.reason}"},
        "message": {"text": _message(f"not checked: {gap.what} ({gap.reason}): {gap.detail}")},
        "locations": [_location(gap.span, view)],
    }


def _location(span: Span, view: View) -> dict[str, Any]:
    uri = quote((view.prefix + span.path).encode("utf-8", "surrogateescape"))
    region = {"startLine": span.start.line}
    if not span.is_empty:
        # §3.30.8: endColumn is the column after the last character, as our spans have it
        region |= {"startColumn": span.start.column, "endLine": span.end.line, "endColumn": span.end.column}
    return {"physicalLocation": {"artifactLocation": {"uri": uri, "uriBaseId": BASE}, "region": region}}


def _message(text: str) -> str:
    """Keep names of the audited tree from becoming links (§3.11.6: `[text](target)`, also in plain text)."""
    return printable(text).replace("](", "] (")
