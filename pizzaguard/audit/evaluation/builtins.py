"""Calls of what the tree does not hold: the standard library's few that matter, the framework's classes, the rest."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pizzaguard.audit.evaluation.arguments import Arguments
from pizzaguard.audit.evaluation.builtin_methods import pair
from pizzaguard.audit.evaluation.choices import force, plain
from pizzaguard.audit.evaluation.strings import join_parts, text_of
from pizzaguard.audit.evaluation.values import (
    NONE,
    DependsValue,
    DictValue,
    External,
    FunctionValue,
    InstanceValue,
    Item,
    ListValue,
    Literal,
    Partial,
    Place,
    Product,
    Setting,
    Unknown,
    Value,
)
from pizzaguard.audit.frameworks.known import ROUTES, construct_framework, framework_class

if TYPE_CHECKING:
    from pizzaguard.audit.evaluation.evaluator import Evaluator

KEEPS_FUNCTION = frozenset(
    {
        "asynccontextmanager", "contextmanager", "lru_cache", "cache", "cached", "staticmethod", "classmethod",
        "property", "abstractmethod", "override", "overload", "final", "dataclass", "deprecated", "total_ordering",
    }
)  # fmt: skip
PASSES_FIRST = frozenset({"cast", "copy", "deepcopy", "run", "ensure_future", "create_task", "gather", "wait_for"})


def call_external(evaluator: Evaluator, callee: External, arguments: Arguments, place: Place) -> Value:
    """What calling something outside the tree gives, as far as its name tells."""
    if framework_class(callee) and not evaluator.is_reading:
        return construct_framework(evaluator, callee, arguments, place)
    last = callee.last
    if last in {"Depends", "Security"}:
        return _depends(evaluator, last, arguments)
    if last in ROUTES or last == "Middleware":
        return InstanceValue(callee, place=place, arguments=arguments)
    if last in KEEPS_FUNCTION and len(arguments.positional) == 1:
        return _kept(last, arguments.positional[0])
    known = _KNOWN.get(callee.name) or _KNOWN.get(f"*.{last}")
    if known is not None:
        return known(evaluator, arguments, place)
    if callee.top == "builtins" and last in _BUILTINS:
        return _BUILTINS[last](evaluator, arguments, place)
    evaluator.note_unseen_call(callee, arguments, place)
    return Product(callee, arguments, place)


def _kept(last: str, value: Value) -> Value:
    value = force(value)
    if isinstance(value, FunctionValue) and last in {"staticmethod", "classmethod", "property"}:
        value.kind = {"staticmethod": "static", "classmethod": "class"}.get(last, "property")
    return value


def _depends(evaluator: Evaluator, last: str, arguments: Arguments) -> Value:
    scopes = arguments.get("scopes", 1 if last == "Security" else None)
    tokens = evaluator.iterate(scopes)[0] if scopes is not None and plain(scopes) != NONE else []
    named = tuple(token for item in tokens if (token := text_of(item.value)) is not None)
    dependency = arguments.get("dependency", 0)
    if dependency is not None and plain(dependency) == NONE:
        dependency = None
    return DependsValue(dependency, named, last == "Security")


def _partial(_: Evaluator, arguments: Arguments, __: Place) -> Value:
    if not arguments.positional:
        return Unknown("dynamic")
    function, *rest = arguments.positional
    return Partial(force(function), Arguments(rest, arguments.named, arguments.is_open))


def _environment(_: Evaluator, arguments: Arguments, __: Place) -> Value:
    name = text_of(arguments.get("key", 0)) or "?"
    default = arguments.get("default", 1)
    return Setting(f"${name}", default if default is not None else NONE)


def _field(_: Evaluator, arguments: Arguments, __: Place) -> Value:
    """`Field(default)`, `field(default_factory=list)`: what the instance has when nothing is given."""
    default = arguments.get("default", 0)
    return default if default is not None else Unknown("field without a default")


def _import_module(evaluator: Evaluator, arguments: Arguments, _: Place) -> Value:
    name = text_of(arguments.get("name", 0))
    if name is None:
        return Unknown("dynamic")
    package = text_of(arguments.get("package", 1)) or ""
    level = len(name) - len(name.lstrip("."))
    if level:
        base = package.split(".")
        name = ".".join([*base[: len(base) - level + 1], name.lstrip(".")]).strip(".")
    return evaluator.import_absolute(name)


_KNOWN: dict[str, Callable[[Evaluator, Arguments, Place], Value]] = {
    "*.partial": _partial,
    "*.Field": _field,
    "*.field": _field,
    "*.getenv": _environment,
    "os.environ.get": _environment,
    "importlib.import_module": _import_module,
}


# ------------------------------------------------------------------------------------------- builtin functions


def _sequence(kind: str) -> Callable[[Evaluator, Arguments, Place], Value]:
    def make(evaluator: Evaluator, arguments: Arguments, _: Place) -> Value:
        if not arguments.positional:
            return ListValue(born=evaluator.conditions, kind=kind)
        items, is_open = evaluator.iterate(arguments.positional[0])
        return ListValue(list(items), is_open, evaluator.conditions, kind)

    return make


def _dict(evaluator: Evaluator, arguments: Arguments, _: Place) -> Value:
    made = DictValue(
        {key: Item(value) for key, value in arguments.named.items()}, arguments.is_open, evaluator.conditions
    )
    first = plain(arguments.positional[0]) if arguments.positional else None
    if isinstance(first, DictValue):
        made.entries = {**first.entries, **made.entries}
        made.is_open |= first.is_open
    elif first is not None:
        made.is_open = True
    return made


def _enumerate(evaluator: Evaluator, arguments: Arguments, _: Place) -> Value:
    items, is_open = evaluator.iterate(arguments.positional[0]) if arguments.positional else ([], True)
    pairs = [Item(pair(Literal(index), item.value), item.conditions) for index, item in enumerate(items)]
    return ListValue(pairs, is_open)


def _zip(evaluator: Evaluator, arguments: Arguments, _: Place) -> Value:
    columns = [evaluator.iterate(value) for value in arguments.positional]
    rows = zip(*(items for items, _ in columns), strict=False)
    return ListValue(
        [Item(pair(*(item.value for item in row))) for row in rows], any(is_open for _, is_open in columns)
    )


def _reversed(evaluator: Evaluator, arguments: Arguments, _: Place) -> Value:
    items, is_open = evaluator.iterate(arguments.positional[0]) if arguments.positional else ([], True)
    return ListValue(items[::-1], is_open)


def _range(_: Evaluator, arguments: Arguments, __: Place) -> Value:
    bounds = [plain(value) for value in arguments.positional]
    numbers = [bound.value for bound in bounds if isinstance(bound, Literal) and isinstance(bound.value, int)]
    if len(numbers) != len(bounds) or not 0 < len(numbers) <= 3 or (len(numbers) == 3 and numbers[2] == 0):
        return ListValue(is_open=True)
    span = range(*numbers)
    return ListValue([Item(Literal(number)) for number in span[:1000]], len(span) > 1000)


def _getattr(evaluator: Evaluator, arguments: Arguments, _: Place) -> Value:
    name = text_of(arguments.get("name", 1))
    if name is None or not arguments.positional:
        return Unknown("dynamic")
    found = force(evaluator.attribute(arguments.positional[0], name))
    if isinstance(found, Unknown) and len(arguments.positional) > 2:
        return Setting(name, arguments.positional[2])
    return found


def _setattr(evaluator: Evaluator, arguments: Arguments, _: Place) -> Value:
    name = text_of(arguments.get("name", 1))
    if name is not None and len(arguments.positional) > 2:
        evaluator.set_attribute(arguments.positional[0], name, arguments.positional[2])
    return NONE


def _str(_: Evaluator, arguments: Arguments, __: Place) -> Value:
    return join_parts(arguments.positional[:1])


def _bool(_: Evaluator, arguments: Arguments, __: Place) -> Value:
    return arguments.positional[0] if arguments.positional else Literal(value=False)


def _next(evaluator: Evaluator, arguments: Arguments, _: Place) -> Value:
    items, _is_open = evaluator.iterate(arguments.positional[0]) if arguments.positional else ([], True)
    return items[0].value if items else Unknown("dynamic")


def _map(evaluator: Evaluator, arguments: Arguments, place: Place) -> Value:
    if len(arguments.positional) < 2:
        return Unknown("dynamic")
    items, is_open = evaluator.iterate(arguments.positional[1])
    function = arguments.positional[0]
    made = [Item(evaluator.call(function, [item.value], place=place), item.conditions) for item in items]
    return ListValue(made, is_open)


def _type(_: Evaluator, arguments: Arguments, __: Place) -> Value:
    value = force(arguments.positional[0]) if len(arguments.positional) == 1 else None
    return value.cls if isinstance(value, InstanceValue) else Unknown("dynamic")


_BUILTINS: dict[str, Callable[[Evaluator, Arguments, Place], Value]] = {
    "list": _sequence("list"),
    "tuple": _sequence("tuple"),
    "set": _sequence("set"),
    "frozenset": _sequence("set"),
    "sorted": _sequence("list"),
    "iter": _sequence("list"),
    "dict": _dict,
    "enumerate": _enumerate,
    "zip": _zip,
    "reversed": _reversed,
    "range": _range,
    "getattr": _getattr,
    "setattr": _setattr,
    "str": _str,
    "bool": _bool,
    "next": _next,
    "map": _map,
    "type": _type,
}
