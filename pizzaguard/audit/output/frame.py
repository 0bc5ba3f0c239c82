"""Code frames: a few source lines with a gutter, and the place underlined.

Tabs become spaces, invisible characters become escapes, and the underline is moved with them; a line that would
show a secret is cut at its first quote.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from unicodedata import combining, east_asian_width

from pizzaguard.audit.finding import Span
from pizzaguard.audit.output.interface import View
from pizzaguard.audit.printable import printable

MAX_LINES = 4
"""Of a longer span only the beginning is shown."""
MAX_WIDTH = 160
TAB = "    "

_REDACTED = "[redacted]"
_ASSIGNS = re.compile(r"[=:(,\[]")
"""What stands before the opening quote of a value; a quote without it may be the closing one."""


def frame(span: Span, view: View, style: Callable[[str], str], *, redact: bool = False) -> list[str]:
    """Draw the lines of a span and the line after it, to stand under its place; empty when there is no source."""
    last = span.start.line if redact else min(max(span.end.line, span.start.line), span.start.line + MAX_LINES - 1)
    numbered = [
        (number, text)
        for number in range(span.start.line, last + 1 if redact else last + 2)
        if (text := view.sources.line(span.path, number)) is not None and (number <= last or text.strip())
    ]
    if not numbered:
        return []
    gutter = len(str(numbered[-1][0]))
    drawn = [f"{'':>{gutter}} |"]
    for number, text in numbered:
        start, end = _columns(span, number, text)
        shown, mark = _redacted(text) if redact else _line(text, start, end)
        drawn.append(f"{number:>{gutter}} | {shown}".rstrip())
        if number <= last:
            drawn.append(f"{'':>{gutter}} | {style(mark)}")
    return [*drawn, f"{'':>{gutter}} |"]


def _columns(span: Span, number: int, text: str) -> tuple[int, int]:
    """Give the part of a line that belongs to the span: 0-based start and end."""
    indent = len(text) - len(text.lstrip())
    whole = len(text.rstrip())
    start = span.start.column - 1 if number == span.start.line else indent
    end = span.end.column - 1 if number == span.end.line and not span.is_empty else whole
    return min(max(start, 0), whole), min(max(end, start + 1), max(whole, start + 1))


def _line(text: str, start: int, end: int) -> tuple[str, str]:
    """Give a line as shown and the marks under it."""
    before, marked, after = _visible(text[:start]), _visible(text[start:end]), _visible(text[end:])
    shown = before + marked + after
    mark = " " * width(before) + "^" * max(1, width(marked))
    if len(shown) > MAX_WIDTH:
        shown = shown[:MAX_WIDTH] + "…"
    return shown, mark[:MAX_WIDTH]


def _redacted(text: str) -> tuple[str, str]:
    """Give a line up to its first value, and the marks under it."""
    before, quote, _ = _cut_at_quote(text)
    shown = (_visible(before) if quote and _ASSIGNS.search(before) else "") + _REDACTED
    indent = width(shown) - width(shown.lstrip())
    return shown, " " * indent + "^" * (width(shown) - indent)


def _cut_at_quote(text: str) -> tuple[str, str, str]:
    """Part a line at its first quote of either kind."""
    return min(text.partition("'"), text.partition('"'), key=lambda parts: len(parts[0]))


def _visible(text: str) -> str:
    return printable(text.replace("\t", TAB))


def width(text: str) -> int:
    """Count the terminal cells that a text takes."""
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)
