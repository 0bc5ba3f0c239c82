"""The first admin, as the service made it on the day of the incident."""

from argon2 import PasswordHasher
from sqlalchemy.ext.asyncio import AsyncSession

from ..accounts import add_account, find_user
from ..identity import Role
from ..shapes import RegistrationBody

ADMIN_EMAIL = "a@jwt.com"
ADMIN_PASSWORD = "admin"


async def add_default_admin(session: AsyncSession, hasher: PasswordHasher) -> None:
    """Add the first admin, unless it is there."""
    if await find_user(session, ADMIN_EMAIL) is None:
        account = RegistrationBody(name="The admin", email=ADMIN_EMAIL, password=ADMIN_PASSWORD)
        await add_account(session, hasher, account, Role.ADMIN)
