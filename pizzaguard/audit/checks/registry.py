"""The visible list of all checks: one line a rule."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import cast

from pizzaguard.audit.checks.interface import Check, Tree
from pizzaguard.audit.finding import Finding

NAMES: tuple[str, ...] = (
    # routes
    "unauthenticated-route",
    "unauthenticated-websocket",
    "state-changing-get",
    "secret-in-path",
    "shadowed-route",
    # overrides
    "dependency-override-in-production",
    "route-table-mutation",
    "route-registered-at-runtime",
    "handler-reassigned",
    "monkeypatched-handler",
    # hooks
    "chaos-hook",
    "switchable-override",
    "time-bomb",
    "remote-controlled-flag",
    "random-failure",
    "debug-mode",
    "debugger-left-in",
    # tokens
    "unverified-jwt",
    "jwt-without-algorithms",
    "jwt-algorithm-from-token",
    "jwt-without-expiry",
    "hardcoded-secret",
    "default-secret",
    # responses
    "control-url-in-response",
    "stack-trace-in-response",
    "permissive-cors",
)
"""Each is a page of the rule book and a module here, with underscores for hyphens."""


def _load(name: str) -> Check:
    return cast("Check", import_module(f"{__package__}.{name.replace('-', '_')}").check)


CHECKS: Mapping[str, Check] = {name: _load(name) for name in NAMES}

__all__ = ["CHECKS", "NAMES", "Check", "Finding", "Tree"]
