"""Severity: how bad a finding is; how sure we are is `Confidence`, and the two never mix."""

from __future__ import annotations

from enum import IntEnum


class Severity(IntEnum):
    """How bad, in ascending order, so that `max` and `>=` mean what they say."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3
    CRITICAL = 4

    @property
    def word(self) -> str:
        """The lower-case word that people read and type."""
        return self.name.lower()

    @classmethod
    def parse(cls, word: str) -> Severity:
        """Give the severity that a word names; a ValueError for any other word."""
        try:
            return cls[word.upper()]
        except KeyError:
            message = f"expected one of low, medium, high, critical, got '{word}'"
            raise ValueError(message) from None
