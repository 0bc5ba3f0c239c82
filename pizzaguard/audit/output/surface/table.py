"""The surface for people: one line a route, in columns."""

from __future__ import annotations

import click

from pizzaguard.audit.output.frame import width
from pizzaguard.audit.output.surface.columns import HEADER, cells, summary
from pizzaguard.audit.printable import printable
from pizzaguard.audit.surface.nouns import Access, Route, RouteSurface

_COLORS = {
    Access.PUBLIC: "red",
    Access.OPTIONAL: "yellow",
    Access.UNKNOWN: "magenta",
    Access.AUTHENTICATED: "green",
    Access.SCOPED: "bright_green",
}


def render(surface: RouteSurface, *, color: bool = False) -> str:
    """Give the table, then the gaps one a line, then the summary."""
    rows = [tuple(printable(cell) for cell in cells(route)) for route in surface.routes]
    header = tuple(name.upper() for name in HEADER)
    widths = [max(width(row[index]) for row in (header, *rows)) for index in range(len(HEADER))]
    lines = []
    if rows:
        lines.append(_row(header, widths))
        lines += [
            _painted(_row(row, widths), row[0], route) if color else _row(row, widths)
            for row, route in zip(rows, surface.routes, strict=True)
        ]
        lines.append("")
    for gap in surface.gaps:
        detail = f": {printable(gap.detail)}" if gap.detail else ""
        lines.append(f"gap: {printable(str(gap.span))}: {printable(gap.what)} ({printable(gap.reason)}){detail}")
    return "\n".join([*lines, summary(surface)]) + "\n"


def _row(row: tuple[str, ...], widths: list[int]) -> str:
    padded = (cell + " " * (wide - width(cell)) for cell, wide in zip(row, widths, strict=True))
    return "  ".join(padded).rstrip()


def _painted(line: str, access: str, route: Route) -> str:
    return click.style(access, fg=_COLORS[route.access]) + line[len(access) :]
