"""The people of the incident, each with nothing but an HTTP client."""

from dataclasses import dataclass
from typing import Any

import httpx

from ..factory.outbox import Outbox
from .record import IncidentError

MENU = (
    ("Veggie", 0.0038, "A garden of delight"),
    ("Pepperoni", 0.0042, "Spicy treat"),
    ("Margarita", 0.0042, "Essential classic"),
    ("Crusty", 0.0028, "A dry mouthed favorite"),
    ("Charred Leopard", 0.0099, "For those with a darker side"),
)


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody's name and credentials."""

    name: str
    email: str
    password: str = ""


OWNER = Account("Olive Oven", "owner@pizza.example")
ADMIN = Account("The admin", "a@jwt.com", "admin")
DINER = Account("Dana Diner", "dana@diner.example", "hungry")


@dataclass(frozen=True, slots=True)
class Purchase:
    """What a diner got for an order."""

    status: int
    body: dict[str, Any]
    is_valid: bool
    """Whether there was a pizza, and the factory knows it as its own."""

    @property
    def link(self) -> str | None:
        """The link that came with it, if one did."""
        link = self.body.get("followLinkToEndChaos")
        return link if isinstance(link, str) else None


class People:
    """All of them; `service` and `factory` are their clients to the two apps."""

    def __init__(self, service: httpx.Client, factory: httpx.Client) -> None:
        self._service = service
        self._factory = factory

    def register_vendor(self, owner: Account) -> httpx.Response:
        """Become a vendor, as anyone can."""
        return checked(self._factory.post("/api/vendor", json={"name": owner.name, "email": owner.email}))

    def fetch_api_key(self, owner: Account, outbox: Outbox) -> tuple[httpx.Response, str]:
        """Have a code sent to one's own mailbox, and exchange it for the API key."""
        checked(self._factory.post("/api/vendor/code", json={"email": owner.email}))
        code = outbox.letters_to(owner.email)[-1].body
        response = checked(self._factory.post("/api/vendor/auth", json={"email": owner.email, "code": code}))
        return response, response.json()["apiKey"]

    def schedule_chaos(self, api_key: str, kind: str) -> httpx.Response:
        """Ask the factory for a chaos test."""
        return checked(self._factory.put(f"/api/vendor/chaos/{kind}", headers=bearer(api_key)))

    def open_shop(self, admin: Account) -> httpx.Response:
        """Log in as the admin, and fill the menu and open a store."""
        response = checked(self._service.put("/api/auth", json={"email": admin.email, "password": admin.password}))
        token = bearer(response.json()["token"])
        for title, price, description in MENU:
            pizza = {"title": title, "price": price, "description": description, "image": "pizza.svg"}
            checked(self._service.put("/api/order/menu", headers=token, json=pizza))
        franchise = {"name": "Slice of Loopback", "admins": [{"email": admin.email}]}
        made = checked(self._service.post("/api/franchise", headers=token, json=franchise)).json()
        checked(self._service.post(f"/api/franchise/{made['id']}/store", headers=token, json={"name": "Port Street"}))
        return response

    def register_diner(self, diner: Account) -> tuple[httpx.Response, str]:
        """Open an account, and give its token."""
        account = {"name": diner.name, "email": diner.email, "password": diner.password}
        response = checked(self._service.post("/api/auth", json=account))
        return response, response.json()["token"]

    def buy(self, token: str) -> Purchase:
        """Order the first pizza of the menu at the first store, and have it verified."""
        menu = checked(self._service.get("/api/order/menu")).json()
        franchise = checked(self._service.get("/api/franchise")).json()["franchises"][0]
        order = {
            "franchiseId": franchise["id"],
            "storeId": franchise["stores"][0]["id"],
            "items": [{"menuId": menu[0]["id"]}],
        }
        response = self._service.post("/api/order", headers=bearer(token), json=order)
        body = response.json()
        pizza = body.get("jwt")
        verified = self._factory.post("/api/order/verify", json={"jwt": pizza}) if pizza else None
        return Purchase(response.status_code, body, verified is not None and verified.is_success)


def bearer(token: str) -> dict[str, str]:
    """Give the header that bears a token."""
    return {"Authorization": f"Bearer {token}"}


def checked(response: httpx.Response) -> httpx.Response:
    """Give a response that is a success; any other ends the story."""
    if not response.is_success:
        request = response.request
        raise IncidentError(f"expected success of '{request.method} {request.url.path}', got {response.status_code}")
    return response
