"""Position: one point in a source file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A line and a column, both 1-based; the column counts code points."""

    line: int
    column: int = 1
