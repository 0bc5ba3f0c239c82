"""What is told of the incident, step by step."""

from collections import Counter
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class IncidentError(Exception):
    """The incident did not go as it went then."""


class Phase(StrEnum):
    """Relative to the chaos: it has not begun, it reigns, it is over."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


class Key(StrEnum):
    """Names a step, so that others can say something about it."""

    VENDOR_REGISTERS = "vendor-registers"
    VENDOR_GETS_KEY = "vendor-gets-key"
    ADMIN_OPENS_SHOP = "admin-opens-shop"
    DINER_REGISTERS = "diner-registers"
    DINER_BUYS = "diner-buys"
    CHAOS_SCHEDULED = "chaos-scheduled"
    CHAOS_STARTS = "chaos-starts"
    LINK_SEEN = "link-seen"
    LINK_OPENED = "link-opened"


@dataclass(frozen=True, slots=True)
class Step:
    """Somebody did something, and this is what came back."""

    key: Key
    phase: Phase
    at: str
    """When, ISO 8601, on the clock of the incident."""
    who: str
    what: str
    request: str | None = None
    """Method and path, as they were sent."""
    status: int | None = None
    answer: str | None = None
    """What the answer said, in one line."""
    failed: bool = False
    """For a purchase: whether there was no good pizza."""

    def to_document(self) -> dict[str, Any]:
        """Write the step as JSON has it."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Incident:
    """The whole story."""

    steps: tuple[Step, ...]

    def tally(self, phase: Phase) -> dict[str, int]:
        """Count the purchases of a phase, and those that failed."""
        count = Counter(step.failed for step in self.steps if step.key is Key.DINER_BUYS and step.phase is phase)
        return {"attempts": count.total(), "failed": count[True]}

    def to_document(self) -> dict[str, Any]:
        """Write the story as JSON has it."""
        return {
            **{phase.value: self.tally(phase) for phase in Phase},
            "steps": [step.to_document() for step in self.steps],
        }
