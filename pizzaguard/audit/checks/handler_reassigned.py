"""`handler-reassigned`: a route whose handler is swapped after its registration."""

from __future__ import annotations

from collections.abc import Iterator

from pizzaguard.audit.behaviour.definitions import Definition
from pizzaguard.audit.checks.interface import Tree
from pizzaguard.audit.evaluation.render import render
from pizzaguard.audit.finding import Finding
from pizzaguard.audit.source import ir

PARTS = frozenset({"app", "call", "dependant", "dependencies", "endpoint", "handle", "methods", "path"})


def check(tree: Tree) -> Iterator[Finding]:
    """Report each assignment to the handler, the guards or the path of a route taken from a table."""
    rule = tree.rule("handler-reassigned")
    for definition in tree.definitions_with(rb"\.routes\b"):
        routes = _route_names(definition)
        for statement, _ in definition.statements():
            for target in statement.targets if isinstance(statement, ir.Assign) else ():
                if isinstance(target, ir.Attribute) and target.name in PARTS and _is_route(target.value, routes):
                    yield Finding.of(
                        rule,
                        definition.span_of(statement),
                        f"'{render(target)}' of a registered route is replaced",
                        handler=definition.name,
                    )


def _route_names(definition: Definition) -> frozenset[str]:
    """The names that loops give to routes of a table."""
    return frozenset(
        statement.target.name
        for statement, _ in definition.statements()
        if isinstance(statement, ir.For) and isinstance(statement.target, ir.Name) and _is_table(statement.iterable)
    )


def _is_table(node: ir.Expression) -> bool:
    return isinstance(node, ir.Attribute) and node.name == "routes"


def _is_route(node: ir.Expression, names: frozenset[str]) -> bool:
    if isinstance(node, ir.Attribute) and node.name == "dependant":
        node = node.value
    if isinstance(node, ir.Subscript):
        return _is_table(node.value)
    return isinstance(node, ir.Name) and node.name in names
