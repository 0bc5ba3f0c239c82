"""The factory's tables."""

from datetime import datetime

from sqlalchemy import DateTime, ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """The factory's own metadata."""


class Vendor(Base):
    """Who may order: one row for each owner of a service."""

    __tablename__ = "vendor"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    email: Mapped[str] = mapped_column(unique=True)
    website: Mapped[str] = mapped_column(default="")
    role: Mapped[str] = mapped_column(default="vendor")
    api_key: Mapped[str] = mapped_column("apiKey", unique=True)
    created: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class VendorCode(Base):
    """The code that a vendor was last sent, until it is exchanged."""

    __tablename__ = "vendorCode"

    vendor_id: Mapped[int] = mapped_column("vendorId", ForeignKey("vendor.id"), primary_key=True)
    code: Mapped[str]
