"""`debug-mode`: an application that shows its inside when it fails."""

from __future__ import annotations

from collections.abc import Iterator

from pizzaguard.audit.behaviour.definitions import Definition
from pizzaguard.audit.behaviour.tokens import read
from pizzaguard.audit.checks.interface import Tree
from pizzaguard.audit.evaluation.choices import plain
from pizzaguard.audit.evaluation.values import External, Literal, Value
from pizzaguard.audit.finding import Finding, Severity, Span
from pizzaguard.audit.source import ir
from pizzaguard.audit.source.traverse import calls_in


def check(tree: Tree) -> Iterator[Finding]:
    """Report each app that is made with `debug=True`, and each server that is started to reload itself."""
    rule = tree.rule("debug-mode")
    for app in tree.evaluator.records:
        record = app.record
        if record is not None and record.is_app and record.is_debug is not None and _is_on(record.is_debug):
            span = Span.at(record.place.path, record.place.line)
            yield Finding.of(rule, span, "the application shows tracebacks to its callers: 'debug' is on")
    for definition in tree.definitions_with(rb"uvicorn"):
        for statement, _ in definition.statements():
            for call in calls_in(statement):
                for name in _development(tree, definition, call):
                    message = f"the server is started for development: '{name}' is on"
                    yield Finding.of(rule, definition.span_of(call), message, severity=Severity.LOW)


def _development(tree: Tree, definition: Definition, call: ir.Call) -> list[str]:
    """The arguments of `uvicorn.run` that only a developer wants and that are on."""
    if not isinstance(call.function, ir.Attribute | ir.Name):
        return []
    if read(tree.evaluator, call.function, definition) != External("uvicorn.run"):
        return []
    return [
        argument.keyword
        for argument in call.arguments
        if argument.keyword in {"reload", "debug"} and _is_on(read(tree.evaluator, argument.value, definition))
    ]


def _is_on(value: Value) -> bool:
    return plain(value) == Literal(value=True)
