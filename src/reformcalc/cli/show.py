"""`reformcalc show`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from reformcalc.cli import completion
from reformcalc.cli.ask import Asked, asking
from reformcalc.cli.commands import command

if TYPE_CHECKING:
    from reformcalc.screen import Screen


@command(
    epilog="Examples: reformcalc show stable-homes · reformcalc show law commission review"
    " · reformcalc show £555m · reformcalc show in doubt · reformcalc show spending-cash --chart"
)
@asking("whole", "as_of", "data", "output")
def show(
    text: Annotated[
        list[str],
        typer.Argument(
            metavar="WORDS",
            help="An id, words of a title, a sum, or a word of this program.",
            autocompletion=completion.ids(),
        ),
    ],
    chart: Annotated[
        bool, typer.Option("--chart", help="Draw a figure that is given by year.")
    ] = False,
    *,
    asked: Asked,
) -> None:
    """What the record says of one entry, or a word means here."""
    words = " ".join(text)
    if chart:
        from reformcalc.answers.lookup import series

        asked.answer(
            lambda: series.series(asked.record, words),
            lambda: series.screen(asked.record, words),
            lambda: series.chart(asked.record, words),
        )
        return
    from reformcalc.answers.lookup.show import show as query

    def screen() -> Screen:
        from reformcalc.answers.lookup import entry_screen

        return entry_screen.screen(asked.record, words)

    asked.answer(lambda: query(asked.record, words), screen)
