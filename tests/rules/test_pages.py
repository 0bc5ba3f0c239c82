"""The rule pages are the tests of their rules: each example gives what it marks, each correction gives nothing."""

from pathlib import Path

import pytest

from pizzaguard.audit import rulebook
from pizzaguard.audit.options import Options
from pizzaguard.audit.page import Example
from pizzaguard.audit.pipeline import audit

OPTIONS = Options(jobs=1, cache=False, bandit=False)


def examples() -> list[object]:
    """Give every program of every page, named `<rule>:<example>` or `<rule>:use-instead:<example>`."""
    pages = [rulebook.page(name) for name in rulebook.names()]
    shown = [(f"{page.rule.name}:{example.name}", example) for page in pages for example in page.examples]
    shown += [(f"{page.rule.name}:use-instead:{example.name}", example) for page in pages for example in page.corrected]
    return [pytest.param(example, id=name) for name, example in shown]


@pytest.mark.parametrize("example", examples())
def test_a_program_gives_exactly_the_findings_that_its_page_marks(example: Example, tmp_path: Path) -> None:
    expected: list[tuple[str, int, str]] = []
    for file in example.files:
        target = tmp_path / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(file.text, encoding="utf-8")
        expected.extend((file.path, mark.line, mark.rule) for mark in file.expected)
    report = audit((tmp_path,), OPTIONS)
    found = [(finding.span.path, finding.span.line, finding.rule.name) for finding in report.findings]
    assert sorted(found) == sorted(expected)
