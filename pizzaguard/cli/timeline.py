"""The incident as a person reads it: a line a step, the figures, and what the audit would have said."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.text import Text

if TYPE_CHECKING:
    from pizzaguard.cli.lessons import Lesson

PLAIN_WIDTH = 120
PHASES = {"before": "Before", "during": "Chaos reigns", "after": "Afterwards"}
GOOD, BAD, QUIET, HEAD = "green", "red", "dim", "bold"
LOWEST_ERROR = 400


class Timeline:
    """Prints to standard output; in colour on a terminal, unless NO_COLOR says otherwise."""

    def __init__(self) -> None:
        width = None if sys.stdout.isatty() else int(os.environ.get("COLUMNS", PLAIN_WIDTH))
        self._console = Console(highlight=False, markup=False, emoji=False, width=width)
        self._phase = ""
        self._pending: tuple[dict[str, Any], int] | None = None

    def open(self) -> None:
        """Say what is to come."""
        self._console.print(Text("The incident of 26 November 2025, once more, on this machine alone", HEAD))

    def add(self, step: dict[str, Any]) -> None:
        """Add a step; the same again and again becomes one line, with how often."""
        if self._pending is not None:
            first, times = self._pending
            if all(first[name] == step[name] for name in ("key", "phase", "status", "failed")):
                self._pending = (first, times + 1)
                return
        self._flush()
        self._pending = (step, 1)

    def close(self, incident: dict[str, Any]) -> None:
        """Show the figures."""
        self._flush()
        self._console.print()
        self._console.print(Text(f"  {'purchases':<16}{'attempts':>10}{'failed':>10}", QUIET))
        for phase, title in PHASES.items():
            tally = incident[phase]
            figures = f"  {title.lower():<16}{tally['attempts']:>10}"
            failed = (f"{tally['failed']:>10}", BAD if tally["failed"] else GOOD)
            self._console.print(Text.assemble(figures, failed))

    def serve(self, shop: dict[str, str]) -> None:
        """Say where the shop is, and what to do there."""
        self._flush()
        lines = (
            ("open ", shop["shop"]),
            ("log in as ", f"{shop['email']} with the password {shop['password']}"),
            ("buy a pizza, ", "and see what the shop answers; Ctrl-C closes it"),
        )
        self._console.print()
        for quiet, loud in lines:
            self._console.print(Text.assemble("  ", (quiet, QUIET), loud), soft_wrap=True)

    def teach(self, lessons: Iterable[Lesson], prefix: str, findings: int, routes: int) -> None:
        """Show what an audit would have said about each step, the day before."""
        self._console.print()
        self._console.print(Text("What 'pizzaguard audit' would have said the day before", HEAD))
        for lesson in lessons:
            self._console.print()
            self._console.print(Text(f"  {lesson.turn.words}"))
            if not lesson.findings:
                self._console.print(Text("    nothing: no finding names this step", BAD))
            for finding in lesson.findings:
                place = f"{prefix}{finding.span}"
                self._console.print(
                    Text.assemble("    ", (finding.rule.name, BAD), "  ", (finding.subject, HEAD), "  ", place),
                    soft_wrap=True,
                )
        self._console.print()
        self._console.print(
            Text(f"  {findings} findings on {routes} routes; see them all with: pizzaguard audit {prefix}")
        )

    def _flush(self) -> None:
        """Print the step that waited for another like it."""
        if self._pending is None:
            return
        step, times = self._pending
        self._pending = None
        if step["phase"] != self._phase:
            self._phase = step["phase"]
            self._console.print()
            self._console.print(Text(PHASES[self._phase], HEAD))
        self._console.print(_line(step, times), soft_wrap=True)
        for note in (step["request"], step["answer"]):
            if note and step["key"] != "diner-buys":
                self._console.print(Text(f"{'':19}{note}", QUIET), soft_wrap=True)


def _line(step: dict[str, Any], times: int) -> Text:
    at = datetime.fromisoformat(step["at"]).strftime("%H:%M")
    what = step["what"] if times == 1 else f"{step['what']}, {times} times"
    line = Text.assemble("  ", (at, QUIET), "  ", f"{step['who']:<10}", what)
    if step["status"] is not None:
        is_bad = step["failed"] or step["status"] >= LOWEST_ERROR
        line.append(f"  {step['status']}", BAD if is_bad else GOOD)
    if step["key"] == "diner-buys":
        line.append(f"  {step['answer']}", QUIET)
    return line
