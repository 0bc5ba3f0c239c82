"""Following statements: what they bind, whom they call, and on which conditions."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from pizzaguard.audit.evaluation.calls import assumed
from pizzaguard.audit.evaluation.choices import choose, force, join_conditions
from pizzaguard.audit.evaluation.definitions import define_class, define_function
from pizzaguard.audit.evaluation.render import render
from pizzaguard.audit.evaluation.truth import judge
from pizzaguard.audit.evaluation.values import NONE, Condition, Deferred, Item, Unknown, Value
from pizzaguard.audit.source import ir

if TYPE_CHECKING:
    from pizzaguard.audit.evaluation.evaluator import Evaluator
    from pizzaguard.audit.evaluation.scope import Scope

Signal = str | None
"""How a run of statements ended: None when it ran through, else `return`, `raise`, `break` or `continue`."""


def execute(evaluator: Evaluator, body: tuple[ir.Statement, ...], scope: Scope) -> Signal:
    """Follow statements in order; conditions that an early return adds hold for what comes after it."""
    for statement in body:
        evaluator.step()
        if evaluator.is_spent:
            return "return"
        signal = _FORMS[type(statement)](evaluator, statement, scope)
        if signal is not None:
            return signal
    return None


def _evaluate(evaluator: Evaluator, node: ir.Evaluate, scope: Scope) -> Signal:
    if not isinstance(node.value, ir.Constant):
        evaluator.evaluate(node.value, scope)
    return None


def _assign(evaluator: Evaluator, node: ir.Assign, scope: Scope) -> Signal:
    if node.value is not None:
        value = evaluator.evaluate(node.value, scope)
        if node.annotation is not None:
            value = _annotated(evaluator, value, node.annotation, scope)
        for target in node.targets:
            evaluator.assign(target, value, scope)
    return None


def _annotated(evaluator: Evaluator, value: Value, annotation: ir.Expression, scope: Scope) -> Value:
    """A value that the text does not tell is still an instance of the class that annotates it."""
    if not isinstance(value, Unknown | Deferred):
        return value

    def work() -> Value:
        known = force(value)
        return assumed(evaluator, annotation, scope) or known if isinstance(known, Unknown) else known

    return Deferred(work)


def _augment(evaluator: Evaluator, node: ir.Augment, scope: Scope) -> Signal:
    evaluator.augment(node, scope)
    return None


def _return(evaluator: Evaluator, node: ir.Return, scope: Scope) -> Signal:
    value = NONE if node.value is None else evaluator.evaluate(node.value, scope)
    evaluator.note_result(value)
    return "return"


def _raise(_: Evaluator, __: ir.Raise, ___: Scope) -> Signal:
    return "raise"


def _jump(_: Evaluator, node: ir.Jump, __: Scope) -> Signal:
    return None if node.word == "pass" else node.word


def _nothing(_: Evaluator, __: ir.Statement, ___: Scope) -> Signal:
    return None


def _scope(_: Evaluator, node: ir.Scope, scope: Scope) -> Signal:
    scope.globals = scope.globals | frozenset(node.names)
    return None


def _import(evaluator: Evaluator, node: ir.Import | ir.ImportFrom, scope: Scope) -> Signal:
    evaluator.run_import(node, scope)
    return None


def _delete(evaluator: Evaluator, node: ir.Delete, scope: Scope) -> Signal:
    for target in node.targets:
        evaluator.delete(target, scope)
    return None


def _if(evaluator: Evaluator, node: ir.If, scope: Scope) -> Signal:
    verdict = judge(evaluator, node.test, scope)
    if verdict.known is not None:
        return execute(evaluator, node.body if verdict.known else node.orelse, scope)
    text = render(node.test)
    holds = Condition(f"if {text}", verdict.default)
    fails = Condition(f"if not ({text})", None if verdict.default is None else not verdict.default)
    return _branches(evaluator, [(holds, node.body), (fails, node.orelse)], scope)


def _branches(evaluator: Evaluator, branches: list[tuple[Condition, tuple[ir.Statement, ...]]], scope: Scope) -> Signal:
    """Follow every branch from the same start, then join what they bound."""
    before = dict(scope.names)
    ends: list[tuple[Condition, dict[str, Value], Signal]] = []
    outer = evaluator.conditions
    for condition, body in branches:
        scope.names.clear()
        scope.names.update(before)
        with evaluator.under(condition):
            signal = execute(evaluator, body, scope)
        evaluator.conditions = outer
        ends.append((condition, dict(scope.names), signal))
    going = [(condition, names) for condition, names, signal in ends if signal is None]
    stopped = [(condition, signal) for condition, _, signal in ends if signal is not None]
    scope.names.clear()
    scope.names.update(_joined(going) if going else {**before, **ends[0][1]})
    if not going:
        return (
            "raise"
            if all(signal == "raise" for _, signal in stopped)
            else "return"
            if any(signal == "return" for _, signal in stopped)
            else stopped[0][1]
        )
    if any(signal in {"return", "break", "continue"} for _, signal in stopped):
        # What follows runs only in the branches that went on; a branch that raised is no switch.
        evaluator.conditions = join_conditions(outer, tuple(condition for condition, _ in going[:1]))
    return None


def _joined(ends: list[tuple[Condition, dict[str, Value]]]) -> dict[str, Value]:
    first = ends[0][1]
    if len(ends) == 1:
        return first
    joined: dict[str, Value] = {}
    for name in dict.fromkeys(name for _, names in ends for name in names):
        values = [(condition, names[name]) for condition, names in ends if name in names]
        if all(value is values[0][1] for _, value in values):
            joined[name] = values[0][1]
        else:
            # What holds by default comes first: it is what a reader would expect to see.
            values.sort(key=lambda pair: pair[0].default is False)
            joined[name] = choose([Item(value, (condition,)) for condition, value in values])
    return joined


def _for(evaluator: Evaluator, node: ir.For, scope: Scope) -> Signal:
    items, _ = evaluator.iterate(evaluator.evaluate(node.iterable, scope), render(node.iterable))
    for item in items:
        evaluator.assign(node.target, item.value, scope)
        with evaluator.under(*item.conditions):
            signal = execute(evaluator, node.body, scope)
        if signal in {"return", "break"}:
            if len(items) == 1 and signal == "return":
                return "return"
            break
    return execute(evaluator, node.orelse, scope)


def _while(evaluator: Evaluator, node: ir.While, scope: Scope) -> Signal:
    before = evaluator.conditions
    execute(evaluator, node.body, scope)
    evaluator.conditions = before
    return execute(evaluator, node.orelse, scope)


def _try(evaluator: Evaluator, node: ir.Try, scope: Scope) -> Signal:
    names = dict(scope.names)
    outer = evaluator.conditions
    guarded = _guards_an_import(evaluator, node, scope)
    caught = render(node.handlers[0].error) if node.handlers and node.handlers[0].error is not None else "Exception"
    conditions = (Condition(f"try … except {caught}", default=True),) if guarded else ()
    with evaluator.under(*conditions):
        signal = execute(evaluator, node.body, scope)
        if signal is None:
            signal = execute(evaluator, node.orelse, scope)
    evaluator.conditions = outer
    after = dict(scope.names)
    for handler in node.handlers:
        scope.names.clear()
        scope.names.update({**after, **names})
        if handler.name is not None:
            scope.names[handler.name] = Unknown("exception", handler.name)
        with evaluator.under(
            Condition(f"except {render(handler.error) if handler.error else ''}".strip(), default=False)
        ):
            ended = execute(evaluator, handler.body, scope)
        evaluator.conditions = outer
        if ended is None and signal in {"return", "raise"}:
            signal = None
        for name, value in scope.names.items():
            if name not in after or isinstance(force(after[name]), Unknown):
                after[name] = value
    scope.names.clear()
    scope.names.update(after)
    final = execute(evaluator, node.final, scope)
    return final or signal


def _guards_an_import(evaluator: Evaluator, node: ir.Try, scope: Scope) -> bool:
    """Whether the body imports something that the tree does not hold, and a handler stands by for its absence."""
    if not node.handlers:
        return False
    return any(
        isinstance(statement, ir.Import | ir.ImportFrom) and evaluator.is_foreign(statement, scope)
        for statement in node.body
    )


def _with(evaluator: Evaluator, node: ir.With, scope: Scope) -> Signal:
    for context, target in node.items:
        value = evaluator.evaluate(context, scope)
        if target is not None:
            evaluator.assign(target, evaluator.entered(value), scope)
    return execute(evaluator, node.body, scope)


def _match(evaluator: Evaluator, node: ir.Match, scope: Scope) -> Signal:
    subject = render(node.subject)
    evaluator.evaluate(node.subject, scope)
    branches = [(Condition(f"case {subject} is {case.pattern}"), case.body) for case in node.cases]
    if not any(case.pattern == "_" for case in node.cases):
        branches.append((Condition(f"no case of {subject}"), ()))
    return _branches(evaluator, branches, scope)


def _function(evaluator: Evaluator, node: ir.Function, scope: Scope) -> Signal:
    define_function(evaluator, node, scope)
    return None


def _class(evaluator: Evaluator, node: ir.Class, scope: Scope) -> Signal:
    define_class(evaluator, node, scope)
    return None


_FORMS: dict[type, Callable[[Evaluator, Any, Scope], Signal]] = {
    ir.Evaluate: _evaluate,
    ir.Assign: _assign,
    ir.Augment: _augment,
    ir.Return: _return,
    ir.Raise: _raise,
    ir.Assert: _nothing,
    ir.Delete: _delete,
    ir.Jump: _jump,
    ir.Scope: _scope,
    ir.Import: _import,
    ir.ImportFrom: _import,
    ir.If: _if,
    ir.For: _for,
    ir.While: _while,
    ir.Try: _try,
    ir.With: _with,
    ir.Match: _match,
    ir.Function: _function,
    ir.Class: _class,
}
