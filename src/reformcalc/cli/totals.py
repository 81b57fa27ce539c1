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
            help="Group by envelope (the default), pillar, topic, year, lead, stage or spending.",
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
    announced_after: Annotated[
        str | None,
        typer.Option(
            "--announced-after", metavar="DAY", help="Only what was not known yet on that day."
        ),
    ] = None,
    over_time: Annotated[
        bool,
        typer.Option("--over-time", help="The total on each day that it changed, and why."),
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
    if over_time and (explain or by or new or prices):
        raise typer.BadParameter(
            "counts all money in cash; leave out --explain, --by, --new and --prices",
            param_hint="--over-time",
        )
    today, year = day(as_of), price_year(prices)
    after = day(announced_after, "--announced-after") if announced_after else None
    chosen = choose(pillar, topic, lead, envelope, after)

    def ask(dataset: Dataset) -> Report[Any]:
        from reformcalc.known import Known
        from reformcalc.queries.measure import Measure
        from reformcalc.queries.question import Question

        record = Known(dataset, today)
        question = Question(record, chosen, Measure.asked(record, new, year))
        if over_time:
            from reformcalc.queries.over_time import over_time as query_days

            return query_days(question)
        if explain:
            from reformcalc.queries.explain import explain as query

            return query(question)
        from reformcalc.queries.totals import totals as query_totals

        return query_totals(question, by or "envelope")

    answer(data, format_, ask, deflators=deflators)
