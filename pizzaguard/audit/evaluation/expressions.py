"""From an expression to the value it stands for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from pizzaguard.audit.evaluation.arguments import Arguments
from pizzaguard.audit.evaluation.attributes import attribute
from pizzaguard.audit.evaluation.calls import call
from pizzaguard.audit.evaluation.choices import choose, force, plain
from pizzaguard.audit.evaluation.displays import comprehension, mapping, sequence
from pizzaguard.audit.evaluation.render import render
from pizzaguard.audit.evaluation.scope import Scope
from pizzaguard.audit.evaluation.strings import concatenate, join_parts, multiply
from pizzaguard.audit.evaluation.subscripts import subscript
from pizzaguard.audit.evaluation.truth import judge
from pizzaguard.audit.evaluation.values import (
    NONE,
    Choice,
    Condition,
    Deferred,
    DictValue,
    External,
    FunctionValue,
    Item,
    ListValue,
    Literal,
    Setting,
    SuperValue,
    Unknown,
    Value,
)
from pizzaguard.audit.source import ir

if TYPE_CHECKING:
    from pizzaguard.audit.evaluation.evaluator import Evaluator


def evaluate(evaluator: Evaluator, node: ir.Expression, scope: Scope) -> Value:
    """What an expression stands for in a scope; `Unknown` with a reason where the text does not tell."""
    evaluator.step()
    return _FORMS[type(node)](evaluator, node, scope)


def evaluate_arguments(evaluator: Evaluator, given: tuple[ir.Argument, ...], scope: Scope) -> Arguments:
    """The arguments of a call, `*` and `**` spread out where the text tells what they hold."""
    arguments = Arguments()
    for argument in given:
        value = evaluate(evaluator, argument.value, scope)
        if argument.keyword is not None:
            arguments.named[argument.keyword] = value
        elif argument.star == "":
            arguments.positional.append(value)
        else:
            _spread(arguments, plain(value), argument.star)
    return arguments


def _spread(arguments: Arguments, value: Value, star: str) -> None:
    if star == "*" and isinstance(value, ListValue):
        arguments.positional.extend(item.value for item in value.items)
        arguments.is_open |= value.is_open
    elif star == "**" and isinstance(value, DictValue):
        arguments.named.update({str(key): item.value for key, item in value.entries.items()})
        arguments.is_open |= value.is_open
    else:
        arguments.is_open = True


def _constant(_: Evaluator, node: ir.Constant, __: Scope) -> Value:
    return Literal(node.value)


def _bytes(_: Evaluator, node: ir.Bytes, __: Scope) -> Value:
    return Literal(node.value)


def _name(_: Evaluator, node: ir.Name, scope: Scope) -> Value:
    return scope.lookup(node.name)


def _attribute(evaluator: Evaluator, node: ir.Attribute, scope: Scope) -> Value:
    value = attribute(evaluator, evaluate(evaluator, node.value, scope), node.name)
    if type(value) is Unknown and value.text == "?":
        return Unknown(value.reason, render(node))
    return value


def _call(evaluator: Evaluator, node: ir.Call, scope: Scope) -> Value:
    function = evaluate(evaluator, node.function, scope)
    if function == External("builtins.super"):
        return _super(scope)
    arguments = evaluate_arguments(evaluator, node.arguments, scope)
    value = call(evaluator, function, arguments, scope.place(node))
    if type(value) is Unknown and value.text == "?":
        return Unknown(value.reason, render(node))
    return value


def _super(scope: Scope) -> Value:
    if scope.owner is None or scope.receiver is None:
        return Unknown("super() outside a method")
    return SuperValue(scope.owner, scope.receiver)


def _format(evaluator: Evaluator, node: ir.Format, scope: Scope) -> Value:
    parts: list[Value] = []
    for part in node.parts:
        value = evaluate(evaluator, part, scope)
        if type(force(value)) is Unknown:
            value = Unknown("dynamic", render(part))
        parts.append(value)
    return join_parts(parts)


def _starred(evaluator: Evaluator, node: ir.Starred, scope: Scope) -> Value:
    return evaluate(evaluator, node.value, scope)


def _unary(evaluator: Evaluator, node: ir.Unary, scope: Scope) -> Value:
    if node.operator == "not":
        verdict = judge(evaluator, node, scope)
        if verdict.known is not None:
            return Literal(verdict.known)
        if verdict.default is not None:
            return Setting(render(node), Literal(verdict.default))
        return Unknown("dynamic", render(node))
    value = plain(evaluate(evaluator, node.operand, scope))
    if node.operator == "-" and isinstance(value, Literal) and isinstance(value.value, int | float):
        return Literal(-value.value)
    return Unknown("dynamic", render(node))


def _binary(evaluator: Evaluator, node: ir.Binary, scope: Scope) -> Value:
    left = plain(evaluate(evaluator, node.left, scope))
    right = plain(evaluate(evaluator, node.right, scope))
    if isinstance(left, ListValue) and isinstance(right, ListValue) and node.operator in {"+", "|"}:
        return ListValue(left.items + right.items, left.is_open or right.is_open, evaluator.conditions, left.kind)
    if isinstance(left, ListValue) and node.operator == "+":
        return ListValue(list(left.items), is_open=True, born=evaluator.conditions, kind=left.kind)
    if isinstance(left, DictValue) and isinstance(right, DictValue) and node.operator == "|":
        return DictValue({**left.entries, **right.entries}, left.is_open or right.is_open, evaluator.conditions)
    if node.operator == "+":
        return concatenate(left, right, render(node))
    if node.operator == "*":
        return multiply(left, right, render(node))
    if node.operator == "|":
        return left
    return Unknown("dynamic", render(node))


def _boolean(evaluator: Evaluator, node: ir.Boolean, scope: Scope) -> Value:
    verdict = judge(evaluator, node.left, scope)
    left = evaluate(evaluator, node.left, scope)
    if verdict.known is not None:
        takes_left = verdict.known == (node.operator == "or")
        return left if takes_left else evaluate(evaluator, node.right, scope)
    right = evaluate(evaluator, node.right, scope)
    if node.operator == "and":
        return Choice((Item(right), Item(NONE)))
    return choose([Item(left), Item(right)])


def _compare(evaluator: Evaluator, node: ir.Compare, scope: Scope) -> Value:
    if len(node.comparisons) != 1:
        return Unknown("dynamic", render(node))
    verdict = judge(evaluator, node, scope)
    if verdict.known is not None:
        return Literal(verdict.known)
    if verdict.default is not None:
        return Setting(render(node), Literal(verdict.default))
    return Unknown("dynamic", render(node))


def _conditional(evaluator: Evaluator, node: ir.Conditional, scope: Scope) -> Value:
    verdict = judge(evaluator, node.test, scope)
    if verdict.known is not None:
        return evaluate(evaluator, node.body if verdict.known else node.orelse, scope)
    text = render(node.test)
    holds = Condition(f"if {text}", verdict.default)
    fails = Condition(f"if not ({text})", None if verdict.default is None else not verdict.default)
    with evaluator.under(holds):
        body = evaluate(evaluator, node.body, scope)
    with evaluator.under(fails):
        orelse = evaluate(evaluator, node.orelse, scope)
    options = [Item(body, (holds,)), Item(orelse, (fails,))]
    return choose(options[::-1] if verdict.default is False else options)


def _lambda(_: Evaluator, node: ir.Lambda, scope: Scope) -> Value:
    return FunctionValue(node, scope.module, scope, qualified(scope, "<lambda>"), scope.base_line, scope.owner)


def qualified(scope: Scope, name: str) -> str:
    """The qualified name of something that is defined in a scope."""
    if scope.is_class and scope.owner is not None:
        return f"{scope.owner.qualname}.{name}"
    if scope.function is not None:
        return f"{scope.function.qualname}.<locals>.{name}"
    return name


def _await(evaluator: Evaluator, node: ir.Await, scope: Scope) -> Value:
    return evaluate(evaluator, node.value, scope)


def _yield(evaluator: Evaluator, node: ir.Yield, scope: Scope) -> Value:
    value = NONE if node.value is None else evaluate(evaluator, node.value, scope)
    evaluator.note_yield(value)
    return Unknown("sent by the caller")


def _named(evaluator: Evaluator, node: ir.Named, scope: Scope) -> Value:
    value = evaluate(evaluator, node.value, scope)
    scope.bind(node.name, value)
    return value


def _opaque(_: Evaluator, node: ir.Opaque, __: Scope) -> Value:
    return Unknown("not read", node.text[:80])


def later(evaluator: Evaluator, node: ir.Expression, scope: Scope) -> Value:
    """An expression that is worked out only when somebody asks, under the conditions that hold now."""
    conditions = evaluator.conditions

    def work() -> Value:
        with evaluator.during(conditions):
            return evaluate(evaluator, node, scope)

    return Deferred(work)


_FORMS: dict[type, Callable[[Evaluator, Any, Scope], Value]] = cast(
    "dict[type, Callable[[Evaluator, Any, Scope], Value]]",
    {
        ir.Constant: _constant,
        ir.Bytes: _bytes,
        ir.Name: _name,
        ir.Attribute: _attribute,
        ir.Call: _call,
        ir.Format: _format,
        ir.Sequence: sequence,
        ir.Starred: _starred,
        ir.Mapping: mapping,
        ir.Subscript: subscript,
        ir.Unary: _unary,
        ir.Binary: _binary,
        ir.Boolean: _boolean,
        ir.Compare: _compare,
        ir.Conditional: _conditional,
        ir.Lambda: _lambda,
        ir.Comprehension: comprehension,
        ir.Await: _await,
        ir.Yield: _yield,
        ir.Named: _named,
        ir.Opaque: _opaque,
    },
)
