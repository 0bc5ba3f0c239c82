"""Lists, dicts, sets and comprehensions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pizzaguard.audit.evaluation.choices import plain
from pizzaguard.audit.evaluation.scope import Scope
from pizzaguard.audit.evaluation.truth import judge
from pizzaguard.audit.evaluation.values import (
    DictValue,
    Item,
    ListValue,
    Literal,
    Text,
    Unknown,
    Value,
)
from pizzaguard.audit.source import ir

if TYPE_CHECKING:
    from pizzaguard.audit.evaluation.evaluator import Evaluator


def sequence(evaluator: Evaluator, node: ir.Sequence, scope: Scope) -> Value:
    """A list, tuple or set as it is written."""
    made = ListValue(born=evaluator.conditions, kind=node.kind)
    for item in node.items:
        if isinstance(item, ir.Starred):
            inner = plain(evaluator.evaluate(item.value, scope))
            if isinstance(inner, ListValue):
                made.items.extend(inner.items)
                made.is_open |= inner.is_open
            else:
                made.is_open = True
        else:
            made.items.append(Item(evaluator.evaluate(item, scope)))
    return made


def mapping(evaluator: Evaluator, node: ir.Mapping, scope: Scope) -> Value:
    """A dict as it is written."""
    made = DictValue(born=evaluator.conditions)
    for key, value in node.items:
        evaluated = evaluator.evaluate(value, scope)
        if key is None:
            inner = plain(evaluated)
            if isinstance(inner, DictValue):
                made.entries.update(inner.entries)
                made.is_open |= inner.is_open
            else:
                made.is_open = True
            continue
        known = dict_key(evaluator.evaluate(key, scope))
        # A key that the text does not tell still holds its value: loops over the dict must see it.
        made.entries[known if known is not None else len(made.entries)] = Item(evaluated)
    return made


def dict_key(value: Value) -> Any:  # noqa: ANN401 - any constant may be a key
    """A hashable key for a value: its constant, or the value itself; None where it is unknown."""
    value = plain(value)
    if isinstance(value, Literal):
        return value.value
    return None if isinstance(value, Unknown | Text) else value


def comprehension(evaluator: Evaluator, node: ir.Comprehension, scope: Scope) -> Value:
    """A comprehension, its loops followed."""
    inner = Scope(scope.module, scope.base_line, scope)
    inner.function = scope.function
    made = ListValue(born=evaluator.conditions, kind="list")
    entries: dict[Any, Item] = {}

    def loop(depth: int) -> None:
        if depth == len(node.loops):
            value = evaluator.evaluate(node.value, inner)
            if node.key is not None:
                key = dict_key(evaluator.evaluate(node.key, inner))
                entries[key if key is not None else len(entries)] = Item(value)
            made.items.append(Item(value))
            return
        target, iterable, conditions = node.loops[depth]
        items, is_open = evaluator.iterate(evaluator.evaluate(iterable, inner))
        made.is_open |= is_open
        for item in items:
            evaluator.assign(target, item.value, inner)
            if all(judge(evaluator, test, inner).known is not False for test in conditions):
                loop(depth + 1)

    loop(0)
    if node.kind == "dict":
        return DictValue(entries, made.is_open, evaluator.conditions)
    return made
