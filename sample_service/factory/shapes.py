"""The request bodies that the factory reads."""

from typing import Any, Literal

from pydantic import BaseModel, Field


class OrderBody(BaseModel):
    """A vendor's order: for whom, and what."""

    diner: dict[str, Any]
    order: dict[str, Any]

    @property
    def size(self) -> int:
        """How many pizzas it asks for."""
        items = self.order.get("items")
        return len(items) if isinstance(items, list) else 0


class PizzaBody(BaseModel):
    """A pizza, to be looked at."""

    jwt: str


class VendorBody(BaseModel):
    """Who wants to become a vendor."""

    name: str = Field(min_length=1)
    email: str = Field(min_length=3)
    website: str = ""


class VendorChangeBody(BaseModel):
    """What a vendor may change about itself."""

    name: str | None = None
    website: str | None = None


class CodeBody(BaseModel):
    """Where to send a code."""

    email: str


class ExchangeBody(BaseModel):
    """A code, to be exchanged for the API key."""

    email: str
    code: str


class RoleBody(BaseModel):
    """The role that a vendor shall have."""

    role: Literal["vendor", "partner"]
