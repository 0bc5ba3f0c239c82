"""`pizzaguard routes`: its formats and its exit codes."""

import csv
import json
from pathlib import Path

import pytest

from pizzaguard.audit.output.surface import FORMATS
from pizzaguard.cli import routes as routes_module
from pizzaguard.cli.exit_code import ExitCode
from pizzaguard.cli.main import main

APP = """from fastapi import FastAPI

app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)


@app.get("/menu")
def menu() -> list[str]:
    return ["veggie"]
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    (tmp_path / "shop.py").write_text(APP, encoding="utf-8")
    return tmp_path


def run(*words: object) -> int:
    return main(["routes", "--no-cache", "--jobs", "1", *map(str, words)])


def test_json_gives_the_route_with_its_place(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(shop, "--format", "json") == ExitCode.CLEAN
    (route,) = json.loads(capsys.readouterr().out)["routes"]
    assert (route["app"], route["methods"], route["path"], route["handler"]) == (
        "shop:app",
        ["GET"],
        "/menu",
        "shop:menu",
    )
    assert (route["file"], route["line"], route["access"]) == ("shop.py", 6, "public")


def test_the_table_ends_with_what_was_seen(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(shop) == ExitCode.CLEAN
    assert capsys.readouterr().out.splitlines()[-1] == "1 route of 1 app: 1 public; 0 gaps"


def test_csv_can_go_to_a_file(shop: Path, tmp_path: Path) -> None:
    assert run(shop, "--format", "csv", "--output", tmp_path / "routes.csv") == ExitCode.CLEAN
    (row,) = csv.DictReader((tmp_path / "routes.csv").read_text(encoding="utf-8").splitlines())
    assert row["path"] == "/menu"


def test_strict_fails_on_what_could_not_be_seen(shop: Path) -> None:
    assert run(shop, "--strict") == ExitCode.CLEAN
    (shop / "shop.py").write_text(APP + "\nimport plugins\napp.include_router(plugins.find())\n", encoding="utf-8")
    assert run(shop) == ExitCode.CLEAN
    assert run(shop, "--strict") == ExitCode.FINDINGS


def test_the_formats_on_the_command_line_are_those_of_the_registry() -> None:
    assert tuple(FORMATS) == routes_module.FORMATS
