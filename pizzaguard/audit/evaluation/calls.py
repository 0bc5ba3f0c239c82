"""What a call gives: functions of the tree are followed, the framework's are known, the rest is a product."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pizzaguard.audit.evaluation import classes
from pizzaguard.audit.evaluation.arguments import Arguments
from pizzaguard.audit.evaluation.builtin_methods import call_builtin_method
from pizzaguard.audit.evaluation.builtins import call_external
from pizzaguard.audit.evaluation.choices import choose, force, is_pending
from pizzaguard.audit.evaluation.scope import Scope
from pizzaguard.audit.evaluation.values import (
    NONE,
    BoundMethod,
    BuiltinMethod,
    Choice,
    ClassValue,
    DecoratorValue,
    Deferred,
    DictValue,
    External,
    FrameworkMethod,
    FunctionValue,
    InstanceValue,
    Item,
    ListValue,
    Literal,
    Partial,
    Place,
    Product,
    Setting,
    Unknown,
    Value,
)
from pizzaguard.audit.frameworks.methods import call_framework_method
from pizzaguard.audit.source import ir

if TYPE_CHECKING:
    from pizzaguard.audit.evaluation.evaluator import Evaluator

MAX_DEPTH = 50
"""Calls inside calls that are followed."""
MAX_REPEAT = 2
"""Times one function may stand in the chain of calls."""


def call(evaluator: Evaluator, callee: Value, arguments: Arguments, place: Place) -> Value:
    """What calling a value gives; what the text does not tell is `Unknown`."""
    callee = force(callee)
    match callee:
        case FunctionValue():
            return _call_function(evaluator, callee, arguments, None, place)
        case BoundMethod():
            return _call_function(evaluator, callee.function, arguments, callee.receiver, place)
        case ClassValue():
            return classes.construct(evaluator, callee, arguments, place)
        case External():
            return call_external(evaluator, callee, arguments, place)
        case FrameworkMethod() | BuiltinMethod() | DecoratorValue() if evaluator.is_reading:
            return Unknown("dynamic")
        case FrameworkMethod():
            return call_framework_method(evaluator, callee, arguments, place)
        case BuiltinMethod():
            return call_builtin_method(evaluator, callee, arguments)
        case DecoratorValue():
            return callee.apply(arguments.positional[0], place) if arguments.positional else Unknown("dynamic")
        case Partial():
            given = Arguments(
                callee.arguments.positional + arguments.positional,
                {**callee.arguments.named, **arguments.named},
                callee.arguments.is_open or arguments.is_open,
            )
            return call(evaluator, callee.function, given, place)
        case InstanceValue():
            bound = classes.method(evaluator, callee, "__call__")
            if bound is not None:
                return _call_function(evaluator, bound.function, arguments, callee, place)
        case Choice():
            return _call_each(evaluator, callee, arguments, place)
        case Product():
            return _call_product(callee, arguments, place)
        case Setting():
            return call(evaluator, callee.default, arguments, place)
    evaluator.note_unseen_call(callee, arguments, place)
    return Unknown("dynamic")


def _call_each(evaluator: Evaluator, callee: Choice, arguments: Arguments, place: Place) -> Value:
    results = []
    for option in callee.options:
        with evaluator.under(*option.conditions):
            results.append(Item(call(evaluator, option.value, arguments, place), option.conditions))
    return choose(results)


def _call_product(product: Product, arguments: Arguments, place: Place) -> Value:
    """Something external that is called again: a decorator gives back what it decorates."""
    only = force(arguments.positional[0]) if len(arguments.positional) == 1 and not arguments.named else None
    if isinstance(only, FunctionValue | BoundMethod | ClassValue):
        if product.function.last in {"wraps", "update_wrapper"} and isinstance(only, FunctionValue):
            only.wraps = product.arguments.get("wrapped", 0)
            only.keeps_signature = True
        return only
    return Product(External(f"{product.function.name}()"), arguments, place)


def _call_function(
    evaluator: Evaluator, function: FunctionValue, arguments: Arguments, receiver: Value | None, place: Place
) -> Value:
    if evaluator.is_reading:
        return annotated_result(evaluator, function)
    if evaluator.matters(function, arguments, receiver):
        return invoke(evaluator, function, arguments, receiver, place)
    conditions = evaluator.conditions

    def work() -> Value:
        if evaluator.is_far_out:
            return Unknown("too deep")
        with evaluator.during(conditions), evaluator.errand():
            return invoke(evaluator, function, arguments, receiver, place)

    return Deferred(work)


def invoke(
    evaluator: Evaluator,
    function: FunctionValue,
    arguments: Arguments,
    receiver: Value | None = None,
    place: Place | None = None,
) -> Value:
    """Follow a function of the tree with these arguments and give what it returns."""
    node = function.node
    repeats = sum(frame.function.node is node for frame in evaluator.frames)
    if len(evaluator.frames) >= MAX_DEPTH or repeats >= MAX_REPEAT or evaluator.is_spent:
        return Unknown("too deep")
    scope = Scope(function.module, function.base_line, function.scope)
    scope.function = function
    if function.owner is not None:
        scope.owner = function.owner
    if receiver is not None and function.kind != "static":
        scope.receiver = receiver
        arguments = Arguments([receiver, *arguments.positional], arguments.named, arguments.is_open)
    bind_parameters(evaluator, function, arguments, scope)
    if isinstance(node, ir.Lambda):
        with evaluator.frame(function, place):
            return evaluator.evaluate(node.body, scope)
    with evaluator.frame(function, place) as frame:
        before = evaluator.conditions
        evaluator.execute(node.body, scope)
        evaluator.conditions = before
        if evaluator.is_on_errand:
            # Somebody waits for the result: found here, where the chain of calls is still known and ends recursion.
            frame.returns = [Item(force(item.value), item.conditions) for item in frame.returns]
    if frame.yields:
        result: Value = ListValue([Item(value) for value in frame.yields], kind="generator")
    else:
        result = choose(frame.returns) if frame.returns else NONE
    evaluator.note_return(function, frame.returns)
    if is_pending(result):
        return Deferred(lambda: _known_or_annotated(evaluator, function, force(result)))
    return _known_or_annotated(evaluator, function, result)


def _known_or_annotated(evaluator: Evaluator, function: FunctionValue, result: Value) -> Value:
    return annotated_result(evaluator, function) if isinstance(result, Unknown) else result


def annotated_result(evaluator: Evaluator, function: FunctionValue) -> Value:
    """What a function gives by its return annotation: an instance of a class of the tree, else unknown."""
    node = function.node
    if isinstance(node, ir.Lambda) or node.returns is None:
        return Unknown("dynamic")
    return assumed(evaluator, node.returns, function.scope) or Unknown("dynamic")


def assumed(evaluator: Evaluator, annotation: ir.Expression, scope: Scope) -> Value | None:
    """An instance of the class that an annotation names; None where it names none of the tree."""
    if isinstance(annotation, ir.Binary) and annotation.operator == "|":
        annotation = annotation.left
    if not isinstance(annotation, ir.Name | ir.Attribute | ir.Constant):
        return None
    value = force(evaluator.evaluate(annotation, scope))
    if isinstance(value, Literal) and isinstance(value.value, str) and value.value.isidentifier():
        value = force(scope.lookup(value.value))
    if isinstance(value, ClassValue) and not classes.is_enum(evaluator, value):
        return InstanceValue(value, is_assumed=True)
    return None


def bind_parameters(evaluator: Evaluator, function: FunctionValue, arguments: Arguments, scope: Scope) -> None:
    """Bind a function's parameters in its scope: given, default, or unknown."""
    waiting = list(arguments.positional)
    named = dict(arguments.named)
    for parameter in function.node.parameters:
        if parameter.kind == "*":
            scope.names[parameter.name] = ListValue([Item(value) for value in waiting], arguments.is_open, kind="tuple")
            waiting = []
        elif parameter.kind == "**":
            entries = {key: Item(value) for key, value in named.items()}
            scope.names[parameter.name] = DictValue(dict(entries), arguments.is_open)
        elif waiting and parameter.kind != "keyword":
            scope.names[parameter.name] = waiting.pop(0)
        elif parameter.name in named:
            scope.names[parameter.name] = named.pop(parameter.name)
        else:
            scope.names[parameter.name] = default_of(evaluator, function, parameter) or Unknown(
                "argument", parameter.name
            )


def default_of(evaluator: Evaluator, function: FunctionValue, parameter: ir.Parameter) -> Value | None:
    """The default of a parameter, as it was where the definition stood."""
    if function.defaults is not None and parameter.name in function.defaults:
        return function.defaults[parameter.name]
    if parameter.default is None:
        return None
    return evaluator.evaluate(parameter.default, function.scope)
