"""`pizzaguard explain`: the page of one rule."""

from __future__ import annotations

import click

from pizzaguard.cli.reporting import rule_names, wants_color, write
from pizzaguard.errors import ConfigError


@click.command(name="explain", short_help="Show the page of a rule.")
@click.argument("name", metavar="RULE")
def command(name: str) -> None:
    """Show what RULE looks for, why it matters, and what to do instead."""
    from pizzaguard.audit import rulebook

    if name not in rulebook.names():
        rule_names((name,), "RULE")  # raises, with the name that was probably meant, for all but bandit's own rules
        message = f"'{name}' is bandit's own and has no page here"
        raise ConfigError(message, advice="see bandit's own documentation")
    rule = rulebook.rule(name)
    if not wants_color(None):
        write(rule.help, None)
        return
    from rich.console import Console
    from rich.markdown import Markdown

    Console().print(Markdown(rule.help))
