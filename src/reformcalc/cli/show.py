"""`reformcalc show`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from reformcalc.cli import completion
from reformcalc.cli.ask import Asked, asking
from reformcalc.cli.commands import command
from reformcalc.render import OF_DOCUMENTS

if TYPE_CHECKING:
    from reformcalc.screen import Screen


@command(
    epilog="Examples: reformcalc show stable-homes · reformcalc show law commission review"
    " · reformcalc show £555m · reformcalc show in doubt · reformcalc show spending-cash --chart"
    " · reformcalc show stable-homes --cite --format bibtex"
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
    cite: Annotated[
        bool,
        typer.Option("--cite", help="How to cite it: in words, or with --format csl or bibtex."),
    ] = False,
    *,
    asked: Asked,
) -> None:
    """What the record says of one entry, or a word means here."""
    words = " ".join(text)
    if chart and cite:
        raise typer.BadParameter("does not go with --chart; leave one out", param_hint="--cite")
    if cite or asked.output.form in OF_DOCUMENTS:
        _cite(asked, words)
        return
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


def _cite(asked: Asked, words: str) -> None:
    """Answer with what to cite, in words or as a list of references has it."""
    from reformcalc.answers.lookup import cite

    if asked.output.form in OF_DOCUMENTS:
        asked.output.send_works(cite.works_of(asked.record, words))
    else:
        asked.answer(lambda: cite.cite(asked.record, words))
