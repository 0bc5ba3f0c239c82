"""The comments of a text: what suppressions are read from."""

from __future__ import annotations

import re
from typing import NamedTuple

from pizzaguard.audit.source.lexer import BrokenTextError, string_end

_mark = re.compile(r"[\"'#]").search


class Comment(NamedTuple):
    """One comment with its `#`."""

    line: int
    """1-based."""
    column: int
    """1-based, in code points."""
    text: str


def comments(text: str, needle: str) -> tuple[Comment, ...]:
    """Return the comments that contain `needle`, in order; a `#` inside a string is none.

    Nothing is read when the needle does not occur at all. In a text whose strings never end, those before that place
    are returned.
    """
    found: list[Comment] = []
    last = text.rfind(needle)
    at, line, counted = 0, 1, 0
    while at <= last and (mark := _mark(text, at)) is not None:
        start = mark.start()
        if mark[0] != "#":
            try:
                at = string_end(text, start)
            except BrokenTextError:
                break
            continue
        end = text.find("\n", start)
        at = len(text) if end < 0 else end
        comment = text[start:at]
        if needle in comment:
            line += text.count("\n", counted, start)
            counted = start
            found.append(Comment(line, start - text.rfind("\n", 0, start), comment))
    return tuple(found)
