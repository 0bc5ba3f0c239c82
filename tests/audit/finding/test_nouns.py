"""The nouns of the audit wing."""

import pytest

from pizzaguard.audit.finding import Confidence, Finding, Report, Rule, Severity, Span

RULE = Rule("unauthenticated-route", "route reachable without authentication", Severity.HIGH, Confidence.MEDIUM)


def finding(message: str = "route has no authentication", *, line: int = 3, **more: object) -> Finding:
    return Finding.of(RULE, Span.at("shop/orders.py", line), message, **more)  # type: ignore[arg-type]


def test_severities_compare_as_people_mean_them() -> None:
    assert max(Severity.LOW, Severity.CRITICAL, Severity.MEDIUM) is Severity.CRITICAL


def test_a_severity_is_written_and_read_as_one_lower_case_word() -> None:
    assert [Severity.parse(severity.word) for severity in Severity] == list(Severity)


@pytest.mark.parametrize("parse", [Severity.parse, Confidence.parse])
def test_an_unknown_word_is_refused_and_the_known_ones_are_named(parse: object) -> None:
    with pytest.raises(ValueError, match="low, medium, high"):
        parse("dire")  # type: ignore[operator]


def test_a_span_without_an_end_is_empty_and_reads_as_a_place() -> None:
    span = Span.at("shop/orders.py", 12)
    assert span.is_empty
    assert str(span) == "shop/orders.py:12"


def test_a_span_with_an_end_column_ends_on_its_own_line() -> None:
    span = Span.at("a.py", 4, 5, end_column=9)
    assert not span.is_empty
    assert (span.end.line, span.end.column) == (4, 9)


def test_a_finding_takes_severity_and_confidence_from_its_rule() -> None:
    assert (finding().severity, finding().confidence) == (Severity.HIGH, Confidence.MEDIUM)


def test_a_check_that_knows_better_overrules_its_rule() -> None:
    assert finding(severity=Severity.LOW).severity is Severity.LOW


def test_a_fingerprint_survives_a_move_within_the_file() -> None:
    assert finding(line=3).fingerprint == finding(line=300).fingerprint


def test_a_fingerprint_survives_a_reworded_message() -> None:
    before = finding("no guard before 'create_order'")
    after = finding("nothing checks who calls 'create_order'")
    assert before.fingerprint == after.fingerprint


@pytest.mark.parametrize(
    "other",
    [
        finding("flag 'DEBUG' is read"),
        finding(handler="shop.orders:cancel"),
        finding(subject="GET /orders"),
        Finding.of(RULE, Span.at("shop/menu.py", 3), "route has no authentication"),
    ],
    ids=["quoted value", "handler", "subject", "file"],
)
def test_a_fingerprint_tells_different_faults_apart(other: Finding) -> None:
    assert finding().fingerprint != other.fingerprint


def test_a_fingerprint_can_be_made_of_names_that_are_no_unicode_text() -> None:
    assert len(Finding.of(RULE, Span.at("caf\udce9.py", 1), "m").fingerprint) == 32


def test_the_worst_of_a_report_is_its_highest_severity() -> None:
    report = Report(root=".", findings=(finding(), finding(severity=Severity.CRITICAL)))
    assert report.worst is Severity.CRITICAL


def test_a_clean_report_has_no_worst() -> None:
    assert Report(root=".", findings=()).worst is None
