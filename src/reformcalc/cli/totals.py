"""`reformcalc totals`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from reformcalc.cli import completion
from reformcalc.cli.app import (
    AsOf,
    Data,
    DeflatorsFile,
    FormatOption,
    Lead,
    Pillar,
    Prices,
    Topic,
    answer,
    choose,
    day,
    price_year,
)
from reformcalc.cli.commands import command
from reformcalc.render import Format

if TYPE_CHECKING:
    from reformcalc.model import Dataset
    from reformcalc.report import Report


@command(
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
            autocompletion=completion.words("reformcalc.queries.groupings:GROUPINGS"),
        ),
    ] = None,
    envelope: Annotated[
        str | None,
        typer.Option(
            "--envelope",
            metavar="ID",
            help="Only this envelope, whole.",
            autocompletion=completion.ids("commitments"),
        ),
    ] = None,
    new: Annotated[
        str | None,
        typer.Option(
            "--new",
            metavar="HOW",
            help="Only new money: announced (once) or each-year (in every year that it lasts).",
            autocompletion=completion.words("reformcalc.queries.measure:NEW"),
        ),
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Say of each item why it counts as it does.")
    ] = False,
    prices: Prices = None,
    deflators: DeflatorsFile = None,
    pillar: Pillar = None,
    topic: Topic = None,
    lead: Lead = None,
    as_of: AsOf = None,
    data: Data = None,
    format_: FormatOption = Format.TABLE,
) -> None:
    """How much has been promised, counting each pound once."""
    if explain and by:
        raise typer.BadParameter(
            "explains items, not groups; leave out --by", param_hint="--explain"
        )
    today, year = day(as_of), price_year(prices)
    chosen = choose(pillar, topic, lead, envelope)

    def ask(dataset: Dataset) -> Report[Any]:
        if explain:
            from reformcalc.queries.explain import explain as query

            return query(dataset, as_of=today, chosen=chosen, new=new, prices=year)
        from reformcalc.queries.totals import totals as query_totals

        return query_totals(
            dataset,
            as_of=today,
            by=by or "envelope",
            chosen=chosen,
            new=new,
            prices=year,
        )

    answer(data, format_, ask, deflators=deflators)
