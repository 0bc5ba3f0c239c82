"""Statements and definitions: from libcst's tree to the small form of `ir.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from pizzaguard.audit.source import ir
from pizzaguard.audit.source.facts.cursor import code
from pizzaguard.audit.source.facts.expressions import ExpressionReader
from pizzaguard.audit.source.facts.literals import identifier
from pizzaguard.audit.source.facts.small import SMALL

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_Statements = tuple[ir.Statement, ...]


class StatementReader(ExpressionReader):
    """Turns libcst's statements into ours."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.last_line = 0
        """The last line of the simple statement passed last: where every definition around it ends, too."""

    def module(self, node: cst.Module) -> _Statements:
        """Return all statements of a block."""
        self.lines(node.header)
        return self.statements(node.body)

    def statements(self, nodes: Sequence[cst.BaseStatement]) -> _Statements:
        """Return the forms of statements that stand at one level."""
        found: list[ir.Statement] = []
        for node in nodes:
            if isinstance(node, cst.SimpleStatementLine):
                self.lines(node.leading_lines)
                self._simple(node.body, found)
                self.end_of_line(node.trailing_whitespace)
            elif isinstance(node, cst.BaseCompoundStatement):
                self.lines(node.leading_lines)
                self.descend()
                found.append(_COMPOUND[type(node)](self, node, self.line))
                self.depth -= 1
        return tuple(found)

    def _simple(self, nodes: Sequence[cst.BaseSmallStatement], found: list[ir.Statement]) -> None:
        for node in nodes:
            found.append(SMALL[type(node)](self, node, self.line))
            self.last_line = self.line
            self.around(node.semicolon)

    def suite(self, node: cst.BaseSuite) -> _Statements:
        """Return the statements behind a `:`, on the same line or indented below."""
        if isinstance(node, cst.IndentedBlock):
            self.end_of_line(node.header)
            found = self.statements(node.body)
            self.lines(node.footer)
            return found
        if not isinstance(node, cst.SimpleStatementSuite):
            raise TypeError(node)
        self.space(node.leading_whitespace)
        small: list[ir.Statement] = []
        self._simple(node.body, small)
        self.end_of_line(node.trailing_whitespace)
        return tuple(small)

    def clause(self, node: cst.Else | cst.Finally | None) -> _Statements:
        """Return the statements of an `else` or `finally`, none if there is no such clause."""
        if node is None:
            return ()
        self.lines(node.leading_lines)
        self.space(node.whitespace_before_colon)
        return self.suite(node.body)


def _decorators(reader: StatementReader, node: cst.FunctionDef | cst.ClassDef) -> tuple[ir.Expression, ...]:
    found = []
    for decorator in node.decorators:
        reader.lines(decorator.leading_lines)
        reader.space(decorator.whitespace_after_at)
        found.append(reader.expression(decorator.decorator))
        reader.end_of_line(decorator.trailing_whitespace)
    reader.lines(node.lines_after_decorators)
    return tuple(found)


def _function(reader: StatementReader, node: cst.FunctionDef, first_line: int) -> ir.Statement:
    decorators = _decorators(reader, node)
    line = reader.line
    if node.asynchronous is not None:
        reader.space(node.asynchronous.whitespace_after)
    reader.space(node.whitespace_after_def)
    reader.space(node.whitespace_after_name)
    reader.over(node.type_parameters)
    reader.space(node.whitespace_after_type_parameters)
    reader.space(node.whitespace_before_params)
    parameters = reader.parameters(node.params)
    returns = reader.annotation(node.returns)
    reader.space(node.whitespace_before_colon)
    body = reader.suite(node.body)
    return ir.Function(
        line,
        name=identifier(node.name.value),
        parameters=parameters,
        body=body,
        decorators=decorators,
        returns=returns,
        is_async=node.asynchronous is not None,
        first_line=first_line,
        last_line=reader.last_line,
    )


def _class(reader: StatementReader, node: cst.ClassDef, first_line: int) -> ir.Statement:
    decorators = _decorators(reader, node)
    line = reader.line
    reader.space(node.whitespace_after_class)
    reader.space(node.whitespace_after_name)
    reader.over(node.type_parameters)
    reader.space(node.whitespace_after_type_parameters)
    if isinstance(node.lpar, cst.LeftParen):
        reader.space(node.lpar.whitespace_after)
    bases = reader.arguments(node.bases, line) + reader.arguments(node.keywords, line)
    if isinstance(node.rpar, cst.RightParen):
        reader.space(node.rpar.whitespace_before)
    reader.space(node.whitespace_before_colon)
    body = reader.suite(node.body)
    return ir.Class(
        line,
        name=identifier(node.name.value),
        bases=bases,
        body=body,
        decorators=decorators,
        first_line=first_line,
        last_line=reader.last_line,
    )


