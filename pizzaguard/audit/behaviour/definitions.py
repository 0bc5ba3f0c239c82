"""The functions of a module, found by the text of their blocks and parsed only then."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pizzaguard.audit.evaluation.scope import Scope
from pizzaguard.audit.evaluation.values import ClassValue, FunctionValue
from pizzaguard.audit.finding import Span
from pizzaguard.audit.source import ir
from pizzaguard.audit.source.traverse import Tests, statements_in
from pizzaguard.audit.surface.effects import reading_scope

if TYPE_CHECKING:
    from pizzaguard.audit.evaluation.evaluator import Evaluator
    from pizzaguard.audit.evaluation.module import Module


@dataclass(frozen=True, slots=True, eq=False)
class Definition:
    """A function, or the module-level statements of one block (then `function` is None)."""

    module: Module
    name: str
    """`module:qualname`, or the module's name for its own statements."""
    body: tuple[ir.Statement, ...]
    scope: Scope
    function: FunctionValue | None = None
    cls: ClassValue | None = None
    """The class whose method it is."""

    def statements(self) -> Iterator[tuple[ir.Statement, Tests]]:
        """Its statements in source order with the tests around them; inner definitions are left to themselves."""
        return statements_in(self.body)

    def span_of(self, node: ir.Node) -> Span:
        """Where a node of it stands."""
        place = self.scope.place(node)
        return Span.at(place.path, place.line)


def definitions(evaluator: Evaluator, module: Module, words: re.Pattern[str]) -> Iterator[Definition]:
    """The definitions in blocks whose text matches, in order."""
    for index, block in enumerate(module.blocks):
        if words.search(module.text, block.start, block.end):
            scope = Scope(module, block.first_line, None, module.names)
            body = module.facts(index).statements
            if any(not isinstance(statement, ir.Function | ir.Class) for statement in body):
                yield Definition(module, module.name, body, scope)
            yield from _inner(evaluator, module, body, scope, "", None)


def _inner(
    evaluator: Evaluator,
    module: Module,
    body: tuple[ir.Statement, ...],
    scope: Scope,
    prefix: str,
    cls: ClassValue | None,
) -> Iterator[Definition]:
    for statement, _ in statements_in(body):
        if isinstance(statement, ir.Function):
            name = f"{prefix}{statement.name}"
            function = FunctionValue(statement, module, scope, name, scope.base_line, cls)
            with evaluator.reading():
                inner = reading_scope(evaluator, function, None)
            yield Definition(module, f"{module.name}:{name}", statement.body, inner, function, cls)
            yield from _inner(evaluator, module, statement.body, inner, f"{name}.<locals>.", None)
        elif isinstance(statement, ir.Class):
            found = module.lookup(statement.name) if not prefix else None
            owner = found if isinstance(found, ClassValue) else None
            yield from _inner(evaluator, module, statement.body, scope, f"{prefix}{statement.name}.", owner)
