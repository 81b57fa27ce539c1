"""`reformcalc diff`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from reformcalc.cli import completion
from reformcalc.cli.app import day, read
from reformcalc.cli.ask import Asked, asking
from reformcalc.cli.commands import command


@command(
    epilog="Examples: reformcalc diff before/data data · reformcalc diff before/data data --format "
    "markdown · reformcalc diff bundled bundled --was 2025-03-31 · "
    "reformcalc diff bundled bundled:ours.yaml"
)
@asking("as_of", "output")
def diff(
    old: Annotated[
        str,
        typer.Argument(
            metavar="OLD",
            help='The record before: a file, a folder or the word "bundled"; several joined by '
            f'"{os.pathsep}" are read together.',
        ),
    ],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The record after, likewise.")],
    was: Annotated[
        str | None,
        typer.Option(
            "--was",
            metavar="DAY",
            help="Take OLD as known on this day; the day of NEW by default.",
        ),
    ] = None,
    *,
    asked: Asked,
) -> None:
    """What changed between two records, or two days."""
    from reformcalc.answers.diff import diff as query
    from reformcalc.ledger.known import Known

    then = day(was, "--was") if was else asked.day
    before = Known(read(_several(old, "OLD")).valid(), then)
    loaded = read(_several(new, "NEW"))
    after = Known(loaded.valid(), asked.day)
    asked.output.send(loaded, lambda: query(before, after))


def _several(name: str, option: str) -> list[str]:
    """Return the paths that are joined in a name, or that name, where there is such a path."""
    paths = [name] if Path(name).exists() else completion.joined(name)
    if not paths:
        raise typer.BadParameter(f'"{name}" joins no paths; write one', param_hint=option)
    return paths
