"""Orders: what happens to one when nothing interferes."""

from typing import Any

from fastapi import HTTPException

from .oven import Oven
from .shapes import OrderBody
from .tables import Vendor

MOST_PIZZAS = 20


def fulfill(oven: Oven, vendor: Vendor, body: OrderBody) -> dict[str, Any]:
    """Bake an order; the oven takes between one and twenty pizzas."""
    if not 0 < body.size <= MOST_PIZZAS:
        raise HTTPException(status_code=503, detail="The oven is full")
    return {"jwt": oven.bake(vendor.name, body.diner, body.order), "reportUrl": None}
