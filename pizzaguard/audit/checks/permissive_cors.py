"""`permissive-cors`: web pages of any origin may use the caller's credentials."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pizzaguard.audit.checks.interface import Tree
from pizzaguard.audit.evaluation.choices import plain
from pizzaguard.audit.evaluation.strings import text_of
from pizzaguard.audit.evaluation.values import External, Literal, Value
from pizzaguard.audit.finding import Finding, Span

ANYTHING = re.compile(r"\^?(?:https?\??:?(?://|\\/\\/)?)?\(?\.[*+]\)?\$?")
"""Patterns of origins that leave no origin out; never run against anything but the pattern itself."""


def check(tree: Tree) -> Iterator[Finding]:
    """Report each CORS middleware that allows any origin together with credentials."""
    rule = tree.rule("permissive-cors")
    for app in tree.evaluator.records:
        for use in app.record.middleware if app.record is not None else ():
            callee = plain(use.callable)
            given = use.arguments
            if given is None or not isinstance(callee, External) or callee.last != "CORSMiddleware":
                continue
            if plain(given.named.get("allow_credentials", Literal(value=False))) != Literal(value=True):
                continue
            origins = given.named.get("allow_origins")
            items = tree.evaluator.iterate(origins)[0] if origins is not None else []
            if any(text_of(item.value) == "*" for item in items) or _matches_anything(
                given.named.get("allow_origin_regex")
            ):
                yield Finding.of(
                    rule,
                    Span.at(use.place.path, use.place.line),
                    "pages of any origin may call the service with the credentials of whoever looks at them",
                )


def _matches_anything(pattern: Value | None) -> bool:
    text = text_of(pattern) if pattern is not None else None
    return text is not None and ANYTHING.fullmatch(text) is not None
