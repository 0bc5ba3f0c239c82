"""`time-bomb`: a route that changes what it does when a date has come."""

from __future__ import annotations

from collections.abc import Iterator

from pizzaguard.audit.behaviour.clocks import literal_deadline, reads_clock
from pizzaguard.audit.behaviour.switches import diverts
from pizzaguard.audit.checks.interface import Tree
from pizzaguard.audit.finding import Finding, RelatedSpan
from pizzaguard.audit.source import ir


def check(tree: Tree) -> Iterator[Finding]:
    """Report each `if` behind a route that compares the clock with a date set beforehand and then diverts."""
    rule = tree.rule("time-bomb")
    seen: set[tuple[str, int]] = set()
    for found in tree.switchboard.diversions:
        if reads_clock(found.statement.test):
            route = found.endpoint.route
            seen.add((found.step.place.path, found.step.place.line))
            yield Finding.of(
                rule,
                found.step.span,
                f"'{route.subject}' changes what it does when the date in '{found.key[1]}' has come, "
                "and nobody is there to see it",
                subject=route.subject,
                handler=route.handler,
                route=(route.methods, route.path),
                related=[RelatedSpan(setter.step.span, "the date is set here") for setter in found.setters[:3]],
            )
    for endpoint in tree.endpoints:
        for step in tree.reach.get(id(endpoint), ()):
            place = (step.place.path, step.place.line)
            if not isinstance(step.statement, ir.If) or place in seen or not diverts(step.statement):
                continue
            deadline = literal_deadline(tree.evaluator, step, step.statement.test)
            if deadline is not None:
                seen.add(place)
                route = endpoint.route
                yield Finding.of(
                    rule,
                    step.span,
                    f"'{route.subject}' changes what it does when '{deadline}' has come",
                    subject=route.subject,
                    handler=route.handler,
                    route=(route.methods, route.path),
                )
