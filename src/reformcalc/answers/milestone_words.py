"""What a row says in words: how long it is still, how closely dated, who must act, and more."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.ledger.milestones import OPEN, PAST, State

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from reformcalc.ledger.known import Known
    from reformcalc.ledger.milestones import Status
    from reformcalc.record.model import Milestone, Move
    from reformcalc.values.due import Due

OWN_PLAN = "own plan"  # who says so, where the file itself does
_MONTH, _YEAR = 30.44, 365.25  # days
_PART = re.compile(r"(?:early|mid|late|spring|summer|autumn|winter) [0-9]{4}$")
_CLOSELY = {
    "interval": "between two days",
    "part of a year": "to a third of a year",
    "condition": "on a condition",
}


def how_long(due: Due, state: State, as_of: date) -> str:
    """Say in how long it falls due at the latest, until when it may, or for how long it is past.

    Only what a source says is late, or what is overdue in one's own plan, is "late"; else "ago".
    """
    if state in PAST and due.latest:
        late = "late" if state in (State.OVERDUE, State.LATE) else "ago"
        return f"{length((as_of - due.latest).days)} {late}"
    if state in (State.DUE_NOW, State.UNDER_WAY):
        return f"until {words.short_day(due.latest)}" if due.latest else "open-ended"
    if state is State.UPCOMING and due.earliest:
        if due.latest is None:
            return f"in {length((due.earliest - as_of).days)} or later"
        far = length((due.latest - as_of).days)
        return f"in {far}" if due.earliest == due.latest else f"within {far}"
    return ""


def length(days: int) -> str:
    """Write a number of days in the unit that people use: days, weeks, months up to 24, years."""
    if days < 21:
        return words.counted(days, "day")
    if days < 2 * _MONTH:
        return words.counted(days // 7, "week")
    if days < 24.5 * _MONTH:
        return words.counted(round(days / _MONTH), "month")
    return words.counted(round(days / _YEAR), "year")


def by_when(text: str, last: date | None) -> str:
    """Write the end of what date words span, as a column has room for: 11 letters at most."""
    if last is None:
        return "open-ended"
    if part := _PART.search(text):
        return part[0]
    if text in (words.day(last), str(last)) or (last + timedelta(days=1)).day != 1:
        return words.short_day(last)
    if last.month == 12 and "December" not in text:
        return f"by end {last.year}"
    return f"{last:%b %Y}"


def how_closely(due: Due) -> str:
    """Say how closely the words date: to the day, the month, the season, or on a condition."""
    if due.dated and due.latest is None:
        return "no last day"
    return _CLOSELY.get(due.precision, f"to the {due.precision}")


def leads_and_acts(leads: str, acts: str) -> str:
    """Say who leads, and who must act where it is not the lead alone; by id, or by name."""
    return leads if acts == leads else f"{leads}; to act: {acts}"


def remarks(record: Known, milestone: Milestone, now: Status) -> str:
    """Say what the dates alone do not: what a search found, what moved, how late, how firm."""
    return "; ".join(_each_remark(record, milestone, now))


def _each_remark(record: Known, milestone: Milestone, now: Status) -> Iterator[str]:
    yield from why_no_outcome(now, record.about.reviewed)
    yield from _what_came(now)
    if now.moves:
        by = f" ({how_far(now.slipped)})" if now.slipped else ""
        yield f"first promise: {first_promise(milestone)}{by}"
    if now.late and now.late[0] > 0:
        yield how_late(now.late)
    elif now.late:
        yield "may have been late"
    if milestone.repeats:
        yield milestone.repeats + (f" until {milestone.until.text}" if milestone.until else "")
    yield from _each_doubt(milestone, now)


def how_firm(milestone: Milestone, now: Status) -> str:
    """Say what makes the date of something that is open less than certain; "" where nothing does.

    It may be subject to something, or read by us where no source says so, or rest on little.
    """
    return "; ".join(_each_doubt(milestone, now))


def _each_doubt(milestone: Milestone, now: Status) -> Iterator[str]:
    if now.state not in (*OPEN, State.UNDATED):
        return
    if milestone.conditions and not _says(now.due, milestone.conditions):
        yield f"subject to {words.listed(milestone.conditions)}"
    if "due" in milestone.inferred and not now.moves:
        yield "the date is our reading" if now.due.dated else "no source gives a date"
    if milestone.confidence == "low":
        yield "low confidence"


def _says(due: Due, conditions: Sequence[str]) -> bool:
    """Whether the words of a date name all that it is subject to."""
    return all(one in due.text for one in conditions)


def _what_came(now: Status) -> Iterator[str]:
    """Say what came of it, and what somebody says had not."""
    if now.not_met:
        yield f"not met by {words.published(now.not_met.day)}"
    if now.outcome:
        kind = now.outcome.kind.replace("-", " ")
        since = " since" if now.outcome.in_force else ""
        yield f"{kind}{since} {words.published(now.outcome.day)}"


def why_no_outcome(now: Status, reviewed: date) -> Iterator[str]:
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


def first_promise(milestone: Milestone) -> str:
    """Write when something was first promised; where no source worded it, not in our own words."""
    ours = "due" in milestone.inferred and not milestone.due.dated
    return "without a date" if ours else milestone.due.text


def how_late(days: tuple[int, int]) -> str:
    """Write by how much something came late: "5 weeks late", "5 to 8 months late"."""
    low, high = map(length, days)
    if low == high:
        return f"{low} late"
    if low.rstrip("s").split()[1] == high.rstrip("s").split()[1]:
        low = low.split()[0]
    return f"{low} to {high} late"


def how_far(days: int | None) -> str:
    """Write by how far a date moved."""
    if days is None:
        return "no telling how far"
    if days == 0:
        return "the last day stayed"
    return f"{length(abs(days))} {'later' if days > 0 else 'earlier'}"


def date_given(record: Known, move: Move) -> str:
    """Write a later date with who gave it and when."""
    claim = next(iter(move.claims), None)
    giver = OWN_PLAN if claim is None else claim.by or record.source(claim.source).publisher
    return f"{move.to.text} ({giver}, {words.published(move.on)})"


def moves_in_a_line(record: Known, milestone: Milestone, now: Status) -> str:
    """Tell in a line the first promise, each later date with who gave it, and what came of it."""
    steps = [f"first promise: {first_promise(milestone)}"]
    steps += [f"then {date_given(record, move)}" for move in now.moves]
    if now.outcome:
        came = now.outcome.day
        lateness = f", {how_late(now.late)}" if now.late and now.late[0] > 0 else ""
        since = " since" if now.outcome.in_force else ""
        steps.append(f"{now.state.replace('-', ' ')}{since} {words.published(came)}{lateness}")
    return "; ".join(steps)
