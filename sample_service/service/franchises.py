"""Franchises and their stores: made, found, shown."""

from collections.abc import Iterable
from typing import Any

from fastapi import HTTPException
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from .accounts import find_user
from .identity import Role
from .shapes import FranchiseBody
from .tables import DinerOrder, Franchise, OrderItem, Store, User, UserRole


async def add_franchise(session: AsyncSession, body: FranchiseBody) -> dict[str, Any]:
    """Add a franchise; those who are to run it must have accounts."""
    if await session.scalar(select(Franchise).where(Franchise.name == body.name)):
        raise HTTPException(status_code=409, detail="franchise already exists")
    admins = [await _admin(session, admin.email) for admin in body.admins]
    franchise = Franchise(name=body.name)
    session.add(franchise)
    await session.flush()
    session.add_all(UserRole(user_id=user.id, role=Role.FRANCHISEE, object_id=franchise.id) for user in admins)
    await session.commit()
    return {"id": franchise.id, "name": franchise.name, "admins": [_person(user) for user in admins]}


async def find_franchises(
    session: AsyncSession, page: int, limit: int, name: str
) -> tuple[tuple[Franchise, ...], bool]:
    """Give one page of the franchises whose name fits, `*` for any letters, and whether there are more."""
    wanted = select(Franchise).where(Franchise.name.like(name.replace("*", "%"))).order_by(Franchise.id)
    found = (await session.scalars(wanted.offset(page * limit).limit(limit + 1))).all()
    return tuple(found[:limit]), len(found) > limit


async def franchises_of(session: AsyncSession, user_id: int) -> tuple[Franchise, ...]:
    """Give the franchises that a user runs."""
    runs = select(UserRole.object_id).where(UserRole.user_id == user_id, UserRole.role == Role.FRANCHISEE)
    return tuple(await session.scalars(select(Franchise).where(Franchise.id.in_(runs)).order_by(Franchise.id)))


async def show(session: AsyncSession, franchises: Iterable[Franchise], *, full: bool) -> list[dict[str, Any]]:
    """Write franchises as JSON has them; in full, with those who run them and with what each store took."""
    return [await _show(session, franchise, full=full) for franchise in franchises]


async def _show(session: AsyncSession, franchise: Franchise, *, full: bool) -> dict[str, Any]:
    rows = await session.scalars(select(Store).where(Store.franchise_id == franchise.id).order_by(Store.id))
    stores: list[dict[str, Any]] = [{"id": store.id, "name": store.name} for store in rows]
    document: dict[str, Any] = {"id": franchise.id, "name": franchise.name, "stores": stores}
    if full:
        runs = select(UserRole.user_id).where(UserRole.object_id == franchise.id, UserRole.role == Role.FRANCHISEE)
        people = await session.scalars(select(User).where(User.id.in_(runs)).order_by(User.id))
        document["admins"] = [_person(user) for user in people]
        for store in stores:
            store["totalRevenue"] = await _revenue(session, store["id"])
    return document


async def _revenue(session: AsyncSession, store_id: int) -> float:
    orders = select(DinerOrder.id).where(DinerOrder.store_id == store_id)
    return await session.scalar(select(func.sum(OrderItem.price)).where(OrderItem.order_id.in_(orders))) or 0.0


async def _admin(session: AsyncSession, email: str) -> User:
    user = await find_user(session, email)
    if user is None:
        raise HTTPException(status_code=404, detail="unknown user for franchise admin")
    return user


def _person(user: User) -> dict[str, Any]:
    return {"id": user.id, "name": user.name, "email": user.email}
