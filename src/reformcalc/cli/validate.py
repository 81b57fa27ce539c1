"""`reformcalc validate`."""

from __future__ import annotations

from typing import Annotated

import typer

from reformcalc.cli import completion
from reformcalc.cli.app import FAILED, read
from reformcalc.cli.commands import command
from reformcalc.cli.output import emit
from reformcalc.cli.settings import Settings
from reformcalc.render import FindingsFormat


@command(
    epilog="Examples: reformcalc validate · reformcalc validate ours.yaml"
    " · reformcalc validate bundled ours.yaml --strict --format github"
)
def validate(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PATH]...",
            help='Files and folders to check together; "bundled" is the shipped data, which is '
            "the default.",
            show_default=False,
            autocompletion=completion.files,
        ),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Let warnings fail too.")] = False,
    format_: Annotated[
        FindingsFormat,
        typer.Option("--format", metavar="FORMAT", help="text (the default), json, github, sarif."),
    ] = FindingsFormat.TEXT,
) -> None:
    """Check a dataset: all that is wrong in it, and where.

    Ends with exit code 1 if there are errors, with 2 if a path cannot be read.
    """
    from reformcalc.findings import Severity
    from reformcalc.render.findings import render_findings

    settings = Settings()
    loaded = read(paths, settings)
    failing = set(Severity) if strict else {Severity.ERROR}
    failed = any(one.finding.severity in failing for one in loaded.findings)
    text = render_findings(loaded.findings, loaded.named, format_, loaded.plans, settings.obeyed)
    emit(text, FAILED if failed else 0)
