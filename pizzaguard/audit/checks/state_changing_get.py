"""`state-changing-get`: a GET that changes something."""

from __future__ import annotations

from collections.abc import Iterator

from pizzaguard.audit.behaviour.deeds import BOOKKEEPING, Deed, Kind, deeds
from pizzaguard.audit.checks.interface import Tree
from pizzaguard.audit.finding import Finding, RelatedSpan, Severity

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
"""RFC 9110 §9.2.1: methods of which a client expects no change of state."""
HOPS = 2


def check(tree: Tree) -> Iterator[Finding]:
    """Report each route that only safe methods reach and whose handler writes state."""
    rule = tree.rule("state-changing-get")
    for endpoint in tree.endpoints:
        route = endpoint.route
        if route.kind != "http" or not route.methods or not SAFE.issuperset(route.methods):
            continue
        deed = _first_change(
            list(deeds(tree.evaluator, [step for step in tree.reach.get(id(endpoint), []) if step.hops <= HOPS]))
        )
        if deed is None:
            continue
        yield Finding.of(
            rule,
            route.span,
            f"'{route.subject}' {deed.kind}: {deed.text}",
            subject=route.subject,
            handler=route.handler,
            route=(route.methods, route.path),
            related=(RelatedSpan(deed.span, "the change"),),
            severity=Severity.HIGH if route.access.is_open and route.app is not None else Severity.MEDIUM,
        )


def _first_change(found: list[Deed]) -> Deed | None:
    """The nearest deed that changes state and is not mere bookkeeping; a log-in that a GET must finish is none."""
    if any(deed.kind is Kind.ISSUE for deed in found):
        return None
    changes = [deed for deed in found if deed.kind in {Kind.WRITE, Kind.SWITCH} and not BOOKKEEPING.search(deed.text)]
    return min(changes, key=lambda deed: deed.hops, default=None)
