"""What the audit commands share: their configuration, their output, and the words on the command line."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pizzaguard.errors import ConfigError

if TYPE_CHECKING:
    from pizzaguard.audit.config import Config

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def configuration(path: Path, named: Path | None) -> Config:
    """Give the configuration that was named, or the one that holds for the audited path."""
    from pizzaguard.audit import config

    return config.find(path) if named is None else config.load(named)


def rule_names(words: tuple[str, ...], option: str) -> frozenset[str]:
    """Read `--select a,b --select c`; an unknown name is an error that suggests the right one."""
    from pizzaguard.audit.rule_names import is_known, suggestion

    names = [name.strip() for word in words for name in word.split(",") if name.strip()]
    for name in names:
        if not is_known(name):
            near = suggestion(name)
            message = f"{option}: there is no rule '{name}'"
            raise ConfigError(message, advice=f"did you mean '{near}'?" if near else "'pizzaguard rules' lists them")
    return frozenset(names)


def wants_color(output: Path | None) -> bool:
    """Tell whether to colour: only on a terminal, and never against NO_COLOR (https://no-color.org)."""
    return (
        output is None and sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    )


def write(text: str, output: Path | None) -> None:
    """Write a report as UTF-8 whatever the locale says, to a file or to standard output."""
    encoded = text.encode("utf-8", "backslashreplace")
    if output is None:
        sys.stdout.buffer.write(encoded)
        sys.stdout.buffer.flush()
        return
    try:
        output.write_bytes(encoded)
    except OSError as error:
        message = f"--output: cannot write '{output}': {error.strerror}"
        raise ConfigError(message, advice="name a file in a folder that exists and can be written") from error


def shared_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that `audit` and `routes` have in common."""
    options: tuple[Decorator, ...] = (
        click.option("--output", type=click.Path(path_type=Path), help="Write the report to a file."),
        click.option(
            "--config",
            "config_file",
            type=click.Path(path_type=Path),
            help="Read this configuration and no other.",
        ),
        click.option("--strict", is_flag=True, help="Fail also on unknown access and on gaps."),
        click.option(
            "--jobs", type=click.IntRange(min=1), help="Use at most this many processes (one is used so far)."
        ),
        click.option("--no-cache", is_flag=True, help="Read everything anew (nothing is remembered so far)."),
    )
    for option in reversed(options):
        function = option(function)
    return function
