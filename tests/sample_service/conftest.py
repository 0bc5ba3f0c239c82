"""A service and a factory in this process: real apps, real SQLite files, real tokens, a clock that can be moved."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from argon2 import PasswordHasher
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from fastapi import FastAPI

from sample_service.clock import ManualClock
from sample_service.factory import app as factory_app
from sample_service.factory.as_was.orders import settings as order_settings
from sample_service.factory.outbox import Outbox
from sample_service.factory.settings import Settings as FactorySettings
from sample_service.service import app as service_app
from sample_service.service.settings import Settings as ServiceSettings

INITIATED = datetime(2025, 11, 26, 2, 57, tzinfo=UTC)
FACTORY_URL = "http://factory.test"
SERVICE_URL = "http://service.test"
ADMIN_TOKEN = "the factory's admin token"
JWT_SECRET = "the service's secret, which is long enough"


@dataclass(frozen=True, slots=True)
class World:
    """Both apps, and somebody in each role."""

    service: httpx.AsyncClient
    factory: httpx.AsyncClient
    clock: ManualClock
    outbox: Outbox
    api_key: str
    """The vendor API key under which the service orders."""
    tokens: dict[str, str]
    """User tokens, by who has them: admin, franchisee, diner, rival (a franchisee of another franchise)."""
    ids: dict[str, int]
    """Of the users, and of `franchise`, `store` and `pizza`."""

    def headers(self, who: str) -> dict[str, str]:
        """The headers that somebody sends; anyone sends none."""
        return {"Authorization": f"Bearer {self.tokens[who]}"} if who in self.tokens else {}

    async def order(self, who: str = "diner", pizzas: int = 1) -> httpx.Response:
        """Order pizzas at the service."""
        items = [{"menuId": self.ids["pizza"]}] * pizzas
        body = {"franchiseId": self.ids["franchise"], "storeId": self.ids["store"], "items": items}
        return await self.service.post("/api/order", json=body, headers=self.headers(who))

    async def bake(self, api_key: str, pizzas: int = 1) -> httpx.Response:
        """Order pizzas at the factory."""
        body = {"diner": {"name": "Dana"}, "order": {"items": [{"menuId": 1}] * pizzas}}
        return await self.factory.post("/api/order", json=body, headers={"Authorization": f"Bearer {api_key}"})

    async def verify(self, pizza: str) -> httpx.Response:
        """Have the factory look at a pizza."""
        return await self.factory.post("/api/order/verify", json={"jwt": pizza})

    async def become_vendor(self, email: str) -> str:
        """Register as a vendor, and get an API key."""
        return await become_vendor(self.factory, self.outbox, email)


async def become_vendor(factory: httpx.AsyncClient, outbox: Outbox, email: str) -> str:
    """Register as a vendor, read the code in the mail, and exchange it for an API key."""
    registered = await factory.post("/api/vendor", json={"name": "Somebody", "email": email})
    assert registered.status_code == 200
    assert (await factory.post("/api/vendor/code", json={"email": email})).status_code == 200
    code = outbox.letters_to(email)[-1].body
    answer = (await factory.post("/api/vendor/auth", json={"email": email, "code": code})).json()
    return str(answer["apiKey"])


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def oven_key() -> RSAPrivateKey:
    return generate_private_key(public_exponent=65537, key_size=2048)


@dataclass(frozen=True, slots=True)
class Seed:
    """A world that was set up once: its databases and what its people know. Each test gets a copy."""

    folder: Path
    api_key: str
    tokens: dict[str, str]
    ids: dict[str, int]


@pytest.fixture(scope="session")
def seed(tmp_path_factory: pytest.TempPathFactory, oven_key: RSAPrivateKey) -> Seed:
    return asyncio.run(_sow(tmp_path_factory.mktemp("seed"), oven_key))


@pytest.fixture
async def world(
    anyio_backend: str, tmp_path: Path, oven_key: RSAPrivateKey, seed: Seed, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[World]:
    monkeypatch.setattr(order_settings, "chaos", None)
    for file in seed.folder.iterdir():
        shutil.copy(file, tmp_path)
    clock, outbox = ManualClock(INITIATED), Outbox()
    factory = _factory(tmp_path, clock, outbox, oven_key)
    service = _service(tmp_path, clock, seed.api_key, factory)
    async with AsyncExitStack() as stack:
        factory_client = await _running(stack, factory, FACTORY_URL)
        client = await _running(stack, service, SERVICE_URL)
        yield World(client, factory_client, clock, outbox, seed.api_key, {**seed.tokens}, {**seed.ids})


async def _sow(folder: Path, key: RSAPrivateKey) -> Seed:
    clock, outbox = ManualClock(INITIATED), Outbox()
    factory = _factory(folder, clock, outbox, key)
    async with AsyncExitStack() as stack:
        client = await _running(stack, factory, FACTORY_URL)
        api_key = await become_vendor(client, outbox, "owner@pizza.example")
        service = await _running(stack, _service(folder, clock, api_key, factory), SERVICE_URL)
        return Seed(folder, api_key, *await _people(service))


def _factory(folder: Path, clock: ManualClock, outbox: Outbox, key: RSAPrivateKey) -> FastAPI:
    settings = FactorySettings(
        database_url=f"sqlite:///{folder / 'factory.db'}", public_url=FACTORY_URL, admin_token=ADMIN_TOKEN
    )
    return factory_app.create_app(settings, clock=clock, outbox=outbox, key=key)


def _service(folder: Path, clock: ManualClock, api_key: str, factory: FastAPI) -> FastAPI:
    settings = ServiceSettings(
        database_url=f"sqlite:///{folder / 'service.db'}",
        factory_url=FACTORY_URL,
        factory_api_key=api_key,
        jwt_secret=JWT_SECRET,
    )
    hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    return service_app.create_app(settings, clock=clock, hasher=hasher, transport=httpx.ASGITransport(factory))


async def _running(stack: AsyncExitStack, app: FastAPI, url: str) -> httpx.AsyncClient:
    """Start an app until the stack unwinds, and give a client to it; errors of the app are answers, not exceptions."""
    await stack.enter_async_context(app.router.lifespan_context(app))
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    return await stack.enter_async_context(httpx.AsyncClient(transport=transport, base_url=url))


async def _people(client: httpx.AsyncClient) -> tuple[dict[str, str], dict[str, int]]:
    admin = (await client.put("/api/auth", json={"email": "a@jwt.com", "password": "admin"})).json()
    tokens, ids = {"admin": str(admin["token"])}, {"admin": int(admin["user"]["id"])}
    as_admin = {"Authorization": f"Bearer {admin['token']}"}
    for who in ("diner", "franchisee", "rival"):
        made = await _register(client, who)
        tokens[who], ids[who] = str(made["token"]), int(made["user"]["id"])
    ids["franchise"] = await _franchise(client, as_admin, "Slice of Test", "franchisee")
    await _franchise(client, as_admin, "Other Slices", "rival")
    for who in ("franchisee", "rival"):  # the roles are in the token: who was given one logs in again
        credentials = {"email": f"{who}@test.example", "password": f"{who}'s password"}
        tokens[who] = str((await client.put("/api/auth", json=credentials)).json()["token"])
    path = f"/api/franchise/{ids['franchise']}/store"
    ids["store"] = (await client.post(path, json={"name": "Port Street"}, headers=as_admin)).json()["id"]
    pizza = {"title": "Veggie", "description": "A garden of delight", "image": "pizza1.png", "price": 0.0038}
    ids["pizza"] = (await client.put("/api/order/menu", json=pizza, headers=as_admin)).json()[0]["id"]
    return tokens, ids


async def _register(client: httpx.AsyncClient, who: str) -> dict[str, Any]:
    body = {"name": who.title(), "email": f"{who}@test.example", "password": f"{who}'s password"}
    made: dict[str, Any] = (await client.post("/api/auth", json=body)).json()
    return made


async def _franchise(client: httpx.AsyncClient, headers: dict[str, str], name: str, who: str) -> int:
    body = {"name": name, "admins": [{"email": f"{who}@test.example"}]}
    return int((await client.post("/api/franchise", json=body, headers=headers)).json()["id"])