def _if(reader: StatementReader, node: cst.If, line: int) -> ir.Statement:
    reader.space(node.whitespace_before_test)
    test = reader.expression(node.test)
    reader.space(node.whitespace_after_test)
    body = reader.suite(node.body)
    following = node.orelse
    orelse = reader.statements((following,)) if isinstance(following, cst.If) else reader.clause(following)
    return ir.If(line, test, body, orelse)


def _for(reader: StatementReader, node: cst.For, line: int) -> ir.Statement:
    if node.asynchronous is not None:
        reader.space(node.asynchronous.whitespace_after)
    reader.space(node.whitespace_after_for)
    target = reader.expression(node.target)
    reader.space(node.whitespace_before_in)
    reader.space(node.whitespace_after_in)
    iterable = reader.expression(node.iter)
    reader.space(node.whitespace_before_colon)
    body = reader.suite(node.body)
    return ir.For(line, target, iterable, body, reader.clause(node.orelse))


def _while(reader: StatementReader, node: cst.While, line: int) -> ir.Statement:
    reader.space(node.whitespace_after_while)
    test = reader.expression(node.test)
    reader.space(node.whitespace_before_colon)
    body = reader.suite(node.body)
    return ir.While(line, test, body, reader.clause(node.orelse))


def _try(reader: StatementReader, node: cst.Try | cst.TryStar, line: int) -> ir.Statement:
    reader.space(node.whitespace_before_colon)
    body = reader.suite(node.body)
    handlers = tuple(_handler(reader, handler) for handler in node.handlers)
    orelse = reader.clause(node.orelse)
    return ir.Try(line, body, handlers, orelse, reader.clause(node.finalbody))


def _handler(reader: StatementReader, node: cst.ExceptHandler | cst.ExceptStarHandler) -> ir.Handler:
    reader.lines(node.leading_lines)
    line = reader.line
    reader.space(node.whitespace_after_except)
    if isinstance(node, cst.ExceptStarHandler):
        reader.space(node.whitespace_after_star)
    error = reader.optional(node.type)
    target = _target(reader, node.name)
    reader.space(node.whitespace_before_colon)
    return ir.Handler(line, error, target.name if isinstance(target, ir.Name) else None, reader.suite(node.body))


def _target(reader: StatementReader, node: cst.AsName | None) -> ir.Expression | None:
    if node is None:
        return None
    reader.space(node.whitespace_before_as)
    reader.space(node.whitespace_after_as)
    return reader.expression(node.name)


def _with(reader: StatementReader, node: cst.With, line: int) -> ir.Statement:
    if node.asynchronous is not None:
        reader.space(node.asynchronous.whitespace_after)
    reader.space(node.whitespace_after_with)
    if isinstance(node.lpar, cst.LeftParen):
        reader.space(node.lpar.whitespace_after)
    items = []
    for item in node.items:
        items.append((reader.expression(item.item), _target(reader, item.asname)))
        reader.around(item.comma)
    if isinstance(node.rpar, cst.RightParen):
        reader.space(node.rpar.whitespace_before)
    reader.space(node.whitespace_before_colon)
    return ir.With(line, tuple(items), reader.suite(node.body))


def _match(reader: StatementReader, node: cst.Match, line: int) -> ir.Statement:
    reader.space(node.whitespace_after_match)
    subject = reader.expression(node.subject)
    reader.space(node.whitespace_before_colon)
    reader.end_of_line(node.whitespace_after_colon)
    cases = tuple(_case(reader, case) for case in node.cases)
    reader.lines(node.footer)
    return ir.Match(line, subject, cases)


def _case(reader: StatementReader, node: cst.MatchCase) -> ir.Case:
    reader.lines(node.leading_lines)
    line = reader.line
    reader.space(node.whitespace_after_case)
    pattern = code(node.pattern)
    reader.line += pattern.count("\n")
    reader.space(node.whitespace_before_if)
    reader.space(node.whitespace_after_if)
    guard = reader.optional(node.guard)
    reader.space(node.whitespace_before_colon)
    return ir.Case(line, pattern, guard, reader.suite(node.body))


_COMPOUND: dict[type[cst.CSTNode], Callable[..., ir.Statement]] = {
    cst.FunctionDef: _function,
    cst.ClassDef: _class,
    cst.If: _if,
    cst.For: _for,
    cst.While: _while,
    cst.Try: _try,
    cst.TryStar: _try,
    cst.With: _with,
    cst.Match: _match,
}
