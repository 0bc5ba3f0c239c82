"""What the methods of an app or a router do to its record."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pizzaguard.audit.evaluation import classes
from pizzaguard.audit.evaluation.strings import text_of
from pizzaguard.audit.evaluation.values import (
    NONE,
    Arguments,
    DecoratorValue,
    FrameworkMethod,
    InstanceValue,
    Item,
    ListValue,
    Literal,
    Place,
    Unknown,
    Value,
    force,
    plain,
)
from pizzaguard.audit.frameworks.known import VERBS, initialise
from pizzaguard.audit.frameworks.records import (
    IncludeEntry,
    MiddlewareUse,
    MountEntry,
    OverrideUse,
    RouteEntry,
    RouterRecord,
    RoutesEntry,
    TableEdit,
)

if TYPE_CHECKING:
    from pizzaguard.audit.evaluation.evaluator import Evaluator

ANY_METHOD = ("*",)


def call_framework_method(evaluator: Evaluator, method: FrameworkMethod, arguments: Arguments, place: Place) -> Value:
    """Carry out a call such as `app.include_router(…)` or `app.routes.append(…)` on the record."""
    receiver = method.receiver
    if isinstance(receiver, FrameworkMethod):
        return _edit_table(evaluator, receiver, method.name, arguments, place)
    if not isinstance(receiver, InstanceValue) or receiver.record is None:
        return Unknown("dynamic")
    action = _ACTIONS.get(method.name)
    if method.name in VERBS:
        return _verb(evaluator, receiver, method.name, arguments)
    return Unknown("dynamic") if action is None else action(evaluator, receiver, arguments, place)


# ------------------------------------------------------------------------------------------ registering routes


def _verb(evaluator: Evaluator, receiver: InstanceValue, verb: str, arguments: Arguments) -> Value:
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


def _api_route(evaluator: Evaluator, receiver: InstanceValue, arguments: Arguments, _: Place) -> Value:
    return _decorator(evaluator, receiver, arguments, methods_of(evaluator, arguments.get("methods")), "http")


def _route(evaluator: Evaluator, receiver: InstanceValue, arguments: Arguments, _: Place) -> Value:
    path = arguments.get("path", 0) or Unknown("no path")
    methods = methods_of(evaluator, arguments.get("methods", 1))

    def apply(handler: Value, place: Place) -> Value:
        register(evaluator, receiver, path, handler, Arguments(), methods, "http", place)
        return handler

    return DecoratorValue(apply)


def _websocket(evaluator: Evaluator, receiver: InstanceValue, arguments: Arguments, _: Place) -> Value:
    return _decorator(evaluator, receiver, arguments, None, "websocket")


def _adder(kind: str, default: tuple[str, ...] | None = None) -> Callable[..., Value]:
    def add(evaluator: Evaluator, receiver: InstanceValue, arguments: Arguments, place: Place) -> Value:
        path = arguments.get("path", 0) or Unknown("no path")
        handler = arguments.get("endpoint", 1) or arguments.get("route", 1) or Unknown("no handler")
        methods = () if kind == "websocket" else methods_of(evaluator, arguments.get("methods", 2), default or ("GET",))
        register(evaluator, receiver, path, handler, arguments, methods, kind, place)
        return NONE

    return add


# -------------------------------------------------------------------------------------- composing and configuring


def _include(evaluator: Evaluator, receiver: InstanceValue, arguments: Arguments, place: Place) -> Value:
    router = arguments.get("router", 0)
    if router is not None:
        record = receiver.record
        assert record is not None
        record.entries.append(
            IncludeEntry(
                router,
                arguments.get("prefix"),
                arguments.get("dependencies"),
                evaluator.registration_place(receiver, place),
                evaluator.conditions_since(record.born),
                evaluator.is_late,
            )
        )
    return NONE


def _mount(evaluator: Evaluator, receiver: InstanceValue, arguments: Arguments, place: Place) -> Value:
    record = receiver.record
    assert record is not None
    path = arguments.get("path", 0) or Literal("")
    record.entries.append(
        MountEntry(
            path,
            arguments.get("app", 1),
            None,
            evaluator.registration_place(receiver, place),
            evaluator.conditions_since(record.born),
            late=evaluator.is_late,
        )
    )
    return NONE


def _host(evaluator: Evaluator, receiver: InstanceValue, arguments: Arguments, place: Place) -> Value:
    record = receiver.record
    assert record is not None
    app = arguments.get("app", 1)
    conditions = evaluator.conditions_since(record.born)
    record.entries.append(MountEntry(Literal(""), app, None, place, conditions, host=True, late=evaluator.is_late))
    return NONE


def _middleware(evaluator: Evaluator, receiver: InstanceValue, _: Arguments, __: Place) -> Value:
    def apply(function: Value, place: Place) -> Value:
        record = receiver.record
        assert record is not None
        record.middleware.append(
            MiddlewareUse(function, None, place, evaluator.conditions_since(record.born), is_http_only=True)
        )
        return function

    return DecoratorValue(apply)


def _add_middleware(evaluator: Evaluator, receiver: InstanceValue, arguments: Arguments, place: Place) -> Value:
    record = receiver.record
    assert record is not None
    if arguments.positional:
        cls, *rest = arguments.positional
        use = MiddlewareUse(
            cls, Arguments(rest, arguments.named, arguments.is_open), place, evaluator.conditions_since(record.born)
        )
        record.middleware.append(use)
    return NONE


def _identity_decorator(_: Evaluator, __: InstanceValue, ___: Arguments, ____: Place) -> Value:
    return DecoratorValue(lambda function, _place: function)


def _on_event(_: Evaluator, receiver: InstanceValue, arguments: Arguments, __: Place) -> Value:
    record = receiver.record
    assert record is not None

    def apply(function: Value, _place: Place) -> Value:
        if text_of(arguments.get("event_type", 0)) == "startup":
            record.startup.append(function)
        return function

    return DecoratorValue(apply)


def _add_event_handler(_: Evaluator, receiver: InstanceValue, arguments: Arguments, __: Place) -> Value:
    record = receiver.record
    assert record is not None
    function = arguments.get("func", 1)
    if text_of(arguments.get("event_type", 0)) == "startup" and function is not None:
        record.startup.append(function)
    return NONE


def _initialise(evaluator: Evaluator, receiver: InstanceValue, arguments: Arguments, _: Place) -> Value:
    initialise(evaluator, receiver, arguments)
    return NONE


def _nothing(_: Evaluator, __: InstanceValue, ___: Arguments, ____: Place) -> Value:
    return NONE


# --------------------------------------------------------------------------------------------- editing the table


def _edit_table(
    evaluator: Evaluator, table: FrameworkMethod, name: str, arguments: Arguments, place: Place
) -> Value:
    receiver = table.receiver
    if not isinstance(receiver, InstanceValue) or receiver.record is None:
        return Unknown("dynamic")
    record = receiver.record
    if table.name == "dependency_overrides":
        _note_overrides(evaluator, record, name, arguments, place)
    elif table.name == "routes":
        conditions = evaluator.conditions_since(record.born)
        if name in {"append", "insert"} and arguments.positional:
            routes: Value = ListValue([Item(arguments.positional[-1])])
            entry = RoutesEntry(routes, place, conditions, evaluator.is_late)
            first = name == "insert" and force(arguments.positional[0]) == Literal(0)
            record.entries.insert(0, entry) if first else record.entries.append(entry)
        elif name == "extend" and arguments.positional:
            record.entries.append(RoutesEntry(arguments.positional[0], place, conditions, evaluator.is_late))
        if name in {"insert", "remove", "pop", "clear", "sort", "reverse"}:
            record.edits.append(TableEdit(name, place, conditions))
    return NONE


def _note_overrides(
    evaluator: Evaluator, record: RouterRecord, name: str, arguments: Arguments, place: Place
) -> None:
    conditions = evaluator.conditions_since(record.born)
    if name == "update" and arguments.positional:
        items, _ = evaluator.iterate(arguments.positional[0])
        record.overrides.extend(OverrideUse(item.value, Unknown("dynamic"), place, conditions) for item in items)
    elif name in {"setdefault", "__setitem__"} and len(arguments.positional) > 1:
        record.overrides.append(OverrideUse(arguments.positional[0], arguments.positional[1], place, conditions))


_ACTIONS: dict[str, Callable[[Evaluator, InstanceValue, Arguments, Place], Value]] = {
    "__init__": _initialise,
    "add_api_route": _adder("http"),
    "add_api_websocket_route": _adder("websocket"),
    "add_event_handler": _add_event_handler,
    "add_exception_handler": _nothing,
    "add_middleware": _add_middleware,
    "add_route": _adder("http"),
    "add_websocket_route": _adder("websocket"),
    "api_route": _api_route,
    "exception_handler": _identity_decorator,
    "frontend": _mount,
    "host": _host,
    "include_router": _include,
    "middleware": _middleware,
    "mount": _mount,
    "on_event": _on_event,
    "route": _route,
    "setup": _nothing,
    "websocket": _websocket,
    "websocket_route": _websocket,
}

