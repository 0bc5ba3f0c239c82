"""`jwt-without-algorithms`: a decode that allows every algorithm."""

from __future__ import annotations

from collections.abc import Iterator

from pizzaguard.audit.behaviour.tokens import NEEDLE, token_calls, verifies
from pizzaguard.audit.checks.interface import Tree
from pizzaguard.audit.finding import Finding


def check(tree: Tree) -> Iterator[Finding]:
    """Report each verifying decode that names no algorithms."""
    rule = tree.rule("jwt-without-algorithms")
    for definition in tree.definitions_with(NEEDLE):
        for found in token_calls(tree.evaluator, definition):
            if found.verb != "decode" or found.is_open or not verifies(tree.evaluator, found):
                continue
            if found.argument("algorithms", 2) is None and found.argument("key", 1) is not None:
                yield Finding.of(
                    rule,
                    definition.span_of(found.call),
                    f"'{definition.name}' reads a token without saying which algorithms it may be signed with",
                    handler=definition.name,
                )
