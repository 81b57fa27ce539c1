"""What is known of one council on a day, put together from every family of answers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from reformcalc import words
from reformcalc.answers.council.rows import HEADINGS, Aspect, ForRow
from reformcalc.answers.deadlines.bodies import acting
from reformcalc.answers.deadlines.dates import Dates, since_when
from reformcalc.answers.deadlines.since import HEADINGS as CHANGES
from reformcalc.answers.deadlines.since import Change, Changes
from reformcalc.answers.milestone_words import by_when
from reformcalc.answers.states import TOLD
from reformcalc.ledger.ledger import as_sum
from reformcalc.ledger.local import allocations_of, areas_of, notes_of, programmes
from reformcalc.ledger.milestones import OPEN, State
from reformcalc.record.history import last_day
from reformcalc.record.model import Commitment
from reformcalc.values.money import Sum

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reformcalc.answers.deadlines.listing import Listing
    from reformcalc.answers.deadlines.rows import DeadlineRow
    from reformcalc.answers.deadlines.since import ChangeRow
    from reformcalc.ledger.known import Known
    from reformcalc.ledger.local import Local, Programme
    from reformcalc.record.model import Allocation, Areas, Claim, Milestone
    from reformcalc.values.due import Due

AHEAD = "6m"  # how far an officer looks ahead: to the next but one meeting of a committee
_LETTERS = 11  # of a column for dates and sums
BEFORE = "1m"  # since when something is new, unless a day is given


@dataclass(frozen=True)
class Council:
    """What is asked: what a record says of one body, and what of that is new since a day.

    Raises Refused where that day is not before the day of the record.
    """

    record: Known
    body: str
    since: date | None = None

    @property
    def name(self) -> str:
        """What the body is called in a sentence."""
        return self.record.bodies[self.body].name

    @cached_property
    def rows(self) -> tuple[ForRow, ...]:
        """All that is known of it, aspect by aspect."""
        found = [
            *self.takes_part,
            *self.gets,
            *self._notes(),
            *self._shares_unknown(),
            *self._asked(),
            *self._waits_for(),
            *self._changed(),
        ]
        return tuple(sorted(found, key=lambda row: [*Aspect].index(row.aspect)))

    def of(self, aspect: Aspect) -> list[ForRow]:
        """Return the rows that are about one thing."""
        return [row for row in self.rows if row.aspect is aspect]

    @cached_property
    def since_day(self) -> date:
        """The day since which something is new."""
        return self.since or since_when(self.record.as_of, BEFORE)

    @cached_property
    def until(self) -> date:
        """The last day of what is due soon."""
        last = self._mine.until
        assert last is not None
        return last

    @property
    def is_named(self) -> bool:
        """Whether anything in the record names it: a list, an allocation, a note, a promise."""
        said = (Aspect.IN, Aspect.GOT, Aspect.SAID, Aspect.OWN_PROMISE)
        return any(row.named == self.body for row in self.rows if row.aspect in said)

    @cached_property
    def might_be_in(self) -> tuple[Programme, ...]:
        """What the record names too few for: this body may be among those that are not named."""
        named = {(one.kind, one.id) for one in self._areas}
        return tuple(
            one
            for one in programmes(self.record)
            if one.waves
            and (one.kind, one.id) not in named
            and (one.in_all is None or one.named < one.in_all)
        )

    # What it takes part in, and what it gets.

    @cached_property
    def _areas(self) -> Sequence[Local[Areas]]:
        """What it is in, the newest first."""
        return sorted(areas_of(self.record, self.body), key=self._day_of, reverse=True)

    @cached_property
    def _allocations(self) -> Sequence[Local[Allocation]]:
        """What it gets, the newest first."""
        return sorted(allocations_of(self.record, self.body), key=self._day_of, reverse=True)

    def _day_of(self, one: Local[Any]) -> date:
        return self.record.since(one.part) or self.record.since(one.entry) or self.record.as_of

    @cached_property
    def takes_part(self) -> tuple[ForRow, ...]:
        """What it is in, the newest first; what it no longer is in says so."""
        return tuple(self._takes_part())

    def _takes_part(self) -> Iterator[ForRow]:
        for one in self._areas:
            part = one.part
            when = part.named or part.since or self._published(part.claims[0])
            says = [part.wave or ""]
            says += [f"since {part.since.text}"] if part.since and part.named else []
            says += [f"until {part.until.text}"] if part.until else []
            row = self._said_of(Aspect.IN, one)
            if one.kind == "milestones":
                status = self.record.status(one.id)
                stands = TOLD[status.state].stands
                came = f" {words.published(status.outcome.day)}" if status.outcome else ""
                says.append(f"{stands}{came}")
                row = replace(row, name=f"{row.name}, {stands}", state=status.state.value)
            yield replace(
                row,
                says=", ".join(filter(None, says)),
                when=words.published(when) if when else "",
                name=f"{part.wave}: {row.name}" if part.wave else row.name,
                in_short=by_when(when.text, when.latest) if when else "",
                inferred=part.inferred,
            )

    @cached_property
    def gets(self) -> tuple[ForRow, ...]:
        """What it gets, the newest first."""
        return tuple(self._gets())

    def _gets(self) -> Iterator[ForRow]:
        for one in self._allocations:
            part = one.part
            stated = as_sum(part.amount) if part.amount else None
            yield replace(
                self._said_of(Aspect.GOT, one),
                says=", ".join(filter(None, (how_much(one), part.purpose))),
                name=_named_with(one),
                state=part.firm,
                when=str(part.years or ""),
                in_short=_in_short(part),
                purpose=part.purpose or "",
                amount=Sum() if part.firm == "nil" else stated,
                shared_by=shared_by(one),
                inferred=part.inferred,
            )

    def _notes(self) -> Iterator[ForRow]:
        for one in notes_of(self.record, self.body):
            yield replace(self._said_of(Aspect.SAID, one), says=one.part.note)

    def _shares_unknown(self) -> Iterator[ForRow]:
        """Yield the money of which no source says what it gets, if anything.

        That is what it takes part in, and what others get a share of where nobody lists who does.
        """
        told = {one.id for one in self._allocations}
        within = {one.id: one.part.claims for one in self._areas if one.kind == "commitments"}
        shared = {one.id: one.entry.claims for one in programmes(self.record) if self._is_open(one)}
        for id_, claims in (within | shared).items():
            if id_ not in told:
                row = self._row(Aspect.NOT_KNOWN, "commitments", id_)
                yield replace(self._cited(row, claims[0]), state="not-known")

    def _is_open(self, one: Programme) -> bool:
        """Whether money goes to some that no list names.

        What is a part of a programme with lists, or carries it on, goes to those that are in it.
        """
        if one.kind != "commitments" or one.waves:
            return False
        entry = self.record.commitments[one.id]
        of = (entry.continues or "", *(part.envelope for part in entry.part_of))
        every = self.record.commitments
        return not any(every[id_].areas for id_ in of if id_ in every)

    # What it must do, and what it waits for.

    @cached_property
    def _mine(self) -> Listing:
        """All that is asked of it, alone or with others."""
        return Dates(self.record, acts=(self.body,), local=True).listing(tuple(State), AHEAD)

    @property
    def asked_of_it(self) -> Sequence[DeadlineRow]:
        """All that is asked of it, alone or with others, however it stands."""
        return _next(self._mine.next_times)

    @property
    def _of_all(self) -> Listing:
        """All that is national, or of one's own plan."""
        return self.record.once(_national)

    def _asked(self) -> Iterator[ForRow]:
        """Yield what is asked of it by where that stands, soonest first; one's own plan too."""
        own = (row for row in self._of_all.next_times if row.own)
        within = {one.id for one in self._areas}
        for row in _next((*self._mine.next_times, *own)):
            aspect = self._aspect_of(row)
            if aspect and not (aspect is Aspect.OWN_PROMISE and row.id in within):
                yield self._dated(aspect, row)

    def _aspect_of(self, row: DeadlineRow) -> Aspect | None:
        """Return what something that is asked of it is about; None for what is settled."""
        milestone = self._milestone(row)
        if milestone.own:
            return Aspect.OWN_PLAN
        if self.body in (*milestone.lead, *acting(milestone)):
            return Aspect.OWN_PROMISE
        if row.state in _SOON and not self._mine.begins_by_then(row):
            return Aspect.LATER
        return _ASPECTS.get(row.state)

    def _waits_for(self) -> Iterator[ForRow]:
        """Yield what others are to do soon, and is not asked of it as well."""
        mine = {row.id for row in self._mine.next_times}
        for row in _next(self._of_all.next_times):
            theirs = row.id not in mine and not row.own
            if theirs and row.state in _SOON and row.latest and row.latest <= self.until:
                yield self._dated(Aspect.WAITS_FOR, row)

    def _milestone(self, row: DeadlineRow) -> Milestone:
        return self.record.milestones[row.id]

    def _dated(self, aspect: Aspect, row: DeadlineRow) -> ForRow:
        """Return what falls due, or binds, as a row."""
        milestone, now = self._milestone(row), self.record.status(row.id)
        came = now.outcome if row.state not in OPEN else None
        day = last_day(came.day) if came else row.latest
        short = "" if row.earliest is None else by_when(row.due, row.latest)
        if came and day:
            short = words.short_day(day)
        return replace(
            self._row(aspect, "milestones", row.id),
            where=row.where,
            sources=row.sources,
            says=row.remark,
            state=row.state.value,
            nature=row.nature,
            when=row.due,
            day=day,
            in_short=short,
            who=words.listed(self.record.bodies[id_].name for id_ in milestone.lead),
            named=self._named_in(milestone),
            serves=row.serves,
            days_after_served=row.days_after_served,
            doubt=row.doubt,
        )

    def _named_in(self, milestone: Milestone) -> str:
        """Return the body as a milestone names it: itself, a group that it is in, or who acts.

        Of one's own plan that says nobody, it is itself.
        """
        acts = acting(milestone)
        above = self.record.groups.above([self.body])
        named = (one for one in acts if one == self.body or one in above)
        return next(named, acts[0] if acts else self.body)

    # What changed.

    def _changed(self) -> Iterator[ForRow]:
        """Yield what became known of it since a day, and what happened to its dates."""
        local: tuple[Local[Any], ...] = (*self._areas, *self._allocations)
        for one in local:
            if self._is_dated(one) and self._day_of(one) > self.since_day:
                says = "named" if one in self._areas else how_much(one)
                row = self._said_of(Aspect.CHANGED, one)
                yield replace(row, says=says, state="new", in_short="new")
        before = Council(self.record.on(self.since_day), self.body)
        waited = {row.id for one in (self, before) for row in one._waits_for()}  # noqa: SLF001
        theirs = waited | {row.id for row in self._mine.next_times}
        for change in self.record.once(_changes, self.since_day):
            if change.happened and (change.id in theirs or change.own):
                yield replace(
                    self._row(Aspect.CHANGED, "milestones", change.id),
                    where=change.where,
                    sources=change.sources,
                    who=change.who,
                    says=f"{CHANGES[change.change]}: {change.says}",
                    state=change.change.value,
                    in_short=_HAPPENED.get(change.change, change.change.value.replace("-", " ")),
                    when=change.due,
                    day=change.latest,
                )

    def _is_dated(self, one: Local[Any]) -> bool:
        """Whether a document dates it, and not only the day on which somebody read a page."""
        said = getattr(one.part, "named", None) or getattr(one.part, "stated", None)
        return bool(said or self._published(one.part.claims[0]))

    def _published(self, claim: Claim) -> Due | None:
        return self.record.source(claim.source).published

    # How rows are made.

    def _said_of(self, aspect: Aspect, one: Local[Any]) -> ForRow:
        """Return the row of what an entry says of the body."""
        row = self._cited(self._row(aspect, one.kind, one.id), one.part.claims[0])
        return replace(row, day=self._day_of(one), named=one.named)

    def _cited(self, row: ForRow, claim: Claim) -> ForRow:
        """Return a row with who says so, and where."""
        who, where = self._publisher(claim), self.record.citation(claim)
        return replace(row, who=who, where=where, sources=(claim.source,))

    def _row(self, aspect: Aspect, kind: str, id_: str) -> ForRow:
        """Return a row that says no more than which entry it is of."""
        entry = self.record.section(kind)[id_]
        return ForRow(
            aspect=aspect,
            kind=kind,
            id=id_,
            title=entry.title,
            says="",
            state="",
            nature=None,
            when="",
            day=None,
            amount=None,
            shared_by=None,
            named=self.body,
            serves=None,
            days_after_served=None,
            inferred=None,
            where="",
            sources=(),
            name=entry.name,
            entry=entry.name,
            purpose="",
            in_short="",
            who="",
            heading=HEADINGS[aspect],
            doubt="",
        )

    def _publisher(self, claim: Claim) -> str:
        """Return who says something, by the short name of the body that it is, if it is one."""
        publisher = self.record.source(claim.source).publisher
        named = (one.short for one in self.record.bodies.values() if one.title == publisher)
        return claim.by or next(filter(None, named), publisher)


