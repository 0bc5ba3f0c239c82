"""Which findings are reported, and whether the audit fails."""

from dataclasses import replace
from pathlib import Path

import pytest

from pizzaguard.audit import rulebook
from pizzaguard.audit.config import Config
from pizzaguard.audit.finding import Confidence, Finding, Gap, Report, Rule, Severity, Span, SuppressedFinding
from pizzaguard.audit.options import Options
from pizzaguard.audit.sources import Sources
from pizzaguard.audit.suppression import read
from pizzaguard.audit.triage import Triaged, is_failure, triage

RULE = rulebook.rule("unused-suppression")  # any rule with a page: the names in comments are held to the book
OTHER = Rule("shadowed-route", "route that an earlier one hides", Severity.HIGH, Confidence.HIGH)


def finding(line: int = 1, rule: Rule = RULE, path: str = "shop.py", **more: object) -> Finding:
    return Finding.of(rule, Span.at(path, line), "it is so", **more)  # type: ignore[arg-type]


def triaged(*findings: Finding, text: str = "", options: Options | None = None, ran: tuple[str, ...] = ()) -> Triaged:
    lines = text.split("\n")
    return triage(
        findings,
        {"shop.py": read(text)},
        ran,
        options=options or Options(),
        line_of=lambda _, number: lines[number - 1] if number <= len(lines) else None,
    )


def names(outcome: Triaged) -> list[str]:
    return [entry.rule.name for entry in outcome.findings]


def test_findings_are_sorted_by_path_line_and_rule() -> None:
    outcome = triaged(finding(9), finding(2), finding(2, OTHER), finding(5, path="app.py"))
    assert [(entry.span.path, entry.span.line, entry.rule.name) for entry in outcome.findings] == [
        ("app.py", 5, "unused-suppression"),
        ("shop.py", 2, "shadowed-route"),
        ("shop.py", 2, "unused-suppression"),
        ("shop.py", 9, "unused-suppression"),
    ]


def test_test_code_is_no_production_finding() -> None:
    assert names(triaged(finding(path="tests/test_shop.py"), finding(path="test_shop.py"))) == []


def test_the_same_finding_is_reported_once() -> None:
    assert len(triaged(finding(), finding()).findings) == 1


def test_one_place_may_have_findings_on_two_routes() -> None:
    assert len(triaged(finding(subject="GET /a"), finding(subject="GET /b")).findings) == 2


def test_twins_get_fingerprints_of_their_own_in_order_of_place() -> None:
    first, second = triaged(finding(7), finding(3)).findings
    assert first.fingerprint == finding().fingerprint
    assert second.fingerprint == finding().fingerprint + "-2"


def test_a_finding_that_knows_its_line_is_widened_to_its_text() -> None:
    (entry,) = triaged(finding(2), text="def f():\n    return 1  \n").findings
    assert (entry.span.start.column, entry.span.end.column) == (5, 13)


def test_a_suppression_silences_and_its_reason_is_kept() -> None:
    text = "a = 1  # pizzaguard: ignore[unused-suppression] -- the menu is public\n"
    outcome = triaged(finding(), text=text, ran=("unused-suppression",))
    assert outcome.findings == ()
    assert [(entry.finding.span.line, entry.justification) for entry in outcome.suppressed] == [
        (1, "the menu is public")
    ]


def test_a_suppression_without_a_reason_is_reported_and_silences_nothing() -> None:
    outcome = triaged(finding(), text="a = 1  # pizzaguard: ignore[unused-suppression]\n")
    assert names(outcome) == ["unused-suppression", "suppression-without-reason"]


def test_a_suppression_that_silences_nothing_is_reported() -> None:
    text = "a = 1  # pizzaguard: ignore[suppression-without-reason] -- why\n"
    assert names(triaged(text=text, ran=("suppression-without-reason",))) == ["unused-suppression"]


def test_a_suppression_of_a_rule_that_did_not_run_is_left_alone() -> None:
    assert names(triaged(text="a = 1  # pizzaguard: ignore[suppression-without-reason] -- why\n")) == []


def test_a_suppression_of_an_unknown_rule_is_reported_with_the_right_name() -> None:
    (entry,) = triaged(text="a = 1  # pizzaguard: ignore[unused-supression] -- why\n").findings
    assert entry.rule.name == "unknown-rule-in-suppression"
    assert "did you mean 'unused-suppression'" in entry.message


def test_a_suppression_of_no_rule_is_reported() -> None:
    assert names(triaged(text="a = 1  # pizzaguard: ignore -- why\n")) == ["unknown-rule-in-suppression"]


def test_findings_that_others_silenced_are_listed_with_ours() -> None:
    outcome = triage(
        (), {}, (), options=Options(), line_of=lambda *_: None, already=[SuppressedFinding(finding(), "nosec")]
    )
    assert [entry.justification for entry in outcome.suppressed] == ["nosec"]


@pytest.mark.parametrize(
    ("options", "left"),
    [
        (Options(select=frozenset({"shadowed-route"})), ["shadowed-route"]),
        (Options(ignore=frozenset({"shadowed-route"})), ["unused-suppression"]),
        (Options(min_severity=Severity.MEDIUM), ["shadowed-route"]),
        (Options(config=Config(per_path_ignores=(("*.py", frozenset({"shadowed-route"})),))), ["unused-suppression"]),
        (
            Options(config=Config(per_path_ignores=(("api", frozenset({"shadowed-route"})),))),
            ["shadowed-route", "unused-suppression"],
        ),
    ],
    ids=["select", "ignore", "min-severity", "per-path", "other path"],
)
def test_options_choose_what_is_reported(options: Options, left: list[str]) -> None:
    assert names(triaged(finding(), finding(rule=OTHER), options=options)) == left


@pytest.mark.parametrize(
    ("report", "options", "failure"),
    [
        (Report(".", ()), Options(), False),
        (Report(".", (finding(severity=Severity.LOW),)), Options(), False),
        (Report(".", (finding(severity=Severity.MEDIUM),)), Options(), True),
        (Report(".", (finding(severity=Severity.HIGH),)), Options(fail_on=Severity.CRITICAL), False),
        (Report(".", (), unknown=1), Options(), False),
        (Report(".", (), unknown=1), Options(strict=True), True),
        (Report(".", (), gaps=(Gap("mount", "dynamic", Span.at("a.py", 1)),)), Options(strict=True), True),
    ],
)
def test_the_audit_fails_from_fail_on_upward_and_when_strict_on_the_unseen(
    report: Report, options: Options, failure: bool
) -> None:
    assert is_failure(report, options) is failure


def test_source_lines_outside_the_root_are_never_shown(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    root = tmp_path / "tree"
    root.mkdir()
    (root / "link.py").symlink_to(tmp_path / "secret")
    sources = Sources(root)
    assert sources.line("link.py", 1) is None
    assert sources.line("../secret", 1) is None
    assert (
        triage([replace(finding(), span=Span.at("link.py", 1))], {}, (), options=Options(), line_of=sources.line)
        .findings[0]
        .span.is_empty
    )
