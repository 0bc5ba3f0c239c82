"""How a franchise was closed on the day of the incident."""

from fastapi import APIRouter
from sqlalchemy import delete

from ..identity import Role
from ..resources import Session
from ..tables import Franchise, Store, UserRole

router = APIRouter(prefix="/api/franchise", tags=["franchise"])


@router.delete("/{franchise_id}")
async def delete_franchise(franchise_id: int, session: Session) -> dict[str, str]:
    """Delete a franchise, its stores, and the roles of those who run it."""
    await session.execute(delete(Store).where(Store.franchise_id == franchise_id))
    await session.execute(delete(UserRole).where(UserRole.object_id == franchise_id, UserRole.role == Role.FRANCHISEE))
    await session.execute(delete(Franchise).where(Franchise.id == franchise_id))
    await session.commit()
    return {"message": "franchise deleted"}
