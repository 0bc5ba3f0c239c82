"""Classes of the tree: their bases in order, what their bodies hold, and how an instance is made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pizzaguard.audit.evaluation.arguments import Arguments
from pizzaguard.audit.evaluation.choices import force
from pizzaguard.audit.evaluation.render import render
from pizzaguard.audit.evaluation.scope import Scope
from pizzaguard.audit.evaluation.values import (
    BoundMethod,
    ClassValue,
    External,
    FunctionValue,
    InstanceValue,
    Place,
    Value,
)
from pizzaguard.audit.frameworks.known import construct_framework, framework_class
from pizzaguard.audit.source import ir

if TYPE_CHECKING:
    from pizzaguard.audit.evaluation.evaluator import Evaluator

MAX_BASES = 40
"""Classes visited in one search, so that a class that names itself as its base ends it."""


def node_of(cls: ClassValue) -> ir.Class | None:
    """The definition, read on first use."""
    if cls.node is None:
        cls.node = cls.load()
    return cls.node


def bases_of(evaluator: Evaluator, cls: ClassValue) -> tuple[Value, ...]:
    """The values of the bases, in order; keywords such as `metaclass=` left out."""
    if cls.bases is None:
        cls.bases = ()
        node = (cls.head() if cls.node is None and cls.head is not None else None) or node_of(cls)
        if node is not None:
            cls.bases = tuple(
                force(evaluator.evaluate(base.value, cls.scope)) for base in node.bases if base.keyword is None
            )
    return cls.bases


def ancestry(evaluator: Evaluator, cls: ClassValue) -> Iterator[Value]:
    """The class, then its bases, each once, nearest first (depth first: enough to find an attribute)."""
    waiting: list[Value] = [cls]
    seen: set[int] = set()
    while waiting and len(seen) < MAX_BASES:
        current = waiting.pop(0)
        if id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        if isinstance(current, ClassValue):
            waiting = [*bases_of(evaluator, current), *waiting]


def namespace_of(evaluator: Evaluator, cls: ClassValue) -> dict[str, Value]:
    """What the class body binds; the body is followed on first use."""
    if cls.namespace is None:
        cls.namespace = {}
        node = node_of(cls)
        if node is not None:
            scope = Scope(cls.module, cls.base_line, cls.scope, cls.namespace)
            scope.is_class = True
            scope.owner = cls
            scope.function = cls.scope.function
            evaluator.execute(node.body, scope)
    return cls.namespace


def find(evaluator: Evaluator, cls: ClassValue, name: str, after: ClassValue | None = None) -> Value | None:
    """The attribute as Python would find it on the class; with `after`, what `super()` in that class would find."""
    passed = after is None
    for ancestor in ancestry(evaluator, cls):
        if not passed:
            passed = ancestor is after
        elif isinstance(ancestor, ClassValue):
            namespace = namespace_of(evaluator, ancestor)
            if name in namespace:
                return force(namespace[name])
    return None


def declared(evaluator: Evaluator, cls: ClassValue, name: str) -> Value | None:
    """An instance of the class that annotates a field without a default; None where none does."""
    from pizzaguard.audit.evaluation.calls import assumed  # noqa: PLC0415 - calls construct classes

    for ancestor in ancestry(evaluator, cls):
        node = node_of(ancestor) if isinstance(ancestor, ClassValue) else None
        for statement in node.body if node is not None else ():
            if isinstance(statement, ir.Assign) and statement.annotation is not None:
                target = statement.targets[0]
                if isinstance(target, ir.Name) and target.name == name and isinstance(ancestor, ClassValue):
                    scope = Scope(ancestor.module, ancestor.base_line, ancestor.scope)
                    return assumed(evaluator, statement.annotation, scope)
    return None


def is_enum(evaluator: Evaluator, cls: ClassValue) -> bool:
    """Whether the class derives from one of the standard library's enums."""
    return any(
        isinstance(base, External) and base.last in {"Enum", "StrEnum", "IntEnum", "Flag"}
        for base in ancestry(evaluator, cls)
    )


def derives_from(evaluator: Evaluator, cls: ClassValue, *names: str) -> bool:
    """Whether a base outside the tree has one of these last names."""
    return any(isinstance(base, External) and base.last in names for base in ancestry(evaluator, cls))


def is_plain_data_class(evaluator: Evaluator, cls: ClassValue) -> bool:
    """Whether the constructor does nothing but fill the annotated fields: dataclasses, models, named tuples."""
    if derives_from(evaluator, cls, "BaseModel", "BaseSettings", "NamedTuple", "Struct", "SQLModel"):
        return True
    node = node_of(cls)
    return node is not None and any("dataclass" in render(decorator) for decorator in node.decorators)


def construct(evaluator: Evaluator, cls: ClassValue, arguments: Arguments, place: Place) -> Value:
    """An instance; its `__init__` is followed at once when it can matter to routes, else when first asked."""
    instance = InstanceValue(cls, place=place, arguments=arguments)
    if evaluator.is_reading:
        return instance
    framework = next((base for base in ancestry(evaluator, cls) if framework_class(base)), None)
    if isinstance(framework, External):
        return _construct_from(evaluator, instance, framework, arguments)
    initializer = find(evaluator, cls, "__init__")
    if not isinstance(initializer, FunctionValue):
        if is_plain_data_class(evaluator, cls):
            _fill_fields(instance, arguments)
        return instance

    conditions = evaluator.conditions

    def start() -> None:
        with evaluator.during(conditions):
            evaluator.invoke(initializer, arguments, instance)

    if evaluator.matters(initializer, arguments):
        start()
    else:
        instance.pending = start
    return instance


def _construct_from(evaluator: Evaluator, instance: InstanceValue, framework: External, arguments: Arguments) -> Value:
    """An instance of a subclass of a framework's class: its own `__init__` decides what reaches the framework's."""
    cls = instance.cls
    assert isinstance(cls, ClassValue)
    assert instance.place is not None
    initializer = find(evaluator, cls, "__init__")
    own = isinstance(initializer, FunctionValue)
    given = Arguments() if own else arguments
    made = construct_framework(evaluator, framework, given, instance.place, instance)
    if own:
        assert isinstance(initializer, FunctionValue)
        evaluator.invoke(initializer, arguments, instance)
    return made


def _fill_fields(instance: InstanceValue, arguments: Arguments) -> None:
    cls = instance.cls
    assert isinstance(cls, ClassValue)
    node = node_of(cls)
    fields = [
        target.name
        for statement in (node.body if node is not None else ())
        if isinstance(statement, ir.Assign) and statement.annotation is not None
        for target in statement.targets
        if isinstance(target, ir.Name)
    ]
    instance.attributes.update(zip(fields, arguments.positional, strict=False))
    instance.attributes.update(arguments.named)


def method(evaluator: Evaluator, value: Value, name: str) -> BoundMethod | None:
    """The method of an instance of a class of the tree, bound; None where it has none."""
    value = force(value)
    if isinstance(value, InstanceValue) and isinstance(value.cls, ClassValue):
        found = find(evaluator, value.cls, name)
        if isinstance(found, FunctionValue):
            return BoundMethod(found, value)
    return None
