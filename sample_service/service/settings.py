"""What the service is told at its start."""

import os
import secrets
from dataclasses import dataclass, field
from typing import Self


@dataclass(frozen=True, slots=True)
class Settings:
    """The configuration; every field but the API key has a value that works on one machine."""

    database_url: str = "sqlite:///jwt-pizza-service.db"
    factory_url: str = "http://127.0.0.1:8001"
    factory_api_key: str = field(default="", repr=False)
    """The vendor API key under which the service orders."""
    jwt_secret: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)

    @classmethod
    def from_environment(cls) -> Self:
        """Read `DATABASE_URL`, `FACTORY_URL`, `FACTORY_API_KEY` and `JWT_SECRET`; what is not set stays as above."""
        settings = cls()
        return cls(
            database_url=os.environ.get("DATABASE_URL", settings.database_url),
            factory_url=os.environ.get("FACTORY_URL", settings.factory_url),
            factory_api_key=os.environ.get("FACTORY_API_KEY", settings.factory_api_key),
            jwt_secret=os.environ.get("JWT_SECRET", settings.jwt_secret),
        )
