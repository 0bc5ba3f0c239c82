"""What a guard does, read from its body: whom it turns away, and on which switch.

A name proves nothing. A callable is a guard when some statement of it, or of a helper that it calls, refuses: raises a
401 or 403, returns such a response, redirects to the log-in, closes the socket. Where an early return under a setting
comes before the refusal, the guard is conditional on that setting.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pizzaguard.audit.evaluation.choices import plain
from pizzaguard.audit.evaluation.classes import ancestry
from pizzaguard.audit.evaluation.expressions import later
from pizzaguard.audit.evaluation.render import render
from pizzaguard.audit.evaluation.scope import Scope
from pizzaguard.audit.evaluation.truth import Verdict, judge
from pizzaguard.audit.evaluation.values import (
    AnnotatedValue,
    BoundMethod,
    ClassValue,
    External,
    FunctionValue,
    InstanceValue,
    Partial,
    Place,
    Product,
    Unknown,
    Value,
)
from pizzaguard.audit.source import ir
from pizzaguard.audit.source.traverse import calls_in, statements_in
from pizzaguard.audit.surface.naming import name_of
from pizzaguard.audit.surface.nouns import Effect
from pizzaguard.audit.surface.refusals import (
    FORBIDDEN,
    REFUSING_TEXT,
    refusal_of_error,
    refusal_of_response,
)

if TYPE_CHECKING:
    from pizzaguard.audit.config import GuardDeclaration
    from pizzaguard.audit.evaluation.evaluator import Evaluator

MAX_HOPS = 3
"""Helpers inside helpers that are read for a refusal."""
IDENTITY = re.compile(
    r"user|account|principal|identity|token|claims|credential|session|cookie|header|authoriz|role|scope|permission"
    r"|api_?key|password|secret|bearer|owner|member|admin|signature",
    re.IGNORECASE,
)
"""Words of which a function that looks at its caller uses one."""
SCHEMES = re.compile(r"^(?:HTTPBearer|HTTPBasic|HTTPDigest|APIKey\w+|OAuth2\w*|OpenIdConnect)$")


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading a callable told."""

    effect: Effect = Effect.NONE
    scopes: tuple[str, ...] = ()
    conditional: str | None = None
    default_on: bool = True
    evidence: Place | None = None


NOTHING = Reading()


class EffectReader:
    """Reads callables for what they refuse; each is read once."""

    def __init__(self, evaluator: Evaluator, declared: Iterable[GuardDeclaration] = ()) -> None:
        self._evaluator = evaluator
        self._declared = {guard.callable: Reading(Effect(guard.effect), guard.scopes) for guard in declared}
        self._known: dict[tuple[int, int], Reading] = {}
        self._open: set[int] = set()
        self._kept: list[Value] = []

    def of(self, value: Value, hops: int = 0) -> Reading:
        """What a callable does to a caller whom it does not like."""
        value = plain(value)
        key = (id(value.function.node) if isinstance(value, BoundMethod) else id(value), hops)
        if key not in self._known:
            if key[0] in self._open:
                return NOTHING
            told = self._declared.get(name_of(value) or "") if self._declared else None
            if told is not None:
                return told
            self._open.add(key[0])
            self._kept.append(value)
            with self._evaluator.reading():
                self._known[key] = self._read(value, hops)
            self._open.discard(key[0])
        return self._known[key]

    def _read(self, value: Value, hops: int) -> Reading:
        match value:
            case FunctionValue():
                return self._function(value, None, hops)
            case BoundMethod():
                return self._function(value.function, value.receiver, hops)
            case Partial():
                return self.of(value.function, hops)
            case InstanceValue():
                return self._instance(value, hops)
            case ClassValue():
                initializer = plain(self._evaluator.attribute(value, "__init__"))
                return self._function(initializer, None, hops) if isinstance(initializer, FunctionValue) else NOTHING
            case Product(function=External() as function) | (External() as function):
                return Reading(Effect.OPTIONAL) if SCHEMES.match(function.last) else NOTHING
        return NOTHING

    def _instance(self, value: InstanceValue, hops: int) -> Reading:
        called = self._evaluator.attribute(value, "__call__")
        if isinstance(called, BoundMethod):
            reading = self._function(called.function, value, hops)
            if reading.effect is not Effect.NONE:
                return reading
        bases = [value.cls] if isinstance(value.cls, External) else self._bases(value.cls)
        return Reading(Effect.OPTIONAL) if any(SCHEMES.match(base.last) for base in bases) else NOTHING

    def _bases(self, cls: ClassValue) -> list[External]:
        return [base for base in ancestry(self._evaluator, cls) if isinstance(base, External)]

    # ------------------------------------------------------------------------------------------- one function

    def _function(self, function: FunctionValue, receiver: Value | None, hops: int) -> Reading:
        node = function.node
        inner = (
            self.of(function.wraps, hops) if function.wraps is not None and not function.keeps_signature else NOTHING
        )
        if isinstance(node, ir.Lambda):
            return inner
        text = function.module.lines(function.base_line + node.first_line, function.base_line + node.last_line)
        if not REFUSING_TEXT.search(text) and hops > 1:
            return inner
        scope = reading_scope(self._evaluator, function, receiver)
        own = self._body(node.body, scope, text, hops)
        return own if own.effect is not Effect.NONE else inner

    def _body(self, body: tuple[ir.Statement, ...], scope: Scope, text: str, hops: int) -> Reading:
        switch: tuple[str, Verdict] | None = None
        best = NOTHING
        for statement, tests in statements_in(body):
            found = self._statement(statement, scope, text, hops)
            if found.effect in {Effect.AUTHENTICATION, Effect.AUTHORIZATION}:
                gate = switch or self._gate(tests, scope)
                if gate is not None and found.conditional is None:
                    found = replace(found, conditional=gate[0], default_on=gate[1].default is not False)
                best = _stronger(best, found)
            elif isinstance(statement, ir.Return) and switch is None and best.effect is Effect.NONE:
                switch = self._open_door(tests, scope)
        return best

    def _statement(self, statement: ir.Statement, scope: Scope, text: str, hops: int) -> Reading:
        status: int | None = None
        if isinstance(statement, ir.Raise):
            status = refusal_of_error(self._evaluator, statement.error, scope)
        elif isinstance(statement, ir.Return):
            status = refusal_of_response(self._evaluator, statement.value, scope)
        if status is not None:
            if status == FORBIDDEN:
                effect = Effect.AUTHORIZATION if IDENTITY.search(text) else Effect.NONE
            else:
                effect = Effect.AUTHENTICATION
            return Reading(effect, evidence=scope.place(statement))
        if hops < MAX_HOPS:
            for call in calls_in(statement):
                reading = self._helper(call, scope, hops)
                if reading.effect in {Effect.AUTHENTICATION, Effect.AUTHORIZATION}:
                    return reading
        return NOTHING

    def _helper(self, call: ir.Call, scope: Scope, hops: int) -> Reading:
        """A helper of the tree that is called in a body: it may refuse on the caller's behalf."""
        if not isinstance(call.function, ir.Name | ir.Attribute):
            return NOTHING
        callee = plain(self._evaluator.evaluate(call.function, scope))
        if isinstance(callee, FunctionValue | BoundMethod | InstanceValue):
            return self.of(callee, hops + 1)
        return NOTHING

    # ------------------------------------------------------------------------------------------------ switches

    def _gate(self, tests: tuple[tuple[ir.Expression, bool], ...], scope: Scope) -> tuple[str, Verdict] | None:
        """The setting under which a refusal stands, if it stands under one."""
        for test, holds in tests:
            verdict = judge(self._evaluator, test, scope)
            if verdict.known is None and verdict.default is not None:
                text = render(test) if holds else f"not ({render(test)})"
                return text, verdict if holds else verdict.inverse()
        return None

    def _open_door(self, tests: tuple[tuple[ir.Expression, bool], ...], scope: Scope) -> tuple[str, Verdict] | None:
        """The setting under which a function returns before it could refuse."""
        gate = self._gate(tests, scope)
        return None if gate is None else (f"not ({gate[0]})", gate[1].inverse())


