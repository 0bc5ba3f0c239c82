"""The classes of FastAPI and Starlette that the audit knows, told by their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pizzaguard.audit.evaluation.arguments import Arguments
from pizzaguard.audit.evaluation.choices import force
from pizzaguard.audit.evaluation.values import External, FrameworkMethod, InstanceValue, ListValue, Place, Value
from pizzaguard.audit.frameworks.records import RouterRecord, RoutesEntry

if TYPE_CHECKING:
    from pizzaguard.audit.evaluation.evaluator import Evaluator

FRAMEWORKS = frozenset({"fastapi", "starlette"})
APPS = frozenset({"FastAPI", "Starlette"})
ROUTERS = frozenset({"APIRouter", "Router"})
ROUTES = frozenset({"Route", "APIRoute", "WebSocketRoute", "APIWebSocketRoute", "Mount", "Host"})
VERBS = ("get", "post", "put", "delete", "patch", "head", "options", "trace")
METHODS = frozenset(
    {
        *VERBS,
        "__init__",
        "add_api_route",
        "add_api_websocket_route",
        "add_event_handler",
        "add_exception_handler",
        "add_middleware",
        "add_route",
        "add_websocket_route",
        "api_route",
        "build_middleware_stack",
        "dependency_overrides",
        "exception_handler",
        "frontend",
        "host",
        "include_router",
        "middleware",
        "mount",
        "on_event",
        "openapi",
        "route",
        "routes",
        "setup",
        "websocket",
        "websocket_route",
    }
)


def framework_class(value: Value) -> bool:
    """Whether a value is a framework's app or router class, or a library's own that bears its name."""
    if not isinstance(value, External):
        return False
    last = value.last
    if value.top in FRAMEWORKS:
        return last in APPS or last in ROUTERS
    # Libraries derive their own: VersionedAPIRouter, InferringRouter, VersionedFastAPI.
    return last.endswith(("APIRouter", "FastAPI", "InferringRouter"))


def is_app_class(value: External) -> bool:
    """Whether instances are root applications and not routers."""
    return value.last in APPS or value.last.endswith("FastAPI")


def construct_framework(
    evaluator: Evaluator, cls: External, arguments: Arguments, place: Place, instance: InstanceValue | None = None
) -> Value:
    """An app or router, with what its constructor was told; `instance` when a class of the tree derives from it."""
    made = instance or InstanceValue(cls, place=place)
    family = "starlette" if cls.last in {"Starlette", "Router"} else "fastapi"
    made.record = RouterRecord(family, is_app_class(cls), place, evaluator.conditions)
    evaluator.records.append(made)
    initialise(evaluator, made, arguments)
    return made


def initialise(evaluator: Evaluator, instance: InstanceValue, arguments: Arguments) -> None:
    """What `FastAPI.__init__`, `APIRouter.__init__` or `Starlette.__init__` makes of its arguments."""
    record = instance.record
    assert record is not None
    record.arguments = arguments
    record.prefix = arguments.get("prefix") or record.prefix
    record.dependencies = arguments.get("dependencies") or record.dependencies
    record.route_class = arguments.get("route_class") or record.route_class
    record.is_debug = arguments.get("debug") or record.is_debug
    for name in (
        "openapi_url",
        "docs_url",
        "redoc_url",
        "swagger_ui_oauth2_redirect_url",
        "root_path",
        "openapi_prefix",
    ):
        if name in arguments.named:
            record.documentation[name] = arguments.named[name]
    routes = arguments.get("routes", 1 if record.family == "starlette" and record.is_app else 0)
    if routes is not None and not (record.family == "fastapi" and "routes" not in arguments.named):
        record.entries.append(RoutesEntry(routes, record.place, evaluator.conditions_since(record.born)))
    middleware = arguments.get("middleware")
    if middleware is not None:
        for item in evaluator.iterate(middleware)[0]:
            evaluator.add_middleware(instance, item, record.place)
    for name in ("lifespan", "on_startup"):
        given = arguments.get(name)
        if given is not None:
            value = force(given)
            record.startup.extend(item.value for item in value.items) if isinstance(
                value, ListValue
            ) else record.startup.append(value)


def attribute_of_instance(evaluator: Evaluator, instance: InstanceValue, name: str) -> Value | None:
    """An attribute that the framework gives its apps and routers; None where it gives none."""
    record = instance.record
    if record is None:
        if isinstance(instance.cls, External):
            given = instance.arguments.get(name) if instance.arguments is not None else None
            return given or External(f"{instance.cls.name}().{name}")
        return None
    if name in METHODS:
        return FrameworkMethod(instance, name)
    if name == "router" and record.is_app:
        return instance
    if name == "state":
        state = InstanceValue(External("starlette.datastructures.State"), place=record.place)
        instance.attributes["state"] = state
        return state
    if name == "prefix":
        return record.prefix
    if name == "dependencies":
        record.dependencies = record.dependencies or ListValue(born=evaluator.conditions)
        return record.dependencies
    return None
