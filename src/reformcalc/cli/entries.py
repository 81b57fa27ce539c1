"""`reformcalc list`."""

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
    choose,
    day,
)
from reformcalc.cli.commands import command
from reformcalc.render import Format


@command(
    "list",
    epilog="Examples: reformcalc list milestones · reformcalc list figures --topic fostering",
)
def entries(
    kind: Annotated[
        str | None,
        typer.Argument(
            metavar="[KIND]",
            help="commitments, benchmarks, figures, milestones, sources, pillars, topics, bodies "
            "or deflators; everything by default.",
            show_default=False,
            autocompletion=completion.words("reformcalc.model:Dataset.KINDS"),
        ),
    ] = None,
    pillar: Pillar = None,
    topic: Topic = None,
    lead: Lead = None,
    as_of: AsOf = None,
    data: Data = None,
    format_: FormatOption = Format.TABLE,
) -> None:
    """What is in the record, by kind, with its ids."""
    from reformcalc.queries.entries import entries as query

    today = day(as_of)
    chosen = choose(pillar, topic, lead)
    answer(
        data,
        format_,
        lambda dataset: query(dataset, kind, as_of=today, chosen=chosen),
    )
