"""The factory as it was: its routers and the rooms of the day of the incident, put together.

Run it with `uvicorn --factory sample_service.factory.app:create_app --port 8001`.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from fastapi import FastAPI, Request
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from ..clock import Clock, SystemClock
from ..database import Database
from .as_was import chaos, orders, registration, support
from .outbox import Outbox
from .oven import Oven
from .resources import Resources
from .routes import admin, pizzas, vendors
from .settings import Settings
from .tables import Base


def create_app(
    settings: Settings | None = None,
    *,
    clock: Clock | None = None,
    outbox: Outbox | None = None,
    key: RSAPrivateKey | None = None,
) -> FastAPI:
    """Make a factory; without settings, those of the environment. Without a `key` it makes one to sign with."""
    settings = settings or Settings.from_environment()
    clock = clock or SystemClock()
    app = FastAPI(title="JWT Pizza factory", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.resources = Resources(
        settings=settings,
        clock=clock,
        database=Database(settings.database_url),
        oven=Oven(settings.issuer, clock, key),
        outbox=outbox or Outbox(),
    )
    app.add_middleware(CORSMiddleware, allow_origins=settings.shop_origins, allow_methods=["POST"], allow_headers=["*"])
    app.exception_handler(HTTPException)(refuse)
    app.include_router(orders.router)
    app.include_router(pizzas.router)
    app.include_router(registration.router)
    app.include_router(vendors.router)
    app.include_router(chaos.router)
    app.include_router(support.router)
    app.include_router(admin.router)
    return app


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Open the books when the factory starts, close them when it stops."""
    database: Database = app.state.resources.database
    await database.create_tables(Base)
    yield
    await database.close()


async def refuse(_request: Request, error: HTTPException) -> JSONResponse:
    """Tell what was refused, as `{"message": …}`."""
    return JSONResponse({"message": error.detail}, status_code=error.status_code, headers=error.headers)
