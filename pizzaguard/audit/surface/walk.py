"""From records to registrations: every route that an app serves, with what stands between the app and it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from pizzaguard.audit.evaluation.choices import force, options_of, plain
from pizzaguard.audit.evaluation.strings import template
from pizzaguard.audit.evaluation.values import (
    NONE,
    BuiltinMethod,
    Conditions,
    External,
    FrameworkMethod,
    InstanceValue,
    Item,
    ListValue,
    Literal,
    Place,
    Product,
    RouteValue,
    Unknown,
    Value,
)
from pizzaguard.audit.frameworks.records import (
    Entry,
    IncludeEntry,
    MountEntry,
    RouteEntry,
    RouterRecord,
    RoutesEntry,
)
from pizzaguard.audit.frameworks.registering import methods_of
from pizzaguard.audit.surface.nouns import Level
from pizzaguard.audit.surface.registration import Layer, Path, Registration

if TYPE_CHECKING:
    from pizzaguard.audit.evaluation.evaluator import Evaluator

MAX_INCLUDES = 50
"""Includes and mounts inside one another; deeper is a gap."""
MAX_ROUTES = 50_000
"""Routes of one audit; what is beyond is a gap."""
PAGES = frozenset({"StaticFiles", "WSGIMiddleware", "make_asgi_app", "ASGIApp"})


class Walk:
    """Walks the table of one root app or router; what hides routes becomes a gap."""

    def __init__(self, evaluator: Evaluator) -> None:
        self._evaluator = evaluator
        self.reached: dict[int, bool] = {}
        """Records passed on the way; True when the way holds with the settings' defaults."""
        self._count = 0

    def registrations(self, instance: InstanceValue) -> Iterator[Registration]:
        """Every route under an app or router, in order of registration."""
        record = instance.record
        assert record is not None
        yield from self._record(instance, Path(record))

    def _record(self, instance: InstanceValue, path: Path, level: Level | None = None) -> Iterator[Registration]:
        record = instance.record
        assert record is not None
        if id(record) in path.seen or len(path.seen) > MAX_INCLUDES:
            reason = "cycle" if id(record) in path.seen else "limit"
            self._gap("include_router", reason, record.place, "a router includes itself, or too deeply")
            return
        holds = all(condition.default is not False for condition in (*path.root.born, *path.conditions))
        self.reached[id(record)] = self.reached.get(id(record), False) or holds
        layers = path.layers
        if record.dependencies is not None:
            layers = (*layers, Layer(level or (Level.APP if record.is_app else Level.ROUTER), record.dependencies))
        inner = replace(
            path,
            prefix=path.prefix + ("" if record.is_app else template(_known(record.prefix))),
            layers=layers,
            middleware=path.middleware + tuple(record.middleware),
            seen=(*path.seen, id(record)),
        )
        # FastAPI adds a router's own prefix and dependencies where a route is registered: a route object that is put
        # into the table past the registration has neither.
        past = replace(inner, prefix=path.prefix, layers=path.layers) if record.family == "fastapi" else inner
        for entry in record.entries:
            yield from self._entry(record, entry, past if isinstance(entry, RoutesEntry) else inner)

    def _entry(self, record: RouterRecord, entry: Entry, path: Path) -> Iterator[Registration]:
        here = replace(path, conditions=_merged(path.conditions, entry.conditions), late=path.late or entry.late)
        if isinstance(entry, RouteEntry):
            yield from self._route(record, entry, here)
        elif isinstance(entry, IncludeEntry):
            yield from self._include(entry, here)
        elif isinstance(entry, MountEntry):
            yield from self._mount(record, entry, here)
        else:
            yield from self._list(record, entry.routes, entry.place, here)

    # ----------------------------------------------------------------------------------------------- one route

    def _route(self, record: RouterRecord, entry: RouteEntry, path: Path) -> Iterator[Registration]:
        self._count += 1
        if self._count > MAX_ROUTES:
            if self._count == MAX_ROUTES + 1:
                self._gap("route", "limit", entry.place, f"more than {MAX_ROUTES} routes")
            return
        layers = path.layers
        if entry.dependencies is not None:
            layers = (*layers, Layer(Level.ROUTE, entry.dependencies))
        for option in options_of(_known(entry.path) or Literal("")):
            yield Registration(
                path.root,
                record,
                path.prefix + template(option.value),
                entry.methods,
                entry.handler,
                entry.kind,
                entry.place,
                layers,
                _merged(path.conditions, option.conditions),
                path.via,
                path.middleware,
                path.late,
            )

    # ------------------------------------------------------------------------------------- includes and mounts

    def _include(self, entry: IncludeEntry, path: Path) -> Iterator[Registration]:
        layers = path.layers
        if entry.dependencies is not None:
            layers = (*layers, Layer(Level.INCLUDE, entry.dependencies))
        inner = replace(
            path, prefix=path.prefix + template(_known(entry.prefix)), layers=layers, via=(*path.via, entry.place)
        )
        for option in options_of(entry.router):
            value = plain(option.value)
            here = replace(inner, conditions=_merged(inner.conditions, option.conditions))
            if isinstance(value, InstanceValue) and value.record is not None:
                yield from self._record(value, here)
            elif value != NONE:
                self._gap("include_router", _reason(value), entry.place, f"{_called(value)} cannot be followed")

    def _mount(self, record: RouterRecord, entry: MountEntry, path: Path) -> Iterator[Registration]:
        prefix = path.prefix + template(_known(entry.path)).rstrip("/")
        # A mounted application inherits no dependency of its parent, only what middleware wraps both.
        inner = replace(path, prefix=prefix, layers=(), via=(*path.via, entry.place))
        if entry.routes is not None:
            yield from self._list(record, entry.routes, entry.place, inner)
        if entry.app is None:
            return
        for option in options_of(entry.app):
            value = unwrapped(plain(option.value))
            here = replace(inner, conditions=_merged(inner.conditions, option.conditions))
            if not entry.host:
                yield self._mounted(record, entry, here, value)
            if isinstance(value, InstanceValue) and value.record is not None:
                yield from self._record(value, here)
            elif _hides_routes(value):
                self._gap("mount", _reason(value), entry.place, f"{_called(value)} cannot be followed")

    def _mounted(self, record: RouterRecord, entry: MountEntry, path: Path, app: Value) -> Registration:
        return Registration(
            path.root, record, path.prefix or "/", (), app, "mount", entry.place, (), path.conditions, path.via[:-1],
            path.middleware, path.late,
        )  # fmt: skip

    # -------------------------------------------------------------------------------------- tables of routes

    def _list(self, record: RouterRecord, routes: Value, place: Place, path: Path) -> Iterator[Registration]:
        for option in options_of(routes):
            value = plain(option.value)
            here = replace(path, conditions=_merged(path.conditions, option.conditions))
            if isinstance(value, FrameworkMethod) and value.name == "routes":
                yield from self._table(value, here)
            elif isinstance(value, ListValue):
                for item in value.items:
                    inner = replace(here, conditions=_merged(here.conditions, item.conditions))
                    yield from self._member(record, item, place, inner)
                if value.is_open:
                    self._gap("routes", "dynamic", place, "the list of routes is filled at run time")
            elif value != NONE:
                self._gap("routes", _reason(value), place, f"{_called(value)} cannot be followed")

    def _table(self, value: FrameworkMethod, path: Path) -> Iterator[Registration]:
        owner = value.receiver
        if isinstance(owner, InstanceValue) and owner.record is not None:
            yield from self._record(owner, path)

    def _member(self, record: RouterRecord, item: Item, place: Place, path: Path) -> Iterator[Registration]:
        value = plain(item.value)
        if isinstance(value, RouteValue):
            yield from self._entry(record, value.entry, path)
        elif isinstance(value, FrameworkMethod) and value.name == "routes":
            yield from self._table(value, path)
        elif isinstance(value, InstanceValue) and value.arguments is not None and isinstance(value.cls, External):
            yield from self._entry(record, self._entry_of(value, value.cls, place), path)
        elif isinstance(value, InstanceValue) and value.record is not None:
            yield from self._record(value, path)
        else:
            self._gap("routes", _reason(value), place, f"{_called(value)} is no route that the text tells")

    def _entry_of(self, value: InstanceValue, cls: External, place: Place) -> Entry:
        """A `Route(…)`, `WebSocketRoute(…)`, `Mount(…)` or `Host(…)` as the entry that it is."""
        given = value.arguments
        assert given is not None
        where = value.place or place
        path = given.get("path", 0) or Unknown("no path")
        if cls.last in {"Mount", "Host"}:
            host = cls.last == "Host"
            return MountEntry(
                Literal("") if host else path, given.get("app", 1), given.get("routes", 2), where, (), host=host
            )
        handler = given.get("endpoint", 1) or Unknown("no handler")
        kind = "websocket" if "WebSocket" in cls.last else "http"
        methods = () if kind == "websocket" else methods_of(self._evaluator, given.get("methods"))
        return RouteEntry(path, methods, handler, given.get("dependencies"), kind, where, ())

    def _gap(self, what: str, reason: str, place: Place, detail: str) -> None:
        self._evaluator.note_unseen(what, reason, place, detail)


