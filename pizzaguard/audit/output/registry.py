"""The formats of `pizzaguard audit`: a new one is its module and one line here."""

from __future__ import annotations

from importlib import import_module
from typing import cast

from pizzaguard.audit.output.interface import Renderer

FORMATS = {
    "text": "pizzaguard.audit.output.text",
    "json": "pizzaguard.audit.output.json",
    "sarif": "pizzaguard.audit.output.sarif",
    "github": "pizzaguard.audit.output.github",
}


def renderer(name: str) -> Renderer:
    """Load the one format that was asked for."""
    return cast("Renderer", import_module(FORMATS[name]))
