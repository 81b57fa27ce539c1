"""`reformcalc list`."""

from __future__ import annotations

from typing import Annotated

import typer

from reformcalc.cli import completion
from reformcalc.cli.ask import Asked, asking
from reformcalc.cli.commands import command


@command(
    "list",
    epilog="Examples: reformcalc list milestones · reformcalc list figures --topic fostering",
)
@asking("all", "pillar", "topic", "lead", "as_of", "data", "output")
def entries(
    kind: Annotated[
        str | None,
        typer.Argument(
            metavar="[KIND]",
            help="commitments, benchmarks, figures, milestones, recommendations, sources, "
            "pillars, topics, bodies or deflators; on a terminal how many of each by default.",
            show_default=False,
            autocompletion=completion.words("reformcalc.record.model:Dataset.KINDS"),
        ),
    ] = None,
    *,
    asked: Asked,
) -> None:
    """What is in the record, by kind, with its ids."""
    from reformcalc.answers.lookup import entries as query

    named = None if kind is None else kind.lower()
    asked.answer(
        lambda: query.entries(asked.record, named, asked.chosen),
        lambda: query.screen(asked.record, named, asked.chosen, every=asked.every),
    )
