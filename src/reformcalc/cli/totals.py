"""`reformcalc totals`."""

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
)
from reformcalc.render import Format


@app.command(
    epilog="Examples: reformcalc totals --by pillar · reformcalc totals --topic fostering --explain"
    " · reformcalc totals --as-of 2023-06-20 --format json"
)
def totals(
    by: Annotated[
        str | None,
        typer.Option(
            "--by",
            metavar="GROUP",
            help="Group by envelope (the default), pillar, topic, year, lead or stage.",
        ),
    ] = None,
    envelope: Annotated[
        str | None,
        typer.Option("--envelope", metavar="ID", help="Only this envelope, whole."),
    ] = None,
    new: Annotated[
        str | None,
        typer.Option(
            "--new",
            metavar="HOW",
            help="Only new money: announced (once) or each-year (in every year that it lasts).",
        ),
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Say of each item why it counts as it does.")
    ] = False,
    pillar: Pillar = None,
    topic: Topic = None,
    lead: Lead = None,
    as_of: AsOf = None,
    data: Data = None,
    format_: FormatOption = Format.TABLE,
) -> None:
    """How much has been promised, counting each pound once."""
    from reformcalc.queries import explain as why
    from reformcalc.queries import totals as query

    if explain and by:
        raise typer.BadParameter(
            "explains items, not groups; leave out --by", param_hint="--explain"
        )
    today = day(as_of)
    chosen = choose(pillar, topic, lead, envelope)
    if explain:
        answer(
            data,
            format_,
            lambda d, x: why.explain(d, as_of=today, chosen=chosen, new=new, digest=x),
        )
    else:
        answer(
            data,
            format_,
            lambda d, x: query.totals(
                d, as_of=today, by=by or "envelope", chosen=chosen, new=new, digest=x
            ),
        )
