"""Statements and definitions, and the facts of a whole block."""

from __future__ import annotations

import msgspec

from pizzaguard.audit.source.ir.expressions import Argument, Expression, Node, Parameter


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
    Evaluate
    | Assign
    | Augment
    | Return
    | Raise
    | Assert
    | Delete
    | Jump
    | Scope
    | Import
    | ImportFrom
    | If
    | For
    | While
    | Try
    | With
    | Match
    | Function
    | Class
)


class Facts(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """All that is kept of one block: its statements, or why it could not be read."""

    statements: tuple[Statement, ...]
    problem: str | None = None
    """Set when the block could not be parsed: the reason, fit for a gap; `statements` is then empty."""
