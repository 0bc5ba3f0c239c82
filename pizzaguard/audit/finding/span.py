"""Span: a place in the audited source."""

from __future__ import annotations

from dataclasses import dataclass

from pizzaguard.audit.finding.position import Position


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From `start` up to, not including, `end`, in one file.

    Who knows only the line makes an empty span (`start == end`); triage widens it to the text of that line.
    """

    path: str
    """Relative to the audited root, POSIX."""
    start: Position
    end: Position

    @classmethod
    def at(
        cls, path: str, line: int, column: int = 1, end_line: int | None = None, end_column: int | None = None
    ) -> Span:
        """Make a span from plain numbers; without an end it is empty."""
        start = Position(line, column)
        if end_line is None and end_column is None:
            return cls(path, start, start)
        return cls(path, start, Position(end_line or line, end_column or 1))

    @property
    def line(self) -> int:
        """The line it starts on."""
        return self.start.line

    @property
    def is_empty(self) -> bool:
        """Whether only the start is known."""
        return self.start == self.end

    def __str__(self) -> str:
        """`shop/main.py:30`, the way people and editors write a place."""
        return f"{self.path}:{self.start.line}"
