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
    # hooks
    "chaos-hook",
    "switchable-override",
    "time-bomb",
    "remote-controlled-flag",
    # responses
    "control-url-in-response",
)
"""Each is a page of the rule book and a module here, with underscores for hyphens."""


def _load(name: str) -> Check:
    return cast("Check", import_module(f"{__package__}.{name.replace('-', '_')}").check)


CHECKS: Mapping[str, Check] = {name: _load(name) for name in NAMES}

__all__ = ["CHECKS", "NAMES", "Check", "Finding", "Tree"]
