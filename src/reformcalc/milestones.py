"""Where milestones stand on a day: what is due by then, what came of it, how far it moved.

What the ledger is for money, this is for dates. Only what was known by the day counts: a later
date from when it was given, an outcome from when it was known. Moving a date keeps no promise, so
lateness is measured against the first that had one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from reformcalc.due import dues_in
from reformcalc.known import by_then, last_day, outcome_day
from reformcalc.model import OUTCOME_KINDS
from reformcalc.recurrence import last_occurrence, occurrences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reformcalc.due import Due
    from reformcalc.model import Claim, Dataset, Milestone, Move, Outcome, OutcomeKind, Search


class State(StrEnum):
    """Where a milestone stands on a day: computed from its dates and outcomes, never typed."""

    OVERDUE = "overdue"
    DUE_NOW = "due-now"
    UPCOMING = "upcoming"
    UNDATED = "undated"
    MET = "met"
    MET_LATE = "met-late"
    PARTLY_MET = "partly-met"
    DROPPED = "dropped"
    SUPERSEDED = "superseded"
    ENDED = "ended"  # it came round for the last time; what came of each time is not recorded


OPEN = (State.OVERDUE, State.DUE_NOW, State.UPCOMING)


@dataclass(frozen=True, slots=True)
class Status:
    """A milestone as known on a day.

    `first` is the first promise, `first_dated` the first that had a date (`first` if none had),
    `due` the date now in force (of what repeats: the time that is now or next, or was the last).
    `looked` is the last search that found no outcome. `late` says by how many days the outcome came
    late against `first_dated`, at least and at most; None where it was on time, or nothing can be
    said.
    """

    first: Due
    first_dated: Due
    due: Due
    moves: tuple[Move, ...]
    outcome: Outcome | None
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
    done = outcome and (outcome.met or outcome.partly_met)
    late = lateness(first_dated, outcome) if outcome and done else None
    state = open_state(due, as_of)
    if milestone.repeats:
        ended = last_day(outcome_day(outcome)) if outcome else as_of
        times = to_come(milestone, min(ended, as_of))
        first = first_dated = due = times[0] if times else _last_time(milestone)
        state = open_state(due, as_of) if times else State.ENDED
    if outcome:
        kind = outcome_kind(outcome)
        state = State.MET_LATE if kind == "met" and late and late[0] > 0 else State(kind)
    return Status(first, first_dated, due, then.moved, outcome, then.looked, late, state)


def to_come(milestone: Milestone, as_of: date, until: date | None = None) -> list[Due]:
    """Return the times that a repeating milestone comes round, from a day on.

    They are the one that is now or next, and those after it that begin by `until`; none once the
    last has passed.
    """
    assert milestone.repeats is not None
    until = until or as_of
    ends = last_day(milestone.until) if milestone.until else date.max
    times = occurrences(milestone.due, milestone.repeats, since=as_of, until=ends)
    return [*islice(times, 1), *takewhile(lambda one: _begins_by(one, until), times)]


def _begins_by(due: Due, day: date) -> bool:
    return due.earliest is not None and due.earliest <= day


def _last_time(milestone: Milestone) -> Due:
    assert milestone.repeats is not None
    ends = last_day(milestone.until) if milestone.until else date.max  # the calendar ends
    return last_occurrence(milestone.due, milestone.repeats, until=ends)


def open_state(due: Due, as_of: date) -> State:
    """Return the state of what has no outcome. The last day itself is not overdue."""
    if not due.dated:
        return State.UNDATED
    if due.latest and as_of > due.latest:
        return State.OVERDUE
    return State.UPCOMING if due.earliest and as_of < due.earliest else State.DUE_NOW


def outcome_by(dataset: Dataset, milestone: Milestone, as_of: date) -> Outcome | None:
    """Return the last outcome known by a day, if any: last to happen, whenever it became known.

    Of two on the same day it is the one that is listed later.
    """
    return _last(by_then(dataset, milestone, as_of).outcome)


def _last(outcomes: Sequence[Outcome]) -> Outcome | None:
    return max(reversed(outcomes), key=lambda one: last_day(outcome_day(one)), default=None)


def outcome_kind(outcome: Outcome) -> OutcomeKind:
    """Return what an outcome is: met, partly met, dropped or superseded."""
    return next(kind for kind in OUTCOME_KINDS if getattr(outcome, kind.replace("-", "_")))


def says_due(due: Due, claim: Claim) -> bool:
    """Whether a claim's words give a date: the same words, or words for the same days."""
    words = claim.wording
    # By whole words: "31 May 2024" does not say "1 May 2024".
    said = re.search(rf"(?<!\w){re.escape(_folded(due.text))}(?!\w)", _folded(words))
    return bool(said) or any(due.same_days(one) for one in dues_in(words))


def witness(due: Due, claims: Sequence[Claim]) -> Claim:
    """Return the claim to cite for a date: the first that words it, else the first of all."""
    return next((claim for claim in claims if says_due(due, claim)), claims[0])


def dated_by(milestone: Milestone, now: Status) -> Claim:
    """Return the claim to cite for the date that is in force."""
    return witness(now.due, now.moves[-1].claims if now.moves else milestone.claims)


def _folded(words: str) -> str:
    return re.sub(r"[^\w£%.]+", " ", words.casefold()).strip()


def _counted(dataset: Dataset, due: Due, as_of: date) -> Due:
    """Return a date with its days, if it counts from a milestone that was met by then."""
    if due.waits_for is None:
        return due
    came = outcome_by(dataset, dataset.milestones[due.waits_for], as_of)
    return due.counted_from(came.met) if came and came.met else due


def lateness(first: Due, outcome: Outcome) -> tuple[int, int] | None:
    """Return how many days after a promise an outcome came, at least and at most.

    The least is nought or less where it may have been on time. None where it certainly was, or the
    promise has no first and last day.
    """
    came = outcome_day(outcome)
    if not (first.earliest and first.latest and came.earliest and came.latest):
        return None
    if came.latest <= first.latest:
        return None
    return (came.earliest - first.latest).days, (came.latest - first.earliest).days
