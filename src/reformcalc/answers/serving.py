"""What one's own plan serves: an entry of the record, and how many days lie between their dates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reformcalc.answers.milestone_words import by_when, length
from reformcalc.ledger.milestones import State

if TYPE_CHECKING:
    from datetime import date

    from reformcalc.ledger.known import Known

_DONE = (State.MET, State.MET_LATE)


@dataclass(frozen=True, slots=True)
class Pair:
    """An entry of one's own plan and the milestone of the record that it serves, by their ids.

    Each has the last day on which it falls: one's own, once it was done, the day of that. None
    where its words have no last day. `due` are the words in which theirs falls, `title` is what
    theirs is called, `done` whether one's own is done.
    """

    own: str
    served: str
    title: str
    due: str
    ours: date | None
    theirs: date | None
    done: bool

    @property
    def days(self) -> int | None:
        """By how many days ours falls after theirs, negative if before; None if either has none."""
        return (self.ours - self.theirs).days if self.ours and self.theirs else None

    @property
    def told(self) -> str:
        """How the two days stand to each other, as "ours lands 11 days later"."""
        if self.theirs is None:
            return "cannot be compared: theirs has no date"
        if self.ours is None:
            return "cannot be compared: ours has no date"
        verb, days = "landed" if self.done else "lands", self.days or 0
        if not days:
            return f"ours {verb} on the same day"
        return f"ours {verb} {length(abs(days))} {'later' if days > 0 else 'earlier'}"

    @property
    def sentence(self) -> str:
        """How the two days stand to each other, and what is served, with when that falls."""
        if self.theirs is None or self.ours is None:
            lacking = "theirs" if self.theirs is None else "ours"
            return f"cannot be compared with {self._named}: {lacking} has no date"
        return f"{self.told} {'than' if self.days else 'as'} {self._named}"

    @property
    def _named(self) -> str:
        return f"{self.title}, {by_when(self.due, self.theirs)}" if self.theirs else self.title


def pair(record: Known, id_: str) -> Pair | None:
    """Return an entry of one's own with what it serves; None if it serves nothing known."""
    served = record.milestones[id_].serves
    if served is None:
        return None
    now = record.status(id_)
    came = now.outcome.day if now.outcome and now.state in _DONE else now.due
    due = record.status(served).due
    return Pair(
        own=id_,
        served=served,
        title=record.milestones[served].name,
        due=due.text,
        ours=came.latest,
        theirs=due.latest,
        done=now.state in _DONE,
    )


def pairs(record: Known) -> tuple[Pair, ...]:
    """Return every entry of one's own that serves one of the record, in order of their ids."""
    return record.once(_pairs)  # the page of each milestone asks which of them serve it


def _pairs(record: Known) -> tuple[Pair, ...]:
    return tuple(filter(None, (pair(record, id_) for id_ in record.milestones)))
