"""The columns that the surface's tables share, and the line that ends them."""

from __future__ import annotations

from collections import Counter

from pizzaguard.audit.output.summary import plural
from pizzaguard.audit.surface.nouns import Effect, Route, RouteSurface

HEADER = ("access", "methods", "path", "guards", "handler", "place", "app")


def cells(route: Route) -> tuple[str, ...]:
    """Give one route as text, in the order of `HEADER`; nothing is escaped yet."""
    access = route.access.value
    if route.access_default is not route.access:
        access += f" (default {route.access_default.value})"
    if route.scopes:
        access += f" [{' '.join(route.scopes)}]"
    methods = ",".join(route.methods) or route.kind.upper()
    guards = ", ".join(guard.callable for guard in route.guards if guard.effect is not Effect.NONE)
    return access, methods, route.path, guards, route.handler, str(route.span), route.app or ""


def summary(surface: RouteSurface) -> str:
    """Tell how many routes there are, how open they are, and what could not be seen."""
    served = [route for route in surface.routes if route.app is not None]
    counts = Counter(route.access.value for route in served)
    parts = ", ".join(f"{count} {access}" for access, count in sorted(counts.items()))
    text = f"{plural(len(served), 'route')} of {plural(len(surface.apps), 'app')}" + (f": {parts}" if parts else "")
    if unserved := len(surface.routes) - len(served):
        text += f"; {unserved} that no app reaches"
    return f"{text}; {plural(len(surface.gaps), 'gap')}"
