"""`reformcalc conflicts`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from reformcalc.cli.ask import Asked, asking
from reformcalc.cli.commands import command

if TYPE_CHECKING:
    from reformcalc.screen import Screen


@command(
    epilog="Examples: reformcalc conflicts · reformcalc conflicts --topic fostering"
    " · reformcalc conflicts --as-of 2023-06-20 --format markdown"
)
@asking("whole", "long", "pillar", "topic", "lead", "as_of", "data", "output")
def conflicts(
    *,
    explain: Annotated[
        bool, typer.Option("--explain", help="Say of each why the figure in use is used.")
    ] = False,
    asked: Asked,
) -> None:
    """Where sources differ, which is used, and why."""
    from reformcalc.answers.lookup import conflicts as query
    from reformcalc.answers.lookup import differences

    def screen() -> Screen:
        return differences.screen(asked.record, asked.chosen, explain=explain)

    asked.answer(lambda: query.conflicts(asked.record, asked.chosen), screen)
