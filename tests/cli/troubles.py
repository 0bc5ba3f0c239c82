"""Commands that end badly, each in its own way: what the program is tried on."""

import signal
import sys

import click

from pizzaguard import errors
from pizzaguard.cli.commands import Row


@click.command()
def config() -> None:
    raise errors.ConfigError("expected a list in 'audit.roots', got 'src'", key="audit.roots")


@click.command()
def collection() -> None:
    raise errors.CollectionError("no such folder 'sr\x1b[2Jc'\nerror: none")


@click.command()
def bug() -> None:
    [].pop()


@click.command()
def disk() -> None:
    raise PermissionError(13, "Permission denied", "report.json")


@click.command()
def extra() -> None:
    import module_of_an_extra  # type: ignore[import-not-found]  # noqa: F401, PLC0415 - missing on purpose


@click.command()
def own_module() -> None:
    import pizzaguard.no_such_module  # type: ignore[import-untyped]  # noqa: F401, PLC0415 - missing on purpose


@click.command()
def interrupt() -> None:
    signal.raise_signal(signal.SIGINT)


@click.command()
@click.pass_context
def findings(context: click.Context, /) -> None:
    context.exit(1)


@click.command()
def flood() -> None:
    for number in range(200_000):
        sys.stdout.write(f"line {number}\n")


@click.command()
def clean() -> None:
    click.echo("all is well")


ROWS = {
    name.replace("_", "-"): Row(f"tests.cli.troubles:{name}", f"Try {name}.", "audit")
    for name in (
        "config",
        "collection",
        "bug",
        "disk",
        "extra",
        "own_module",
        "interrupt",
        "findings",
        "flood",
        "clean",
    )
}
