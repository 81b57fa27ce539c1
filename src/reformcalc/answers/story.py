"""Stories in the order of the days.

A milestone's: promised, moved, looked for, done, still open. A recommendation's: asked, asked by
others, answered each time, with the money and the steps that answers name, and how these stand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reformcalc import words
from reformcalc.answers.milestone_words import (
    first_promise,
    how_far,
    how_late,
    how_long,
    why_no_outcome,
)
from reformcalc.answers.responses import Answer, asked_again, in_words, standing, steps_named
from reformcalc.ledger.ledger import as_sum
from reformcalc.ledger.milestones import OPEN, State, closer, lateness, witness
from reformcalc.ledger.rounds import time_kept
from reformcalc.record.history import last_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from reformcalc.ledger.known import Known
    from reformcalc.ledger.milestones import Status
    from reformcalc.record.model import (
        Claim,
        Commitment,
        Milestone,
        Recommendation,
        Response,
        Search,
    )

# The fields that a milestone's story tells.
TOLD = ("promised", "due", "repeats", "terms", "until", "moved", "done", "outcome", "looked")


class Step(NamedTuple):
    """What happened on a day, in words, and the claim that says so.

    Of a search that found nothing, `searched` is what was typed into which collection.
    """

    day: date
    told: str
    claim: Claim | None
    searched: str = ""

    @property
    def in_full(self) -> str:
        """What happened, with what was searched."""
        return f"{self.told}. Searched: {self.searched}" if self.searched else self.told


def story(record: Known, id_: str) -> list[Step]:
    """Return what is known of a milestone, in the order of the days."""
    milestone, now = record.milestones[id_], record.status(id_)
    steps = [
        *_promise(milestone),
        *_moves(now),
        *_outcomes(milestone, now),
        *_times_kept(milestone),
        *_searches(milestone.looked),
    ]
    return [*sorted(steps, key=lambda step: step.day), *_still_open(record, now)]


def _promise(milestone: Milestone) -> Iterator[Step]:
    """Yield the first promise; what one's own plan does not date was always there."""
    if milestone.promised is None:
        return
    due = first_promise(milestone)
    if milestone.repeats:
        due += f", {milestone.repeats}"
    if milestone.terms:
        due += f", then {words.listed(time.text for time in milestone.terms)}"
    if milestone.until:
        due += f" until {milestone.until.text}"
    told = f"{words.published(milestone.promised)}: first promise: {due}"
    yield Step(last_day(milestone.promised), told, witness(milestone.due, milestone.claims))


def _moves(now: Status) -> Iterator[Step]:
    for move in now.moves:
        first = now.first_dated
        to = f"moved to {move.to.text}"
        if move.to == first:
            to = f"first dated: {move.to.text}"
        elif closer(first, move.to):
            to = f"dated more closely: {move.to.text}"
        elif move.to.latest and first.latest and move.to.latest != first.latest:
            to += f", {how_far((move.to.latest - first.latest).days)} than first promised"
        told = f"{words.published(move.on)}: {to}"
        yield Step(last_day(move.on), told, witness(move.to, move.claims))


def _outcomes(milestone: Milestone, now: Status) -> Iterator[Step]:
    for outcome in milestone.outcome:
        came = outcome.day
        told = f"{words.published(came)}: {outcome.kind.replace('-', ' ')}"
        days = lateness(now.first_dated, outcome, milestone.outcome)
        if days:
            told += f", {how_late(days) if days[0] > 0 else 'perhaps late'}"
        if outcome.known:
            told += f", known from {words.day(outcome.known)}"
        if outcome.note:
            told += f". {outcome.note}"
        yield Step(last_day(came), told, next(iter(outcome.claims), None))


def _times_kept(milestone: Milestone) -> Iterator[Step]:
    for done in milestone.done:
        told = f"{words.day(done.on)}: kept for {time_kept(milestone, done).text}"
        yield Step(done.on, told, done.claims[0] if done.claims else None)


