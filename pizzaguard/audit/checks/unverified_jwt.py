"""`unverified-jwt`: a token that is believed without a look at its signature."""

from __future__ import annotations

from collections.abc import Iterator

from pizzaguard.audit.behaviour.tokens import NEEDLE, token_calls, verifies
from pizzaguard.audit.checks.interface import Tree
from pizzaguard.audit.finding import Finding


def check(tree: Tree) -> Iterator[Finding]:
    """Report each decode that does not verify, where nothing beside it does."""
    rule = tree.rule("unverified-jwt")
    for definition in tree.definitions_with(NEEDLE):
        calls = list(token_calls(tree.evaluator, definition))
        decodes = [found for found in calls if found.verb == "decode"]
        if any(verifies(tree.evaluator, found) for found in decodes):
            continue  # a peek at the claims chooses the key; the verified decode then decides
        for found in calls:
            if found in decodes or found.verb == "get_unverified_claims":
                yield Finding.of(
                    rule,
                    definition.span_of(found.call),
                    f"'{definition.name}' believes a token whose signature nobody has checked",
                    handler=definition.name,
                )
