"""The surface for programs: the contract `pizzaguard.routes/1` (schemas/routes-1.schema.json)."""

from __future__ import annotations

from typing import Any

from pizzaguard.audit.output.json import gap_document
from pizzaguard.audit.output.wire import encode
from pizzaguard.audit.surface.nouns import GuardUse, Route, RouteSurface

SCHEMA = "pizzaguard.routes/1"


def render(surface: RouteSurface, *, color: bool = False) -> str:  # noqa: ARG001 - machines see no colour
    """Give the surface as one JSON document; `root` is `.`, and every path is relative to it."""
    return encode(
        {
            "schema": SCHEMA,
            "root": ".",
            "routes": [route_document(route) for route in surface.routes],
            "gaps": [gap_document(gap) for gap in surface.gaps],
        }
    )


def route_document(route: Route) -> dict[str, Any]:
    """Give one route as plain values."""
    return {
        "app": route.app,
        "methods": list(route.methods),
        "path": route.path,
        "kind": route.kind,
        "handler": route.handler,
        "file": route.span.path,
        "line": route.span.line,
        "access": route.access.value,
        "access_default": route.access_default.value,
        "scopes": list(route.scopes),
        "guards": [_guard(guard) for guard in route.guards],
        "dependencies": list(route.dependencies),
        "dependencies_conditional": list(route.dependencies_conditional),
        "conditions": list(route.conditions),
        "via": [str(span) for span in route.via],
    }


def _guard(guard: GuardUse) -> dict[str, Any]:
    return {
        "callable": guard.callable,
        "level": guard.level.value,
        "effect": guard.effect.value,
        "scopes": list(guard.scopes),
        "conditional": guard.conditional,
        "file": guard.file,
        "line": guard.line,
    }
