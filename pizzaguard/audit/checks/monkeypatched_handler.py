"""`monkeypatched-handler`: a handler or guard that another module replaces."""

from __future__ import annotations

from collections.abc import Iterator

from pizzaguard.audit.behaviour.tokens import read
from pizzaguard.audit.checks.interface import Tree
from pizzaguard.audit.evaluation.values import ModuleValue
from pizzaguard.audit.finding import Finding
from pizzaguard.audit.source import ir
from pizzaguard.audit.source.traverse import calls_in

NAME = 1
"""Where `setattr` takes the name."""


def check(tree: Tree) -> Iterator[Finding]:
    """Report each assignment to a module that gives the name of a handler or guard another value."""
    rule = tree.rule("monkeypatched-handler")
    routes = [route for route in tree.surface.routes if route.kind in {"http", "websocket"}]
    names = {route.handler for route in routes} | {name for route in routes for name in route.dependencies}
    for definition in tree.definitions_with(rb"\w\.\w+\s*=[^=]|setattr\("):
        for statement, _ in definition.statements():
            for owner, attribute in _patches(statement):
                module = read(tree.evaluator, owner, definition)
                name = f"{module.module.name}:{attribute}" if isinstance(module, ModuleValue) else ""
                if name in names:
                    message = f"'{name}', which stands before or behind a route, is replaced from outside its module"
                    yield Finding.of(rule, definition.span_of(statement), message, handler=definition.name)


def _patches(statement: ir.Statement) -> Iterator[tuple[ir.Expression, str]]:
    """The owners and attributes that a statement gives another value."""
    for target in statement.targets if isinstance(statement, ir.Assign) else ():
        if isinstance(target, ir.Attribute):
            yield target.value, target.name
    for call in calls_in(statement):
        if isinstance(call.function, ir.Name) and call.function.name == "setattr" and len(call.arguments) > NAME:
            name = call.arguments[NAME].value
            if isinstance(name, ir.Constant) and isinstance(name.value, str):
                yield call.arguments[0].value, name.value
