"""`jwt-algorithm-from-token`: a decode whose algorithm the token itself chooses."""

from __future__ import annotations

from collections.abc import Iterator

from pizzaguard.audit.behaviour.tokens import NEEDLE, algorithms, mentions, token_calls, verifies
from pizzaguard.audit.checks.interface import Tree
from pizzaguard.audit.finding import Finding


def check(tree: Tree) -> Iterator[Finding]:
    """Report each decode whose algorithms come from the token itself, hold `none`, or mix secrets with key pairs."""
    rule = tree.rule("jwt-algorithm-from-token")
    for definition in tree.definitions_with(NEEDLE):
        for found in token_calls(tree.evaluator, definition):
            if found.verb != "decode" or not verifies(tree.evaluator, found):
                continue
            named = algorithms(tree.evaluator, found) or frozenset()
            if mentions(found.argument("algorithms", 2), definition, "get_unverified_header"):
                reason = "lets the token choose the algorithm that it is checked with"
            elif any(name.lower() == "none" for name in named):
                reason = "accepts the algorithm 'none': a token that nobody signed"
            elif len({name[:2] == "HS" for name in named}) > 1:
                reason = "accepts secrets and key pairs alike: the public key then signs as a secret"
            else:
                continue
            yield Finding.of(
                rule, definition.span_of(found.call), f"'{definition.name}' {reason}", handler=definition.name
            )
