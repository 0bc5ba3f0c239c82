"""One whole page of the rule book, from its text to its examples; pure, no I/O.

A page is front matter (TOML between two `+++` lines), the rule's name as the only level-1 heading, and six level-2
headings in a fixed order. The sections *Example* and *Use instead* hold the examples:

- A fence with a title is one file: three back-ticks, `py title="shop/orders.py"`. A `py` fence without a title is
  `main.py`; any other fence without a title is illustration and no part of an example.
- Fences that follow one another with different titles make one example of several files.
- A level-3 heading starts another example and names it; so does a title that the current example already has.
- `# finds: rule-name` (or `rule-name, other-rule`) at the end of a line says which findings that line must give.
  Lines without it give none, and in *Use instead* no line may carry it.
- An example is a whole program: *Use instead* does not inherit files from *Example*.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pizzaguard.audit.finding import Rule
from pizzaguard.audit.front_matter import FENCE, broken, parse_rule

HEADINGS = ("What it does", "Why is this bad?", "Example", "Use instead", "Fix safety", "Known problems")

_TITLE = re.compile(r'\btitle="(?P<title>[^"]+)"')
_HEADING = re.compile(r"^(?P<marks>#{1,3}) +(?P<text>.+?)\s*$", re.MULTILINE)
_MARKER = re.compile(r"#\s*finds:\s*(?P<names>[\w:-]+(?:\s*,\s*[\w:-]+)*)\s*$")


@dataclass(frozen=True, slots=True)
class Expectation:
    """A finding that an example must give: the rule's name and the 1-based line."""

    rule: str
    line: int


@dataclass(frozen=True, slots=True)
class ExampleFile:
    """One file of an example."""

    path: str
    text: str
    expected: tuple[Expectation, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A whole program that a page shows."""

    name: str
    """Its level-3 heading as a slug, or its ordinal."""
    files: tuple[ExampleFile, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A page in full; `rule` alone is what an audit needs."""

    rule: Rule
    sections: dict[str, str]
    examples: tuple[Example, ...]
    corrected: tuple[Example, ...]
    """The programs under *Use instead*."""


def parse_page(path: str, text: str) -> Page:
    """Read the page at `path` in full and hold it to the fixed form."""
    rule = parse_rule(path, text)
    sections = _sections(path, rule)
    corrected = tuple(_examples(path, sections["Use instead"]))
    if any(file.expected for example in corrected for file in example.files):
        raise broken(path, "'Use instead' may not mark findings")
    return Page(rule, sections, tuple(_examples(path, sections["Example"])), corrected)


def _sections(path: str, rule: Rule) -> dict[str, str]:
    headings = [heading for heading in _headings(rule.help) if heading["marks"] != "###"]
    titles = [heading["text"] for heading in headings]
    expected = [rule.name, *HEADINGS]
    if titles != expected:
        raise broken(path, f"expected the headings {expected}, got {titles}")
    ends = [heading.start() for heading in headings[1:]] + [len(rule.help)]
    bodies = (rule.help[heading.end() : end].strip("\n") for heading, end in zip(headings, ends, strict=True))
    return dict(list(zip(titles, bodies, strict=True))[1:])


def _headings(body: str) -> list[re.Match[str]]:
    """Find the headings of a page; a comment in a fence is none."""
    fences = [(match.start(), match.end()) for match in FENCE.finditer(body)]
    return [match for match in _HEADING.finditer(body) if not any(start < match.start() < end for start, end in fences)]


def _examples(path: str, section: str) -> Iterator[Example]:
    """Cut a section into examples, by level-3 heading or by a title that repeats."""
    marks = sorted([*_headings(section), *FENCE.finditer(section)], key=re.Match.start)
    name, ordinal = "", 0
    files: dict[str, ExampleFile] = {}
    for mark in marks:
        if "marks" in mark.re.groupindex:
            if files:
                yield Example(name or str(ordinal), tuple(files.values()))
            name, files = _slug(mark["text"]), {}
            continue
        file = _example_file(mark)
        if file is None:
            continue
        if not files:
            ordinal += 1
        elif file.path in files:
            yield Example(name or str(ordinal), tuple(files.values()))
            ordinal += 1
            name, files = "", {}
        if file.path.startswith("/") or ".." in file.path.split("/"):
            raise broken(path, f"the title '{file.path}' leaves the example")
        files[file.path] = file
    if files:
        yield Example(name or str(ordinal), tuple(files.values()))


def _example_file(fence: re.Match[str]) -> ExampleFile | None:
    title = _TITLE.search(fence["info"])
    if title is None and fence["language"] not in {"py", "python"}:
        return None
    expected = tuple(
        Expectation(name.strip(), number)
        for number, line in enumerate(fence["text"].split("\n"), start=1)
        if (marker := _MARKER.search(line))
        for name in marker["names"].split(",")
    )
    return ExampleFile(title["title"] if title else "main.py", fence["text"], expected)


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
