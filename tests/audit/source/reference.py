"""The same facts from the interpreter's own `ast`: the second witness that ours must agree with.

What the two cannot both know is left out on both sides (`comparable`): the text of opaque nodes and patterns, the line
of a positional argument or a case, and on Python 3.11 the lines inside f-strings, which it counts wrongly itself.
"""

# ruff: noqa: ANN401 - whatever `ast` or our own form may hold

from __future__ import annotations

import ast
import sys
import warnings
from typing import Any

import msgspec

from pizzaguard.audit.source import ir

_UNARY = {ast.Not: "not", ast.USub: "-", ast.UAdd: "+", ast.Invert: "~"}
_BINARY = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.FloorDiv: "//",
    ast.Mod: "%",
    ast.Pow: "**",
    ast.LShift: "<<",
    ast.RShift: ">>",
    ast.BitOr: "|",
    ast.BitAnd: "&",
    ast.BitXor: "^",
    ast.MatMult: "@",
}
_COMPARE = {
    ast.Lt: "<",
    ast.Gt: ">",
    ast.Eq: "==",
    ast.LtE: "<=",
    ast.GtE: ">=",
    ast.NotEq: "!=",
    ast.In: "in",
    ast.NotIn: "not in",
    ast.Is: "is",
    ast.IsNot: "is not",
}
_KINDS = {ast.ListComp: "list", ast.SetComp: "set", ast.DictComp: "dict", ast.GeneratorExp: "generator"}
_LARGEST = 2**64


