"""The nouns of a route surface: what a route is, what stands before it, how open that leaves it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pizzaguard.audit.finding import Gap, Span


class Access(StrEnum):
    """How open a route is, from anyone to a named scope; `UNKNOWN` where the text does not tell."""

    PUBLIC = "public"
    OPTIONAL = "optional"
    AUTHENTICATED = "authenticated"
    SCOPED = "scoped"
    UNKNOWN = "unknown"

    @property
    def is_open(self) -> bool:
        """Whether an anonymous caller gets through."""
        return self in {Access.PUBLIC, Access.OPTIONAL}


class Effect(StrEnum):
    """What a guard does to a caller whom it does not like."""

    AUTHENTICATION = "authentication"
    """Refuses the anonymous."""
    AUTHORIZATION = "authorization"
    """Refuses also the wrong role, scope or owner."""
    OPTIONAL = "optional"
    """Looks at credentials, refuses nobody."""
    NONE = "none"
    """Has nothing to do with who calls."""


class Level(StrEnum):
    """Where a guard was attached, from the outermost to the innermost."""

    MIDDLEWARE = "middleware"
    APP = "app"
    INCLUDE = "include"
    ROUTER = "router"
    ROUTE = "route"
    DECORATOR = "decorator"
    PARAMETER = "parameter"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class GuardUse:
    """One guard before one route."""

    callable: str
    """`module:qualname` of the definition."""
    level: Level
    effect: Effect
    scopes: tuple[str, ...] = ()
    """The scope tokens it asks for, where the text names them."""
    conditional: str | None = None
    """The switch that turns it on, if one does."""
    default_on: bool = True
    """Whether it refuses with the settings' defaults in the text."""
    file: str | None = None
    line: int | None = None
    evidence: Span | None = None
    """The statement that refuses."""


@dataclass(frozen=True, slots=True)
class Route:
    """One registration in one app: the framework's own template, its handler, and what stands before it."""

    app: str | None
    """The root application that serves it, `module:name` or `module:factory()`; None: no app reaches it."""
    methods: tuple[str, ...]
    path: str
    kind: str
    """`http`, `websocket`, `mount` or `builtin`."""
    handler: str
    """`module:qualname` of the function that a reader would open."""
    span: Span
    """The registration."""
    access: Access
    access_default: Access
    scopes: tuple[str, ...] = ()
    guards: tuple[GuardUse, ...] = ()
    dependencies: tuple[str, ...] = ()
    dependencies_conditional: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    via: tuple[Span, ...] = ()
    """The includes and mounts between the app and the registration, outermost first."""
    handler_span: Span | None = None
    late: bool = False
    """Registered in the lifespan or at the first request."""

    @property
    def subject(self) -> str:
        """`POST /api/order`, as findings name it."""
        word = {"websocket": "WEBSOCKET", "mount": "MOUNT"}.get(self.kind) or ",".join(self.methods) or "*"
        return f"{word} {self.path}"


@dataclass(frozen=True, slots=True)
class RouteSurface:
    """All routes of a tree, with what could not be seen."""

    root: str
    routes: tuple[Route, ...]
    gaps: tuple[Gap, ...]
    apps: tuple[str, ...]
