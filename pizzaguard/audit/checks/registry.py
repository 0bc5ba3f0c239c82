"""The visible list of all checks: one line a rule."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import cast

from pizzaguard.audit.checks.interface import Check, Tree
from pizzaguard.audit.finding import Finding

NAMES: tuple[str, ...] = ()
"""Each is a page of the rule book and a module here, with underscores for hyphens."""


def _load(name: str) -> Check:
    return cast("Check", import_module(f"{__package__}.{name.replace('-', '_')}").check)


CHECKS: Mapping[str, Check] = {name: _load(name) for name in NAMES}

__all__ = ["CHECKS", "NAMES", "Check", "Finding", "Tree"]
