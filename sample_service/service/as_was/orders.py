"""How an order was made on the day of the incident."""

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from ..guards import CurrentUser
from ..orders import add_order
from ..resources import ServiceResources, Session
from ..shapes import OrderBody

router = APIRouter(prefix="/api/order", tags=["order"])


@router.post("")
async def create_order(
    body: OrderBody, user: CurrentUser, session: Session, resources: ServiceResources
) -> JSONResponse:
    """Write an order down and have the factory make it."""
    order = await add_order(session, user, body, resources.clock.now())
    diner = {"id": user.id, "name": user.name, "email": user.email}
    answer = await resources.factory.order(diner, order)
    if not answer.is_ok:
        return JSONResponse(
            {"message": "Failed to fulfill order at factory", "followLinkToEndChaos": answer.report_url},
            status_code=500,
        )
    return JSONResponse({"order": order, "followLinkToEndChaos": answer.report_url, "jwt": answer.pizza})
