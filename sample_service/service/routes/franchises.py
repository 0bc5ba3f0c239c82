"""Franchises and their stores."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Query

from ..franchises import add_franchise, find_franchises, franchises_of, show
from ..guards import OptionalUser, require_admin, require_franchisee_or_admin, require_self_or_admin
from ..resources import Session
from ..shapes import FranchiseBody, StoreBody
from ..tables import Franchise, Store

router = APIRouter(prefix="/api/franchise", tags=["franchise"])


@router.get("")
async def list_franchises(
    user: OptionalUser,
    session: Session,
    page: Annotated[int, Query(ge=0)] = 0,
    limit: Annotated[int, Query(ge=1, le=100)] = 10,
    name: str = "*",
) -> dict[str, Any]:
    """List franchises; admins also see who runs them and what they take."""
    found, more = await find_franchises(session, page, limit, name)
    return {"franchises": await show(session, found, full=user is not None and user.is_admin), "more": more}


@router.get("/{user_id}", dependencies=[Depends(require_self_or_admin)])
async def list_franchises_of(user_id: int, session: Session) -> list[dict[str, Any]]:
    """List the franchises that a user runs."""
    return await show(session, await franchises_of(session, user_id), full=True)


@router.post("", dependencies=[Depends(require_admin)])
async def create_franchise(body: FranchiseBody, session: Session) -> dict[str, Any]:
    """Create a franchise."""
    return await add_franchise(session, body)


@router.post("/{franchise_id}/store", dependencies=[Depends(require_franchisee_or_admin)])
async def create_store(franchise_id: int, body: StoreBody, session: Session) -> dict[str, Any]:
    """Create a store of a franchise."""
    if await session.get(Franchise, franchise_id) is None:
        raise HTTPException(status_code=404, detail="unknown franchise")
    store = Store(franchise_id=franchise_id, name=body.name)
    session.add(store)
    await session.commit()
    return {"id": store.id, "franchiseId": franchise_id, "name": store.name}


@router.delete("/{franchise_id}/store/{store_id}", dependencies=[Depends(require_franchisee_or_admin)])
async def delete_store(franchise_id: int, store_id: int, session: Session) -> dict[str, str]:
    """Delete a store of a franchise."""
    store = await session.get(Store, store_id)
    if store is None or store.franchise_id != franchise_id:
        raise HTTPException(status_code=404, detail="unknown store")
    await session.delete(store)
    await session.commit()
    return {"message": "store deleted"}
