"""`pizzaguard audit`: reports what lets strangers in, before it is deployed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pizzaguard.cli.exit_code import ExitCode
from pizzaguard.cli.reporting import configuration, rule_names, shared_options, wants_color, write

if TYPE_CHECKING:
    from pizzaguard.audit.options import Options

SEVERITIES = ("low", "medium", "high", "critical")
FORMATS = ("text", "json", "sarif", "github")
"""Spelled out, so that `--help` need not load the audit wing; a test holds it to the registry."""


@click.command(name="audit", short_help="Report what lets strangers in.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@click.option("--format", "format_", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option("--select", multiple=True, metavar="RULE,...", help="Report only these rules.")
@click.option("--ignore", multiple=True, metavar="RULE,...", help="Do not report these rules.")
@click.option("--min-severity", type=click.Choice(SEVERITIES), help="Do not report below this severity.")
@click.option("--fail-on", type=click.Choice(SEVERITIES), help="Fail from this severity on.  [default: medium]")
@click.option("--no-bandit", is_flag=True, help="Leave bandit's own findings out (none are merged in yet).")
@shared_options
def command(paths: tuple[Path, ...], **given: Any) -> ExitCode:  # noqa: ANN401 - each option has checked its value
    """Audit the source under each PATH (default: the current folder); nothing of it is run.

    Exit code: 0 clean, 1 findings, 2 usage or configuration, 3 the audit could not be done.
    """
    from pizzaguard.audit.output import View, renderer
    from pizzaguard.audit.pipeline import audit
    from pizzaguard.audit.triage import is_failure

    roots = paths or (Path(),)
    options = _options(roots[0], given)
    report = audit(roots, options)
    output: Path | None = given["output"]
    view = View.of(report.root, Path.cwd(), color=wants_color(output))
    write(renderer(given["format_"]).render(report, view), output)
    return ExitCode.FINDINGS if is_failure(report, options) else ExitCode.CLEAN


def _options(path: Path, given: dict[str, Any]) -> Options:
    """Join the command line and the configuration; the command line has the last word."""
    from pizzaguard.audit.finding import Severity
    from pizzaguard.audit.options import Options

    config = configuration(path, given["config_file"])
    min_severity = Severity.parse(given["min_severity"]) if given["min_severity"] else config.min_severity
    fail_on = Severity.parse(given["fail_on"]) if given["fail_on"] else config.fail_on
    return Options(
        config=config,
        select=rule_names(given["select"], "--select") or config.select,
        ignore=rule_names(given["ignore"], "--ignore") | config.ignore,
        min_severity=min_severity or Severity.LOW,
        fail_on=fail_on or Severity.MEDIUM,
        strict=given["strict"] or config.strict,
        jobs=given["jobs"],
        cache=not given["no_cache"],
        bandit=not given["no_bandit"],
    )
