"""Walking the statements and expressions of a block."""

from __future__ import annotations

from collections.abc import Iterator

from pizzaguard.audit.source import ir

Tests = tuple[tuple[ir.Expression, bool], ...]
"""The tests around a statement, outermost first; False where the statement stands in the `else`."""


def statements_in(body: tuple[ir.Statement, ...], tests: Tests = ()) -> Iterator[tuple[ir.Statement, Tests]]:
    """Every statement in source order with the `if` tests around it; bodies of inner definitions are left out."""
    for statement in body:
        yield statement, tests
        match statement:
            case ir.If():
                yield from statements_in(statement.body, (*tests, (statement.test, True)))
                yield from statements_in(statement.orelse, (*tests, (statement.test, False)))
            case ir.For() | ir.While():
                yield from statements_in(statement.body, tests)
                yield from statements_in(statement.orelse, tests)
            case ir.With():
                yield from statements_in(statement.body, tests)
            case ir.Try():
                yield from statements_in(statement.body, tests)
                for handler in statement.handlers:
                    yield from statements_in(handler.body, tests)
                yield from statements_in(statement.orelse, tests)
                yield from statements_in(statement.final, tests)
            case ir.Match():
                for case in statement.cases:
                    yield from statements_in(case.body, tests)


def expressions_of(statement: ir.Statement) -> Iterator[ir.Expression]:
    """The expressions that a statement itself evaluates, not those of statements inside it."""
    match statement:
        case ir.Evaluate():
            yield statement.value
        case ir.Assign():
            if statement.value is not None:
                yield statement.value
            yield from statement.targets
        case ir.Augment():
            yield from (statement.target, statement.value)
        case ir.Return():
            if statement.value is not None:
                yield statement.value
        case ir.Raise():
            yield from (part for part in (statement.error, statement.cause) if part is not None)
        case ir.Assert() | ir.If() | ir.While():
            yield statement.test
        case ir.Delete():
            yield from statement.targets
        case ir.For():
            yield from (statement.iterable, statement.target)
        case ir.With():
            for context, target in statement.items:
                yield context
                if target is not None:
                    yield target
        case ir.Match():
            yield statement.subject
        case ir.Function():
            yield from statement.decorators


def inside(expression: ir.Expression | None) -> Iterator[ir.Expression]:
    """An expression and all expressions in it, outermost first; bodies of lambdas included."""
    waiting = [] if expression is None else [expression]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(children(node)))


def children(node: ir.Expression) -> list[ir.Expression]:  # noqa: PLR0911 (one case a form)
    """The expressions directly inside an expression, in source order."""
    match node:
        case ir.Attribute() | ir.Starred() | ir.Await() | ir.Named():
            return [node.value]
        case ir.Call():
            return [node.function, *(argument.value for argument in node.arguments)]
        case ir.Format():
            return list(node.parts)
        case ir.Sequence():
            return list(node.items)
        case ir.Mapping():
            return [part for pair in node.items for part in pair if part is not None]
        case ir.Subscript():
            return [node.value, node.index]
        case ir.Unary():
            return [node.operand]
        case ir.Binary() | ir.Boolean():
            return [node.left, node.right]
        case ir.Compare():
            return [node.left, *(operand for _, operand in node.comparisons)]
        case ir.Conditional():
            return [node.test, node.body, node.orelse]
        case ir.Lambda():
            return [node.body]
        case ir.Yield():
            return [] if node.value is None else [node.value]
        case ir.Comprehension():
            loops = [part for target, iterable, tests in node.loops for part in (target, iterable, *tests)]
            return [*loops, *([] if node.key is None else [node.key]), node.value]
    return []


def calls_in(statement: ir.Statement) -> Iterator[ir.Call]:
    """The calls that a statement itself makes, outermost first."""
    for expression in expressions_of(statement):
        for node in inside(expression):
            if isinstance(node, ir.Call):
                yield node
