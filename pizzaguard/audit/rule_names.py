"""Rule names as people type them: which exist, and which was meant."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pizzaguard.audit import rulebook

_BANDIT = re.compile(r"bandit:B\d{3}")


def is_known(name: str) -> bool:
    """Tell whether a rule of this name exists; bandit's are known by their form, as loading bandit is slow."""
    return _BANDIT.fullmatch(name) is not None or name in rulebook.names()


def suggestion(name: str, known: Iterable[str] | None = None) -> str | None:
    """Give the known name that is nearest to what was typed, None when nothing is near."""
    import difflib  # noqa: PLC0415 - only a typing error needs it

    near = difflib.get_close_matches(name, rulebook.names() if known is None else known, n=1, cutoff=0.6)
    return near[0] if near else None
