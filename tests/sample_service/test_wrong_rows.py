"""Every wrong row of the incident's build is found where it stands, and nothing else is called wrong."""

from functools import cache

import pytest

from pizzaguard.audit.checks.registry import NAMES
from pizzaguard.audit.finding import Finding, Severity
from pizzaguard.audit.options import Options
from pizzaguard.audit.pipeline import audit
from tests.sample_service.wrong_rows import ROOT, WRONG_ROWS, WrongRow

FOUND_BY_US = [row for row in WRONG_ROWS if row.rule in NAMES]
PUBLIC_ON_PURPOSE = {
    "POST /api/order/verify",
    "GET /.well-known/jwks.json",
    "POST /api/auth",
    "PUT /api/auth",
    "GET /",
    "GET /api/order/menu",
    "GET /api/franchise",
    "GET /shop/settings.json",
    "GET /api/docs",
}


@cache
def findings() -> tuple[Finding, ...]:
    """Audit the sample service once."""
    return audit((ROOT / "sample_service",), Options(cache=False, bandit=False)).findings


@pytest.mark.parametrize("row", WRONG_ROWS, ids=lambda row: f"{row.rule}: {row.row}")
def test_each_anchor_of_a_wrong_row_names_one_line(row: WrongRow) -> None:
    text = (ROOT / row.file).read_text(encoding="utf-8")

    assert [text.count(anchor) for anchor in row.anchors] == [1] * len(row.anchors)
    assert len(set(row.lines)) == len(row.lines) == len(row.anchors)


def test_every_row_of_the_first_rules_has_its_rule() -> None:
    assert [row.rule for row in WRONG_ROWS if row.stage == 1 and row.rule not in NAMES] == []


@pytest.mark.parametrize("row", FOUND_BY_US, ids=lambda row: f"{row.rule}: {row.row}")
def test_a_wrong_row_is_reported_at_its_line(row: WrongRow) -> None:
    lines = [
        finding.span.line
        for finding in findings()
        if finding.rule.name == row.rule and row.file.endswith(finding.span.path)
    ]

    assert set(lines) & set(row.lines), f"{row.rule} reports lines {lines}, not one of {row.lines}"


def test_what_is_public_on_purpose_is_low() -> None:
    severities = {
        finding.subject: finding.severity for finding in findings() if finding.rule.name == "unauthenticated-route"
    }

    assert {subject: severities.get(subject, Severity.LOW) for subject in PUBLIC_ON_PURPOSE} == dict.fromkeys(
        PUBLIC_ON_PURPOSE, Severity.LOW
    )


def test_no_route_that_is_properly_guarded_is_called_open() -> None:
    wrong = {row.file for row in WRONG_ROWS}
    reported = [
        finding
        for finding in findings()
        if finding.severity > Severity.LOW and not any(file.endswith(finding.span.path) for file in wrong)
    ]

    assert reported == []
