"""`reformcalc new`."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from reformcalc.cli.commands import command
from reformcalc.cli.output import emit, say


class Kind(StrEnum):
    """What can be begun. A file of this name under templates/ holds the text."""

    MILESTONE = "milestone"
    COMMITMENT = "commitment"
    DATASET = "dataset"


@command(
    epilog="Examples: reformcalc new milestone ours.yaml · reformcalc new milestone --into "
    "ours.yaml · reformcalc new dataset > ours.yaml"
)
def new(
    kind: Annotated[Kind, typer.Argument(metavar="KIND", help="milestone, commitment or dataset.")],
    path: Annotated[
        str | None,
        typer.Argument(
            metavar="[FILE]",
            help="A new file to write it to; standard output by default. An old file is kept.",
            show_default=False,
        ),
    ] = None,
    into: Annotated[
        str | None,
        typer.Option(
            "--into",
            metavar="FILE",
            help="Add a milestone to your own plan, which keeps all that it has.",
        ),
    ] = None,
) -> None:
    """An entry to start from, valid and explained, as YAML."""
    from reformcalc.reading.files import template
    from reformcalc.writing import replace_file

    if into is not None:
        if kind is not Kind.MILESTONE or path is not None:
            raise typer.BadParameter(
                "adds a milestone to one file; write: reformcalc new milestone --into FILE",
                param_hint="--into",
            )
        _add(into)
        return
    text = template(kind)
    if path is None:
        emit(text)
        return
    if path == "-":
        raise typer.BadParameter("standard output is the default; leave it out", param_hint="FILE")
    replace_file(path, text.encode(), force=None)
    alone = "" if kind is Kind.DATASET else "bundled "
    say(f"wrote {path}; check it with: reformcalc validate {alone}{path}")


def _add(name: str) -> None:
    """Add an action to a plan, and say under which name to look for it."""
    from pathlib import Path

    from reformcalc.reading.adding import with_action
    from reformcalc.reading.files import template, written
    from reformcalc.writing import replace_file

    path = Path(name)
    text, id_ = with_action(written(path), template("action"), path)
    replace_file(path, text.encode(), force=True)
    say(f'added "{id_}" to {path}; put its title and due date in, then: reformcalc validate {path}')
