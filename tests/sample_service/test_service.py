"""What the service answers: the shapes of then, and the faults of then."""

import jwt
import pytest

from tests.sample_service.conftest import FACTORY_URL, World

pytestmark = pytest.mark.anyio


async def test_registering_gives_a_diner_and_a_token(world: World) -> None:
    body = {"name": "Nina", "email": "nina@test.example", "password": "secret"}

    answer = (await world.service.post("/api/auth", json=body)).json()

    assert answer["user"]["roles"] == [{"role": "diner"}]
    me = await world.service.get("/api/user/me", headers={"Authorization": f"Bearer {answer['token']}"})
    assert me.json() == answer["user"]


async def test_an_email_address_registers_once(world: World) -> None:
    body = {"name": "Nina", "email": "diner@test.example", "password": "secret"}

    assert (await world.service.post("/api/auth", json=body)).status_code == 409


@pytest.mark.parametrize(
    "credentials",
    [
        {"email": "diner@test.example", "password": "wrong"},
        {"email": "nobody@test.example", "password": "diner's password"},
    ],
    ids=["wrong password", "unknown address"],
)
async def test_wrong_credentials_are_refused_alike(world: World, credentials: dict[str, str]) -> None:
    response = await world.service.put("/api/auth", json=credentials)

    assert response.status_code == 404
    assert response.json()["message"] == "unknown user"


async def test_a_token_is_no_good_after_logging_out(world: World) -> None:
    headers = world.headers("diner")
    assert (await world.service.delete("/api/auth", headers=headers)).json() == {"message": "logout successful"}

    assert (await world.service.get("/api/user/me", headers=headers)).status_code == 401


async def test_a_token_never_expires_and_names_neither_issuer_nor_audience(world: World) -> None:
    claims = jwt.decode(world.tokens["diner"], options={"verify_signature": False})

    assert not {"exp", "iss", "aud"} & claims.keys()


async def test_a_token_of_another_signer_is_refused(world: World) -> None:
    claims = jwt.decode(world.tokens["diner"], options={"verify_signature": False})
    forged = jwt.encode(claims, "another secret of thirty-two bytes", algorithm="HS256")

    response = await world.service.get("/api/user/me", headers={"Authorization": f"Bearer {forged}"})

    assert response.status_code == 401


async def test_a_franchisee_has_the_franchise_as_object_of_the_role(world: World) -> None:
    me = (await world.service.get("/api/user/me", headers=world.headers("franchisee"))).json()

    assert {"role": "franchisee", "objectId": world.ids["franchise"]} in me["roles"]


async def test_the_default_admin_has_the_default_password(world: World) -> None:
    answer = (await world.service.put("/api/auth", json={"email": "a@jwt.com", "password": "admin"})).json()

    assert answer["user"]["roles"] == [{"role": "admin"}]


async def test_a_user_changes_name_address_and_password(world: World) -> None:
    change = {"name": "Dora", "email": "dora@test.example", "password": "new"}

    answer = await world.service.put(f"/api/user/{world.ids['diner']}", json=change, headers=world.headers("diner"))

    assert (answer.json()["user"]["name"], answer.json()["user"]["email"]) == ("Dora", "dora@test.example")
    login = await world.service.put("/api/auth", json={"email": "dora@test.example", "password": "new"})
    assert login.status_code == 200


async def test_a_name_with_sql_in_it_changes_other_columns(world: World) -> None:
    change = {"name": "Dora', email='stolen@test.example"}

    answer = await world.service.put(f"/api/user/{world.ids['diner']}", json=change, headers=world.headers("diner"))

    assert answer.json()["user"]["email"] == "stolen@test.example"


async def test_any_diner_lists_all_users(world: World) -> None:
    answer = await world.service.get("/api/user", params={"limit": 2}, headers=world.headers("diner"))

    assert [user["email"] for user in answer.json()["users"]] == ["a@jwt.com", "diner@test.example"]
    assert answer.json()["more"] is True


async def test_users_are_found_by_a_part_of_their_name(world: World) -> None:
    answer = await world.service.get("/api/user", params={"name": "Fran*"}, headers=world.headers("diner"))

    assert [user["name"] for user in answer.json()["users"]] == ["Franchisee"]
    assert answer.json()["more"] is False


async def test_deleting_a_user_does_nothing_yet(world: World) -> None:
    path = f"/api/user/{world.ids['rival']}"

    assert "not implemented" in (await world.service.delete(path, headers=world.headers("diner"))).json()["message"]
    users = (await world.service.get("/api/user", headers=world.headers("diner"))).json()["users"]
    assert world.ids["rival"] in [user["id"] for user in users]


async def test_an_item_that_is_added_is_on_the_menu(world: World) -> None:
    pizza = {"title": "Crusty", "description": "Dry", "image": "pizza4.png", "price": 0.0028}
    await world.service.put("/api/order/menu", json=pizza, headers=world.headers("admin"))

    menu = (await world.service.get("/api/order/menu")).json()

    assert menu[-1] == {"id": menu[-1]["id"], **pizza}


async def test_an_order_gives_a_pizza_that_the_factory_knows(world: World) -> None:
    answer = (await world.order()).json()

    assert answer.keys() == {"order", "followLinkToEndChaos", "jwt"}
    assert answer["followLinkToEndChaos"] is None
    assert (await world.verify(answer["jwt"])).json()["payload"]["order"] == answer["order"]


