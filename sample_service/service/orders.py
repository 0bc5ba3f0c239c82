"""The menu and the orders."""

from datetime import datetime
from typing import Any

from fastapi import HTTPException
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from .identity import Identity
from .shapes import OrderBody
from .tables import DinerOrder, MenuItem, OrderItem, Store

ORDERS_A_PAGE = 10


async def menu(session: AsyncSession) -> list[dict[str, Any]]:
    """Give the whole menu."""
    return [
        {"id": item.id, "title": item.title, "image": item.image, "price": item.price, "description": item.description}
        for item in await session.scalars(select(MenuItem).order_by(MenuItem.id))
    ]


async def add_order(session: AsyncSession, diner: Identity, body: OrderBody, now: datetime) -> dict[str, Any]:
    """Write an order down, at the menu's prices."""
    store = await session.get(Store, body.store_id)
    if store is None or store.franchise_id != body.franchise_id:
        raise HTTPException(status_code=404, detail="unknown store")
    pizzas = [await _pizza(session, item.menu_id) for item in body.items]
    order = DinerOrder(diner_id=diner.id, franchise_id=body.franchise_id, store_id=body.store_id, date=now)
    session.add(order)
    await session.flush()
    items = [
        OrderItem(order_id=order.id, menu_id=pizza.id, description=pizza.title, price=pizza.price) for pizza in pizzas
    ]
    session.add_all(items)
    await session.commit()
    return {
        "id": order.id,
        "franchiseId": order.franchise_id,
        "storeId": order.store_id,
        "items": [_item(item) for item in items],
    }


async def orders_of(session: AsyncSession, diner: Identity, page: int) -> dict[str, Any]:
    """Give one page of a diner's orders."""
    wanted = select(DinerOrder).where(DinerOrder.diner_id == diner.id).order_by(DinerOrder.id)
    rows = await session.scalars(wanted.offset((page - 1) * ORDERS_A_PAGE).limit(ORDERS_A_PAGE))
    orders = [
        {
            "id": order.id,
            "franchiseId": order.franchise_id,
            "storeId": order.store_id,
            "date": order.date.isoformat(),
            "items": [
                {"id": item.id, **_item(item)}
                for item in await session.scalars(select(OrderItem).where(OrderItem.order_id == order.id))
            ],
        }
        for order in rows.all()
    ]
    return {"dinerId": diner.id, "orders": orders, "page": page}


async def _pizza(session: AsyncSession, menu_id: int) -> MenuItem:
    pizza = await session.get(MenuItem, menu_id)
    if pizza is None:
        raise HTTPException(status_code=404, detail="unknown menu item")
    return pizza


def _item(item: OrderItem) -> dict[str, Any]:
    return {"menuId": item.menu_id, "description": item.description, "price": item.price}
