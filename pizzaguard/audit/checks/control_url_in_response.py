"""`control-url-in-response`: an answer that tells its reader how to change something."""

from __future__ import annotations

from collections.abc import Iterator

from pizzaguard.audit.behaviour.control_urls import ControlUrls
from pizzaguard.audit.checks.interface import Tree
from pizzaguard.audit.finding import Finding


def check(tree: Tree) -> Iterator[Finding]:
    """Report where a handler makes the URL of an open control route, or hands one on, in what it answers."""
    rule = tree.rule("control-url-in-response")
    urls = ControlUrls(tree.evaluator, tree.endpoints, tree.reach)
    built = list(urls.built())
    seen: set[tuple[str, int]] = set()
    for verb, found in [("makes", told) for told in built] + [("hands on", told) for told in urls.relayed(built)]:
        span = found.step.span_of(found.node)
        place = (span.path, span.line)
        if place in seen:
            continue
        seen.add(place)
        route = found.endpoint.route
        yield Finding.of(
            rule,
            span,
            f"'{route.subject}' {verb} the URL of '{found.control.subject}', "
            "with which its reader can change what the service does",
            subject=route.subject,
            handler=route.handler,
            route=(route.methods, route.path),
        )
