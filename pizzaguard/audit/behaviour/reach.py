"""What a function does, with what it calls: its statements, and those of the tree's functions that it leads to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pizzaguard.audit.evaluation.choices import plain
from pizzaguard.audit.evaluation.values import BoundMethod, FunctionValue, Place, Value
from pizzaguard.audit.finding import Span
from pizzaguard.audit.source import ir
from pizzaguard.audit.source.traverse import Tests, calls_in, statements_in
from pizzaguard.audit.surface.effects import reading_scope

if TYPE_CHECKING:
    from pizzaguard.audit.evaluation.evaluator import Evaluator
    from pizzaguard.audit.evaluation.scope import Scope

MAX_STATEMENTS = 4_000
"""Statements read behind one function; a handler that leads to more is a framework of its own."""


@dataclass(frozen=True, slots=True, eq=False)
class Reached:
    """One statement, where it stands, and the `if` tests around it in its own function."""

    function: FunctionValue
    statement: ir.Statement
    tests: Tests
    scope: Scope
    hops: int
    """How many calls away from the function that was asked about."""

    @property
    def place(self) -> Place:
        """Where the statement stands."""
        return self.scope.place(self.statement)

    @property
    def span(self) -> Span:
        """The same, as findings have it."""
        return Span.at(self.place.path, self.place.line)

    def span_of(self, node: ir.Node) -> Span:
        """Where an expression of the statement stands."""
        place = self.scope.place(node)
        return Span.at(place.path, place.line)


def reached(evaluator: Evaluator, function: FunctionValue, hops: int = 3) -> Iterator[Reached]:
    """Every statement of a function, then those of the functions it calls; each function once, breadth first."""
    waiting: list[tuple[FunctionValue, Value | None, int]] = [(function, None, 0)]
    seen: set[int] = {id(function.node)}
    count = 0
    while waiting:
        current, receiver, depth = waiting.pop(0)
        if isinstance(current.node, ir.Lambda):
            continue
        with evaluator.reading():
            scope = reading_scope(evaluator, current, receiver)
        for statement, tests in statements_in(current.node.body):
            count += 1
            if count > MAX_STATEMENTS:
                return
            yield Reached(current, statement, tests, scope, depth)
            if depth < hops:
                for callee, owner in _callees(evaluator, statement, scope):
                    if id(callee.node) not in seen:
                        seen.add(id(callee.node))
                        waiting.append((callee, owner, depth + 1))


def _callees(
    evaluator: Evaluator, statement: ir.Statement, scope: Scope
) -> Iterator[tuple[FunctionValue, Value | None]]:
    for call in calls_in(statement):
        if isinstance(call.function, ir.Name | ir.Attribute):
            value = value_of(evaluator, call.function, scope)
            if isinstance(value, BoundMethod):
                yield value.function, value.receiver
            elif isinstance(value, FunctionValue):
                yield value, None


def value_of(evaluator: Evaluator, node: ir.Expression, scope: Scope) -> Value:
    """What an expression stands for as far as the text tells without calling anything."""
    with evaluator.reading():
        return plain(evaluator.evaluate(node, scope))
