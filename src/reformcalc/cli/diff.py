"""`reformcalc diff`."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reformcalc.cli import completion
from reformcalc.cli.app import parsed, read
from reformcalc.cli.ask import Asked, asking
from reformcalc.cli.commands import command
from reformcalc.cli.settings import joined

if TYPE_CHECKING:
    from reformcalc.screen import Screen


@command(
    epilog="Examples: reformcalc diff --was 2025-03-31 · reformcalc diff --was 2026-11-23 --topic "
    "kinship · reformcalc diff before/data data --format markdown · "
    "reformcalc diff bundled bundled:ours.yaml"
)
@asking("whole", "long", "pillar", "topic", "lead", "as_of", "data", "output")
def diff(
    old: Annotated[
        str | None,
        typer.Argument(
            metavar="OLD",
            help='The record before: a file, a folder or the word "bundled"; several joined by '
            f'"{os.pathsep}" are read together.',
            show_default=False,
            autocompletion=completion.files,
        ),
    ] = None,
    new: Annotated[
        str | None,
        typer.Argument(
            metavar="NEW",
            help="The record after, likewise.",
            show_default=False,
            autocompletion=completion.files,
        ),
    ] = None,
    was: Annotated[
        str | None,
        typer.Option(
            "--was",
            metavar="DAY",
            help="Take the record before as known on this day, or 1w, 1m or the like before; "
            "alone, the same record then and now.",
        ),
    ] = None,
    *,
    asked: Asked,
) -> None:
    """What changed since a day, or between two records."""
    from reformcalc.answers.deadlines.dates import since_when
    from reformcalc.answers.diff import diff as query
    from reformcalc.ledger.known import Known

    then = parsed(partial(since_when, asked.day), was, "--was") if was else asked.day
    if old is None:
        if was is None:
            raise typer.BadParameter("name a day, or two records", param_hint="--was")
        loaded = asked.loaded
        before = Known(loaded.valid(), then)
    elif new is None:
        raise typer.BadParameter("name the record after too", param_hint="NEW")
    else:
        before = Known(read(_several(old, "OLD"), asked.settings).valid(), then)
        loaded = read(_several(new, "NEW"), asked.settings)
    after = Known(loaded.valid(), asked.day)

    def screen() -> Screen:
        from reformcalc.answers.diff_screen import DiffScreen

        return DiffScreen(before, after, asked.chosen).screen()

    asked.output.send(loaded, lambda: query(before, after, asked.chosen), screen)


def _several(name: str, option: str) -> list[str]:
    """Return the paths that are joined in a name, or that name, where there is such a path."""
    paths = [name] if Path(name).exists() else joined(name)
    if not paths:
        raise typer.BadParameter(f'"{name}" joins no paths; write one', param_hint=option)
    return paths
