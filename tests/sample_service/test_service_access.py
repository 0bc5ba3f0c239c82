"""Who gets into each route of the service: one row an endpoint, as it was on the day of the incident."""

from typing import Any, NamedTuple

import pytest

from sample_service.service.endpoints import ENDPOINTS
from tests.sample_service.conftest import World

pytestmark = pytest.mark.anyio

EVERYBODY = ("anyone", "diner", "rival", "franchisee", "admin")
LOGGED_IN = ("diner", "rival", "franchisee", "admin")


class Row(NamedTuple):
    method: str
    path: str
    """The template, with names of `World.ids` filled in: `{diner}` is the diner's id."""
    template: str
    admitted: tuple[str, ...]
    body: dict[str, Any] | None = None


PIZZA = {"title": "Crusty", "description": "Dry", "image": "pizza4.png", "price": 0.0028}
NEW = {"name": "New", "email": "new@test.example", "password": "new"}

ROWS = (
    Row("POST", "/api/auth", "/api/auth", EVERYBODY, NEW),
    Row("PUT", "/api/auth", "/api/auth", EVERYBODY, {"email": "diner@test.example", "password": "diner's password"}),
    Row("DELETE", "/api/auth", "/api/auth", LOGGED_IN),
    Row("GET", "/api/user/me", "/api/user/me", LOGGED_IN),
    Row("PUT", "/api/user/{diner}", "/api/user/{user_id}", ("diner", "admin"), {"name": "Dora"}),
    Row("GET", "/api/user", "/api/user", LOGGED_IN),
    Row("DELETE", "/api/user/{rival}", "/api/user/{user_id}", LOGGED_IN),
    Row("GET", "/api/order/menu", "/api/order/menu", EVERYBODY),
    Row("PUT", "/api/order/menu", "/api/order/menu", ("admin",), PIZZA),
    Row("GET", "/api/order", "/api/order", LOGGED_IN),
    Row("POST", "/api/order", "/api/order", LOGGED_IN, {"franchiseId": 1, "storeId": 1, "items": [{"menuId": 1}]}),
    Row("GET", "/api/franchise", "/api/franchise", EVERYBODY),
    Row("GET", "/api/franchise/{franchisee}", "/api/franchise/{user_id}", ("franchisee", "admin")),
    Row("POST", "/api/franchise", "/api/franchise", ("admin",), {"name": "Newest Slices", "admins": []}),
    Row("DELETE", "/api/franchise/{franchise}", "/api/franchise/{franchise_id}", EVERYBODY),
    Row(
        "POST",
        "/api/franchise/{franchise}/store",
        "/api/franchise/{franchise_id}/store",
        ("franchisee", "admin"),
        {"name": "Loop Lane"},
    ),
    Row(
        "DELETE",
        "/api/franchise/{franchise}/store/{store}",
        "/api/franchise/{franchise_id}/store/{store_id}",
        ("franchisee", "admin"),
    ),
    Row("GET", "/api/docs", "/api/docs", EVERYBODY),
    Row("GET", "/", "/", EVERYBODY),
)


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.method} {row.template}")
async def test_a_route_admits_those_it_admitted_then_and_refuses_the_rest(world: World, row: Row, who: str) -> None:
    path = row.path.format(**world.ids)

    response = await world.service.request(row.method, path, json=row.body, headers=world.headers(who))

    expected = 200 if who in row.admitted else 401 if who == "anyone" else 403
    assert response.status_code == expected


def test_the_rows_are_all_that_the_service_documents() -> None:
    assert {(row.method, row.template) for row in ROWS} == {(entry.method, entry.path) for entry in ENDPOINTS}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.method} {row.template}")
def test_who_is_admitted_differs_from_the_documentation_only_in_the_franchise_that_anyone_deletes(
    row: Row,
) -> None:
    documented = next(entry.who for entry in ENDPOINTS if (entry.method, entry.path) == (row.method, row.template))

    is_open = "anyone" in row.admitted

    assert is_open == (documented == "anyone") or (row.method, row.template) == (
        "DELETE",
        "/api/franchise/{franchise_id}",
    )
