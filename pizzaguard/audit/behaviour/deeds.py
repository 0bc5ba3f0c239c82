"""What a handler does to the world: read from its statements and those it leads to, never from its name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from pizzaguard.audit.behaviour.reach import Reached, value_of
from pizzaguard.audit.evaluation.render import render
from pizzaguard.audit.evaluation.values import ClassValue, DictValue, External, InstanceValue, ListValue, Value
from pizzaguard.audit.source import ir
from pizzaguard.audit.source.traverse import calls_in

if TYPE_CHECKING:
    from pizzaguard.audit.evaluation.evaluator import Evaluator
    from pizzaguard.audit.finding import Span


class Kind(StrEnum):
    """What a statement does beyond answering."""

    WRITE = "changes stored state"
    SWITCH = "changes what the running process does"
    RUN = "runs code or a command"
    ISSUE = "issues a credential"
    READ = "reads stored data"


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that a handler does, and where."""

    kind: Kind
    span: Span
    text: str
    """The statement's own words, for a person."""
    hops: int


PERSISTING = frozenset(
    {
        "add", "add_all", "bulk_create", "bulk_save_objects", "bulk_update", "commit", "create", "delete",
        "delete_many", "delete_one", "destroy", "drop", "executemany", "flush", "insert", "insert_many", "insert_one",
        "merge", "mkdir",
        "publish", "remove", "rename", "replace_one", "rmtree", "save", "send_message", "unlink", "update",
        "update_many", "update_one", "upsert", "write", "write_bytes", "write_text",
    }
)  # fmt: skip
"""Methods that store something, when the receiver is not a list, dict or set of the function's own."""
ENDING = frozenset({"commit", "flush"})
"""Ends of a transaction: in a helper below the handler they may well end one that only reads."""
STATEMENTS = frozenset({"delete", "insert", "update"})
"""SQLAlchemy's constructors of statements that change rows."""
READING = frozenset(
    {
        "all", "execute", "fetch", "fetchall", "fetchone", "find", "find_one", "first", "get_all", "open", "query",
        "read_bytes", "read_text", "scalar", "scalars", "select",
    }
)  # fmt: skip
"""Methods that fetch something that is stored."""
RUNNING = frozenset(
    {
        "builtins.eval", "builtins.exec", "builtins.compile", "os.system", "os.popen", "os.execv", "subprocess.run",
        "subprocess.Popen", "subprocess.call", "subprocess.check_call", "subprocess.check_output",
        "asyncio.create_subprocess_exec", "asyncio.create_subprocess_shell", "pickle.loads", "runpy.run_path",
    }
)  # fmt: skip
ISSUING = re.compile(
    r"^jwt\.encode$|^jose\.jwt\.encode$|\.set_cookie$|create_access_token$|verify_password$|check_password$"
    r"|PasswordHasher\(\)\.verify$"
)
BOOKKEEPING = re.compile(
    r"log|metric|cache|telemetry|counter|history|trace|audit|span|event|seen|used_at|stats", re.IGNORECASE
)
"""Words of state that a mere read may well write."""


def deeds(evaluator: Evaluator, reached: Iterable[Reached]) -> Iterator[Deed]:
    """What the reached statements do, in order."""
    for step in reached:
        yield from _of_statement(evaluator, step)


def _of_statement(evaluator: Evaluator, step: Reached) -> Iterator[Deed]:
    statement = step.statement
    targets: tuple[ir.Expression, ...] = ()
    if isinstance(statement, ir.Assign | ir.Delete):
        targets = statement.targets
    elif isinstance(statement, ir.Augment):
        targets = (statement.target,)
    for target in targets:
        if _is_shared(evaluator, step, target) and not _is_first_time(step, target):
            yield Deed(Kind.SWITCH, step.span, render(target), step.hops)
    for call in calls_in(statement):
        kind = _of_call(evaluator, step, call)
        if kind is not None:
            yield Deed(kind, step.span_of(call), render(call), step.hops)


def _is_shared(evaluator: Evaluator, step: Reached, target: ir.Expression) -> bool:
    """Whether an assignment's target outlives the call: an attribute or item of what the module or the app holds."""
    root = root_of(target)
    if root is None:
        return False
    if isinstance(target, ir.Name):
        return target.name in globals_of(step)
    text = render(target)
    if ".app.state." in text or text.startswith("app.state."):
        return True
    return is_module_level(step, root.name) and not isinstance(value_of(evaluator, root, step.scope), ClassValue)


