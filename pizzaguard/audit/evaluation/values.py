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
    from pizzaguard.audit.evaluation.arguments import Arguments
    from pizzaguard.audit.evaluation.scope import ModuleScope, Scope
    from pizzaguard.audit.frameworks.records import Entry, RouterRecord
    from pizzaguard.audit.source import ir


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


NONE = Literal(None)
