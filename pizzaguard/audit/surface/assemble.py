"""From registrations to routes: dependencies flattened, guards read, access decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pizzaguard.audit.evaluation import classes
from pizzaguard.audit.evaluation.choices import plain
from pizzaguard.audit.evaluation.values import (
    BoundMethod,
    ClassValue,
    Condition,
    Conditions,
    FunctionValue,
    InstanceValue,
    Place,
    Unknown,
    Value,
)
from pizzaguard.audit.finding import Span
from pizzaguard.audit.frameworks.known import VERBS
from pizzaguard.audit.surface.dependencies import Dependency, DependencyResolver, is_unresolved
from pizzaguard.audit.surface.documentation import documentation_routes
from pizzaguard.audit.surface.effects import EffectReader, Reading
from pizzaguard.audit.surface.naming import definition_of, name_of, place_of
from pizzaguard.audit.surface.nouns import Access, Effect, GuardUse, Level, Route
from pizzaguard.audit.surface.registration import Registration

if TYPE_CHECKING:
    from pizzaguard.audit.config import GuardDeclaration
    from pizzaguard.audit.evaluation.evaluator import Evaluator

ORDER = (Effect.NONE, Effect.OPTIONAL, Effect.AUTHENTICATION, Effect.AUTHORIZATION)
ACCESS = {
    Effect.NONE: Access.PUBLIC,
    Effect.OPTIONAL: Access.OPTIONAL,
    Effect.AUTHENTICATION: Access.AUTHENTICATED,
    Effect.AUTHORIZATION: Access.SCOPED,
}


@dataclass(frozen=True, slots=True, eq=False)
class Endpoint:
    """A route together with what it was made from, for checks that read the code behind it."""

    route: Route
    registration: Registration
    handler: Value
    dependencies: tuple[Dependency, ...]

    @property
    def function(self) -> FunctionValue | None:
        """The function that a reader would open, when the tree holds it."""
        value = definition_of(self.handler)
        if isinstance(value, BoundMethod):
            return value.function
        return value if isinstance(value, FunctionValue) else None


class Assembler:
    """Turns registrations into endpoints."""

    def __init__(self, evaluator: Evaluator, declared: Iterable[GuardDeclaration] = ()) -> None:
        self.evaluator = evaluator
        self.resolver = DependencyResolver(evaluator)
        self.effects = EffectReader(evaluator, declared)

    def endpoints(self, app: str | None, registration: Registration) -> Iterator[Endpoint]:
        """The routes of one registration: one, or one per method of a class-based endpoint."""
        handler = plain(registration.handler)
        if isinstance(handler, ClassValue) and registration.kind == "http":
            methods = self._class_methods(handler)
            for verb, method in methods:
                yield self._endpoint(app, registration, BoundMethod(method, InstanceValue(handler)), (verb,))
            if methods:
                return
        yield self._endpoint(app, registration, handler, registration.methods)

    def _class_methods(self, cls: ClassValue) -> list[tuple[str, FunctionValue]]:
        found = [(verb, classes.find(self.evaluator, cls, verb)) for verb in VERBS]
        return [(verb.upper(), method) for verb, method in found if isinstance(method, FunctionValue)]

    def _endpoint(
        self, app: str | None, registration: Registration, handler: Value, methods: tuple[str, ...]
    ) -> Endpoint:
        rooted = list(self._rooted(registration, handler))
        names, maybe = _names(rooted)
        guards = self._guards(rooted, registration, handler)
        access, default = _access(guards, rooted)
        place = place_of(handler)
        route = Route(
            app=app,
            methods=tuple(methods),
            path=registration.path or "/",
            kind=registration.kind,
            handler=name_of(handler) or "?",
            span=_span(registration.place),
            access=access,
            access_default=default,
            scopes=tuple(dict.fromkeys(scope for guard in guards for scope in guard.scopes)),
            guards=guards,
            dependencies=names,
            dependencies_conditional=maybe,
            conditions=tuple(condition.text for condition in registration.conditions),
            via=tuple(_span(place) for place in registration.via),
            handler_span=None if place is None else _span(place),
            late=registration.late,
        )
        return Endpoint(route, registration, handler, tuple(dependency for _, dependency in rooted))

    def _rooted(self, registration: Registration, handler: Value) -> Iterator[tuple[Level, Dependency]]:
        """The dependencies before a handler, outermost first, each with the level that brought it."""
        if registration.kind == "mount" or registration.record.family != "fastapi":
            return
        for layer in registration.layers:
            items, is_open = self.evaluator.iterate(layer.dependencies)
            for item in items:
                use = plain(item.value)
                if isinstance(use, Unknown):
                    self._gap(registration.place, use.text)
                for dependency in self.resolver.of_use(use, None, item.conditions + layer.conditions):
                    yield layer.level, dependency
            if is_open and not items:
                self._gap(registration.place, "list")
        for dependency in self.resolver.of_callable(handler):
            yield Level.PARAMETER, dependency

    def _gap(self, place: Place, text: str) -> None:
        self.evaluator.note_unseen(
            "dependencies", "dynamic", place, f"{text}: the text does not tell what it depends on"
        )

    # ------------------------------------------------------------------------------------------------- guards

    def _guards(
        self, rooted: list[tuple[Level, Dependency]], registration: Registration, handler: Value
    ) -> tuple[GuardUse, ...]:
        guards: dict[tuple[str, Level], GuardUse] = {}
        for use in registration.middleware:
            if registration.kind != "websocket" or not use.is_http_only:
                self._middleware(use.callable, use.conditions, use.place, guards)
        for level, root in rooted:
            for dependency, conditions, scopes in root.flattened():
                reading = self.effects.of(dependency.value)
                if dependency.name is not None and reading.effect is not Effect.NONE:
                    guard = _guard(dependency.name, level, reading, conditions, scopes, place_of(dependency.value))
                    guards.setdefault((guard.callable, level), guard)
        if registration.kind != "mount":
            self._own(handler, guards)
        return tuple(guards.values())

    def _middleware(
        self, value: Value, conditions: Conditions, place: Place, guards: dict[tuple[str, Level], GuardUse]
    ) -> None:
        value = plain(value)
        body: Value = value
        if isinstance(value, ClassValue):
            for name in ("dispatch", "__call__"):
                found = classes.find(self.evaluator, value, name)
                if isinstance(found, FunctionValue):
                    body = BoundMethod(found, InstanceValue(value))
                    break
        guard_name = name_of(value)
        reading = self.effects.of(body)
        if guard_name is not None and reading.effect in {Effect.AUTHENTICATION, Effect.AUTHORIZATION}:
            guard = _guard(guard_name, Level.MIDDLEWARE, reading, conditions, (), place_of(value) or place)
            guards.setdefault((guard_name, Level.MIDDLEWARE), guard)

    def _own(self, handler: Value, guards: dict[tuple[str, Level], GuardUse]) -> None:
        """What the handler's own body refuses, and what its decorators do."""
        name = name_of(handler)
        reading = self.effects.of(handler)
        if name is not None and reading.effect in {Effect.AUTHENTICATION, Effect.AUTHORIZATION}:
            guards.setdefault((name, Level.BODY), _guard(name, Level.BODY, reading, (), (), place_of(handler)))
        inner = definition_of(handler)
        if inner is not plain(handler) and reading.effect is Effect.NONE:
            reading = self.effects.of(inner)
            if name is not None and reading.effect in {Effect.AUTHENTICATION, Effect.AUTHORIZATION}:
                guards.setdefault((name, Level.BODY), _guard(name, Level.BODY, reading, (), (), place_of(handler)))


