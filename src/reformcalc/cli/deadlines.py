"""`reformcalc deadlines`."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from reformcalc.cli import completion
from reformcalc.cli.app import FAILED, once
from reformcalc.cli.ask import Asked, asking
from reformcalc.cli.commands import command
from reformcalc.cli.options import Acts
from reformcalc.cli.output import noted
from reformcalc.render import Format

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reformcalc.answers.deadlines.rows import DeadlineRow
    from reformcalc.ledger.known import Known
    from reformcalc.report import Report


class FailOn(StrEnum):
    """What makes the exit code 1: the state itself, or a worse one."""

    OVERDUE = "overdue"
    DUE_NOW = "due-now"


# One's own plan is its own evidence; of the record, only what a source says is late.
_FAILING = {FailOn.OVERDUE: {"overdue", "late"}, FailOn.DUE_NOW: {"overdue", "late", "due-now"}}


@command(
    epilog="Examples: reformcalc deadlines --within 6m · reformcalc deadlines --acts "
    "local-authorities --data bundled --data ours.yaml · reformcalc deadlines --slipped · "
    "reformcalc deadlines --format ics --alarm 14d > deadlines.ics"
)
@asking("pillar", "topic", "lead", "as_of", "data", "output", "alarm")
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
            "met-late, dropped, superseded or ended; repeatable. By default all up to partly-met.",
            autocompletion=completion.words("reformcalc.ledger.milestones:State"),
        ),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Every state.")] = False,
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
            metavar="STATE",
            help="End with code 1 if anything of your own plan is overdue, or anything is late; "
            "due-now: also due now.",
        ),
    ] = None,
    *,
    asked: Asked,
) -> None:
    """What falls due next, what is overdue, and what has moved."""
    from reformcalc.answers.deadlines import answers
    from reformcalc.answers.deadlines.dates import Dates
    from reformcalc.ledger.milestones import OPEN, State

    calendar = asked.output.form is Format.ICS
    if asked.alarm and not calendar:
        raise typer.BadParameter("is for calendars; add --format ics", param_hint="--alarm")
    if every and state:
        raise typer.BadParameter("lists every state; leave out --state", param_hint="--all")
    if slipped and within:
        raise typer.BadParameter("looks back; leave out --within", param_hint="--slipped")
    # A calendar has what is settled too, or an event of an earlier one would stay open in it.
    every = every or slipped or calendar
    states = tuple(state or (State if every else OPEN))
    if fail_on and _FAILING[fail_on].isdisjoint(states):
        raise typer.BadParameter(
            f"{fail_on} is not among the states that are listed; leave out --state",
            param_hint="--fail-on",
        )
    dates = Dates(asked.record, asked.chosen, asked.ids("bodies", acts), once(text), local)
    report = answers.slipped(dates, states) if slipped else answers.deadlines(dates, states, within)
    if calendar:
        report = noted(report, asked.loaded)
        asked.output.send_text(_calendar(asked.record, report, asked.alarm))
    else:
        asked.answer(lambda: report)
    if fail_on:
        _fail(fail_on, [row for row in report.rows if row.state in _FAILING[fail_on]])


_NAMED = 5  # ids in a line


def _fail(fail_on: FailOn, rows: Sequence[DeadlineRow]) -> None:
    """End with the code of a failed check, and a line that says why, if there are any such rows."""
    from reformcalc.words import listed

    if rows:
        named = [f"{row.id} ({row.state.replace('-', ' ')})" for row in rows[:_NAMED]]
        more = [f"{len(rows) - _NAMED} more"] if len(rows) > _NAMED else []
        said = f"Failed, as --fail-on {fail_on} asks: {listed([*named, *more])}."
        sys.stderr.write(f"{said}\n")
        raise typer.Exit(FAILED)


def _calendar(record: Known, report: Report[DeadlineRow], alarm: str | None) -> str:
    """Return the rows as a calendar, with a note on what has no day to stand on."""
    from reformcalc.answers.deadlines.dates import notice
    from reformcalc.answers.deadlines.events import events, left_out
    from reformcalc.render.ics import render_ics

    return render_ics(
        events(record, report),
        name=record.about.title,
        notes=(report.headline, *left_out(report), *report.sentences),
        as_of=report.as_of,
        alarm=notice(report.as_of, alarm) if alarm else None,
    )
