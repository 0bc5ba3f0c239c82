"""Statements without a body: from libcst's tree to the small form."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from pizzaguard.audit.source import ir
from pizzaguard.audit.source.facts.literals import identifier
from pizzaguard.audit.source.facts.operators import AUGMENT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pizzaguard.audit.source.facts.expressions import ExpressionReader


def _evaluate(reader: ExpressionReader, node: cst.Expr, line: int) -> ir.Statement:
    return ir.Evaluate(line, reader.expression(node.value))


def _assign(reader: ExpressionReader, node: cst.Assign, line: int) -> ir.Statement:
    targets = []
    for target in node.targets:
        targets.append(reader.expression(target.target))
        reader.space(target.whitespace_before_equal)
        reader.space(target.whitespace_after_equal)
    return ir.Assign(line, tuple(targets), reader.expression(node.value))


def _annotated(reader: ExpressionReader, node: cst.AnnAssign, line: int) -> ir.Statement:
    target = reader.expression(node.target)
    annotation = reader.annotation(node.annotation)
    reader.around(node.equal)
    return ir.Assign(line, (target,), reader.optional(node.value), annotation)


def _augment(reader: ExpressionReader, node: cst.AugAssign, line: int) -> ir.Statement:
    target = reader.expression(node.target)
    reader.around(node.operator)
    return ir.Augment(line, target, AUGMENT[type(node.operator)], reader.expression(node.value))


def _type_alias(reader: ExpressionReader, node: cst.TypeAlias, line: int) -> ir.Statement:
    """Read `type X = …` as the assignment that it is to everyone who looks for X."""
    reader.space(node.whitespace_after_type)
    target = reader.expression(node.name)
    reader.space(node.whitespace_after_name)
    reader.over(node.type_parameters)
    reader.space(node.whitespace_after_type_parameters)
    reader.space(node.whitespace_after_equals)
    return ir.Assign(line, (target,), reader.expression(node.value))


def _return(reader: ExpressionReader, node: cst.Return, line: int) -> ir.Statement:
    reader.space(node.whitespace_after_return)
    return ir.Return(line, reader.optional(node.value))


def _raise(reader: ExpressionReader, node: cst.Raise, line: int) -> ir.Statement:
    reader.space(node.whitespace_after_raise)
    error = reader.optional(node.exc)
    cause = None
    if node.cause is not None:
        reader.space(node.cause.whitespace_before_from)
        reader.space(node.cause.whitespace_after_from)
        cause = reader.expression(node.cause.item)
    return ir.Raise(line, error, cause)


def _assert(reader: ExpressionReader, node: cst.Assert, line: int) -> ir.Statement:
    reader.space(node.whitespace_after_assert)
    test = reader.expression(node.test)
    reader.around(node.comma)
    reader.optional(node.msg)
    return ir.Assert(line, test)


def _delete(reader: ExpressionReader, node: cst.Del, line: int) -> ir.Statement:
    reader.space(node.whitespace_after_del)
    target = reader.expression(node.target)
    if isinstance(target, ir.Sequence) and isinstance(node.target, cst.Tuple) and not node.target.lpar:
        return ir.Delete(line, target.items)
    return ir.Delete(line, (target,))


def _pass(_: ExpressionReader, _node: cst.Pass, line: int) -> ir.Statement:
    return ir.Jump(line, "pass")


def _break(_: ExpressionReader, _node: cst.Break, line: int) -> ir.Statement:
    return ir.Jump(line, "break")


def _continue(_: ExpressionReader, _node: cst.Continue, line: int) -> ir.Statement:
    return ir.Jump(line, "continue")


def _global(reader: ExpressionReader, node: cst.Global, line: int) -> ir.Statement:
    reader.space(node.whitespace_after_global)
    return ir.Scope(line, "global", _names(reader, node.names))


def _nonlocal(reader: ExpressionReader, node: cst.Nonlocal, line: int) -> ir.Statement:
    reader.space(node.whitespace_after_nonlocal)
    return ir.Scope(line, "nonlocal", _names(reader, node.names))


def _names(reader: ExpressionReader, items: Sequence[cst.NameItem]) -> tuple[str, ...]:
    names = []
    for item in items:
        names.append(identifier(item.name.value))
        reader.around(item.comma)
    return tuple(names)


def _import(reader: ExpressionReader, node: cst.Import | cst.LazyImport, line: int) -> ir.Statement:
    if isinstance(node, cst.LazyImport):
        reader.space(node.whitespace_after_lazy)
    reader.space(node.whitespace_after_import)
    return ir.Import(line, _imported(reader, node.names))


def _import_from(reader: ExpressionReader, node: cst.ImportFrom | cst.LazyImportFrom, line: int) -> ir.Statement:
    if isinstance(node, cst.LazyImportFrom):
        reader.space(node.whitespace_after_lazy)
    reader.space(node.whitespace_after_from)
    for dot in node.relative:
        reader.around(dot)
    module = "" if node.module is None else _dotted(reader, node.module)
    reader.space(node.whitespace_before_import)
    reader.space(node.whitespace_after_import)
    if node.lpar is not None:
        reader.space(node.lpar.whitespace_after)
    names = () if isinstance(node.names, cst.ImportStar) else _imported(reader, node.names)
    if node.rpar is not None:
        reader.space(node.rpar.whitespace_before)
    return ir.ImportFrom(line, module, len(node.relative), names)


def _imported(reader: ExpressionReader, aliases: Sequence[cst.ImportAlias]) -> tuple[tuple[str, str | None], ...]:
    names = []
    for alias in aliases:
        name = _dotted(reader, alias.name)
        new_name = None
        if alias.asname is not None:
            reader.space(alias.asname.whitespace_before_as)
            reader.space(alias.asname.whitespace_after_as)
            new_name = identifier(alias.asname.name.value) if isinstance(alias.asname.name, cst.Name) else None
        reader.around(alias.comma)
        names.append((name, new_name))
    return tuple(names)


def _dotted(reader: ExpressionReader, node: cst.BaseExpression) -> str:
    parts = []
    while isinstance(node, cst.Attribute):
        parts.append(node.attr.value)
        reader.around(node.dot)
        node = node.value
    if isinstance(node, cst.Name):
        parts.append(node.value)
    return identifier(".".join(reversed(parts)))


SMALL: Mapping[type[cst.CSTNode], Callable[..., ir.Statement]] = {
    cst.Expr: _evaluate,
    cst.Assign: _assign,
    cst.AnnAssign: _annotated,
    cst.AugAssign: _augment,
    cst.TypeAlias: _type_alias,
    cst.Return: _return,
    cst.Raise: _raise,
    cst.Assert: _assert,
    cst.Del: _delete,
    cst.Pass: _pass,
    cst.Break: _break,
    cst.Continue: _continue,
    cst.Global: _global,
    cst.Nonlocal: _nonlocal,
    cst.Import: _import,
    cst.LazyImport: _import,
    cst.ImportFrom: _import_from,
    cst.LazyImportFrom: _import_from,
}
