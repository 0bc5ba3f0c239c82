"""Calls that make and read JSON Web Tokens, with PyJWT or python-jose."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pizzaguard.audit.behaviour.definitions import Definition
from pizzaguard.audit.evaluation.choices import force, plain
from pizzaguard.audit.evaluation.values import DictValue, External, ListValue, Literal, Value
from pizzaguard.audit.source import ir
from pizzaguard.audit.source.traverse import calls_in, expressions_of, inside

if TYPE_CHECKING:
    from pizzaguard.audit.evaluation.evaluator import Evaluator

LIBRARIES = frozenset({"jwt", "jose"})
NEEDLE = rb"\b(?:jwt|jose)\b"
"""What a block that touches tokens contains."""


@dataclass(frozen=True, slots=True, eq=False)
class TokenCall:
    """One call of a token library."""

    definition: Definition
    call: ir.Call
    library: str
    verb: str
    """`encode`, `decode`, `get_unverified_header`, `get_unverified_claims`."""

    def argument(self, name: str, index: int | None = None) -> ir.Expression | None:
        """The expression of an argument, by keyword or position."""
        for argument in self.call.arguments:
            if argument.keyword == name:
                return argument.value
        positional = [argument.value for argument in self.call.arguments if not argument.keyword and not argument.star]
        return positional[index] if index is not None and index < len(positional) else None

    @property
    def is_open(self) -> bool:
        """Whether `*` or `**` bring arguments that the text does not tell."""
        return any(argument.star for argument in self.call.arguments)


def token_calls(evaluator: Evaluator, definition: Definition) -> Iterator[TokenCall]:
    """The calls of token libraries in a definition, in order."""
    for statement, _ in definition.statements():
        for call in calls_in(statement):
            if isinstance(call.function, ir.Attribute | ir.Name):
                callee = read(evaluator, call.function, definition)
                if isinstance(callee, External) and callee.top in LIBRARIES:
                    yield TokenCall(definition, call, callee.top, callee.last)


def read(evaluator: Evaluator, node: ir.Expression, definition: Definition) -> Value:
    """What an expression stands for, a setting as such and not as its default."""
    with evaluator.reading():
        return force(evaluator.evaluate(node, definition.scope))


def option(evaluator: Evaluator, found: TokenCall, name: str) -> bool | None:
    """A flag of `options={…}`, with the settings' defaults; None where it is not given."""
    node = found.argument("options")
    options = plain(read(evaluator, node, found.definition)) if node is not None else None
    if isinstance(options, DictValue) and name in options.entries:
        value = plain(options.entries[name].value)
        return value.value if isinstance(value, Literal) and isinstance(value.value, bool) else None
    return None


def algorithms(evaluator: Evaluator, found: TokenCall) -> frozenset[str] | None:
    """The algorithms that a decode allows; None where the text does not tell."""
    node = found.argument("algorithms", 2)
    value = plain(read(evaluator, node, found.definition)) if node is not None else None
    if isinstance(value, Literal) and isinstance(value.value, str):
        return frozenset({value.value})
    if not isinstance(value, ListValue):
        return None
    names = [plain(item.value) for item in value.items]
    return frozenset(name.value for name in names if isinstance(name, Literal) and isinstance(name.value, str))


def verifies(evaluator: Evaluator, found: TokenCall) -> bool:
    """Whether a decode checks the signature, with the settings' defaults."""
    if option(evaluator, found, "verify_signature") is False:
        return False
    verify = found.argument("verify")
    value = plain(read(evaluator, verify, found.definition)) if verify is not None else None
    return not (isinstance(value, Literal) and value.value is False)


def mentions(node: ir.Expression | None, definition: Definition, word: str, depth: int = 3) -> bool:
    """Whether an expression, or what its local names were assigned, calls something of that name."""
    for part in inside(node):
        if isinstance(part, ir.Call) and isinstance(part.function, ir.Attribute | ir.Name):
            name = part.function.name
            if name == word:
                return True
        if isinstance(part, ir.Name) and depth:
            for statement, _ in definition.statements():
                if (
                    isinstance(statement, ir.Assign)
                    and _binds(statement, part.name)
                    and mentions(statement.value, definition, word, depth - 1)
                ):
                    return True
    return False


def _binds(statement: ir.Assign, name: str) -> bool:
    return any(isinstance(target, ir.Name) and target.name == name for target in statement.targets)


def says(definition: Definition, text: str) -> bool:
    """Whether a text constant stands anywhere in a definition."""
    return any(
        isinstance(part, ir.Constant) and part.value == text
        for statement, _ in definition.statements()
        for expression in expressions_of(statement)
        for part in inside(expression)
    )
