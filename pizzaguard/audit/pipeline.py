"""The audit from beginning to end; it reads as its stages do."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from os.path import commonpath
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pizzaguard.audit import rulebook, suppression
from pizzaguard.audit.checks.interface import Tree
from pizzaguard.audit.checks.registry import CHECKS
from pizzaguard.audit.evaluation.evaluator import Evaluator
from pizzaguard.audit.evaluation.modules import Modules
from pizzaguard.audit.finding import Finding, Gap, Report, Span
from pizzaguard.audit.source.collect import Collection, collect
from pizzaguard.audit.source.facts_table import FactsTable
from pizzaguard.audit.source.modules import ModuleIndex
from pizzaguard.audit.source.prefilter import is_interesting
from pizzaguard.audit.sources import Sources
from pizzaguard.audit.surface.nouns import Access, RouteSurface
from pizzaguard.audit.surface.survey import survey as survey_tree
from pizzaguard.audit.triage import triage

if TYPE_CHECKING:
    from pizzaguard.audit.options import Options

Result = TypeVar("Result")

STACK_BYTES = 512 * 1024 * 1024
"""Room for deep nesting: the evaluator follows calls by calling itself. Only what is used is taken."""
RECURSION_LIMIT = 60_000
GIT_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Surveyed:
    """What reading a tree gives before any check: the routes, and all that a check may look at."""

    collection: Collection
    surface: RouteSurface
    tree: Tree


def survey(paths: Sequence[Path], options: Options) -> Surveyed:
    """Read the source under `paths` and reconstruct its route surface.

    Raises `CollectionError` when a path does not exist or cannot be read.
    """
    return _with_room(lambda: _survey(paths, options))


def audit(paths: Sequence[Path], options: Options) -> Report:
    """Read the source under `paths`, run the checks and triage what they find.

    Raises `CollectionError` when a path does not exist or cannot be read.
    """
    return _with_room(lambda: _audit(paths, options))


def _audit(paths: Sequence[Path], options: Options) -> Report:
    surveyed = _survey(paths, options)
    wanted = [name for name in CHECKS if not options.select or name in options.select]
    findings, failures = _check(surveyed.tree, wanted)
    triaged = triage(
        findings,
        _suppressions(surveyed.collection),
        wanted,
        options=options,
        line_of=Sources(surveyed.collection.root).line,
    )
    judged = [route for route in surveyed.surface.routes if route.app is not None and route.kind != "builtin"]
    return Report(
        root=str(surveyed.collection.root),
        findings=triaged.findings,
        suppressed=triaged.suppressed,
        gaps=(*surveyed.surface.gaps, *failures),
        routes=len(judged),
        apps=surveyed.surface.apps,
        unknown=sum(route.access is Access.UNKNOWN for route in judged),
        rules=tuple(rulebook.rule(name) for name in wanted),
        files=len(surveyed.collection.files),
    )


def _survey(paths: Sequence[Path], options: Options) -> Surveyed:
    root, named = _root(paths)
    collection = collect(root, named, exclude=options.config.exclude, tracked=_tracked(root))
    modules = Modules({file.path: file for file in collection.files}, ModuleIndex.of(collection), FactsTable())
    evaluator = Evaluator(modules)
    production = [
        modules.at(file.path)
        for file in collection.files
        if is_interesting(file.data) and not options.config.is_test(file.path)
    ]
    found = survey_tree(evaluator, production, str(collection.root), options.config)
    surface = replace(found.surface, gaps=(*collection.gaps, *found.surface.gaps))
    return Surveyed(collection, surface, Tree(surface, found.endpoints, evaluator, modules, options.config))


def _check(tree: Tree, names: Iterable[str]) -> tuple[list[Finding], list[Gap]]:
    """Run checks; one that breaks is a gap, and the others still speak."""
    findings: list[Finding] = []
    failures: list[Gap] = []
    for name in names:
        try:
            findings.extend(CHECKS[name](tree))
        except RecursionError:
            failures.append(
                Gap("check", "too-deep", Span.at(".", 1), f"{name}: the code is nested too deeply to follow")
            )
    return findings, failures


def _suppressions(collection: Collection) -> dict[str, tuple[suppression.Suppression, ...]]:
    needle = suppression.NEEDLE.encode()
    return {file.path: suppression.read(file.text) for file in collection.files if needle in file.data}


def _root(paths: Sequence[Path]) -> tuple[Path, tuple[Path, ...]]:
    """The folder that reports are relative to, and what was named in it; several paths share their nearest folder."""
    if len(paths) == 1:
        return paths[0], ()
    absolute = [path.absolute() for path in paths]
    above = Path(commonpath(absolute))
    return (above.parent if above.is_file() else above), tuple(absolute)


def _tracked(root: Path) -> tuple[str, ...]:
    """The paths below a folder that git knows: a `.gitignore`, which a change may edit, cannot hide these."""
    folder = root if root.is_dir() else root.parent
    if not any((above / ".git").exists() for above in (folder.resolve(), *folder.resolve().parents)):
        return ()
    command = ["git", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "ls-files", "-z", "--", "*.py"]
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command, no shell
            command, cwd=folder, capture_output=True, timeout=GIT_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ()
    return tuple(filter(None, done.stdout.decode("utf-8", "surrogateescape").split("\0")))


def _with_room(work: Callable[[], Result]) -> Result:
    """Do work in a thread with a deep stack, and hand on what it gives or raises."""
    results: list[Result] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            results.append(work())
        except BaseException as error:  # noqa: BLE001 - handed on to the caller's thread
            errors.append(error)

    limit, size = sys.getrecursionlimit(), threading.stack_size()
    sys.setrecursionlimit(max(limit, RECURSION_LIMIT))
    threading.stack_size(STACK_BYTES)
    try:
        thread = threading.Thread(target=run, name="audit", daemon=True)
        thread.start()
    finally:
        threading.stack_size(size)
    try:
        thread.join()
    finally:
        sys.setrecursionlimit(limit)
    if errors:
        raise errors[0]
    return results[0]
