"""A database by its URL: an SQLite file or PostgreSQL, asynchronously."""

from sqlalchemy import make_url
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase

ASYNC_DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg", "postgres": "postgresql+asyncpg"}

Sessions = async_sessionmaker[AsyncSession]


class Database:
    """An engine, and the sessions that are opened on it."""

    def __init__(self, url: str) -> None:
        parsed = make_url(url)
        parsed = parsed.set(drivername=ASYNC_DRIVERS.get(parsed.drivername, parsed.drivername))
        self.host = parsed.host or parsed.database or "memory"
        """Where the data lies: a host, or a file."""
        self._engine: AsyncEngine = create_async_engine(parsed)
        self.sessions: Sessions = async_sessionmaker(self._engine, expire_on_commit=False)

    async def create_tables(self, base: type[DeclarativeBase]) -> None:
        """Create the tables that are not there yet."""
        async with self._engine.begin() as connection:
            await connection.run_sync(base.metadata.create_all)

    async def close(self) -> None:
        """Give the connections back."""
        await self._engine.dispose()
