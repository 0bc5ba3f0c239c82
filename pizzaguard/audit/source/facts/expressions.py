"""Expressions: from libcst's tree to the small form of `ir.py`.

One function a kind, found by the node's type. Each passes every token of its node in the order of the text, which is
what keeps the line right (see `cursor.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from pizzaguard.audit.source import ir
from pizzaguard.audit.source.facts import displays, strings
from pizzaguard.audit.source.facts.cursor import Cursor, code
from pizzaguard.audit.source.facts.literals import identifier
from pizzaguard.audit.source.facts.operators import BINARY, BOOLEAN, COMPARE, UNARY

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_ABSENT = cst.MaybeSentinel.DEFAULT


class ExpressionReader(Cursor):
    """Turns libcst's expressions into ours."""

    def expression(self, node: cst.BaseExpression) -> ir.Expression:
        """Return the form of one expression; the cursor passes all of it."""
        self.descend()
        line = self.line
        if node.lpar:
            for opening in node.lpar:
                line = self.line
                self.space(opening.whitespace_after)
            if type(node) not in _OWN_BRACKETS:
                line = self.line
        read = _READERS.get(type(node), _other)
        found = read(self, node, line)
        for closing in node.rpar:
            self.space(closing.whitespace_before)
        self.depth -= 1
        return found

    def optional(self, node: cst.BaseExpression | None) -> ir.Expression | None:
        """Return the form of an expression that may be absent."""
        return None if node is None else self.expression(node)

    def annotation(self, node: cst.Annotation | None) -> ir.Expression | None:
        """Return what stands behind a `:` or `->`, if anything does."""
        if node is None:
            return None
        self.space(node.whitespace_before_indicator)
        self.space(node.whitespace_after_indicator)
        return self.expression(node.annotation)

    def arguments(self, arguments: Sequence[cst.Arg], open_line: int = 0) -> tuple[ir.Argument, ...]:
        """Return the arguments of a call, or the bases of a class."""
        found = []
        for argument in arguments:
            line = self.line
            self.space(argument.whitespace_after_star)
            keyword = None
            if argument.keyword is not None:
                keyword = identifier(argument.keyword.value)
                self.around(argument.equal)
            node = argument.value
            if isinstance(node, cst.GeneratorExp) and not node.lpar:
                # Alone in a call, it has no brackets but those of the call, and starts there.
                value = displays.generator(self, node, open_line)
            else:
                value = self.expression(node)
            found.append(ir.Argument(line, value, keyword, argument.star))
            self.space(argument.whitespace_after_arg)
            self.around(argument.comma)
        return tuple(found)

    def parameters(self, node: cst.Parameters) -> tuple[ir.Parameter, ...]:
        """Return the parameters of a function or lambda, in order."""
        found = [self._parameter(one, "positional") for one in node.posonly_params]
        if isinstance(node.posonly_ind, cst.ParamSlash):
            self.space(node.posonly_ind.whitespace_after)
            self.around(node.posonly_ind.comma)
        found.extend(self._parameter(one, "normal") for one in node.params)
        if isinstance(node.star_arg, cst.Param):
            found.append(self._parameter(node.star_arg, "*"))
        elif isinstance(node.star_arg, cst.ParamStar):
            self.around(node.star_arg.comma)
        found.extend(self._parameter(one, "keyword") for one in node.kwonly_params)
        if node.star_kwarg is not None:
            found.append(self._parameter(node.star_kwarg, "**"))
        return tuple(found)

    def _parameter(self, node: cst.Param, kind: str) -> ir.Parameter:
        self.space(node.whitespace_after_star)
        line = self.line
        annotation = self.annotation(node.annotation)
        self.around(node.equal)
        default = self.optional(node.default)
        self.space(node.whitespace_after_param)
        self.around(node.comma)
        return ir.Parameter(line, identifier(node.name.value), kind, annotation, default)


def _other(reader: ExpressionReader, node: cst.BaseExpression, line: int) -> ir.Expression:
    text = code(node.with_changes(lpar=(), rpar=()))
    reader.line += text.count("\n")
    return ir.Opaque(line, text)


def _unary(reader: ExpressionReader, node: cst.UnaryOperation, line: int) -> ir.Expression:
    reader.space(node.operator.whitespace_after)
    return ir.Unary(line, UNARY[type(node.operator)], reader.expression(node.expression))


def _binary(reader: ExpressionReader, node: cst.BinaryOperation, line: int) -> ir.Expression:
    left = reader.expression(node.left)
    reader.around(node.operator)
    return ir.Binary(line, BINARY[type(node.operator)], left, reader.expression(node.right))


