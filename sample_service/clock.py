"""Time as the apps know it; injected, so that tomorrow can be now."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """What tells the time and waits."""

    def now(self) -> datetime:
        """Give the present time, in UTC."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Return when that many seconds have passed on this clock."""
        ...


class SystemClock:
    """The time of this machine."""

    def now(self) -> datetime:
        """Give the present time, in UTC."""
        return datetime.now(UTC)

    async def sleep(self, seconds: float) -> None:
        """Wait, while others work on."""
        await asyncio.sleep(seconds)


class ManualClock:
    """A clock that stands still until it is moved; to sleep on it moves it."""

    def __init__(self, start: datetime) -> None:
        self._now = start

    def now(self) -> datetime:
        """Give the time it was moved to."""
        return self._now

    async def sleep(self, seconds: float) -> None:
        """Move on at once; nobody waits."""
        self.advance(timedelta(seconds=seconds))

    def advance(self, by: timedelta) -> None:
        """Let time pass."""
        self.move_to(self._now + by)

    def move_to(self, moment: datetime) -> None:
        """Let time pass until a moment; time never runs backwards."""
        self._now = max(self._now, moment.astimezone(UTC))
