"""`reformcalc find`."""

from __future__ import annotations

from typing import Annotated

import typer

from reformcalc.cli.ask import Asked, asking
from reformcalc.cli.commands import command


@command(
    epilog="Examples: reformcalc find law commission · reformcalc find £555m"
    " · reformcalc find kinship allowance"
)
@asking("all", "as_of", "data", "output")
def find(
    text: Annotated[
        list[str],
        typer.Argument(metavar="WORDS", help="Words, ids or sums, as £555m: all of them."),
    ],
    asked: Asked,
) -> None:
    """Where the record has some words, an id or a sum."""
    from reformcalc.answers.lookup import find as query

    words = " ".join(text)
    asked.answer(
        lambda: query.report(asked.record, words),
        lambda: query.screen(asked.record, words, every=asked.every),
    )
