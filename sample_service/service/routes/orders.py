"""A diner's own orders."""

from typing import Annotated, Any

from fastapi import APIRouter, Query

from ..guards import CurrentUser
from ..orders import orders_of
from ..resources import Session

router = APIRouter(prefix="/api/order", tags=["order"])


@router.get("")
async def list_orders(user: CurrentUser, session: Session, page: Annotated[int, Query(ge=1)] = 1) -> dict[str, Any]:
    """List the orders of the diner who asks."""
    return await orders_of(session, user, page)
