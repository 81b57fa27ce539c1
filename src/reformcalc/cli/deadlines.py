"""`reformcalc deadlines`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache, partial
from typing import TYPE_CHECKING, Annotated

import typer

from reformcalc.cli import completion
from reformcalc.cli.app import FAILED, once, parsed
from reformcalc.cli.ask import Asked, asking
from reformcalc.cli.commands import command
from reformcalc.cli.options import Acts
from reformcalc.cli.output import noted, sourced, tell
from reformcalc.render import Format

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reformcalc.answers.deadlines.dates import Dates
    from reformcalc.answers.deadlines.rows import DeadlineRow
    from reformcalc.answers.deadlines.since import ChangeRow
    from reformcalc.ledger.milestones import State
    from reformcalc.report import Report
    from reformcalc.screen import Screen


class FailOn(StrEnum):
    """What makes the exit code 1: any change, or a state or a worse one."""

    CHANGED = "changed"
    OVERDUE = "overdue"
    DUE_NOW = "due-now"

    def fails(self, state: State) -> bool:
        """Whether what stands so makes the check fail."""
        from reformcalc.answers.deadlines.answers import FAILING
        from reformcalc.ledger.milestones import State

        return self is FailOn.CHANGED or state in FAILING[State(self)]


class AlarmFrom(StrEnum):
    """From which day of a span an alarm counts back."""

    FIRST = "first"
    LAST = "last"


@command(
    epilog="Examples: reformcalc deadlines --within 6m · reformcalc deadlines --acts "
    "local-authorities --data bundled --data ours.yaml · reformcalc deadlines --since 1w · "
    "reformcalc deadlines --format ics --alarm 14d > deadlines.ics"
)
@asking("pillar", "topic", "lead", "long", "as_of", "data", "output", "alarm")
def deadlines(
    within: Annotated[
        str | None,
        typer.Option(
            "--within",
            metavar="LENGTH",
            help="Only what could fall due within 90d, 6m, 1y.",
        ),
    ] = None,
    state: Annotated[
        list[str] | None,
        typer.Option(
            "--state",
            metavar="STATE",
            help="Only this state: late, no-outcome-found or not-checked (overdue: all that "
            "is past), due-now, upcoming, partly-met, undated, under-way, in-force, met, "
            "met-late, dropped, superseded or ended; repeatable.",
            autocompletion=completion.words("reformcalc.ledger.milestones:State"),
        ),
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="Every state; in a calendar also what is settled.")
    ] = False,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar="DAY",
            help="What changed since a day, or since 1w, 1m or the like before; --format "
            "markdown makes a message of it.",
        ),
    ] = None,
    slipped: Annotated[
        bool,
        typer.Option("--slipped", help="Only what was given another date, the furthest first."),
    ] = False,
    acts: Acts = None,
    text: Annotated[
        list[str] | None,
        typer.Option(
            "--text",
            metavar="WORDS",
            help="Only what has these words in it; repeatable.",
        ),
    ] = None,
    local: Annotated[
        bool,
        typer.Option("--local", help="Also what concerns one council alone, whichever it is."),
    ] = False,
    fail_on: Annotated[
        FailOn | None,
        typer.Option(
            "--fail-on",
            metavar="WHAT",
            help="End with code 1. overdue: if anything of your own plan is, or anything is late; "
            "due-now: also due now; changed: if anything changed (with --since).",
        ),
    ] = None,
    alarm_from: Annotated[
        AlarmFrom,
        typer.Option(
            "--alarm-from", help="Count --alarm back from the first or the last day of a span."
        ),
    ] = AlarmFrom.LAST,
    *,
    asked: Asked,
) -> None:
    """What falls due next, what is overdue, and what has moved."""
    from reformcalc.answers.deadlines.dates import Dates

    calendar = asked.output.form is Format.ICS
    if asked.alarm and not calendar:
        raise typer.BadParameter("is for calendars; add --format ics", param_hint="--alarm")
    if every and state:
        raise typer.BadParameter("lists every state; leave out --state", param_hint="--all")
    if slipped and within:
        raise typer.BadParameter("looks back; leave out --within", param_hint="--slipped")
    if since and (slipped or every or state or calendar):
        raise typer.BadParameter(
            "lists what changed; leave out --slipped, --all, --state and --format ics",
            param_hint="--since",
        )
    if fail_on is FailOn.CHANGED and not since:
        raise typer.BadParameter(
            "needs a day to compare with; add --since 1w", param_hint="--fail-on"
        )
    dates = Dates(asked.record, asked.chosen, asked.ids("bodies", acts), once(text), local)
    rows: Sequence[DeadlineRow | ChangeRow]
    if since:
        rows = _changes(asked, dates, since, within)
        if fail_on is FailOn.CHANGED:
            rows = [row for row in rows if row.happened]
    else:
        wanted = _Wanted(tuple(state or ()), within, every=every, slipped=slipped)
        rows = _listed(asked, dates, wanted, alarm_from, fail_on)
    if fail_on:
        _fail(fail_on, rows)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Which milestones are listed: in these states, or in all; up to when; only what moved."""

    states: tuple[str, ...]
    within: str | None
    every: bool
    slipped: bool

    @property
    def chosen(self) -> bool:
        """Whether the states were asked for."""
        return bool(self.states) or self.every

    def for_a(self, *, calendar: bool) -> tuple[str, ...]:
        """Return the states to list: what is open, unless more was asked for."""
        from reformcalc.answers.deadlines.events import IN_A_CALENDAR
        from reformcalc.ledger.milestones import OPEN, State

        if self.every or (self.slipped and not self.states):
            return tuple(State)
        return self.states or (IN_A_CALENDAR if calendar else OPEN)


