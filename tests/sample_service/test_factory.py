"""What the factory answers, chaos apart."""

from datetime import timedelta

import jwt
import pytest

from tests.sample_service.conftest import ADMIN_TOKEN, World

pytestmark = pytest.mark.anyio


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


async def test_a_pizza_is_a_jwt_signed_with_a_published_key(world: World) -> None:
    pizza = (await world.bake(world.api_key)).json()["jwt"]
    keys = jwt.PyJWKSet.from_dict((await world.factory.get("/.well-known/jwks.json")).json())

    header = jwt.get_unverified_header(pizza)
    claims = jwt.decode(pizza, keys[header["kid"]], algorithms=["RS256"], options={"verify_exp": False})

    assert claims["iss"] == "jwt-pizza-factory"
    assert claims["exp"] - claims["iat"] == 24 * 60 * 60
    assert claims["diner"] == {"name": "Dana"}


async def test_the_published_key_is_the_public_half_alone(world: World) -> None:
    (key,) = (await world.factory.get("/.well-known/jwks.json")).json()["keys"]

    assert key.keys() == {"kty", "key_ops", "n", "e", "kid", "alg", "use"}


@pytest.mark.parametrize(("pizzas", "status"), [(0, 503), (1, 200), (20, 200), (21, 503)])
async def test_the_oven_takes_one_to_twenty_pizzas(world: World, pizzas: int, status: int) -> None:
    response = await world.bake(world.api_key, pizzas)

    assert response.status_code == status
    assert status == 200 or response.json() == {"message": "The oven is full"}


@pytest.mark.parametrize(
    "method", ["POST /api/order", "GET /api/vendor", "PUT /api/vendor", "PUT /api/vendor/chaos/fail"]
)
@pytest.mark.parametrize("headers", [{}, bearer("no such key"), bearer(ADMIN_TOKEN)], ids=["none", "wrong", "admin"])
async def test_a_vendors_route_is_for_a_vendors_api_key(world: World, method: str, headers: dict[str, str]) -> None:
    verb, path = method.split()

    response = await world.factory.request(verb, path, json={"diner": {}, "order": {}}, headers=headers)

    assert response.status_code == 401


async def test_a_pizza_is_fresh_for_a_day(world: World) -> None:
    pizza = (await world.bake(world.api_key)).json()["jwt"]
    world.clock.advance(timedelta(hours=23, minutes=59))
    still_fresh = await world.verify(pizza)
    world.clock.advance(timedelta(minutes=1))
    stale = await world.verify(pizza)

    assert (still_fresh.status_code, still_fresh.json()["message"]) == (200, "valid")
    assert (stale.status_code, stale.json()) == (403, {"message": "invalid"})


@pytest.mark.parametrize("pizza", ["", "pizza", "a.b.c"])
async def test_what_is_no_pizza_is_invalid(world: World, pizza: str) -> None:
    response = await world.verify(pizza)

    assert (response.status_code, response.json()) == (403, {"message": "invalid"})


async def test_a_pizza_of_another_baker_is_invalid(world: World) -> None:
    pizza = (await world.bake(world.api_key)).json()["jwt"]
    claims = jwt.decode(pizza, options={"verify_signature": False})
    forged = jwt.encode(claims, "a secret of another baker, long enough", algorithm="HS256")

    assert (await world.verify(forged)).status_code == 403


async def test_anyone_becomes_a_vendor_with_an_address_of_their_choice(world: World) -> None:
    api_key = await world.become_vendor("stranger@anywhere.example")

    me = (await world.factory.get("/api/vendor", headers=bearer(api_key))).json()
    assert (me["email"], me["role"]) == ("stranger@anywhere.example", "vendor")
    assert (await world.bake(api_key)).status_code == 200


async def test_an_address_registers_once(world: World) -> None:
    body = {"name": "Twin", "email": "owner@pizza.example"}

    assert (await world.factory.post("/api/vendor", json=body)).status_code == 409


async def test_a_code_is_good_once(world: World) -> None:
    await world.become_vendor("once@anywhere.example")
    code = world.outbox.letters_to("once@anywhere.example")[-1].body

    again = await world.factory.post("/api/vendor/auth", json={"email": "once@anywhere.example", "code": code})

    assert again.status_code == 401


async def test_a_wrong_code_gives_no_key(world: World) -> None:
    email = "owner@pizza.example"
    await world.factory.post("/api/vendor/code", json={"email": email})

    assert (await world.factory.post("/api/vendor/auth", json={"email": email, "code": "nope"})).status_code == 401


async def test_no_code_is_sent_to_a_stranger(world: World) -> None:
    response = await world.factory.post("/api/vendor/code", json={"email": "nobody@anywhere.example"})

    assert response.status_code == 404
    assert not world.outbox.letters_to("nobody@anywhere.example")


async def test_a_vendor_changes_its_name_and_never_its_role(world: World) -> None:
    change = {"name": "Pizza, Inc.", "website": "https://pizza.example", "role": "partner"}

    answer = (await world.factory.put("/api/vendor", json=change, headers=bearer(world.api_key))).json()

    assert (answer["name"], answer["website"], answer["role"]) == ("Pizza, Inc.", "https://pizza.example", "vendor")


@pytest.mark.parametrize("method", ["GET /api/admin/vendor", "PUT /api/admin/vendor/1/role"])
async def test_the_admins_routes_are_for_the_admin_token(world: World, method: str) -> None:
    verb, path = method.split()
    body = {"role": "partner"}

    statuses = [
        (await world.factory.request(verb, path, json=body, headers=headers)).status_code
        for headers in ({}, bearer(world.api_key), bearer(ADMIN_TOKEN))
    ]

    assert statuses == [401, 403, 200]


async def test_the_admin_gives_a_vendor_another_role(world: World) -> None:
    await world.factory.put("/api/admin/vendor/1/role", json={"role": "partner"}, headers=bearer(ADMIN_TOKEN))

    vendors = (await world.factory.get("/api/admin/vendor", headers=bearer(ADMIN_TOKEN))).json()
    assert [vendor["role"] for vendor in vendors] == ["partner"]


async def test_a_vendor_who_is_not_there_has_no_role(world: World) -> None:
    path = "/api/admin/vendor/99/role"

    response = await world.factory.put(path, json={"role": "partner"}, headers=bearer(ADMIN_TOKEN))

    assert response.status_code == 404
