"""What the factory's handlers work with."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends, Request
from sqlalchemy.ext.asyncio import AsyncSession

from ..clock import Clock
from ..database import Database
from .outbox import Outbox
from .oven import Oven
from .settings import Settings


@dataclass(frozen=True, slots=True)
class Resources:
    """All that one factory owns; it lies in `app.state.resources`."""

    settings: Settings
    clock: Clock
    database: Database
    oven: Oven
    outbox: Outbox


async def get_resources(request: Request) -> Resources:
    """Give what the app was made with."""
    return cast("Resources", request.app.state.resources)


FactoryResources = Annotated[Resources, Depends(get_resources)]


async def open_session(resources: FactoryResources) -> AsyncIterator[AsyncSession]:
    """Open a session for one request."""
    async with resources.database.sessions() as session:
        yield session


Session = Annotated[AsyncSession, Depends(open_session)]
