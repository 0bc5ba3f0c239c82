"""The arguments of a call, as far as the text tells them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pizzaguard.audit.evaluation.values import Value


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
