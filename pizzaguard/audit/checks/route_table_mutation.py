"""`route-table-mutation`: a route table that is edited instead of registered on."""

from __future__ import annotations

from collections.abc import Iterator

from pizzaguard.audit.checks.interface import Tree
from pizzaguard.audit.finding import Finding, Span


def check(tree: Tree) -> Iterator[Finding]:
    """Report each edit of a route table other than a registration."""
    rule = tree.rule("route-table-mutation")
    for app in tree.evaluator.records:
        for edit in app.record.edits if app.record is not None else ():
            span = Span.at(edit.place.path, edit.place.line)
            yield Finding.of(rule, span, f"the table of routes is changed past the registrations: '{edit.what}'")
