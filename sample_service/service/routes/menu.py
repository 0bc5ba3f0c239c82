"""The menu: read by anyone, written by admins."""

from typing import Any

from fastapi import APIRouter, Depends

from ..guards import require_admin
from ..orders import menu
from ..resources import Session
from ..shapes import MenuItemBody
from ..tables import MenuItem

router = APIRouter(prefix="/api/order/menu", tags=["order"])


@router.get("")
async def show_menu(session: Session) -> list[dict[str, Any]]:
    """Show the menu."""
    return await menu(session)


@router.put("", dependencies=[Depends(require_admin)])
async def add_menu_item(body: MenuItemBody, session: Session) -> list[dict[str, Any]]:
    """Add a pizza, and show the whole menu."""
    session.add(MenuItem(**body.model_dump()))
    await session.commit()
    return await menu(session)
