"""`pizzaguard demo`: replays the incident on loopback, then audits the service that it happened to.

The incident runs in a process of its own, as the sample service is no part of pizzaguard; it tells each step as a line
of JSON. The audit reads the same service's source.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple

import click

import pizzaguard
from pizzaguard.cli.exit_code import ExitCode
from pizzaguard.errors import PizzaguardError

if TYPE_CHECKING:
    from pizzaguard.audit.finding import Report
    from pizzaguard.cli.timeline import Timeline

NEEDED = ("fastapi", "uvicorn", "sqlalchemy", "aiosqlite", "argon2", "httpx", "libcst", "rich")
STOP_SECONDS = 10


class Sample(NamedTuple):
    """Where the sample service lies: beside the package in a checkout, inside it when installed."""

    module: str
    folder: Path

    @classmethod
    def find(cls) -> Sample:
        """Find it."""
        package = Path(pizzaguard.__file__).parent
        if (package / "sample_service").is_dir():
            return cls("pizzaguard.sample_service", package / "sample_service")
        return cls("sample_service", package.parent / "sample_service")

    @property
    def search_path(self) -> Path:
        """The folder from which its name can be imported."""
        return self.folder.parents[self.module.count(".")]


@click.command(name="demo", short_help="Replay the incident, then audit what made it possible.")
@click.option("--json", "as_json", is_flag=True, help="Give the figures, the steps and the findings as JSON.")
@click.option("--serve", is_flag=True, help="Stop while nothing can be bought, and keep the shop open until Ctrl-C.")
def command(*, as_json: bool, serve: bool) -> ExitCode:
    """Replay the incident that pizzaguard began with, then audit the service that it happened to.

    A pizza shop and its factory start on free ports of this machine. Somebody schedules a chaos test, which waits for
    the next day; a clock that can be moved brings it about at once. Nothing leaves this machine, nothing stays on it.

    Exit code: 0 the incident went as it went then, 3 it did not.
    """
    if as_json and serve:
        raise click.UsageError("--json and --serve do not go together: a shop that is open has no figures yet")
    for name in NEEDED:
        if find_spec(name) is None:
            raise ModuleNotFoundError(name=name)
    sample = Sample.find()
    if not sample.folder.is_dir():
        raise PizzaguardError(
            "the sample service is not there",
            advice="install pizzaguard from a wheel, or run it in a checkout of its repository",
        )
    if as_json:
        click.echo(json.dumps(_documents(sample), indent=2))
    else:
        _show(sample, serve=serve)
    return ExitCode.CLEAN


def _documents(sample: Sample) -> dict[str, Any]:
    """Give the whole demo as plain values."""
    from pizzaguard.audit.output.json import finding_document
    from pizzaguard.cli.lessons import learn

    (incident,) = [line["incident"] for line in _play(sample, serve=False) if "incident" in line]
    report = _audit(sample)
    return {
        "incident": incident,
        "findings": [finding_document(finding) for finding in report.findings],
        "lessons": [lesson.to_document() for lesson in learn(report)],
    }


def _show(sample: Sample, *, serve: bool) -> None:
    """Tell the demo to a person, as it happens."""
    from pizzaguard.cli.lessons import learn
    from pizzaguard.cli.timeline import Timeline

    timeline = Timeline()
    timeline.open()
    for line in _play(sample, serve=serve):
        _tell(timeline, line)
    if not serve:
        report = _audit(sample)
        timeline.teach(learn(report), _prefix(report.root), len(report.findings), report.routes)


def _tell(timeline: Timeline, line: dict[str, Any]) -> None:
    match line:
        case {"step": step}:
            timeline.add(step)
        case {"incident": incident}:
            timeline.close(incident)
        case {"serving": shop}:
            timeline.serve(shop)


def _audit(sample: Sample) -> Report:
    """Audit the sample service as it stands, by its own configuration or none."""
    from pizzaguard.audit.options import Options
    from pizzaguard.audit.pipeline import audit

    return audit((sample.folder,), Options(cache=False))


def _prefix(root: str) -> str:
    """Give what leads from the working directory to the audited folder, so that a place can be clicked on."""
    try:
        return Path(root).resolve().relative_to(Path.cwd()).as_posix() + "/"
    except ValueError:
        return Path(root).as_posix() + "/"


def _play(sample: Sample, *, serve: bool) -> Iterator[dict[str, Any]]:
    """Play the incident, and give what it tells, line by line."""
    with tempfile.TemporaryFile() as complaints:
        with _running(sample, complaints, serve=serve) as process:
            for line in process.stdout or ():
                yield json.loads(line)
            code = process.wait()
        if code != 0:
            complaints.seek(0)
            words = complaints.read().decode(errors="replace").strip().splitlines()
            raise PizzaguardError(
                f"the incident did not play: {words[-1] if words else f'its process ended with {code}'}",
                advice=f"run 'python -m {sample.module}.incident' to see all that it says",
            )


@contextmanager
def _running(sample: Sample, complaints: IO[bytes], *, serve: bool) -> Iterator[subprocess.Popen[str]]:
    """Run the incident's process, which has stopped and cleaned up when this ends, however it ends.

    It has a session of its own, so that Ctrl-C reaches this process alone and the other is told once. If this process
    is killed, the other finds its standard input at an end. `-P` keeps the working directory off the import path: it
    is no place to take code from.
    """
    found = [str(sample.search_path), *filter(None, [os.environ.get("PYTHONPATH")])]
    process = subprocess.Popen(  # noqa: S603 - our own interpreter, our own module
        [sys.executable, "-P", "-m", f"{sample.module}.incident", *(["--serve"] if serve else [])],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(found)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=complaints,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    )
    with process:
        try:
            yield process
        finally:
            _stop(process)


def _stop(process: subprocess.Popen[str]) -> None:
    """Let a process end; one that does not listen is killed."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
