"""One rule for every string of the audited tree that a person will see."""

from __future__ import annotations

_INVISIBLE_LETTERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")
"""Fillers and the blank Braille cell: letters by category, nothing on the screen."""


def printable(text: str) -> str:
    r"""Return `text` on one line with all that hides or moves other text made visible as an escape.

    Control characters (ESC and line ends among them), bidirectional controls, zero-width characters, unusual
    spaces, private use and lone surrogates become `\x1b`, `\u202e`, …; everything else stays as it is.
    """
    if text.isprintable() and (text.isascii() or _INVISIBLE_LETTERS.isdisjoint(text)):
        return text
    return "".join(character if _is_visible(character) else _escape(character) for character in text)


def _is_visible(character: str) -> bool:
    return character.isprintable() and character not in _INVISIBLE_LETTERS


def _escape(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")