async def test_an_order_is_priced_by_the_menu_and_kept(world: World) -> None:
    order = (await world.order(pizzas=2)).json()["order"]

    kept = (await world.service.get("/api/order", headers=world.headers("diner"))).json()

    assert kept["dinerId"] == world.ids["diner"]
    assert [item["price"] for item in order["items"]] == [0.0038, 0.0038]
    assert [made["id"] for made in kept["orders"]] == [order["id"]]
    assert [item["description"] for item in kept["orders"][0]["items"]] == ["Veggie", "Veggie"]


async def test_an_order_of_too_many_pizzas_fails_at_the_factory(world: World) -> None:
    response = await world.order(pizzas=21)

    assert response.status_code == 500
    assert response.json() == {"message": "Failed to fulfill order at factory", "followLinkToEndChaos": None}


@pytest.mark.parametrize("wrong", ["franchise", "store", "pizza"])
async def test_an_order_at_a_place_or_of_a_pizza_that_is_not_there_is_refused(world: World, wrong: str) -> None:
    world.ids[wrong] = 99

    assert (await world.order()).status_code == 404


async def test_franchises_show_their_stores_and_to_admins_also_people_and_revenue(world: World) -> None:
    await world.order(pizzas=2)
    store = {"id": world.ids["store"], "name": "Port Street"}

    seen = (await world.service.get("/api/franchise", params={"name": "Slice*"})).json()
    seen_by_admin = (
        await world.service.get("/api/franchise", params={"name": "Slice*"}, headers=world.headers("admin"))
    ).json()

    assert seen == {
        "franchises": [{"id": world.ids["franchise"], "name": "Slice of Test", "stores": [store]}],
        "more": False,
    }
    assert seen_by_admin["franchises"][0]["admins"][0]["email"] == "franchisee@test.example"
    assert seen_by_admin["franchises"][0]["stores"] == [{**store, "totalRevenue": pytest.approx(0.0076)}]


async def test_franchises_come_in_pages(world: World) -> None:
    first = (await world.service.get("/api/franchise", params={"limit": 1})).json()
    second = (await world.service.get("/api/franchise", params={"limit": 1, "page": 1})).json()

    assert [row["name"] for row in first["franchises"] + second["franchises"]] == ["Slice of Test", "Other Slices"]
    assert (first["more"], second["more"]) == (True, False)


async def test_a_franchise_name_is_taken_once(world: World) -> None:
    body = {"name": "Slice of Test", "admins": []}

    assert (await world.service.post("/api/franchise", json=body, headers=world.headers("admin"))).status_code == 409


async def test_a_franchise_is_for_people_with_accounts(world: World) -> None:
    body = {"name": "Ghost Slices", "admins": [{"email": "ghost@test.example"}]}

    assert (await world.service.post("/api/franchise", json=body, headers=world.headers("admin"))).status_code == 404


async def test_a_franchisee_sees_the_own_franchises(world: World) -> None:
    path = f"/api/franchise/{world.ids['franchisee']}"

    answer = await world.service.get(path, headers=world.headers("franchisee"))

    assert [franchise["name"] for franchise in answer.json()] == ["Slice of Test"]


async def test_a_stranger_deletes_a_franchise_with_all_that_belongs_to_it(world: World) -> None:
    answer = await world.service.delete(f"/api/franchise/{world.ids['franchise']}")

    assert answer.json() == {"message": "franchise deleted"}
    left = (await world.service.get("/api/franchise")).json()["franchises"]
    assert [franchise["name"] for franchise in left] == ["Other Slices"]


@pytest.mark.parametrize("method", ["POST", "DELETE"])
async def test_a_store_of_a_franchise_that_is_not_there_is_not_found(world: World, method: str) -> None:
    path = "/api/franchise/99/store" if method == "POST" else f"/api/franchise/99/store/{world.ids['store']}"

    response = await world.service.request(method, path, json={"name": "Nowhere"}, headers=world.headers("admin"))

    assert response.status_code == 404


async def test_the_documentation_leaks_the_factory_and_the_database(world: World) -> None:
    config = (await world.service.get("/api/docs")).json()["config"]

    assert config["factory"] == FACTORY_URL
    assert config["db"].endswith("service.db")


async def test_a_refusal_shows_the_stack(world: World) -> None:
    answer = (await world.service.get("/api/user/me")).json()

    assert answer["message"] == "unauthorized"
    assert "guards.py" in answer["stack"]


async def test_an_error_that_nobody_expected_shows_the_stack(world: World) -> None:
    change = {"name": "an unclosed quote '"}

    response = await world.service.put(f"/api/user/{world.ids['diner']}", json=change, headers=world.headers("diner"))

    assert response.status_code == 500
    assert "UPDATE" in response.json()["message"]
    assert "users.py" in response.json()["stack"]


async def test_any_web_page_may_use_the_service_with_credentials(world: World) -> None:
    response = await world.service.get(
        "/api/order/menu", headers={"Origin": "https://anywhere.example", "Cookie": "a=b"}
    )

    assert response.headers["Access-Control-Allow-Origin"] == "https://anywhere.example"
    assert response.headers["Access-Control-Allow-Credentials"] == "true"


async def test_a_path_that_is_not_there_is_not_found(world: World) -> None:
    assert (await world.service.get("/api/nothing")).status_code == 404


async def test_the_front_door_tells_the_version(world: World) -> None:
    answer = (await world.service.get("/")).json()

    assert answer["message"] == "welcome to JWT Pizza"
    assert answer["version"]


async def test_the_shop_page_is_served_with_where_to_have_pizzas_verified(world: World) -> None:
    page = await world.service.get("/shop/")
    settings = await world.service.get("/shop/settings.json")

    assert "JWT Pizza" in page.text
    assert settings.json() == {"factory": FACTORY_URL}
