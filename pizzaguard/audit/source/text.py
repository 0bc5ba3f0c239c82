"""Bytes to text, as Python itself reads a source file."""

from __future__ import annotations

import codecs
import re

_MARKS = {
    codecs.BOM_UTF32_LE: "UTF-32",
    codecs.BOM_UTF32_BE: "UTF-32",
    codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
}
# PEP 263: the cookie stands in a comment that is alone on the first or second line.
_cookie = re.compile(rb"(?:[ \t\f]*(?:#[^\r\n]*)?(?:\r\n|\r|\n))?[ \t\f]*#[^\r\n]*?coding[:=][ \t]*([-\w.]+)").match
_REFUSED = frozenset({"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"})
"""Encodings in which no one writes source, but in which code can be hidden from a reader."""


class UnreadableTextError(Exception):
    """The bytes are no text that could be audited; the message says why."""


def normalise(content: bytes) -> str:
    """Return a file's text without byte order mark and with line feeds as its only newlines.

    Raises UnreadableTextError.
    """
    text = _decode(content)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def require_text(content: bytes) -> None:
    """Raise UnreadableTextError for bytes that `normalise` could not read; quick for those it can."""
    if not content.isascii() or b"\0" in content or _cookie(content) is not None:
        _decode(content)


def _decode(content: bytes) -> str:
    for mark, wide in _MARKS.items():
        if content.startswith(mark):
            reason = f"encoded as {wide}, which Python does not read"
            raise UnreadableTextError(reason)
    if b"\0" in content:
        reason = "contains a NUL byte"
        raise UnreadableTextError(reason)
    encoding = "utf-8"
    cookie = _cookie(content)
    if content.startswith(codecs.BOM_UTF8):
        content = content[len(codecs.BOM_UTF8) :]
    elif cookie is not None:
        encoding = cookie[1].decode("latin-1")
    try:
        name = codecs.lookup(encoding).name
        if name in _REFUSED:
            reason = f"declares the encoding {name!r}"
            raise UnreadableTextError(reason)
        return content.decode(name)
    except LookupError:
        reason = f"declares an encoding that is not known: {encoding[:40]!r}"
        raise UnreadableTextError(reason) from None
    except UnicodeDecodeError as error:
        reason = f"not valid {error.encoding} at byte {error.start}"
        raise UnreadableTextError(reason) from None
