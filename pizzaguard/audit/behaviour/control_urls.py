"""URLs in answers with which whoever reads them can change something."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pizzaguard.audit.behaviour.deeds import Kind, deeds
from pizzaguard.audit.behaviour.reach import Reached
from pizzaguard.audit.source import ir
from pizzaguard.audit.source.traverse import expressions_of, inside

if TYPE_CHECKING:
    from pizzaguard.audit.evaluation.evaluator import Evaluator
    from pizzaguard.audit.surface.assemble import Endpoint

PARAMETER = re.compile(r"\{[^{}]*\}")


@dataclass(frozen=True, slots=True)
class ControlRoute:
    """A route that anyone can call and that changes something."""

    subject: str
    segments: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """A place behind a route where a control URL is put together or handed on."""

    endpoint: Endpoint
    step: Reached
    node: ir.Expression
    control: ControlRoute


class ControlUrls:
    """Finds where a tree builds URLs of its own open control routes, and where their values are handed on."""

    def __init__(self, evaluator: Evaluator, endpoints: tuple[Endpoint, ...], reach: dict[int, list[Reached]]) -> None:
        self._endpoints = endpoints
        self._reach = reach
        self.routes = tuple(_control_routes(evaluator, endpoints, reach))

    def built(self) -> Iterator[Told]:
        """Where a handler puts a control URL together, in a statement that it reaches."""
        for endpoint in self._endpoints if self.routes else ():
            for step in self._reach.get(id(endpoint), ()):
                for expression in expressions_of(step.statement):
                    for node in inside(expression):
                        control = self._matches(node)
                        if control is not None and endpoint.route.subject != control.subject:
                            yield Told(endpoint, step, node, control)

    def relayed(self, built: list[Told]) -> Iterator[Told]:
        """Where a handler answers with a value that bears the name of such a URL and came from elsewhere."""
        names = {name: told.control for told in built for name in self._names(told)}
        own = {id(told.endpoint) for told in built}
        for endpoint in self._endpoints if names else ():
            if id(endpoint) in own:
                continue
            for step in self._reach.get(id(endpoint), ()):
                if not isinstance(step.statement, ir.Return) or step.hops:
                    continue
                for node in inside(step.statement.value):
                    if isinstance(node, ir.Mapping):
                        for _, value in node.items:
                            name = _plain(value)
                            if name in names:
                                yield Told(endpoint, step, node, names[name])

    def _names(self, told: Told) -> Iterator[str]:
        """The names under which a control URL is answered: the variable, and the keys that it is put under."""
        statement = told.step.statement
        bound = (
            {target.name for target in statement.targets if isinstance(target, ir.Name)}
            if isinstance(statement, ir.Assign)
            else set()
        )
        for step in self._reach.get(id(told.endpoint), ()):
            for expression in expressions_of(step.statement):
                for node in inside(expression):
                    for key, value in node.items if isinstance(node, ir.Mapping) else ():
                        is_it = value is told.node or (isinstance(value, ir.Name) and value.name in bound)
                        if is_it and isinstance(key, ir.Constant) and isinstance(key.value, str):
                            yield _normal(key.value)

    def _matches(self, node: ir.Expression) -> ControlRoute | None:
        text = _template(node)
        if text is None or "/" not in text:
            return None
        # A base URL that ends in a slash stands directly before the path: `{base}support/{code}`.
        path = PARAMETER.sub("{}", text).split("?")[0].removeprefix("{}").strip("/")
        segments = tuple(path.split("/"))
        for control in self.routes:
            if len(segments) >= len(control.segments) and segments[-len(control.segments) :] == control.segments:
                return control
        return None


def _control_routes(
    evaluator: Evaluator, endpoints: tuple[Endpoint, ...], reach: dict[int, list[Reached]]
) -> Iterator[ControlRoute]:
    for endpoint in endpoints:
        route = endpoint.route
        segments = tuple(PARAMETER.sub("{}", route.path).strip("/").split("/"))
        if not route.access.is_open or route.kind != "http" or sum(part != "{}" for part in segments) < 2:
            continue  # one known word, such as `/orders/{}`, would match any URL
        if "{}" not in segments:
            continue
        near = [step for step in reach.get(id(endpoint), []) if step.hops == 0]
        if any(deed.kind is Kind.SWITCH and "[" not in deed.text for deed in deeds(evaluator, near)):
            yield ControlRoute(route.subject, segments)


def _template(node: ir.Expression) -> str | None:
    """The text of a constant or f-string with `{}` for what is filled in."""
    if isinstance(node, ir.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ir.Format):
        return "".join(
            part.value if isinstance(part, ir.Constant) and isinstance(part.value, str) else "{}" for part in node.parts
        )
    return None


def _plain(node: ir.Expression) -> str:
    if isinstance(node, ir.Attribute):
        return _normal(node.name)
    return _normal(node.name) if isinstance(node, ir.Name) else ""


def _normal(name: str) -> str:
    """`reportUrl` and `report_url` are the same name to two services."""
    return name.replace("_", "").replace("-", "").lower()
