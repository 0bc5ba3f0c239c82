"""A vendor logs in and looks after itself."""

import hmac
from typing import Any

from fastapi import APIRouter, HTTPException

from ..guards import CurrentVendor
from ..resources import Session
from ..shapes import ExchangeBody, VendorChangeBody
from ..tables import VendorCode
from ..vendors import find_by_email, to_document

router = APIRouter(prefix="/api/vendor", tags=["vendor"])


@router.post("/auth")
async def exchange_code(body: ExchangeBody, session: Session) -> dict[str, Any]:
    """Exchange a code, once, for the vendor's API key."""
    vendor = await find_by_email(session, body.email)
    sent = await session.get(VendorCode, vendor.id) if vendor else None
    if vendor is None or sent is None or not hmac.compare_digest(sent.code.encode(), body.code.encode()):
        raise HTTPException(status_code=401, detail="invalid code")
    await session.delete(sent)
    await session.commit()
    return {"vendor": to_document(vendor), "apiKey": vendor.api_key}


@router.get("")
async def show_vendor(vendor: CurrentVendor) -> dict[str, Any]:
    """Show the vendor who asks."""
    return to_document(vendor)


@router.put("")
async def change_vendor(body: VendorChangeBody, vendor: CurrentVendor, session: Session) -> dict[str, Any]:
    """Change the vendor who asks."""
    vendor.name = body.name or vendor.name
    vendor.website = vendor.website if body.website is None else body.website
    await session.commit()
    return to_document(vendor)
