"""`jwt-without-expiry`: a token that is good for ever."""

from __future__ import annotations

from collections.abc import Iterator

from pizzaguard.audit.behaviour.tokens import NEEDLE, option, read, says, token_calls
from pizzaguard.audit.checks.interface import Tree
from pizzaguard.audit.evaluation.choices import plain
from pizzaguard.audit.evaluation.values import DictValue
from pizzaguard.audit.finding import Finding


def check(tree: Tree) -> Iterator[Finding]:
    """Report each encode whose claims the text tells and that hold no `exp`, and each decode that ignores it."""
    rule = tree.rule("jwt-without-expiry")
    for definition in tree.definitions_with(NEEDLE):
        for found in token_calls(tree.evaluator, definition):
            reason = ""
            if found.verb == "decode" and option(tree.evaluator, found, "verify_exp") is False:
                reason = "accepts tokens that have expired"
            payload = found.argument("payload", 0) or found.argument("claims", 0)
            if found.verb == "encode" and payload is not None and not says(definition, "exp"):
                claims = plain(read(tree.evaluator, payload, definition))
                if isinstance(claims, DictValue) and claims.entries and "exp" not in claims.entries:
                    reason = "signs a token without 'exp': it is good for ever"
            if reason:
                yield Finding.of(
                    rule, definition.span_of(found.call), f"'{definition.name}' {reason}", handler=definition.name
                )
