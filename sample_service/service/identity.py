"""Who somebody is to the service: an account and its roles."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self


class Role(StrEnum):
    """The three roles."""

    DINER = "diner"
    FRANCHISEE = "franchisee"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class RoleGrant:
    """A role, and for a franchisee the franchise that it is for."""

    role: Role
    object_id: int = 0


@dataclass(frozen=True, slots=True)
class Identity:
    """A user, as tokens and answers tell it."""

    id: int
    name: str
    email: str
    roles: tuple[RoleGrant, ...]

    @property
    def is_admin(self) -> bool:
        """Whether the user administers the whole service."""
        return any(grant.role is Role.ADMIN for grant in self.roles)

    def is_franchisee_of(self, franchise_id: int) -> bool:
        """Whether the user runs this franchise."""
        return RoleGrant(Role.FRANCHISEE, franchise_id) in self.roles

    def to_document(self) -> dict[str, Any]:
        """Write the user as JSON has it."""
        roles = [
            {"role": grant.role.value, **({"objectId": grant.object_id} if grant.object_id else {})}
            for grant in self.roles
        ]
        return {"id": self.id, "name": self.name, "email": self.email, "roles": roles}

    @classmethod
    def from_document(cls, document: dict[str, Any]) -> Self:
        """Read what `to_document` wrote."""
        roles = tuple(RoleGrant(Role(role["role"]), role.get("objectId", 0)) for role in document["roles"])
        return cls(document["id"], document["name"], document["email"], roles)
