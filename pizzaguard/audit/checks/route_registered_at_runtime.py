"""`route-registered-at-runtime`: a request that adds routes."""

from __future__ import annotations

from collections.abc import Iterator

from pizzaguard.audit.behaviour.reach import value_of
from pizzaguard.audit.checks.interface import Tree
from pizzaguard.audit.evaluation.render import render
from pizzaguard.audit.evaluation.values import FrameworkMethod
from pizzaguard.audit.finding import Finding
from pizzaguard.audit.source import ir
from pizzaguard.audit.source.traverse import calls_in

REGISTERING = frozenset(
    {
        "add_api_route",
        "add_api_websocket_route",
        "add_route",
        "add_websocket_route",
        "include_router",
        "mount",
    }
)


def check(tree: Tree) -> Iterator[Finding]:
    """Report each registration that a handler leads to."""
    rule = tree.rule("route-registered-at-runtime")
    seen: set[tuple[str, int]] = set()
    for endpoint in tree.endpoints:
        for step in tree.reach.get(id(endpoint), ()):
            for call in calls_in(step.statement):
                if not isinstance(call.function, ir.Attribute) or call.function.name not in REGISTERING:
                    continue
                receiver = render(call.function.value)
                callee = value_of(tree.evaluator, call.function, step.scope)
                is_app = isinstance(callee, FrameworkMethod) or receiver == "app" or receiver.endswith(".app")
                span = step.span_of(call)
                if is_app and (span.path, span.line) not in seen:
                    seen.add((span.path, span.line))
                    route = endpoint.route
                    yield Finding.of(
                        rule,
                        span,
                        f"a request to '{route.subject}' registers routes with '{call.function.name}'",
                        subject=route.subject,
                        handler=route.handler,
                        route=(route.methods, route.path),
                    )
