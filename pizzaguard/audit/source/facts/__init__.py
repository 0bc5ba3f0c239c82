"""The one place that reads Python's grammar, and that imports libcst (only when something is to be parsed)."""

from pizzaguard.audit.source.facts.parse import facts

__all__ = ["facts"]
