"""`remote-controlled-flag`: a route with which an ordinary caller changes what another route does."""

from __future__ import annotations

from collections.abc import Iterator

from pizzaguard.audit.checks.interface import Tree
from pizzaguard.audit.finding import Finding, RelatedSpan, Severity
from pizzaguard.audit.surface.nouns import Access


def check(tree: Tree) -> Iterator[Finding]:
    """Report each route that sets a switch without asking for a role or scope."""
    rule = tree.rule("remote-controlled-flag")
    seen: set[tuple[str, str, str]] = set()
    for found in tree.switchboard.diversions:
        for setter in found.setters:
            route = setter.endpoint.route
            key = (route.subject, *found.key)
            if route.access in {Access.SCOPED, Access.UNKNOWN} or key in seen:
                continue
            seen.add(key)
            who = "anyone" if route.access.is_open else "anyone who is logged in"
            yield Finding.of(
                rule,
                setter.step.span,
                f"{who} can set '{found.key[1]}' with '{route.subject}', and '{found.endpoint.route.subject}' obeys it",
                subject=route.subject,
                handler=route.handler,
                route=(route.methods, route.path),
                related=[RelatedSpan(found.step.span, "obeyed here")],
                severity=Severity.CRITICAL if route.access.is_open else Severity.HIGH,
            )
