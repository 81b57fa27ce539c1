"""What a list of deadlines says in words: in how long, how closely dated, by whom, and more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.history import outcome_day
from reformcalc.milestones import OPEN, PAST, State, outcome_kind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from reformcalc.due import Due
    from reformcalc.milestones import Status
    from reformcalc.model import Dataset, Milestone, Move

_LONG = 100  # days: words that span more than a season are told with their last day
_CLOSELY = {
    "interval": "between two days",
    "part of a year": "to a third of a year",
    "condition": "on a condition",
}


def when(due: Due, state: State, as_of: date) -> str:
    """Say in how long, or since when. Late is only what somebody says is."""
    if state in PAST and due.latest:
        over = "over" if state in (State.OVERDUE, State.LATE) else "ago"
        return f"{words.counted((as_of - due.latest).days, 'day')} {over}"
    if state in (State.DUE_NOW, State.UNDER_WAY):
        return f"until {_short(due.latest)}" if due.latest else "open-ended"
    if state is State.UPCOMING and due.earliest:
        soon = f"in {_span((due.earliest - as_of).days)}"
        if due.latest and (due.latest - due.earliest).days > _LONG:
            return f"{soon}, until {_short(due.latest)}"
        return soon
    return ""


def _short(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def _span(days: int) -> str:
    """Write a number of days in the unit that a person would use."""
    if days < 21:
        return words.counted(days, "day")
    if days < 7 * 20:
        return words.counted(days // 7, "week")
    if days < 365 * 2:
        return f"over {words.counted(int(days / 30.44), 'month')}"
    return f"over {words.counted(int(days / 365.25), 'year')}"


def how_closely(due: Due) -> str:
    """Say how closely the words date: to the day, the month, the season, or on a condition."""
    if due.dated and due.latest is None:
        return "no last day"
    return _CLOSELY.get(due.precision, f"to the {due.precision}")


def who(leads: str, acts: str) -> str:
    """Say who leads, and who must act where it is not the lead alone; by id, or by name."""
    return leads if acts == leads else f"{leads}; to act: {acts}"


def remark(dataset: Dataset, milestone: Milestone, now: Status) -> str:
    """Say what the dates alone do not: what a search found, what moved, how late, how firm."""
    return "; ".join(_remarks(dataset, milestone, now))


def _remarks(dataset: Dataset, milestone: Milestone, now: Status) -> Iterator[str]:
    yield from nothing_known(now, dataset.about.reviewed)
    yield from _came(now)
    if now.moves:
        by = f" ({shift(now.slipped)})" if now.slipped else ""
        yield f"first promise: {first_words(milestone)}{by}"
    if now.late and now.late[0] > 0:
        yield late(now.late)
    elif now.late:
        yield "may have been late"
    if milestone.repeats:
        yield milestone.repeats + (f" until {milestone.until.text}" if milestone.until else "")
    if now.state in (*OPEN, State.UNDATED):
        if milestone.conditions:
            yield f"subject to {words.listed(milestone.conditions)}"
        if "due" in milestone.inferred and not now.moves:
            yield "the date is our reading"
        if milestone.confidence == "low":
            yield "low confidence"


def _came(now: Status) -> Iterator[str]:
    """Say what came of it, and what somebody says had not."""
    if now.not_met:
        yield f"not met by {words.published(outcome_day(now.not_met))}"
    if now.outcome:
        kind = outcome_kind(now.outcome).replace("-", " ")
        since = " since" if now.outcome.in_force else ""
        yield f"{kind}{since} {words.published(outcome_day(now.outcome))}"


def nothing_known(now: Status, reviewed: date) -> Iterator[str]:
    """Say why no outcome is known: none was found, or how far what was read does not reach."""
    looked = now.looked
    match now.state:
        case State.NO_OUTCOME_FOUND if looked and looked.reaches:
            yield (
                f"no outcome found on {words.day(looked.on)}, in pages up to "
                f"{words.day(looked.reaches)}: {looked.searched}"
            )
        case State.NOT_CHECKED if now.due.latest and reviewed < now.due.latest:
            yield _since_review(reviewed)
        case State.NOT_CHECKED if looked and looked.reaches:
            yield (
                f"not checked: looked for on {words.day(looked.on)}, in pages that reach only to "
                f"{words.day(looked.reaches)}"
            )
        case State.NOT_CHECKED if looked:
            yield (
                f"not checked: the search of {words.day(looked.on)} does not say how far it reaches"
            )
        case State.NOT_CHECKED:
            yield "not checked: nobody is said to have looked"
        case State.DUE_NOW if now.due.earliest and reviewed < now.due.earliest:
            yield _since_review(reviewed)


def _since_review(reviewed: date) -> str:
    return f"fell due after the record was last reviewed ({words.day(reviewed)})"


def first_words(milestone: Milestone) -> str:
    """Write when something was first promised; where no source worded it, not in our own words."""
    ours = "due" in milestone.inferred and not milestone.due.dated
    return "without a date" if ours else milestone.due.text


def late(days: tuple[int, int]) -> str:
    """Write by how much something came late: "33 days late", "153 to 244 days late"."""
    low, high = days
    return f"{words.counted(low, 'day') if low == high else f'{low} to {high} days'} late"


def shift(days: int | None) -> str:
    """Write by how far a date moved."""
    if days is None:
        return "no telling how far"
    if days == 0:
        return "the last day stayed"
    return f"{words.counted(abs(days), 'day')} {'later' if days > 0 else 'earlier'}"


def given(dataset: Dataset, move: Move) -> str:
    """Write a later date with who gave it and when."""
    claim = move.claims[0]
    source = claim.by or dataset.sources[claim.source].publisher
    return f"{move.to.text} ({source}, {words.published(move.on)})"


def history(dataset: Dataset, milestone: Milestone, now: Status) -> str:
    """Tell in a line the first promise, each later date with who gave it, and what came of it."""
    steps = [f"first promise: {first_words(milestone)}"]
    steps += [f"then {given(dataset, move)}" for move in now.moves]
    if now.outcome:
        came = outcome_day(now.outcome)
        lateness = f", {late(now.late)}" if now.late and now.late[0] > 0 else ""
        since = " since" if now.outcome.in_force else ""
        steps.append(f"{now.state.replace('-', ' ')}{since} {words.published(came)}{lateness}")
    return "; ".join(steps)
