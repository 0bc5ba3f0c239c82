"""One registration as an app sees it, and the way that led to it."""

from __future__ import annotations

from dataclasses import dataclass

from pizzaguard.audit.evaluation.values import (
    Conditions,
    Place,
    Value,
)
from pizzaguard.audit.frameworks.records import (
    MiddlewareUse,
    RouterRecord,
)
from pizzaguard.audit.surface.nouns import Level


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """A list of dependencies that an app, an include, a router or a route adds."""

    level: Level
    dependencies: Value
    conditions: Conditions = ()


@dataclass(frozen=True, slots=True, eq=False)
class Registration:
    """One route as it was registered, before anything is said of its guards."""

    root: RouterRecord
    record: RouterRecord
    """The app or router whose table holds it."""
    path: str
    methods: tuple[str, ...]
    handler: Value
    kind: str
    place: Place
    layers: tuple[Layer, ...]
    conditions: Conditions
    via: tuple[Place, ...]
    middleware: tuple[MiddlewareUse, ...]
    late: bool


@dataclass(frozen=True, slots=True, eq=False)
class Path:
    """How far the walk has come: prefix, layers, conditions, and the includes passed."""

    root: RouterRecord
    prefix: str = ""
    layers: tuple[Layer, ...] = ()
    conditions: Conditions = ()
    via: tuple[Place, ...] = ()
    middleware: tuple[MiddlewareUse, ...] = ()
    seen: tuple[int, ...] = ()
    late: bool = False
