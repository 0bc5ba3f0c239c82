"""What FastAPI would solve before a handler runs: the dependency tree of a callable, as `get_dependant` builds it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pizzaguard.audit.evaluation import classes
from pizzaguard.audit.evaluation.choices import force, options_of, plain
from pizzaguard.audit.evaluation.scope import Scope
from pizzaguard.audit.evaluation.values import (
    AnnotatedValue,
    BoundMethod,
    ClassValue,
    Conditions,
    DependsValue,
    FunctionValue,
    InstanceValue,
    Literal,
    Partial,
    Unknown,
    Value,
)
from pizzaguard.audit.source import ir
from pizzaguard.audit.surface.naming import name_of

if TYPE_CHECKING:
    from pizzaguard.audit.evaluation.evaluator import Evaluator

MAX_DEPTH = 30


@dataclass(frozen=True, slots=True, eq=False)
class Dependency:
    """One callable that the framework solves, with what it needs in turn."""

    name: str | None
    """None when the text does not tell which callable it is."""
    value: Value
    scopes: tuple[str, ...]
    conditions: Conditions
    children: tuple[Dependency, ...]

    def flattened(self, conditions: Conditions = ()) -> Iterator[tuple[Dependency, Conditions, tuple[str, ...]]]:
        """Itself and all below it, each with the conditions and scopes that its parents add."""
        here = conditions + self.conditions
        yield self, here, self.scopes
        for child in self.children:
            for inner, below, scopes in child.flattened(here):
                yield inner, below, self.scopes + scopes


class DependencyResolver:
    """Builds dependency trees; each callable is read once."""

    def __init__(self, evaluator: Evaluator) -> None:
        self._evaluator = evaluator
        self._children: dict[int, tuple[Dependency, ...]] = {}
        self._open: set[int] = set()
        self._kept: list[Value] = []

    def of_use(
        self, use: Value, annotation: Value | None = None, conditions: Conditions = (), depth: int = 0
    ) -> list[Dependency]:
        """The dependencies that a `Depends(…)` stands for: one, or one for each alternative."""
        use = force(use)
        if not isinstance(use, DependsValue):
            return []
        target = use.dependency if use.dependency is not None else annotation
        if target is None:
            return []
        found = []
        for option in options_of(plain(target)):
            value = plain(option.value)
            if isinstance(value, AnnotatedValue):
                value = plain(value.base)
            if value == Literal(None):
                continue
            found.append(
                Dependency(
                    name_of(value), value, use.scopes, conditions + option.conditions, self.of_callable(value, depth)
                )
            )
        return found

    def of_callable(self, value: Value, depth: int = 0) -> tuple[Dependency, ...]:
        """The dependencies of a callable's own parameters."""
        value = plain(value)
        key = id(value)
        if key in self._children:
            return self._children[key]
        if key in self._open or depth > MAX_DEPTH:
            return ()
        self._open.add(key)
        self._kept.append(value)  # its id must not be reused while it is a key
        children = tuple(self._read(value, depth))
        self._open.discard(key)
        self._children[key] = children
        return children

    def _read(self, value: Value, depth: int) -> Iterator[Dependency]:
        for annotation, default in self.parameters(value):
            yield from self._of_parameter(annotation, default, depth)

    def _of_parameter(self, annotation: Value | None, default: Value | None, depth: int) -> Iterator[Dependency]:
        base: Value | None = annotation
        for option in options_of(annotation) if annotation is not None else ():
            known = plain(option.value)
            if isinstance(known, AnnotatedValue):
                base = known.base
                markers = [mark for mark in map(force, known.metadata) if isinstance(mark, DependsValue)]
                for marker in markers[-1:]:
                    yield from self.of_use(marker, base, option.conditions, depth + 1)
        for option in options_of(default) if default is not None else ():
            if isinstance(force(option.value), DependsValue):
                yield from self.of_use(option.value, base, option.conditions, depth + 1)

    def parameters(self, value: Value) -> Iterator[tuple[Value | None, Value | None]]:
        """(annotation, default) of each parameter that the framework would see."""
        function, skip = self._signature(value)
        if function is None:
            if isinstance(value, ClassValue):
                yield from self._fields(value)
            return
        given: set[str] = set()
        if isinstance(value, Partial):
            given = set(value.arguments.named)
            skip += len(value.arguments.positional)
        for parameter in function.node.parameters[skip:]:
            if parameter.kind in {"*", "**"} or parameter.name in given:
                continue
            yield self._annotation(parameter.annotation, function.scope), self._default(function, parameter)

    def _signature(self, value: Value, depth: int = 0) -> tuple[FunctionValue | None, int]:
        """The function whose parameters count, and how many of them are already bound."""
        if depth > MAX_DEPTH:
            return None, 0
        match value:
            case FunctionValue(wraps=Value() as inner, keeps_signature=True):
                return self._signature(plain(options_of(inner)[0].value), depth + 1)
            case FunctionValue():
                return value, 0
            case BoundMethod():
                function, _ = self._signature(value.function, depth + 1)
                return function, 0 if value.function.kind == "static" else 1
            case Partial():
                return self._signature(plain(value.function), depth + 1)
            case InstanceValue():
                bound = classes.method(self._evaluator, value, "__call__")
                return (None, 0) if bound is None else self._signature(bound, depth + 1)
            case ClassValue():
                initializer = classes.find(self._evaluator, value, "__init__")
                return (initializer, 1) if isinstance(initializer, FunctionValue) else (None, 0)
        return None, 0

    def _fields(self, cls: ClassValue) -> Iterator[tuple[Value | None, Value | None]]:
        """The fields of a dataclass or model: its generated `__init__` takes them as parameters."""
        if not classes.is_plain_data_class(self._evaluator, cls):
            return
        for ancestor in classes.ancestry(self._evaluator, cls):
            if not isinstance(ancestor, ClassValue):
                continue
            node = classes.node_of(ancestor)
            for statement in node.body if node is not None else ():
                if isinstance(statement, ir.Assign) and statement.annotation is not None:
                    scope = Scope(ancestor.module, ancestor.base_line, ancestor.scope)
                    default = None if statement.value is None else self._evaluator.evaluate(statement.value, scope)
                    yield self._annotation(statement.annotation, scope), default

    def _annotation(self, node: ir.Expression | None, scope: Scope) -> Value | None:
        if node is None:
            return None
        value = self._evaluator.evaluate(node, scope)
        if isinstance(value, Literal) and isinstance(value.value, str):
            facts = self._evaluator.modules.facts.of(value.value)
            first = facts.statements[0] if facts.statements else None
            return self._evaluator.evaluate(first.value, scope) if isinstance(first, ir.Evaluate) else None
        return value

    def _default(self, function: FunctionValue, parameter: ir.Parameter) -> Value | None:
        if function.defaults is not None and parameter.name in function.defaults:
            return function.defaults[parameter.name]
        return None if parameter.default is None else self._evaluator.evaluate(parameter.default, function.scope)


def is_unresolved(dependency: Dependency) -> bool:
    """Whether the text does not tell which callable this is."""
    return dependency.name is None and isinstance(dependency.value, Unknown)
