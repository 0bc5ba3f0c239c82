"""Function and class definitions, and the decorators that stand on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pizzaguard.audit.evaluation.choices import force
from pizzaguard.audit.evaluation.expressions import qualified
from pizzaguard.audit.evaluation.values import (
    NONE,
    BoundMethod,
    ClassValue,
    DecoratorValue,
    External,
    FunctionValue,
    Unknown,
    Value,
)
from pizzaguard.audit.source import ir

if TYPE_CHECKING:
    from pizzaguard.audit.evaluation.evaluator import Evaluator
    from pizzaguard.audit.evaluation.scope import Scope

KINDS = {"staticmethod": "static", "classmethod": "class", "property": "property", "cached_property": "property"}


def define_function(evaluator: Evaluator, node: ir.Function, scope: Scope) -> None:
    """Bind a function's name to it, as its decorators leave it."""
    function = FunctionValue(node, scope.module, scope, qualified(scope, node.name), scope.base_line, scope.owner)
    if scope.function is not None:
        # In a function, a default may name a loop variable: it counts as it stands now.
        function.defaults = {
            parameter.name: evaluator.evaluate(parameter.default, scope)
            for parameter in node.parameters
            if parameter.default is not None
        }
    scope.bind(node.name, function)
    value: Value = function
    applied: list[Value] = []
    for decorator in reversed(node.decorators):
        stands = force(evaluator.evaluate(decorator, scope))
        applied.append(stands)
        value = decorate(evaluator, stands, value, decorator, scope)
    function.decorators = tuple(applied)
    scope.bind(node.name, value)


def decorate(evaluator: Evaluator, decorator: Value, value: Value, node: ir.Expression, scope: Scope) -> Value:
    """What a decorator makes of a function; one that is not of the tree is taken to give it back."""
    place = scope.place(node)
    if isinstance(decorator, DecoratorValue):
        return decorator.apply(value, place)
    if isinstance(decorator, External):
        kind = KINDS.get(decorator.last)
        if kind is not None and isinstance(value, FunctionValue):
            value.kind = kind
        return value
    if isinstance(decorator, Unknown):
        evaluator.note_unseen_decorator(decorator, value, place)
        return value
    result = force(evaluator.call(decorator, [value], place=place))
    return _decorated(value, result)


def _decorated(value: Value, result: Value) -> Value:
    if isinstance(result, FunctionValue) and result is not value:
        result.wraps = result.wraps or value
        return result
    if isinstance(result, Unknown) or result == NONE or isinstance(result, External):
        return value
    return result


def define_class(evaluator: Evaluator, node: ir.Class, scope: Scope) -> None:
    """Bind a class's name; the body is followed when something of it is asked for."""
    cls = ClassValue(
        node.name,
        qualified(scope, node.name),
        scope.module,
        scope,
        scope.base_line,
        lambda: node,
        node,
        owner=scope.owner if scope.is_class else None,
    )
    value: Value = cls
    scope.bind(node.name, cls)
    for decorator in reversed(node.decorators):
        stands = force(evaluator.evaluate(decorator, scope))
        if isinstance(stands, FunctionValue | BoundMethod | DecoratorValue):
            result = force(evaluator.call(stands, [value], place=scope.place(decorator)))
            if isinstance(result, ClassValue):
                value = result
    scope.bind(node.name, value)
