"""The town of the incident: a factory, a service that orders there, a clock, and nobody else."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx

from ..clock import ManualClock
from ..factory import app as factory_app
from ..factory.outbox import Outbox
from ..factory.settings import Settings as FactorySettings
from ..service import app as service_app
from ..service.settings import Settings as ServiceSettings
from .house import Door, House
from .people import OWNER, People

MORNING = datetime(2025, 11, 26, 2, 50, tzinfo=UTC)
PATIENCE_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Town:
    """What the story needs."""

    clock: ManualClock
    people: People
    stranger: httpx.Client
    """Somebody's browser, without any credential."""
    api_key: str
    """The owner's, under which the service orders."""
    shop_url: str
    opening: tuple[httpx.Response, httpx.Response]
    """What the owner was answered on registering, and on fetching the API key."""


@contextmanager
def open_town(folder: Path) -> Iterator[Town]:
    """Start the factory, make the owner a vendor there, and start the service; stop both at the end."""
    clock, outbox = ManualClock(MORNING), Outbox()
    with Door() as factory_door, Door() as service_door, _browser(factory_door) as factory:
        made = factory_app.create_app(
            FactorySettings(
                database_url=f"sqlite:///{folder / 'factory.db'}",
                public_url=factory_door.url,
                shop_origins=(service_door.url,),
            ),
            clock=clock,
            outbox=outbox,
        )
        with House(made, factory_door), _browser(service_door) as service, _browser(factory_door) as stranger:
            people = People(service, factory)
            registered = people.register_vendor(OWNER)
            exchanged, api_key = people.fetch_api_key(OWNER, outbox)
            settings = ServiceSettings(
                database_url=f"sqlite:///{folder / 'service.db'}",
                factory_url=factory_door.url,
                factory_api_key=api_key,
            )
            with House(service_app.create_app(settings, clock=clock), service_door):
                shop_url = f"{service_door.url}/shop/"
                yield Town(clock, people, stranger, api_key, shop_url, (registered, exchanged))


def _browser(door: Door) -> httpx.Client:
    return httpx.Client(base_url=door.url, timeout=PATIENCE_SECONDS, trust_env=False)
