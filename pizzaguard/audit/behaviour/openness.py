"""How bad an open route is: by what its handler can do, and by how its siblings are guarded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pizzaguard.audit.behaviour.deeds import Deed, Kind
from pizzaguard.audit.finding import Severity

if TYPE_CHECKING:
    from pizzaguard.audit.surface.nouns import Route, RouteSurface

MOSTLY = 0.5
"""From this share of guarded siblings on, an open route is the exception."""
NEARLY_ALL = 0.75
"""For a mere read more is asked: menus and front pages are public on purpose."""
FEW = 3
"""Fewer siblings in the same file say nothing: then the whole app is asked."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """The severity, and the reason in words."""

    severity: Severity
    reason: str


class Siblings:
    """The share of guarded routes around each route."""

    def __init__(self, surface: RouteSurface) -> None:
        self._by_file: dict[tuple[str | None, str, str], list[bool]] = {}
        self._by_app: dict[tuple[str | None, str], list[bool]] = {}
        for route in surface.routes:
            if route.kind in {"http", "websocket"}:
                kind = _kind(route)
                self._by_file.setdefault((route.app, kind, route.span.path), []).append(not route.access.is_open)
                self._by_app.setdefault((route.app, kind), []).append(not route.access.is_open)

    def guarded_share(self, route: Route) -> float:
        """How many of the routes beside it that read, or that write as it does, are guarded: from 0 to 1."""
        kind = _kind(route)
        near = self._by_file.get((route.app, kind, route.span.path), [])
        around = near if len(near) >= FEW else self._by_app.get((route.app, kind), [])
        others = len(around) - 1
        return 0.0 if others < 1 else sum(around) / others


def _kind(route: Route) -> str:
    """Reads are compared with reads: a guarded `PUT /menu` says nothing of `GET /menu`."""
    return "read" if route.methods and {"GET", "HEAD"}.issuperset(route.methods) else "write"


def judge(route: Route, deeds: Iterable[Deed], guarded_share: float) -> Judgement:
    """Judge an open route."""
    kinds = {deed.kind for deed in deeds}
    is_exception = guarded_share >= MOSTLY
    if route.app is None:
        return Judgement(Severity.LOW, "no application reaches it yet")
    if Kind.RUN in kinds:
        return Judgement(Severity.CRITICAL if is_exception else Severity.HIGH, Kind.RUN)
    if Kind.ISSUE in kinds:
        return Judgement(Severity.LOW, "it is where callers get their credentials")
    if kinds & {Kind.WRITE, Kind.SWITCH}:
        what = Kind.SWITCH if Kind.SWITCH in kinds else Kind.WRITE
        return Judgement(Severity.HIGH if is_exception else Severity.MEDIUM, what)
    if Kind.READ in kinds and guarded_share >= NEARLY_ALL:
        return Judgement(Severity.MEDIUM, Kind.READ)
    return Judgement(Severity.LOW, Kind.READ if Kind.READ in kinds else "it only answers")


def words(found: Iterable[Deed]) -> Iterator[str]:
    """The deeds in words, each once."""
    yield from dict.fromkeys(deed.text for deed in found)
