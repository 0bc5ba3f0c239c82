"""What a report format is: a module with a `render` function."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pizzaguard.audit.finding import Report
from pizzaguard.audit.sources import Sources


@dataclass(frozen=True, slots=True)
class View:
    """How a report will be looked at: from which folder, and whether in colour."""

    sources: Sources
    """The text for code frames."""
    prefix: str = ""
    """From where the reader stands to the audited root, POSIX, ending in a slash; empty when they are the same."""
    color: bool = False

    @classmethod
    def of(cls, root: str, reader: Path, *, color: bool = False) -> View:
        """Look at a tree from the folder `reader`; paths of a tree elsewhere stay relative to their own root."""
        base = Path(root).resolve()
        relative = base.relative_to(reader.resolve()).as_posix() if base.is_relative_to(reader.resolve()) else "."
        return cls(Sources(base), "" if relative == "." else relative + "/", color)


class Renderer(Protocol):
    """One format."""

    def render(self, report: Report, view: View) -> str:
        """Give the whole report as text that ends with a line end."""
        ...
