"""`dependency-override-in-production`: a guard that is replaced outside a test."""

from __future__ import annotations

from collections.abc import Iterator

from pizzaguard.audit.checks.interface import Tree
from pizzaguard.audit.finding import Finding, Span
from pizzaguard.audit.surface.naming import name_of


def check(tree: Tree) -> Iterator[Finding]:
    """Report each entry of `dependency_overrides` in production code."""
    rule = tree.rule("dependency-override-in-production")
    for app in tree.evaluator.records:
        for use in app.record.overrides if app.record is not None else ():
            name = name_of(use.original) if use.original is not None else None
            yield Finding.of(
                rule,
                Span.at(use.place.path, use.place.line),
                f"'{name or 'a dependency'}' is replaced wherever it guards a route",
            )
