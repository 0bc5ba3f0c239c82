"""Strings of which only some parts are known: how they join, and how long they may grow."""

from __future__ import annotations

from pizzaguard.audit.evaluation.choices import force, plain
from pizzaguard.audit.evaluation.values import Choice, External, InstanceValue, Literal, Text, Unknown, Value

MAX_TEXT = 4096
"""Characters of a folded string (`"/" * 10**9` must not be built); what is longer is unknown."""


def parts_of(value: Value) -> tuple[str | Unknown, ...]:
    """The known and unknown parts of what a value reads as."""
    value = plain(value)
    if isinstance(value, Choice):
        value = plain(value.options[0].value)
    match value:
        case Literal(value=str(text)):
            return (text,)
        case Literal(value=bool() | int() | float() | None as plain_value):
            return (str(plain_value),)
        case Text(parts=parts):
            return parts
        case InstanceValue(attributes=attributes) if "value" in attributes:
            return parts_of(attributes["value"])
        case Unknown():
            return (value,)
        case External(name=name):
            return (Unknown("external", name),)
    return (Unknown("dynamic"),)


def from_parts(parts: list[str | Unknown]) -> Value:
    """A literal when every part is known, else a text; unknown when it would be too long."""
    merged: list[str | Unknown] = []
    for part in parts:
        if isinstance(part, str) and merged and isinstance(merged[-1], str):
            merged[-1] += part
        else:
            merged.append(part)
    if sum(len(part) for part in merged if isinstance(part, str)) > MAX_TEXT:
        return Unknown("longer than 4 KiB", "too long")
    if not merged:
        return Literal("")
    if len(merged) == 1:
        return Literal(merged[0]) if isinstance(merged[0], str) else merged[0]
    return Text(tuple(merged))


def join_parts(values: list[Value]) -> Value:
    """What an f-string of these values reads as."""
    return from_parts([part for value in values for part in parts_of(value)])


def concatenate(left: Value, right: Value, text: str) -> Value:
    """`left + right` for strings and numbers; `text` is the expression, for what stays unknown."""
    left, right = force(left), force(right)
    if isinstance(left, Literal) and isinstance(right, Literal):
        if isinstance(left.value, str) and isinstance(right.value, str):
            return from_parts([left.value, right.value])
        if isinstance(left.value, int) and isinstance(right.value, int):
            return Literal(left.value + right.value)
    if any(_is_text(value) for value in (left, right)):
        return from_parts([*parts_of(left), *parts_of(right)])
    return Unknown("dynamic", text)


def _is_text(value: Value) -> bool:
    return isinstance(value, Text) or (isinstance(value, Literal) and isinstance(value.value, str))


def multiply(left: Value, right: Value, text: str) -> Value:
    """`left * right` for a string and a number, never built beyond the cap."""
    if isinstance(left, Literal) and isinstance(right, Literal):
        one, many = left.value, right.value
        if isinstance(one, str) and isinstance(many, int):
            return Literal(one * many) if len(one) * max(many, 0) <= MAX_TEXT else Unknown("longer than 4 KiB", text)
    return Unknown("dynamic", text)


def template(value: Value | None) -> str:
    """A path template: known parts as they are, unknown ones as `{?text}` so that none is taken for a parameter."""
    if value is None:
        return ""
    return "".join(part if isinstance(part, str) else unresolved(part) for part in parts_of(value))


def unresolved(part: Unknown) -> str:
    """The unresolved part of a path; braces inside its text would end it early."""
    return "{?" + part.text.replace("{", "(").replace("}", ")") + "}"


def text_of(value: Value | None) -> str | None:
    """The string that a value is known to be, else None."""
    if value is None:
        return None
    known = plain(value)
    if isinstance(known, Literal) and isinstance(known.value, str):
        return known.value
    if isinstance(known, InstanceValue) and "value" in known.attributes:
        return text_of(known.attributes["value"])
    return None
