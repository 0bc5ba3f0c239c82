"""`stack-trace-in-response`: an answer that shows the stack."""

from __future__ import annotations

from collections.abc import Iterator

from pizzaguard.audit.behaviour.tokens import mentions
from pizzaguard.audit.checks.interface import Tree
from pizzaguard.audit.finding import Finding
from pizzaguard.audit.source import ir

FORMATS = ("format_exc", "format_exception", "format_tb")


def check(tree: Tree) -> Iterator[Finding]:
    """Report each return that holds a formatted traceback."""
    rule = tree.rule("stack-trace-in-response")
    handlers = {id(endpoint.function.node) for endpoint in tree.endpoints if endpoint.function is not None}
    for definition in tree.definitions_with(rb"format_exc|format_exception|format_tb"):
        if definition.function is None:
            continue
        is_handler = id(definition.function.node) in handlers
        for statement, _ in definition.statements():
            if not isinstance(statement, ir.Return) or not _answers(statement.value, is_handler=is_handler):
                continue
            if any(mentions(statement.value, definition, word) for word in FORMATS):
                message = f"'{definition.name}' answers with the stack of its own error"
                yield Finding.of(rule, definition.span_of(statement), message, handler=definition.name)


def _answers(node: ir.Expression | None, *, is_handler: bool) -> bool:
    """Whether a return is an answer: a response that is made, or the document of a handler."""
    if isinstance(node, ir.Call) and isinstance(node.function, ir.Name | ir.Attribute):
        return node.function.name.endswith("Response")
    return is_handler and isinstance(node, ir.Mapping)
