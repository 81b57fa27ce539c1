"""`reformcalc deadlines`."""

from __future__ import annotations

from typing import Annotated

import typer

from reformcalc.cli import completion
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
    epilog="Examples: reformcalc deadlines --within 6m · reformcalc deadlines --acts "
    "local-authorities · reformcalc deadlines --state overdue --lead dfe"
)
def deadlines(
    within: Annotated[
        str | None,
        typer.Option(
            "--within",
            metavar="LENGTH",
            help="Leave out what cannot fall due within 90d, 6m, 1y or the like.",
        ),
    ] = None,
    state: Annotated[
        list[str] | None,
        typer.Option(
            "--state",
            metavar="STATE",
            help="Only this state: overdue, due-now, upcoming, undated, met, met-late, "
            "partly-met, dropped or superseded; repeatable. The first three by default.",
            autocompletion=completion.words("reformcalc.queries.deadlines:State"),
        ),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Every state.")] = False,
    acts: Annotated[
        list[str] | None,
        typer.Option(
            "--acts",
            metavar="ID",
            help="Only what this body must do; repeatable.",
            autocompletion=completion.ids("bodies"),
        ),
    ] = None,
    pillar: Pillar = None,
    topic: Topic = None,
    lead: Lead = None,
    as_of: AsOf = None,
    data: Data = None,
    format_: FormatOption = Format.TABLE,
) -> None:
    """What falls due next, what is overdue, and who says so."""
    from reformcalc.queries import deadlines as query

    today = day(as_of)
    states = tuple(query.State) if every else tuple(state or query.OPEN)
    answer(
        data,
        format_,
        lambda d, x: query.deadlines(
            d,
            as_of=today,
            chosen=choose(pillar, topic, lead),
            within=within,
            states=states,
            acts=tuple(acts or ()),
            digest=x,
        ),
    )
