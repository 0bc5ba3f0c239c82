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


@dataclass(frozen=True, slots=True, eq=False)
class Survey:
    """The surface, and the endpoints from which its routes were made."""

    surface: RouteSurface
    endpoints: tuple[Endpoint, ...]


def survey(evaluator: Evaluator, modules: list[Module], root: str, config: Config) -> Survey:
    """Follow the modules of a tree and collect what they register."""
    follow_roots(evaluator, modules)
    assembler = Assembler(evaluator)
    apps = [instance for instance in evaluator.records if _is_app(instance)]
    walks = {id(app.record): Walk(evaluator) for app in apps}
    registrations = {id(app): list(walks[id(app.record)].registrations(app)) for app in apps}
    mounted = {inner for own, walk in walks.items() for inner, holds in walk.reached.items() if holds and inner != own}
    reached = {inner for walk in walks.values() for inner in walk.reached}
    routes: list[Route] = []
    endpoints: list[Endpoint] = []
    names: list[str] = []
    for app in apps:
        if id(app.record) in mounted:
            continue
        name = app_name(app)
        names.append(name)
        routes.extend(builtin_routes(name, app, "", ()))
        for registration in registrations[id(app)]:
            for endpoint in assembler.endpoints(name, registration):
                endpoints.append(endpoint)
                routes.append(endpoint.route)
    for instance in evaluator.records:
        if id(instance.record) not in reached:
            walk = Walk(evaluator)
            found = list(walk.registrations(instance))
            reached.update(walk.reached)
            for registration in found:
                for endpoint in assembler.endpoints(None, registration):
                    endpoints.append(endpoint)
                    routes.append(endpoint.route)
    gaps = tuple(Gap(found.what, found.reason, Span.at(found.place.path, found.place.line), found.detail) for found in evaluator.unseen)
    return Survey(RouteSurface(root, tuple(routes), gaps, tuple(names)), tuple(endpoints))


def _is_app(instance: InstanceValue) -> bool:
    record = instance.record
    return record is not None and record.is_app and not record.is_standalone


def app_name(app: InstanceValue) -> str:
    """`module:name`, or `module:factory()` for an app that a function makes."""
    record = app.record
    assert record is not None
    if record.name is not None:
        return record.name
    if record.factory is not None:
        return f"{record.factory.module.name}:{record.factory.qualname}()"
    return record.maker or f"{record.place.path}:{record.place.line}"
