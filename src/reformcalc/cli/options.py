"""The options that several commands have, each once."""

from __future__ import annotations

from typing import Annotated

import typer

from reformcalc.cli import completion
from reformcalc.render import ENDINGS, OF_SOME, Format

# What every answer can be asked for: what is of some alone, their commands say.
_DEFAULT, *_OTHERS, _LAST = (one for one in Format if one not in OF_SOME)
_FILES = (ending for ending, format_ in ENDINGS.items() if format_ not in OF_SOME)

Data = Annotated[
    list[str] | None,
    typer.Option(
        "--data",
        metavar="PATH",
        help="A file or folder, or bundled (the default); repeatable. [env var: REFORMCALC_DATA; "
        "or data of reformcalc.toml]",
        autocompletion=completion.files,
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of", metavar="DAY", help="As known on this day, 2023-06-20; today by default."
    ),
]
Force = Annotated[
    bool, typer.Option("--force", help="Replace what is there; otherwise it is kept.")
]
FormatOption = Annotated[
    Format | None,
    typer.Option(
        "--format",
        "-f",
        metavar="FORMAT",
        help=f"{_DEFAULT} (the default), {', '.join(_OTHERS)} or {_LAST}.",
        show_default=False,
    ),
]
Alarm = Annotated[
    str | None,
    typer.Option(
        "--alarm", metavar="LENGTH", help="With --format ics: remind 14d, 2w or 1m before."
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="The same as --format json.")]
OutputFile = Annotated[
    str | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help=f"Write all of it to a file: {', '.join(_FILES)}.",
        autocompletion=completion.files,
    ),
]
Long = Annotated[bool, typer.Option("--long", help="More about each row: ids, sources, notes.")]
NoPager = Annotated[bool, typer.Option("--no-pager", help="Let a long answer run through.")]
All = Annotated[bool, typer.Option("--all", help="Every row, also what lies in others.")]
Exact = Annotated[bool, typer.Option("--exact", help="Figures to the pound.")]
Pillar = Annotated[
    list[str] | None,
    typer.Option(
        "--pillar",
        metavar="ID",
        help="Only this pillar; repeatable.",
        autocompletion=completion.ids("pillars"),
    ),
]
Topic = Annotated[
    list[str] | None,
    typer.Option(
        "--topic",
        metavar="ID",
        help="Only this topic; repeatable.",
        autocompletion=completion.ids("topics"),
    ),
]
Lead = Annotated[
    list[str] | None,
    typer.Option(
        "--lead",
        metavar="ID",
        help="Only what this body leads; repeatable.",
        autocompletion=completion.bodies("lead"),
    ),
]
Acts = Annotated[
    list[str] | None,
    typer.Option(
        "--acts",
        metavar="ID",
        help="Only what this body must do, also as a member of others, whoever promised it "
        "(--lead: what it promised, whoever must do it); repeatable.",
        autocompletion=completion.bodies("lead", "acts", also_others=True),
    ),
]
Prices = Annotated[
    str | None,
    typer.Option(
        "--prices",
        metavar="YEAR",
        help="In the prices of this financial year, 2022-23; cash by default.",
    ),
]
DeflatorsFile = Annotated[
    str | None,
    typer.Option(
        "--deflators",
        metavar="FILE",
        help="Take the price index from this file instead.",
        autocompletion=completion.files,
    ),
]
