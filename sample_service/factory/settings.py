"""What the factory is told at its start."""

import os
import secrets
from dataclasses import dataclass, field
from typing import Self


@dataclass(frozen=True, slots=True)
class Settings:
    """The configuration; every field has a value that works on one machine."""

    database_url: str = "sqlite:///jwt-pizza-factory.db"
    public_url: str = "http://127.0.0.1:8001"
    """Where the world reaches the factory; links to it begin so."""
    issuer: str = "jwt-pizza-factory"
    """Who signs: the `iss` of every pizza."""
    admin_token: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    shop_origins: tuple[str, ...] = ()
    """The web shops whose pages may ask the factory whether a pizza is valid."""

    @classmethod
    def from_environment(cls) -> Self:
        """Read `DATABASE_URL`, `PUBLIC_URL`, `ADMIN_TOKEN` and `SHOP_ORIGINS`; what is not set stays as above."""
        settings = cls()
        return cls(
            database_url=os.environ.get("DATABASE_URL", settings.database_url),
            public_url=os.environ.get("PUBLIC_URL", settings.public_url),
            admin_token=os.environ.get("ADMIN_TOKEN", settings.admin_token),
            shop_origins=tuple(os.environ.get("SHOP_ORIGINS", "").split()),
        )