def _listed(
    asked: Asked, dates: Dates, wanted: _Wanted, alarm_from: AlarmFrom, fail_on: FailOn | None
) -> Sequence[DeadlineRow]:
    """Answer with a list, as a screen, a report or a calendar, and return its rows."""
    from reformcalc.answers.deadlines import answers

    calendar = asked.output.form is Format.ICS
    states = wanted.for_a(calendar=calendar)
    listing = dates.listing(states, wanted.within)
    if fail_on and not any(map(fail_on.fails, listing.states)):
        raise typer.BadParameter(
            f"{fail_on} is not among the states that are listed; leave out --state",
            param_hint="--fail-on",
        )

    @cache
    def report() -> Report[DeadlineRow]:
        of = answers.of_what_moved if wanted.slipped else answers.of_what_falls_due
        return of(listing)

    def screen() -> Screen:
        from reformcalc.answers.deadlines.moved_screen import MovedScreen
        from reformcalc.answers.deadlines.screen import DeadlinesScreen

        if wanted.slipped:
            return MovedScreen(listing, report().rows).screen()
        return DeadlinesScreen(listing, wanted.chosen).screen()

    if calendar:
        text = _calendar(
            dates, noted(report(), asked.loaded, asked.settings), asked.alarm, alarm_from
        )
        asked.output.send_text(text)
    else:
        asked.answer(report, screen)
    return report().rows if fail_on else ()


def _changes(asked: Asked, dates: Dates, since: str, within: str | None) -> Sequence[ChangeRow]:
    """Answer with what changed, as a screen, a report or a message, and return its rows."""
    from reformcalc.answers.deadlines.dates import since_when
    from reformcalc.answers.deadlines.since import IN_VIEW, Changes
    from reformcalc.answers.deadlines.since_screen import ChangesScreen

    day = parsed(partial(since_when, dates.record.as_of), since, "--since")
    changes = Changes(dates, day, within or IN_VIEW)
    if asked.output.form is Format.MARKDOWN:
        from reformcalc.render.markdown import render_document

        asked.output.send_text(
            render_document(sourced(changes.message(), asked.loaded, asked.settings))
        )
    else:
        asked.answer(changes.report, ChangesScreen(changes).screen)
    return changes.rows


_NAMED = 5  # ids in a line


def _fail(fail_on: FailOn, listed_rows: Sequence[DeadlineRow | ChangeRow]) -> None:
    """End with the code of a failed check, and a line that says why, if any row asks for it."""
    from reformcalc.words import few, listed

    rows = [row for row in listed_rows if fail_on.fails(row.state)]
    if rows:
        named = [f"{row.id} ({row.state.words})" for row in rows]
        tell(f"Failed, as --fail-on {fail_on} asks: {listed(few(named, _NAMED))}.")
        raise typer.Exit(FAILED)


def _calendar(
    dates: Dates, report: Report[DeadlineRow], alarm: str | None, alarm_from: AlarmFrom
) -> str:
    """Return the rows as a calendar, with a note on what has no day to stand on."""
    from reformcalc.answers.deadlines.dates import notice
    from reformcalc.answers.deadlines.events import calendar_name, events, left_out
    from reformcalc.render.ics import render_ics

    return render_ics(
        events(dates.record, report, from_first=alarm_from is AlarmFrom.FIRST),
        name=calendar_name(dates),
        notes=(report.headline, *left_out(report), *report.sentences),
        as_of=report.as_of,
        alarm=notice(report.as_of, alarm) if alarm else None,
    )
