"""The story: pizzas, a chaos test that waits for tomorrow, no pizzas, a link, pizzas."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import httpx

from ..factory.as_was.orders import ChaosType
from ..factory.as_was.orders import settings as order_settings
from .people import ADMIN, DINER, Purchase
from .record import Incident, IncidentError, Key, Phase, Step
from .town import Town

MINUTE = timedelta(minutes=1)
INITIATED = datetime(2025, 11, 26, 2, 57, tzinfo=UTC)
PATIENCE = timedelta(minutes=38)
"""How long people bought in vain, until somebody read the answer."""


class Story:
    """Plays the incident in a town; each step is told as soon as it is over."""

    def __init__(self, town: Town, tell: Callable[[Step], None], chaos: ChaosType = ChaosType.FAIL) -> None:
        self._town = town
        self._tell = tell
        self._chaos = chaos
        self._steps: list[Step] = []
        self._phase = Phase.BEFORE
        self._token = ""

    def play(self) -> Incident:
        """Play it from the morning to the end."""
        self.open()
        self.play_before()
        link = self.play_during()
        self.play_after(link)
        return self.end()

    def open(self) -> None:
        """The shop opens."""
        registered, exchanged = self._town.opening
        self._add(Key.VENDOR_REGISTERS, "owner", "registers as a vendor of the factory, as anyone can", registered)
        self._add(Key.VENDOR_GETS_KEY, "owner", "reads a code in the mail and gets an API key for it", exchanged)
        response = self._town.people.open_shop(ADMIN)
        self._add(Key.ADMIN_OPENS_SHOP, "admin", "logs in with the default password and opens the shop", response)
        response, self._token = self._town.people.register_diner(DINER)
        self._add(Key.DINER_REGISTERS, "diner", "registers", response)

    def play_before(self) -> None:
        """Pizzas are bought; chaos is scheduled, and pizzas go on as if nothing were."""
        self._buy(3)
        self._town.clock.move_to(INITIATED)
        response = self._town.people.schedule_chaos(self._town.api_key, self._chaos)
        self._add(
            Key.CHAOS_SCHEDULED,
            "owner",
            "schedules chaos with the vendor key; nothing happens until tomorrow",
            response,
        )
        self._buy(2)

    def play_during(self) -> str:
        """Chaos starts by itself; every purchase fails, until somebody reads the answer. Give the link in it."""
        chaos = order_settings.chaos
        if chaos is None:
            raise IncidentError("expected chaos to be scheduled, got none")
        self._town.clock.move_to(chaos.start_date)
        self._phase = Phase.DURING
        self._add(Key.CHAOS_STARTS, "clock", "reaches the start date; the order handler is overridden")
        self._buy(4)
        self._town.clock.move_to(chaos.start_date + PATIENCE)
        link = self._buy(1).link
        if link is None:
            raise IncidentError("expected a link to end the chaos in the answer, got none")
        self._add(Key.LINK_SEEN, "diner", "reads the answer at last: it holds the URL that ends the chaos", answer=link)
        return link

    def play_after(self, link: str) -> None:
        """A stranger opens the link, and pizzas are back."""
        self._town.clock.advance(2 * MINUTE)
        response = self._town.stranger.get(link)
        self._add(Key.LINK_OPENED, "stranger", "opens the URL in a browser, without any credential", response)
        self._phase = Phase.AFTER
        self._buy(5)

    def end(self) -> Incident:
        """Give the whole story, if it went as it went then."""
        incident = Incident(tuple(self._steps))
        before, during, after = (incident.tally(phase) for phase in Phase)
        if before["failed"] or after["failed"] or during["failed"] != during["attempts"]:
            raise IncidentError(
                "expected every purchase to fail during the chaos and none before or after, "
                f"got {before['failed']} before, {during['failed']} of {during['attempts']} during, "
                f"{after['failed']} after"
            )
        return incident

    def _buy(self, times: int) -> Purchase:
        for _ in range(times):
            self._town.clock.advance(MINUTE)
            purchase = self._town.people.buy(self._token)
            self._steps.append(
                Step(
                    key=Key.DINER_BUYS,
                    phase=self._phase,
                    at=self._town.clock.now().isoformat(),
                    who="diner",
                    what="buys a pizza",
                    request="POST /api/order",
                    status=purchase.status,
                    answer=purchase.body.get("message") or ("a good pizza" if purchase.is_valid else "a bad pizza"),
                    failed=not purchase.is_valid,
                )
            )
            self._tell(self._steps[-1])
        return purchase

    def _add(
        self, key: Key, who: str, what: str, response: httpx.Response | None = None, answer: str | None = None
    ) -> None:
        request = response.request if response is not None else None
        step = Step(
            key=key,
            phase=self._phase,
            at=self._town.clock.now().isoformat(),
            who=who,
            what=what,
            request=f"{request.method} {request.url.path}" if request else None,
            status=response.status_code if response is not None else None,
            answer=answer or (response.json().get("message") if response is not None else None),
        )
        self._steps.append(step)
        self._tell(step)
