"""The surface for spreadsheets: RFC 4180, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io

from pizzaguard.audit.output.surface.columns import HEADER, cells
from pizzaguard.audit.printable import printable
from pizzaguard.audit.surface.nouns import RouteSurface

_FORMULA_STARTS = ("=", "+", "-", "@")


def render(surface: RouteSurface, *, color: bool = False) -> str:  # noqa: ARG001 - a file has no colour
    """Give a header and one row a route; a cell that would start a formula begins with an apostrophe."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows([_cell(cell) for cell in cells(route)] for route in surface.routes)
    return stream.getvalue()


def _cell(text: str) -> str:
    shown = printable(text)
    return "'" + shown if shown.lstrip().startswith(_FORMULA_STARTS) else shown
