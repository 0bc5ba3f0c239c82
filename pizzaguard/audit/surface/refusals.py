"""Statements that turn a caller away: what they are, and with which status."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pizzaguard.audit.evaluation import classes
from pizzaguard.audit.evaluation.choices import options_of, plain
from pizzaguard.audit.evaluation.strings import text_of
from pizzaguard.audit.evaluation.values import (
    ClassValue,
    External,
    FunctionValue,
    InstanceValue,
    Literal,
    Product,
    Unknown,
    Value,
)
from pizzaguard.audit.source import ir

if TYPE_CHECKING:
    from pizzaguard.audit.evaluation.evaluator import Evaluator
    from pizzaguard.audit.evaluation.scope import Scope

UNAUTHENTICATED = 401
FORBIDDEN = 403
REFUSING_STATUS = frozenset({UNAUTHENTICATED, FORBIDDEN, 407, 419})
STATUS_WORDS = {"UNAUTHORIZED": UNAUTHENTICATED, "FORBIDDEN": FORBIDDEN, "WS_1008_POLICY_VIOLATION": UNAUTHENTICATED}
NAMED_REFUSAL = re.compile(
    r"un_?auth|not_?auth|authentication|invalid_?(?:token|credential|api_?key)|credential|login_?required",
    re.IGNORECASE,
)
NAMED_DENIAL = re.compile(r"forbidden|permission|access_?denied|not_?allowed|insufficient|authorization", re.IGNORECASE)
RAISES = re.compile(r"\b40[13]\b|HTTP_40[13]|UNAUTHORIZED|FORBIDDEN")
REFUSING_TEXT = re.compile(
    r"\b40[13]\b|HTTP_40[13]|UNAUTHORIZED|FORBIDDEN|[Uu]nauth|[Ff]orbidden|[Pp]ermission|[Aa]uthenticat|[Aa]uthoriz"
    r"|[Cc]redential|\.close\(|[Ll]ogin|abort\(|[Dd]enied|WS_1008|WebSocketException"
)
"""Words without which a function's text refuses nobody."""
LOGIN = re.compile(r"log-?_?in|sign-?_?in|/auth\b", re.IGNORECASE)


def status_of(value: Value | None) -> int | None:
    """The HTTP status that a value stands for: a number, `status.HTTP_401_…` or `HTTPStatus.UNAUTHORIZED`."""
    for option in options_of(plain(value)) if value is not None else ():
        known = plain(option.value)
        if isinstance(known, Literal) and isinstance(known.value, int):
            return known.value
        if isinstance(known, External):
            digits = re.search(r"HTTP_(\d{3})", known.name)
            if digits:
                return int(digits[1])
            word = known.name.removesuffix(".value").rpartition(".")[2]
            if word in STATUS_WORDS:
                return STATUS_WORDS[word]
    return None


def refusal_of_error(evaluator: Evaluator, error: ir.Expression | None, scope: Scope) -> int | None:
    """The status with which `raise error` turns a caller away; None when it does not."""
    if error is None:
        return None
    if isinstance(error, ir.Call):
        callee = plain(evaluator.evaluate(error.function, scope))
        if isinstance(callee, External):
            return _of_external_error(evaluator, callee, error, scope)
        if isinstance(callee, ClassValue):
            return _of_own_error(evaluator, callee, error, scope)
        if isinstance(callee, FunctionValue):
            return _of_factory(evaluator, callee)
        return _by_name(callee.text) if isinstance(callee, Unknown) else None
    value = plain(evaluator.evaluate(error, scope))
    if isinstance(value, ClassValue):
        return _of_own_error(evaluator, value, None, scope)
    if isinstance(value, InstanceValue) and isinstance(value.cls, ClassValue):
        given = value.arguments.get("status_code", 0) if value.arguments is not None else None
        status = status_of(given)
        return status if status in REFUSING_STATUS else _of_own_error(evaluator, value.cls, None, scope)
    if isinstance(value, Product) and value.function.last in {"HTTPException", "WebSocketException"}:
        status = status_of(value.arguments.get("status_code", 0) or value.arguments.get("code", 0))
        return _refusing(status, value.function.last)
    if isinstance(value, External):
        return _by_name(value.last)
    return None


