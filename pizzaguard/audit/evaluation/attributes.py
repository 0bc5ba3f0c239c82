"""`value.name`: where an attribute is found, class by class and module by module."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pizzaguard.audit.evaluation import classes
from pizzaguard.audit.evaluation.choices import choose, force
from pizzaguard.audit.evaluation.values import (
    BoundMethod,
    BuiltinMethod,
    Choice,
    ClassValue,
    DictValue,
    External,
    FrameworkMethod,
    FunctionValue,
    InstanceValue,
    Item,
    ListValue,
    Literal,
    ModuleValue,
    Partial,
    Product,
    Setting,
    SuperValue,
    Text,
    Unknown,
    Value,
)
from pizzaguard.audit.frameworks.known import attribute_of_instance

if TYPE_CHECKING:
    from pizzaguard.audit.evaluation.evaluator import Evaluator


def attribute(evaluator: Evaluator, value: Value, name: str) -> Value:
    """What `value.name` stands for; `Unknown` where the text does not tell."""
    value = force(value)
    match value:
        case InstanceValue():
            return _of_instance(evaluator, value, name)
        case ModuleValue():
            return evaluator.member(value.module, name)
        case External():
            return evaluator.external(f"{value.name}.{name}")
        case ClassValue():
            return _of_class(evaluator, value, name)
        case SuperValue():
            return _of_super(evaluator, value, name)
        case Choice():
            return choose(
                [Item(attribute(evaluator, option.value, name), option.conditions) for option in value.options]
            )
        case Setting():
            inner = attribute(evaluator, value.default, name)
            return inner if isinstance(inner, BuiltinMethod) else Setting(f"{value.name}.{name}", inner)
        case ListValue() | DictValue() | Text() | Literal(value=str()):
            return BuiltinMethod(value, name)
        case FrameworkMethod():
            return FrameworkMethod(value, name)
        case Product():
            return External(f"{value.function.name}().{name}")
        case FunctionValue():
            return _of_function(value, name)
        case BoundMethod(function=function):
            return _of_function(function, name)
        case Partial() if name == "func":
            return value.function
        case Unknown():
            return Unknown(value.reason, f"{value.text}.{name}" if value.text != "?" else "?")
    return Unknown("dynamic")


def _of_function(function: FunctionValue, name: str) -> Value:
    if name in {"__name__", "__qualname__"}:
        return Literal(function.qualname.rpartition(".")[2] if name == "__name__" else function.qualname)
    if name == "__wrapped__" and function.wraps is not None:
        return function.wraps
    return Unknown("attribute of a function")


def _of_instance(evaluator: Evaluator, instance: InstanceValue, name: str) -> Value:
    if name in instance.attributes:
        return instance.attributes[name]
    if name == "__class__":
        return instance.cls
    if isinstance(instance.cls, ClassValue):
        found = classes.find(evaluator, instance.cls, name)
        if found is not None and not (name == "__init__" and isinstance(found, External)):
            return _bound(evaluator, found, instance, name)
        if instance.pending is not None:
            start, instance.pending = instance.pending, None
            start()
            if name in instance.attributes:
                return instance.attributes[name]
        declared = classes.declared(evaluator, instance.cls, name)
        if declared is not None:
            return declared
    given = attribute_of_instance(evaluator, instance, name)
    if given is not None:
        return given
    owner = instance.cls.name if isinstance(instance.cls, External) else instance.cls.qualname
    return Unknown("dynamic", f"{owner}.{name}")


def _bound(evaluator: Evaluator, found: Value, instance: InstanceValue, name: str) -> Value:
    found = force(found)
    if isinstance(found, FunctionValue):
        if found.kind == "property":
            return evaluator.call(found, [instance])
        if found.kind == "static":
            return found
        return BoundMethod(found, instance if found.kind == "function" else instance.cls)
    assert isinstance(instance.cls, ClassValue)
    if (instance.is_assumed and not isinstance(found, ClassValue)) or classes.derives_from(
        evaluator, instance.cls, "BaseSettings"
    ):
        return Setting(f"{instance.cls.qualname}.{name}", found)
    if instance.pending is not None:
        # The constructor may set what the class only gives a default for.
        start, instance.pending = instance.pending, None
        start()
        return instance.attributes.get(name, found)
    return found


def _of_class(evaluator: Evaluator, cls: ClassValue, name: str) -> Value:
    if name in {"__name__", "__qualname__"}:
        return Literal(cls.name if name == "__name__" else cls.qualname)
    found = classes.find(evaluator, cls, name)
    if found is None:
        return Unknown("dynamic", f"{cls.qualname}.{name}")
    found = force(found)
    if isinstance(found, FunctionValue) and found.kind == "class":
        return BoundMethod(found, cls)
    if isinstance(found, Literal | Text) and classes.is_enum(evaluator, cls):
        return InstanceValue(cls, {"value": found, "name": Literal(name)})
    return found


def _of_super(evaluator: Evaluator, value: SuperValue, name: str) -> Value:
    receiver = force(value.receiver)
    cls = receiver.cls if isinstance(receiver, InstanceValue) else receiver
    if isinstance(cls, ClassValue):
        found = classes.find(evaluator, cls, name, after=value.owner)
        if isinstance(found, FunctionValue):
            return found if found.kind == "static" else BoundMethod(found, receiver)
        if found is not None and not isinstance(found, External):
            return found
    if isinstance(receiver, InstanceValue):
        if receiver.record is not None or name != "__init__":
            given = attribute_of_instance(evaluator, receiver, name)
            if given is not None:
                return given
        return FrameworkMethod(receiver, name)
    return Unknown("dynamic", f"super().{name}")
