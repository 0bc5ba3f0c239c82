"""The rule book and the form of its pages."""

import pytest

from pizzaguard.audit import rulebook
from pizzaguard.audit.finding import Applicability, Severity
from pizzaguard.audit.front_matter import parse_rule
from pizzaguard.audit.page import HEADINGS, parse_page
from pizzaguard.errors import RulebookError

FRONT = """+++
name       = "open-oven"
summary    = "oven that anyone opens"
severity   = "high"
confidence = "medium"
cwe        = [306]
owasp      = ["API2:2023"]
fix        = "unsafe"
since      = "0.1.0"
+++
"""
EXAMPLE = """```py title="oven.py"
def oven(): ...
@open("/oven")  # finds: open-oven, warm-door
def pizza(): ...
```"""


def page(example: str = EXAMPLE, use_instead: str = "Close it. Then lock it.", front: str = FRONT) -> str:
    bodies = {"Example": example, "Use instead": use_instead}
    sections = "".join(f"\n## {heading}\n{bodies.get(heading, 'Words.')}\n" for heading in HEADINGS)
    return f"{front}\n# open-oven\n{sections}"


def test_every_page_of_the_book_has_the_fixed_form() -> None:
    pages = [rulebook.page(name) for name in rulebook.names()]
    assert [page.rule.name for page in pages] == list(rulebook.names())
    assert all(page.examples and page.corrected for page in pages)


def test_the_front_matter_becomes_the_rule() -> None:
    rule = parse_rule("open-oven.md", page())
    assert (rule.name, rule.severity, rule.cwe, rule.owasp) == ("open-oven", Severity.HIGH, (306,), ("API2:2023",))
    assert rule.fix is Applicability.UNSAFE
    assert rule.help.startswith("# open-oven\n")


def test_the_advice_is_the_first_sentence_under_use_instead() -> None:
    assert parse_rule("p.md", page()).advice == "Close it."
    assert parse_rule("p.md", page(use_instead="```py\nx\n```")).advice == ""


def test_a_marker_names_the_findings_of_its_line() -> None:
    (file,) = parse_page("p.md", page()).examples[0].files
    assert [(expected.rule, expected.line) for expected in file.expected] == [("open-oven", 2), ("warm-door", 2)]


def test_fences_with_different_titles_make_one_program() -> None:
    text = '```py title="a.py"\n1\n```\nand\n```toml title="pizzaguard.toml"\n```\n```sh\nls\n```'
    (example,) = parse_page("p.md", page(text)).examples
    assert [file.path for file in example.files] == ["a.py", "pizzaguard.toml"]


def test_a_title_that_repeats_starts_another_program() -> None:
    text = '```py title="a.py"\n1\n```\n```py title="b.py"\n2\n```\n```py title="a.py"\n3\n```'
    examples = parse_page("p.md", page(text)).examples
    assert [(example.name, [file.text for file in example.files]) for example in examples] == [
        ("1", ["1\n", "2\n"]),
        ("2", ["3\n"]),
    ]


def test_a_level_three_heading_names_the_program_below_it() -> None:
    text = "### In a router\n```py\n# not a heading\n1\n```\n### In the app\n```py\n2\n```"
    assert [example.name for example in parse_page("p.md", page(text)).examples] == ["in-a-router", "in-the-app"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("# open-oven\n", "expected front matter"),
        (page(front=FRONT.replace('"high"', '"dire"')), "expected one of low, medium, high, critical, got 'dire'"),
        (page(front=FRONT.replace("since ", "sinse ")), "lacks 'since'"),
        (page(front=FRONT.replace("+++\nname", "+++\ncolour = 1\nname")), "unknown key 'colour'"),
        (page(front=FRONT.replace("[306]", "[306")), "not TOML"),
        (page(use_instead=EXAMPLE), "may not mark findings"),
        (page().replace("## Fix safety", "## Fixes"), "expected the headings"),
        (page('```py title="../a.py"\n```'), "leaves the example"),
    ],
)
def test_a_broken_page_is_refused_with_its_path_and_the_reason(text: str, reason: str) -> None:
    with pytest.raises(RulebookError, match=r"p\.md: ") as refusal:
        parse_page("p.md", text)
    assert reason in str(refusal.value)


def test_a_rule_without_a_page_is_an_error_of_ours() -> None:
    with pytest.raises(RulebookError, match="no-such-rule"):
        rulebook.rule("no-such-rule")
