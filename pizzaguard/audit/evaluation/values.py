"""What an expression of the audited source can stand for.

Evaluation follows the source without running it: a value is what the text tells about an object, and `Unknown` is
what it does not tell. Objects that the source mutates (lists, instances, routers) keep their identity, so that a
router registered in one module and filled in another is one value.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pizzaguard.audit.evaluation.scope import ModuleScope, Scope
    from pizzaguard.audit.frameworks.records import Entry, RouterRecord
    from pizzaguard.audit.source import ir

MAX_OPTIONS = 8
"""Alternatives that one choice may hold; what is beyond is dropped into `Unknown`."""


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a file."""

    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Condition:
    """What a statement depends on, as a reader would say it."""

    text: str
    default: bool | None = None
    """Whether it holds with the settings' defaults in the text, where the text tells."""


Conditions = tuple[Condition, ...]


class Value:
    """Base of everything an expression can stand for."""

    __slots__ = ()


@dataclass(slots=True, eq=False)
class Unknown(Value):
    """What the text does not tell, and why."""

    reason: str
    text: str = "?"
    """The expression, as the unresolved part of a path: `{?text}`."""


@dataclass(slots=True, frozen=True)
class Literal(Value):
    """A constant."""

    value: str | bytes | int | float | bool | None


@dataclass(slots=True, eq=False)
class Text(Value):
    """A string of which only some parts are known."""

    parts: tuple[str | Unknown, ...]


@dataclass(slots=True, eq=False)
class Setting(Value):
    """A switch or setting: what the deployment decides, with the default that the text gives."""

    name: str
    default: Value


@dataclass(slots=True, eq=False)
class Item:
    """A member of a list, and the conditions under which it was put there."""

    value: Value
    conditions: Conditions = ()


@dataclass(slots=True, eq=False)
class ListValue(Value):
    """A list, tuple or set."""

    items: list[Item] = field(default_factory=list)
    is_open: bool = False
    """It may hold more than the text shows."""
    born: Conditions = ()
    kind: str = "list"


@dataclass(slots=True, eq=False)
class DictValue(Value):
    """A dict whose keys are literals; other keys make it open."""

    entries: dict[Any, Item] = field(default_factory=dict)
    is_open: bool = False
    born: Conditions = ()


@dataclass(slots=True, eq=False)
class FunctionValue(Value):
    """A function or lambda, with the scope that it closes over."""

    node: ir.Function | ir.Lambda
    module: ModuleScope
    scope: Scope
    qualname: str
    base_line: int
    """Line of the block in the file (1-based), to which the node's own lines are added."""
    owner: ClassValue | None = None
    """The class whose body defines it, also for functions nested in its methods."""
    kind: str = "function"
    """`function`, `static`, `class` or `property`."""
    defaults: dict[str, Value] | None = None
    """Defaults evaluated where the definition stood (functions inside functions)."""
    wraps: Value | None = None
    """The function that this one stands in front of, when a decorator put it there."""
    keeps_signature: bool = False
    """Whether `functools.wraps` shows the wrapped function's signature to the framework."""
    decorators: tuple[Value, ...] = ()

    @property
    def line(self) -> int:
        """Line of the `def` in its file."""
        return self.base_line + self.node.line

    @property
    def place(self) -> Place:
        """Where the `def` stands."""
        return Place(self.module.path, self.line)


@dataclass(slots=True, eq=False)
class ClassValue(Value):
    """A class of the tree; its body is read on first use."""

    name: str
    qualname: str
    module: ModuleScope
    scope: Scope
    base_line: int
    load: Callable[[], ir.Class | None]
    node: ir.Class | None = None
    namespace: dict[str, Value] | None = None
    bases: tuple[Value, ...] | None = None
    owner: ClassValue | None = None
    head: Callable[[], ir.Class | None] | None = None
    """Reads the bases alone, where they can be told without the body."""

    @property
    def identity(self) -> str:
        """`module:qualname`."""
        return f"{self.module.name}:{self.qualname}"


@dataclass(slots=True, eq=False)
class InstanceValue(Value):
    """An instance of a class of the tree, or of a framework's class."""

    cls: ClassValue | External
    attributes: dict[str, Value] = field(default_factory=dict)
    record: RouterRecord | None = None
    """Set when the instance is an app or a router."""
    pending: Callable[[], None] | None = None
    """The constructor, when running it was put off until an attribute is asked for."""
    place: Place | None = None
    arguments: Arguments | None = None
    is_assumed: bool = False
    """Known by its annotation only: its attributes are the class's defaults."""


@dataclass(slots=True, frozen=True)
class External(Value):
    """Something that the tree imports but does not hold: `fastapi.APIRouter`."""

    name: str

    @property
    def last(self) -> str:
        """The last part of the dotted name."""
        return self.name.rpartition(".")[2]

    @property
    def top(self) -> str:
        """The distribution's top-level module."""
        return self.name.partition(".")[0]


@dataclass(slots=True, eq=False)
class Product(Value):
    """What a call of something external gave: `HTTPBearer(auto_error=False)`."""

    function: External
    arguments: Arguments
    place: Place | None = None


@dataclass(slots=True, eq=False)
class ModuleValue(Value):
    """A module of the tree."""

    module: ModuleScope


