"""How a recommendation stands on a day: what was answered last, and what all answers name.

Nothing here says that what was asked for is done: money and steps that an answer names are on the
way to it, or in its place.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.ledger.milestones import PAST, State

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reformcalc.ledger.known import Known
    from reformcalc.record.model import Recommendation, Response


class Answer(StrEnum):
    """What a recommendation was answered with; `none` where the record has no answer of the day."""

    ACCEPTED = "accepted"
    IN_PART = "in-part"
    TESTING = "testing"
    EXPLORING = "exploring"
    REJECTED = "rejected"
    NONE = "none"


def last(entry: Recommendation) -> Response | None:
    """Return the response that stands: the last that was known by the day of the entry."""
    return entry.responses[-1] if entry.responses else None


def answer(entry: Recommendation) -> Answer:
    """Return what was answered last."""
    response = last(entry)
    return Answer(response.response) if response else Answer.NONE


def answered(entry: Recommendation) -> str:
    """Say what was answered last, and when; of none, whether anybody looked."""
    response = last(entry)
    if response:
        return f"{in_words(answer(entry))}, {words.published(response.on)}"
    return "no answer found" if entry.looked else "no answer, and not looked for"


def in_words(one: Answer) -> str:
    """Write an answer as a sentence does."""
    return "no answer" if one is Answer.NONE else one.replace("-", " ")


def money_named(entry: Recommendation) -> tuple[str, ...]:
    """Return the commitments that the responses name, each once."""
    return tuple(dict.fromkeys(id_ for one in entry.responses for id_ in one.commitments))


def steps_named(entry: Recommendation) -> tuple[str, ...]:
    """Return the milestones that the responses name, each once."""
    return tuple(dict.fromkeys(id_ for one in entry.responses for id_ in one.milestones))


@dataclass(frozen=True, slots=True)
class Steps:
    """How many steps stand how: what came, what is to come, what is past, what was given up."""

    came: int = 0
    partly: int = 0
    to_come: int = 0
    past: int = 0
    gone: int = 0

    @property
    def total(self) -> int:
        return self.came + self.partly + self.to_come + self.past + self.gone

    def __str__(self) -> str:
        """Return them in words: "3 met, 1 to come"."""
        parts = (
            (self.came, "met"),
            (self.partly, "partly met"),
            (self.to_come, "to come"),
            (self.past, "past, no outcome known"),
            (self.gone, "dropped or replaced"),
        )
        return ", ".join(f"{count} {said}" for count, said in parts if count)


_CAME = (State.MET, State.MET_LATE, State.IN_FORCE, State.ENDED)
_GONE = (State.DROPPED, State.SUPERSEDED)


def standing(record: Known, ids: Iterable[str]) -> Steps:
    """Count how some milestones stand on the day."""
    states = [record.status(id_).state for id_ in ids]
    came, gone, past = (sum(one in of for one in states) for of in (_CAME, _GONE, PAST))
    partly = states.count(State.PARTLY_MET)
    return Steps(came, partly, len(states) - came - gone - past - partly, past, gone)


def asked_again(record: Known, id_: str) -> tuple[str, ...]:
    """Return the later recommendations, known by the day, that ask for the same."""
    return tuple(other for other, one in record.recommendations.items() if id_ in one.asked_before)
