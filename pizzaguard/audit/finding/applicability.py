"""Applicability: what a fix promises."""

from __future__ import annotations

from enum import StrEnum


class Applicability(StrEnum):
    """What may happen when a fix is applied without a person looking."""

    SAFE = "safe"
    """Keeps the meaning of the program for everyone who was allowed."""
    UNSAFE = "unsafe"
    """Right in most programs, but may change who gets in or what is answered."""
    DISPLAY_ONLY = "display-only"
    """Shown, never applied."""
