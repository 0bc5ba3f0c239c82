"""`shadowed-route`: a route that never serves, because an earlier one does."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pizzaguard.audit.checks.interface import Tree
from pizzaguard.audit.finding import Finding, RelatedSpan
from pizzaguard.audit.surface.nouns import Route

PARAMETER = re.compile(r"\{\w+(?=[:}])")
"""The name of a parameter; its converter stays, since it decides what matches."""


def check(tree: Tree) -> Iterator[Finding]:
    """Report each route whose method and path an earlier route of the same app takes."""
    rule = tree.rule("shadowed-route")
    first: dict[tuple[str, str, str], Route] = {}
    for route in tree.surface.routes:
        if route.app is None or route.kind not in {"http", "websocket"} or route.conditions or "{?" in route.path:
            continue
        for method in route.methods or ("WEBSOCKET",):
            earlier = first.setdefault((route.app, method, PARAMETER.sub("{", route.path)), route)
            if earlier is not route and earlier.handler != route.handler:
                yield Finding.of(
                    rule,
                    route.span,
                    f"'{method} {route.path}' never reaches '{route.handler}': "
                    f"'{earlier.handler}' is registered before it",
                    subject=route.subject,
                    handler=route.handler,
                    route=(route.methods, route.path),
                    related=(RelatedSpan(earlier.span, "serves instead"),),
                )
                break
