"""Reports, one module a format: each reads the `Report` and owns its shape."""

from pizzaguard.audit.output.interface import Renderer, View
from pizzaguard.audit.output.registry import FORMATS, renderer

__all__ = ["FORMATS", "Renderer", "View", "renderer"]
