"""What the service's handlers work with."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated, cast

from argon2 import PasswordHasher
from fastapi import Depends, Request
from sqlalchemy.ext.asyncio import AsyncSession

from ..clock import Clock
from ..database import Database
from .factory_client import FactoryClient
from .settings import Settings
from .tokens import TokenDesk


@dataclass(frozen=True, slots=True)
class Resources:
    """All that one service owns; it lies in `app.state.resources`."""

    settings: Settings
    clock: Clock
    database: Database
    factory: FactoryClient
    hasher: PasswordHasher
    tokens: TokenDesk


async def get_resources(request: Request) -> Resources:
    """Give what the app was made with."""
    return cast("Resources", request.app.state.resources)


ServiceResources = Annotated[Resources, Depends(get_resources)]


async def open_session(resources: ServiceResources) -> AsyncIterator[AsyncSession]:
    """Open a session for one request."""
    async with resources.database.sessions() as session:
        yield session


Session = Annotated[AsyncSession, Depends(open_session)]
