"""`reformcalc new`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from reformcalc.cli import completion
from reformcalc.cli.commands import command
from reformcalc.cli.output import emit, say


class Kind(StrEnum):
    """What can be begun. A file of this name under templates/ holds the text, or the rows."""

    COMMITMENT = "commitment"
    BENCHMARK = "benchmark"
    FIGURE = "figure"
    MILESTONE = "milestone"
    RECOMMENDATION = "recommendation"
    SOURCE = "source"
    PILLAR = "pillar"
    TOPIC = "topic"
    BODY = "body"
    DEFLATORS = "deflators"
    DATASET = "dataset"
    PLAN = "plan"


ALONE = (Kind.DATASET, Kind.PLAN)  # what needs no record beside it


@command(
    epilog="Examples: reformcalc new milestone ours.yaml · reformcalc new milestone --into "
    "ours.yaml · reformcalc new dataset > ours.yaml · reformcalc new plan plan.xlsx"
)
def new(
    kind: Annotated[
        Kind,
        typer.Argument(
            metavar="KIND",
            help="dataset, a whole record; plan, a sheet; or one of: "
            f"{', '.join(kind for kind in Kind if kind not in ALONE)}.",
        ),
    ],
    path: Annotated[
        str | None,
        typer.Argument(
            metavar="[FILE]",
            help="A new file to write it to; standard output by default. An old file is kept. "
            "A plan is a spreadsheet: .xlsx or .csv.",
            show_default=False,
            autocompletion=completion.files,
        ),
    ] = None,
    into: Annotated[
        str | None,
        typer.Option(
            "--into",
            metavar="FILE",
            help="Add a milestone to your own plan, which keeps all that it has.",
            autocompletion=completion.files,
        ),
    ] = None,
) -> None:
    """An entry to start from, valid and explained, as YAML."""
    from reformcalc.reading.files import template, template_text
    from reformcalc.writing import replace_file

    if into is not None:
        if kind is not Kind.MILESTONE or path is not None:
            raise typer.BadParameter(
                "adds a milestone to one file; write: reformcalc new milestone --into FILE",
                param_hint="--into",
            )
        _add(into)
        return
    text = template_text("plan.csv") if kind is Kind.PLAN else template(kind)
    if path is None:
        emit(text)
        return
    if path == "-":
        raise typer.BadParameter("standard output is the default; leave it out", param_hint="FILE")
    replace_file(path, _plan(path) if kind is Kind.PLAN else text.encode(), force=None)
    record = "" if kind in ALONE else "bundled "
    say(f"wrote {path}; check it with: reformcalc validate {record}{path}")


def _plan(path: str) -> bytes:
    """Return the plan to begin a spreadsheet with, by the ending of its name."""
    from reformcalc.export.plan import new_plan

    return new_plan(Path(path).suffix.lower())


def _add(name: str) -> None:
    """Add an action to a plan, and say under which name to look for it."""
    from reformcalc.errors import Refused
    from reformcalc.reading.adding import with_action
    from reformcalc.reading.files import BUNDLED, is_sheet, template, written
    from reformcalc.writing import replace_file

    path = Path(name)
    if name == BUNDLED:
        raise Refused(
            f'"{BUNDLED}" is the record that the program ships with',
            "name a file of your own: reformcalc new milestone --into ours.yaml",
        )
    if is_sheet(path):
        raise Refused(f"{path} is a spreadsheet", "add a row to it in a spreadsheet program")
    was = written(path)
    text, id_ = with_action(was, template("action"), path)
    replace_file(path, text.encode(), force=True, was=was.encode())
    say(f'added "{id_}" to {path}; put its title and due date in, then: reformcalc validate {path}')
