"""What only the factory's admin does."""

from typing import Any

from fastapi import APIRouter, Depends, HTTPException
from sqlalchemy import select

from ..guards import require_admin
from ..resources import Session
from ..shapes import RoleBody
from ..tables import Vendor
from ..vendors import to_document

router = APIRouter(prefix="/api/admin", tags=["admin"], dependencies=[Depends(require_admin)])


@router.get("/vendor")
async def list_vendors(session: Session) -> list[dict[str, Any]]:
    """List all vendors."""
    return [to_document(vendor) for vendor in await session.scalars(select(Vendor).order_by(Vendor.id))]


@router.put("/vendor/{vendor_id}/role")
async def change_role(vendor_id: int, body: RoleBody, session: Session) -> dict[str, Any]:
    """Give a vendor another role."""
    vendor = await session.get(Vendor, vendor_id)
    if vendor is None:
        raise HTTPException(status_code=404, detail="unknown vendor")
    vendor.role = body.role
    await session.commit()
    return to_document(vendor)
