"""`reformcalc` alone: the three answers in short, then the way in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reformcalc.cli.app import day, read
from reformcalc.cli.output import Output, together
from reformcalc.render import Format

if TYPE_CHECKING:
    from reformcalc.answers.overview import InShort
    from reformcalc.screen import Screen

# The commands by what they are for, after those of the answers.
WAYS = (
    ("Look up", "find WORDS, show ID, list KIND; conflicts, sources, diff"),
    ("Take away", "report (a page), export (tables); -o FILE with any answer"),
    ("Your own record", "new, validate, rule, schema"),
)


def in_short() -> None:
    """Print the answers in short: with the way in to who watches, else alone."""
    from reformcalc.answers.overview import overview
    from reformcalc.ledger.known import Known

    loaded = read(None)
    title, answers = overview(Known(loaded.valid(), day(None)))
    output = Output(Format.TABLE, None, long=False, pager=False)
    if output.shows_screen:
        output.show(_screen(title, answers), loaded)
    else:
        lines = [title, *(f"{one.asked}: {one.answer} ({one.command})" for one in answers)]
        lines += [together(loaded)] if loaded.added else []
        output.send_text("".join(f"{line}\n" for line in lines))


def _screen(title: str, answers: tuple[InShort, ...]) -> Screen:
    from reformcalc.screen import Cell, Head, Line, Listing, Screen, Tone

    rows = tuple(
        Line((Cell(one.asked), Cell(one.answer, Tone.STRONG), Cell(one.command, Tone.QUIET)))
        for one in answers
    )
    ways = tuple(Line((Cell(group), Cell(commands))) for group, commands in WAYS)
    return Screen(
        answer=title,
        listings=(
            Listing((Head(), Head(grows=True), Head(right=True)), rows),
            Listing((Head(), Head(grows=True)), (Line((Cell(""),)), *ways)),
        ),
        ways=(
            ("Find", "reformcalc find kinship"),
            ("Another day", "reformcalc totals --as-of 2023-06-20"),
            ("Help", "reformcalc --help, reformcalc totals --help"),
        ),
    )