def reference(text: str) -> tuple[Any, ...]:
    """Return the statements of a text as `ast` sees them, in our form."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # an escape that means nothing is the author's business
        return _body(ast.parse(text).body)


def comparable(node: Any, *, keep_lines: bool = True) -> Any:
    """Return a node, or a tuple of them, as nested tuples without what the two witnesses cannot both know."""
    if isinstance(node, tuple):
        return tuple(comparable(item, keep_lines=keep_lines) for item in node)
    if not isinstance(node, msgspec.Struct):
        return (type(node).__name__, repr(node))
    if isinstance(node, ir.Boolean):
        return _flat(node, keep_lines=keep_lines)
    inside = keep_lines and not (isinstance(node, ir.Format) and sys.version_info < (3, 12))
    fields = {name: getattr(node, name) for name in node.__struct_fields__}
    if (
        not keep_lines
        or isinstance(node, ir.Case)
        or (isinstance(node, ir.Argument) and not node.keyword and not node.star)
    ):
        del fields["line"]
    for unknown in ("text", "pattern", "open_line"):
        fields.pop(unknown, None)
    return (type(node).__name__, *((name, comparable(value, keep_lines=inside)) for name, value in fields.items()))


def _flat(node: ir.Boolean, *, keep_lines: bool) -> Any:
    """Return `a and b and c`, which libcst nests and `ast` does not, as one list of operands."""
    operands: list[Any] = []
    rest: Any = node
    while isinstance(rest, ir.Boolean) and rest.operator == node.operator:
        operands.append(comparable(rest.right, keep_lines=keep_lines))
        rest = rest.left
    operands.append(comparable(rest, keep_lines=keep_lines))
    return ("Boolean", node.operator, *reversed(operands))


def _body(nodes: list[ast.stmt]) -> tuple[Any, ...]:
    return tuple(_statement(node) for node in nodes)


def _statement(node: ast.stmt) -> Any:  # noqa: C901, PLR0911, PLR0912 - a table of kinds
    line = node.lineno - 1
    match node:
        case ast.Expr():
            return ir.Evaluate(line, _expression(node.value))
        case ast.Assign():
            return ir.Assign(line, _all(node.targets), _expression(node.value))
        case ast.AnnAssign():
            return ir.Assign(line, (_expression(node.target),), _optional(node.value), _expression(node.annotation))
        case ast.AugAssign():
            return ir.Augment(line, _expression(node.target), _BINARY[type(node.op)], _expression(node.value))
        case ast.Return():
            return ir.Return(line, _optional(node.value))
        case ast.Raise():
            return ir.Raise(line, _optional(node.exc), _optional(node.cause))
        case ast.Assert():
            return ir.Assert(line, _expression(node.test))
        case ast.Delete():
            return ir.Delete(line, _all(node.targets))
        case ast.Pass() | ast.Break() | ast.Continue():
            return ir.Jump(line, type(node).__name__.lower())
        case ast.Global() | ast.Nonlocal():
            return ir.Scope(line, type(node).__name__.lower(), tuple(node.names))
        case ast.Import():
            return ir.Import(line, tuple((name.name, name.asname) for name in node.names))
        case ast.ImportFrom():
            names = tuple((name.name, name.asname) for name in node.names if name.name != "*")
            return ir.ImportFrom(line, node.module or "", node.level, names)
        case _:
            return _compound(node, line)


def _compound(node: ast.stmt, line: int) -> Any:  # noqa: PLR0911 - a table of kinds
    match node:
        case ast.If():
            return ir.If(line, _expression(node.test), _body(node.body), _body(node.orelse))
        case ast.For() | ast.AsyncFor():
            return ir.For(line, _expression(node.target), _expression(node.iter), _body(node.body), _body(node.orelse))
        case ast.While():
            return ir.While(line, _expression(node.test), _body(node.body), _body(node.orelse))
        case ast.Try() | ast.TryStar():
            handlers = tuple(
                ir.Handler(one.lineno - 1, _optional(one.type), one.name, _body(one.body)) for one in node.handlers
            )
            return ir.Try(line, _body(node.body), handlers, _body(node.orelse), _body(node.finalbody))
        case ast.With() | ast.AsyncWith():
            items = tuple((_expression(one.context_expr), _optional(one.optional_vars)) for one in node.items)
            return ir.With(line, items, _body(node.body))
        case ast.Match():
            cases = tuple(ir.Case(0, "", _optional(one.guard), _body(one.body)) for one in node.cases)
            return ir.Match(line, _expression(node.subject), cases)
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            is_async = isinstance(node, ast.AsyncFunctionDef)
            parameters = _parameters(node.args)
            return ir.Function(
                line, node.name, parameters, _body(node.body), _all(node.decorator_list), _optional(node.returns),
                is_async, _first_line(node), _last_line(node),
            )  # fmt: skip
        case ast.ClassDef():
            bases = _arguments(node.bases, node.keywords)
            return ir.Class(
                line, node.name, bases, _body(node.body), _all(node.decorator_list), _first_line(node),
                _last_line(node),
            )  # fmt: skip
        case _:
            raise TypeError(node)


def _first_line(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> int:
    return min([node.lineno, *(one.lineno for one in node.decorator_list)]) - 1


def _last_line(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - 1


def _optional(node: ast.expr | None) -> Any:
    return None if node is None else _expression(node)


def _all(nodes: list[ast.expr]) -> tuple[Any, ...]:
    return tuple(_expression(node) for node in nodes)


def _expression(node: ast.expr) -> Any:  # noqa: C901, PLR0911, PLR0912 - a table of kinds
    line = node.lineno - 1
    match node:
        case ast.Constant():
            return _constant(line, node.value)
        case ast.Name():
            return ir.Name(line, node.id)
        case ast.Attribute():
            return ir.Attribute(line, _expression(node.value), node.attr)
        case ast.Call():
            return ir.Call(line, _expression(node.func), _arguments(node.args, node.keywords))
        case ast.JoinedStr():
            return _joined(line, node)
        case ast.List() | ast.Tuple() | ast.Set():
            return ir.Sequence(line, type(node).__name__.lower(), _all(node.elts))
        case ast.Starred():
            return ir.Starred(line, _expression(node.value))
        case ast.Dict():
            return ir.Mapping(line, tuple(zip(map(_optional, node.keys), _all(node.values), strict=True)))
        case ast.Subscript():
            return ir.Subscript(line, _expression(node.value), _expression(node.slice))
        case ast.UnaryOp():
            return ir.Unary(line, _UNARY[type(node.op)], _expression(node.operand))
        case ast.BinOp():
            return ir.Binary(line, _BINARY[type(node.op)], _expression(node.left), _expression(node.right))
        case ast.BoolOp():
            operator = type(node.op).__name__.lower()
            whole, *rest = _all(node.values)
            for operand in rest:
                whole = ir.Boolean(line, operator, whole, operand)
            return whole
        case ast.Compare():
            operators = [_COMPARE[type(one)] for one in node.ops]
            return ir.Compare(line, _expression(node.left), tuple(zip(operators, _all(node.comparators), strict=True)))
        case ast.IfExp():
            return ir.Conditional(line, _expression(node.test), _expression(node.body), _expression(node.orelse))
        case ast.Lambda():
            return ir.Lambda(line, _parameters(node.args), _expression(node.body))
        case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
            return _comprehension(line, node)
        case ast.Await():
            return ir.Await(line, _expression(node.value))
        case ast.Yield() | ast.YieldFrom():
            return ir.Yield(line, _optional(node.value))
        case ast.NamedExpr():
            return ir.Named(line, node.target.id, _expression(node.value))
        case _:
            return ir.Opaque(line, "")


def _comprehension(line: int, node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp) -> Any:
    loops = tuple((_expression(one.target), _expression(one.iter), _all(one.ifs)) for one in node.generators)
    key, value = (node.key, node.value) if isinstance(node, ast.DictComp) else (None, node.elt)
    return ir.Comprehension(line, _KINDS[type(node)], _optional(key), _expression(value), loops)


def _constant(line: int, value: Any) -> Any:
    if isinstance(value, bytes):
        return ir.Bytes(line, value)
    is_half = isinstance(value, str) and any("\ud800" <= character <= "\udfff" for character in value)
    is_huge = isinstance(value, int) and value >= _LARGEST
    if is_half or is_huge or isinstance(value, complex) or value is ...:
        return ir.Opaque(line, "")
    return ir.Constant(line, value)


def _joined(line: int, node: ast.JoinedStr) -> Any:
    parts: list[Any] = []
    for value in node.values:
        part = _expression(value.value if isinstance(value, ast.FormattedValue) else value)
        is_text = isinstance(part, ir.Constant) and isinstance(part.value, str)
        if is_text and parts and isinstance(parts[-1], ir.Constant) and isinstance(parts[-1].value, str):
            parts[-1] = ir.Constant(parts[-1].line, parts[-1].value + part.value)
        else:
            parts.append(part)
    if not parts:
        return ir.Constant(line, "")
    if len(parts) == 1 and isinstance(parts[0], ir.Constant) and isinstance(parts[0].value, str):
        return ir.Constant(line, parts[0].value)
    return ir.Format(line, tuple(parts))


def _arguments(positional: list[ast.expr], keywords: list[ast.keyword]) -> tuple[Any, ...]:
    found: list[tuple[tuple[int, int], Any]] = []
    for node in positional:
        star, value = ("*", node.value) if isinstance(node, ast.Starred) else ("", node)
        found.append(((node.lineno, node.col_offset), ir.Argument(node.lineno - 1, _expression(value), None, star)))
    for keyword in keywords:
        star = "" if keyword.arg else "**"
        argument = ir.Argument(keyword.lineno - 1, _expression(keyword.value), keyword.arg, star)
        found.append(((keyword.lineno, keyword.col_offset), argument))
    return tuple(argument for _, argument in sorted(found, key=lambda pair: pair[0]))


def _parameters(node: ast.arguments) -> tuple[Any, ...]:
    plain = [(one, "positional") for one in node.posonlyargs] + [(one, "normal") for one in node.args]
    defaults = [None] * (len(plain) - len(node.defaults)) + list(node.defaults)
    found = [_parameter(one, kind, default) for (one, kind), default in zip(plain, defaults, strict=True)]
    if node.vararg:
        found.append(_parameter(node.vararg, "*", None))
    found += [
        _parameter(one, "keyword", default) for one, default in zip(node.kwonlyargs, node.kw_defaults, strict=True)
    ]
    if node.kwarg:
        found.append(_parameter(node.kwarg, "**", None))
    return tuple(found)


def _parameter(node: ast.arg, kind: str, default: ast.expr | None) -> Any:
    return ir.Parameter(node.lineno - 1, node.arg, kind, _optional(node.annotation), _optional(default))
