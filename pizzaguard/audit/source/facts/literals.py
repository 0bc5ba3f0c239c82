"""The values of string and number literals, from their text.

Written here and not left to `ast.literal_eval`, because that one warns about (and one day refuses) an invalid escape,
and because the text between two fields of an f-string is no literal that it could read.
"""

from __future__ import annotations

import re
import unicodedata

_ESCAPE = re.compile(
    r"\\(?:(?P<octal>[0-7]{1,3})|x(?P<byte>[0-9a-fA-F]{2})|(?P<one>[\n\\'\"abfnrtv])"
    r"|N\{(?P<name>[^}]+)\}|u(?P<short>[0-9a-fA-F]{4})|U(?P<long>[0-9a-fA-F]{8}))"
)
_ESCAPE_OR_BRACE = re.compile(_ESCAPE.pattern + r"|(?P<brace>\{\{|\}\})")
_BYTES_ESCAPE = re.compile(r"\\(?:(?P<octal>[0-7]{1,3})|x(?P<byte>[0-9a-fA-F]{2})|(?P<one>[\n\\'\"abfnrtv]))")
_SINGLE = {
    "\n": "",
    "\\": "\\",
    "'": "'",
    '"': '"',
    "a": "\a",
    "b": "\b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
    "v": "\v",
}
_LONGEST_NUMBER = 80
_SMALLEST, _LARGEST = -(2**63), 2**64 - 1


def text_value(literal: str) -> str | bytes:
    """Return what a string or bytes literal, given with its prefix and quotes, stands for."""
    quote = 0
    while literal[quote] not in "'\"":
        quote += 1
    prefix = literal[:quote].lower()
    width = 3 if literal.startswith(literal[quote] * 3, quote) and len(literal) >= quote + 6 else 1
    body = literal[quote + width : -width]
    if "b" in prefix:
        if "r" not in prefix and "\\" in body:
            body = _BYTES_ESCAPE.sub(_byte, body)
        return body.encode("latin-1")
    if "r" not in prefix and "\\" in body:
        body = _ESCAPE.sub(_character, body)
    return body


def field_text(text: str, *, raw: bool) -> str:
    """Return what the text between two fields of an f-string stands for."""
    if raw or "\\" not in text:
        return text.replace("{{", "{").replace("}}", "}")
    return _ESCAPE_OR_BRACE.sub(_character, text)


def integer_value(literal: str) -> int | None:
    """Return the value of an integer literal, or None for one that takes more than 64 bits."""
    if len(literal) > _LONGEST_NUMBER:
        return None
    try:
        value = int(literal, 0)
    except ValueError:
        return None
    return value if _SMALLEST <= value <= _LARGEST else None


def identifier(text: str) -> str:
    """Return a name as Python compares it: `ﬁle` and `file` are the same one (PEP 3131)."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def _byte(match: re.Match[str]) -> str:
    kind, digits = match.lastgroup, match[match.lastgroup or 0]
    if kind == "octal":
        return chr(int(digits, 8) & 0xFF)
    return chr(int(digits, 16)) if kind == "byte" else _SINGLE[digits]


def _character(match: re.Match[str]) -> str:
    kind, part = match.lastgroup, match[match.lastgroup or 0]
    if kind == "one":
        return _SINGLE[part]
    if kind == "brace":
        return part[0]
    if kind == "octal":
        return chr(int(part, 8))
    if kind == "name":
        try:
            return unicodedata.lookup(part)
        except KeyError:
            return match[0]
    point = int(part, 16)
    return chr(point) if point <= 0x10FFFF else match[0]  # noqa: PLR2004 - the last code point there is