# What is the same for every council, where one after another is asked about.


def _national(record: Known) -> Listing:
    return Dates(record).listing(tuple(State), AHEAD)


def _changes(record: Known, since: date) -> tuple[ChangeRow, ...]:
    return Changes(Dates(record, local=True), since).rows


_HAPPENED = {Change.DUE: "fell due", Change.PROMISED: "new"}
_SOON = (State.DUE_NOW, State.UPCOMING, State.LATE)
_DONE = (State.MET, State.MET_LATE, State.ENDED, State.DROPPED, State.SUPERSEDED)
_ASPECTS: Mapping[State, Aspect] = {
    State.DUE_NOW: Aspect.DUE,
    State.UPCOMING: Aspect.DUE,
    State.LATE: Aspect.DUE,
    State.IN_FORCE: Aspect.IN_FORCE,
    State.UNDER_WAY: Aspect.IN_FORCE,
    State.UNDATED: Aspect.NO_DATE,
    State.OVERDUE: Aspect.PAST,
    State.NO_OUTCOME_FOUND: Aspect.PAST,
    State.NOT_CHECKED: Aspect.PAST,
    State.PARTLY_MET: Aspect.PARTLY_MET,
}  # what is not here is settled


def _in_short(part: Allocation) -> str:
    """Say what an allocation is in the few letters that a column has."""
    if part.firm == "nil":
        return "nil by rule"
    if not part.amount:
        return "sum unknown"
    said = words.money(as_sum(part.amount))
    return said if len(said) <= _LETTERS else words.phrase(as_sum(part.amount), words.short)


