"""Accounts: made, found, and told apart by a password."""

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from fastapi import HTTPException
from fastapi.concurrency import run_in_threadpool
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from .identity import Identity, Role, RoleGrant
from .shapes import LoginBody, RegistrationBody
from .tables import User, UserRole


async def add_account(
    session: AsyncSession, hasher: PasswordHasher, body: RegistrationBody, role: Role = Role.DINER
) -> Identity:
    """Add a user with one role."""
    if await find_user(session, body.email):
        raise HTTPException(status_code=409, detail="user already exists")
    user = User(name=body.name, email=body.email, password=await run_in_threadpool(hasher.hash, body.password))
    session.add(user)
    await session.flush()
    session.add(UserRole(user_id=user.id, role=role))
    await session.commit()
    return Identity(user.id, user.name, user.email, (RoleGrant(role),))


async def log_in(session: AsyncSession, hasher: PasswordHasher, body: LoginBody) -> Identity:
    """Give the user whom an e-mail address and a password name; a wrong one of either is the same to the caller."""
    user = await find_user(session, body.email)
    if user is None or not await run_in_threadpool(is_password, hasher, user.password, body.password):
        raise HTTPException(status_code=404, detail="unknown user")
    return await identify(session, user)


def is_password(hasher: PasswordHasher, hashed: str, password: str) -> bool:
    """Tell whether this is the password."""
    try:
        return hasher.verify(hashed, password)
    except VerificationError:
        return False


async def find_user(session: AsyncSession, email: str) -> User | None:
    """Give the user with this e-mail address."""
    return await session.scalar(select(User).where(User.email == email))


async def identify(session: AsyncSession, user: User) -> Identity:
    """Join a user and its roles."""
    rows = await session.scalars(select(UserRole).where(UserRole.user_id == user.id).order_by(UserRole.id))
    return Identity(user.id, user.name, user.email, tuple(RoleGrant(Role(row.role), row.object_id) for row in rows))
