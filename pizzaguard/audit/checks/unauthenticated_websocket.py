"""`unauthenticated-websocket`: a WebSocket that anyone can open."""

from __future__ import annotations

from collections.abc import Iterator

from pizzaguard.audit.behaviour.deeds import Kind, deeds
from pizzaguard.audit.behaviour.openness import MOSTLY, Siblings
from pizzaguard.audit.checks.interface import Tree
from pizzaguard.audit.finding import Finding, Severity


def check(tree: Tree) -> Iterator[Finding]:
    """Report each WebSocket route that accepts an anonymous caller."""
    siblings = Siblings(tree.surface)
    rule = tree.rule("unauthenticated-websocket")
    for endpoint in tree.endpoints:
        route = endpoint.route
        if route.kind != "websocket" or not route.access.is_open:
            continue
        kinds = {deed.kind for deed in deeds(tree.evaluator, tree.reach.get(id(endpoint), []))}
        severity = Severity.HIGH if siblings.guarded_share(route) >= MOSTLY else Severity.MEDIUM
        if route.app is None:
            severity = Severity.LOW
        elif Kind.RUN in kinds:
            severity = Severity.CRITICAL
        yield Finding.of(
            rule,
            route.span,
            f"anyone can open '{route.subject}': nothing rejects a caller before or after the handshake",
            subject=route.subject,
            handler=route.handler,
            route=(route.methods, route.path),
            guards=[guard.callable for guard in route.guards],
            severity=severity,
        )
