"""Deadlines as all-day events of a calendar: on the last day that their words can mean.

What is settled stands on the day of its outcome.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.history import by_then, last_day, outcome_day
from reformcalc.milestones import OPEN, State, outcome_by
from reformcalc.queries.common import names
from reformcalc.report import Event

if TYPE_CHECKING:
    from datetime import date

    from reformcalc.model import Dataset, Milestone
    from reformcalc.queries.deadlines import DeadlineRow
    from reformcalc.report import Report

_OFF = (State.DROPPED, State.SUPERSEDED)


def events(dataset: Dataset, report: Report[DeadlineRow]) -> list[Event]:
    """Return an event for each row that has a last day; the others cannot stand in a calendar."""
    return [
        Event(
            uid=_uid(row),
            title=_title(row),
            day=_day(dataset, report, row) or row.latest,
            text=_text(dataset, report, row),
            revision=_revision(dataset, dataset.milestones[row.id], report.as_of),
            cancelled=row.state in _OFF,
            tentative=_may_not_come(dataset, row),
            open=row.state in (State.DUE_NOW, State.UPCOMING, State.UNDER_WAY),
            url=_address(dataset, row),
            categories=tuple(
                word.title for word in (dataset.topics[topic] for topic in row.topics)
            ),
        )
        for row in report.rows
        if row.latest
    ]


def _day(dataset: Dataset, report: Report[DeadlineRow], row: DeadlineRow) -> date | None:
    """Return the last day of what came of a milestone, where something has."""
    if row.outcome_on is None:
        return None
    outcome = outcome_by(dataset, dataset.milestones[row.id], report.as_of)
    if row.state in OPEN and row.state is not State.PARTLY_MET:
        return None  # it is still to come, as each time of a duty in force
    return last_day(outcome_day(outcome)) if outcome else None


def left_out(report: Report[DeadlineRow]) -> list[str]:
    """Return a note that names what has no last day, or nothing."""
    ids = [row.id for row in report.rows if row.latest is None]
    return [f"Not in this calendar, since it has no last day: {words.listed(ids)}."] if ids else []


def _uid(row: DeadlineRow) -> str:
    """Return a name that stays the same when a date moves, so that an import updates the event.

    What repeats has an event for each time, named by its day.
    """
    time = f".{row.latest:%Y%m%d}" if row.repeats else ""
    return f"{row.id}{time}@reformcalc"


def _revision(dataset: Dataset, milestone: Milestone, as_of: date) -> int:
    """Return how often a date was moved, or its outcome learnt, by a day."""
    then = by_then(dataset, milestone, as_of)
    return len(then.moved) + len(then.outcome)


def _title(row: DeadlineRow) -> str:
    """Say what is due, and who acts; what is settled or overdue says so first."""
    coming = row.state in (State.DUE_NOW, State.UPCOMING)
    state = "" if coming else f"{row.state.replace('-', ' ').capitalize()}: "
    return f"{state}{row.title} ({words.listed(row.acts)})"


def _may_not_come(dataset: Dataset, row: DeadlineRow) -> bool:
    """Whether it is open, and subject to something or of low confidence."""
    milestone = dataset.milestones[row.id]
    return row.state in OPEN and bool(milestone.conditions or row.confidence == "low")


def _address(dataset: Dataset, row: DeadlineRow) -> str | None:
    """Return where the source that the text names is on the web, if it is."""
    return dataset.sources[row.sources[0]].url


def _text(dataset: Dataset, report: Report[DeadlineRow], row: DeadlineRow) -> str:
    said = " ".join(filter(None, (row.state.replace("-", " "), row.remark and f"({row.remark})")))
    return "\n".join(
        [
            f"Due {row.due}: {_span(row)}.",
            f"As of {words.day(report.as_of)}: {said}.",
            f"Lead: {names(dataset, row.lead)}. To act: {names(dataset, row.acts)}.",
            f"Source: {row.where}.",
            f"reformcalc show {row.id}",
        ]
    )


def _span(row: DeadlineRow) -> str:
    """Write the days that the words can mean: an event shows the last of them alone."""
    assert row.latest is not None
    if row.earliest is None or row.earliest == row.latest:
        return f"on {words.day(row.latest)}"
    return f"any day from {words.day(row.earliest)} to {words.day(row.latest)}"
