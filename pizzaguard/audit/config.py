"""The project's configuration: `pizzaguard.toml`, or `[tool.pizzaguard]` in `pyproject.toml`.

`find` walks up from the audited path to the root of its repository and takes the nearest file; `load` reads one file.
Whatever a key may not be is a `ConfigError` that names the file and the key: a silent typing error in a security
tool's configuration would be a hole.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pizzaguard.audit.config_schema import AUDIT_KEYS, GUARD_KEYS, SECTIONS, Table
from pizzaguard.audit.finding import Severity
from pizzaguard.audit.globs import matches_any
from pizzaguard.errors import ConfigError

DEFAULT_TESTS = ("tests", "test", "test_*.py", "*_test.py", "conftest.py")
MAX_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class GuardDeclaration:
    """What `[guards]` says of a callable that the audit could not tell by itself."""

    callable: str
    """`module:qualname`."""
    effect: str
    """`authentication`, `authorization`, `optional` or `none`."""
    scopes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Config:
    """What a configuration file says; the defaults where there is none."""

    path: Path | None = None
    """The file it came from."""
    roots: tuple[str, ...] = ()
    """Source roots, relative to the audited path, besides those the audit finds."""
    apps: tuple[str, ...] = ()
    """The only applications to judge, `module:name`; empty means all."""
    exclude: tuple[str, ...] = ()
    tests: tuple[str, ...] = DEFAULT_TESTS
    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    min_severity: Severity | None = None
    fail_on: Severity | None = None
    strict: bool = False
    per_path_ignores: tuple[tuple[str, frozenset[str]], ...] = ()
    """(pattern, rule names): findings of these rules under these paths are not reported."""
    guards: tuple[GuardDeclaration, ...] = ()
    policy: Mapping[str, Any] = field(default_factory=dict, hash=False)
    """`[policy]` as it stands in the file."""

    def is_excluded(self, path: str) -> bool:
        """Tell whether a file is not to be read at all."""
        return matches_any(self.exclude, path)

    def is_test(self, path: str) -> bool:
        """Tell whether a file is test code, which is no production finding."""
        return matches_any(self.tests, path)

    def ignored_at(self, path: str) -> frozenset[str]:
        """Give the rules that are not reported in a file."""
        sets = (rules for pattern, rules in self.per_path_ignores if matches_any((pattern,), path))
        return frozenset().union(*sets)


def find(start: Path) -> Config:
    """Give the configuration that holds for `start`: the nearest on the way up to the root of its repository.

    Outside a repository only `start` itself is looked at: a file that a stranger left in a shared parent such as
    /tmp must not configure an audit.
    """
    folder = (start if start.is_dir() else start.parent).resolve()
    above = [folder, *folder.parents]
    top = next((index for index, parent in enumerate(above) if (parent / ".git").exists()), 0)
    for parent in above[: top + 1]:
        own = parent / "pizzaguard.toml"
        if own.is_symlink() or own.exists():
            if not own.resolve().is_relative_to(above[top]):
                message = f"{own}: a link that leaves the repository"
                raise ConfigError(message, advice="replace it by a file, or name it with --config")
            return load(own)
        if _has_section(parent / "pyproject.toml", above[top]):
            return load(parent / "pyproject.toml")
    return Config()


def load(path: Path) -> Config:
    """Read one configuration file; its name tells which of the two forms it has."""
    document = _document(path)
    if path.name == "pyproject.toml":
        tool = document.get("tool")
        section = tool.get("pizzaguard", {}) if isinstance(tool, dict) else {}
        return _config(path, Table(str(path), "tool.pizzaguard", section))
    return _config(path, Table(str(path), "", document))


def _has_section(path: Path, repository: Path) -> bool:
    """Tell whether a `pyproject.toml` configures us; one without our name may be as broken as it likes."""
    try:
        if not path.is_file() or not path.resolve().is_relative_to(repository):
            return False
        with path.open("rb") as stream:
            if b"pizzaguard" not in stream.read(MAX_BYTES + 1):
                return False
    except OSError:
        return False
    tool = _document(path).get("tool")
    return isinstance(tool, dict) and "pizzaguard" in tool


def _document(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(_text(path))
    except tomllib.TOMLDecodeError as error:
        message = f"{path}: not valid TOML: {error}"
        raise ConfigError(message, advice="mend the file, or name another one with --config") from error
    except RecursionError:
        message = f"{path}: not valid TOML: nested too deeply"
        raise ConfigError(message, advice="mend the file, or name another one with --config") from None


def _text(path: Path) -> str:
    """Read a regular file of sane size, as UTF-8."""
    try:
        if not path.is_file():
            message = f"{path}: no such file" if not path.exists() else f"{path}: expected a regular file"
            raise ConfigError(message, advice="name a configuration file with --config")
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
        if len(raw) > MAX_BYTES:
            message = f"{path}: expected at most {MAX_BYTES} bytes"
            raise ConfigError(message, advice="name another configuration with --config")
        return raw.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        message = f"{path}: expected UTF-8, got a bad byte at offset {error.start}"
        raise ConfigError(message, advice="save the file as UTF-8") from error
    except OSError as error:
        message = f"{path}: cannot be read: {error.strerror}"
        raise ConfigError(message, advice="name another configuration with --config") from error


def _config(path: Path, top: Table) -> Config:
    top.allow(SECTIONS)
    audit = top.table("audit")
    audit.allow(AUDIT_KEYS)
    ignores = audit.table("per-path-ignores")
    return Config(
        path=path,
        roots=audit.strings("roots"),
        apps=audit.strings("apps"),
        exclude=audit.strings("exclude"),
        tests=audit.strings("tests", DEFAULT_TESTS),
        select=audit.rules("select"),
        ignore=audit.rules("ignore"),
        min_severity=audit.severity("min-severity"),
        fail_on=audit.severity("fail-on"),
        strict=audit.boolean("strict"),
        per_path_ignores=tuple((pattern, ignores.rules(pattern)) for pattern in ignores.values),
        guards=_guards(top.table("guards")),
        policy=top.table("policy").values,
    )


def _guards(section: Table) -> tuple[GuardDeclaration, ...]:
    declared = []
    for name in section.values:
        if ":" not in name:
            raise section.error(name, f"expected 'module:qualname', got '{name}'")
        guard = section.table(name)
        guard.allow(GUARD_KEYS)
        scopes = guard.strings("scopes")
        effect = guard.choice("effect", ("authentication", "authorization", "optional", "none"))
        declared.append(GuardDeclaration(name, effect or ("authorization" if scopes else "authentication"), scopes))
    return tuple(declared)
