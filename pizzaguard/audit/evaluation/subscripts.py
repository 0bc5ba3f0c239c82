"""Subscripts of lists, dicts and types."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pizzaguard.audit.evaluation.choices import choose, plain
from pizzaguard.audit.evaluation.displays import dict_key
from pizzaguard.audit.evaluation.render import render
from pizzaguard.audit.evaluation.scope import Scope
from pizzaguard.audit.evaluation.values import (
    AnnotatedValue,
    Choice,
    ClassValue,
    DictValue,
    External,
    FunctionValue,
    Item,
    ListValue,
    Literal,
    Unknown,
    Value,
)
from pizzaguard.audit.source import ir

if TYPE_CHECKING:
    from pizzaguard.audit.evaluation.evaluator import Evaluator


_SLICE = re.compile(r"\s*(-?\d{1,6})?\s*:\s*(-?\d{1,6})?\s*$")


def subscript(evaluator: Evaluator, node: ir.Subscript, scope: Scope) -> Value:
    """`value[index]`, also of types: `Annotated[…]`, `Optional[…]`."""
    value = plain(evaluator.evaluate(node.value, scope))
    if isinstance(value, External):
        if value.last == "Annotated":
            return _annotated(evaluator, node.index, scope)
        if value.last in {"Optional", "ClassVar", "Final", "Required"}:
            return evaluator.evaluate(node.index, scope)
        return Unknown("environment", render(node)) if value.name == "os.environ" else value
    if isinstance(value, ClassValue | FunctionValue):
        return value
    if isinstance(value, AnnotatedValue):
        return value
    index = evaluator.evaluate(node.index, scope)
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
        return evaluator.evaluate(index, scope)
    base, *metadata = index.items
    annotated = evaluator.evaluate(base, scope)
    extra = tuple(evaluator.evaluate(item, scope) for item in metadata)
    if isinstance(annotated, AnnotatedValue):
        return AnnotatedValue(annotated.base, annotated.metadata + extra)
    return AnnotatedValue(annotated, extra)
