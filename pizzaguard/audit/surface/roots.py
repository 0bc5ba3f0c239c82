"""Where a tree's apps come from: modules that build one, factories that return one, classes that hold one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pizzaguard.audit.evaluation import classes
from pizzaguard.audit.evaluation.arguments import Arguments
from pizzaguard.audit.evaluation.choices import force
from pizzaguard.audit.evaluation.relevance import WIRING, called_names
from pizzaguard.audit.evaluation.values import (
    BoundMethod,
    ClassValue,
    External,
    FunctionValue,
    InstanceValue,
    Place,
    Unknown,
    Value,
)
from pizzaguard.audit.frameworks.records import RouterRecord
from pizzaguard.audit.source import ir

if TYPE_CHECKING:
    from pizzaguard.audit.evaluation.evaluator import Evaluator
    from pizzaguard.audit.evaluation.module import Module

APP = re.compile(r"\b(?:FastAPI|Starlette)\s*\(")
SUBCLASS = re.compile(r"^class\s+(\w+)\s*\([^)]*\b(?:FastAPI|Starlette)\b", re.MULTILINE)
REGISTERS = re.compile(
    r"include_router|add_api_route|add_route|add_websocket_route|\.mount\(|add_middleware|\.routes\b"
    r"|\.(?:get|post|put|delete|patch|head|options|api_route|route|websocket|websocket_route|middleware)\("
)
RECEIVER = re.compile(
    r"(?:@|\b)(\w+)\.(?:get|post|put|delete|patch|head|options|api_route|route|websocket|websocket_route|"
    r"include_router|add_api_route|add_route|add_websocket_route|mount|add_middleware|middleware)\("
)


MOST_NAMESAKES = 3
"""Functions of one name in a tree that are still told apart by it."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A top-level function or class whose text may build an app."""

    module: Module
    name: str
    kind: str
    text: str


def follow_roots(evaluator: Evaluator, modules: list[Module]) -> None:
    """Follow everything that builds or fills an app: module bodies, then factories and classes nobody called."""
    _learn_makers(evaluator, modules)
    for module in modules:
        module.activate(evaluator)
    _run_startup(evaluator)
    for candidate in _outermost_first([found for module in modules for found in _candidates(evaluator, module)]):
        _follow(evaluator, candidate)
        _run_startup(evaluator)
    for module in modules:
        for candidate in _registrars(module):
            _follow_registrar(evaluator, candidate)


def _learn_makers(evaluator: Evaluator, modules: list[Module]) -> None:
    """Names of app classes of the tree and of functions that make apps: calls of them matter."""
    names = {"FastAPI", "Starlette"}
    called: list[tuple[str, frozenset[str]]] = []
    defined: Counter[str] = Counter()
    for module in modules:
        names.update(SUBCLASS.findall(module.text))
        for index, block in enumerate(module.blocks):
            if block.kind == "def" and block.name is not None:
                defined[block.name] += 1
                called.append((block.name, called_names(module.block_text(index))))
    for _ in range(3):
        # A name that many modules define tells nothing: half of a tree would seem to matter.
        found = {name for name, calls in called if defined[name] <= MOST_NAMESAKES and not names.isdisjoint(calls)}
        if found <= names:
            break
        names |= found
    evaluator.modules.makers = frozenset(name for name in names if len(name) > 3 and name not in {"main", "test"})


def _candidates(evaluator: Evaluator, module: Module) -> Iterator[Candidate]:
    for index, block in enumerate(module.blocks):
        if block.name is None or block.kind not in {"def", "class"}:
            continue
        text = module.block_text(index)
        if (APP.search(text) or REGISTERS.search(text)) and evaluator.modules.calls_maker(text):
            yield Candidate(module, block.name, block.kind, text)


def _outermost_first(candidates: list[Candidate]) -> list[Candidate]:
    """Those that no other candidate calls come first: what they call is then followed through them."""
    calls = [called_names(candidate.text) for candidate in candidates]
    callers = Counter(name for names in calls for name in names)

    def is_called(pair: tuple[Candidate, frozenset[str]]) -> bool:
        candidate, own = pair
        return callers[candidate.name] > (candidate.name in own)

    return [candidate for candidate, _ in sorted(zip(candidates, calls, strict=True), key=is_called)]


