"""The names that reports use: `module:qualname` of the definition, whatever alias or decorator led to it."""

from __future__ import annotations

from pizzaguard.audit.evaluation.choices import force, options_of, plain
from pizzaguard.audit.evaluation.values import (
    BoundMethod,
    ClassValue,
    DecoratorValue,
    External,
    FunctionValue,
    InstanceValue,
    ModuleValue,
    Partial,
    Place,
    Product,
    Value,
)

MAX_WRAPPERS = 20


def definition_of(value: Value) -> Value:
    """The function that a reader would open: wrappers, partials and decorators looked through."""
    value = plain(options_of(plain(value))[0].value)
    for _ in range(MAX_WRAPPERS):
        if isinstance(value, FunctionValue) and value.wraps is not None:
            value = plain(options_of(value.wraps)[0].value)
        elif isinstance(value, Partial):
            value = plain(value.function)
        elif isinstance(value, Product) and (inner := _wrapped_by(value)) is not None:
            value = inner
        elif isinstance(value, BoundMethod) and value.function.wraps is not None:
            value = plain(value.function.wraps)
        else:
            break
    return value


def _wrapped_by(product: Product) -> Value | None:
    """The one function among the arguments of something external that was called with it."""
    functions = [
        argument
        for argument in map(force, product.arguments.all())
        if isinstance(argument, FunctionValue | BoundMethod)
    ]
    return functions[0] if len(functions) == 1 else None


def name_of(value: Value) -> str | None:
    """`module:qualname` of a callable's definition; None when the text does not tell."""
    value = definition_of(value)
    match value:
        case FunctionValue():
            return f"{value.module.name}:{value.qualname}"
        case BoundMethod():
            return f"{value.function.module.name}:{value.function.qualname}"
        case ClassValue():
            return value.identity
        case InstanceValue(cls=ClassValue() as cls):
            return f"{cls.identity}()"
        case InstanceValue(cls=External() as cls):
            return f"{outside(cls)}()"
        case Product():
            return f"{outside(value.function)}()"
        case External():
            return outside(value)
        case ModuleValue():
            return value.module.name
        case DecoratorValue():
            return None
    return None


def outside(value: External) -> str:
    """`package.module:name` of something outside the tree."""
    module, _, name = value.name.removesuffix("()").rpartition(".")
    return f"{module}:{name}" if module else name


def place_of(value: Value) -> Place | None:
    """Where the definition stands; None for what is outside the tree."""
    value = definition_of(value)
    match value:
        case FunctionValue():
            return value.place
        case BoundMethod():
            return value.function.place
        case ClassValue() | InstanceValue(cls=ClassValue()):
            cls = value if isinstance(value, ClassValue) else value.cls
            assert isinstance(cls, ClassValue)
            return Place(cls.module.path, cls.base_line + (cls.node.line if cls.node is not None else 0))
    return None
