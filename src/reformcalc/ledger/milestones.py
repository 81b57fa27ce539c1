"""Where milestones stand on a day: what is due by then, what came of it, how far it moved.

What the ledger is for money, this is for dates. Only what was known by the day counts: a later
date from when it was given, an outcome from when it was known, a search from when it was made.
Moving a date keeps no promise, so lateness is measured against the first that had one. Nobody is
called late beyond what a source says: that nothing was found is a state of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

from dateutil.relativedelta import relativedelta

from reformcalc.ledger.rounds import first_time, last_time, times_left
from reformcalc.record.history import by_then, known_by, last_day
from reformcalc.values.due import dues_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reformcalc.record.model import (
        Claim,
        Dataset,
        Milestone,
        Move,
        Outcome,
        OutcomeKind,
        Search,
    )
    from reformcalc.values.due import Due


StateWord = Literal[
    "overdue",
    "late",
    "no-outcome-found",
    "not-checked",
    "due-now",
    "upcoming",
    "partly-met",
    "undated",
    "under-way",
    "in-force",
    "met",
    "met-late",
    "dropped",
    "superseded",
    "ended",
]


class State(StrEnum):
    """Where a milestone stands on a day: computed from its dates and outcomes, never typed."""

    OVERDUE = "overdue"  # past and not done, in one's own plan: the file is the evidence
    LATE = "late"  # a source says of a day after the last due day that it had not happened
    NO_OUTCOME_FOUND = "no-outcome-found"  # looked for, in pages that reach beyond the due day
    NOT_CHECKED = "not-checked"  # past, and nobody looked so far
    DUE_NOW = "due-now"
    UPCOMING = "upcoming"
    PARTLY_MET = "partly-met"
    UNDATED = "undated"
    UNDER_WAY = "under-way"  # a programme between its two ends
    IN_FORCE = "in-force"  # a duty that binds
    MET = "met"
    MET_LATE = "met-late"
    DROPPED = "dropped"
    SUPERSEDED = "superseded"
    # A programme past its end; or what came round for the last time.
    ENDED = "ended"

    @property
    def words(self) -> str:
        """The state as it is read: without hyphens."""
        return self.value.replace("-", " ")


# What is past its last day, as far as anybody knows: --state overdue means all of these.
PAST = (State.OVERDUE, State.LATE, State.NO_OUTCOME_FOUND, State.NOT_CHECKED)
OPEN = (*PAST, State.DUE_NOW, State.UPCOMING, State.PARTLY_MET)
# What leaves it open whether anything came, or is still to come; the others settle it.
_UNSETTLED: tuple[OutcomeKind, ...] = ("partly-met", "not-met")
# What came about, early or late.
CAME: tuple[OutcomeKind, ...] = ("met", "partly-met", "in-force")
_OPEN_ENDED = relativedelta(years=1)  # how long what is due after a day is due now
MOST_STEPS_BACK = 5  # milestones through which a date may count back from another


@dataclass(frozen=True, slots=True)
class Status:
    """A milestone as known on a day.

    `first` is the first promise, `first_dated` the first that had a date (`first` if none had),
    `due` the date now in force (of what repeats: the first time that was not kept, or the last).
    `outcome` is what came of it; `not_met` what a source says had not happened after the last due
    day. `looked` is the search that reaches furthest. `late` says by how many days the outcome came
    late against `first_dated`, at least and at most; None where it was on time, or nothing can be
    said.
    """

    first: Due
    first_dated: Due
    due: Due
    moves: tuple[Move, ...]
    outcome: Outcome | None
    not_met: Outcome | None
    looked: Search | None
    late: tuple[int, int] | None
    state: State

    @property
    def moved(self) -> bool:
        """Whether another date was given, and not only the first one or a closer one."""
        return self.due != self.first_dated and not closer(self.first_dated, self.due)

    @property
    def slipped(self) -> int | None:
        """By how many days the last day of the promise moved; negative if it was brought forward.

        0 where it never moved or was only dated more closely, None where either date has no last
        day.
        """
        if not self.moved:
            return 0
        if self.due.latest is None or self.first_dated.latest is None:
            return None
        return (self.due.latest - self.first_dated.latest).days


def closer(first: Due, due: Due) -> bool:
    """Whether a date lies inside what was promised, and so only says more closely when."""
    if not (first.earliest and first.latest and due.earliest and due.latest):
        return False
    inside = first.earliest <= due.earliest and due.latest <= first.latest
    return inside and not first.same_days(due)


def status(dataset: Dataset, milestone: Milestone, as_of: date) -> Status:
    """Return where a milestone stands on a day."""
    then = by_then(dataset, milestone, as_of)
    first = _counted(dataset, milestone.due, as_of)
    given = [first, *(_counted(dataset, move.to, as_of) for move in then.moved)]
    first_dated = next((one for one in given if one.dated), first)
    due = given[-1]
    outcome = _last(then.outcome)
    late = lateness(first_dated, outcome, then.outcome) if outcome else None
    looked = furthest(then)
    state = None
    if milestone.repeats:
        ends = last_day(outcome.day) if outcome and not outcome.in_force else as_of
        time = first_time(then, min(ends, as_of))
        first = first_dated = due = time or last_time(then)
        state = None if time else State.ENDED
    not_met = _not_met(then.outcome, outcome, due)
    state = state or open_state(then, due, as_of)
    if not_met:
        state = State.LATE
    elif outcome and not (outcome.in_force and milestone.repeats):
        kind = outcome.kind
        state = State.MET_LATE if kind == "met" and late and late[0] > 0 else State(kind)
    elif then.own and then.progress == "done" and not milestone.repeats:
        state = State.MET  # on a day that the plan does not have
    return Status(first, first_dated, due, then.moved, outcome, not_met, looked, late, state)


def furthest(then: Milestone) -> Search | None:
    """Return the search that reaches furthest, of those that tell how far; else the last one."""
    return max(then.looked, key=lambda one: (one.reaches or date.min, one.on), default=None)


def open_state(then: Milestone, due: Due, as_of: date) -> State:
    """Return the state of what has no outcome, as known on a day; the last day is not past yet."""
    if due.earliest is None or _since_long(due, as_of):
        return State.UNDATED
    if as_of < due.earliest:
        return State.UPCOMING
    if due.latest is None or as_of <= due.latest:
        return State.UNDER_WAY if then.nature == "programme" else State.DUE_NOW
    if then.nature == "programme":
        return State.ENDED
    if then.own:
        return State.OVERDUE
    looked = furthest(then)
    found = looked and looked.reaches and looked.reaches > due.latest
    return State.NO_OUTCOME_FOUND if found else State.NOT_CHECKED


def _since_long(due: Due, as_of: date) -> bool:
    """Whether what is due after a day, without a last one, has been so for too long to be now."""
    return due.earliest is not None and due.latest is None and as_of >= due.earliest + _OPEN_ENDED


def later_times(milestone: Milestone, now: Status, as_of: date, until: date) -> list[Due]:
    """Return the times of what repeats, after the first not kept, that begin in a horizon."""
    return [one for one in times_left(milestone, as_of, until) if one != now.due]


def _last(outcomes: Sequence[Outcome]) -> Outcome | None:
    """Return what came of a milestone: what settles it, if anything does.

    Of several it is the last to happen, whenever it became known; of two on the same day the one
    that is listed later. So what was met stays met, whatever else is said of a later day.
    """
    came = [one for one in outcomes if one.not_met is None]
    settled = [one for one in came if one.kind not in _UNSETTLED]
    by_day = reversed(settled or came)
    return max(by_day, key=lambda one: last_day(one.day), default=None)


def _not_met(outcomes: Sequence[Outcome], outcome: Outcome | None, due: Due) -> Outcome | None:
    """Return what a source says had not happened after the last due day, if nothing says more.

    What came in part since then does; whatever settles it always does.
    """
    after = outcome.partly_met if outcome else None
    said = [
        one
        for one in outcomes
        if (day := one.not_met)
        and day.earliest
        and due.latest
        and day.earliest > due.latest
        and not (after and last_day(after) >= last_day(day))
    ]
    settled = outcome is not None and outcome.partly_met is None
    return None if settled else max(said, key=lambda one: last_day(one.day), default=None)


_LETTER = re.compile(r"\w")


def says_due(due: Due, claim: Claim) -> bool:
    """Whether a claim's words give a date: the same words, or words for the same days."""
    words = claim.wording
    return _holds(_folded(words), _folded(due.text)) or any(map(due.same_days, dues_in(words)))


