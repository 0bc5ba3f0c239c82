"""Displays and comprehensions: from libcst's tree to the small form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import libcst as cst

from pizzaguard.audit.source import ir

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pizzaguard.audit.source.facts.expressions import ExpressionReader


def _items(reader: ExpressionReader, elements: Sequence[cst.BaseElement]) -> tuple[ir.Expression, ...]:
    items = []
    for element in elements:
        items.append(reader.expression(element if isinstance(element, cst.StarredElement) else element.value))
        reader.around(element.comma)
    return tuple(items)


def _starred(reader: ExpressionReader, node: cst.StarredElement, line: int) -> ir.Expression:
    reader.space(node.whitespace_before_value)
    return ir.Starred(line, reader.expression(node.value))


def _tuple(reader: ExpressionReader, node: cst.Tuple, line: int) -> ir.Expression:
    return ir.Sequence(line, "tuple", _items(reader, node.elements))


def _list(reader: ExpressionReader, node: cst.List, line: int) -> ir.Expression:
    reader.space(node.lbracket.whitespace_after)
    items = _items(reader, node.elements)
    reader.space(node.rbracket.whitespace_before)
    return ir.Sequence(line, "list", items)


def _set(reader: ExpressionReader, node: cst.Set, line: int) -> ir.Expression:
    reader.space(node.lbrace.whitespace_after)
    items = _items(reader, node.elements)
    reader.space(node.rbrace.whitespace_before)
    return ir.Sequence(line, "set", items)


def _dict(reader: ExpressionReader, node: cst.Dict, line: int) -> ir.Expression:
    reader.space(node.lbrace.whitespace_after)
    items: list[tuple[ir.Expression | None, ir.Expression]] = []
    for element in node.elements:
        key = None
        if isinstance(element, cst.DictElement):
            key = reader.expression(element.key)
            reader.space(element.whitespace_before_colon)
            reader.space(element.whitespace_after_colon)
        elif isinstance(element, cst.StarredDictElement):
            reader.space(element.whitespace_before_value)
        items.append((key, reader.expression(element.value)))
        reader.around(element.comma)
    reader.space(node.rbrace.whitespace_before)
    return ir.Mapping(line, tuple(items))


def _loops(reader: ExpressionReader, first: cst.CompFor) -> tuple[Any, ...]:
    """Return (target, iterable, conditions) of each `for`, outermost first."""
    loops = []
    loop: cst.CompFor | None = first
    while loop is not None:
        reader.space(loop.whitespace_before)
        if loop.asynchronous is not None:
            reader.space(loop.asynchronous.whitespace_after)
        reader.space(loop.whitespace_after_for)
        target = reader.expression(loop.target)
        reader.space(loop.whitespace_before_in)
        reader.space(loop.whitespace_after_in)
        iterable = reader.expression(loop.iter)
        conditions = []
        for condition in loop.ifs:
            reader.space(condition.whitespace_before)
            reader.space(condition.whitespace_before_test)
            conditions.append(reader.expression(condition.test))
        loops.append((target, iterable, tuple(conditions)))
        loop = loop.inner_for_in
    return tuple(loops)


def generator(reader: ExpressionReader, node: cst.GeneratorExp, line: int) -> ir.Expression:
    """Return a generator expression that starts at `line`."""
    value = reader.expression(node.elt)
    return ir.Comprehension(line, "generator", None, value, _loops(reader, node.for_in))


def _list_comprehension(reader: ExpressionReader, node: cst.ListComp, line: int) -> ir.Expression:
    reader.space(node.lbracket.whitespace_after)
    value = reader.expression(node.elt)
    loops = _loops(reader, node.for_in)
    reader.space(node.rbracket.whitespace_before)
    return ir.Comprehension(line, "list", None, value, loops)


def _set_comprehension(reader: ExpressionReader, node: cst.SetComp, line: int) -> ir.Expression:
    reader.space(node.lbrace.whitespace_after)
    value = reader.expression(node.elt)
    loops = _loops(reader, node.for_in)
    reader.space(node.rbrace.whitespace_before)
    return ir.Comprehension(line, "set", None, value, loops)


def _dict_comprehension(reader: ExpressionReader, node: cst.DictComp, line: int) -> ir.Expression:
    reader.space(node.lbrace.whitespace_after)
    key = reader.expression(node.key)
    reader.space(node.whitespace_before_colon)
    reader.space(node.whitespace_after_colon)
    value = reader.expression(node.value)
    loops = _loops(reader, node.for_in)
    reader.space(node.rbrace.whitespace_before)
    return ir.Comprehension(line, "dict", key, value, loops)


READERS: Mapping[type[cst.CSTNode], Any] = {
    cst.StarredElement: _starred,
    cst.Tuple: _tuple,
    cst.List: _list,
    cst.Set: _set,
    cst.Dict: _dict,
    cst.GeneratorExp: generator,
    cst.ListComp: _list_comprehension,
    cst.SetComp: _set_comprehension,
    cst.DictComp: _dict_comprehension,
}
