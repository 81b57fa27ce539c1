"""`reformcalc recommendations`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from reformcalc.cli import app, completion
from reformcalc.cli.ask import Asked, asking
from reformcalc.cli.commands import command

if TYPE_CHECKING:
    from reformcalc.answers.recommendations.asking import Asking
    from reformcalc.screen import Screen


@command(
    epilog="Examples: reformcalc recommendations --response none"
    " · reformcalc recommendations --by pillar --as-of 2023-06-20"
    " · reformcalc recommendations --topic kinship --all"
)
@asking("all", "long", "pillar", "topic", "as_of", "data", "output")
def recommendations(
    by: Annotated[
        str,
        typer.Option(
            "--by",
            metavar="GROUP",
            help="Group by review (the default), pillar, chapter or response.",
            autocompletion=completion.words("reformcalc.answers.recommendations.asking:GROUPINGS"),
            show_default=False,
        ),
    ] = "review",
    response: Annotated[
        list[str] | None,
        typer.Option(
            "--response",
            metavar="ANSWER",
            help="Only those answered so on the day: accepted, in-part, testing, exploring, "
            "rejected or none; repeatable.",
            autocompletion=completion.words("reformcalc.answers.recommendations.asking:ANSWERS"),
        ),
    ] = None,
    *,
    asked: Asked,
) -> None:
    """What was asked for, what was answered, what came of it."""
    from reformcalc.answers.recommendations.asking import Asking
    from reformcalc.answers.recommendations.recommendations import recommendations as query

    asks = Asking(asked.record, asked.chosen, by, app.once(response))
    asked.answer(lambda: query(asks), lambda: _screen(asks, asked))


def _screen(asks: Asking, asked: Asked) -> Screen:
    from reformcalc.answers.recommendations.screen import screen

    return screen(asks, every=asked.every)
