"""How far an evaluation goes: bounded in all, and more narrowly for what only yields a value."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

MAX_STEPS = 6_000_000
"""Expressions and statements followed in one audit; what is beyond becomes a gap."""


ERRAND_STEPS = 3_000
"""Of these, how many may go into one value that touches no route table, with all that it asks for."""

MAX_ERRANDS = 30
"""Values that wait for values that wait for values."""


class Budget:
    """Counts the steps of one evaluation."""

    def __init__(self) -> None:
        self._steps = 0
        self._limit = MAX_STEPS
        self._errands = 0

    def step(self) -> None:
        """Count one expression or statement."""
        self._steps += 1

    @property
    def is_spent(self) -> bool:
        """Whether the budget is used up: what is left is not followed."""
        return self._steps > self._limit

    @contextmanager
    def errand(self) -> Iterator[None]:
        """For a while, follow what only yields a value: no further than it is worth."""
        before = self._limit
        self._limit = min(before, self._steps + ERRAND_STEPS)
        self._errands += 1
        try:
            yield
        finally:
            self._limit = before
            self._errands -= 1

    @property
    def is_on_errand(self) -> bool:
        """Whether what is followed now only yields a value."""
        return self._errands > 0

    @property
    def is_far_out(self) -> bool:
        """Whether values that wait for values are nested too deeply."""
        return self._errands >= MAX_ERRANDS
