"""Who may pass: anyone who is logged in, a user itself, a franchisee, an admin."""

from typing import Annotated

from fastapi import Depends, HTTPException
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from .identity import Identity
from .resources import ServiceResources, Session

bearer = HTTPBearer(auto_error=False)
Credentials = Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]


async def optional_user(resources: ServiceResources, session: Session, credentials: Credentials) -> Identity | None:
    """Give the user who asks, or None for a stranger."""
    return await resources.tokens.read(session, credentials.credentials) if credentials else None


async def current_user(user: Annotated[Identity | None, Depends(optional_user)]) -> Identity:
    """Give the user who asks; strangers do not pass."""
    if user is None:
        raise HTTPException(status_code=401, detail="unauthorized")
    return user


OptionalUser = Annotated[Identity | None, Depends(optional_user)]
CurrentUser = Annotated[Identity, Depends(current_user)]


async def require_admin(user: CurrentUser) -> Identity:
    """Let only admins pass."""
    if not user.is_admin:
        raise HTTPException(status_code=403, detail="only for admins")
    return user


async def require_self_or_admin(user_id: int, user: CurrentUser) -> Identity:
    """Let the user whom the path names pass, and admins."""
    if user.id != user_id and not user.is_admin:
        raise HTTPException(status_code=403, detail="only for the user themselves and for admins")
    return user


async def require_franchisee_or_admin(franchise_id: int, user: CurrentUser) -> Identity:
    """Let those who run the franchise that the path names pass, and admins."""
    if not user.is_franchisee_of(franchise_id) and not user.is_admin:
        raise HTTPException(status_code=403, detail="only for its franchisees and for admins")
    return user
