"""The request bodies that the service reads; JSON spells them in camel case."""

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel


class Body(BaseModel):
    """A request body."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)


class RegistrationBody(Body):
    """Who wants an account."""

    name: str = Field(min_length=1)
    email: str = Field(min_length=3)
    password: str = Field(min_length=1)


class LoginBody(Body):
    """Who wants to log in."""

    email: str
    password: str


class UserChangeBody(Body):
    """What a user may change; what is left out stays."""

    name: str | None = None
    email: str | None = None
    password: str | None = None


class MenuItemBody(Body):
    """A new pizza for the menu."""

    title: str = Field(min_length=1)
    description: str
    image: str
    price: float = Field(gt=0)


class FranchiseAdminBody(Body):
    """A user who shall run a franchise."""

    email: str


class FranchiseBody(Body):
    """A new franchise and those who run it."""

    name: str = Field(min_length=1)
    admins: list[FranchiseAdminBody]


class StoreBody(Body):
    """A new store."""

    name: str = Field(min_length=1)


class OrderItemBody(Body):
    """A pizza that is ordered."""

    menu_id: int


class OrderBody(Body):
    """What a diner orders, and where."""

    franchise_id: int
    store_id: int
    items: list[OrderItemBody]
