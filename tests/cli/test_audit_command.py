"""`pizzaguard audit`: its options, its output and its exit codes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from pizzaguard.audit.output import FORMATS
from pizzaguard.cli import audit as audit_module
from pizzaguard.cli.exit_code import ExitCode
from pizzaguard.cli.main import main

APP = """from fastapi import FastAPI

app = FastAPI()
orders = []


@app.post("/orders")
def create_order(order: dict) -> dict:
    orders.append(order)
    return order
"""
QUIET = ["--no-cache", "--no-bandit", "--jobs", "1"]


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A service that anyone may order from; the current folder of the command."""
    (tmp_path / "shop.py").write_text(APP, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words: str) -> int:
    return main(["audit", *QUIET, *words])


def report(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    document = json.loads(capsys.readouterr().out)
    assert isinstance(document, dict)
    return document


@pytest.mark.usefixtures("shop")
def test_findings_make_the_command_fail(capsys: pytest.CaptureFixture[str]) -> None:
    assert run() == ExitCode.FINDINGS
    shown = capsys.readouterr().out
    assert "[unauthenticated-route]" in shown
    assert "--> shop.py:7:1" in shown
    assert "POST /orders -> shop:create_order" in shown
    assert "pizzaguard explain unauthenticated-route" in shown


@pytest.mark.usefixtures("shop")
def test_fail_on_decides_from_which_severity(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--format", "json", "--fail-on", "critical") == ExitCode.CLEAN
    assert report(capsys)["findings"]


@pytest.mark.usefixtures("shop")
def test_a_rule_that_is_not_asked_for_is_silent(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--format", "json", "--ignore", "unauthenticated-route") == ExitCode.CLEAN
    assert report(capsys)["findings"] == []
    assert run("--format", "json", "--select", "unused-suppression") == ExitCode.CLEAN
    assert report(capsys)["findings"] == []


@pytest.mark.usefixtures("shop")
def test_an_unknown_rule_is_a_usage_error_that_suggests_the_right_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--select", "unused-suppression,unauthenticated-rout") == ExitCode.USAGE
    assert "did you mean 'unauthenticated-route'?" in capsys.readouterr().err


def test_the_configuration_is_obeyed_and_the_command_line_has_the_last_word(shop: Path) -> None:
    (shop / "pizzaguard.toml").write_text('[audit]\nfail-on = "critical"\n', encoding="utf-8")
    assert run() == ExitCode.CLEAN
    assert run("--fail-on", "medium") == ExitCode.FINDINGS


def test_a_named_configuration_replaces_the_one_that_would_be_found(shop: Path) -> None:
    (shop / "pizzaguard.toml").write_text("not toml", encoding="utf-8")
    assert run() == ExitCode.USAGE
    (shop / "mine.toml").write_text('[audit]\nignore = ["unauthenticated-route"]\n', encoding="utf-8")
    assert run("--config", "mine.toml") == ExitCode.CLEAN


def test_a_report_can_go_to_a_file(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--format", "sarif", "--output", "report.sarif") == ExitCode.FINDINGS
    assert capsys.readouterr().out == ""
    assert json.loads((shop / "report.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"


@pytest.mark.usefixtures("shop")
def test_a_report_that_cannot_be_written_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--output", "no/such/folder/report") == ExitCode.USAGE
    assert "cannot write" in capsys.readouterr().err


def test_a_suppression_with_a_reason_makes_the_audit_pass(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    quiet = APP.replace("@app", "# pizzaguard: ignore[unauthenticated-route] -- a demo, never deployed\n@app")
    (shop / "shop.py").write_text(quiet, encoding="utf-8")
    assert run("--format", "json") == ExitCode.CLEAN
    document = report(capsys)
    assert (document["findings"], document["suppressed"]) == ([], 1)


def test_a_path_that_does_not_exist_is_an_audit_that_was_not_done() -> None:
    assert run("no-such-folder") == ExitCode.NOT_DONE


def test_the_formats_on_the_command_line_are_those_of_the_registry() -> None:
    assert tuple(FORMATS) == audit_module.FORMATS


def test_help_does_not_load_the_audit_wing() -> None:
    script = (
        "import sys; from pizzaguard.cli.main import main; main(['audit', '--help'])\n"
        "loaded = [name for name in sys.modules if name.startswith(('pizzaguard.audit', 'libcst', 'rich', 'bandit'))]\n"
        "sys.exit(f'loaded: {loaded}' if loaded else 0)"
    )
    subprocess.run([sys.executable, "-c", script], check=True, capture_output=True)
