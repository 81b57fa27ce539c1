"""A milestone's story in the order of its days: promised, moved, looked for, done, still open."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reformcalc import words
from reformcalc.history import by_then, last_day, outcome_day
from reformcalc.milestones import OPEN, State, closer, lateness, outcome_kind, status, witness
from reformcalc.queries.deadline_words import first_words, late, nothing_known, shift, when
from reformcalc.rounds import time_kept

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from reformcalc.milestones import Status
    from reformcalc.model import Claim, Dataset, Milestone

# The fields that the story tells.
TOLD = ("promised", "due", "repeats", "terms", "until", "moved", "done", "outcome", "looked")


class Step(NamedTuple):
    """What happened on a day, in words, and the claim that says so."""

    day: date
    told: str
    claim: Claim | None


def story(dataset: Dataset, milestone: Milestone, as_of: date) -> list[Step]:
    """Return what is known by a day of a milestone, in the order of the days.

    The milestone is without the outcomes that were not yet known.
    """
    now = status(dataset, milestone, as_of)
    steps = [
        _promise(milestone),
        *_moves(now),
        *_outcomes(milestone, now),
        *_kept(dataset, milestone, as_of),
        *_searches(dataset, milestone, as_of),
    ]
    return [*sorted(steps, key=lambda step: step.day), *_open(dataset, now, as_of)]


def _promise(milestone: Milestone) -> Step:
    due = first_words(milestone)
    if milestone.repeats:
        due += f", {milestone.repeats}"
    if milestone.terms:
        due += f", then {words.listed(time.text for time in milestone.terms)}"
    if milestone.until:
        due += f" until {milestone.until.text}"
    told = f"{words.published(milestone.promised)}: first promise: {due}"
    return Step(last_day(milestone.promised), told, witness(milestone.due, milestone.claims))


def _moves(now: Status) -> Iterator[Step]:
    for move in now.moves:
        first = now.first_dated
        to = f"moved to {move.to.text}"
        if move.to == first:
            to = f"first dated: {move.to.text}"
        elif closer(first, move.to):
            to = f"dated more closely: {move.to.text}"
        elif move.to.latest and first.latest and move.to.latest != first.latest:
            to += f", {shift((move.to.latest - first.latest).days)} than first promised"
        told = f"{words.published(move.on)}: {to}"
        yield Step(last_day(move.on), told, witness(move.to, move.claims))


def _outcomes(milestone: Milestone, now: Status) -> Iterator[Step]:
    for outcome in milestone.outcome:
        came = outcome_day(outcome)
        kind = outcome_kind(outcome)
        told = f"{words.published(came)}: {kind.replace('-', ' ')}"
        days = lateness(now.first_dated, outcome, milestone.outcome)
        if days:
            told += f", {late(days) if days[0] > 0 else 'perhaps late'}"
        if outcome.known:
            told += f", known from {words.day(outcome.known)}"
        if outcome.note:
            told += f". {outcome.note}"
        yield Step(last_day(came), told, outcome.claims[0])


def _kept(dataset: Dataset, milestone: Milestone, as_of: date) -> Iterator[Step]:
    then = by_then(dataset, milestone, as_of)
    for one in then.done:
        told = f"{words.day(one.on)}: kept for {time_kept(then, one).text}"
        yield Step(one.on, told, one.claims[0] if one.claims else None)


def _searches(dataset: Dataset, milestone: Milestone, as_of: date) -> Iterator[Step]:
    for one in by_then(dataset, milestone, as_of).looked:
        up_to = f" in pages up to {words.day(one.reaches)}" if one.reaches else ""
        told = f"{words.day(one.on)}: looked{up_to}, and found no outcome. Searched: {one.searched}"
        yield Step(one.on, told, None)


def _open(dataset: Dataset, now: Status, as_of: date) -> Iterator[Step]:
    """Yield where an open milestone stands on the day itself."""
    if now.state in (*OPEN, State.UNDER_WAY) and now.state is not State.PARTLY_MET:
        parts = [now.state.replace("-", " "), when(now.due, now.state, as_of)]
        parts += nothing_known(now, dataset.about.reviewed)
        yield Step(as_of, f"{words.day(as_of)}: {', '.join(filter(None, parts))}", None)
