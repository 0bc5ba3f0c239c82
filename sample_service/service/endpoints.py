"""The service's endpoints, as its documentation lists them."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One line of the documentation."""

    method: str
    path: str
    who: str
    """Who may use it, as documented."""
    what: str

    def to_document(self) -> dict[str, Any]:
        """Write it as JSON has it."""
        return {
            "method": self.method,
            "path": self.path,
            "requiresAuth": self.who != "anyone",
            "who": self.who,
            "description": self.what,
        }


ENDPOINTS = (
    Endpoint("POST", "/api/auth", "anyone", "register a diner"),
    Endpoint("PUT", "/api/auth", "anyone", "log in"),
    Endpoint("DELETE", "/api/auth", "logged in", "log out"),
    Endpoint("GET", "/api/user/me", "logged in", "show the user"),
    Endpoint("PUT", "/api/user/{user_id}", "self or admin", "change name, e-mail address or password"),
    Endpoint("GET", "/api/user", "logged in", "list users"),
    Endpoint("DELETE", "/api/user/{user_id}", "logged in", "delete a user"),
    Endpoint("GET", "/api/order/menu", "anyone", "show the menu"),
    Endpoint("PUT", "/api/order/menu", "admin", "add a pizza to the menu"),
    Endpoint("GET", "/api/order", "logged in", "list the diner's orders"),
    Endpoint("POST", "/api/order", "logged in", "order pizzas"),
    Endpoint("GET", "/api/franchise", "anyone", "list franchises"),
    Endpoint("GET", "/api/franchise/{user_id}", "self or admin", "list a user's franchises"),
    Endpoint("POST", "/api/franchise", "admin", "create a franchise"),
    Endpoint("DELETE", "/api/franchise/{franchise_id}", "admin", "delete a franchise"),
    Endpoint("POST", "/api/franchise/{franchise_id}/store", "admin or its franchisee", "create a store"),
    Endpoint("DELETE", "/api/franchise/{franchise_id}/store/{store_id}", "admin or its franchisee", "delete a store"),
    Endpoint("GET", "/api/docs", "anyone", "show this list"),
    Endpoint("GET", "/", "anyone", "say hello"),
)
