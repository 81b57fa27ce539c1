"""The rows of what is known of one council, by what they are about; and of several, one each."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from reformcalc import words  # noqa: TC001  what a property of a row is
from reformcalc.rows import Kind, computed, for_people, means

if TYPE_CHECKING:
    from datetime import date

    from reformcalc.values.money import Sum


class Aspect(StrEnum):
    """What something that is known of a council is about."""

    IN = "in"  # it takes part, or did
    GOT = "got"  # allocated, provisionally, or nothing by a rule
    SAID = "said"  # a bid, a hope, a shortfall: no allocation
    NOT_KNOWN = "not-known"  # no source says what, if anything, this council gets of it
    OWN_PROMISE = "own-promise"  # the record's, of what this council itself promised or must do
    IN_FORCE = "in-force"  # a duty that binds it
    DUE = "due"  # falls due within six months, or is due now
    LATER = "later"  # has a day, after that
    NO_DATE = "no-date"  # is asked of it, and waits for a date
    PARTLY_MET = "partly-met"  # was asked of it, and came about in part
    PAST = "past"  # was asked of it by a day that is past, and nothing is known of it
    WAITS_FOR = "waits-for"  # what others promised within six months
    OWN_PLAN = "own-plan"  # an entry of one's own files
    CHANGED = "changed"  # what happened to any of these since a day


HEADINGS = {
    Aspect.IN: "Takes part in",
    Aspect.GOT: "Got, or is to get",
    Aspect.SAID: "Said of it, and no allocation",
    Aspect.NOT_KNOWN: "Not known: what, if anything, it got of this",
    Aspect.OWN_PROMISE: "Promised by itself, or asked of it alone",
    Aspect.IN_FORCE: "In force",
    Aspect.DUE: "Due within six months",
    Aspect.LATER: "Due later",
    Aspect.NO_DATE: "Asked of it, and waits for a date",
    Aspect.PARTLY_MET: "Partly met, and open",
    Aspect.PAST: "Past, and no outcome is known",
    Aspect.WAITS_FOR: "Waits for: what others promised within six months",
    Aspect.OWN_PLAN: "Its own plan",
    Aspect.CHANGED: "Changed",
}


@dataclass(frozen=True, slots=True)
class ForRow:
    """One thing that is known of a council, or known not to be known."""

    aspect: Aspect = field(metadata=means(f"what it is about: {', '.join(Aspect)}", Kind.WORD))
    kind: str = field(metadata=means("the section that its entry is in", Kind.WORD))
    id: str = field(metadata=means("the entry that says so", Kind.ID))
    title: str = field(metadata=means("what that is", Kind.TEXT))
    says: str = field(
        metadata=means("what it says of the council, in words; empty where no more", Kind.TEXT)
    )
    state: str = field(
        metadata=means(
            "of money: allocated, provisional, nil or not-known; of a date, how it stood on the "
            "day; of a change, what happened",
            Kind.WORD,
        )
    )
    nature: str | None = field(metadata=means("of a date: step, duty, programme or aim", Kind.WORD))
    when: str = field(
        metadata=means(
            "since when it takes part; for which years the money is; when it falls due", Kind.TEXT
        )
    )
    day: date | None = field(
        metadata=means(
            "the day since which it is known, or binds; of a due date the last", Kind.DAY
        )
    )
    amount: Sum | None = field(
        metadata=means("what it gets, as a source prints it; never part of a total", Kind.SUM)
    )
    shared_by: int | None = field(
        metadata=means("how many bodies have that amount together", Kind.WHOLE)
    )
    named: str = field(
        metadata=means(
            "the body as it stands there: the council, or a group or region that it is in",
            Kind.ID,
            names="bodies",
        )
    )
    serves: str | None = field(
        metadata=means(
            "what an entry of one's own plan carries out; null elsewhere",
            Kind.ID,
            names="milestones",
        )
    )
    days_after_served: int | None = field(
        metadata=means(
            "days from the last day of what it serves to its own, or to when it was done; negative "
            "if before, null if it serves nothing or either has no date",
            Kind.WHOLE,
        )
    )
    inferred: str | None = field(
        metadata=means("what it is read from, where no source says so", Kind.SENTENCE)
    )
    where: str = field(metadata=means("the source that says so", Kind.TEXT))
    sources: tuple[str, ...] = field(metadata=means("its id", Kind.ID, many=True, names="sources"))
    name: str = field(metadata=for_people("what a row of a screen calls the entry", Kind.TEXT))
    in_short: str = field(
        metadata=for_people("when, how much or what changed, in a few letters", Kind.TEXT)
    )
    entry: str = field(metadata=for_people("what its entry is called", Kind.TEXT))
    purpose: str = field(metadata=for_people("what an allocation is for", Kind.TEXT))
    who: str = field(metadata=for_people("who says so, by a short name", Kind.TEXT))
    heading: str = field(metadata=for_people("what heads such rows", Kind.TEXT))
    doubt: str = field(metadata=for_people("what makes its date less than certain", Kind.SENTENCE))

    @property
    @computed(Kind.CITED)
    def cited(self) -> tuple[words.Cited, ...]:
        """The source with its citation."""
        return tuple((source, self.where) for source in self.sources)


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One of several councils, in a line."""

    id: str = field(metadata=means("the council", Kind.ID, names="bodies"))
    title: str = field(metadata=means("what it is called", Kind.TEXT))
    code: str = field(metadata=means("its code in use; empty where none is recorded", Kind.TEXT))
    takes_part: tuple[str, ...] = field(
        metadata=means("the entries that it takes part in, or did", Kind.ID, many=True)
    )
    allocated: tuple[str, ...] = field(
        metadata=means(
            "the commitments of which a source says what it gets",
            Kind.ID,
            many=True,
            names="commitments",
        )
    )
    programmes: str = field(metadata=for_people("the same by their names, a few", Kind.TEXT))
    got: str = field(metadata=for_people("what is known of what it gets", Kind.TEXT))
