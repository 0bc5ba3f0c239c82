"""Chaos, as it was: who schedules it, when it starts, what it does, who ends it."""

from datetime import timedelta

import httpx
import pytest

from sample_service.factory.as_was.chaos import MOUNTAIN, some_time_tomorrow
from sample_service.factory.as_was.orders import Chaos, settings
from tests.sample_service.conftest import FACTORY_URL, INITIATED, World

pytestmark = pytest.mark.anyio


async def schedule(world: World, kind: str = "fail", api_key: str | None = None) -> Chaos:
    """Schedule chaos with a vendor's key, and look behind the scenes when it will start."""
    headers = {"Authorization": f"Bearer {api_key or world.api_key}"}
    response = await world.factory.put(f"/api/vendor/chaos/{kind}", headers=headers)
    assert response.status_code == 200
    assert settings.chaos is not None
    return settings.chaos


async def reach(world: World, kind: str) -> Chaos:
    """Schedule chaos, and let the clock reach it."""
    chaos = await schedule(world, kind)
    world.clock.move_to(chaos.start_date)
    return chaos


def link_of(chaos: Chaos) -> str:
    return f"{FACTORY_URL}/api/support/{chaos.api_key}/report/{chaos.fix_code}"


async def test_chaos_is_scheduled_for_a_time_on_the_next_day_in_the_mountains(world: World) -> None:
    chaos = await schedule(world)

    assert chaos.initiated_date == INITIATED
    assert chaos.start_date.date() == INITIATED.astimezone(MOUNTAIN).date() + timedelta(days=1)


def test_chaos_starts_from_eight_to_one_minute_before_two() -> None:
    starts = [some_time_tomorrow(INITIATED) for _ in range(5000)]

    assert {start.hour for start in starts} == {8, 9, 10, 11, 12, 13}
    assert (min(starts).minute, max(starts).minute) == (0, 59)
    assert {start.utcoffset() for start in starts} == {timedelta(hours=-7)}


async def test_a_kind_of_chaos_that_is_not_there_is_refused(world: World) -> None:
    headers = {"Authorization": f"Bearer {world.api_key}"}

    assert (await world.factory.put("/api/vendor/chaos/fire", headers=headers)).status_code == 422


@pytest.mark.parametrize("kind", ["fail", "badjwt", "throttle"])
async def test_until_its_time_chaos_does_not_show(world: World, kind: str) -> None:
    chaos = await schedule(world, kind)
    world.clock.move_to(chaos.start_date - timedelta(seconds=1))

    answer = await world.order()

    assert answer.status_code == 200
    assert answer.json()["followLinkToEndChaos"] is None
    assert (await world.verify(answer.json()["jwt"])).status_code == 200


async def test_fail_refuses_the_order_with_a_link(world: World) -> None:
    chaos = await reach(world, "fail")

    at_factory, at_service = await world.bake(world.api_key), await world.order()

    assert at_factory.status_code == 500
    assert at_factory.json() == {"message": "chaos monkey", "reportUrl": link_of(chaos)}
    assert at_service.status_code == 500
    assert at_service.json() == {
        "message": "Failed to fulfill order at factory",
        "followLinkToEndChaos": link_of(chaos),
    }


async def test_badjwt_answers_ok_with_a_pizza_that_is_none(world: World) -> None:
    chaos = await reach(world, "badjwt")

    answer = await world.order()

    assert answer.status_code == 200
    assert answer.json()["followLinkToEndChaos"] == link_of(chaos)
    assert (await world.verify(answer.json()["jwt"])).status_code == 403


async def test_throttle_gives_the_pizza_after_thirty_two_seconds(world: World) -> None:
    chaos = await reach(world, "throttle")

    answer = await world.order()

    assert world.clock.now() - chaos.start_date == timedelta(seconds=32)
    assert answer.status_code == 200
    assert answer.json()["followLinkToEndChaos"] == link_of(chaos)
    assert (await world.verify(answer.json()["jwt"])).status_code == 200


async def test_chaos_is_for_the_vendor_who_scheduled_it(world: World) -> None:
    other = await world.become_vendor("other@pizza.example")
    chaos = await schedule(world, "fail", api_key=other)
    world.clock.move_to(chaos.start_date)

    assert (await world.bake(other)).status_code == 500
    assert (await world.order()).status_code == 200


async def test_a_stranger_ends_chaos_by_opening_the_link(world: World) -> None:
    chaos = await reach(world, "fail")
    failed = await world.order()

    opened = await world.factory.get(failed.json()["followLinkToEndChaos"])

    assert opened.status_code == 200
    assert failed.json()["followLinkToEndChaos"] == link_of(chaos)
    assert (await world.order()).status_code == 200


async def test_chaos_can_be_ended_before_it_starts(world: World) -> None:
    chaos = await schedule(world)

    assert (await world.factory.get(link_of(chaos))).status_code == 200
    world.clock.move_to(chaos.start_date)
    assert (await world.order()).status_code == 200


async def test_the_link_tells_a_wrong_code_from_no_chaos_and_from_an_unknown_vendor(world: World) -> None:
    path = f"/api/support/{world.api_key}/report/guess"
    no_chaos = await world.factory.get(path)
    await schedule(world)
    wrong_code = await world.factory.get(path)
    unknown = await world.factory.get("/api/support/nobody/report/guess")

    answers = [message(response) for response in (no_chaos, wrong_code, unknown)]
    assert answers == [
        (400, "no problem to report"),
        (400, "invalid fix code"),
        (404, "unknown vendor"),
    ]


def message(response: httpx.Response) -> tuple[int, str]:
    return response.status_code, response.json()["message"]
