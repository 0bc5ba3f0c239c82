"""A file's top-level blocks, found without parsing it.

A block is one statement of the module with its decorators and all its clauses, or several that share a line. One
possessive regular expression eats a block at the speed of C; where it stops early, `lexer.py` reads on. Everything
behind this asks for the few blocks it needs and has only those parsed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from pizzaguard.audit.source.lexer import GROUP, TOKENS, BrokenTextError, Flaw, group_end, string_end


class BlockKind(StrEnum):
    """What the first statement of a block is."""

    IMPORT = "import"
    DEF = "def"
    CLASS = "class"
    ASSIGNMENT = "assignment"
    COMPOUND = "compound"
    EXPRESSION = "expression"


class Block(NamedTuple):
    """Where a block lies. A tuple and no dataclass: a large tree has a hundred thousand of them."""

    start: int
    """Offset of its first character: of its first decorator, if it has any."""
    end: int
    """Offset behind its last character, without the newline."""
    first_line: int
    """1-based."""
    last_line: int
    kind: BlockKind
    name: str | None
    """What a def, a class or a simple assignment (`x = …`, `x: T`, `type x = …`) binds."""


@dataclass(frozen=True, slots=True)
class Outline:
    """All blocks of a file in order, or why they cannot be told apart."""

    blocks: tuple[Block, ...]
    problem: str | None = None
    """Set when a string or bracket never ends: the reason, fit for a gap; `blocks` is then empty."""


_EMPTY_LINES = r"(?:[ \t\f]*+(?:#[^\n]*+)?\n)*+"
# A form feed sets the column back to zero.
_JOIN = rf"\n{_EMPTY_LINES}(?:[ \t]*+\f)*+(?=[ \t]++[^ \t\f\n#]|(?:else|elif|except|finally)\b)"
_run = re.compile(rf"(?:{TOKENS}|{_JOIN})*+").match
_gap = re.compile(rf"{_EMPTY_LINES}(?:[ \t\f]*+(?:#[^\n]*+)?\Z|(?:[ \t]*+\f)*+)").match
_head = re.compile(
    r"""(?:async[ \t\\\n]+)?def[ \t\\\n]+(?P<def>\w+)
    |class[ \t\\\n]+(?P<class>\w+)
    |(?P<import>(?:lazy[ \t]+)?(?:import|from)\b)
    |(?P<compound>(?:if|for|while|try|with|async)\b|match\b(?![ \t]*(?:[=.:,)\]]|[-+*/%@&|^<>]+=)))
    |type[ \t\\\n]+(?P<alias>\w+)
    |(?!lambda\b)(?P<assignment>\w+)[ \t]*(?:=(?!=)|:(?!=))""",
    re.VERBOSE,
).match
_case = re.compile(r"\n[ \t]+case\b").search
_assignment = re.compile(rf"(?!lambda\b)(?:[\w., \t*]|{GROUP})++(?:(?:[-+*/%@&|^]|//|<<|>>)?=(?!=)|:(?!=))").match

_KINDS = {
    "def": BlockKind.DEF,
    "class": BlockKind.CLASS,
    "import": BlockKind.IMPORT,
    "compound": BlockKind.COMPOUND,
    "alias": BlockKind.ASSIGNMENT,
    "assignment": BlockKind.ASSIGNMENT,
}
_NAMELESS = frozenset({BlockKind.IMPORT, BlockKind.COMPOUND})


def outline(text: str) -> Outline:
    """Return the top-level blocks of a file's text as `normalise` leaves it."""
    try:
        return Outline(tuple(_blocks(text)))
    except BrokenTextError as error:
        return Outline((), f"{error.flaw} (line {text.count(chr(10), 0, error.offset) + 1})")


def _blocks(text: str) -> list[Block]:
    blocks = []
    line, counted, length = 1, 0, len(text)
    at = _next(text, 0)
    while at < length:
        start = head = at
        end = _end(text, start)
        while text.startswith("@", head):  # a decorator belongs to what follows it
            head = _next(text, end)
            if head >= length:
                break
            end = _end(text, head)
        line += text.count("\n", counted, start)
        last_line = line + text.count("\n", start, end)
        kind, name = _kind(text, head, end)
        blocks.append(Block(start, end, line, last_line, kind, name))
        line, counted = last_line, end
        at = _next(text, end)
    return blocks


def _next(text: str, at: int) -> int:
    """Return where the next block starts, past blank lines and comments, or the end of the text."""
    gap = _gap(text, at + 1 if text.startswith("\n", at) else at)
    start = at if gap is None else gap.end()
    if text.startswith((" ", "\t"), start):
        raise BrokenTextError(Flaw.INDENT, start)
    return start


def _end(text: str, start: int) -> int:
    """Return where the block that starts at `start` ends."""
    here, length = start, len(text)
    while True:
        run = _run(text, here)
        here = here if run is None else run.end()
        if here >= length:
            return length
        character = text[here]
        if character == "\n":
            return here
        if character in "\"'":
            here = string_end(text, here)
        elif character in "([{":
            here = group_end(text, here)
        elif character == "\\":
            raise BrokenTextError(Flaw.BACKSLASH, here)
        else:
            raise BrokenTextError(Flaw.CLOSE, here)


def _kind(text: str, start: int, end: int) -> tuple[BlockKind, str | None]:
    head = _head(text, start, end)
    if head is not None and head.lastgroup is not None:
        kind = _KINDS[head.lastgroup]
        if kind not in _NAMELESS:
            return kind, head[head.lastgroup]
        if kind is BlockKind.IMPORT or not text.startswith("match", start) or _case(text, start, end):
            return kind, None
    return (BlockKind.ASSIGNMENT if _assignment(text, start, end) else BlockKind.EXPRESSION), None
