"""What a loop over a value sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pizzaguard.audit.evaluation.choices import join_conditions, plain
from pizzaguard.audit.evaluation.values import (
    Choice,
    ClassValue,
    DictValue,
    FrameworkMethod,
    InstanceValue,
    Item,
    ListValue,
    Literal,
    RouteValue,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from pizzaguard.audit.evaluation.evaluator import Evaluator
    from pizzaguard.audit.frameworks.records import Entry

MAX_ITEMS = 5_000
"""Members of a collection that a loop follows."""


def iterate(evaluator: Evaluator, value: Value, text: str = "?") -> tuple[list[Item], bool]:
    """The members and whether there may be more; of something unknown, one unknown member stands for all."""
    value = plain(value)
    match value:
        case ListValue():
            items = list(value.items[:MAX_ITEMS])
            if value.is_open and not items:
                return [Item(_member(text))], True
            return items, value.is_open or len(value.items) > MAX_ITEMS
        case DictValue():
            keys = [
                Item(key if isinstance(key, Value) else Literal(key), item.conditions)
                for key, item in value.entries.items()
            ]
            return (keys, value.is_open) if keys or not value.is_open else ([Item(_member(text))], True)
        case Choice():
            members: list[Item] = []
            is_open = False
            for option in value.options:
                inner, more = iterate(evaluator, option.value, text)
                members.extend(Item(item.value, join_conditions(option.conditions, item.conditions)) for item in inner)
                is_open |= more
            return members, is_open
        case Literal(value=str(letters)):
            return [Item(Literal(letter)) for letter in letters[:MAX_ITEMS]], False
        case Literal():
            return [], False
        case ClassValue():
            return _members_of_enum(evaluator, value), False
        case FrameworkMethod(name="routes", receiver=InstanceValue(record=record)) if record is not None:
            return [Item(_route_object(entry)) for entry in record.entries], False
    return [Item(_member(value.text if isinstance(value, Unknown) and value.text != "?" else text))], True


def _member(text: str) -> Unknown:
    return Unknown("dynamic", f"{text}[…]" if text != "?" else "?")


def _members_of_enum(evaluator: Evaluator, cls: ClassValue) -> list[Item]:
    from pizzaguard.audit.evaluation import classes  # noqa: PLC0415 - classes follow calls, which iterate

    if not classes.is_enum(evaluator, cls):
        return [Item(_member(cls.qualname))]
    names = [name for name in classes.namespace_of(evaluator, cls) if not name.startswith("_")]
    members = [evaluator.attribute(cls, name) for name in names]
    return [Item(member) for member in members if isinstance(member, InstanceValue)]


def _route_object(entry: Entry) -> Value:
    """A route taken out of a table, for loops that read or copy tables."""
    return RouteValue(entry)
