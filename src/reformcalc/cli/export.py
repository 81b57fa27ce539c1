"""`reformcalc export`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reformcalc.cli.ask import Asked, asking
from reformcalc.cli.commands import command
from reformcalc.cli.options import Force
from reformcalc.cli.output import say

_DATABASES, _WORKBOOK = (".sqlite", ".db"), ".xlsx"


@command(
    epilog="Examples: reformcalc export package/ · reformcalc export reform.sqlite · "
    "reformcalc export reform.xlsx --as-of 2023-06-20"
)
@asking("as_of", "data")
def export(
    out: Annotated[
        str,
        typer.Argument(
            metavar="OUT",
            help="A folder, for a data package of CSV files; or a file that ends in .sqlite, .db "
            "or .xlsx.",
        ),
    ],
    force: Force = False,
    *,
    asked: Asked,
) -> None:
    """The record and its answers as tables for other programs.

    The tables are the same in a data package (CSV files), an SQLite database and an Excel workbook.
    """
    from reformcalc import words
    from reformcalc.export.answers import content
    from reformcalc.export.tables import TABLES
    from reformcalc.writing import replace_file, replace_folder

    suffix = _suffix(out)
    day, loaded = asked.day, asked.loaded
    exported = content(loaded.valid(), as_of=day, digest=loaded.digest)
    if suffix in _DATABASES:
        from reformcalc.export.sqlite import database

        replace_file(out, database(TABLES, exported), force=force)
    elif suffix == _WORKBOOK:
        from reformcalc.export.xlsx import workbook

        replace_file(out, workbook(TABLES, exported), force=force)
    else:
        from reformcalc.export.package import package

        replace_folder(out, package(TABLES, exported), force=force)
    say(
        f"wrote {out}: {len(TABLES)} tables, the answers as of {words.day(day)}"
        f"{f'. {asked.settings.told}' if asked.settings.told else ''}"
    )


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
