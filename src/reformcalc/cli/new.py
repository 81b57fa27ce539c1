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


@command(epilog="Examples: reformcalc new milestone ours.yaml · reformcalc new dataset > ours.yaml")
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
) -> None:
    """An entry to start from, valid and explained, as YAML."""
    from reformcalc.reading.files import template
    from reformcalc.writing import replace_file

    text = template(kind)
    if path is None:
        emit(text)
        return
    if path == "-":
        raise typer.BadParameter("standard output is the default; leave it out", param_hint="FILE")
    replace_file(path, text.encode(), force=None)
    alone = "" if kind is Kind.DATASET else "bundled "
    say(f"wrote {path}; check it with: reformcalc validate {alone}{path}")
