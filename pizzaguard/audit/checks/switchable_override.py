"""`switchable-override`: a route whose answer another route can replace while the service runs."""

from __future__ import annotations

from collections.abc import Iterator

from pizzaguard.audit.checks.interface import Tree
from pizzaguard.audit.finding import Finding, RelatedSpan


def check(tree: Tree) -> Iterator[Finding]:
    """Report each `if` on a switch that some route sets, where the branch answers in the handler's stead."""
    rule = tree.rule("switchable-override")
    for found in tree.switchboard.diversions:
        route = found.endpoint.route
        yield Finding.of(
            rule,
            found.step.span,
            f"'{route.subject}' is answered by other code once '{found.key[1]}' is set, which "
            f"'{found.setters[0].endpoint.route.subject}' does",
            subject=route.subject,
            handler=route.handler,
            route=(route.methods, route.path),
            related=[RelatedSpan(setter.step.span, "set here") for setter in found.setters[:3]],
        )