def _follow(evaluator: Evaluator, candidate: Candidate) -> None:
    value = force(candidate.module.lookup(candidate.name) or Unknown("undefined"))
    place = Place(candidate.module.path, 1)
    if isinstance(value, FunctionValue):
        if id(value.node) not in evaluator.executed:
            before = len(evaluator.records)
            evaluator.invoke(value, Arguments())
            _name_made(evaluator, before, f"{value.module.name}:{value.qualname}()")
    elif isinstance(value, ClassValue):
        _follow_class(evaluator, value, place)


def _follow_class(evaluator: Evaluator, cls: ClassValue, place: Place) -> None:
    """An instance of a class whose methods build an app, and then those methods."""
    if any(
        isinstance(base, External) and base.last in {"FastAPI", "Starlette"}
        for base in classes.ancestry(evaluator, cls)
    ):
        return
    before = len(evaluator.records)
    initializer = classes.find(evaluator, cls, "__init__")
    instance: Value | None = None
    if not isinstance(initializer, FunctionValue) or id(initializer.node) not in evaluator.executed:
        # No arguments: parameters take their defaults, or stay unknown under their own names.
        instance = evaluator.call_at(cls, Arguments(), place)
    instance = instance if isinstance(instance, InstanceValue) else InstanceValue(cls, place=place)
    if instance.pending is not None:
        start, instance.pending = instance.pending, None
        start()
    for name, member in list(classes.namespace_of(evaluator, cls).items()):
        method = force(member)
        if not isinstance(method, FunctionValue) or name == "__init__" or id(method.node) in evaluator.executed:
            continue
        if isinstance(method.node, ir.Function) and evaluator.matters(method, Arguments()):
            receiver = None if method.kind == "static" else cls if method.kind == "class" else instance
            evaluator.invoke(method, Arguments(), receiver)
    _name_made(evaluator, before, f"{cls.identity}()")


def _name_made(evaluator: Evaluator, before: int, maker: str) -> None:
    for instance in evaluator.records[before:]:
        assert instance.record is not None
        instance.record.maker = instance.record.maker or maker


def _run_startup(evaluator: Evaluator) -> None:
    """Lifespans and start-up handlers: what they register is served, only later."""
    for instance in list(evaluator.records):
        record = instance.record
        assert record is not None
        waiting, record.startup = record.startup, []
        for handler in waiting:
            value = force(handler)
            function = value.function if isinstance(value, BoundMethod) else value
            if isinstance(function, FunctionValue) and not isinstance(function.node, ir.Lambda):
                evaluator.is_late = True
                takes = len(function.node.parameters) - (1 if isinstance(value, BoundMethod) else 0)
                evaluator.call(value, [instance] if takes > 0 else [], place=function.place)
                evaluator.is_late = False


# ------------------------------------------------------------------------------- functions that are given an app


def _registrars(module: Module) -> Iterator[Candidate]:
    for index, block in enumerate(module.blocks):
        if block.kind == "def" and block.name is not None:
            text = module.block_text(index)
            if WIRING.search(text) and RECEIVER.search(text):
                yield Candidate(module, block.name, block.kind, text)


def _follow_registrar(evaluator: Evaluator, candidate: Candidate) -> None:
    """A function that registers on whatever it is given, and that nobody in the tree calls: on an app of our own."""
    value = force(candidate.module.lookup(candidate.name) or Unknown("undefined"))
    if not isinstance(value, FunctionValue) or id(value.node) in evaluator.executed:
        return
    receivers = set(RECEIVER.findall(candidate.text))
    given: dict[str, Value] = {}
    for parameter in value.node.parameters:
        if parameter.name in receivers:
            given[parameter.name] = _standalone(evaluator, value)
    if given:
        evaluator.invoke(value, Arguments([], given))


def _standalone(evaluator: Evaluator, function: FunctionValue) -> InstanceValue:
    instance = InstanceValue(External("fastapi.FastAPI"), place=function.place)
    instance.record = RouterRecord("fastapi", is_app=True, place=function.place, is_standalone=True)
    evaluator.records.append(instance)
    return instance
