"""`pizzaguard rules`: the rule book at a glance."""

from __future__ import annotations

from typing import Any

import click

from pizzaguard.audit.finding import Rule
from pizzaguard.cli.reporting import write


@click.command(name="rules", short_help="List the rules.")
@click.option("--format", "format_", type=click.Choice(("table", "json")), default="table", show_default=True)
def command(format_: str) -> None:
    """List every rule with its severity; `pizzaguard explain RULE` shows its page."""
    from pizzaguard.audit import rulebook

    rules = rulebook.rules()
    write(_json(rules) if format_ == "json" else _table(rules), None)


def _table(rules: tuple[Rule, ...]) -> str:
    name_width = max((len(rule.name) for rule in rules), default=0)
    lines = [f"{rule.name:<{name_width}}  {rule.severity.word:<8}  {rule.summary}" for rule in rules]
    return "\n".join([*lines, "", f"{len(rules)} rules; 'pizzaguard explain RULE' shows one"]) + "\n"


def _json(rules: tuple[Rule, ...]) -> str:
    from pizzaguard.audit.output.wire import encode

    return encode({"schema": "pizzaguard.rules/1", "rules": [_document(rule) for rule in rules]})


def _document(rule: Rule) -> dict[str, Any]:
    return {
        "name": rule.name,
        "summary": rule.summary,
        "severity": rule.severity.word,
        "confidence": rule.confidence.word,
        "cwe": list(rule.cwe),
        "owasp": list(rule.owasp),
        "fix": None if rule.fix is None else rule.fix.value,
        "since": rule.since,
    }
