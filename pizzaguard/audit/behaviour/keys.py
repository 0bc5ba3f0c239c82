"""Secrets whose value stands in the text: where they sign, check or open something."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pizzaguard.audit.behaviour.definitions import Definition
from pizzaguard.audit.behaviour.tokens import read
from pizzaguard.audit.evaluation.choices import force
from pizzaguard.audit.evaluation.values import BoundMethod, ClassValue, External, FunctionValue, Literal, Setting, Value
from pizzaguard.audit.source import ir
from pizzaguard.audit.source.traverse import calls_in

if TYPE_CHECKING:
    from pizzaguard.audit.evaluation.evaluator import Evaluator

NEEDLE = rb"\b(?:jwt|jose|hmac|itsdangerous)\b|SessionMiddleware|password\s*=|passwd\s*="
SIGNERS = {
    "jwt.encode": ("key", 1),
    "jwt.decode": ("key", 1),
    "jose.jwt.encode": ("key", 1),
    "jose.jwt.decode": ("key", 1),
    "hmac.new": ("key", 0),
    "itsdangerous.URLSafeTimedSerializer": ("secret_key", 0),
    "itsdangerous.URLSafeSerializer": ("secret_key", 0),
}
"""Where each takes its secret: keyword and position."""
PASSWORDS = frozenset({"password", "passwd"})
PUBLIC = "-----BEGIN PUBLIC"


@dataclass(frozen=True, slots=True, eq=False)
class KeyUse:
    """A secret in use."""

    definition: Definition
    node: ir.Expression
    use: str
    is_default: bool
    """Whether the text holds it only as a setting's default."""


def key_uses(evaluator: Evaluator, definition: Definition) -> Iterator[KeyUse]:
    """The uses of secrets that the text tells, in order."""
    for statement, _ in definition.statements():
        for call in calls_in(statement):
            if not isinstance(call.function, ir.Attribute | ir.Name):
                continue
            callee = read(evaluator, call.function, definition)
            for node, use in _secrets_of(callee, call):
                value = read(evaluator, node, definition)
                if isinstance(value, Setting) and _is_secret(force(value.default)):
                    yield KeyUse(definition, node, use, is_default=True)
                elif _is_secret(value):
                    yield KeyUse(definition, node, use, is_default=use == "opens an account")


def _secrets_of(callee: Value, call: ir.Call) -> Iterator[tuple[ir.Expression, str]]:
    if isinstance(callee, External) and callee.name in SIGNERS:
        name, index = SIGNERS[callee.name]
        positional = [argument.value for argument in call.arguments if not argument.keyword and not argument.star]
        named = [argument.value for argument in call.arguments if argument.keyword == name]
        for node in named or positional[index : index + 1]:
            yield node, "signs or checks tokens"
    if isinstance(callee, External) and callee.last in {"add_middleware", "SessionMiddleware"}:
        yield from ((one.value, "signs sessions") for one in call.arguments if one.keyword == "secret_key")
    if isinstance(callee, ClassValue | FunctionValue | BoundMethod):
        yield from ((one.value, "opens an account") for one in call.arguments if one.keyword in PASSWORDS)


def _is_secret(value: Value) -> bool:
    return (
        isinstance(value, Literal) and isinstance(value.value, str) and value.value != "" and PUBLIC not in value.value
    )
