"""`default-secret`: a secret that everybody knows unless somebody changes it."""

from __future__ import annotations

from collections.abc import Iterator

from pizzaguard.audit.behaviour.keys import NEEDLE, key_uses
from pizzaguard.audit.checks.interface import Tree
from pizzaguard.audit.finding import Finding


def check(tree: Tree) -> Iterator[Finding]:
    """Report each secret that is a literal default, of a setting or of an account."""
    rule = tree.rule("default-secret")
    for definition in tree.definitions_with(NEEDLE):
        for use in key_uses(tree.evaluator, definition):
            if use.is_default:
                yield Finding.of(
                    rule,
                    definition.span_of(use.node),
                    f"'{definition.name}' {use.use} with a default secret that stands in the source",
                    handler=definition.name,
                )
