"""What the methods of an app or a router do to its record."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pizzaguard.audit.evaluation.arguments import Arguments
from pizzaguard.audit.evaluation.choices import force
from pizzaguard.audit.evaluation.strings import text_of
from pizzaguard.audit.evaluation.values import (
    NONE,
    DecoratorValue,
    FrameworkMethod,
    InstanceValue,
    Item,
    ListValue,
    Literal,
    Place,
    Unknown,
    Value,
)
from pizzaguard.audit.frameworks.known import VERBS, initialise
from pizzaguard.audit.frameworks.records import (
    IncludeEntry,
    MiddlewareUse,
    MountEntry,
    OverrideUse,
    RouterRecord,
    RoutesEntry,
    TableEdit,
)
from pizzaguard.audit.frameworks.registering import adder, api_route, plain_route, register_verb, websocket

if TYPE_CHECKING:
    from pizzaguard.audit.evaluation.evaluator import Evaluator


def call_framework_method(evaluator: Evaluator, method: FrameworkMethod, arguments: Arguments, place: Place) -> Value:
    """Carry out a call such as `app.include_router(…)` or `app.routes.append(…)` on the record."""
    receiver = method.receiver
    if isinstance(receiver, FrameworkMethod):
        return _edit_table(evaluator, receiver, method.name, arguments, place)
    if not isinstance(receiver, InstanceValue) or receiver.record is None:
        return Unknown("dynamic")
    action = _ACTIONS.get(method.name)
    if method.name in VERBS:
        return register_verb(evaluator, receiver, method.name, arguments)
    return Unknown("dynamic") if action is None else action(evaluator, receiver, arguments, place)


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


def _edit_table(evaluator: Evaluator, table: FrameworkMethod, name: str, arguments: Arguments, place: Place) -> Value:
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


def _note_overrides(evaluator: Evaluator, record: RouterRecord, name: str, arguments: Arguments, place: Place) -> None:
    conditions = evaluator.conditions_since(record.born)
    if name == "update" and arguments.positional:
        items, _ = evaluator.iterate(arguments.positional[0])
        record.overrides.extend(OverrideUse(item.value, Unknown("dynamic"), place, conditions) for item in items)
    elif name in {"setdefault", "__setitem__"} and len(arguments.positional) > 1:
        record.overrides.append(OverrideUse(arguments.positional[0], arguments.positional[1], place, conditions))


_ACTIONS: dict[str, Callable[[Evaluator, InstanceValue, Arguments, Place], Value]] = {
    "__init__": _initialise,
    "add_api_route": adder("http"),
    "add_api_websocket_route": adder("websocket"),
    "add_event_handler": _add_event_handler,
    "add_exception_handler": _nothing,
    "add_middleware": _add_middleware,
    "add_route": adder("http"),
    "add_websocket_route": adder("websocket"),
    "api_route": api_route,
    "exception_handler": _identity_decorator,
    "frontend": _mount,
    "host": _host,
    "include_router": _include,
    "middleware": _middleware,
    "mount": _mount,
    "on_event": _on_event,
    "route": plain_route,
    "setup": _nothing,
    "websocket": websocket,
    "websocket_route": websocket,
}
