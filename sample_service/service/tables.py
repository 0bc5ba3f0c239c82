"""The service's tables."""

from datetime import datetime

from sqlalchemy import DateTime, ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """The service's own metadata."""


class AuthToken(Base):
    """A user token that is good until its row goes."""

    __tablename__ = "auth"

    token: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column("userId")


class User(Base):
    """Who has an account."""

    __tablename__ = "user"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    email: Mapped[str] = mapped_column(unique=True)
    password: Mapped[str]
    """The hash, never the password."""


class UserRole(Base):
    """A role of a user; a franchisee's is for one franchise."""

    __tablename__ = "userRole"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column("userId", ForeignKey("user.id"), index=True)
    role: Mapped[str]
    object_id: Mapped[int] = mapped_column("objectId", default=0)


class MenuItem(Base):
    """A pizza that can be ordered; the price is a fraction of a bitcoin."""

    __tablename__ = "menu"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    image: Mapped[str]
    price: Mapped[float]
    description: Mapped[str]


class Franchise(Base):
    """A brand with stores."""

    __tablename__ = "franchise"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)


class Store(Base):
    """A place that sells."""

    __tablename__ = "store"

    id: Mapped[int] = mapped_column(primary_key=True)
    franchise_id: Mapped[int] = mapped_column("franchiseId", ForeignKey("franchise.id"), index=True)
    name: Mapped[str]


class DinerOrder(Base):
    """An order; it outlives the store it was made at."""

    __tablename__ = "dinerOrder"

    id: Mapped[int] = mapped_column(primary_key=True)
    diner_id: Mapped[int] = mapped_column("dinerId", index=True)
    franchise_id: Mapped[int] = mapped_column("franchiseId")
    store_id: Mapped[int] = mapped_column("storeId", index=True)
    date: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class OrderItem(Base):
    """A pizza of an order, as the menu described it then."""

    __tablename__ = "orderItem"

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column("orderId", ForeignKey("dinerOrder.id"), index=True)
    menu_id: Mapped[int] = mapped_column("menuId")
    description: Mapped[str]
    price: Mapped[float]
