from pathlib import Path

import pytest

CONFTEST = Path(__file__).with_name("conftest.py")
SUITE = """
import pytest

@pytest.mark.service("no-such-program")
def test_needs_a_missing_program():
    pass

@pytest.mark.service("sh")
def test_needs_a_program_that_is_there():
    pass

@pytest.mark.service()
def test_forgets_to_name_its_program():
    pass

def test_needs_vectors(vectors):
    assert (vectors / "one.json").is_file()

@pytest.mark.browser
def test_needs_a_browser():
    pass
"""


@pytest.fixture
def suite(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.delenv("PIZZAGUARD_VECTORS", raising=False)
    pytester.makeini("[pytest]\nmarkers =\n    service\n    browser\n")
    pytester.makeconftest(CONFTEST.read_text(encoding="utf-8"))
    pytester.makepyfile(SUITE)
    return pytester


def outcomes(suite: pytest.Pytester) -> dict[str, str]:
    """Run the suite; give each test's outcome, with what pytest prints as its reason."""
    reports = suite.inline_run("-p", "no:cacheprovider").getreports("pytest_runtest_logreport")
    worst = ("failed", "skipped", "passed")
    found: dict[str, str] = {}
    for report in reports:
        name = report.nodeid.partition("::")[2]
        found[name] = min(report.outcome, found.get(name, "passed"), key=worst.index)
    return found


def test_on_a_developers_machine_what_is_missing_is_skipped(
    suite: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/bin:/usr/bin")
    found = outcomes(suite)

    assert found["test_needs_a_missing_program"] == "skipped"
    assert found["test_needs_vectors"] == "skipped"
    assert found["test_needs_a_program_that_is_there"] == "passed"
    assert found["test_forgets_to_name_its_program"] == "failed"


def test_in_ci_what_is_missing_fails(suite: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    found = outcomes(suite)

    assert found["test_needs_a_missing_program"] == "failed"
    assert found["test_needs_vectors"] == "failed"
    assert found["test_needs_a_program_that_is_there"] == "passed"


def test_without_a_browser_on_the_path_a_browser_test_is_skipped(
    suite: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(suite.mkdir("empty")))

    assert outcomes(suite)["test_needs_a_browser"] == "skipped"


def test_the_vectors_are_read_where_the_environment_says(
    suite: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = suite.mkdir("vectors")
    (folder / "one.json").write_text("{}", encoding="utf-8")
    monkeypatch.setenv("PIZZAGUARD_VECTORS", str(folder))

    assert outcomes(suite)["test_needs_vectors"] == "passed"


def test_a_wrong_folder_of_vectors_is_not_taken_for_none(
    suite: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIZZAGUARD_VECTORS", str(suite.path / "gone"))
    monkeypatch.setenv("CI", "true")

    assert outcomes(suite)["test_needs_vectors"] == "failed"