def _refusing(status: int | None, name: str) -> int | None:
    if name == "WebSocketException":
        return UNAUTHENTICATED
    return status if status in REFUSING_STATUS else None


def _of_external_error(evaluator: Evaluator, callee: External, call: ir.Call, scope: Scope) -> int | None:
    if callee.last in {"HTTPException", "WebSocketException", "StarletteHTTPException", "HTTPError", "ApiError"}:
        return _refusing(_status_argument(evaluator, call, scope), callee.last)
    return _by_name(callee.last)


def _status_argument(evaluator: Evaluator, call: ir.Call, scope: Scope) -> int | None:
    for index, argument in enumerate(call.arguments):
        if argument.keyword in {"status_code", "code", "status"} or (argument.keyword is None and index == 0):
            status = status_of(evaluator.evaluate(argument.value, scope))
            if status is not None:
                return status
    return None


def _of_own_error(evaluator: Evaluator, cls: ClassValue, call: ir.Call | None, scope: Scope) -> int | None:
    """An exception of the tree: by its status attribute, by what its text passes on, or by its name."""
    if call is not None:
        given = next((a for a in call.arguments if a.keyword in {"status_code", "status"}), None)
        status = None if given is None else status_of(evaluator.evaluate(given.value, scope))
        if status is not None:
            return status if status in REFUSING_STATUS else None
    for ancestor in classes.ancestry(evaluator, cls):
        if not isinstance(ancestor, ClassValue):
            continue
        declared = status_of(classes.namespace_of(evaluator, ancestor).get("status_code"))
        if declared is not None:
            return declared if declared in REFUSING_STATUS else None
        node = classes.node_of(ancestor)
        text = (
            ancestor.module.lines(ancestor.base_line, ancestor.base_line + node.last_line) if node is not None else ""
        )
        if RAISES.search(text):
            return UNAUTHENTICATED if "401" in text or "UNAUTHORIZED" in text else FORBIDDEN
    derives = classes.derives_from(evaluator, cls, "HTTPException", "Exception", "ValueError", "RuntimeError")
    return _by_name(cls.name) if derives else None


def _of_factory(evaluator: Evaluator, function: FunctionValue) -> int | None:
    node = function.node
    if isinstance(node, ir.Lambda):
        return None
    for statement in node.body:
        if isinstance(statement, ir.Return):
            return refusal_of_error(evaluator, statement.value, function.scope)
    return None


def _by_name(name: str) -> int | None:
    name = name.partition("(")[0].rpartition(".")[2]
    if NAMED_REFUSAL.search(name):
        return UNAUTHENTICATED
    return FORBIDDEN if NAMED_DENIAL.search(name) else None


def refusal_of_response(evaluator: Evaluator, value: ir.Expression | None, scope: Scope) -> int | None:
    """The status with which `return value` turns a caller away: a 401 or 403 response, a redirect to the log-in."""
    if isinstance(value, ir.Await):
        value = value.value
    if isinstance(value, ir.Sequence) and value.kind == "tuple" and len(value.items) > 1:
        status = status_of(evaluator.evaluate(value.items[1], scope))
        return status if status in REFUSING_STATUS else None
    if not isinstance(value, ir.Call):
        return None
    callee = plain(evaluator.evaluate(value.function, scope))
    name = callee.last if isinstance(callee, External) else callee.name if isinstance(callee, ClassValue) else ""
    if "Redirect" in name or name == "redirect":
        first = value.arguments[0].value if value.arguments else None
        target = text_of(evaluator.evaluate(first, scope)) if first is not None else None
        return UNAUTHENTICATED if target and LOGIN.search(target) else None
    if "Response" not in name and name not in {"jsonify", "make_response", "error"}:
        return None
    given = next((a for a in value.arguments if a.keyword in {"status_code", "status"}), None)
    if given is None and len(value.arguments) > 1 and value.arguments[1].keyword is None:
        given = value.arguments[1]
    status = None if given is None else status_of(evaluator.evaluate(given.value, scope))
    return status if status in REFUSING_STATUS else None