def unwrapped(value: Value) -> Value:
    """The app inside wrappers such as `CORSMiddleware(app)`."""
    while True:
        arguments = value.arguments if isinstance(value, Product | InstanceValue) else None
        if arguments is None or (isinstance(value, InstanceValue) and value.record is not None):
            return value
        inner = next(
            (plain(argument) for argument in arguments.all() if isinstance(plain(argument), InstanceValue)), None
        )
        if not isinstance(inner, InstanceValue) or inner is value:
            return value
        value = inner


def _hides_routes(value: Value) -> bool:
    """Whether a mounted thing may hold routes of the tree: a static file server does not."""
    name = value.cls if isinstance(value, InstanceValue) else value.function if isinstance(value, Product) else value
    return not (isinstance(name, External) and (name.last in PAGES or "Static" in name.last)) and isinstance(
        value, Unknown | BuiltinMethod
    )


def _known(value: Value | None) -> Value | None:
    if value is None:
        return None
    value = plain(value)
    return None if value == NONE else value


def _merged(outer: Conditions, inner: Conditions) -> Conditions:
    return outer + tuple(condition for condition in inner if condition not in outer)


def _reason(value: Value) -> str:
    return "external" if isinstance(value, External | Product) else "dynamic"


def _called(value: Value) -> str:
    value = force(value)
    match value:
        case External():
            return value.name
        case Product():
            return f"{value.function.name}()"
        case Unknown():
            return value.text
    return type(value).__name__
