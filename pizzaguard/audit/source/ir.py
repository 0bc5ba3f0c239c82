"""The small form that a block of source takes once it is parsed: expressions, statements, definitions.

`facts.py` alone makes these nodes (from libcst); everything behind it reads only these. They are `msgspec`
structs and not dataclasses because they live in the cache: a tagged, array-like struct decodes to its own type at
C speed, where plain msgpack would bring tuples back as lists.

Every node carries `line`: 0-based, counted from the first line of its block, so that a block which an edit above
has moved keeps its cache entry. `Block.first_line + node.line` is the line in the file.
"""

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
    """`left operator right`, arithmetic and bitwise: `+`, `%`, `|`, …"""

    operator: str
    left: Expression
    right: Expression


class Boolean(Node, frozen=True, array_like=True, tag=True, gc=False):
    """`left and right`, `left or right`."""

    operator: str
    left: Expression
    right: Expression


class Compare(Node, frozen=True, array_like=True, tag=True, gc=False):
    """A comparison chain: `left`, then (operator, operand) pairs; operators as written: `==`, `is not`, `not in`, …"""

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
    Constant | Bytes | Name | Attribute | Call | Format | Sequence | Starred | Mapping | Subscript | Unary | Binary | Boolean
    | Compare | Conditional | Lambda | Comprehension | Await | Yield | Named | Opaque
)


class Parameter(Node, frozen=True, array_like=True, tag=True, gc=False):
    """One parameter of a function or lambda."""

    name: str
    kind: str
    """`"positional"` (before `/`), `"normal"`, `"keyword"` (after `*`), `"*"` or `"**"`."""
    annotation: Expression | None = None
    default: Expression | None = None


# ---------------------------------------------------------------------------------------------- statements


class Evaluate(Node, frozen=True, array_like=True, tag=True, gc=False):
    """An expression standing as a statement."""

    value: Expression


class Assign(Node, frozen=True, array_like=True, tag=True, gc=False):
    """`targets[0] = targets[1] = value`; an annotated assignment has one target, an annotation and perhaps no value."""

    targets: tuple[Expression, ...]
    value: Expression | None
    annotation: Expression | None = None


class Augment(Node, frozen=True, array_like=True, tag=True, gc=False):
    """`target operator= value`; the operator without its `=`."""

    target: Expression
    operator: str
    value: Expression


class Return(Node, frozen=True, array_like=True, tag=True, gc=False):
    """`return value`."""

    value: Expression | None


class Raise(Node, frozen=True, array_like=True, tag=True, gc=False):
    """`raise error from cause`."""

    error: Expression | None
    cause: Expression | None = None


class Assert(Node, frozen=True, array_like=True, tag=True, gc=False):
    """`assert test`."""

    test: Expression


class Delete(Node, frozen=True, array_like=True, tag=True, gc=False):
    """`del targets`."""

    targets: tuple[Expression, ...]


class Jump(Node, frozen=True, array_like=True, tag=True, gc=False):
    """`break`, `continue` or `pass`."""

    word: str


class Scope(Node, frozen=True, array_like=True, tag=True, gc=False):
    """`global names` or `nonlocal names`."""

    word: str
    names: tuple[str, ...]


class Import(Node, frozen=True, array_like=True, tag=True, gc=False):
    """`import a.b as c`: (dotted name, alias or None) pairs."""

    names: tuple[tuple[str, str | None], ...]


class ImportFrom(Node, frozen=True, array_like=True, tag=True, gc=False):
    """`from ..module import name as alias`; `names` is empty for `*`."""

    module: str
    level: int
    names: tuple[tuple[str, str | None], ...]


class If(Node, frozen=True, array_like=True, tag=True, gc=False):
    """`if test: body else: orelse`; an `elif` is an `If` alone in `orelse`."""

    test: Expression
    body: tuple[Statement, ...]
    orelse: tuple[Statement, ...]


class For(Node, frozen=True, array_like=True, tag=True, gc=False):
    """`for target in iterable: body else: orelse`, also `async for`."""

    target: Expression
    iterable: Expression
    body: tuple[Statement, ...]
    orelse: tuple[Statement, ...]


class While(Node, frozen=True, array_like=True, tag=True, gc=False):
    """`while test: body else: orelse`."""

    test: Expression
    body: tuple[Statement, ...]
    orelse: tuple[Statement, ...]


class Handler(Node, frozen=True, array_like=True, tag=True, gc=False):
    """`except error as name: body`, also `except*`."""

    error: Expression | None
    name: str | None
    body: tuple[Statement, ...]


class Try(Node, frozen=True, array_like=True, tag=True, gc=False):
    """`try … except … else … finally …`."""

    body: tuple[Statement, ...]
    handlers: tuple[Handler, ...]
    orelse: tuple[Statement, ...]
    final: tuple[Statement, ...]


class With(Node, frozen=True, array_like=True, tag=True, gc=False):
    """`with context as target, …: body`, also `async with`."""

    items: tuple[tuple[Expression, Expression | None], ...]
    body: tuple[Statement, ...]


class Case(Node, frozen=True, array_like=True, tag=True, gc=False):
    """One `case pattern if guard: body`; the pattern is kept as text."""

    pattern: str
    guard: Expression | None
    body: tuple[Statement, ...]


class Match(Node, frozen=True, array_like=True, tag=True, gc=False):
    """`match subject: cases`."""

    subject: Expression
    cases: tuple[Case, ...]


class Function(Node, frozen=True, array_like=True, tag=True, gc=False):
    """A function definition; `line` is that of its `def`, `first_line` that of its first decorator."""

    name: str
    parameters: tuple[Parameter, ...]
    body: tuple[Statement, ...]
    decorators: tuple[Expression, ...]
    returns: Expression | None
    is_async: bool
    first_line: int
    last_line: int


class Class(Node, frozen=True, array_like=True, tag=True, gc=False):
    """A class definition; bases and keywords are `Argument`s; lines as for `Function`."""

    name: str
    bases: tuple[Argument, ...]
    body: tuple[Statement, ...]
    decorators: tuple[Expression, ...]
    first_line: int
    last_line: int


Statement = (
    Evaluate | Assign | Augment | Return | Raise | Assert | Delete | Jump | Scope | Import | ImportFrom | If | For
    | While | Try | With | Match | Function | Class
)


class Facts(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """All that is kept of one block: its statements, or why it could not be read."""

    statements: tuple[Statement, ...]
    problem: str | None = None
    """Set when the block could not be parsed: the reason, fit for a gap; `statements` is then empty."""
