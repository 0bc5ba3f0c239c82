"""Which file a dotted module name means, as seen from another file.

Python finds modules in the folders of its path, which the text does not name. So each file has a *root*, the folder
that its absolute imports most likely start from: for a regular package the nearest folder above it that is none, as
Python needs it; for files outside packages the folder from which most of their own imports can be found.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pizzaguard.audit.source.collect import Collection, SourceFile

_imports = re.compile(rb"^[ \t]*(?:from|import)[ \t]+([A-Za-z_][\w.]*)", re.MULTILINE).findall
_INIT = "__init__"
_WITNESSES = 100
"""Of how many files the imports are looked at to find their root."""


class ModuleIndex:
    """The modules of a tree, by path and by dotted name."""

    def __init__(self, files: Iterable[SourceFile], package: str = "") -> None:
        """Index files. `package` is the dotted name of the audited folder where that is itself a package."""
        self._files = {file.path: file for file in files}
        self._package = package
        self._packages = {_folder(path) for path in self._files if path.rpartition("/")[2] == f"{_INIT}.py"}
        self._by_folder: dict[str, list[SourceFile]] = {}
        for path, file in self._files.items():
            self._by_folder.setdefault(_folder(path), []).append(file)
        self._folders = {above for folder in self._by_folder for above in (folder, *_folders_above(folder))} - {""}
        self._roots: dict[str, str] = {}
        self._tops: dict[str, str] = {}
        self._found: dict[tuple[str, str], str | None] = {}
        self._shared = sorted({_above(top) for top in map(self._top, self._packages - {""})} | {"", "src"})
        """The roots that hold regular packages: files elsewhere may import from these, too."""

    @classmethod
    def of(cls, collection: Collection) -> ModuleIndex:
        """Index what was collected."""
        return cls(collection.files, _package_name(collection.root))

    def name_of(self, path: str) -> str:
        """Return the dotted name of the module in a file."""
        root = self.root_of(path)
        parts = path.removesuffix(".py")[len(root) :].strip("/").split("/")
        if parts[-1] == _INIT and (len(parts) > 1 or self._package):
            parts.pop()
        name = ".".join(parts)
        return ".".join(filter(None, (self._package, name))) if not root else name

    def find(self, module: str, importer: str | None = None) -> str | None:
        """Return the file of a module as an import in the file `importer` finds it, or None if the tree has none.

        The importer's own root comes first, then the folders above it, then the roots of all packages: a tree may hold
        the same name more than once.
        """
        own = "" if importer is None else self.root_of(importer)
        key = (module, own)
        if key not in self._found:
            self._found[key] = self._find(module, own)
        return self._found[key]

    def root_of(self, path: str) -> str:
        """Return the folder that the absolute imports of a file start from, `""` for the audited one."""
        return self._root_of_folder(_folder(path))

    def _root_of_folder(self, folder: str) -> str:
        if folder not in self._roots:
            self._roots[folder] = self._root(folder)
        return self._roots[folder]

    def _find(self, module: str, own: str) -> str | None:
        if self._package and f"{module}.".startswith(f"{self._package}."):
            inner = module[len(self._package) + 1 :]
            return self._at("", inner) if inner else f"{_INIT}.py"
        # A package that is audited from the inside: the parent of its top is no name that imports could use.
        module = module.removeprefix(f"{_INIT}.")
        found = self._at(own, module)
        if found is not None or module.partition(".")[0] in sys.stdlib_module_names:
            return found
        for root in [*_folders_above(own), *self._shared]:
            found = self._at(root, module)
            if found is not None:
                return found
        return None

    def _at(self, root: str, module: str) -> str | None:
        base = _join(root, module.replace(".", "/"))
        for path in (f"{base}/{_INIT}.py", f"{base}.py"):
            if path in self._files:
                return path
        return None

    def _top(self, folder: str) -> str:
        """Return the outermost of the packages, one in the other, of which `folder` is the innermost."""
        while _above(folder) in self._packages and _above(folder):
            folder = _above(folder)
        return folder

    def _root(self, folder: str) -> str:
        if not folder:
            return ""
        if folder not in self._packages:
            above = [folder, *_folders_above(folder)]
            served = self._served(self._by_folder.get(folder, ()), above)
            if served:
                return _best(served, above, otherwise="")
            # Its own imports say nothing: it is found from where its parent is.
            return "src" if folder == "src" else self._root_of_folder(_above(folder))
        top = self._top(folder)
        if top not in self._tops:
            nearest = _above(top)
            above = [nearest, *_folders_above(nearest)]
            inside = (file for path, file in self._files.items() if path.startswith(f"{top}/"))
            served = self._served(inside, above) if nearest else Counter()
            self._tops[top] = _best(served, above, otherwise=nearest)
        return self._tops[top]

    def _served(self, files: Iterable[SourceFile], roots: list[str]) -> Counter[str]:
        """Count, for each root, the imports in some files that it could serve."""
        served: Counter[str] = Counter()
        for file in islice(files, _WITNESSES):
            for name in set(_imports(file.data)):
                module = name.decode()
                served.update(root for root in roots if self._holds(root, module))
        return served

    def _holds(self, root: str, module: str) -> bool:
        return self._at(root, module) is not None or _join(root, module.replace(".", "/")) in self._folders


def _best(served: Counter[str], roots: list[str], otherwise: str) -> str:
    """Return the innermost root that serves most, `otherwise` if none serves more than it."""
    most = max(served.values(), default=0)
    return otherwise if served[otherwise] == most else next(root for root in roots if served[root] == most)


def _package_name(root: Path) -> str:
    """Return the dotted name of a folder that is a package, `""` for one that is none."""
    names: list[str] = []
    while (root / f"{_INIT}.py").is_file() and root.name.isidentifier():
        names.append(root.name)
        root = root.parent
    return ".".join(reversed(names))


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


_above = _folder


def _folders_above(folder: str) -> Iterator[str]:
    while folder:
        folder = _above(folder)
        yield folder


def _join(root: str, rest: str) -> str:
    return f"{root}/{rest}" if root else rest
