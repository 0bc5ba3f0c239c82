"""The formats of `pizzaguard routes`: a new one is its module and one line here."""

from __future__ import annotations

from importlib import import_module
from typing import Protocol, cast

from pizzaguard.audit.surface.nouns import RouteSurface

FORMATS = {
    "table": "pizzaguard.audit.output.surface.table",
    "json": "pizzaguard.audit.output.surface.json",
    "csv": "pizzaguard.audit.output.surface.csv",
    "markdown": "pizzaguard.audit.output.surface.markdown",
}


class SurfaceRenderer(Protocol):
    """One format."""

    def render(self, surface: RouteSurface, *, color: bool = False) -> str:
        """Give the whole surface as text that ends with a line end."""
        ...


def renderer(name: str) -> SurfaceRenderer:
    """Load the one format that was asked for."""
    return cast("SurfaceRenderer", import_module(FORMATS[name]))