def _searches(looked: Iterable[Search], found: str = "no outcome") -> Iterator[Step]:
    for search in looked:
        up_to = f" in pages up to {words.day(search.reaches)}" if search.reaches else ""
        told = f"{words.day(search.on)}: looked{up_to}, and found {found}"
        yield Step(search.on, told, None, search.searched)


def _still_open(record: Known, now: Status) -> Iterator[Step]:
    """Yield where an open milestone stands on the day itself."""
    if now.state in (*OPEN, State.UNDER_WAY) and now.state is not State.PARTLY_MET:
        parts = [now.state.words, how_long(now.due, now.state, record.as_of)]
        parts += why_no_outcome(now, record.about.reviewed)
        told = f"{words.day(record.as_of)}: {', '.join(filter(None, parts))}"
        yield Step(record.as_of, told, None)


# The fields that a recommendation's story tells.
TOLD_OF_ASKING = ("by", "made", "to", "asks_money", "asked_before", "responses", "looked")


def asking_story(record: Known, id_: str) -> list[Step]:
    """Return what is known of a recommendation: the days in order, then how the steps stand."""
    entry = record.recommendations[id_]
    steps = [
        _asked(record, entry),
        *_asked_by_others(record, id_),
        *(step for one in entry.responses for step in _answered(record, one)),
        *_searches(entry.looked, "no answer"),
    ]
    return [*sorted(steps, key=lambda step: step.day), *_where_steps_stand(record, entry)]


def _asked(record: Known, entry: Recommendation) -> Step:
    to = words.listed(record.bodies[id_].name for id_ in entry.to)
    told = f"{words.published(entry.made)}: {record.bodies[entry.by].name} asks {to}"
    if entry.asks_money:
        asked = record.benchmarks[entry.asks_money]
        told += f", for {words.money(as_sum(asked.amount))} ({entry.asks_money})"
    return Step(last_day(entry.made), told, entry.claims[0])


def _asked_by_others(record: Known, id_: str) -> Iterator[Step]:
    """Yield who else asked for the same, before or after."""
    entry = record.recommendations[id_]
    for said, others in (
        ("had asked for the same or most of it", entry.asked_before),
        ("asks for the same or most of it", asked_again(record, id_)),
    ):
        for other in others:
            one = record.recommendations[other]
            told = f"{words.published(one.made)}: {record.bodies[one.by].name} {said} ({other})"
            yield Step(last_day(one.made), told, None)


def _answered(record: Known, response: Response) -> Iterator[Step]:
    """Yield an answer, then the money and the steps that it names."""
    day = last_day(response.on)
    told = f"{words.published(response.on)}: {in_words(Answer(response.response))}"
    if response.instead:
        told += f"; instead, {response.instead}"
    if response.note:
        told += f". {response.note}"
    yield Step(day, told, response.claims[0])
    if response.commitments:
        named = (_money(record.commitments[id_], id_) for id_ in response.commitments)
        yield Step(day, f"money named in it: {'; '.join(named)}", None)
    if response.milestones:
        steps = (_step(record, id_) for id_ in response.milestones)
        yield Step(day, f"steps named in it: {'; '.join(steps)}", None)
    if response.inferred and (response.commitments or response.milestones):
        yield Step(day, f"that these belong to it is our reading: {response.inferred}", None)


def _money(entry: Commitment, id_: str) -> str:
    amount = words.money(as_sum(entry.amount[-1].value)) if entry.amount else "no one figure"
    return f"{entry.name}, {amount} ({id_})"


def _step(record: Known, id_: str) -> str:
    return f"{record.milestones[id_].name}, {record.status(id_).state.replace('-', ' ')} ({id_})"


def _where_steps_stand(record: Known, entry: Recommendation) -> Iterator[Step]:
    """Yield how many of the steps came: which is not that what was asked for is done."""
    if ids := steps_named(entry):
        told = f"{words.day(record.as_of)}: of {words.counted(len(ids), 'step')} named, "
        told += f"{standing(record, ids)}. A step that is met is not the recommendation done."
        yield Step(record.as_of, told, None)
