"""What a configuration may say: the known keys, and readers that name the file and the key when a value is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pizzaguard.audit.finding import Severity
from pizzaguard.audit.rule_names import is_known, suggestion
from pizzaguard.errors import ConfigError

SECTIONS = ("audit", "guards", "policy")
AUDIT_KEYS = (
    "roots",
    "apps",
    "exclude",
    "tests",
    "select",
    "ignore",
    "min-severity",
    "fail-on",
    "strict",
    "per-path-ignores",
)
GUARD_KEYS = ("effect", "scopes")


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a configuration file, which knows where it stands."""

    path: str
    name: str
    """Dotted; empty at the top."""
    values: Mapping[str, Any]

    def __post_init__(self) -> None:
        """Refuse what is no table."""
        if not isinstance(self.values, dict):
            reason = f"expected a table, got {_kind(self.values)}"
            raise self.error(key="", reason=reason)

    def allow(self, known: Iterable[str]) -> None:
        """Refuse unknown keys and suggest the one that was probably meant."""
        known = tuple(known)
        for key in self.values:
            if key not in known:
                near = suggestion(key, known)
                advice = f"did you mean '{near}'?" if near else f"known keys: {', '.join(known)}"
                raise self.error(key, "unknown key", advice)

    def table(self, key: str) -> Table:
        """Give a sub-table, empty when absent."""
        return Table(self.path, self._dotted(key), self.values.get(key, {}))

    def strings(self, key: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Give a list of strings."""
        value = self.values.get(key)
        if value is None:
            return default
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.error(key, f"expected a list of strings, got {_kind(value)}")
        return tuple(value)

    def rules(self, key: str) -> frozenset[str]:
        """Give a set of rule names, each of which exists."""
        names = self.strings(key)
        for name in names:
            if not is_known(name):
                near = suggestion(name)
                advice = f"did you mean '{near}'?" if near else "'pizzaguard rules' lists them"
                raise self.error(key, f"unknown rule '{name}'", advice)
        return frozenset(names)

    def severity(self, key: str) -> Severity | None:
        """Give a severity by its word."""
        word = self.choice(key, tuple(severity.word for severity in Severity))
        return Severity.parse(word) if word else None

    def choice(self, key: str, words: tuple[str, ...]) -> str | None:
        """Give one of a few words."""
        value = self.values.get(key)
        if value is None or value in words:
            return value
        raise self.error(key, f"expected one of {', '.join(words)}, got {_kind(value)}")

    def boolean(self, key: str) -> bool:
        """Give true or false; false when absent."""
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            raise self.error(key, f"expected true or false, got {_kind(value)}")
        return value

    def error(self, key: str, reason: str, advice: str | None = None) -> ConfigError:
        """Make the error that names this file and the key."""
        dotted = self._dotted(key)
        return ConfigError(f"{self.path}: {dotted}: {reason}", key=dotted, advice=advice)

    def _dotted(self, key: str) -> str:
        return ".".join(part for part in (self.name, key) if part)


def _kind(value: object) -> str:
    if isinstance(value, str):
        return f"'{value}'"
    if isinstance(value, list):
        return "a list" if all(isinstance(item, str) for item in value) else "a list of other things"
    words = {dict: "a table", bool: "a boolean", int: "a number", float: "a number"}
    return words.get(type(value), f"a {type(value).__name__}")
