"""Which calls can touch a route table: those are followed at once, the rest only when their result is asked for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pizzaguard.audit.evaluation.arguments import Arguments
from pizzaguard.audit.evaluation.values import (
    BoundMethod,
    DecoratorValue,
    Deferred,
    DictValue,
    External,
    FrameworkMethod,
    FunctionValue,
    InstanceValue,
    ListValue,
    Partial,
    Product,
    Value,
)
from pizzaguard.audit.source import ir

if TYPE_CHECKING:
    from pizzaguard.audit.evaluation.modules import Modules

REGISTERING_VERBS = frozenset(
    {
        "get", "post", "put", "delete", "patch", "head", "options", "trace", "api_route", "route", "websocket",
        "websocket_route", "middleware", "add_api_route",
    }
)  # fmt: skip
WIRING = re.compile(
    r"include_router|add_api_route|add_route|add_websocket_route|add_api_websocket_route|\.mount\(|add_middleware"
    r"|dependency_overrides|\.routes\b|Router\(|FastAPI\(|Starlette\(|\bRoute\(|\bMount\(|add_event_handler"
    r"|\.(?:get|post|put|delete|patch|head|options|trace|api_route|route|websocket|websocket_route|middleware)"
    r"\(\s*(?:path\s*=\s*)?[rf]?[\"'][^\"'\n]*[\"'][^\n]*\)?\s*\n\s*(?:@|async\s+def|def)"
    r"|@[\w.]+\.(?:get|post|put|delete|patch|head|options|trace|api_route|route|websocket|websocket_route|middleware|on_event)\("
)
"""Words that register or compose routes."""
CALLED = re.compile(r"(?:[=(,\[:]|\b(?:return|await|yield|else|or|lambda))\s*(?:\w+\.)*([A-Za-z_]\w*)\(")
"""Calls whose result goes somewhere: an app that is made is assigned, returned or handed on."""
HARMLESS = frozenset(
    {"isinstance", "len", "print", "repr", "id", "hasattr", "callable", "type", "run", "TestClient", "info", "debug"}
)
"""External calls that are often given an app and never register on it."""


def called_names(text: str) -> frozenset[str]:
    """The last names of whatever a text calls for its result."""
    return frozenset(CALLED.findall(text))


def matters(modules: Modules, function: FunctionValue, arguments: Arguments, receiver: Value | None) -> bool:
    """Whether a call is given an app or a router, or its text registers something."""
    if receiver is not None and carries_router(receiver):
        return True
    if any(carries_router(value) for value in arguments.all()):
        return True
    return registers(modules, function)


def registers(modules: Modules, function: FunctionValue) -> bool:
    """Whether the text of a function holds a registering word, or the name of a function that makes an app."""
    node = function.node
    if isinstance(node, ir.Lambda):
        return False
    return modules.text_registers(
        function.module.path, function.base_line + node.first_line, function.base_line + node.last_line
    )


def carries_router(value: Value, depth: int = 0) -> bool:
    """Whether a value is an app or router, or holds one within arm's reach."""
    if isinstance(value, Deferred):
        return value.value is not None and carries_router(value.value, depth)
    if isinstance(value, InstanceValue):
        if value.record is not None:
            return True
        return depth < 2 and any(carries_router(inner, depth + 1) for inner in value.attributes.values())
    if isinstance(value, FrameworkMethod | DecoratorValue):
        return True
    if depth >= 2:
        return False
    if isinstance(value, ListValue):
        return any(carries_router(item.value, depth + 1) for item in value.items[:50])
    if isinstance(value, DictValue):
        return any(carries_router(item.value, depth + 1) for item in list(value.entries.values())[:50])
    if isinstance(value, BoundMethod):
        return carries_router(value.receiver, depth + 1)
    return isinstance(value, Partial) and any(carries_router(inner, depth + 1) for inner in value.arguments.all())


def is_harmless(callee: Value) -> bool:
    """Whether an external callee is known not to register routes on the app it is given."""
    if isinstance(callee, Product):
        callee = callee.function
    return isinstance(callee, External) and (
        callee.last in HARMLESS or callee.top in {"uvicorn", "logging", "builtins"}
    )
