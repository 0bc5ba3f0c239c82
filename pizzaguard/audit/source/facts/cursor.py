"""Where a walk over a libcst tree stands: the line, and how deep it is.

libcst keeps no positions in its nodes, and its position provider costs twice the parse. But a tree that is walked in
the order of its text passes every newline on the way, so a counter knows the line of each node.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import libcst as cst

if TYPE_CHECKING:
    from collections.abc import Sequence

DEEPEST = 200
"""How many expressions and statements may lie in one another; readers of the facts may recurse without fear."""

_PLAIN = cst.SimpleWhitespace
_FOLDED = cst.ParenthesizedWhitespace
_NOTHING = cst.MaybeSentinel
_EMPTY = cst.Module([])


class TooDeepError(Exception):
    """The block nests deeper than its readers could follow."""


class Cursor:
    """Counts the newlines that the walk passes."""

    def __init__(self, text: str) -> None:
        self.line = 0
        self.depth = 0
        self._is_continued = "\\\n" in text

    def descend(self) -> None:
        """Go one level down; whoever does it comes up again with `self.depth -= 1`."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise TooDeepError

    def space(self, space: object) -> None:
        """Pass white space between two tokens."""
        kind = type(space)
        if kind is _PLAIN:
            if self._is_continued:
                self.line += space.value.count("\n")  # type: ignore[attr-defined]
        elif kind is _FOLDED:
            self.folded(space)  # type: ignore[arg-type]

    def folded(self, space: cst.ParenthesizedWhitespace) -> None:
        """Pass white space that, being inside brackets, spans lines."""
        self.end_of_line(space.first_line)
        self.lines(space.empty_lines)
        if self._is_continued:
            self.line += space.last_line.value.count("\n")

    def end_of_line(self, end: cst.TrailingWhitespace) -> None:
        """Pass the end of a logical line and its comment."""
        if self._is_continued:
            self.line += end.whitespace.value.count("\n")
        self.line += 1

    def lines(self, lines: Sequence[cst.EmptyLine]) -> None:
        """Pass lines that hold nothing or a comment."""
        if lines:
            self.line += len(lines)
            if self._is_continued:
                self.line += sum(line.whitespace.value.count("\n") for line in lines)

    def around(self, token: Any) -> None:  # noqa: ANN401 - some thirty token types share these two fields
        """Pass a token that has white space on both sides (a comma, an operator), or that is absent."""
        if type(token) is not _NOTHING:
            self.space(token.whitespace_before)
            self.space(token.whitespace_after)

    def over(self, node: cst.CSTNode | None) -> None:
        """Pass a node of which nothing is kept."""
        if node is not None:
            self.line += code(node).count("\n")


def code(node: cst.CSTNode) -> str:
    """Return the text of a node. Slow; for the rare kinds."""
    return _EMPTY.code_for_node(node)
