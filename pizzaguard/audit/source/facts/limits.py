"""What libcst is not given: text that would stall it or, by overflowing its stack, end the process.

Its cost grows with the square of nesting and of operator chains (1,000 brackets: 8 s; 3,000: a segmentation fault;
10,000 `elif`: the same). Nothing that a person wrote comes near these limits.
"""

from __future__ import annotations

import re

from pizzaguard.audit.source.lexer import BrokenTextError, string_end

LONGEST_BLOCK = 1_000_000
DEEPEST_BRACKETS = 100
LONGEST_CHAIN = 500
"""Operators, attributes and calls one after the other, with no comma between them."""
MOST_LITERALS = 2_000
"""Adjacent string literals."""
MOST_CLAUSES = 1_000
"""Uses of `elif` in a block: each lies in the one before."""

_token = re.compile(
    r"""(?P<string>(?:\b[a-zA-Z]{1,2})?["'])
    |(?P<nest>\b(?:lambda|for)\b)
    |(?P<link>\b(?:and|or|not|in|is|if|else|await)\b|[-+*/%@&|^~<>=!.:]+)
    |\w+
    |(?P<open>[(\[{])
    |(?P<close>[)\]}])
    |(?P<end>[,;])
    |(?P<newline>\n)
    |(?P<comment>\#[^\n]*+|\\\n)""",
    re.VERBOSE,
).search
_brackets = re.compile(r"[()\[\]{}]").finditer
_LINK_CHARACTERS = "([{.+-*/%@&|^~<>=!:'\""
_FORMAT = frozenset("fFtT")
_LINK_WORDS = ("and", "or", "not", "in", "is", "if", "else", "await", "lambda")


def refusal(text: str) -> str | None:
    """Return why a block may not be parsed, or None."""
    if len(text) > LONGEST_BLOCK:
        return f"longer than {LONGEST_BLOCK:,} characters"
    if "\0" in text:
        return "contains a NUL byte"
    if text.count("elif") > MOST_CLAUSES:
        return f"more than {MOST_CLAUSES:,} `elif` clauses"
    brackets = text.count("(") + text.count("[") + text.count("{")
    if brackets <= DEEPEST_BRACKETS and _links_at_most(text) <= LONGEST_CHAIN:
        return None
    try:
        return _scan(text)
    except BrokenTextError as error:
        return error.flaw.value


def _links_at_most(text: str) -> int:
    """Return a bound for the links in a text that is quick to find, so that hardly any text is scanned."""
    if len(text) <= LONGEST_CHAIN:
        return len(text)
    return sum(map(text.count, _LINK_CHARACTERS)) + sum(map(text.count, _LINK_WORDS))


def _scan(text: str) -> str | None:
    chains, at = _Chains(), 0
    while (token := _token(text, at)) is not None:
        at = token.end()
        if token.lastgroup == "string":
            start, at = at - 1, string_end(text, at - 1)
            chains.string(0 if _FORMAT.isdisjoint(token[0]) else _depth(text, start, at))
        else:
            chains.other(token.lastgroup, token[0])
        problem = chains.problem()
        if problem is not None:
            return problem
    return None


class _Chains:
    """How deep the brackets are, and how long the chain of operators at each depth is."""

    def __init__(self) -> None:
        self._links = [0]
        self._nested = 0
        self._literals = 0
        self._inside = 0

    def string(self, inside: int) -> None:
        """Pass a string whose fields nest `inside` deep."""
        self._literals += 1
        self._inside = inside

    def other(self, kind: str | None, token: str) -> None:
        """Pass any other token."""
        if kind == "comment" or (kind == "newline" and len(self._links) > 1):
            return
        self._literals = self._inside = 0
        if kind == "open":
            self._links[-1] += 1
            self._links.append(0)
        elif kind == "close" and len(self._links) > 1:
            self._links.pop()
        elif kind == "link":
            self._links[-1] += 1 if token.isalpha() else len(token)
        elif kind == "nest":
            self._nested += 1
        elif kind == "end":
            self._links[-1] = 0
        elif kind == "newline":
            self._links[-1] = self._nested = 0

    def problem(self) -> str | None:
        """Return which limit is passed, if one is."""
        if len(self._links) + self._inside > DEEPEST_BRACKETS + 1:
            return f"nested deeper than {DEEPEST_BRACKETS} brackets"
        if self._literals > MOST_LITERALS:
            return f"more than {MOST_LITERALS:,} adjacent strings"
        if max(self._links[-1], self._nested) > LONGEST_CHAIN:
            return f"more than {LONGEST_CHAIN} operators in one expression"
        return None


def _depth(text: str, start: int, end: int) -> int:
    """Return how deep the fields of an f-string may nest: at most as deep as its brackets, were they all code."""
    depth = deepest = 0
    for bracket in _brackets(text, start, end):
        depth += 1 if bracket[0] in "([{" else -1
        deepest = max(deepest, depth)
    return deepest
