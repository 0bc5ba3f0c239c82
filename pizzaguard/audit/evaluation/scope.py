"""Where names live while source is followed: one scope a function call, a class body, a block of a module."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from pizzaguard.audit.evaluation.values import Place, Unknown, Value

if TYPE_CHECKING:
    from pizzaguard.audit.evaluation.values import ClassValue, FunctionValue
    from pizzaguard.audit.source import ir


class ModuleScope(Protocol):
    """What the evaluation asks of a module; `module.Module` keeps the promise."""

    name: str
    path: str
    names: dict[str, Value]

    def lookup(self, name: str) -> Value | None:
        """What a module-level name stands for, or None when the module does not bind it."""

    def lines(self, first: int, last: int) -> str:
        """The text from line `first` to line `last`, 1-based and inclusive."""


class Scope:
    """The names of one function call, class body or module block, and the scope around it."""

    __slots__ = ("base_line", "function", "globals", "is_class", "module", "names", "owner", "parent", "receiver")

    def __init__(
        self, module: ModuleScope, base_line: int, parent: Scope | None = None, names: dict[str, Value] | None = None
    ) -> None:
        self.module = module
        self.base_line = base_line
        self.parent = parent
        self.names: dict[str, Value] = {} if names is None else names
        self.is_class = False
        self.owner: ClassValue | None = parent.owner if parent is not None else None
        self.function: FunctionValue | None = None
        self.receiver: Value | None = parent.receiver if parent is not None else None
        self.globals: frozenset[str] = frozenset()

    @property
    def is_module(self) -> bool:
        """Whether names bound here are the module's own."""
        return self.parent is None

    def place(self, node: ir.Node) -> Place:
        """Where a node of this scope's block stands in its file."""
        return Place(self.module.path, self.base_line + node.line)

    def lookup(self, name: str) -> Value:
        """What a name stands for, found as Python would: inside out, class bodies only from themselves."""
        scope: Scope | None = self
        while scope is not None:
            if (scope is self or not scope.is_class) and name in scope.names:
                return scope.names[name]
            scope = scope.parent
        found = self.module.lookup(name)
        return Unknown("undefined", name) if found is None else found

    def bind(self, name: str, value: Value) -> None:
        """Let a name stand for a value, in this scope or in the one that `global` or `nonlocal` names."""
        if name in self.globals:
            scope = self.parent
            while scope is not None and scope.parent is not None:
                if not scope.is_class and name in scope.names:
                    scope.names[name] = value
                    return
                scope = scope.parent
            self.module.names[name] = value
        else:
            self.names[name] = value
