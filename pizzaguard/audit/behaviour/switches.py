"""Switches: state of the running process that one route sets and on which another route's answer depends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from pizzaguard.audit.behaviour.deeds import globals_of, is_module_level
from pizzaguard.audit.behaviour.reach import Reached, value_of
from pizzaguard.audit.evaluation.render import render
from pizzaguard.audit.evaluation.values import InstanceValue, ModuleValue
from pizzaguard.audit.source import ir
from pizzaguard.audit.source.traverse import expressions_of, inside, statements_in

if TYPE_CHECKING:
    from pizzaguard.audit.evaluation.evaluator import Evaluator
    from pizzaguard.audit.surface.assemble import Endpoint

Key: TypeAlias = tuple[str, str]
"""What holds the state, and the name it has there."""


@dataclass(frozen=True, slots=True, eq=False)
class Setter:
    """A statement behind a route that sets a switch."""

    endpoint: Endpoint
    step: Reached
    key: Key
    clears: bool
    """Whether it only puts back what was there at the start: None or False."""


@dataclass(frozen=True, slots=True, eq=False)
class Diversion:
    """An `if` behind a route that takes another way when a switch is on."""

    endpoint: Endpoint
    step: Reached
    key: Key
    statement: ir.If
    setters: tuple[Setter, ...]


class Switchboard:
    """All switches of a tree: who sets them, and what they divert."""

    def __init__(self, evaluator: Evaluator, endpoints: tuple[Endpoint, ...], reach: dict[int, list[Reached]]) -> None:
        self._evaluator = evaluator
        self._setters: dict[Key, list[Setter]] = {}
        for endpoint in endpoints:
            for step in reach.get(id(endpoint), ()):
                for setter in self._set_by(endpoint, step):
                    self._setters.setdefault(setter.key, []).append(setter)
        self.diversions = tuple(
            found for endpoint in endpoints for found in self._diverted(endpoint, reach.get(id(endpoint), []))
        )

    def _set_by(self, endpoint: Endpoint, step: Reached) -> Iterator[Setter]:
        statement = step.statement
        if isinstance(statement, ir.Assign) and statement.value is not None:
            for target in statement.targets:
                key = self._key(step, target)
                if key is not None and (isinstance(target, ir.Attribute) or target_is_global(step, target)):
                    clears = isinstance(statement.value, ir.Constant) and statement.value.value in (None, False)
                    yield Setter(endpoint, step, key, clears)

    def _key(self, step: Reached, node: ir.Expression) -> Key | None:
        if isinstance(node, ir.Name):
            return (step.function.module.name, node.name) if target_is_global(step, node) else None
        if not isinstance(node, ir.Attribute):
            return None
        text = render(node.value)
        if text == "app.state" or text.endswith(".app.state"):
            return ("app.state", node.name)
        if not isinstance(node.value, ir.Name) or not is_module_level(step, node.value.name):
            return None
        owner = value_of(self._evaluator, node.value, step.scope)
        if isinstance(owner, InstanceValue):
            return (f"instance {id(owner)}", node.name)
        return (owner.module.name, node.name) if isinstance(owner, ModuleValue) else None

    def _diverted(self, endpoint: Endpoint, steps: list[Reached]) -> Iterator[Diversion]:
        own = {(key, id(setter.step.function.node)) for key, found in self._setters.items() for setter in found}
        aliases: dict[tuple[int, str], Key] = {}
        for step in steps:
            statement = step.statement
            if isinstance(statement, ir.Assign) and statement.value is not None:
                key = self._read_key(step, statement.value, {})
                for target in statement.targets if key is not None else ():
                    if isinstance(target, ir.Name) and key is not None:
                        aliases[id(step.function.node), target.name] = key
            if isinstance(statement, ir.If):
                for key in self._keys_in(step, statement.test, aliases):
                    setters = tuple(setter for setter in self._setters[key] if not setter.clears)
                    if setters and (key, id(step.function.node)) not in own and diverts(statement):
                        yield Diversion(endpoint, step, key, statement, setters)
                        break

    def _keys_in(self, step: Reached, test: ir.Expression, aliases: dict[tuple[int, str], Key]) -> Iterator[Key]:
        for node in positive(test):
            key = self._read_key(step, node, aliases)
            if key is not None:
                yield key

    def _read_key(self, step: Reached, node: ir.Expression, aliases: dict[tuple[int, str], Key]) -> Key | None:
        if isinstance(node, ir.Name):
            key = aliases.get((id(step.function.node), node.name))
            if key is None and is_module_level(step, node.name):
                key = (step.function.module.name, node.name)
        else:
            key = self._key(step, node)
        return key if key in self._setters else None


def target_is_global(step: Reached, target: ir.Expression) -> bool:
    """Whether an assignment binds a name of the module."""
    return isinstance(target, ir.Name) and target.name in globals_of(step)


def positive(test: ir.Expression) -> Iterator[ir.Expression]:
    """The parts of a test that hold when something is there: not what `not x` or `x is None` looks at."""
    match test:
        case ir.Unary(operator="not"):
            return
        case ir.Compare(comparisons=(("is", ir.Constant(value=None)),)):
            return
        case ir.Boolean():
            yield from positive(test.left)
            yield from positive(test.right)
        case _:
            yield from inside(test)


def diverts(statement: ir.If) -> bool:
    """Whether the branch answers in the handler's stead, with more than the stored value itself or a refusal."""
    for inner, _ in statements_in(statement.body):
        if isinstance(inner, ir.Raise) and (status_of(inner.error) or 0) >= 500:
            return True
        if isinstance(inner, ir.Return) and inner.value is not None:
            is_lookup = isinstance(inner.value, ir.Name | ir.Attribute) or (
                isinstance(inner.value, ir.Constant) and not inner.value.value
            )
            if not is_lookup and not refuses(inner.value):
                return True
        if any(is_pause(node) for expression in expressions_of(inner) for node in inside(expression)):
            return True
    return False


def status_of(node: ir.Expression | None) -> int | None:
    """The HTTP status that an error or a response is made with, where it stands there as a number."""
    call = node.value if isinstance(node, ir.Await) else node
    if not isinstance(call, ir.Call):
        return None
    for argument in call.arguments:
        if argument.keyword in {"status_code", None} and isinstance(argument.value, ir.Constant):
            value = argument.value.value
            if isinstance(value, int) and 100 <= value <= 599:
                return value
        if argument.keyword in {"status_code", None} and isinstance(argument.value, ir.Attribute):
            digits = "".join(letter for letter in argument.value.name if letter.isdigit())
            if len(digits) == 3:
                return int(digits)
    return None


def refuses(node: ir.Expression | None) -> bool:
    """Whether an error or response tells the caller that the request itself was wrong."""
    status = status_of(node)
    return status is not None and 400 <= status < 500


def is_pause(node: ir.Expression) -> bool:
    """Whether an expression makes the caller wait."""
    return isinstance(node, ir.Call) and render(node.function).rpartition(".")[2] == "sleep"
