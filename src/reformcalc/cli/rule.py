"""`reformcalc rule`."""

from __future__ import annotations

from typing import Annotated

import typer

from reformcalc.cli import completion
from reformcalc.cli.app import day, emit_report
from reformcalc.cli.commands import command
from reformcalc.cli.options import FormatOption
from reformcalc.render import Format


@command(epilog="Examples: reformcalc rule · reformcalc rule components-within-envelope")
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
    format_: FormatOption = Format.TABLE,
) -> None:
    """What must hold in a dataset: all rules, or one explained."""
    from reformcalc.queries.rulebook import rulebook

    emit_report(rulebook(id_, as_of=day(None)), format_)
