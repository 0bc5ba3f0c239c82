"""Facts of blocks by their text: parsed once, whoever asks."""

from __future__ import annotations

from pizzaguard.audit.source import ir


class FactsTable:
    """Facts by block text; what is not there yet is parsed in place."""

    def __init__(self) -> None:
        self._known: dict[str, ir.Facts] = {}
        self.parsed = 0

    def of(self, text: str) -> ir.Facts:
        """The facts of one block."""
        found = self._known.get(text)
        if found is None:
            from pizzaguard.audit.source.facts import facts  # noqa: PLC0415 - libcst is loaded only when something is parsed

            found = self._known[text] = facts(text)
            self.parsed += 1
        return found