@dataclass(slots=True, eq=False)
class BoundMethod(Value):
    """A method together with its object."""

    function: FunctionValue
    receiver: Value


@dataclass(slots=True, eq=False)
class Partial(Value):
    """`functools.partial(function, …)`."""

    function: Value
    arguments: Arguments


@dataclass(slots=True, eq=False)
class FrameworkMethod(Value):
    """A method that a framework's class gives an app, a router or a list of routes."""

    receiver: Value
    name: str


@dataclass(slots=True, eq=False)
class BuiltinMethod(Value):
    """A method of a list, dict or string."""

    receiver: Value
    name: str


@dataclass(slots=True, eq=False)
class SuperValue(Value):
    """`super()` inside a method."""

    owner: ClassValue
    receiver: Value


@dataclass(slots=True, eq=False)
class DependsValue(Value):
    """`Depends(…)` or `Security(…)`."""

    dependency: Value | None
    """None for `Depends()`: the annotation names it."""
    scopes: tuple[str, ...] = ()
    is_security: bool = False


@dataclass(slots=True, eq=False)
class AnnotatedValue(Value):
    """`Annotated[base, metadata…]`."""

    base: Value
    metadata: tuple[Value, ...]


@dataclass(slots=True, eq=False)
class DecoratorValue(Value):
    """A framework's decorator, waiting for the function it registers."""

    apply: Callable[[Value, Place], Value]


@dataclass(slots=True, eq=False)
class RouteValue(Value):
    """A route taken out of a table: `for route in app.routes`."""

    entry: Entry


@dataclass(slots=True, eq=False)
class Choice(Value):
    """One of several values; which one depends on conditions."""

    options: tuple[Item, ...]


@dataclass(slots=True, eq=False)
class Deferred(Value):
    """A value worked out only when somebody asks for it."""

    work: Callable[[], Value] | None
    value: Value | None = None


@dataclass(slots=True)
class Arguments:
    """The arguments of a call."""

    positional: list[Value] = field(default_factory=list)
    named: dict[str, Value] = field(default_factory=dict)
    is_open: bool = False
    """`*args` or `**kwargs` that the text does not tell."""

    def get(self, name: str, index: int | None = None) -> Value | None:
        """The argument called `name`, or the one at `index`."""
        if name in self.named:
            return self.named[name]
        if index is not None and index < len(self.positional):
            return self.positional[index]
        return None

    def all(self) -> list[Value]:
        """Every argument, positional first."""
        return [*self.positional, *self.named.values()]


NONE = Literal(None)


def force(value: Value) -> Value:
    """The value itself, worked out if it was put off."""
    links: list[Deferred] = []
    while type(value) is Deferred:
        if value.value is None:
            work, value.work = value.work, None
            # Asked for again while it is being worked out: the source refers to itself.
            value.value = Unknown("cycle") if work is None else work()
        links.append(value)
        value = value.value
        if len(links) > 1 and any(value is link for link in links):
            # Two put-off values that each wait for the other.
            value = links[0].value = Unknown("cycle")
    return value


def plain(value: Value) -> Value:
    """The value with a setting replaced by its default."""
    value = force(value)
    while type(value) is Setting:
        value = force(value.default)
    return value


def options_of(value: Value) -> tuple[Item, ...]:
    """The alternatives of a value: itself, or those of a choice."""
    value = force(value)
    return value.options if type(value) is Choice else (Item(value),)


def is_pending(value: Value) -> bool:
    """Whether a value was put off and nobody has asked for it yet."""
    return type(value) is Deferred and value.value is None


def choose(options: list[Item]) -> Value:
    """One value out of alternatives; equal ones and what is unknown beside something known fall away.

    As long as one of them is put off, so is the choice: most are never asked for.
    """
    if len(options) == 1 and not options[0].conditions:
        return options[0].value
    if any(is_pending(option.value) for option in options):
        return Deferred(lambda: _chosen(options))
    return _chosen(options)


def _chosen(options: list[Item]) -> Value:
    flat: list[Item] = []
    for option in options:
        value = force(option.value)
        inner = value.options if type(value) is Choice else (Item(value),)
        for item in inner:
            merged = Item(item.value, join_conditions(option.conditions, item.conditions))
            if not any(_same(merged.value, known.value) for known in flat):
                flat.append(merged)
    known = [item for item in flat if type(item.value) is not Unknown]
    kept = (known or flat)[:MAX_OPTIONS]
    if len(kept) == 1:
        return kept[0].value
    return Choice(tuple(kept))


def _same(one: Value, other: Value) -> bool:
    if one is other:
        return True
    if type(one) is Literal and type(other) is Literal:
        return type(one.value) is type(other.value) and one.value == other.value
    return type(one) is External and one == other


MAX_CONDITIONS = 12
"""Conditions that are kept of a place; deeper ones say nothing new to a reader."""


def join_conditions(outer: Conditions, inner: Conditions) -> Conditions:
    """Both, each once, up to a limit."""
    if not inner:
        return outer
    if not outer:
        return inner[:MAX_CONDITIONS]
    return (*outer, *(condition for condition in inner if condition not in outer))[:MAX_CONDITIONS]


def new_conditions(now: Conditions, born: Conditions) -> Conditions:
    """The conditions that hold now and did not yet hold when the object was made."""
    return tuple(condition for condition in now if condition not in born)
