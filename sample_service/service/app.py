"""The service as it was: its routers and the rooms of the day of the incident, put together.

Run it with `uvicorn --factory sample_service.service.app:create_app --port 8000`.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from argon2 import PasswordHasher
from fastapi import FastAPI
from starlette.exceptions import HTTPException

from ..clock import Clock, SystemClock
from ..database import Database
from . import shop
from .as_was import docs
from .as_was import franchises as franchises_as_was
from .as_was import orders as orders_as_was
from .as_was import users as users_as_was
from .as_was.cors import allow_pages
from .as_was.default_admin import add_default_admin
from .as_was.errors import tell_error
from .as_was.tokens import TokenTable
from .factory_client import FactoryClient
from .resources import Resources
from .routes import auth, franchises, home, menu, orders, users
from .settings import Settings
from .tables import Base


def create_app(
    settings: Settings | None = None,
    *,
    clock: Clock | None = None,
    hasher: PasswordHasher | None = None,
    transport: httpx.AsyncBaseTransport | None = None,
) -> FastAPI:
    """Make a service; without settings, those of the environment. `transport` leads to the factory."""
    settings = settings or Settings.from_environment()
    app = FastAPI(title="JWT Pizza service", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.resources = Resources(
        settings=settings,
        clock=clock or SystemClock(),
        database=Database(settings.database_url),
        factory=FactoryClient(settings.factory_url, settings.factory_api_key, transport),
        hasher=hasher or PasswordHasher(),
        tokens=TokenTable(settings.jwt_secret),
    )
    allow_pages(app)
    app.exception_handler(HTTPException)(tell_error)
    app.exception_handler(Exception)(tell_error)
    app.include_router(home.router)
    app.include_router(auth.router)
    app.include_router(users.router)
    app.include_router(users_as_was.router)
    app.include_router(menu.router)
    app.include_router(orders.router)
    app.include_router(orders_as_was.router)
    app.include_router(franchises.router)
    app.include_router(franchises_as_was.router)
    app.include_router(docs.router)
    app.include_router(shop.router)
    app.mount("/shop", shop.files, name="shop")
    return app


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Open the shop when the service starts, close it when it stops."""
    resources: Resources = app.state.resources
    await resources.database.create_tables(Base)
    async with resources.database.sessions() as session:
        await add_default_admin(session, resources.hasher)
    yield
    await resources.factory.close()
    await resources.database.close()