def _holds(text: str, said: str) -> bool:
    """Whether a text says something by whole words: "31 May 2024" does not say "1 May 2024"."""
    at = text.find(said)
    while at >= 0:
        if not any(map(_LETTER.match, (text[at - 1 : at], text[at + len(said) :][:1]))):
            return True
        at = text.find(said, at + 1)
    return False


def witness(due: Due, claims: Sequence[Claim]) -> Claim | None:
    """Return the claim to cite for a date: the first that words it, else the first of all.

    None where there is none, as in one's own plan.
    """
    return next((claim for claim in claims if says_due(due, claim)), next(iter(claims), None))


def dated_by(milestone: Milestone, now: Status) -> Claim | None:
    """Return the claim to cite for the date that is in force, where there is one."""
    return witness(now.due, now.moves[-1].claims if now.moves else milestone.claims)


def _folded(words: str) -> str:
    return re.sub(r"[^\w£%.]+", " ", words.casefold()).strip()


def _counted(dataset: Dataset, due: Due, as_of: date) -> Due:
    """Return a date with its days, if it counts from a milestone that has a day by then.

    Counted on, that is the day on which it came about; counted back, also the date that is in
    force. Circles, and longer ways back than the rules allow, lead to no day.
    """
    steps: list[Due] = []
    while due.waits_for and len(steps) <= MOST_STEPS_BACK:
        steps.append(due)
        other = dataset.milestones[due.waits_for]
        came = _came([one for one in other.outcome if (one.known or last_day(one.day)) <= as_of])
        if came:
            due = came
        elif due.back and known_by(dataset, other, as_of):
            due = _in_force(dataset, other, as_of)
        else:
            break
    for step in reversed(steps):
        due = step.counted_from(due)
    return due


