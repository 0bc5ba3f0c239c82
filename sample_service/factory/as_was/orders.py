"""The order router of the day of the incident, with what it could be told while it ran."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from ..fulfillment import fulfill
from ..guards import CurrentVendor
from ..resources import FactoryResources, Resources
from ..shapes import OrderBody
from ..tables import Vendor

THROTTLE_SECONDS = 32

router = APIRouter(prefix="/api/order", tags=["order"])


class ChaosType(StrEnum):
    """The ways in which an order can be made to go wrong."""

    FAIL = "fail"
    BADJWT = "badjwt"
    THROTTLE = "throttle"


@dataclass(frozen=True, slots=True)
class Chaos:
    """A chaos test that a vendor has scheduled."""

    type: ChaosType
    api_key: str
    fix_code: str
    initiated_date: datetime
    start_date: datetime


class OrderSettings:
    """The settings of the order router."""

    def __init__(self) -> None:
        self.chaos: Chaos | None = None


settings = OrderSettings()


@router.post("")
async def create_order(body: OrderBody, vendor: CurrentVendor, resources: FactoryResources) -> JSONResponse:
    """Make the pizzas of an order."""
    chaos = settings.chaos
    if chaos is not None and chaos.api_key == vendor.api_key and resources.clock.now() >= chaos.start_date:
        return await chaos_monkey(chaos, body, vendor, resources)
    return JSONResponse(fulfill(resources.oven, vendor, body))


async def chaos_monkey(chaos: Chaos, body: OrderBody, vendor: Vendor, resources: Resources) -> JSONResponse:
    """Answer an order the way the chaos test wants it."""
    report_url = f"{resources.settings.public_url}/api/support/{vendor.api_key}/report/{chaos.fix_code}"
    if chaos.type is ChaosType.FAIL:
        return JSONResponse({"message": "chaos monkey", "reportUrl": report_url}, status_code=500)
    if chaos.type is ChaosType.THROTTLE:
        await resources.clock.sleep(THROTTLE_SECONDS)
    pizza = fulfill(resources.oven, vendor, body)["jwt"]
    if chaos.type is ChaosType.BADJWT:
        pizza = corrupt(pizza)
    return JSONResponse({"jwt": pizza, "reportUrl": report_url})


def corrupt(pizza: str) -> str:
    """Spoil a pizza: its signature is turned round."""
    signed, _, signature = pizza.rpartition(".")
    return f"{signed}.{signature[::-1]}"
