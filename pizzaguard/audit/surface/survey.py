"""The surface of a tree: every root app's routes, then those of routers that no app reaches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pizzaguard.audit.evaluation.values import InstanceValue
from pizzaguard.audit.finding import Gap, Span
from pizzaguard.audit.surface.assemble import Assembler, Endpoint, builtin_routes
from pizzaguard.audit.surface.nouns import Route, RouteSurface
from pizzaguard.audit.surface.roots import follow_roots
from pizzaguard.audit.surface.walk import Walk

if TYPE_CHECKING:
    from pizzaguard.audit.config import Config
    from pizzaguard.audit.evaluation.evaluator import Evaluator
    from pizzaguard.audit.evaluation.module import Module


UNKNOWN_PART = "{?"
"""How a path shows a part that the text does not tell."""


@dataclass(frozen=True, slots=True, eq=False)
class Survey:
    """The surface, and the endpoints from which its routes were made."""

    surface: RouteSurface
    endpoints: tuple[Endpoint, ...]


def survey(evaluator: Evaluator, modules: list[Module], root: str, config: Config) -> Survey:
    """Follow the modules of a tree and collect what they register."""
    follow_roots(evaluator, modules)
    assembler = Assembler(evaluator, config.guards)
    apps = [instance for instance in evaluator.records if _is_app(instance)]
    walks = {id(app.record): Walk(evaluator) for app in apps}
    registrations = {id(app): list(walks[id(app.record)].registrations(app)) for app in apps}
    mounted = {inner for own, walk in walks.items() for inner, holds in walk.reached.items() if holds and inner != own}
    reached = {inner for walk in walks.values() for inner in walk.reached}
    served: dict[str, list[Served]] = {}
    bound = _bound_names(apps)
    for app in apps:
        name = bound.get(_factory_of(app)) or app_name(app) if _is_unbound(app) else app_name(app)
        if id(app.record) not in mounted and (not config.apps or name in config.apps):
            found = [endpoint for one in registrations[id(app)] for endpoint in assembler.endpoints(name, one)]
            served.setdefault(name, []).append(Served(list(builtin_routes(name, app, "", ())), found))
    routes: list[Route] = []
    endpoints: list[Endpoint] = []
    for makes in served.values():
        whole = _merged(makes)
        endpoints.extend(whole.endpoints)
        routes.extend([*whole.builtin, *(endpoint.route for endpoint in whole.endpoints)])
    for instance in evaluator.records:
        if id(instance.record) not in reached:
            walk = Walk(evaluator)
            unserved = list(walk.registrations(instance))
            reached.update(walk.reached)
            for registration in unserved:
                for endpoint in assembler.endpoints(None, registration):
                    endpoints.append(endpoint)
                    routes.append(endpoint.route)
    gaps = tuple(
        Gap(found.what, found.reason, Span.at(found.place.path, found.place.line), found.detail)
        for found in evaluator.unseen
    )
    return Survey(RouteSurface(root, tuple(routes), gaps, tuple(served)), tuple(endpoints))


@dataclass(frozen=True, slots=True)
class Served:
    """What one app object serves."""

    builtin: list[Route]
    endpoints: list[Endpoint]

    @property
    def unknown_paths(self) -> int:
        """How many of its paths have a part that the text does not tell."""
        return sum(UNKNOWN_PART in endpoint.route.path for endpoint in self.endpoints)


def _merged(makes: list[Served]) -> Served:
    """One app out of all that the same factory makes: the calls may differ in what they tell of the paths.

    The best told is taken; of the others what it has not: another path, and not the same registration under a path
    that is only less well known.
    """
    best = min(makes, key=lambda made: (made.unknown_paths, -len(made.endpoints)))
    seen = {(endpoint.route.methods, endpoint.route.path) for endpoint in best.endpoints}
    places = {(endpoint.route.methods, endpoint.route.span, endpoint.route.via) for endpoint in best.endpoints}
    more: list[Endpoint] = []
    for made in makes:
        for endpoint in made.endpoints if made is not best else ():
            route = endpoint.route
            is_vague = UNKNOWN_PART in route.path and (route.methods, route.span, route.via) in places
            if not is_vague and (route.methods, route.path) not in seen:
                seen.add((route.methods, route.path))
                more.append(endpoint)
    return Served(best.builtin, [*best.endpoints, *more])


def _is_app(instance: InstanceValue) -> bool:
    record = instance.record
    return record is not None and record.is_app and not record.is_standalone


def _bound_names(apps: list[InstanceValue]) -> dict[str | None, str]:
    """By factory: the name of the module-level app that it made, for the same app made again elsewhere."""
    names: dict[str | None, str] = {}
    for app in apps:
        if not _is_unbound(app) and _factory_of(app) is not None:
            names.setdefault(_factory_of(app), app_name(app))
    return names


def _is_unbound(app: InstanceValue) -> bool:
    return app.record is not None and app.record.name is None


def _factory_of(app: InstanceValue) -> str | None:
    factory = None if app.record is None else app.record.factory
    return None if factory is None else f"{factory.module.name}:{factory.qualname}"


def app_name(app: InstanceValue) -> str:
    """`module:name`, or `module:factory()` for an app that a function makes."""
    record = app.record
    assert record is not None
    if record.name is not None:
        return record.name
    if record.factory is not None:
        return f"{record.factory.module.name}:{record.factory.qualname}()"
    return record.maker or f"{record.place.path}:{record.place.line}"
