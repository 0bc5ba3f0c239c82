"""`pizzaguard rules` and `pizzaguard explain`."""

import json

import pytest

from pizzaguard.audit import rulebook
from pizzaguard.cli.exit_code import ExitCode
from pizzaguard.cli.main import main


def test_rules_lists_every_rule_with_its_severity(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules"]) == ExitCode.CLEAN
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[:-2]] == list(rulebook.names())
    assert lines[-1].startswith(f"{len(rulebook.names())} rules")


def test_rules_as_json_name_the_same_rules(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "--format", "json"]) == ExitCode.CLEAN
    document = json.loads(capsys.readouterr().out)
    assert document["schema"] == "pizzaguard.rules/1"
    assert [rule["name"] for rule in document["rules"]] == list(rulebook.names())


def test_explain_prints_the_page_as_it_is_when_nobody_looks(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "unused-suppression"]) == ExitCode.CLEAN
    assert capsys.readouterr().out == rulebook.rule("unused-suppression").help


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("unused-supression", "did you mean 'unused-suppression'?"),
        ("zzz", "'pizzaguard rules' lists them"),
        ("../SECURITY", "'pizzaguard rules' lists them"),
        ("bandit:B105", "see bandit's own documentation"),
    ],
)
def test_explain_refuses_a_rule_that_has_no_page(name: str, advice: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", name]) == ExitCode.USAGE
    assert advice in capsys.readouterr().err
