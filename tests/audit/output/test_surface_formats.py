"""The formats of `pizzaguard routes`."""

import csv
import json
import os
from dataclasses import replace
from importlib import resources
from pathlib import Path

import jsonschema
import pytest

from pizzaguard.audit.output.surface import FORMATS, renderer
from pizzaguard.audit.surface.nouns import RouteSurface

SNAPSHOTS = Path(__file__).parent / "snapshots"


@pytest.mark.parametrize("name", FORMATS)
def test_a_whole_surface_looks_like_its_snapshot(name: str, surface: RouteSurface) -> None:
    """With PIZZAGUARD_UPDATE_SNAPSHOTS=1 the snapshots are written anew, to be read in the diff."""
    snapshot = SNAPSHOTS / f"surface.{name}"
    rendered = renderer(name).render(surface)
    if os.environ.get("PIZZAGUARD_UPDATE_SNAPSHOTS"):
        snapshot.write_text(rendered, encoding="utf-8")
    assert rendered == snapshot.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", FORMATS)
def test_no_character_of_a_surface_hides_or_moves_another(name: str, surface: RouteSurface) -> None:
    hostile = replace(surface.routes[0], path="/\x1b[2J\u202e", handler="a\nb")
    rendered = renderer(name).render(replace(surface, routes=(hostile,)))
    assert all(line.isprintable() for line in rendered.split("\n"))


def test_json_keeps_its_contract(surface: RouteSurface) -> None:
    text = resources.files("pizzaguard.audit.output").joinpath("schemas", "routes-1.schema.json").read_text("utf-8")
    jsonschema.Draft202012Validator(json.loads(text)).validate(json.loads(renderer("json").render(surface)))


@pytest.mark.parametrize("handler", ["=cmd()", "+1", "-1", "@a", "  =cmd()", "\t=cmd()"])
def test_a_cell_that_a_spreadsheet_would_run_is_quoted(handler: str, surface: RouteSurface) -> None:
    rendered = renderer("csv").render(replace(surface, routes=(replace(surface.routes[0], handler=handler),)))
    (row,) = csv.DictReader(rendered.splitlines())
    assert row["handler"][0] in "'\\"


def test_a_name_cannot_break_out_of_its_markdown_cell(surface: RouteSurface) -> None:
    row = renderer("markdown").render(surface).splitlines()[3]
    assert r"`` /live\|`x` ``" in row
    assert row.replace(r"\|", "").count("|") == 8


def test_an_empty_surface_says_so(surface: RouteSurface) -> None:
    assert renderer("table").render(replace(surface, routes=(), gaps=(), apps=())) == "0 routes of 0 apps; 0 gaps\n"


def test_the_table_is_coloured_only_when_asked(surface: RouteSurface) -> None:
    assert "\x1b[" not in renderer("table").render(surface)
    assert "\x1b[" in renderer("table").render(surface, color=True)