def _named_with(one: Local[Allocation]) -> str:
    """Return what an entry is called, after what its sum alone would not say of an allocation.

    Where that is nothing, it is what there is for all.
    """
    entry, number = one.entry, shared_by(one)
    if one.part.firm == "nil" and isinstance(entry, Commitment) and entry.amount:
        return f"{words.phrase(as_sum(entry.amount[-1].value), words.short)} {entry.name}"
    said = [f"shared by {number}" if number else ""]
    said += ["provisional" if one.part.firm == "provisional" else ""]
    told = ", ".join(filter(None, said))
    return f"{told}: {entry.name}" if told else entry.name


def shared_by(one: Local[Allocation]) -> int | None:
    """Return how many have an amount together; what each of several gets, none, is not shared."""
    number = len(one.part.bodies)
    return number if number > 1 and one.part.firm != "nil" else None


def how_much(one: Local[Allocation]) -> str:
    """Say what an allocation is: a sum as printed, shared by so many, or nothing by a rule."""
    part = one.part
    if part.firm == "nil":
        return "nothing, by rule"
    if not part.amount:
        return f"{part.firm}, no sum printed"
    shared = f" shared by {number}" if (number := shared_by(one)) else ""
    firm = ", provisional" if part.firm == "provisional" else ""
    return f"{words.money(as_sum(part.amount))}{shared}{firm}"


def _next(rows: Iterable[DeadlineRow]) -> list[DeadlineRow]:
    """Return rows, soonest first, each milestone once."""
    first: dict[str, DeadlineRow] = {}
    for row in rows:
        first.setdefault(row.id, row)
    return sorted(first.values(), key=_soonest)


def _soonest(row: DeadlineRow) -> tuple[bool, date, date, str]:
    """Order rows by their last days; what of one's own plan is done goes after what is not."""
    last = row.latest or row.earliest or date.max
    is_done = row.own and row.state in _DONE
    return is_done, last, row.earliest or date.max, row.id
