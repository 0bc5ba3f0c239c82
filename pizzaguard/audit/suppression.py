r"""Suppressions: comments in the source that silence a finding and say why.

`# pizzaguard: ignore[rule-name, other-rule] -- reason` silences the named rules

- on its own line;
- on every line of the statement whose first line it stands on;
- on the decorators and the signature of a definition, when it stands on any of their lines;
- on a line of its own: what it would silence at the end of the next line of code.

The reason is required. `read` is a pure function of a file's text, so its result can be cached by content.
"""

from __future__ import annotations

import io
import re
import tokenize
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from pizzaguard.audit.source.comments import comments

NEEDLE = "pizzaguard:"
"""What a file that holds a suppression contains: a file without it need not be read."""

MAX_CHARACTERS = 2_000_000
"""In a larger file a comment speaks for its own line only: its statements would take too long to find."""

_COMMENT = re.compile(
    r"#\s*pizzaguard:\s*ignore\b(?:\[(?P<rules>[^\]]*)\])?(?:\s*--\s*(?P<reason>.*?\S)(?=\s+#\s|\s*$))?"
)
_BLANK = frozenset({tokenize.NL, tokenize.COMMENT, tokenize.INDENT, tokenize.DEDENT, tokenize.ENCODING})


@dataclass(frozen=True, slots=True)
class Suppression:
    """One comment."""

    line: int
    column: int
    end_column: int
    rules: tuple[str, ...]
    reason: str
    """Empty when the comment gives none; such a comment silences nothing."""
    covers: tuple[int, int]
    """The first and the last line it speaks for."""

    def silences(self, rule: str, line: int) -> bool:
        """Tell whether it speaks for a finding of `rule` that starts on `line`."""
        first, last = self.covers
        return bool(self.reason) and rule in self.rules and first <= line <= last


@dataclass(frozen=True, slots=True)
class _Statement:
    """The lines of one simple statement, or of a definition's decorators and signature."""

    first: int
    last: int
    is_definition: bool


def read(text: str) -> tuple[Suppression, ...]:
    """Find the suppressions of one file, in order."""
    found = [(comment, match) for comment in comments(text, NEEDLE) if (match := _COMMENT.search(comment.text))]
    if not found:
        return ()
    statements = list(_statements(text)) if len(text) <= MAX_CHARACTERS else []
    starts = [statement.first for statement in statements]
    lines = text.split("\n")
    return tuple(
        Suppression(
            line=comment.line,
            column=comment.column + match.start(),
            end_column=comment.column + match.end(),
            rules=tuple(name for word in (match["rules"] or "").split(",") if (name := word.strip())),
            reason=match["reason"] or "",
            covers=_covers(
                comment.line, statements, starts, stands_alone=not lines[comment.line - 1][: comment.column - 1].strip()
            ),
        )
        for comment, match in found
    )


def _statements(text: str) -> Iterator[_Statement]:
    """Find the statements of a file; of one that cannot be tokenized, those before the fault."""
    opening: tokenize.TokenInfo | None = None
    decorated: int | None = None
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if opening is None:
                if token.type not in _BLANK:
                    opening = token
            elif token.type == tokenize.NEWLINE:
                first = opening.start[0] if decorated is None else decorated
                if opening.string == "@":  # with what it decorates it is one statement
                    decorated = first
                else:
                    decorated = None
                    is_definition = opening.string in {"def", "class", "async"}
                    yield _Statement(first, token.start[0], is_definition)
                opening = None
    except (tokenize.TokenError, SyntaxError):
        return


def _covers(line: int, statements: list[_Statement], starts: list[int], *, stands_alone: bool) -> tuple[int, int]:
    index = bisect_right(starts, line) - 1
    if index >= 0 and line <= statements[index].last:  # inside a statement
        around = statements[index]
        if around.is_definition or line == around.first:
            return around.first, around.last
    elif stands_alone and index + 1 < len(statements):
        following = statements[index + 1]
        return following.first, following.last
    return line, line + 1 if stands_alone else line
