"""From an expression to the value it stands for."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from pizzaguard.audit.evaluation.attributes import attribute
from pizzaguard.audit.evaluation.calls import call
from pizzaguard.audit.evaluation.render import render
from pizzaguard.audit.evaluation.scope import Scope
from pizzaguard.audit.evaluation.strings import concatenate, join_parts, multiply
from pizzaguard.audit.evaluation.truth import judge
from pizzaguard.audit.evaluation.values import (
    NONE,
    AnnotatedValue,
    Arguments,
    Choice,
    ClassValue,
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
    Text,
    Unknown,
    Value,
    choose,
    force,
    plain,
)
from pizzaguard.audit.source import ir

if TYPE_CHECKING:
    from pizzaguard.audit.evaluation.evaluator import Evaluator


_SLICE = re.compile(r"\s*(-?\d{1,6})?\s*:\s*(-?\d{1,6})?\s*$")


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


def _sequence(evaluator: Evaluator, node: ir.Sequence, scope: Scope) -> Value:
    made = ListValue(born=evaluator.conditions, kind=node.kind)
    for item in node.items:
        if isinstance(item, ir.Starred):
            inner = plain(evaluate(evaluator, item.value, scope))
            if isinstance(inner, ListValue):
                made.items.extend(inner.items)
                made.is_open |= inner.is_open
            else:
                made.is_open = True
        else:
            made.items.append(Item(evaluate(evaluator, item, scope)))
    return made


def _starred(evaluator: Evaluator, node: ir.Starred, scope: Scope) -> Value:
    return evaluate(evaluator, node.value, scope)


def _mapping(evaluator: Evaluator, node: ir.Mapping, scope: Scope) -> Value:
    made = DictValue(born=evaluator.conditions)
    for key, value in node.items:
        evaluated = evaluate(evaluator, value, scope)
        if key is None:
            inner = plain(evaluated)
            if isinstance(inner, DictValue):
                made.entries.update(inner.entries)
                made.is_open |= inner.is_open
            else:
                made.is_open = True
            continue
        known = dict_key(evaluate(evaluator, key, scope))
        # A key that the text does not tell still holds its value: loops over the dict must see it.
        made.entries[known if known is not None else len(made.entries)] = Item(evaluated)
    return made


def dict_key(value: Value) -> Any:
    """A hashable key for a value: its constant, or the value itself; None where it is unknown."""
    value = plain(value)
    if isinstance(value, Literal):
        return value.value
    return None if isinstance(value, Unknown | Text) else value


def _subscript(evaluator: Evaluator, node: ir.Subscript, scope: Scope) -> Value:
    value = plain(evaluate(evaluator, node.value, scope))
    if isinstance(value, External):
        if value.last == "Annotated":
            return _annotated(evaluator, node.index, scope)
        if value.last in {"Optional", "ClassVar", "Final", "Required"}:
            return evaluate(evaluator, node.index, scope)
        return Unknown("environment", render(node)) if value.name == "os.environ" else value
    if isinstance(value, ClassValue | FunctionValue):
        return value
    if isinstance(value, AnnotatedValue):
        return value
    index = evaluate(evaluator, node.index, scope)
    return choose([_element(option.value, index, node) for option in _each(value)])


def _each(value: Value) -> tuple[Item, ...]:
    return value.options if isinstance(value, Choice) else (Item(value),)


def _element(value: Value, index: Value, node: ir.Subscript) -> Item:
    key = dict_key(index)
    value = plain(value)
    if isinstance(value, DictValue) and key in value.entries:
        return value.entries[key]
    if isinstance(value, DictValue) and value.entries and key is None:
        return Item(choose(list(value.entries.values())))
    if isinstance(node.index, ir.Opaque):
        return Item(_slice(value, node))
    if isinstance(value, ListValue) and isinstance(key, int) and -len(value.items) <= key < len(value.items):
        return value.items[key]
    return Item(Unknown("dynamic", render(node)))


def _slice(value: Value, node: ir.Subscript) -> Value:
    assert isinstance(node.index, ir.Opaque)
    bounds = _SLICE.match(node.index.text)
    if bounds is not None:
        cut = slice(*(int(bound) if bound else None for bound in bounds.groups()))
        if isinstance(value, ListValue) and not value.is_open:
            return ListValue(value.items[cut], kind=value.kind)
        if isinstance(value, Literal) and isinstance(value.value, str):
            return Literal(value.value[cut])
    if isinstance(value, ListValue):
        return ListValue(list(value.items), is_open=True, kind=value.kind)
    return Unknown("dynamic", render(node))


def _annotated(evaluator: Evaluator, index: ir.Expression, scope: Scope) -> Value:
    if not isinstance(index, ir.Sequence) or not index.items:
        return evaluate(evaluator, index, scope)
    base, *metadata = index.items
    annotated = evaluate(evaluator, base, scope)
    extra = tuple(evaluate(evaluator, item, scope) for item in metadata)
    if isinstance(annotated, AnnotatedValue):
        return AnnotatedValue(annotated.base, annotated.metadata + extra)
    return AnnotatedValue(annotated, extra)


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


def _comprehension(evaluator: Evaluator, node: ir.Comprehension, scope: Scope) -> Value:
    inner = Scope(scope.module, scope.base_line, scope)
    inner.function = scope.function
    made = ListValue(born=evaluator.conditions, kind="list")
    entries: dict[Any, Item] = {}

    def loop(depth: int) -> None:
        if depth == len(node.loops):
            value = evaluate(evaluator, node.value, inner)
            if node.key is not None:
                key = dict_key(evaluate(evaluator, node.key, inner))
                entries[key if key is not None else len(entries)] = Item(value)
            made.items.append(Item(value))
            return
        target, iterable, conditions = node.loops[depth]
        items, is_open = evaluator.iterate(evaluate(evaluator, iterable, inner))
        made.is_open |= is_open
        for item in items:
            evaluator.assign(target, item.value, inner)
            if all(judge(evaluator, test, inner).known is not False for test in conditions):
                loop(depth + 1)

    loop(0)
    if node.kind == "dict":
        return DictValue(entries, made.is_open, evaluator.conditions)
    return made


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
        ir.Sequence: _sequence,
        ir.Starred: _starred,
        ir.Mapping: _mapping,
        ir.Subscript: _subscript,
        ir.Unary: _unary,
        ir.Binary: _binary,
        ir.Boolean: _boolean,
        ir.Compare: _compare,
        ir.Conditional: _conditional,
        ir.Lambda: _lambda,
        ir.Comprehension: _comprehension,
        ir.Await: _await,
        ir.Yield: _yield,
        ir.Named: _named,
        ir.Opaque: _opaque,
    },
)
