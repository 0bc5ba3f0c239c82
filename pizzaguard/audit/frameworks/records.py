"""What an app or a router has been told so far: its routes, includes and mounts in order of registration."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pizzaguard.audit.evaluation.arguments import Arguments
    from pizzaguard.audit.evaluation.values import Conditions, FunctionValue, Place, Value


@dataclass(slots=True, eq=False)
class Signature:
    """The parameters of a callable as the framework would inspect them."""

    parameters: tuple[tuple[str, Value | None, Value | None], ...]
    """(name, annotation, default)."""


@dataclass(slots=True, eq=False)
class RouteEntry:
    """A path with its handler."""

    path: Value
    methods: tuple[str, ...]
    handler: Value
    dependencies: Value | None
    kind: str
    place: Place
    conditions: Conditions
    route_class: Value | None = None
    late: bool = False


@dataclass(slots=True, eq=False)
class IncludeEntry:
    """A router included under a prefix."""

    router: Value
    prefix: Value | None
    dependencies: Value | None
    place: Place
    conditions: Conditions
    late: bool = False


@dataclass(slots=True, eq=False)
class MountEntry:
    """Another ASGI application, or a list of routes, under a path."""

    path: Value
    app: Value | None
    routes: Value | None
    place: Place
    conditions: Conditions
    middleware: Value | None = None
    host: bool = False
    late: bool = False


@dataclass(slots=True, eq=False)
class RoutesEntry:
    """A list of route objects, as given to a constructor or appended to a table."""

    routes: Value
    place: Place
    conditions: Conditions
    late: bool = False


Entry = RouteEntry | IncludeEntry | MountEntry | RoutesEntry


@dataclass(slots=True, eq=False)
class MiddlewareUse:
    """A middleware installed on an app."""

    callable: Value
    arguments: Arguments | None
    place: Place
    conditions: Conditions
    is_http_only: bool = False


@dataclass(slots=True, eq=False)
class OverrideUse:
    """`app.dependency_overrides[original] = replacement`."""

    original: Value | None
    replacement: Value
    place: Place
    conditions: Conditions


@dataclass(slots=True, eq=False)
class TableEdit:
    """A change of a route table other than by registration: insert at a place, slice assignment, removal."""

    what: str
    place: Place
    conditions: Conditions


@dataclass(slots=True, eq=False)
class RouterRecord:
    """One app or router."""

    family: str
    """`fastapi` or `starlette`."""
    is_app: bool
    place: Place
    born: Conditions = ()
    prefix: Value | None = None
    dependencies: Value | None = None
    route_class: Value | None = None
    entries: list[Entry] = field(default_factory=list)
    middleware: list[MiddlewareUse] = field(default_factory=list)
    overrides: list[OverrideUse] = field(default_factory=list)
    edits: list[TableEdit] = field(default_factory=list)
    documentation: dict[str, Value] = field(default_factory=dict)
    """`openapi_url`, `docs_url`, `redoc_url`, … as given to the constructor."""
    startup: list[Value] = field(default_factory=list)
    """Lifespan and start-up handlers, run after everything else."""
    name: str | None = None
    """`module:name` once a module-level name is bound to it."""
    factory: FunctionValue | None = None
    """The outermost function that returned it."""
    maker: str | None = None
    """`module:Class()` or `module:factory()` for one that only an entry point of ours made."""
    is_standalone: bool = False
    """Made by the evaluation itself, for a function that registers on whatever app it is given."""
    arguments: Arguments | None = None
    is_debug: Value | None = None
