"""What a diversion does to the caller: an error of the server's own, a delay, or chance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pizzaguard.audit.behaviour.reach import Reached, reached, value_of
from pizzaguard.audit.behaviour.switches import Diversion, is_pause, status_of
from pizzaguard.audit.evaluation.values import BoundMethod, External, FunctionValue
from pizzaguard.audit.source import ir
from pizzaguard.audit.source.traverse import expressions_of, inside, statements_in

if TYPE_CHECKING:
    from pizzaguard.audit.evaluation.evaluator import Evaluator
    from pizzaguard.audit.finding import Span

INTERNAL_ERROR = 500
HOPS = 2


@dataclass(frozen=True, slots=True)
class Damage:
    """What is done, and where."""

    what: str
    span: Span


def damage_of(evaluator: Evaluator, diversion: Diversion) -> Damage | None:
    """The first harm in a diversion's branch or in what the branch calls; None where it does none.

    A 503 alone is no harm: that is how a service says that it is closed for maintenance.
    """
    for step in branch(evaluator, diversion):
        statement = step.statement
        if isinstance(statement, ir.Raise) and status_of(statement.error) == INTERNAL_ERROR:
            return Damage("fails", step.span)
        if isinstance(statement, ir.Return) and status_of(statement.value) == INTERNAL_ERROR:
            return Damage("fails", step.span)
        for expression in expressions_of(statement):
            for node in inside(expression):
                if is_pause(node):
                    return Damage("waits", step.span)
                if isinstance(node, ir.Call) and _is_chance(evaluator, node, step):
                    return Damage("is left to chance", step.span)
    return None


def branch(evaluator: Evaluator, diversion: Diversion) -> Iterator[Reached]:
    """The statements of the branch, then those of the functions that it calls."""
    step = diversion.step
    inner = [
        Reached(step.function, found, tests, step.scope, 0) for found, tests in statements_in(diversion.statement.body)
    ]
    yield from inner
    for one in inner:
        for expression in expressions_of(one.statement):
            for node in inside(expression):
                if isinstance(node, ir.Call):
                    callee = value_of(evaluator, node.function, step.scope)
                    function = callee.function if isinstance(callee, BoundMethod) else callee
                    if isinstance(function, FunctionValue):
                        yield from reached(evaluator, function, HOPS)


def _is_chance(evaluator: Evaluator, call: ir.Call, step: Reached) -> bool:
    callee = value_of(evaluator, call.function, step.scope)
    return isinstance(callee, External) and callee.top == "random"
