"""`reformcalc` alone: the answers in short, then the way in."""

from __future__ import annotations

from reformcalc.cli.app import day, read
from reformcalc.cli.commands import GROUPS
from reformcalc.cli.output import Output, origin
from reformcalc.cli.settings import Settings
from reformcalc.render import Format

# What is written after some commands where they are named: what they need, or what they make.
_AFTER = {
    "find": "WORDS",
    "show": "ID",
    "list": "KIND",
    "export": "(tables)",
    "site": "(pages); -o FILE: any answer",
}


def in_short() -> None:
    """Print the answers in short: with the way in to who watches, else alone."""
    from reformcalc.answers.overview import overview, overview_screen
    from reformcalc.ledger.known import Known

    settings = Settings()
    loaded = read(None, settings)
    record, body = Known(loaded.valid(), day(None)), settings.body
    output = Output(Format.TABLE, None, long=False, pager=False, settings=settings)
    if output.shows_screen:
        output.show(overview_screen(record, ways(), body), loaded)
    else:
        title, answers = overview(record, body)
        lines = (title, *(f"{one.asked}: {one.answer} ({one.command})" for one in answers))
        named = filter(None, [origin(loaded, settings)])
        output.send_text("".join(f"{line}\n" for line in (*lines, *named)))


def ways() -> dict[str, str]:
    """Return the commands by what they are for, but for the answers, which stand above them."""
    return {
        group: ", ".join(f"{name} {_AFTER.get(name, '')}".rstrip() for name in names)
        for group, names in GROUPS.items()
        if group != "Answers"
    }
