"""`pizzaguard routes`: every route of the source with the guards before it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from pizzaguard.cli.exit_code import ExitCode
from pizzaguard.cli.reporting import configuration, shared_options, wants_color, write

FORMATS = ("table", "json", "csv", "markdown")
"""Spelled out, so that `--help` need not load the audit wing; a test holds it to the registry."""


@click.command(name="routes", short_help="List every route with its guards.")
@click.argument("path", type=click.Path(path_type=Path), default=Path(), metavar="[PATH]")
@click.option("--format", "format_", type=click.Choice(FORMATS), default="table", show_default=True)
@shared_options
def command(path: Path, **given: Any) -> ExitCode:  # noqa: ANN401 - each option has checked its value
    """List the route surface of the source under PATH (default: the current folder); nothing of it is run.

    Exit code: 0, with --strict 1 when the access of a route is unknown or something could not be seen.
    """
    from pizzaguard.audit.options import Options
    from pizzaguard.audit.output.surface import renderer
    from pizzaguard.audit.pipeline import survey
    from pizzaguard.audit.surface.nouns import Access

    config = configuration(path, given["config_file"])
    options = Options(
        config=config,
        strict=given["strict"] or config.strict,
        jobs=given["jobs"],
        cache=not given["no_cache"],
        bandit=False,
    )
    surface = survey((path,), options).surface
    output: Path | None = given["output"]
    write(renderer(given["format_"]).render(surface, color=wants_color(output)), output)
    unseen = surface.gaps or any(route.app and route.access is Access.UNKNOWN for route in surface.routes)
    return ExitCode.FINDINGS if options.strict and unseen else ExitCode.CLEAN
