"""`reformcalc export`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reformcalc.cli import completion
from reformcalc.cli.ask import Asked, asking
from reformcalc.cli.bar import working
from reformcalc.cli.commands import command
from reformcalc.cli.options import Force
from reformcalc.cli.output import keep, say

if TYPE_CHECKING:
    from reformcalc.ledger.known import Known

_DATABASES, _WORKBOOK = (".sqlite", ".db"), ".xlsx"
_WRITING = "Writing the tables"


@command(
    epilog="Examples: reformcalc export package/ · reformcalc export reform.sqlite · "
    "reformcalc export kinship.xlsx --topic kinship --as-of 2026-11-30"
)
@asking("pillar", "topic", "lead", "as_of", "data")
def export(
    out: Annotated[
        str,
        typer.Argument(
            metavar="OUT",
            help="A folder, for a data package of CSV files; or a file that ends in .sqlite, .db "
            "or .xlsx.",
            autocompletion=completion.files,
        ),
    ],
    council: Annotated[
        str | None,
        typer.Option(
            "--for",
            metavar="BODY",
            help="With a sheet of one council in a workbook, by its name or code.",
            autocompletion=completion.places,
        ),
    ] = None,
    force: Force = False,
    *,
    asked: Asked,
) -> None:
    """The record and its answers as tables for other programs.

    The tables are the same in a data package (CSV files), an SQLite database and an Excel workbook.
    What limits them limits the answers: the record is there whole.
    """
    from reformcalc import words
    from reformcalc.export.answers import gathered
    from reformcalc.export.tables import TABLES
    from reformcalc.writing import replace_file, replace_files, replace_folder

    suffix = _suffix(out)
    record, loaded = asked.record, asked.loaded
    body = _council(record, council) if council else None
    exported = working(
        "Working out the answers",
        lambda: gathered(loaded.valid(), record, loaded.digest, asked.chosen, body),
    )
    beside = ""
    if suffix in _DATABASES:
        from reformcalc.export import datasette
        from reformcalc.export.sqlite import database

        path = Path(out)
        if path.name.encode(errors="ignore") != os.fsencode(path.name):
            raise typer.BadParameter(
                "this name is no UTF-8 text, as the description beside it has to be; name another",
                param_hint="OUT",
            )
        about = path.with_suffix(datasette.ENDING)
        keep([path, about], asked.settings, "OUT")
        described = datasette.metadata(TABLES, exported, path.stem)
        content = working(_WRITING, lambda: database(TABLES, exported))
        replace_files({path: content, about: described}, force=force)
        beside = f"; {about.name} beside it, for Datasette"
    elif suffix == _WORKBOOK:
        from reformcalc.export.workbook import workbook

        keep([Path(out)], asked.settings, "OUT")
        replace_file(out, working(_WRITING, lambda: workbook(TABLES, exported)), force=force)
    else:
        from reformcalc.export.package import package

        tables = working(_WRITING, lambda: package(TABLES, exported))
        keep([Path(out) / name for name in tables], asked.settings, "OUT")
        replace_folder(out, tables, force=force)
    say(
        f"wrote {out}: {len(TABLES)} tables, the answers as of {words.day(record.as_of)}{beside}"
        f"{f'. {asked.settings.told}' if asked.settings.told else ''}"
    )


def _council(record: Known, said: str) -> str:
    """Return the council that is meant. Raises BadParameter for several in one."""
    from reformcalc.answers.places import place

    body = place(record, said)
    if record.groups.below([body]):
        raise typer.BadParameter("is for one council; name it", param_hint="--for")
    return body


def _suffix(out: str) -> str:
    """Return the ending that says what to write, "" for a folder. Raises BadParameter for others.

    A folder is one that is there, or a name that ends in a slash or has no ending.
    """
    if out == "-":
        raise typer.BadParameter("tables need a folder or a file; name one", param_hint="OUT")
    path = Path(out)
    if path.is_dir() or out.endswith(("/", "\\")):
        return ""
    suffix = path.suffix.lower()
    if suffix in ("", _WORKBOOK, *_DATABASES):
        return suffix
    raise typer.BadParameter(
        f'"{out}" ends in "{path.suffix}"; end the name in .sqlite, .db or .xlsx, or write '
        f'"{out}/" for a folder',
        param_hint="OUT",
    )
