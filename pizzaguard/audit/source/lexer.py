"""The little that must be known of Python's tokens to tell code from strings and comments.

Two layers. The regular expressions know strings, f-strings whose fields hold no quote, and brackets four deep: nearly
all text that there is, at the speed of C. What they refuse, the functions below read exactly. Both are linear in the
length of the text, and nothing here judges whether the text is valid: they only find where things end.
"""

from __future__ import annotations

import re
from enum import StrEnum

DEEPEST_FIELDS = 100
"""How many f-string fields may lie in one another (CPython allows 150)."""

_OPEN, _CLOSE = "([{", ")]}"


class Flaw(StrEnum):
    """Why the parts of a text cannot be told apart."""

    STRING = "a string never ends"
    FORMAT = "an f-string never ends"
    FIELD = "a field of an f-string never ends"
    FIELDS = "f-strings are nested too deeply"
    OPEN = "a bracket is never closed"
    CLOSE = "a bracket was never opened"
    BACKSLASH = "a backslash stands alone"
    INDENT = "a line is indented where no block is open"


class BrokenTextError(Exception):
    """The text is no Python; where, and why."""

    def __init__(self, flaw: Flaw, offset: int) -> None:
        super().__init__(flaw)
        self.flaw = flaw
        self.offset = offset


def _short(quote: str) -> str:
    return rf"{quote}(?!{quote}{quote})(?:[^{quote}\\\n]++|\\(?s:.))*+{quote}"


def _long(quote: str) -> str:
    return rf"{quote}{quote}{quote}(?:[^{quote}\\]++|\\(?s:.)|{quote}(?!{quote}{quote}))*+{quote}{quote}{quote}"


def _simple_format(quote: str, *, is_long: bool) -> str:
    """Return the pattern of an f-string whose fields hold no quote, comment or backslash."""
    newline = "" if is_long else r"\n"
    inner = rf"[^{{}}'\"\\#{newline}]*+"
    field = rf"\{{{inner}(?:\{{{inner}\}}{inner})*+\}}"
    text = rf"[^{quote}\\{{}}{newline}]++|\\[^{{}}]|\\(?=[{{}}])|\{{\{{|\}}\}}|{field}"
    if is_long:
        return rf"{quote}{quote}{quote}(?:{text}|{quote}(?!{quote}{quote}))*+{quote}{quote}{quote}"
    return rf"{quote}(?!{quote}{quote})(?:{text})*+{quote}"


_PLAIN_STRING = "|".join([_long('"'), _short('"'), _long("'"), _short("'")])
_FORMAT_STRING = "|".join(_simple_format(quote, is_long=is_long) for quote in "\"'" for is_long in (True, False))
# Words such as `if` also end in an f, and may stand against a quote: there both alternatives find the same end.
_STRING = rf"(?:(?<![fFtT])(?<![fFtT][rR])(?:{_PLAIN_STRING})|(?:(?<=[fFtT])|(?<=[fFtT][rR]))(?:{_FORMAT_STRING}))"
_COMMENT = r"#[^\n]*+"
_INSIDE = rf"[^()\[\]{{}}\"'#]++|{_STRING}|{_COMMENT}"


def _group(depth: int) -> str:
    deeper = f"|{_group(depth - 1)}" if depth > 1 else ""
    return rf"[(\[{{](?:{_INSIDE}{deeper})*+[)\]}}]"


GROUP = _group(4)
"""A pair of brackets and all between them, nested four deep at most."""

TOKENS = rf"[^\n\"'()\[\]{{}}#\\]++|{_STRING}|{GROUP}|{_COMMENT}|\\\n"
"""Everything within a logical line but what only the functions below can read."""

_string = re.compile(_STRING).match
_plain_string = re.compile(_PLAIN_STRING).match
_group_text = re.compile(rf"(?:{_INSIDE})*+").match
_field_text = re.compile(r"[^()\[\]{}\"'#!:\\]*+").match
_specification = re.compile(r"(?:[^{}\\]++|\\[^{}]|\\(?=[{}]))*+").match
_format_text = {
    quote: re.compile(
        rf"(?:[^{quote[0]}\\{{}}{newline}]++|\\[^{{}}]|\\(?=[{{}}])|\{{\{{|\}}{more})*+",
    ).match
    for quote, newline, more in (
        ("'", r"\n", ""),
        ('"', r"\n", ""),
        ("'''", "", "|'(?!'')"),
        ('"""', "", '|"(?!"")'),
    )
}
_COMMENT_END = re.compile(_COMMENT).match


def string_end(text: str, at: int, fields: int = 0) -> int:
    """Return the offset behind the string whose opening quote stands at `at`, itself inside so many f-string fields."""
    simple = _string(text, at)
    if simple is not None:
        return simple.end()
    if not _is_format(text, at):
        plain = _plain_string(text, at)
        if plain is None:
            raise BrokenTextError(Flaw.STRING, at)
        return plain.end()
    if fields > DEEPEST_FIELDS:
        raise BrokenTextError(Flaw.FIELDS, at)
    quote = text[at]
    if text.startswith(quote * 3, at):
        quote *= 3
    here = at + len(quote)
    while True:
        here = _end(_format_text[quote](text, here), here)
        if text.startswith(quote, here):
            return here + len(quote)
        if not text.startswith("{", here):
            raise BrokenTextError(Flaw.FORMAT, at)
        here = _field_end(text, here, fields + 1)


def group_end(text: str, at: int, fields: int = 0) -> int:
    """Return the offset behind the bracket that closes the one at `at`, itself inside so many f-string fields."""
    depth, here, length = 0, at, len(text)
    while here < length:
        character = text[here]
        if character in _OPEN:
            depth += 1
            here += 1
        elif character in _CLOSE:
            depth -= 1
            here += 1
            if not depth:
                return here
        elif character in "\"'":
            here = string_end(text, here, fields)
        here = _end(_group_text(text, here), here)
    raise BrokenTextError(Flaw.OPEN, at)


def _field_end(text: str, at: int, depth: int) -> int:
    """Return the offset behind the field of an f-string that the `{` at `at` opens."""
    if depth > DEEPEST_FIELDS:
        raise BrokenTextError(Flaw.FIELDS, at)
    here, length = at + 1, len(text)
    while (here := _end(_field_text(text, here), here)) < length:
        character = text[here]
        if character in _OPEN:
            here = group_end(text, here, depth)
        elif character in "\"'":
            here = string_end(text, here, depth)
        elif character == "#":
            here = _end(_COMMENT_END(text, here), here)
        elif character == "}":
            return here + 1
        elif character == ":":
            return _specification_end(text, here + 1, depth)
        elif character in _CLOSE:
            break
        else:
            here += 1
            if character == "!" and text.startswith("=", here):
                here += 1
    raise BrokenTextError(Flaw.FIELD, at)


def _specification_end(text: str, at: int, depth: int) -> int:
    """Return the offset behind the `}` that ends a format specification: text, in which quotes mean nothing."""
    here = at
    while True:
        here = _end(_specification(text, here), here)
        if text.startswith("}", here):
            return here + 1
        if not text.startswith("{", here):
            raise BrokenTextError(Flaw.FIELD, at)
        here = _field_end(text, here, depth + 1)


def _is_format(text: str, at: int) -> bool:
    start = at
    while start > at - 3 and start > 0 and (text[start - 1].isalnum() or text[start - 1] == "_"):
        start -= 1
    return text[start:at].lower() in {"f", "t", "fr", "rf", "tr", "rt"}


def _end(match: re.Match[str] | None, otherwise: int) -> int:
    return otherwise if match is None else match.end()
