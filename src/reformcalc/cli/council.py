"""`reformcalc for`: "for" is a word of Python, so the module is named by what it answers."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from reformcalc.cli import completion
from reformcalc.cli.app import parsed
from reformcalc.cli.ask import Asked, asking
from reformcalc.cli.commands import command

if TYPE_CHECKING:
    from reformcalc.screen import Screen


@command(
    "for",
    epilog="Examples: reformcalc for dorset · reformcalc for E10000016 --since 1w · "
    'reformcalc for "North East" · reformcalc for thurrock --data bundled --data ours.yaml',
)
@asking("all", "long", "as_of", "data", "output")
def council(
    text: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[BODY]",
            help="A council, region or group by name or code; else that of reformcalc.toml.",
            show_default=False,
            autocompletion=completion.places,
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar="DAY",
            help="What changed since a day, or since 1w, 1m (the default) or the like before.",
        ),
    ] = None,
    *,
    asked: Asked,
) -> None:
    """What one council is in, gets, must do and waits for."""
    from reformcalc.answers.council.council import Council
    from reformcalc.answers.council.members import Members
    from reformcalc.answers.council.report import for_council
    from reformcalc.answers.deadlines.dates import since_when
    from reformcalc.answers.places import place

    said = " ".join(text) if text else asked.settings.body
    if not said:
        raise typer.BadParameter(
            'name a council, as "reformcalc for NAME", or write for = "NAME" in a file '
            "reformcalc.toml; reformcalc list bodies has them",
            param_hint="BODY",
        )
    body = place(asked.record, said)
    if asked.record.groups.below([body]):
        if since:
            raise typer.BadParameter("is for one council; name it", param_hint="--since")
        members = Members(asked.record, body)
        asked.answer(members.report, lambda: members.screen(every=asked.every))
        return
    day = parsed(partial(since_when, asked.day), since, "--since")
    of = Council(asked.record, body, day)

    def screen() -> Screen:
        from reformcalc.answers.council.screen import CouncilScreen

        return CouncilScreen(of, asked.every).screen()

    asked.answer(lambda: for_council(of), screen)
