"""`random-failure`: a route that fails by chance."""

from __future__ import annotations

from collections.abc import Iterator

from pizzaguard.audit.behaviour.reach import Reached, value_of
from pizzaguard.audit.behaviour.switches import is_pause, refuses, status_of
from pizzaguard.audit.checks.interface import Tree
from pizzaguard.audit.evaluation.values import External
from pizzaguard.audit.finding import Finding
from pizzaguard.audit.source import ir
from pizzaguard.audit.source.traverse import expressions_of, inside, statements_in

SERVER_ERROR = 500
DRAWS = frozenset({"secrets.choice", "secrets.randbelow", "secrets.randbits"})


def check(tree: Tree) -> Iterator[Finding]:
    """Report each `if` behind a route that chance decides and that then fails or waits."""
    rule = tree.rule("random-failure")
    seen: set[tuple[str, int]] = set()
    for endpoint in tree.endpoints:
        for step in tree.reach.get(id(endpoint), ()):
            place = (step.place.path, step.place.line)
            if (
                place in seen
                or not isinstance(step.statement, ir.If)
                or not _is_chance(tree, step, step.statement.test)
            ):
                continue
            if _hurts(step.statement):
                seen.add(place)
                route = endpoint.route
                yield Finding.of(
                    rule,
                    step.span,
                    f"'{route.subject}' fails or waits by chance",
                    subject=route.subject,
                    handler=route.handler,
                    route=(route.methods, route.path),
                )


def _is_chance(tree: Tree, step: Reached, test: ir.Expression) -> bool:
    for node in inside(test):
        if isinstance(node, ir.Call):
            callee = value_of(tree.evaluator, node.function, step.scope)
            if isinstance(callee, External) and (callee.top == "random" or callee.name in DRAWS):
                return True
    return False


def _hurts(statement: ir.If) -> bool:
    for inner, _ in statements_in(statement.body):
        if isinstance(inner, ir.Raise) and not refuses(inner.error):
            return True
        if isinstance(inner, ir.Return) and (status_of(inner.value) or 0) >= SERVER_ERROR:
            return True
        if any(is_pause(node) for expression in expressions_of(inner) for node in inside(expression)):
            return True
    return False
