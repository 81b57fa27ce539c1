"""`reformcalc show`."""

from __future__ import annotations

from typing import Annotated

import typer

from reformcalc.cli import completion
from reformcalc.cli.ask import Asked, asking
from reformcalc.cli.commands import command


@command(epilog="Examples: reformcalc show stable-homes · reformcalc show national-framework")
@asking("as_of", "data", "output")
def show(
    id_: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="Any id of the record (see: reformcalc list).",
            autocompletion=completion.ids(),
        ),
    ],
    asked: Asked,
) -> None:
    """Everything the record says of one entry, and where."""
    from reformcalc.answers.lookup.show import show as query

    asked.answer(lambda: query(asked.record, id_))
