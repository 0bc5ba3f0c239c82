"""What the `.gitignore` files of a tree leave out.

The patterns come from the audited tree, and `pathspec` turns them into regular expressions that backtrack. So a pattern
with more wildcards than people write is dropped, and a path longer than people write is not matched: a file too many is
read, none is hidden, and no match takes long. (The walk limits the time of all matches together.)
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from pathspec import GitIgnoreSpec

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_LARGEST_FILE = 65_536
_MOST_LINES = 500
_LONGEST_NAME = 100
_DEEPEST_PATH = 20

_folder_wildcards = re.compile(r"(?:^|/)\*\*(?=/|$)")
_wildcards = re.compile(r"\*+").findall


def compile_patterns(lines: Iterable[str]) -> GitIgnoreSpec:
    """Return a matcher for lines as they stand in a `.gitignore`."""
    real = (line for line in lines if line.strip() and not line.startswith("#"))
    return GitIgnoreSpec.from_lines(islice(filter(_is_tame, real), _MOST_LINES))


def _is_tame(line: str) -> bool:
    """Tell whether a pattern is quick to match: the work grows with a power of the number of its wildcards."""
    rest, folders = _folder_wildcards.subn("", line.strip())
    most = (3, 2, 2)
    return folders < len(most) and len(_wildcards(rest)) <= most[folders]


@dataclass(frozen=True, slots=True)
class _Level:
    """The patterns of one `.gitignore`, as seen from the folder that is walked."""

    prefix: str
    """Path of the walked folder relative to that of the `.gitignore`: empty, or with a slash at its end."""
    folders: GitIgnoreSpec
    modules: GitIgnoreSpec
    """Those of the patterns that could match a name ending in `.py`: few, and there are many such names."""


@dataclass(frozen=True, slots=True)
class IgnoreRules:
    """The patterns that hold in one folder."""

    levels: tuple[_Level, ...] = ()
    """The folders above first, its own last."""

    def ignore(self, name: str, *, is_folder: bool) -> bool:
        """Tell whether a folder or Python file is left out; the patterns nearest to it have the last word."""
        if len(name) > _LONGEST_NAME:
            return False
        for level in reversed(self.levels):
            patterns = level.folders if is_folder else level.modules
            if not patterns.patterns or level.prefix.count("/") > _DEEPEST_PATH:
                continue
            verdict = patterns.check_file(f"{level.prefix}{name}/" if is_folder else f"{level.prefix}{name}").include
            if verdict is not None:
                return verdict
        return False

    def inside(self, name: str, folder: Path) -> IgnoreRules:
        """Return the rules that hold in the folder `name`, which lies at `folder`."""
        return IgnoreRules((*(replace(level, prefix=f"{level.prefix}{name}/") for level in self.levels), *_own(folder)))

    @classmethod
    def above(cls, folder: Path) -> IgnoreRules:
        """Return the rules that hold in `folder`: its own and, within a git work tree, those of the folders above it.

        Where those would leave out the folder itself they are dropped: whoever names it wants to see it.
        """
        chain = [folder, *folder.parents]
        top = next((at for at, one in enumerate(chain) if (one / ".git").exists()), None)
        if not top:
            return cls(_own(folder))
        rules = cls(_own(chain[top]))
        for one in reversed(chain[:top]):
            if rules.ignore(one.name, is_folder=True):
                return cls(_own(folder))
            rules = rules.inside(one.name, one)
        return rules


def _own(folder: Path) -> tuple[_Level, ...]:
    path = folder / ".gitignore"
    try:
        if path.is_symlink() or not path.is_file():
            return ()
        with path.open("rb") as file:
            content = file.read(_LARGEST_FILE)
    except OSError:
        return ()
    lines = content.decode("utf-8", "replace").splitlines()
    return (_Level("", compile_patterns(lines), compile_patterns(filter(_may_match_module, lines))),)


def _may_match_module(line: str) -> bool:
    """Tell whether a pattern could match the name of a Python file: its last character must."""
    return line.endswith("y") or not (line[-1:].isalnum() or line.endswith("/"))
