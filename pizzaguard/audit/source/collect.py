"""The files to audit: found, read once, and named by their contents.

Nothing in the tree may lead out of it, stall the walk or end it. What is not read becomes a gap, and the rest goes on.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from pizzaguard.audit.finding import Gap, Span
from pizzaguard.audit.source.ignore import IgnoreRules, compile_patterns
from pizzaguard.audit.source.text import UnreadableTextError, normalise, require_text
from pizzaguard.errors import CollectionError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LARGEST_FILE = 20_000_000

_PATIENCE = 5.0
"""Seconds that the matching of `.gitignore` patterns, which the tree brings along, may take in all."""

_VERSION_CONTROL = frozenset({".git", ".hg", ".svn", ".bzr", ".jj", "CVS", "_darcs"})
_FOREIGN = frozenset({"node_modules", "__pycache__"})


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A Python file as it was when the audit read it."""

    path: str
    """Relative to the audited root, POSIX."""
    data: bytes = field(repr=False)
    digest: str
    """BLAKE2b of `data`, 128 bits in hexadecimal."""

    @property
    def text(self) -> str:
        """The contents with line feeds as the only newlines; decoded anew at each use."""
        return normalise(self.data)


@dataclass(frozen=True, slots=True)
class Collection:
    """What a walk found: the files, by path, and what it could not read."""

    root: Path
    files: tuple[SourceFile, ...]
    gaps: tuple[Gap, ...] = ()


def collect(
    root: Path,
    named: Sequence[Path] = (),
    *,
    exclude: Iterable[str] = (),
    tracked: Iterable[str] = (),
    largest: int = LARGEST_FILE,
) -> Collection:
    """Read the Python files of a tree.

    `root`: the folder, or a single file. `named`: files and folders below it, to read only these; they are read even if
    ignored. `exclude`: patterns as in a `.gitignore`, relative to the root. `tracked`: paths that version control
    knows; these are read even if a `.gitignore`, which the author of a change may edit, leaves them out.
    """
    if root.is_file():
        root, named = root.parent, (root,)
    if not root.is_dir():
        message = f"no file or folder {str(root)!r}"
        raise CollectionError(message)
    walk = _Walk(root.resolve(), exclude, largest)
    for start in named or (root,):
        walk.start(start)
    walk.take_tracked(tracked, named=bool(named))
    files = tuple(walk.files[path] for path in sorted(walk.files))
    return Collection(walk.root, files, tuple(sorted(walk.gaps, key=lambda gap: gap.span)))


@dataclass(frozen=True, slots=True)
class _Folder:
    """A folder that waits to be walked."""

    location: Path
    prefix: str
    """Its path below the root, empty or with a slash at its end."""
    rules: IgnoreRules
    by_name: bool = False
    """Whether the user named it: then it is walked even if it is a virtual environment."""
    by_link: bool = False
    """Whether a link led here; behind it no other folder link is followed, so that every walk ends."""


