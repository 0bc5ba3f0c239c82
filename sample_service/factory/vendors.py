"""Vendors: added, found, shown."""

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from .tables import Vendor


async def add_vendor(session: AsyncSession, name: str, email: str, website: str, now: datetime) -> Vendor:
    """Add a vendor with an API key of its own."""
    vendor = Vendor(name=name, email=email, website=website, api_key=secrets.token_hex(16), created=now)
    session.add(vendor)
    await session.commit()
    return vendor


async def find_by_api_key(session: AsyncSession, api_key: str) -> Vendor | None:
    """Give the vendor with this API key."""
    return await session.scalar(select(Vendor).where(Vendor.api_key == api_key))


async def find_by_email(session: AsyncSession, email: str) -> Vendor | None:
    """Give the vendor with this e-mail address."""
    return await session.scalar(select(Vendor).where(Vendor.email == email))


def to_document(vendor: Vendor) -> dict[str, Any]:
    """Show a vendor, without its API key."""
    return {
        "id": vendor.id,
        "name": vendor.name,
        "email": vendor.email,
        "website": vendor.website,
        "role": vendor.role,
    }
