"""The interpreter's own library: real text of every kind, which is at hand wherever the tests run."""

from __future__ import annotations

import ast
import functools
import sysconfig
import warnings
from pathlib import Path

from pizzaguard.audit.source.text import UnreadableTextError, normalise


@functools.cache
def library() -> tuple[Path, ...]:
    """Return its files, those of its own test suite included."""
    root = Path(sysconfig.get_paths()["stdlib"])
    return tuple(sorted(path for path in root.rglob("*.py") if "site-packages" not in path.parts))


def every(count: int) -> tuple[Path, ...]:
    """Return each `count`-th of its files."""
    return library()[::count]


def valid_text(path: Path) -> str | None:
    """Return a file's text, or None for the few samples that are no Python on purpose."""
    try:
        text = normalise(path.read_bytes())
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(text)
    except (SyntaxError, UnreadableTextError, RecursionError):
        return None
    return text
