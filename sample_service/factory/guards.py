"""Who asks the factory: a vendor by its API key, or the factory's admin."""

import hmac
from typing import Annotated

from fastapi import Depends, HTTPException
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from .resources import FactoryResources, Session
from .tables import Vendor
from .vendors import find_by_api_key

bearer = HTTPBearer(auto_error=False)
Credentials = Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]


async def current_vendor(session: Session, credentials: Credentials) -> Vendor:
    """Give the vendor whose API key the request bears."""
    vendor = await find_by_api_key(session, credentials.credentials) if credentials else None
    if vendor is None:
        raise HTTPException(status_code=401, detail="invalid API key")
    return vendor


async def require_admin(resources: FactoryResources, credentials: Credentials) -> None:
    """Let only the admin token pass."""
    if credentials is None:
        raise HTTPException(status_code=401, detail="admin token required")
    if not hmac.compare_digest(credentials.credentials.encode(), resources.settings.admin_token.encode()):
        raise HTTPException(status_code=403, detail="admin token required")


CurrentVendor = Annotated[Vendor, Depends(current_vendor)]
