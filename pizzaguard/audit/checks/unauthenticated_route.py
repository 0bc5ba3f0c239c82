"""`unauthenticated-route`: an HTTP route that anyone can call."""

from __future__ import annotations

from collections.abc import Iterator

from pizzaguard.audit.behaviour.deeds import deeds
from pizzaguard.audit.behaviour.openness import Siblings, judge
from pizzaguard.audit.checks.interface import Tree
from pizzaguard.audit.finding import Finding


def check(tree: Tree) -> Iterator[Finding]:
    """Report each HTTP route before which nothing rejects an anonymous caller."""
    siblings = Siblings(tree.surface)
    rule = tree.rule("unauthenticated-route")
    for endpoint in tree.endpoints:
        route = endpoint.route
        if route.kind != "http" or not route.access.is_open:
            continue
        done = list(deeds(tree.evaluator, tree.reach.get(id(endpoint), [])))
        judged = judge(route, done, siblings.guarded_share(route))
        present = [guard.callable for guard in route.guards]
        yield Finding.of(
            rule,
            route.span,
            f"anyone can call '{route.subject}': {judged.reason}, and nothing before it rejects",
            subject=route.subject,
            handler=route.handler,
            route=(route.methods, route.path),
            guards=present,
            severity=judged.severity,
        )