def _is_first_time(step: Reached, target: ir.Expression) -> bool:
    """Whether an assignment fills what its test found empty: `if cache is None: cache = load()`."""
    text = render(target)
    return any(render(node) == text for test, holds in step.tests if holds for node in _absent(test))


def _absent(test: ir.Expression) -> Iterator[ir.Expression]:
    """What a test finds missing: of `not x`, `x is None`, `x not in y`."""
    match test:
        case ir.Unary(operator="not"):
            yield test.operand
        case ir.Compare(comparisons=(("is", ir.Constant(value=None)),)):
            yield test.left
        case ir.Compare(comparisons=(("not in", container),)):
            yield ir.Subscript(test.line, container, test.left)
        case ir.Boolean():
            yield from _absent(test.left)
            yield from _absent(test.right)


def globals_of(step: Reached) -> frozenset[str]:
    """The names that the function declares `global`."""
    node = step.function.node
    if isinstance(node, ir.Lambda):
        return frozenset()
    return frozenset(name for statement in node.body if isinstance(statement, ir.Scope) for name in statement.names)


def root_of(node: ir.Expression) -> ir.Name | None:
    """The name that an attribute, item or call starts from."""
    while isinstance(node, ir.Attribute | ir.Subscript):
        node = node.value
    return node if isinstance(node, ir.Name) else None


def is_module_level(step: Reached, name: str) -> bool:
    """Whether a name in a function is its module's: neither a parameter nor bound in the function."""
    node = step.function.node
    if any(parameter.name == name for parameter in node.parameters) or name in step.scope.names:
        return False
    value = step.function.module.lookup(name)
    return value is not None and not (isinstance(value, External) and value.top == "builtins")


def _of_call(evaluator: Evaluator, step: Reached, call: ir.Call) -> Kind | None:
    callee = value_of(evaluator, call.function, step.scope)
    name = callee.name if isinstance(callee, External) else render(call.function)
    if name in RUNNING:
        return Kind.RUN
    if ISSUING.search(name) or _takes_password(call):
        return Kind.ISSUE
    last = name.rpartition(".")[2]
    if isinstance(callee, External) and last in STATEMENTS and callee.top in {"sqlalchemy", "sqlmodel"}:
        return Kind.WRITE
    if name == "builtins.open":
        return Kind.WRITE if _opens_to_write(call) else Kind.READ
    if not isinstance(call.function, ir.Attribute):
        return None
    receiver = value_of(evaluator, call.function.value, step.scope)
    if isinstance(receiver, ListValue | DictValue) or _is_own_collection(receiver):
        root = root_of(call.function.value)
        shared = root is not None and is_module_level(step, root.name)
        mutates = last in {"add", "append", "clear", "extend", "insert", "pop", "remove", "setdefault", "update"}
        return Kind.SWITCH if shared and mutates else None
    if last in ENDING and step.hops:
        return None
    if last in PERSISTING and not isinstance(receiver, InstanceValue):
        return Kind.WRITE if _looks_stored(call.function.value) else None
    return Kind.READ if last in READING else None


def _takes_password(call: ir.Call) -> bool:
    """Whether a call is handed the password that the caller sent: who asks for it logs in or registers."""
    return any(
        isinstance(argument.value, ir.Attribute) and argument.value.name in {"password", "plain_password"}
        for argument in call.arguments
    )


STORES = re.compile(
    r"session|db|database|conn|cursor|repo|store|storage|table|collection|redis|client|crud|dao|objects|model|path|file"
    r"|bucket|queue|service|manager|engine|transaction|uow|context|registry",
    re.IGNORECASE,
)


def _looks_stored(receiver: ir.Expression) -> bool:
    """Whether a receiver that the text does not tell is named like something that stores.

    Not the name of the handler but of the thing it calls: of an ORM session, which the framework hands in, the text
    tells no more.
    """
    text = render(receiver)
    return STORES.search(text) is not None and BOOKKEEPING.search(text.rpartition(".")[2]) is None


def _is_own_collection(receiver: Value) -> bool:
    return isinstance(receiver, External) and receiver.top == "builtins"


def _opens_to_write(call: ir.Call) -> bool:
    modes = [argument.value for argument in call.arguments if argument.keyword == "mode"]
    modes += [argument.value for argument in call.arguments[1:2] if argument.keyword is None]
    return any(
        isinstance(mode, ir.Constant) and isinstance(mode.value, str) and set(mode.value) & set("wax+")
        for mode in modes
    )
