"""Working values out: what was put off, alternatives, and the conditions under which they hold."""

from __future__ import annotations

from pizzaguard.audit.evaluation.values import (
    Choice,
    Conditions,
    Deferred,
    External,
    Item,
    Literal,
    Setting,
    Unknown,
    Value,
)

MAX_OPTIONS = 8
"""Alternatives that one choice may hold; what is beyond is dropped into `Unknown`."""


def force(value: Value) -> Value:
    """The value itself, worked out if it was put off."""
    links: list[Deferred] = []
    while type(value) is Deferred:
        if value.value is None:
            work, value.work = value.work, None
            # Asked for again while it is being worked out: the source refers to itself.
            value.value = Unknown("cycle") if work is None else work()
        links.append(value)
        value = value.value
        if len(links) > 1 and any(value is link for link in links):
            # Two put-off values that each wait for the other.
            value = links[0].value = Unknown("cycle")
    return value


def plain(value: Value) -> Value:
    """The value with a setting replaced by its default."""
    value = force(value)
    while type(value) is Setting:
        value = force(value.default)
    return value


def options_of(value: Value) -> tuple[Item, ...]:
    """The alternatives of a value: itself, or those of a choice."""
    value = force(value)
    return value.options if type(value) is Choice else (Item(value),)


def is_pending(value: Value) -> bool:
    """Whether a value was put off and nobody has asked for it yet."""
    return type(value) is Deferred and value.value is None


def choose(options: list[Item]) -> Value:
    """One value out of alternatives; equal ones and what is unknown beside something known fall away.

    As long as one of them is put off, so is the choice: most are never asked for.
    """
    if len(options) == 1 and not options[0].conditions:
        return options[0].value
    if any(is_pending(option.value) for option in options):
        return Deferred(lambda: _chosen(options))
    return _chosen(options)


def _chosen(options: list[Item]) -> Value:
    flat: list[Item] = []
    for option in options:
        value = force(option.value)
        inner = value.options if type(value) is Choice else (Item(value),)
        for item in inner:
            merged = Item(item.value, join_conditions(option.conditions, item.conditions))
            if not any(_same(merged.value, known.value) for known in flat):
                flat.append(merged)
    known = [item for item in flat if type(item.value) is not Unknown]
    kept = (known or flat)[:MAX_OPTIONS]
    if len(kept) == 1:
        return kept[0].value
    return Choice(tuple(kept))


def _same(one: Value, other: Value) -> bool:
    if one is other:
        return True
    if type(one) is Literal and type(other) is Literal:
        return type(one.value) is type(other.value) and one.value == other.value
    return type(one) is External and one == other


MAX_CONDITIONS = 12
"""Conditions that are kept of a place; deeper ones say nothing new to a reader."""


def join_conditions(outer: Conditions, inner: Conditions) -> Conditions:
    """Both, each once, up to a limit."""
    if not inner:
        return outer
    if not outer:
        return inner[:MAX_CONDITIONS]
    return (*outer, *(condition for condition in inner if condition not in outer))[:MAX_CONDITIONS]


def new_conditions(now: Conditions, born: Conditions) -> Conditions:
    """The conditions that hold now and did not yet hold when the object was made."""
    return tuple(condition for condition in now if condition not in born)
