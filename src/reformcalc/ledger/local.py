"""What is known of one body on a day: what it takes part in, what it gets, what is said of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from reformcalc.ledger.known import Known
    from reformcalc.record.model import Commitment, Milestone

from reformcalc.record.model import Allocation, Areas, BodyNote

P = TypeVar("P", Areas, Allocation, BodyNote)
# The sections whose entries say who takes part.
WITH_AREAS = ("commitments", "milestones")


@dataclass(frozen=True, slots=True)
class Local(Generic[P]):
    """What an entry says of a body: a list of those that take part, an allocation, or a note.

    `named` is the body as it stands there: itself, or a group that it is a member of.
    """

    kind: str
    id: str
    entry: Commitment | Milestone
    part: P
    named: str


def areas_of(record: Known, body: str) -> list[Local[Areas]]:
    """Return what a body takes part in, or did, in order of the entries."""
    groups = record.groups.above([body])
    return [
        found
        for kind in WITH_AREAS
        for id_, entry in record.section(kind).items()
        for found in _naming(body, groups, (kind, id_, entry), entry.areas)
    ]


def allocations_of(record: Known, body: str) -> list[Local[Allocation]]:
    """Return what a body gets, alone or with others, as last said; in order of the entries.

    One that several bodies share, or that a group gets, is theirs together.
    """
    groups = record.groups.above([body])
    return [
        found
        for id_, entry in record.commitments.items()
        if entry.allocations
        for found in _naming(body, groups, ("commitments", id_, entry), allocated(record, entry))
    ]


def notes_of(record: Known, body: str) -> list[Local[BodyNote]]:
    """Return what else is said of a body: bids, hopes, shortfalls."""
    groups = record.groups.above([body])
    return [
        found
        for id_, entry in record.commitments.items()
        for found in _naming(body, groups, ("commitments", id_, entry), entry.body_notes)
    ]


def allocated(record: Known, entry: Commitment) -> list[Allocation]:
    """Return the allocations of a commitment of the day, each as last said."""
    return latest(entry.allocations, record.since)


def latest(
    allocations: Iterable[Allocation], since: Callable[[Allocation], date | None]
) -> list[Allocation]:
    """Return allocations without those whose place a later one took, in order of their days.

    That is one for the same bodies, years and purpose; of one day the last that is written.
    """
    held = {}
    for one in sorted(allocations, key=lambda one: since(one) or date.min):
        held[frozenset(one.bodies), one.years, one.purpose] = one
    return [*held.values()]


def _naming(
    body: str, groups: set[str], entry: tuple[str, str, Commitment | Milestone], parts: Iterable[P]
) -> Iterator[Local[P]]:
    """Yield the parts that name a body, or a group that it is a member of."""
    for part in parts:
        meant = [one for one in part.bodies if one == body or one in groups]
        if meant:
            yield Local(*entry, part, body if body in meant else meant[0])


@dataclass(frozen=True, slots=True)
class Wave:
    """How many take part in a wave of a programme: as named, as inferred, and in all if known."""

    name: str
    named: int
    inferred: int
    in_all: int | None
    among_others: bool  # whether they are some of those of the other waves


@dataclass(frozen=True, slots=True)
class Programme:
    """An entry that says who takes part, or who gets what: how many of how many are known."""

    kind: str
    id: str
    entry: Commitment | Milestone
    waves: tuple[Wave, ...]
    allocated: int  # bodies whose share is known, of what no others share
    shared: int  # allocations that several share, each one sum
    nil: int  # bodies that get nothing, by rule

    @property
    def named(self) -> int:
        """How many are named or inferred, in all waves."""
        return sum(one.named + one.inferred for one in self.waves if not one.among_others)

    @property
    def inferred(self) -> int:
        """How many of these are inferred."""
        return sum(one.inferred for one in self.waves if not one.among_others)

    @property
    def in_all(self) -> int | None:
        """How many take part; None where that is not known of some wave, or none is said to be."""
        counts = [one.in_all for one in self.waves if not one.among_others]
        known = [one for one in counts if one is not None]
        return sum(known) if known and len(known) == len(counts) else None


def programmes(record: Known) -> tuple[Programme, ...]:
    """Return every entry that says who takes part, or who gets what, in order."""
    return record.once(_programmes)  # what is asked about councils asks for each of them


def _programmes(record: Known) -> tuple[Programme, ...]:
    return tuple(
        programme(record, kind, id_)
        for kind in WITH_AREAS
        for id_, entry in record.section(kind).items()
        if entry.areas or getattr(entry, "allocations", ())
    )


def programme(record: Known, kind: str, id_: str) -> Programme:
    """Return how many areas and allocations an entry tells of."""
    entry = record.section(kind)[id_]
    given = allocated(record, entry) if kind == "commitments" else []
    sized = [one for one in given if one.amount]
    return Programme(
        kind,
        id_,
        entry,
        tuple(waves(entry.areas)),
        allocated=len({one.bodies for one in sized if len(one.bodies) == 1}),
        shared=sum(len(one.bodies) > 1 for one in sized),
        nil=len({body for one in given if one.firm == "nil" for body in one.bodies}),
    )


def waves(lists: Iterable[Areas]) -> Iterator[Wave]:
    """Yield the waves of an entry, counted: lists without a name are one, and have none."""
    by_name: dict[str, list[Areas]] = {}
    for one in lists:
        by_name.setdefault(one.wave or "", []).append(one)
    for name, parts in by_name.items():
        sure = {body for one in parts if not one.inferred for body in one.bodies}
        every = {body for one in parts for body in one.bodies}
        in_all = next((one.in_all for one in reversed(parts) if one.in_all), None)  # as last said
        among_others = all(one.among_others for one in parts)
        yield Wave(name, len(sure), len(every - sure), in_all, among_others)
