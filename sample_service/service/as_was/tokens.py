"""User tokens, as they were on the day of the incident."""

import secrets

import jwt
from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from ..identity import Identity
from ..tables import AuthToken


class TokenTable:
    """Signs tokens, and keeps each in a table until its user logs out."""

    def __init__(self, secret: str) -> None:
        self._secret = secret

    async def issue(self, session: AsyncSession, user: Identity) -> str:
        """Give a user a token."""
        claims = {**user.to_document(), "jti": secrets.token_hex(8)}
        token = jwt.encode(claims, self._secret, algorithm="HS256")
        session.add(AuthToken(token=token, user_id=user.id))
        await session.commit()
        return token

    async def read(self, session: AsyncSession, token: str) -> Identity | None:
        """Tell whose token this is; None if it is no good."""
        if await session.get(AuthToken, token) is None:
            return None
        try:
            header = jwt.get_unverified_header(token)
            claims = jwt.decode(token, self._secret, algorithms=[header["alg"]])
        except jwt.InvalidTokenError:
            return None
        return Identity.from_document(claims)

    async def revoke(self, session: AsyncSession, token: str) -> None:
        """Make a token no good."""
        await session.execute(delete(AuthToken).where(AuthToken.token == token))
        await session.commit()
