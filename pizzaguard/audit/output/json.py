"""The report for programs: the contract `pizzaguard.audit/1` (schemas/audit-1.schema.json)."""

from __future__ import annotations

from typing import Any

from pizzaguard.audit.finding import Finding, Fix, Gap, Position, Report
from pizzaguard.audit.output.interface import View
from pizzaguard.audit.output.wire import encode

SCHEMA = "pizzaguard.audit/1"


def render(report: Report, _view: View) -> str:
    """Give the report as one JSON document; paths are relative to the audited root."""
    return encode(document(report))


def document(report: Report) -> dict[str, Any]:
    """Give the report as plain values, for callers that add to it."""
    return {
        "schema": SCHEMA,
        "findings": [finding_document(finding) for finding in report.findings],
        "suppressed": len(report.suppressed),
        "baselined": report.baselined,
        "gaps": [gap_document(gap) for gap in report.gaps],
        "routes": report.routes,
        "apps": list(report.apps),
        "unknown": report.unknown,
        "files": report.files,
    }


def finding_document(finding: Finding) -> dict[str, Any]:
    """Give one finding as plain values."""
    route = finding.route
    return {
        "rule": finding.rule.name,
        "severity": finding.severity.word,
        "confidence": finding.confidence.word,
        "message": finding.message,
        "subject": finding.subject,
        "path": finding.span.path,
        "start": _position(finding.span.start),
        "end": _position(finding.span.end),
        "handler": finding.handler,
        "route": None if route is None else {"methods": list(route.methods), "path": route.path},
        "cwe": list(finding.rule.cwe),
        "related": [
            {"path": related.span.path, "start": _position(related.span.start), "label": related.label}
            for related in finding.related
        ],
        "fingerprint": finding.fingerprint,
        "fix": None if finding.fix is None else _fix(finding.fix),
    }


def gap_document(gap: Gap) -> dict[str, Any]:
    """Give one gap as plain values."""
    return {
        "what": gap.what,
        "reason": gap.reason,
        "file": gap.span.path,
        "line": gap.span.line,
        "detail": gap.detail,
    }


def _position(position: Position) -> dict[str, int]:
    return {"line": position.line, "column": position.column}


def _fix(fix: Fix) -> dict[str, Any]:
    return {
        "title": fix.title,
        "applicability": fix.applicability.value,
        "edits": [
            {
                "path": edit.span.path,
                "start": _position(edit.span.start),
                "end": _position(edit.span.end),
                "replacement": edit.replacement,
            }
            for edit in fix.edits
        ],
        "imports": list(fix.imports),
    }