def _stronger(one: Reading, other: Reading) -> Reading:
    order = [Effect.NONE, Effect.OPTIONAL, Effect.AUTHENTICATION, Effect.AUTHORIZATION]
    if one.conditional is not None and other.conditional is None and other.effect is not Effect.NONE:
        return other if order.index(other.effect) >= order.index(one.effect) else replace(one, conditional=None)
    return other if order.index(other.effect) > order.index(one.effect) else one


def reading_scope(evaluator: Evaluator, function: FunctionValue, receiver: Value | None) -> Scope:
    """A scope in which a function's own names can be looked up without calling it.

    Parameters stand for instances of the classes that annotate them, locals for what is assigned to them.
    """
    scope = Scope(function.module, function.base_line, function.scope)
    scope.function = function
    scope.owner = function.owner
    node = function.node
    for index, parameter in enumerate(node.parameters):
        if index == 0 and receiver is not None and function.kind != "static":
            scope.names[parameter.name] = receiver
            scope.receiver = receiver
        elif index == 0 and function.owner is not None and parameter.name in {"self", "cls"}:
            scope.names[parameter.name] = InstanceValue(function.owner)
        else:
            scope.names[parameter.name] = _typed(evaluator, parameter, function.scope)
    if not isinstance(node, ir.Lambda):
        for name, value in _locals(node.body):
            scope.names.setdefault(name, later(evaluator, value, scope))
    return scope


def _typed(evaluator: Evaluator, parameter: ir.Parameter, scope: Scope) -> Value:
    if isinstance(parameter.annotation, ir.Name | ir.Attribute | ir.Subscript):
        annotation = plain(evaluator.evaluate(parameter.annotation, scope))
        if isinstance(annotation, AnnotatedValue):
            annotation = plain(annotation.base)
        if isinstance(annotation, ClassValue):
            return InstanceValue(annotation)
    return Unknown("argument", parameter.name)


def _locals(body: tuple[ir.Statement, ...]) -> Iterator[tuple[str, ir.Expression]]:
    for statement, _ in statements_in(body):
        if isinstance(statement, ir.Assign) and statement.value is not None:
            for target in statement.targets:
                if isinstance(target, ir.Name):
                    yield target.name, statement.value
        elif isinstance(statement, ir.Function | ir.Class):
            continue
