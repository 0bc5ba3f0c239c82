"""How one became a vendor on the day of the incident."""

from typing import Any

from fastapi import APIRouter, HTTPException

from ..outbox import Letter
from ..resources import FactoryResources, Session
from ..shapes import CodeBody, VendorBody
from ..tables import VendorCode
from ..vendors import add_vendor, find_by_email, to_document
from .codes import new_code

router = APIRouter(prefix="/api/vendor", tags=["vendor"])


@router.post("")
async def register_vendor(body: VendorBody, session: Session, resources: FactoryResources) -> dict[str, Any]:
    """Register a vendor; its API key is fetched with a code that goes to its e-mail address."""
    if await find_by_email(session, body.email):
        raise HTTPException(status_code=409, detail="vendor already exists")
    return to_document(await add_vendor(session, body.name, body.email, body.website, resources.clock.now()))


@router.post("/code")
async def send_code(body: CodeBody, session: Session, resources: FactoryResources) -> dict[str, str]:
    """Send a vendor a code."""
    vendor = await find_by_email(session, body.email)
    if vendor is None:
        raise HTTPException(status_code=404, detail="unknown vendor")
    code = new_code(6)
    await session.merge(VendorCode(vendor_id=vendor.id, code=code))
    await session.commit()
    resources.outbox.send(Letter(vendor.email, "Your JWT Pizza factory code", code))
    return {"message": "Code sent"}
