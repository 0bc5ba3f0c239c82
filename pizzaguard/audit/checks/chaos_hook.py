"""`chaos-hook`: code before a route that makes it fail on purpose."""

from __future__ import annotations

from collections.abc import Iterator

from pizzaguard.audit.behaviour.damage import damage_of
from pizzaguard.audit.checks.interface import Tree
from pizzaguard.audit.finding import Finding, RelatedSpan


def check(tree: Tree) -> Iterator[Finding]:
    """Report each switch that can be set at run time and whose branch fails, delays or falls into chance."""
    rule = tree.rule("chaos-hook")
    for found in tree.switchboard.diversions:
        damage = damage_of(tree.evaluator, found)
        if damage is None:
            continue
        route = found.endpoint.route
        yield Finding.of(
            rule,
            found.step.span,
            f"'{route.subject}' {damage.what} on purpose while '{found.key[1]}' is set",
            subject=route.subject,
            handler=route.handler,
            route=(route.methods, route.path),
            related=[RelatedSpan(damage.span, damage.what)],
        )
