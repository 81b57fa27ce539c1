"""`reformcalc show`."""

from __future__ import annotations

from typing import Annotated

import typer

from reformcalc.cli import completion
from reformcalc.cli.app import AsOf, Data, FormatOption, answer, day
from reformcalc.cli.commands import command
from reformcalc.render import Format


@command(epilog="Examples: reformcalc show stable-homes · reformcalc show national-framework")
def show(
    id_: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="Any id of the record (see: reformcalc list).",
            autocompletion=completion.ids(),
        ),
    ],
    as_of: AsOf = None,
    data: Data = None,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Everything the record says of one entry, and where."""
    from reformcalc.queries.show import show as query

    today = day(as_of)
    answer(data, format_, lambda dataset: query(dataset, id_, as_of=today))
