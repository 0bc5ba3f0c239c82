"""Methods of lists, dicts and text: what they give, and how they change what they are called on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pizzaguard.audit.evaluation.arguments import Arguments
from pizzaguard.audit.evaluation.choices import plain
from pizzaguard.audit.evaluation.iteration import MAX_ITEMS
from pizzaguard.audit.evaluation.strings import from_parts, parts_of, text_of
from pizzaguard.audit.evaluation.values import NONE, BuiltinMethod, DictValue, Item, ListValue, Literal, Unknown, Value

if TYPE_CHECKING:
    from pizzaguard.audit.evaluation.evaluator import Evaluator


def call_builtin_method(evaluator: Evaluator, method: BuiltinMethod, arguments: Arguments) -> Value:
    """What a method of a list, dict or string gives; mutations are carried out, with the conditions of the moment."""
    receiver = method.receiver
    if isinstance(receiver, ListValue):
        return _list_method(evaluator, receiver, method.name, arguments)
    if isinstance(receiver, DictValue):
        return _dict_method(evaluator, receiver, method.name, arguments)
    return _text_method(receiver, method.name, arguments)


def _list_method(evaluator: Evaluator, target: ListValue, name: str, arguments: Arguments) -> Value:
    conditions = evaluator.conditions_since(target.born)
    given = arguments.positional
    if len(target.items) > MAX_ITEMS:
        target.is_open = True
        return NONE
    if name in {"append", "add"} and given:
        target.items.append(Item(given[0], conditions))
    elif name == "insert" and len(given) > 1:
        at = plain(given[0])
        index = at.value if isinstance(at, Literal) and isinstance(at.value, int) else len(target.items)
        target.items.insert(index, Item(given[1], conditions))
    elif name in {"extend", "update"} and given:
        items, is_open = evaluator.iterate(given[0])
        target.items.extend(Item(item.value, conditions + item.conditions) for item in items)
        target.is_open |= is_open
    elif name == "copy":
        return ListValue(list(target.items), target.is_open, evaluator.conditions, target.kind)
    elif name == "pop" and target.items:
        return target.items[-1].value
    elif name in {"remove", "clear", "discard"}:
        target.is_open = True
    return NONE


def _dict_method(evaluator: Evaluator, target: DictValue, name: str, arguments: Arguments) -> Value:
    key = plain(arguments.positional[0]) if arguments.positional else None
    known = key.value if isinstance(key, Literal) else key
    if name in {"get", "pop", "setdefault"}:
        if isinstance(key, Literal) and known in target.entries:
            found = target.entries.pop(known) if name == "pop" else target.entries[known]
            return found.value
        default = arguments.positional[1] if len(arguments.positional) > 1 else NONE
        if name == "setdefault" and isinstance(key, Literal):
            target.entries[known] = Item(default)
        return Unknown("dynamic") if target.is_open or not isinstance(key, Literal) else default
    if name == "keys":
        return ListValue(
            [Item(_as_value(entry), item.conditions) for entry, item in target.entries.items()], target.is_open
        )
    if name == "values":
        return ListValue(list(target.entries.values()), target.is_open)
    if name == "items":
        pairs = [Item(pair(_as_value(entry), item.value), item.conditions) for entry, item in target.entries.items()]
        return ListValue(pairs, target.is_open)
    if name == "copy":
        return DictValue(dict(target.entries), target.is_open, evaluator.conditions)
    if name == "update":
        _update(evaluator, target, arguments)
        return NONE
    return Unknown("dynamic")


def _update(evaluator: Evaluator, target: DictValue, arguments: Arguments) -> None:
    conditions = evaluator.conditions_since(target.born)
    other = plain(arguments.positional[0]) if arguments.positional else None
    if isinstance(other, DictValue):
        target.entries.update({key: Item(item.value, conditions) for key, item in other.entries.items()})
        target.is_open |= other.is_open
    elif other is not None:
        target.is_open = True
    target.entries.update({key: Item(value, conditions) for key, value in arguments.named.items()})


def _as_value(key: object) -> Value:
    return key if isinstance(key, Value) else Literal(key)  # type: ignore[arg-type]


STRIPS: dict[str, Callable[[str, str | None], str]] = {
    "rstrip": str.rstrip,
    "lstrip": str.lstrip,
    "strip": str.strip,
    "removeprefix": lambda text, given: text.removeprefix(given or ""),
    "removesuffix": lambda text, given: text.removesuffix(given or ""),
}


def _text_method(receiver: Value, name: str, arguments: Arguments) -> Value:
    text = text_of(receiver)
    first = arguments.positional[0] if arguments.positional else None
    if text is None:
        # `f"{prefix}/x".rstrip("/")` keeps its shape: the known parts stay known.
        return receiver if name in STRIPS else Unknown("dynamic")
    if name in STRIPS:
        return Literal(STRIPS[name](text, text_of(first)))
    if name in {"lower", "upper", "title", "capitalize"}:
        return Literal(getattr(text, name)())
    if name == "replace" and len(arguments.positional) > 1:
        old, new = text_of(first), text_of(arguments.positional[1])
        return Literal(text.replace(old, new)) if old and new is not None else Unknown("dynamic")
    if name == "format":
        return _formatted(text, arguments)
    if (
        name == "join"
        and isinstance(held := plain(first) if first is not None else None, ListValue)
        and not held.is_open
    ):
        parts: list[str | Unknown] = []
        for index, item in enumerate(held.items):
            parts.extend(([text] if index and text else []) + list(parts_of(item.value)))
        return from_parts(parts)
    if name == "split":
        pieces = text.split(text_of(first))
        return ListValue([Item(Literal(piece)) for piece in pieces[:200]])
    if name in {"startswith", "endswith"} and text_of(first) is not None:
        return Literal(getattr(text, name)(text_of(first)))
    return Unknown("dynamic")


def _formatted(text: str, arguments: Arguments) -> Value:
    parts: list[str | Unknown] = []
    rest, position = text, 0
    while "{" in rest:
        before, _, after = rest.partition("{")
        field, closed, rest = after.partition("}")
        if not closed:
            return Unknown("dynamic")
        given = arguments.get(field) if field else arguments.get("", position)
        position += not field
        parts.append(before)
        parts.extend(parts_of(given) if given is not None else (Unknown("dynamic", field),))
    return from_parts([*parts, rest])


def pair(*values: Value) -> Value:
    """A tuple of these."""
    return ListValue([Item(value) for value in values], kind="tuple")
