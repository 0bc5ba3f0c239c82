"""The program `pizzaguard`: runs one command, and turns whatever ends it into an exit code.

A failure is one line on stderr and one line of advice; the traceback is for those who ask with `--debug`.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import click

from pizzaguard import __version__
from pizzaguard.cli.commands import COMMANDS, CommandTable, Row
from pizzaguard.cli.exit_code import ExitCode
from pizzaguard.errors import ConfigError, PizzaguardError


class _Failure(NamedTuple):
    """What the user is told about an exception."""

    message: str
    advice: str
    code: ExitCode


def main(arguments: Sequence[str] | None = None, rows: Mapping[str, Row] = COMMANDS) -> int:
    """Run the command that `arguments` (the process's own, if None) name among `rows`; return its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        code = _run(words, rows)
        sys.stdout.flush()  # a reader that has gone shows here, and not while the interpreter shuts down
    except (KeyboardInterrupt, click.Abort):
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        _discard_output()
        return ExitCode.READER_LEFT
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return ExitCode.USAGE
    except Exception as error:  # noqa: BLE001 - the outermost frame: a user gets a line, a developer asks for --debug
        return _report(error, words, rows)
    return code


def _run(words: list[str], rows: Mapping[str, Row]) -> int:
    program = CommandTable("pizzaguard", rows, "Prove who may reach every route of a Python web back end.")
    click.version_option(__version__, message="%(prog)s %(version)s")(program)
    try:
        with program.make_context("pizzaguard", words.copy()) as context:
            code = program.invoke(context)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    return code if isinstance(code, int) else ExitCode.CLEAN


def _report(error: Exception, words: Sequence[str], rows: Mapping[str, Row]) -> ExitCode:
    from pizzaguard.audit.printable import printable

    failure = _describe(error, words, rows)
    if "--debug" in words:
        for line in "".join(traceback.format_exception(error)).splitlines():
            click.echo(printable(line), err=True)
    click.echo(f"error: {printable(failure.message)}", err=True)
    click.echo(f"  {printable(failure.advice)}", err=True)
    return failure.code


def _describe(error: Exception, words: Sequence[str], rows: Mapping[str, Row]) -> _Failure:
    match error:
        case PizzaguardError():
            code = ExitCode.USAGE if isinstance(error, ConfigError) else ExitCode.NOT_DONE
            return _Failure(str(error), error.advice, code)
        case click.UsageError():
            command = error.ctx.command_path if error.ctx else "pizzaguard"
            return _Failure(error.format_message(), f"see '{command} --help'", ExitCode.USAGE)
        case click.ClickException():
            return _Failure(error.format_message(), "see 'pizzaguard --help'", ExitCode.USAGE)
        case ModuleNotFoundError(name=str(name)) if not name.startswith("pizzaguard"):
            return _Failure(
                f"'{name.partition('.')[0]}' is not installed",
                f"pip install 'pizzaguard[{_extra(words, rows)}]'",
                ExitCode.NOT_DONE,
            )
        case OSError():
            return _Failure(str(error), "check the path that the message names, and its permissions", ExitCode.NOT_DONE)
        case _:
            return _Failure(
                f"unexpected {type(error).__name__}: {error}",
                "this is a fault of pizzaguard: run the command again with --debug, and report what it shows",
                ExitCode.NOT_DONE,
            )


def _extra(words: Sequence[str], rows: Mapping[str, Row]) -> str:
    """Name the extra of the command; that is the first word that is no option, as those before it take no value."""
    command = next((word for word in words if not word.startswith("-")), "")
    return rows[command].extra if command in rows else "all"


def _discard_output() -> None:
    """Send what is still buffered nowhere, or the interpreter complains about it at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