def _came(outcomes: Sequence[Outcome]) -> Due | None:
    """Return when something was met or came into force, if it did."""
    days = [day for one in outcomes if (day := one.met or one.in_force)]
    return max(days, key=last_day, default=None)


def _in_force(dataset: Dataset, milestone: Milestone, as_of: date) -> Due:
    """Return the date that is in force, before it is counted; of what repeats, its next time."""
    if milestone.repeats:
        then = by_then(dataset, milestone, as_of)
        return first_time(then, as_of) or last_time(then)
    given = [move.to for move in milestone.moved if last_day(move.on) <= as_of]
    return given[-1] if given else milestone.due


def lateness(first: Due, outcome: Outcome, said: Sequence[Outcome]) -> tuple[int, int] | None:
    """Return how many days after a promise an outcome came, at least and at most.

    `said` is all that is said of what came of it. The least is nought or less where it may have
    been on time. None where it certainly was, where the promise has no first and last day, or where
    it was given up and never came.
    """
    came, begins = outcome.day, _came_from(outcome, said)
    if outcome.kind not in CAME or not (first.earliest and first.latest and begins and came.latest):
        return None
    if came.latest <= first.latest:
        return None
    return (begins - first.latest).days, (came.latest - first.earliest).days


def _came_from(outcome: Outcome, said: Sequence[Outcome]) -> date | None:
    """Return the first day on which an outcome can have come.

    What came in summer, and on 5 June had not, came on 5 June or later; but of a part nobody says
    that it had not, and what is said of days after it came is not of when it did.
    """
    came = outcome.day
    if outcome.partly_met or not (came.earliest and came.latest):
        return came.earliest
    undone = (one.not_met.earliest for one in said if one.not_met and one.not_met.earliest)
    return max([came.earliest, *(day for day in undone if day <= came.latest)])
