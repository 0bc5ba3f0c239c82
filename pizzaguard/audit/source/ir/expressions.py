"""Expressions, and what every node of a block has in common."""

from __future__ import annotations

import msgspec


class Node(msgspec.Struct, frozen=True, array_like=True, tag=True, gc=False):
    """What every piece of a block has in common."""

    line: int
    """0-based, relative to the first line of the block (for a definition: of its first decorator's block)."""


# --------------------------------------------------------------------------------------------- expressions


class Constant(Node, frozen=True, array_like=True, tag=True, gc=False):
    """A literal: text (adjacent literals joined), a number of at most 64 bits, True, False or None."""

    value: str | int | float | bool | None


class Bytes(Node, frozen=True, array_like=True, tag=True, gc=False):
    """A bytes literal (a type of its own: msgspec tells one string-like type apart in a union, not two)."""

    value: bytes


class Name(Node, frozen=True, array_like=True, tag=True, gc=False):
    """A bare name."""

    name: str


class Attribute(Node, frozen=True, array_like=True, tag=True, gc=False):
    """`value.name`."""

    value: Expression
    name: str


class Argument(Node, frozen=True, array_like=True, tag=True, gc=False):
    """One argument of a call, or one base of a class."""

    value: Expression
    keyword: str | None = None
    star: str = ""
    """`""`, `"*"` or `"**"`."""


class Call(Node, frozen=True, array_like=True, tag=True, gc=False):
    """`function(arguments…)`; `line` is where the whole expression starts, `open_line` where its `(` stands."""

    function: Expression
    arguments: tuple[Argument, ...]
    open_line: int = 0


class Format(Node, frozen=True, array_like=True, tag=True, gc=False):
    """An f-string: literal text (`Constant`) and the expressions of its fields, in order."""

    parts: tuple[Expression, ...]


class Sequence(Node, frozen=True, array_like=True, tag=True, gc=False):
    """A list, tuple or set display."""

    kind: str
    """`"list"`, `"tuple"` or `"set"`."""
    items: tuple[Expression, ...]


class Starred(Node, frozen=True, array_like=True, tag=True, gc=False):
    """`*value` inside a display."""

    value: Expression


class Mapping(Node, frozen=True, array_like=True, tag=True, gc=False):
    """A dict display; the key is None for `**value`."""

    items: tuple[tuple[Expression | None, Expression], ...]


class Subscript(Node, frozen=True, array_like=True, tag=True, gc=False):
    """`value[index]`; several indices come as one tuple `Sequence`, a slice as `Opaque`."""

    value: Expression
    index: Expression


class Unary(Node, frozen=True, array_like=True, tag=True, gc=False):
    """`operator operand`; operators are `not`, `-`, `+`, `~`."""

    operator: str
    operand: Expression


class Binary(Node, frozen=True, array_like=True, tag=True, gc=False):
    """`left operator right`, arithmetic and bitwise, such as `+`, `%`, `|`."""

    operator: str
    left: Expression
    right: Expression


class Boolean(Node, frozen=True, array_like=True, tag=True, gc=False):
    """`left and right`, `left or right`."""

    operator: str
    left: Expression
    right: Expression


class Compare(Node, frozen=True, array_like=True, tag=True, gc=False):
    """A comparison chain: `left`, then (operator, operand) pairs; operators as written, such as `is not`."""

    left: Expression
    comparisons: tuple[tuple[str, Expression], ...]


class Conditional(Node, frozen=True, array_like=True, tag=True, gc=False):
    """`body if test else orelse`."""

    test: Expression
    body: Expression
    orelse: Expression


class Lambda(Node, frozen=True, array_like=True, tag=True, gc=False):
    """`lambda parameters: body`."""

    parameters: tuple[Parameter, ...]
    body: Expression


class Comprehension(Node, frozen=True, array_like=True, tag=True, gc=False):
    """A comprehension or generator expression; `key` only for dicts."""

    kind: str
    """`"list"`, `"set"`, `"dict"` or `"generator"`."""
    key: Expression | None
    value: Expression
    loops: tuple[tuple[Expression, Expression, tuple[Expression, ...]], ...]
    """(target, iterable, conditions), outermost first."""


class Await(Node, frozen=True, array_like=True, tag=True, gc=False):
    """`await value`."""

    value: Expression


class Yield(Node, frozen=True, array_like=True, tag=True, gc=False):
    """`yield value` or `yield from value`."""

    value: Expression | None


class Named(Node, frozen=True, array_like=True, tag=True, gc=False):
    """`name := value`."""

    name: str
    value: Expression


class Opaque(Node, frozen=True, array_like=True, tag=True, gc=False):
    """Whatever has no form of its own here (slices, `...`, huge numbers, template strings): its text."""

    text: str


Expression = (
    Constant
    | Bytes
    | Name
    | Attribute
    | Call
    | Format
    | Sequence
    | Starred
    | Mapping
    | Subscript
    | Unary
    | Binary
    | Boolean
    | Compare
    | Conditional
    | Lambda
    | Comprehension
    | Await
    | Yield
    | Named
    | Opaque
)


class Parameter(Node, frozen=True, array_like=True, tag=True, gc=False):
    """One parameter of a function or lambda."""

    name: str
    kind: str
    """`"positional"` (before `/`), `"normal"`, `"keyword"` (after `*`), `"*"` or `"**"`."""
    annotation: Expression | None = None
    default: Expression | None = None
