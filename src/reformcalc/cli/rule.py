"""`reformcalc rule`."""

from __future__ import annotations

from typing import Annotated

import typer

from reformcalc.cli import completion
from reformcalc.cli.app import day
from reformcalc.cli.ask import Asked, asking
from reformcalc.cli.commands import command


@command(epilog="Examples: reformcalc rule · reformcalc rule components-within-envelope")
@asking("whole", "output")
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
    from reformcalc.answers.lookup import rulebook as query

    named = id_.lower() if id_ else None
    today = day(None)
    screen = None if named else lambda: query.screen(as_of=today)
    asked.output.send(None, lambda: query.rulebook(named, as_of=today), screen)
