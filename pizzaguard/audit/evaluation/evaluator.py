"""The evaluator: follows the source of a tree far enough to know what was registered, and never runs it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pizzaguard.audit.evaluation import calls, classes, expressions, relevance, statements
from pizzaguard.audit.evaluation.arguments import Arguments
from pizzaguard.audit.evaluation.assignment import assign, augment, delete, set_attribute
from pizzaguard.audit.evaluation.attributes import attribute
from pizzaguard.audit.evaluation.budget import Budget
from pizzaguard.audit.evaluation.choices import force, is_pending, join_conditions, new_conditions, options_of
from pizzaguard.audit.evaluation.iteration import iterate
from pizzaguard.audit.evaluation.values import (
    BoundMethod,
    ClassValue,
    Condition,
    Conditions,
    External,
    FunctionValue,
    InstanceValue,
    Item,
    ModuleValue,
    Place,
    Product,
    Unknown,
    Value,
)
from pizzaguard.audit.frameworks.known import framework_class
from pizzaguard.audit.frameworks.records import MiddlewareUse

if TYPE_CHECKING:
    from pizzaguard.audit.evaluation.module import Module
    from pizzaguard.audit.evaluation.modules import Modules
    from pizzaguard.audit.evaluation.scope import ModuleScope, Scope
    from pizzaguard.audit.source import ir


@dataclass(slots=True, eq=False)
class Frame:
    """One call being followed."""

    function: FunctionValue
    place: Place | None
    returns: list[Item] = field(default_factory=list)
    yields: list[Value] = field(default_factory=list)
    born: Conditions = ()


@dataclass(frozen=True, slots=True)
class Unseen:
    """A statement that may register routes and could not be followed."""

    what: str
    reason: str
    place: Place
    detail: str


class Evaluator(Budget):
    """State of one evaluation: modules, records of apps and routers, conditions of the moment, what was not seen."""

    def __init__(self, modules: Modules) -> None:
        self.modules = modules
        modules.evaluator = self
        self.conditions: Conditions = ()
        self.frames: list[Frame] = []
        self.records: list[InstanceValue] = []
        self.unseen: dict[Unseen, None] = {}
        self.executed: set[int] = set()
        self.is_late = False
        self.is_reading = False
        """While a body is read for what it refuses, nothing is called and nothing registered."""
        super().__init__()

    # --------------------------------------------------------------------------------------------- conditions

    @contextmanager
    def under(self, *conditions: Condition) -> Iterator[None]:
        """For a while, these conditions hold as well."""
        before = self.conditions
        self.conditions = join_conditions(before, conditions)
        try:
            yield
        finally:
            self.conditions = before

    @contextmanager
    def during(self, conditions: Conditions) -> Iterator[None]:
        """For a while, exactly these conditions hold."""
        before, self.conditions = self.conditions, conditions
        try:
            yield
        finally:
            self.conditions = before

    @contextmanager
    def reading(self) -> Iterator[None]:
        """For a while, look names up without following calls."""
        before, self.is_reading = self.is_reading, True
        try:
            yield
        finally:
            self.is_reading = before

    def conditions_since(self, born: Conditions) -> Conditions:
        """The conditions of the moment that did not yet hold when an object was made."""
        return new_conditions(self.conditions, born)

    # -------------------------------------------------------------------------------------------------- calls

    @contextmanager
    def frame(self, function: FunctionValue, place: Place | None) -> Iterator[Frame]:
        """One call being followed, from its parameters to its result."""
        frame = Frame(function, place, born=self.conditions)
        self.frames.append(frame)
        self.executed.add(id(function.node))
        try:
            yield frame
        finally:
            self.frames.pop()

    def note_result(self, value: Value) -> None:
        """A `return` of the function being followed."""
        if self.frames:
            frame = self.frames[-1]
            frame.returns.append(Item(value, self.conditions_since(frame.born)))

    def note_yield(self, value: Value) -> None:
        """A `yield` of the function being followed."""
        if self.frames:
            self.frames[-1].yields.append(value)

    def note_return(self, function: FunctionValue, returns: list[Item]) -> None:
        """Remember which function handed an app out: it is how a server would name it."""
        for option in (option for item in returns if not is_pending(item.value) for option in options_of(item.value)):
            value = option.value
            if isinstance(value, InstanceValue) and value.record is not None:
                value.record.factory = function

    def call(
        self, callee: Value, positional: list[Value], named: dict[str, Value] | None = None, place: Place | None = None
    ) -> Value:
        """What calling a value gives."""
        return self.call_at(callee, Arguments(positional, named or {}), place or self.current_place())

    def call_at(self, callee: Value, arguments: Arguments, place: Place) -> Value:
        """What calling a value at a place gives."""
        return calls.call(self, callee, arguments, place)

    def invoke(self, function: FunctionValue, arguments: Arguments, receiver: Value | None = None) -> Value:
        """Follow a function now, whether or not it seems to matter."""
        return calls.invoke(self, function, arguments, receiver, self.current_place())

    def matters(self, function: FunctionValue, arguments: Arguments, receiver: Value | None = None) -> bool:
        """Whether following the call can touch a route table; if not, it waits until its result is asked for."""
        return relevance.matters(self.modules, function, arguments, receiver)

    def current_place(self) -> Place:
        """Where the call being followed was made."""
        for frame in reversed(self.frames):
            if frame.place is not None:
                return frame.place
        return Place("", 0)

    def registration_place(self, receiver: InstanceValue, place: Place) -> Place:
        """Where a reader would look for a registration: outside the methods of the router's own class."""
        for frame in reversed(self.frames):
            owner = frame.function.owner
            if owner is None or frame.place is None or not self._is_router_class(owner, receiver):
                break
            place = frame.place
        return place

    def _is_router_class(self, owner: ClassValue, receiver: InstanceValue) -> bool:
        if not isinstance(receiver.cls, ClassValue):
            return False
        lineage = list(classes.ancestry(self, receiver.cls))
        return owner in lineage and any(framework_class(base) for base in classes.ancestry(self, owner))

    # -------------------------------------------------------------------------------------- following the text

    def evaluate(self, node: ir.Expression, scope: Scope) -> Value:
        """What an expression stands for."""
        return expressions.evaluate(self, node, scope)

    def execute(self, body: tuple[ir.Statement, ...], scope: Scope) -> str | None:
        """Follow statements; how they ended."""
        return statements.execute(self, body, scope)

    def attribute(self, value: Value, name: str) -> Value:
        """What `value.name` stands for."""
        return attribute(self, value, name)

    def iterate(self, value: Value, text: str = "?") -> tuple[list[Item], bool]:
        """The members a loop over a value would see, and whether there may be more."""
        return iterate(self, value, text)

    def assign(self, target: ir.Expression, value: Value, scope: Scope) -> None:
        """`target = value`."""
        assign(self, target, value, scope)

    def augment(self, node: ir.Augment, scope: Scope) -> None:
        """`target += value`."""
        augment(self, node, scope)

    def delete(self, target: ir.Expression, scope: Scope) -> None:
        """`del target`."""
        delete(self, target, scope)

    def set_attribute(self, owner: Value, name: str, value: Value) -> None:
        """`owner.name = value`."""
        set_attribute(self, owner, name, value)

    def entered(self, value: Value) -> Value:
        """What `with value as target` binds."""
        value = force(value)
        if isinstance(value, InstanceValue):
            return value
        items, _ = self.iterate(value)
        return items[0].value if items else Unknown("context")

    # ------------------------------------------------------------------------------------------------- modules

    def run_import(self, node: ir.Import | ir.ImportFrom, scope: Scope) -> None:
        """Bind what an import binds."""
        self.modules.bind_import(node, scope)

    def import_absolute(self, name: str) -> Value:
        """The module of that dotted name, or the outside thing it names."""
        return self.modules.value_of(name, None)

    def is_foreign(self, node: ir.Import | ir.ImportFrom, scope: Scope) -> bool:
        """Whether an import names a distribution that the tree does not hold."""
        return self.modules.is_foreign(node, scope)

    def member(self, module: ModuleScope, name: str) -> Value:
        """A module's attribute: a name it binds, else a submodule."""
        found = module.lookup(name)
        if found is not None:
            return found
        inner = self.modules.value_of(f"{module.name}.{name}", module.path)
        return inner if isinstance(inner, ModuleValue) else Unknown("undefined", f"{module.name}.{name}")

    def external(self, name: str) -> Value:
        """Something outside the tree by its dotted name."""
        return External(name)

    def run_block(self, module: Module, index: int) -> None:
        """Follow one top-level block of a module, outside every condition of the moment."""
        before, self.conditions = self.conditions, ()
        frames, self.frames = self.frames, []
        try:
            module.follow(self, index)
        finally:
            self.conditions = before
            self.frames = frames

    # -------------------------------------------------------------------------------------- what was not seen

    def add_middleware(self, instance: InstanceValue, item: Item, place: Place) -> None:
        """A `Middleware(cls, …)` given to a constructor."""
        value = force(item.value)
        assert instance.record is not None
        if isinstance(value, InstanceValue) and value.arguments is not None and value.arguments.positional:
            cls, *rest = value.arguments.positional
            use = MiddlewareUse(cls, Arguments(rest, value.arguments.named), value.place or place, item.conditions)
            instance.record.middleware.append(use)

    def note_unseen(self, what: str, reason: str, place: Place, detail: str) -> None:
        """Declare that a statement may hide routes."""
        self.unseen[Unseen(what, reason, place, detail)] = None

    def note_unseen_call(self, callee: Value, arguments: Arguments, place: Place) -> None:
        """A call that cannot be followed and is handed an app or router: it may register routes."""
        if any(relevance.carries_router(value) for value in arguments.all()) and not relevance.is_harmless(callee):
            name = callee.name if isinstance(callee, External) else getattr(callee, "text", "?")
            reason = "external" if isinstance(callee, External | Product) else "dynamic"
            self.note_unseen("call", reason, place, f"{name} is given an app or router and may register routes on it")

    def note_unseen_decorator(self, decorator: Unknown, value: Value, place: Place) -> None:
        """A decorator that cannot be followed and looks like a registration."""
        function = force(value)
        verb = decorator.text.partition("(")[0].rpartition(".")[2]
        if (
            isinstance(function, FunctionValue | BoundMethod)
            and verb in relevance.REGISTERING_VERBS
            and "." in decorator.text
        ):
            self.note_unseen(
                "decorator", "dynamic", place, f"@{decorator.text}: the text does not tell what it registers on"
            )
