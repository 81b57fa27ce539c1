"""The options that several commands have, each once."""

from __future__ import annotations

from typing import Annotated

import typer

from reformcalc.cli import completion
from reformcalc.render import Format

Data = Annotated[
    list[str] | None,
    typer.Option(
        "--data",
        metavar="PATH",
        help='A YAML file or a folder of them; repeat to read several together. The word "bundled" '
        "names the shipped data, which is the default. [env var: REFORMCALC_DATA]",
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of", metavar="YYYY-MM-DD", help="Answer as known on this day; today by default."
    ),
]
Force = Annotated[
    bool, typer.Option("--force", help="Replace what is there; it is kept otherwise.")
]
FormatOption = Annotated[Format, typer.Option("--format", help="How to write the answer.")]
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
        autocompletion=completion.ids("bodies"),
    ),
]
Acts = Annotated[
    list[str] | None,
    typer.Option(
        "--acts",
        metavar="ID",
        help="Only deadlines of this body, also as a member of others; repeatable.",
        autocompletion=completion.ids("bodies"),
    ),
]
Prices = Annotated[
    str | None,
    typer.Option(
        "--prices",
        metavar="YEAR",
        help="In real terms: in the prices of this financial year, as 2022-23. Cash by default.",
    ),
]
DeflatorsFile = Annotated[
    str | None,
    typer.Option(
        "--deflators",
        metavar="FILE",
        help="Read the price index from this file, a dataset's deflators section, instead.",
    ),
]
