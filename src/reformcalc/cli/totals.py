"""`reformcalc totals`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, cast

import typer

from reformcalc.cli import completion
from reformcalc.cli.app import day
from reformcalc.cli.ask import Asked, asking
from reformcalc.cli.commands import command

if TYPE_CHECKING:
    from reformcalc.answers.question import Question
    from reformcalc.answers.totals.groupings import Grouping
    from reformcalc.ledger.measure import NewMoney
    from reformcalc.report import Chart
    from reformcalc.screen import Screen


@command(
    epilog="Examples: reformcalc totals --by pillar · reformcalc totals --topic fostering --explain"
    " · reformcalc totals --over-time -o growth.svg"
    " · reformcalc totals --as-of 2023-06-20 --format json"
)
@asking(
    "all", "long", "exact",
    "prices", "deflators", "pillar", "topic", "lead", "as_of", "data", "output",
)  # fmt: skip
def totals(
    by: Annotated[
        str | None,
        typer.Option(
            "--by",
            metavar="GROUP",
            help="Group by envelope (the default), pillar, topic, year, lead, stage or spending.",
            autocompletion=completion.words("reformcalc.answers.totals.groupings:GROUPINGS"),
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
            autocompletion=completion.words("reformcalc.ledger.measure:NEW"),
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
    *,
    asked: Asked,
) -> None:
    """How much has been promised, counting each pound once."""
    if explain and by:
        raise typer.BadParameter(
            "explains items, not groups; leave out --by", param_hint="--explain"
        )
    if over_time and (explain or by or new or asked.prices):
        raise typer.BadParameter(
            "counts all money in cash; leave out --explain, --by, --new and --prices",
            param_hint="--over-time",
        )
    from reformcalc.answers.question import Question
    from reformcalc.ledger.measure import Measure

    after = day(announced_after, "--announced-after") if announced_after else None
    envelope = asked.id("commitments", envelope)
    chosen = replace(asked.chosen, envelope=envelope, announced_after=after)
    prices, record = asked.prices, asked.record
    question = Question(record, chosen, Measure.asked(record, cast("NewMoney | None", new), prices))
    if over_time:
        from reformcalc.answers.totals.over_time import over_time as query_days

        asked.answer(
            lambda: query_days(question), lambda: _growth(question, asked), lambda: _drawn(question)
        )
    elif explain:
        from reformcalc.answers.totals.explain import explain as query_items

        asked.answer(lambda: query_items(question), lambda: _reasons(question, asked))
    else:
        from reformcalc.answers.totals.totals import totals as query

        grouping = cast("Grouping", by or "envelope")  # `totals` refuses any other word
        asked.answer(
            lambda: query(question, grouping),
            lambda: _screen(question, grouping, asked),
        )


def _screen(question: Question, by: Grouping, asked: Asked) -> Screen:
    from reformcalc.answers.totals.screen import TotalsScreen

    return TotalsScreen(question, by, asked.every, asked.exact).screen()


def _reasons(question: Question, asked: Asked) -> Screen:
    from reformcalc.answers.totals.reasons_screen import reasons_screen

    return reasons_screen(question, every=asked.every, exact=asked.exact)


def _drawn(question: Question) -> Chart:
    from reformcalc.answers.totals.growth_chart import growth_chart

    return growth_chart(question)


def _growth(question: Question, asked: Asked) -> Screen:
    from reformcalc.answers.totals.growth_screen import growth_screen

    return growth_screen(question, every=asked.every, exact=asked.exact)
