"""Source text for people: the lines around a finding, read when a report is made and never cached."""

from __future__ import annotations

from pathlib import Path

MAX_BYTES = 4_000_000
"""Of a larger file only the beginning can be shown."""


class Sources:
    """The text of the audited files by their path in a report; an unreadable file has no lines."""

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()
        self._files: dict[str, tuple[str, ...]] = {}

    def line(self, path: str, number: int) -> str | None:
        """Give one line, 1-based, without its end; None where there is none."""
        lines = self._lines(path)
        return lines[number - 1] if 0 < number <= len(lines) else None

    def _lines(self, path: str) -> tuple[str, ...]:
        if path not in self._files:
            self._files[path] = self._read(path)
        return self._files[path]

    def _read(self, path: str) -> tuple[str, ...]:
        """Read a file as the parser does: line ends are LF, CRLF or CR, and no others; not outside the root."""
        try:
            target = (self._root / path).resolve()
            if not target.is_relative_to(self._root) or not target.is_file():
                return ()
            with target.open("rb") as stream:
                raw = stream.read(MAX_BYTES)
        except (OSError, ValueError):
            return ()
        text = raw.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
        return tuple(text.split("\n"))
