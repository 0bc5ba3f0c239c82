"""Whether a test holds: for certain, or with the settings' defaults in the text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pizzaguard.audit.evaluation.choices import force, plain
from pizzaguard.audit.evaluation.values import (
    NONE,
    AnnotatedValue,
    BoundMethod,
    Choice,
    ClassValue,
    DependsValue,
    DictValue,
    External,
    FunctionValue,
    InstanceValue,
    ListValue,
    Literal,
    ModuleValue,
    Product,
    Setting,
    Text,
    Value,
)
from pizzaguard.audit.source import ir

if TYPE_CHECKING:
    from pizzaguard.audit.evaluation.evaluator import Evaluator
    from pizzaguard.audit.evaluation.scope import Scope


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is known of a test."""

    known: bool | None = None
    """True or False where the text decides; None where the deployment or the request does."""
    default: bool | None = None
    """What it is with the settings' defaults in the text, where they tell."""

    def inverse(self) -> Verdict:
        """The verdict on `not test`."""
        return Verdict(
            None if self.known is None else not self.known, None if self.default is None else not self.default
        )


UNDECIDED = Verdict()


def judge(evaluator: Evaluator, test: ir.Expression, scope: Scope) -> Verdict:
    """Whether a test holds.

    A module-level flag (`DEBUG = False`) counts as a switch with a default: it is there to be changed. What a caller
    passes as an argument, or a local variable, decides for certain.
    """
    if isinstance(test, ir.Boolean):
        return _combine(test.operator, judge(evaluator, test.left, scope), judge(evaluator, test.right, scope))
    if isinstance(test, ir.Unary) and test.operator == "not":
        return judge(evaluator, test.operand, scope).inverse()
    if isinstance(test, ir.Compare) and len(test.comparisons) == 1:
        return _compare(evaluator, test, scope)
    value = force(evaluator.evaluate(test, scope))
    verdict = truth(value)
    if isinstance(test, ir.Name) and verdict.known is not None and isinstance(value, Literal):
        local = _is_local(scope, test.name)
        return verdict if local else Verdict(None, verdict.known)
    return verdict


def _is_local(scope: Scope, name: str) -> bool:
    inner: Scope | None = scope
    while inner is not None and not inner.is_module:
        if name in inner.names:
            return True
        inner = inner.parent
    return False


def _combine(operator: str, left: Verdict, right: Verdict) -> Verdict:
    decisive = operator == "or"

    def one(a: bool | None, b: bool | None) -> bool | None:  # noqa: FBT001 - two truths to combine
        if a is decisive or b is decisive:
            return decisive
        return (not decisive) if a is not None and b is not None else None

    return Verdict(one(left.known, right.known), one(_default(left), _default(right)))


def _default(verdict: Verdict) -> bool | None:
    return verdict.known if verdict.known is not None else verdict.default


def truth(value: Value) -> Verdict:
    """Whether a value counts as true."""
    value = force(value)
    match value:
        case Literal(value=content):
            return Verdict(bool(content), bool(content))
        case Setting():
            return Verdict(None, _default(truth(value.default)))
        case ListValue():
            if value.items:
                return UNDECIDED if all(item.conditions for item in value.items) else Verdict(known=True, default=True)
            return UNDECIDED if value.is_open else Verdict(known=False, default=False)
        case DictValue():
            return Verdict(known=True) if value.entries else UNDECIDED if value.is_open else Verdict(known=False)
        case External(name="typing.TYPE_CHECKING"):
            return Verdict(known=False, default=False)
        case FunctionValue() | ClassValue() | ModuleValue() | BoundMethod() | DependsValue() | AnnotatedValue():
            return Verdict(known=True, default=True)
        case InstanceValue() if value.record is not None:
            return Verdict(known=True, default=True)
        case Text(parts=parts) if any(isinstance(part, str) and part for part in parts):
            return Verdict(known=True, default=True)
    return UNDECIDED


def _compare(evaluator: Evaluator, test: ir.Compare, scope: Scope) -> Verdict:
    operator, operand = test.comparisons[0]
    left = force(evaluator.evaluate(test.left, scope))
    right = force(evaluator.evaluate(operand, scope))
    if isinstance(test.left, ir.Name) and test.left.name == "__name__":
        return Verdict(None, default=False)
    is_setting = isinstance(left, Setting) or isinstance(right, Setting)
    outcome = _outcome(operator, plain(left), plain(right))
    return Verdict(None, outcome) if is_setting else Verdict(outcome, outcome)


def _outcome(operator: str, left: Value, right: Value) -> bool | None:
    if operator in {"is", "is not"}:
        same = _identical(left, right)
        return same if same is None or operator == "is" else not same
    if operator in {"in", "not in"}:
        held = _contains(right, left)
        return held if held is None or operator == "in" else not held
    if isinstance(left, Literal) and isinstance(right, Literal) and operator in {"==", "!="}:
        return (left.value == right.value) == (operator == "==")
    return None


def _identical(left: Value, right: Value) -> bool | None:
    if isinstance(left, Literal) and isinstance(right, Literal):
        return left.value is right.value
    if left is right:
        return True
    for one, other in ((left, right), (right, left)):
        if other == NONE and isinstance(
            one,
            ListValue
            | DictValue
            | FunctionValue
            | ClassValue
            | BoundMethod
            | DependsValue
            | Text
            | InstanceValue
            | Product,
        ):
            return False
    return None


def _contains(holder: Value, member: Value) -> bool | None:
    if not isinstance(member, Literal):
        return None
    if isinstance(holder, DictValue):
        return True if member.value in holder.entries else None if holder.is_open else False
    if isinstance(holder, ListValue):
        held = [plain(item.value) for item in holder.items]
        if member in held:
            return True
        return False if not holder.is_open and all(isinstance(value, Literal) for value in held) else None
    if isinstance(holder, Literal) and isinstance(holder.value, str) and isinstance(member.value, str):
        return member.value in holder.value
    if isinstance(holder, Choice):
        return None
    return None
