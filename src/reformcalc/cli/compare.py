"""`reformcalc compare`."""

from __future__ import annotations

from typing import Annotated

import typer

from reformcalc.cli.app import (
    AsOf,
    Data,
    FormatOption,
    Lead,
    Pillar,
    Topic,
    answer,
    app,
    choose,
    day,
    parsed,
)
from reformcalc.render import Format


@app.command(
    epilog="Examples: reformcalc compare · reformcalc compare care-review-family-help"
    " · reformcalc compare --as-of 2023-06-20 --format json"
)
def compare(
    benchmark: Annotated[
        str | None,
        typer.Argument(
            metavar="[BENCHMARK]",
            help="What to compare with; the dataset's own by default (see: list benchmarks).",
            show_default=False,
        ),
    ] = None,
    year_one: Annotated[
        str | None,
        typer.Option(
            "--year-one",
            metavar="YEAR",
            help="The financial year that the benchmark's year 1 is taken to be, as 2022-23.",
        ),
    ] = None,
    prices: Annotated[
        str | None,
        typer.Option(
            "--prices",
            metavar="YEAR",
            help="Add rows in real terms, in the prices of this financial year, as 2022-23.",
        ),
    ] = None,
    pillar: Pillar = None,
    topic: Topic = None,
    lead: Lead = None,
    as_of: AsOf = None,
    data: Data = None,
    format_: FormatOption = Format.TABLE,
) -> None:
    """How the money stands against what was asked for, on each basis."""
    from reformcalc.queries import compare as query
    from reformcalc.years import parse_year

    today = day(as_of)
    first = parsed(parse_year, year_one, "--year-one")
    real = parsed(parse_year, prices, "--prices")
    chosen = choose(pillar, topic, lead)
    answer(
        data,
        format_,
        lambda d, x: query.compare(
            d, benchmark, as_of=today, chosen=chosen, year_one=first, prices=real, digest=x
        ),
    )
