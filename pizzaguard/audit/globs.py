"""Path patterns of the configuration: `*` inside one segment, `**` any number of segments.

Matching takes time proportional to pattern times path, whatever the pattern: a hostile configuration cannot stall it.
"""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase


def matches_any(patterns: Iterable[str], path: str) -> bool:
    """Tell whether a POSIX path is matched by one of the patterns."""
    return any(matches(pattern, path) for pattern in patterns)


def matches(pattern: str, path: str) -> bool:
    """Tell whether `pattern` names `path` or a folder above it.

    A pattern without a slash matches a file or folder of that name anywhere; one with a slash is relative to the root.
    """
    wanted = pattern.strip("/").removeprefix("./").split("/")
    if "/" not in pattern.strip("/"):
        wanted = ["**", *wanted]
    return _matches(tuple(wanted), tuple(path.split("/")))


def _matches(wanted: tuple[str, ...], segments: tuple[str, ...]) -> bool:
    """Walk the segments, keeping the set of pattern places reached so far (no backtracking)."""
    reached = _after_stars(wanted, {0})
    for segment in segments:
        following: set[int] = set()
        for place in reached:
            if place == len(wanted):
                return True  # a folder above the path is named: all below it is meant
            if wanted[place] == "**":
                following.add(place)
            elif fnmatchcase(segment, wanted[place]):
                following.add(place + 1)
        reached = _after_stars(wanted, following)
    return len(wanted) in reached


def _after_stars(wanted: tuple[str, ...], places: set[int]) -> set[int]:
    """Add the places that `**` reaches by standing for nothing."""
    reached = set(places)
    for place in places:
        following = place
        while following < len(wanted) and wanted[following] == "**":
            following += 1
            reached.add(following)
    return reached
