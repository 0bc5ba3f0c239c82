"""Names, numbers and strings: from libcst's tree to the small form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import libcst as cst

from pizzaguard.audit.source import ir
from pizzaguard.audit.source.facts.cursor import code
from pizzaguard.audit.source.facts.literals import field_text, identifier, integer_value, text_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pizzaguard.audit.source.facts.expressions import ExpressionReader

_CONSTANTS: dict[str, bool | None] = {"True": True, "False": False, "None": None}


def _name(_: ExpressionReader, node: cst.Name, line: int) -> ir.Expression:
    value = node.value
    return ir.Constant(line, _CONSTANTS[value]) if value in _CONSTANTS else ir.Name(line, identifier(value))


def _ellipsis(_: ExpressionReader, _node: cst.Ellipsis, line: int) -> ir.Expression:
    return ir.Opaque(line, "...")


def _integer(_: ExpressionReader, node: cst.Integer, line: int) -> ir.Expression:
    value = integer_value(node.value)
    return ir.Opaque(line, node.value) if value is None else ir.Constant(line, value)


def _float(_: ExpressionReader, node: cst.Float, line: int) -> ir.Expression:
    return ir.Constant(line, float(node.value))


def _imaginary(_: ExpressionReader, node: cst.Imaginary, line: int) -> ir.Expression:
    return ir.Opaque(line, node.value)


def _simple(reader: ExpressionReader, node: cst.SimpleString, line: int) -> ir.Expression:
    literal = node.value
    reader.line += literal.count("\n")
    value = text_value(literal)
    return ir.Bytes(line, value) if isinstance(value, bytes) else _text(line, value, literal)


def _formatted(reader: ExpressionReader, node: cst.FormattedString, line: int) -> ir.Expression:
    return _joined(line, _parts(reader, node))


def _concatenated(reader: ExpressionReader, node: cst.ConcatenatedString, line: int) -> ir.Expression:
    pieces: list[ir.Expression] = []
    rest: cst.BaseExpression = node
    while isinstance(rest, cst.ConcatenatedString):
        pieces.extend(_pieces(reader, rest.left))
        reader.space(rest.whitespace_between)
        rest = rest.right
    pieces.extend(_pieces(reader, rest))
    return _joined(line, pieces)


def _pieces(reader: ExpressionReader, node: cst.BaseExpression) -> Iterable[ir.Expression]:
    """Give the texts and the fields of one of several adjacent strings."""
    return _parts(reader, node) if isinstance(node, cst.FormattedString) else (reader.expression(node),)


def _parts(reader: ExpressionReader, node: cst.FormattedString) -> Iterator[ir.Expression]:
    raw = "r" in node.prefix
    for part in node.parts:
        if isinstance(part, cst.FormattedStringText):
            line = reader.line
            reader.line += part.value.count("\n")
            yield _text(line, field_text(part.value, raw=raw), part.value)
        elif isinstance(part, cst.FormattedStringExpression):
            yield from _field(reader, part)


def _field(reader: ExpressionReader, part: cst.FormattedStringExpression) -> Iterator[ir.Expression]:
    reader.space(part.whitespace_before_expression)
    if part.equal is not None:  # `{name=}` shows its own text first
        shown = code(part.whitespace_before_expression) + code(part.expression) + code(part.equal)
        yield _text(reader.line, shown, shown)
    yield reader.expression(part.expression)
    if part.equal is not None:
        reader.around(part.equal)
    reader.space(part.whitespace_after_expression)
    for piece in part.format_spec or ():
        reader.over(piece)


def _text(line: int, value: str, literal: str) -> ir.Expression:
    """Return a text constant; half a surrogate pair is no text that UTF-8, and so the cache, could hold."""
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            return ir.Opaque(line, literal)
    return ir.Constant(line, value)


def _joined(line: int, pieces: Iterable[ir.Expression]) -> ir.Expression:
    """Return adjacent strings as one: a constant if no part of it is computed, else a format."""
    parts: list[ir.Expression] = []
    for piece in pieces:
        last = parts[-1] if parts else None
        if isinstance(piece, ir.Bytes) and isinstance(last, ir.Bytes):
            parts[-1] = ir.Bytes(last.line, last.value + piece.value)
        elif isinstance(piece, ir.Constant) and isinstance(piece.value, str):
            if isinstance(last, ir.Constant) and isinstance(last.value, str):
                parts[-1] = ir.Constant(last.line, last.value + piece.value)
            elif piece.value:
                parts.append(piece)
        else:
            parts.append(piece)
    if not parts:
        return ir.Constant(line, "")
    only = parts[0] if len(parts) == 1 else None
    if isinstance(only, ir.Bytes):
        return ir.Bytes(line, only.value)
    if isinstance(only, ir.Constant) and isinstance(only.value, str):
        return ir.Constant(line, only.value)
    return ir.Format(line, tuple(parts))


READERS: Mapping[type[cst.CSTNode], Any] = {
    cst.Name: _name,
    cst.Ellipsis: _ellipsis,
    cst.Integer: _integer,
    cst.Float: _float,
    cst.Imaginary: _imaginary,
    cst.SimpleString: _simple,
    cst.FormattedString: _formatted,
    cst.ConcatenatedString: _concatenated,
}
