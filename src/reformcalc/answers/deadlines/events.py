"""Deadlines as all-day events of a calendar: on the last day that their words can mean.

What is past and open runs from there to the day that is answered for, so that it stands on today's
date too, as one event: a second import ends it where it was settled. What is settled stands on the
day of its outcome.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.answers.chosen import names
from reformcalc.answers.deadlines.said import described, short_names
from reformcalc.answers.states import TOLD
from reformcalc.ledger.milestones import OPEN, PAST, State
from reformcalc.record.history import last_day
from reformcalc.report import Event

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from reformcalc.answers.deadlines.dates import Dates
    from reformcalc.answers.deadlines.rows import DeadlineRow
    from reformcalc.ledger.known import Known
    from reformcalc.report import Report

# What is listed in a calendar, unless more is asked for: a programme has its end there.
IN_A_CALENDAR = (*OPEN, State.UNDER_WAY)
_OFF = (State.DROPPED, State.SUPERSEDED)


def events(record: Known, report: Report[DeadlineRow], *, from_first: bool = False) -> list[Event]:
    """Return an event for each row that has a last day; the others cannot stand in a calendar.

    Alarms count back from the last day of a span, or `from_first`.
    """
    return [
        Event(
            uid=_uid(record, row),
            title=_title(record, row),
            day=_day_settled(record, row) or row.latest,
            until=record.as_of if row.state in PAST else None,
            alarm_day=(row.earliest if from_first else None) or row.latest,
            text=_text(record, row),
            revision=_revision(record, row),
            cancelled=row.state in _OFF,
            tentative=_may_not_come(row),
            open=row.state in (State.DUE_NOW, State.UPCOMING, State.UNDER_WAY),
            url=record.source(row.sources[0]).url if row.sources else None,
            categories=tuple(record.topics[topic].title for topic in row.topics),
        )
        for row in report.rows
        if row.latest
    ]


def calendar_name(dates: Dates) -> str:
    """Return what a calendar is called: whose deadlines, and of what."""
    about = described(dates).removesuffix(": ")
    record = dates.record.about.title
    return f"{about} \u2013 {record}" if about else f"Deadlines \u2013 {record}"


def _day_settled(record: Known, row: DeadlineRow) -> date | None:
    """Return the last day of what came of a milestone; None while it is still to come.

    Each time of a duty in force is: its outcome is that it binds.
    """
    outcome = record.status(row.id).outcome
    if outcome is None or (row.state in OPEN and row.state is not State.PARTLY_MET):
        return None
    return last_day(outcome.day)


def left_out(report: Report[DeadlineRow]) -> list[str]:
    """Return a note that names what has no last day, or nothing."""
    ids = [row.id for row in report.rows if row.latest is None]
    return [f"Not in this calendar, since it has no last day: {words.listed(ids)}."] if ids else []


def _uid(record: Known, row: DeadlineRow) -> str:
    """Return a name that stays the same when a date moves, so that an import updates the event.

    That of one's own plan has its body before it, unless its id begins with that: two councils can
    each have a "kinship-offer". What repeats has an event for each time, named by its day.
    """
    body = next(iter(row.lead), "own")
    named = not record.milestones[row.id].own or row.id.startswith(f"{body}-")
    time = f".{row.latest:%Y%m%d}" if row.repeats else ""
    return f"{'' if named else f'{body}.'}{row.id}{time}@reformcalc"


def _revision(record: Known, row: DeadlineRow) -> int:
    """Return how often a date was moved, or an outcome learnt."""
    milestone = record.milestones[row.id]
    return len(milestone.moved) + len(milestone.outcome)


def _title(record: Known, row: DeadlineRow) -> str:
    """Say how it stands, what it is and who must act, by names."""
    who = row.owner or short_names(record, row.acts)
    return f"{TOLD[row.state].event} {row.title}" + (f" \u2014 {who}" if who else "")


def _may_not_come(row: DeadlineRow) -> bool:
    """Whether it is open, and subject to something or of low confidence."""
    return row.state in OPEN and bool(row.conditions or row.confidence == "low")


def _text(record: Known, row: DeadlineRow) -> str:
    said = " ".join(filter(None, (row.state.words, row.remark and f"({row.remark})")))
    return "\n".join(
        [
            f"Due {row.due}: {_days_of(row)}.",
            f"As of {words.day(record.as_of)}: {said}.",
            *_who(record, row),
            f"Source: {row.where}.",
            f"reformcalc show {row.id}",
        ]
    )


def _who(record: Known, row: DeadlineRow) -> Iterator[str]:
    """Yield who promised it and must act, or sees to it; one's own plan may not say."""
    if row.owner:
        yield f"Owner: {row.owner}."
    if row.lead:
        yield f"Lead: {names(record, row.lead)}. To act: {names(record, row.acts)}."


def _days_of(row: DeadlineRow) -> str:
    """Write the days that the words can mean: an event shows the last of them alone."""
    assert row.latest is not None
    if row.earliest is None or row.earliest == row.latest:
        return f"on {words.day(row.latest)}"
    return f"any day from {words.day(row.earliest)} to {words.day(row.latest)}"
