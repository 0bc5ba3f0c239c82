"""What the service asks of whoever makes and reads its user tokens."""

from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from .identity import Identity


class TokenDesk(Protocol):
    """Issues tokens to those who log in, and knows them again."""

    async def issue(self, session: AsyncSession, user: Identity) -> str:
        """Give a user a token."""
        ...

    async def read(self, session: AsyncSession, token: str) -> Identity | None:
        """Tell whose token this is; None if it is no good."""
        ...

    async def revoke(self, session: AsyncSession, token: str) -> None:
        """Make a token no good."""
        ...
