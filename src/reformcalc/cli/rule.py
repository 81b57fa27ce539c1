"""`reformcalc rule`."""

from __future__ import annotations

from typing import Annotated

import typer

from reformcalc.cli import completion
from reformcalc.cli.app import day
from reformcalc.cli.ask import Asked, asking
from reformcalc.cli.commands import command


@command(epilog="Examples: reformcalc rule · reformcalc rule components-within-envelope")
@asking("output")
def rule(
    id_: Annotated[
        str | None,
        typer.Argument(
            metavar="[ID]",
            help="The rule to explain; all by default.",
            show_default=False,
            autocompletion=completion.words("reformcalc.rules:RULES"),
        ),
    ] = None,
    *,
    asked: Asked,
) -> None:
    """What must hold in a dataset: all rules, or one explained."""
    from reformcalc.answers.lookup.rulebook import rulebook

    asked.output.send(None, lambda: rulebook(id_, as_of=day(None)))
