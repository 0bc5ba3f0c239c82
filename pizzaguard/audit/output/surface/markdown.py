"""The surface for a pull request or a wiki: a Markdown table in which nothing from the tree is markup."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pizzaguard.audit.output.surface.columns import HEADER, cells, summary
from pizzaguard.audit.printable import printable
from pizzaguard.audit.surface.nouns import RouteSurface


def render(surface: RouteSurface, *, color: bool = False) -> str:  # noqa: ARG001 - Markdown has no colour
    """Give the table, the gaps as a list, and the summary."""
    lines = [_row(HEADER), _row("---" for _ in HEADER)]
    lines += [_row(_code(cell) for cell in cells(route)) for route in surface.routes]
    if surface.gaps:
        lines.append("")
    lines += [f"- gap: {_code(f'{gap.span}: {gap.what} ({gap.reason}) {gap.detail}'.rstrip())}" for gap in surface.gaps]
    return "\n".join([*lines, "", summary(surface)]) + "\n"


def _row(row: Iterable[str]) -> str:
    return "| " + " | ".join(row) + " |"


def _code(text: str) -> str:
    """Write a text as a code span: no link, mention or emphasis comes to life in one.

    The fence is longer than any run of back-ticks inside; the bar is escaped since a table row is cut at it first.
    """
    if not text:
        return ""
    shown = printable(text).replace("|", r"\|")
    longest = max((len(run) for run in re.findall("`+", shown)), default=0)
    fence = "`" * (longest + 1)
    space = " " if longest else ""
    return f"{fence}{space}{shown}{space}{fence}"
