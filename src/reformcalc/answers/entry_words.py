"""What is said of the entries of each section of the record: one row for each, and no other place.

All of an entry as known on a day. Of a section that has no row here, what is written is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from reformcalc import words
from reformcalc.answers.citing import prints
from reformcalc.answers.responses import Answer, answered, in_words
from reformcalc.answers.story import TOLD, TOLD_OF_ASKING, asking_story, story
from reformcalc.answers.written import figure_as_written
from reformcalc.ledger.ledger import as_sum
from reformcalc.ledger.milestones import dated_by
from reformcalc.record.model import (
    REVISED,
    Benchmark,
    Commitment,
    FigureEntry,
    Milestone,
    Recommendation,
    Source,
)
from reformcalc.values.money import total

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from decimal import Decimal

    from pydantic import BaseModel

    from reformcalc.answers.story import Step
    from reformcalc.findings import Route
    from reformcalc.ledger.known import Known
    from reformcalc.record.model import Claim
    from reformcalc.values.money import Sum

E = TypeVar("E", bound="BaseModel")


def _as_written(_record: Known, _id: str, entry: BaseModel) -> str:
    return figure_as_written(entry)


def _no_sum(_entry: Any) -> Decimal | None:
    return None


def _as_it_is(entry: E) -> E:
    return entry


def _never(_entry: Any, _route: Route, _claim: Claim) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class EntryWords(Generic[E]):
    """What is said of an entry of one section.

    `figure` is its figure or date in words, "" where it has none; as it is written by default.
    `value` is the sum that the source of that must print, None where it is no sum of money. `apart`
    gives what is cited one by one instead: what is said, and the claim that says so. `was_replaced`
    tells whether a claim is for a figure or date that another took the place of, `in_force` takes
    these out. `story` is what happened by the day, and tells the fields `told`.
    """

    figure: Callable[[Known, str, E], str] = _as_written
    value: Callable[[E], Decimal | None] = _no_sum
    apart: Callable[[Known, str, E], Iterable[tuple[str, Claim]]] | None = None
    was_replaced: Callable[[E, Route, Claim], bool] = _never
    in_force: Callable[[E], E] = _as_it_is
    story: Callable[[Known, str], Iterable[Step]] | None = None
    told: tuple[str, ...] = ()


def words_of(kind: str) -> EntryWords[Any]:
    """Return what is said of the entries of a section: by default what is written."""
    return WORDS.get(kind, _WRITTEN)


def figure(record: Known, kind: str, id_: str) -> str:
    """Return the figure or date of an entry in words."""
    return words_of(kind).figure(record, id_, record.section(kind)[id_])


def _promised(_record: Known, _id: str, entry: Commitment) -> str:
    if entry.amount:
        return words.money(as_sum(entry.amount[-1].value))
    if entry.is_unsized:
        return "not known"
    return words.money(_by_year(entry)) if entry.profile else "no figure yet"


def _by_year(entry: Commitment) -> Sum:
    """Return what the years of a commitment add to, where that is all that is said of it."""
    return total(map(as_sum, entry.profile[-1].value.values()))


def _promised_value(entry: Commitment) -> Decimal | None:
    if entry.amount:
        return as_sum(entry.amount[-1].value).stated
    return _by_year(entry).stated if entry.profile else None


def _promised_before(entry: Commitment, _route: Route, claim: Claim) -> bool:
    """Whether a claim prints a sum that was in force before, and not the one that is."""
    if not entry.amount or prints(claim, now := as_sum(entry.amount[-1].value).stated):
        return False
    earlier = {as_sum(one.value).stated for one in entry.amount} - {now}
    return any(prints(claim, one) for one in earlier)


def _latest(entry: Commitment) -> Commitment:
    return entry.model_copy(update={name: getattr(entry, name)[-1:] for name in REVISED})


def _asked_for(_record: Known, _id: str, entry: Benchmark) -> str:
    return words.money(as_sum(entry.amount))


def _asked_value(entry: Benchmark) -> Decimal | None:
    return as_sum(entry.amount).stated


def _number(_record: Known, _id: str, entry: FigureEntry) -> str:
    if entry.value:
        return f"{entry.value.amount.text} {entry.unit}"
    return "by year" if entry.series else "no figure yet"


def _due(record: Known, id_: str, _entry: Milestone) -> str:
    now = record.status(id_)
    return f"{words.as_said(now.due.text)} ({now.state.words})"


def _date_and_outcome(record: Known, id_: str, milestone: Milestone) -> Iterator[tuple[str, Claim]]:
    """Yield the date of a milestone, and what came of it, each with the claim that says so."""
    now = record.status(id_)
    if dated := dated_by(milestone, now):
        yield now.due.text, dated
    if now.outcome and now.outcome.claims:
        came = f"{now.outcome.kind} {words.published(now.outcome.day)}"
        yield came.replace("-", " "), now.outcome.claims[0]


def _due_before(entry: Milestone, route: Route, _claim: Claim) -> bool:
    """Whether a claim is for a date before the last that was given."""
    if not entry.moved or route[0] not in ("claims", "moved"):
        return False
    return route[:2] != ("moved", len(entry.moved) - 1)


def _answer(_record: Known, _id: str, entry: Recommendation) -> str:
    return answered(entry)


def _ask_and_answers(record: Known, _id: str, entry: Recommendation) -> Iterator[tuple[str, Claim]]:
    """Yield what was asked, and each answer, with the claim that says so."""
    yield f"asked by {record.bodies[entry.by].name}", entry.claims[0]
    for one in entry.responses:
        said = in_words(Answer(one.response))
        yield f"{said}, {words.published(one.on)}", one.claims[0]


def _published(_record: Known, _id: str, entry: Source) -> str:
    return words.published(entry.published) if entry.published else "undated"


WORDS: Mapping[str, EntryWords[Any]] = {
    "commitments": EntryWords(
        _promised, _promised_value, was_replaced=_promised_before, in_force=_latest
    ),
    "benchmarks": EntryWords(_asked_for, _asked_value),
    "figures": EntryWords(_number),
    "milestones": EntryWords(
        _due,
        apart=_date_and_outcome,
        was_replaced=_due_before,
        story=story,
        told=TOLD,
    ),
    "recommendations": EntryWords(
        _answer,
        apart=_ask_and_answers,
        story=asking_story,
        told=TOLD_OF_ASKING,
    ),
    "sources": EntryWords(_published),
}
_WRITTEN: EntryWords[Any] = EntryWords()
