"""Users, as they were listed and changed on the day of the incident."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Query
from fastapi.concurrency import run_in_threadpool
from sqlalchemy import select, text

from ..accounts import identify
from ..guards import CurrentUser, require_self_or_admin
from ..resources import ServiceResources, Session
from ..shapes import UserChangeBody
from ..tables import User

router = APIRouter(prefix="/api/user", tags=["user"])


@router.get("")
async def list_users(
    _user: CurrentUser,
    session: Session,
    page: Annotated[int, Query(ge=0)] = 0,
    limit: Annotated[int, Query(ge=1, le=100)] = 10,
    name: str = "*",
) -> dict[str, Any]:
    """List users."""
    wanted = select(User).where(User.name.like(name.replace("*", "%"))).order_by(User.id)
    found = (await session.scalars(wanted.offset(page * limit).limit(limit + 1))).all()
    users = [(await identify(session, user)).to_document() for user in found[:limit]]
    return {"users": users, "more": len(found) > limit}


@router.put("/{user_id}", dependencies=[Depends(require_self_or_admin)])
async def change_user(
    user_id: int, body: UserChangeBody, session: Session, resources: ServiceResources
) -> dict[str, Any]:
    """Change a user's name, e-mail address or password."""
    changes = []
    if body.password:
        changes.append(f"password='{await run_in_threadpool(resources.hasher.hash, body.password)}'")
    if body.email:
        changes.append(f"email='{body.email}'")
    if body.name:
        changes.append(f"name='{body.name}'")
    if changes:
        await session.execute(text(f'UPDATE "user" SET {", ".join(changes)} WHERE id={user_id}'))
        await session.commit()
    user = await session.get(User, user_id)
    if user is None:
        raise HTTPException(status_code=404, detail="unknown user")
    changed = await identify(session, user)
    return {"user": changed.to_document(), "token": await resources.tokens.issue(session, changed)}


@router.delete("/{user_id}")
async def delete_user(user_id: int, _user: CurrentUser) -> dict[str, str]:
    """Delete a user: not yet."""
    return {"message": f"not implemented: user {user_id} stays"}
