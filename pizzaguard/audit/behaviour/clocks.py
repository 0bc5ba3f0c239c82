"""Comparisons with the clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pizzaguard.audit.behaviour.reach import Reached, value_of
from pizzaguard.audit.evaluation.render import render
from pizzaguard.audit.evaluation.values import Product
from pizzaguard.audit.source import ir
from pizzaguard.audit.source.traverse import inside

if TYPE_CHECKING:
    from pizzaguard.audit.evaluation.evaluator import Evaluator

NOW = frozenset({"now", "utcnow", "today", "time", "monotonic"})
DATES = frozenset({"datetime.datetime", "datetime.date"})
ORDER = frozenset({"<", "<=", ">", ">="})


def reads_clock(test: ir.Expression) -> bool:
    """Whether a test compares the current time with something."""
    return any(True for _ in _comparisons(test))


def literal_deadline(evaluator: Evaluator, step: Reached, test: ir.Expression) -> str | None:
    """The date that stands in the text and that a test compares the current time with."""
    for node in _comparisons(test):
        for side in (node.left, *(operand for _, operand in node.comparisons)):
            value = value_of(evaluator, side, step.scope)
            if isinstance(value, Product) and value.function.name in DATES:
                return render(side)
    return None


def _comparisons(test: ir.Expression) -> list[ir.Compare]:
    return [
        node
        for node in inside(test)
        if isinstance(node, ir.Compare)
        and any(operator in ORDER for operator, _ in node.comparisons)
        and any(_is_now(side) for side in (node.left, *(operand for _, operand in node.comparisons)))
    ]


def _is_now(node: ir.Expression) -> bool:
    return isinstance(node, ir.Call) and render(node.function).rpartition(".")[2] in NOW
