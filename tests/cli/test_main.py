import os
import subprocess
import sys
from pathlib import Path
from time import perf_counter

import pytest

import pizzaguard
from pizzaguard.cli.commands import COMMANDS, DEBUG, CommandTable
from pizzaguard.cli.main import main
from tests.cli.troubles import ROWS

ROOT = Path(__file__).parents[2]
TRIED = (
    "import sys; from pizzaguard.cli.main import main; from tests.cli.troubles import ROWS; sys.exit(main(rows=ROWS))"
)


def run(*words: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run Python with `words`, in a process of its own that finds the package in this checkout."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONSAFEPATH"}
    return subprocess.run(
        [sys.executable, *words],
        cwd=cwd,
        env=environment | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_help_lists_every_command_with_its_summary(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0

    lines = [line.split(maxsplit=1) for line in capsys.readouterr().out.partition("Commands:")[2].splitlines() if line]
    assert lines == [[name, row.summary] for name, row in COMMANDS.items()]


def test_the_readme_shows_the_help_as_it_is(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    main(["--help"])

    assert f"$ pizzaguard --help\n{capsys.readouterr().out}```\n" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.slow
def test_help_comes_within_150_milliseconds() -> None:
    def once() -> float:
        start = perf_counter()
        run("-m", "pizzaguard", "--help")
        return perf_counter() - start

    assert min(once() for _ in range(10)) < 0.150


def test_version_is_the_package_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"pizzaguard {pizzaguard.__version__}\n"


@pytest.mark.parametrize("name", COMMANDS)
def test_each_row_of_the_table_leads_to_a_command_with_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([name, "--help"]) == 0

    out = capsys.readouterr().out
    assert out.startswith(f"Usage: pizzaguard {name}")
    assert "--debug" in out


def test_asking_twice_for_a_command_gives_it_the_debug_option_once() -> None:
    program = CommandTable("pizzaguard", ROWS, "")
    context = program.make_context("pizzaguard", ["clean"])

    assert program.get_command(context, "clean") is program.get_command(context, "clean")
    command = program.get_command(context, "clean")
    assert command is not None
    assert command.params.count(DEBUG) == 1


def test_a_command_that_ends_well_is_clean(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["clean"], ROWS) == 0
    assert capsys.readouterr().out == "all is well\n"


def test_the_exit_code_of_a_command_is_the_exit_code_of_the_program() -> None:
    assert main(["findings"], ROWS) == 1


@pytest.mark.parametrize(
    ("words", "code", "message", "advice"),
    [
        (
            ["config"],
            2,
            "expected a list in 'audit.roots', got 'src'",
            "correct the configuration key or option that the message names",
        ),
        (
            ["collection"],
            3,
            r"no such folder 'sr\x1b[2Jc'\nerror: none",
            "check that the path exists, can be read and lies inside the audited root",
        ),
        (
            ["bug"],
            3,
            "unexpected IndexError: pop from empty list",
            "this is a fault of pizzaguard: run the command again with --debug, and report what it shows",
        ),
        (
            ["disk"],
            3,
            "[Errno 13] Permission denied: 'report.json'",
            "check the path that the message names, and its permissions",
        ),
        (["extra"], 3, "'module_of_an_extra' is not installed", "pip install 'pizzaguard[audit]'"),
        (
            ["own-module"],
            3,
            "unexpected ModuleNotFoundError: No module named 'pizzaguard.no_such_module'",
            "this is a fault of pizzaguard: run the command again with --debug, and report what it shows",
        ),
    ],
)
def test_a_failure_is_one_line_and_one_line_of_advice(
    words: list[str], code: int, message: str, advice: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words, ROWS) == code
    assert capsys.readouterr().err == f"error: {message}\n  {advice}\n"


@pytest.mark.parametrize(
    ("words", "named", "advice"),
    [
        (["no-such-command"], "no-such-command", "see 'pizzaguard --help'"),
        (["--no-such-option"], "--no-such-option", "see 'pizzaguard --help'"),
        (["clean", "--no-such-option"], "--no-such-option", "see 'pizzaguard clean --help'"),
        (["clean", "too\x1bmuch"], r"too\x1bmuch", "see 'pizzaguard clean --help'"),
    ],
)
def test_a_wrong_command_line_is_a_usage_error(
    words: list[str], named: str, advice: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words, ROWS) == 2

    message, second = capsys.readouterr().err.splitlines()
    assert message.startswith("error: ")
    assert named in message
    assert second == f"  {advice}"


def test_no_command_at_all_shows_the_help_and_is_no_pass(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2

    captured = capsys.readouterr()
    assert captured.out == ""
    assert "Commands:" in captured.err


@pytest.mark.parametrize("words", [["--debug", "collection"], ["collection", "--debug"]])
def test_debug_shows_the_traceback_before_the_line_and_nothing_unprintable(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words, ROWS) == 3

    err = capsys.readouterr().err
    assert err.startswith("Traceback (most recent call last):\n")
    assert "troubles.py" in err
    assert "\x1b" not in err
    assert err.splitlines()[-2].startswith("error: no such folder")


def test_an_interrupt_ends_the_program_as_a_shell_expects() -> None:
    ended = run("-c", TRIED, "interrupt")

    assert ended.returncode == 130
    assert "Traceback" not in ended.stderr


def test_a_reader_that_leaves_ends_the_program_quietly_and_is_no_pass() -> None:
    reading, writing = os.pipe()
    words = [sys.executable, "-c", TRIED, "flood"]
    with subprocess.Popen(words, cwd=ROOT, stdout=writing, stderr=subprocess.PIPE) as flood:
        os.close(writing)
        os.read(reading, 10)
        os.close(reading)
        _, err = flood.communicate(timeout=30)

    assert flood.returncode == 141
    assert err == b""


def test_without_the_audit_extra_an_audit_names_it_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text("from fastapi import FastAPI\napp = FastAPI()\n@app.get('/')\ndef root(): ...\n")
    without = "import sys; sys.modules.update(libcst=None); from pizzaguard.cli.main import main; sys.exit(main())"

    ended = run("-c", without, "routes", "--no-cache", cwd=tmp_path)

    assert ended.returncode == 3
    message, advice = ended.stderr.splitlines()
    assert message == "error: 'libcst' is not installed"
    assert advice == "  pip install 'pizzaguard[audit]'"


def test_running_the_package_as_a_module_runs_nothing_of_the_working_directory(tmp_path: Path) -> None:
    for name in ("click", "traceback", "rich"):
        (tmp_path / f"{name}.py").write_text("print('hostile')")

    ended = run("-m", "pizzaguard", "--version", cwd=tmp_path)

    assert ended.stdout == f"pizzaguard {pizzaguard.__version__}\n"
    assert ended.returncode == 0
