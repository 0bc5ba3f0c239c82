"""Confidence: how sure a finding is; how bad it is is `Severity`, and the two never mix."""

from __future__ import annotations

from enum import IntEnum


class Confidence(IntEnum):
    """How sure, in ascending order."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3

    @property
    def word(self) -> str:
        """The lower-case word that people read and type."""
        return self.name.lower()

    @classmethod
    def parse(cls, word: str) -> Confidence:
        """Give the confidence that a word names; a ValueError for any other word."""
        try:
            return cls[word.upper()]
        except KeyError:
            message = f"expected one of low, medium, high, got '{word}'"
            raise ValueError(message) from None