def _boolean(reader: ExpressionReader, node: cst.BooleanOperation, line: int) -> ir.Expression:
    left = reader.expression(node.left)
    reader.around(node.operator)
    return ir.Boolean(line, BOOLEAN[type(node.operator)], left, reader.expression(node.right))


def _compare(reader: ExpressionReader, node: cst.Comparison, line: int) -> ir.Expression:
    left = reader.expression(node.left)
    comparisons = []
    for target in node.comparisons:
        operator = target.operator
        if isinstance(operator, (cst.NotIn, cst.IsNot)):
            reader.space(operator.whitespace_between)
        reader.around(operator)
        comparisons.append((COMPARE[type(operator)], reader.expression(target.comparator)))
    return ir.Compare(line, left, tuple(comparisons))


def _conditional(reader: ExpressionReader, node: cst.IfExp, line: int) -> ir.Expression:
    body = reader.expression(node.body)
    reader.space(node.whitespace_before_if)
    reader.space(node.whitespace_after_if)
    test = reader.expression(node.test)
    reader.space(node.whitespace_before_else)
    reader.space(node.whitespace_after_else)
    return ir.Conditional(line, test, body, reader.expression(node.orelse))


def _named(reader: ExpressionReader, node: cst.NamedExpr, line: int) -> ir.Expression:
    target = reader.expression(node.target)
    reader.space(node.whitespace_before_walrus)
    reader.space(node.whitespace_after_walrus)
    name = target.name if isinstance(target, ir.Name) else code(node.target)
    return ir.Named(line, name, reader.expression(node.value))


def _attribute(reader: ExpressionReader, node: cst.Attribute, line: int) -> ir.Expression:
    value = reader.expression(node.value)
    reader.around(node.dot)
    return ir.Attribute(line, value, identifier(node.attr.value))


def _call(reader: ExpressionReader, node: cst.Call, line: int) -> ir.Expression:
    function = reader.expression(node.func)
    reader.space(node.whitespace_after_func)
    open_line = reader.line
    reader.space(node.whitespace_before_args)
    return ir.Call(line, function, reader.arguments(node.args, open_line), open_line)


def _subscript(reader: ExpressionReader, node: cst.Subscript, line: int) -> ir.Expression:
    value = reader.expression(node.value)
    reader.space(node.whitespace_after_value)
    reader.space(node.lbracket.whitespace_after)
    start = reader.line
    items = []
    for element in node.slice:
        items.append(_index(reader, element.slice))
        reader.around(element.comma)
    reader.space(node.rbracket.whitespace_before)
    is_tuple = len(items) > 1 or node.slice[0].comma is not _ABSENT or isinstance(items[0], ir.Starred)
    return ir.Subscript(line, value, ir.Sequence(start, "tuple", tuple(items)) if is_tuple else items[0])


def _index(reader: ExpressionReader, node: cst.BaseSlice) -> ir.Expression:
    line = reader.line
    if not isinstance(node, cst.Index):
        text = code(node)
        reader.line += text.count("\n")
        return ir.Opaque(line, text)
    if not node.star:
        return reader.expression(node.value)
    reader.space(node.whitespace_after_star)
    return ir.Starred(line, reader.expression(node.value))


def _lambda(reader: ExpressionReader, node: cst.Lambda, line: int) -> ir.Expression:
    reader.space(node.whitespace_after_lambda)
    parameters = reader.parameters(node.params)
    reader.around(node.colon)
    return ir.Lambda(line, parameters, reader.expression(node.body))


def _await(reader: ExpressionReader, node: cst.Await, line: int) -> ir.Expression:
    reader.space(node.whitespace_after_await)
    return ir.Await(line, reader.expression(node.expression))


def _yield(reader: ExpressionReader, node: cst.Yield, line: int) -> ir.Expression:
    reader.space(node.whitespace_after_yield)
    value = node.value
    if isinstance(value, cst.From):
        reader.space(value.whitespace_before_from)
        reader.space(value.whitespace_after_from)
        value = value.item
    return ir.Yield(line, reader.optional(value))


_OWN_BRACKETS = frozenset({cst.Tuple, cst.GeneratorExp})
"""Kinds whose innermost brackets belong to them: they start at the bracket, not behind it."""

_READERS: dict[type[cst.CSTNode], Callable[..., ir.Expression]] = {
    **strings.READERS,
    **displays.READERS,
    cst.UnaryOperation: _unary,
    cst.BinaryOperation: _binary,
    cst.BooleanOperation: _boolean,
    cst.Comparison: _compare,
    cst.IfExp: _conditional,
    cst.NamedExpr: _named,
    cst.Attribute: _attribute,
    cst.Call: _call,
    cst.Subscript: _subscript,
    cst.Lambda: _lambda,
    cst.Await: _await,
    cst.Yield: _yield,
}