class _Walk:
    def __init__(self, root: Path, exclude: Iterable[str], largest: int) -> None:
        self.root = root
        self.files: dict[str, SourceFile] = {}
        self.gaps: list[Gap] = []
        self._excluded = compile_patterns(exclude)
        self._has_exclude = len(self._excluded) > 0
        self._largest = largest
        self._patience = _PATIENCE
        self._foreign: set[str] = set()
        self._seen: set[str] = set()

    def start(self, start: Path) -> None:
        """Read a file or folder that the user named."""
        # A folder is walked where it really lies; a file keeps its name, and `_file` looks where it leads.
        location = start.resolve() if start.is_dir() else start.parent.resolve() / start.name
        try:
            path = location.relative_to(self.root).as_posix()
        except ValueError:
            message = f"{str(start)!r} lies outside {str(self.root)!r}"
            raise CollectionError(message) from None
        if location.is_dir():
            prefix = "" if path == "." else f"{path}/"
            self._folders(_Folder(location, prefix, IgnoreRules.above(location), by_name=True))
        elif os.path.lexists(location):
            self._file(location, path, may_link=True)
        else:
            message = f"no file or folder {str(start)!r}"
            raise CollectionError(message)

    def take_tracked(self, tracked: Iterable[str], *, named: bool) -> None:
        """Read the tracked files that a `.gitignore` left out; say which skipped folders hold tracked files."""
        hidden: set[str] = set()
        for path in tracked:
            if not path.endswith(".py") or path in self.files or path in self._seen or self._exclude(path):
                continue
            parts = path.split("/")
            folders = {"/".join(parts[:count]) for count in range(1, len(parts))}
            if folders & self._foreign:
                hidden |= folders & self._foreign
            elif not named and ".." not in parts and not _VERSION_CONTROL.intersection(parts):
                self._file(self.root / path, path, may_link=True)
        for path in sorted(hidden):
            self._gap(path, "excluded", "version control tracks Python files in it", what="folder")

    def _folders(self, first: _Folder) -> None:
        waiting = [first]
        while waiting:
            waiting.extend(self._folder(waiting.pop()))

    def _folder(self, folder: _Folder) -> list[_Folder]:
        """Read the files of one folder and return the folders in it."""
        try:
            with os.scandir(folder.location) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except OSError as error:
            self._gap(folder.prefix.rstrip("/") or ".", "unreadable", error.strerror or "", what="folder")
            return []
        if not folder.by_name and any(entry.name == "pyvenv.cfg" for entry in entries):
            self._foreign.add(folder.prefix.rstrip("/"))
            return []
        inner = []
        for entry in entries:
            path = folder.prefix + entry.name
            if _is_folder(entry):
                following = self._enter(entry, path, folder)
                if following is not None:
                    inner.append(following)
            elif entry.name.endswith(".py") and not self._exclude(path):
                if self._ignore(folder, entry.name, is_folder=False):
                    continue
                self._file(folder.location / entry.name, path, may_link=entry.is_symlink())
        return inner

    def _enter(self, entry: os.DirEntry[str], path: str, folder: _Folder) -> _Folder | None:
        if entry.name in _VERSION_CONTROL or self._exclude(f"{path}/"):
            return None
        if entry.name in _FOREIGN:
            self._foreign.add(path)
            return None
        if self._ignore(folder, entry.name, is_folder=True):
            return None
        location = folder.location / entry.name
        by_link = folder.by_link
        if _is_link(entry):
            target = Path(os.path.realpath(location))
            if not target.is_relative_to(self.root):
                self._gap(path, "outside", "a symbolic link that leaves the audited folder", what="folder")
                return None
            if by_link or folder.location.is_relative_to(target):
                return None
            location, by_link = target, True
        return _Folder(location, f"{path}/", folder.rules.inside(entry.name, location), by_link=by_link)

    def _file(self, location: Path, path: str, *, may_link: bool) -> None:
        """Read one file, or say why not."""
        self._seen.add(path)
        try:
            if may_link:
                location = Path(os.path.realpath(location))
                if not location.is_relative_to(self.root):
                    self._gap(path, "outside", "a symbolic link that leaves the audited folder")
                    return
            status = location.stat()
            if not stat.S_ISREG(status.st_mode):
                self._gap(path, "unreadable", "not a regular file")
                return
            if status.st_size > self._largest:
                self._gap(path, "limit", f"larger than {self._largest:,} bytes")
                return
            with location.open("rb") as file:
                data = file.read(self._largest + 1)
            require_text(data)
        except OSError as error:
            self._gap(path, "unreadable", error.strerror or type(error).__name__)
        except UnreadableTextError as error:
            self._gap(path, "unreadable", str(error))
        else:
            shown = _shown(path)
            self.files[shown] = SourceFile(shown, data, blake2b(data, digest_size=16).hexdigest())

    def _ignore(self, folder: _Folder, name: str, *, is_folder: bool) -> bool:
        """Tell whether a `.gitignore` leaves an entry out; none does any more once they took too long."""
        if self._patience <= 0:
            return False
        started = perf_counter()
        ignored = folder.rules.ignore(name, is_folder=is_folder)
        self._patience -= perf_counter() - started
        if self._patience <= 0:
            self._gap(
                folder.prefix.rstrip("/") or ".", "limit", "the patterns of .gitignore take too long", what="folder"
            )
        return ignored

    def _exclude(self, path: str) -> bool:
        return self._has_exclude and self._excluded.match_file(path)

    def _gap(self, path: str, reason: str, detail: str, what: str = "file") -> None:
        self.gaps.append(Gap(what, reason, Span.at(_shown(path), 1), detail))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _is_link(entry: os.DirEntry[str]) -> bool:
    is_junction = getattr(entry, "is_junction", None)  # Windows, from Python 3.12 on
    return entry.is_symlink() or (is_junction is not None and is_junction())


def _shown(path: str) -> str:
    """Return a path that can be printed and stored, whatever bytes its name is made of."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
