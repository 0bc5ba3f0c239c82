"""How decorators and `add_…` methods write routes into a record."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pizzaguard.audit.evaluation import classes
from pizzaguard.audit.evaluation.arguments import Arguments
from pizzaguard.audit.evaluation.choices import plain
from pizzaguard.audit.evaluation.strings import text_of
from pizzaguard.audit.evaluation.values import (
    NONE,
    DecoratorValue,
    InstanceValue,
    Item,
    ListValue,
    Literal,
    Place,
    Unknown,
    Value,
)
from pizzaguard.audit.frameworks.records import (
    RouteEntry,
)

if TYPE_CHECKING:
    from pizzaguard.audit.evaluation.evaluator import Evaluator

ANY_METHOD = ("*",)


def register_verb(evaluator: Evaluator, receiver: InstanceValue, verb: str, arguments: Arguments) -> Value:
    """`router.get(path, …)`: FastAPI's own goes through `api_route`, which a subclass may have redefined."""
    methods = ListValue([Item(Literal(verb.upper()))])
    own = classes.method(evaluator, receiver, "api_route")
    if own is not None:
        given = Arguments(list(arguments.positional), {**arguments.named, "methods": methods}, arguments.is_open)
        return evaluator.call(own, given.positional, given.named)
    return _decorator(evaluator, receiver, arguments, (verb.upper(),), "http")


def _decorator(
    evaluator: Evaluator, receiver: InstanceValue, arguments: Arguments, methods: tuple[str, ...] | None, kind: str
) -> Value:
    """The decorator that registers what it is put on, through the receiver's own `add_api_route` if it has one."""
    path = arguments.get("path", 0) or Unknown("no path")
    adder = "add_api_route" if kind == "http" else "add_api_websocket_route"

    def apply(handler: Value, place: Place) -> Value:
        own = classes.method(evaluator, receiver, adder)
        if own is None:
            register(evaluator, receiver, path, handler, arguments, methods, kind, place)
            return handler
        named = {key: value for key, value in arguments.named.items() if key != "path"}
        if methods is not None:
            named["methods"] = ListValue([Item(Literal(method)) for method in methods])
        evaluator.call_at(own, Arguments([path, handler], named, arguments.is_open), place)
        return handler

    return DecoratorValue(apply)


def register(
    evaluator: Evaluator,
    receiver: InstanceValue,
    path: Value,
    handler: Value,
    arguments: Arguments,
    methods: tuple[str, ...] | None,
    kind: str,
    place: Place,
) -> None:
    """Write one route into the record, at the place where a reader would look for the registration."""
    record = receiver.record
    assert record is not None
    if methods is None:
        methods = methods_of(evaluator, arguments.get("methods"))
    record.entries.append(
        RouteEntry(
            path,
            methods,
            handler,
            arguments.get("dependencies"),
            kind,
            evaluator.registration_place(receiver, place),
            evaluator.conditions_since(record.born),
            arguments.get("route_class_override") or record.route_class,
            evaluator.is_late,
        )
    )


def methods_of(evaluator: Evaluator, given: Value | None, default: tuple[str, ...] = ("GET",)) -> tuple[str, ...]:
    """The HTTP methods in an argument, upper case; `default` when there is none, `*` for what is not known."""
    if given is None or plain(given) == NONE:
        return default
    single = text_of(given)
    if single is not None:
        return (single.upper(),)
    items, is_open = evaluator.iterate(given)
    known = tuple(method.upper() for item in items if (method := text_of(item.value)) is not None)
    return known if known and not is_open else known or ANY_METHOD


def api_route(evaluator: Evaluator, receiver: InstanceValue, arguments: Arguments, _: Place) -> Value:
    """`@router.api_route(path, methods=…)`."""
    return _decorator(evaluator, receiver, arguments, methods_of(evaluator, arguments.get("methods")), "http")


def plain_route(evaluator: Evaluator, receiver: InstanceValue, arguments: Arguments, _: Place) -> Value:
    """`@app.route(path, methods=…)`, of Starlette: it takes no dependencies."""
    path = arguments.get("path", 0) or Unknown("no path")
    methods = methods_of(evaluator, arguments.get("methods", 1))

    def apply(handler: Value, place: Place) -> Value:
        register(evaluator, receiver, path, handler, Arguments(), methods, "http", place)
        return handler

    return DecoratorValue(apply)


def websocket(evaluator: Evaluator, receiver: InstanceValue, arguments: Arguments, _: Place) -> Value:
    """`@router.websocket(path)`."""
    return _decorator(evaluator, receiver, arguments, None, "websocket")


def adder(kind: str, default: tuple[str, ...] | None = None) -> Callable[..., Value]:
    """Make the action of an `add_…` method."""

    def add(evaluator: Evaluator, receiver: InstanceValue, arguments: Arguments, place: Place) -> Value:
        path = arguments.get("path", 0) or Unknown("no path")
        handler = arguments.get("endpoint", 1) or arguments.get("route", 1) or Unknown("no handler")
        methods = () if kind == "websocket" else methods_of(evaluator, arguments.get("methods", 2), default or ("GET",))
        register(evaluator, receiver, path, handler, arguments, methods, kind, place)
        return NONE

    return add
