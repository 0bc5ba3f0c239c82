"""The commands: one row each, read without importing any of them."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import NamedTuple

import click

DEBUG = click.Option(["--debug"], is_flag=True, expose_value=False, help="Show the traceback of an error.")
"""The one option that the program and each of its commands understand."""


class Row(NamedTuple):
    """A command as the table knows it."""

    target: str
    """Where it lies: `module:attribute`, a `click.Command`."""
    summary: str
    """Its line in `pizzaguard --help`."""
    extra: str
    """The extra that brings what it needs beyond the base install."""


COMMANDS: Mapping[str, Row] = MappingProxyType(
    {
        "audit": Row("pizzaguard.cli.audit:command", "Report what lets strangers in.", "audit"),
        "routes": Row("pizzaguard.cli.routes:command", "List every route with the guards before it.", "audit"),
        "rules": Row("pizzaguard.cli.rules:command", "List the rules.", "audit"),
        "explain": Row("pizzaguard.cli.explain:command", "Print the page of a rule.", "audit"),
        "demo": Row("pizzaguard.cli.demo:command", "Replay the incident, then audit what made it possible.", "sample"),
    }
)
"""Every command, in the order in which `--help` shows them."""


class CommandTable(click.Group):
    """A group that imports a command only when that command is asked for, so that `--help` costs nothing."""

    def __init__(self, name: str, rows: Mapping[str, Row], summary: str) -> None:
        super().__init__(name, help=summary, params=[DEBUG], context_settings={"help_option_names": ["-h", "--help"]})
        self.rows = rows

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Name the commands in the table's order."""
        return list(self.rows)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Import the command called `cmd_name`; None if the table has no such row."""
        row = self.rows.get(cmd_name)
        if row is None:
            return None
        module, _, attribute = row.target.partition(":")
        command = getattr(import_module(module), attribute)
        if not isinstance(command, click.Command):
            message = f"'{row.target}' is not a click command"
            raise TypeError(message)
        if DEBUG not in command.params:
            command.params.append(DEBUG)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the commands' part of `--help` from the table alone."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, row.summary) for name, row in self.rows.items()])