def _guard(
    name: str, level: Level, reading: Reading, conditions: Conditions, scopes: tuple[str, ...], place: Place | None
) -> GuardUse:
    conditional = reading.conditional
    default_on = reading.default_on
    if conditions:
        conditional = " and ".join(condition.text for condition in conditions)
        default_on = default_on and all(condition.default is not False for condition in conditions)
    return GuardUse(
        callable=name,
        level=level,
        effect=Effect.AUTHORIZATION if scopes and reading.effect is Effect.AUTHENTICATION else reading.effect,
        scopes=tuple(dict.fromkeys(scopes + reading.scopes)),
        conditional=conditional,
        default_on=default_on,
        file=None if place is None else place.path,
        line=None if place is None else place.line,
        evidence=None if reading.evidence is None else _span(reading.evidence),
    )


def _names(rooted: list[tuple[Level, Dependency]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The flattened names, and those of them that only a condition adds."""
    always: dict[str, None] = {}
    maybe: dict[str, None] = {}
    for _, root in rooted:
        for dependency, conditions, _ in root.flattened():
            if dependency.name is not None:
                (maybe if conditions else always)[dependency.name] = None
    return (
        tuple(sorted({**always, **maybe})),
        tuple(sorted(name for name in maybe if name not in always)),
    )


def _access(guards: tuple[GuardUse, ...], rooted: list[tuple[Level, Dependency]]) -> tuple[Access, Access]:
    strongest = max((guard.effect for guard in guards), key=ORDER.index, default=Effect.NONE)
    standing = max((guard.effect for guard in guards if guard.default_on), key=ORDER.index, default=Effect.NONE)
    access, default = ACCESS[strongest], ACCESS[standing]
    if access.is_open and any(is_unresolved(dependency) for _, root in rooted for dependency, _, _ in root.flattened()):
        access = default = Access.UNKNOWN
    return access, default


def _span(place: Place) -> Span:
    return Span.at(place.path, place.line)


def builtin_routes(
    app: str | None, registration_root: InstanceValue, prefix: str, conditions: tuple[Condition, ...]
) -> list[Route]:
    """The documentation routes of an app, as the framework adds them."""
    record = registration_root.record
    assert record is not None
    span = _span(record.place)
    return [
        Route(
            app,
            ("GET", "HEAD"),
            prefix + path,
            "builtin",
            f"fastapi.applications:FastAPI.setup.<locals>.{handler}",
            span,
            Access.PUBLIC,
            Access.PUBLIC,
            conditions=tuple(condition.text for condition in conditions),
        )
        for path, handler in documentation_routes(record)
    ]  # fmt: skip
