"""The rule book: where the pages lie, read once, by name.

In a wheel the pages are package data, `pizzaguard/rules/`; in a checkout they stand at the top, `rules/`. No other
module knows these two places.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pizzaguard.audit.finding import Rule
from pizzaguard.audit.front_matter import parse_rule
from pizzaguard.errors import RulebookError

if TYPE_CHECKING:
    from pizzaguard.audit.page import Page


def names() -> tuple[str, ...]:
    """Name every rule that has a page, sorted; opens no page."""
    return _names(_folder())


def rule(name: str) -> Rule:
    """Give the rule called `name`; reads its front matter only, once a process."""
    return _rule(_folder(), name)


def rules() -> tuple[Rule, ...]:
    """Give every rule of the book, sorted by name."""
    return tuple(rule(name) for name in names())


def page(name: str) -> Page:
    """Give the whole page of a rule, held to its form, with its examples."""
    from pizzaguard.audit.page import parse_page  # noqa: PLC0415 - audits show no examples

    path = _folder() / f"{name}.md"
    return parse_page(str(path), _text(path))


@cache
def _folder() -> Path:
    """Find the pages; the wheel's place first, since beside an installed package a stranger may be called `rules`."""
    here = Path(__file__)
    for folder in (here.parents[1] / "rules", here.parents[2] / "rules"):
        if folder.is_dir():
            return folder
    message = f"{here.parents[1] / 'rules'}: no rule pages found"
    raise RulebookError(message)


@cache
def _names(folder: Path) -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in folder.glob("*.md") if path.stem != "README"))


@cache
def _rule(folder: Path, name: str) -> Rule:
    path = folder / f"{name}.md"
    read = parse_rule(str(path), _text(path))
    if read.name != name:
        message = f"{path}: expected the name '{name}', got '{read.name}'"
        raise RulebookError(message)
    return read


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path}: cannot be read: {error}"
        raise RulebookError(message) from error
