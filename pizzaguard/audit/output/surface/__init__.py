"""The route surface, one module a format: each reads the `RouteSurface` and owns its shape."""

from pizzaguard.audit.output.surface.registry import FORMATS, SurfaceRenderer, renderer

__all__ = ["FORMATS", "SurfaceRenderer", "renderer"]
