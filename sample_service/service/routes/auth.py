"""Register, log in, log out."""

from typing import Any

from fastapi import APIRouter, Depends

from ..accounts import add_account, log_in
from ..guards import Credentials, current_user
from ..resources import ServiceResources, Session
from ..shapes import LoginBody, RegistrationBody

router = APIRouter(prefix="/api/auth", tags=["auth"])


@router.post("")
async def register(body: RegistrationBody, session: Session, resources: ServiceResources) -> dict[str, Any]:
    """Register a diner, who is logged in from then on."""
    user = await add_account(session, resources.hasher, body)
    return {"user": user.to_document(), "token": await resources.tokens.issue(session, user)}


@router.put("")
async def login(body: LoginBody, session: Session, resources: ServiceResources) -> dict[str, Any]:
    """Log in."""
    user = await log_in(session, resources.hasher, body)
    return {"user": user.to_document(), "token": await resources.tokens.issue(session, user)}


@router.delete("", dependencies=[Depends(current_user)])
async def logout(session: Session, resources: ServiceResources, credentials: Credentials) -> dict[str, str]:
    """Log out: the token is no good any more."""
    if credentials is not None:
        await resources.tokens.revoke(session, credentials.credentials)
    return {"message": "logout successful"}
