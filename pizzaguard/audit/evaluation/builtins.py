"""Calls of what the tree does not hold: the standard library's few that matter, the framework's classes, the rest."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pizzaguard.audit.evaluation.iteration import MAX_ITEMS
from pizzaguard.audit.evaluation.strings import from_parts, join_parts, parts_of, text_of
from pizzaguard.audit.evaluation.values import (
    NONE,
    Arguments,
    BuiltinMethod,
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
    force,
    plain,
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
    made = DictValue({key: Item(value) for key, value in arguments.named.items()}, arguments.is_open, evaluator.conditions)
    first = plain(arguments.positional[0]) if arguments.positional else None
    if isinstance(first, DictValue):
        made.entries = {**first.entries, **made.entries}
        made.is_open |= first.is_open
    elif first is not None:
        made.is_open = True
    return made


def _enumerate(evaluator: Evaluator, arguments: Arguments, _: Place) -> Value:
    items, is_open = evaluator.iterate(arguments.positional[0]) if arguments.positional else ([], True)
    pairs = [Item(_pair(Literal(index), item.value), item.conditions) for index, item in enumerate(items)]
    return ListValue(pairs, is_open)


def _pair(*values: Value) -> Value:
    return ListValue([Item(value) for value in values], kind="tuple")


def _zip(evaluator: Evaluator, arguments: Arguments, _: Place) -> Value:
    columns = [evaluator.iterate(value) for value in arguments.positional]
    rows = zip(*(items for items, _ in columns), strict=False)
    return ListValue([Item(_pair(*(item.value for item in row))) for row in rows], any(is_open for _, is_open in columns))


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


# ----------------------------------------------------------------------------------- methods of lists, dicts, text


def call_builtin_method(evaluator: Evaluator, method: BuiltinMethod, arguments: Arguments) -> Value:
    """What a method of a list, dict or string gives; mutations are carried out, with the conditions of the moment."""
    receiver = method.receiver
    if isinstance(receiver, ListValue):
        return _list_method(evaluator, receiver, method.name, arguments)
    if isinstance(receiver, DictValue):
        return _dict_method(evaluator, receiver, method.name, arguments)
    return _text_method(receiver, method.name, arguments)


def _list_method(evaluator: Evaluator, target: ListValue, name: str, arguments: Arguments) -> Value:
    conditions = evaluator.conditions_since(target.born)
    given = arguments.positional
    if len(target.items) > MAX_ITEMS:
        target.is_open = True
        return NONE
    if name in {"append", "add"} and given:
        target.items.append(Item(given[0], conditions))
    elif name == "insert" and len(given) > 1:
        at = plain(given[0])
        index = at.value if isinstance(at, Literal) and isinstance(at.value, int) else len(target.items)
        target.items.insert(index, Item(given[1], conditions))
    elif name in {"extend", "update"} and given:
        items, is_open = evaluator.iterate(given[0])
        target.items.extend(Item(item.value, conditions + item.conditions) for item in items)
        target.is_open |= is_open
    elif name == "copy":
        return ListValue(list(target.items), target.is_open, evaluator.conditions, target.kind)
    elif name == "pop" and target.items:
        return target.items[-1].value
    elif name in {"remove", "clear", "discard"}:
        target.is_open = True
    return NONE


def _dict_method(evaluator: Evaluator, target: DictValue, name: str, arguments: Arguments) -> Value:
    key = plain(arguments.positional[0]) if arguments.positional else None
    known = key.value if isinstance(key, Literal) else key
    if name in {"get", "pop", "setdefault"}:
        if isinstance(key, Literal) and known in target.entries:
            found = target.entries.pop(known) if name == "pop" else target.entries[known]
            return found.value
        default = arguments.positional[1] if len(arguments.positional) > 1 else NONE
        if name == "setdefault" and isinstance(key, Literal):
            target.entries[known] = Item(default)
        return Unknown("dynamic") if target.is_open or not isinstance(key, Literal) else default
    if name == "keys":
        return ListValue([Item(_as_value(entry), item.conditions) for entry, item in target.entries.items()], target.is_open)
    if name == "values":
        return ListValue(list(target.entries.values()), target.is_open)
    if name == "items":
        pairs = [Item(_pair(_as_value(entry), item.value), item.conditions) for entry, item in target.entries.items()]
        return ListValue(pairs, target.is_open)
    if name == "copy":
        return DictValue(dict(target.entries), target.is_open, evaluator.conditions)
    if name == "update":
        _update(evaluator, target, arguments)
        return NONE
    return Unknown("dynamic")


def _update(evaluator: Evaluator, target: DictValue, arguments: Arguments) -> None:
    conditions = evaluator.conditions_since(target.born)
    other = plain(arguments.positional[0]) if arguments.positional else None
    if isinstance(other, DictValue):
        target.entries.update({key: Item(item.value, conditions) for key, item in other.entries.items()})
        target.is_open |= other.is_open
    elif other is not None:
        target.is_open = True
    target.entries.update({key: Item(value, conditions) for key, value in arguments.named.items()})


def _as_value(key: object) -> Value:
    return key if isinstance(key, Value) else Literal(key)  # type: ignore[arg-type]


STRIPS: dict[str, Callable[[str, str | None], str]] = {
    "rstrip": str.rstrip,
    "lstrip": str.lstrip,
    "strip": str.strip,
    "removeprefix": lambda text, given: text.removeprefix(given or ""),
    "removesuffix": lambda text, given: text.removesuffix(given or ""),
}


def _text_method(receiver: Value, name: str, arguments: Arguments) -> Value:
    text = text_of(receiver)
    first = arguments.positional[0] if arguments.positional else None
    if text is None:
        # `f"{prefix}/x".rstrip("/")` keeps its shape: the known parts stay known.
        return receiver if name in STRIPS else Unknown("dynamic")
    if name in STRIPS:
        return Literal(STRIPS[name](text, text_of(first)))
    if name in {"lower", "upper", "title", "capitalize"}:
        return Literal(getattr(text, name)())
    if name == "replace" and len(arguments.positional) > 1:
        old, new = text_of(first), text_of(arguments.positional[1])
        return Literal(text.replace(old, new)) if old and new is not None else Unknown("dynamic")
    if name == "format":
        return _formatted(text, arguments)
    if name == "join" and isinstance(held := plain(first) if first is not None else None, ListValue) and not held.is_open:
        parts: list[str | Unknown] = []
        for index, item in enumerate(held.items):
            parts.extend(([text] if index and text else []) + list(parts_of(item.value)))
        return from_parts(parts)
    if name == "split":
        pieces = text.split(text_of(first))
        return ListValue([Item(Literal(piece)) for piece in pieces[:200]])
    if name in {"startswith", "endswith"} and text_of(first) is not None:
        return Literal(getattr(text, name)(text_of(first)))
    return Unknown("dynamic")


def _formatted(text: str, arguments: Arguments) -> Value:
    parts: list[str | Unknown] = []
    rest, position = text, 0
    while "{" in rest:
        before, _, after = rest.partition("{")
        field, closed, rest = after.partition("}")
        if not closed:
            return Unknown("dynamic")
        given = arguments.get(field) if field else arguments.get("", position)
        position += not field
        parts.append(before)
        parts.extend(parts_of(given) if given is not None else (Unknown("dynamic", field),))
    return from_parts([*parts, rest])


