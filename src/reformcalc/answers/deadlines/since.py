"""What has changed since a day: moved, due, come of it, promised, in force, coming into view.

The record as known on two days is compared. What was put into its files in between, with an earlier
day, is in both: `diff` compares two records.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.answers.chosen import age
from reformcalc.answers.deadlines.dates import Dates, horizon
from reformcalc.answers.deadlines.rows import rows_of
from reformcalc.answers.deadlines.said import described, notes, nothing, short_names
from reformcalc.answers.milestone_words import OWN_PLAN, how_far, how_late, how_long
from reformcalc.answers.serving import pairs
from reformcalc.answers.states import TOLD
from reformcalc.errors import Refused, need_day
from reformcalc.ledger.milestones import PAST, State
from reformcalc.ledger.rounds import time_kept
from reformcalc.report import ID, Column, Document, Report, Section, Shape
from reformcalc.rows import Kind, for_people, means

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reformcalc.answers.deadlines.listing import Listing
    from reformcalc.answers.deadlines.rows import DeadlineRow
    from reformcalc.ledger.known import Known
    from reformcalc.ledger.milestones import Status
    from reformcalc.record.model import Outcome

IN_VIEW = "3m"  # how far ahead something comes into view, unless more is asked


class Change(StrEnum):
    """What happened to a milestone between two days."""

    STILL_OVERDUE = "still-overdue"  # of one's own plan: overdue then, and not done since
    MOVED = "moved"  # another date was given
    DUE = "due"  # its days began, or its last day passed
    OUTCOME = "outcome"  # something came of it, or is said not to have
    PROMISED = "promised"
    IN_FORCE = "in-force"
    UNDER_WAY = "under-way"  # a programme began
    ENDED = "ended"
    SEARCHED = "searched"  # looked for beyond its last day, and not found
    IN_VIEW = "in-view"  # its last day came as near as a horizon


HEADINGS = {
    Change.STILL_OVERDUE: "Still overdue, by your own plan",
    Change.MOVED: "Moved",
    Change.DUE: "Fell due",
    Change.OUTCOME: "Outcome found",
    Change.PROMISED: "Newly promised, or newly known of",
    Change.IN_FORCE: "Newly in force",
    Change.UNDER_WAY: "Began",
    Change.ENDED: "Ended",
    Change.SEARCHED: "Looked for, no outcome found",
    Change.IN_VIEW: "Coming into view",
}


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One thing that happened to a milestone between two days."""

    change: Change = field(metadata=means(f"what happened: {', '.join(Change)}", Kind.WORD))
    id: str = field(metadata=means("the milestone", Kind.ID, names="milestones"))
    title: str = field(metadata=means("what it is", Kind.TEXT))
    due_was: str = field(
        metadata=means(
            "when it fell on the earlier day; empty where nobody had promised it", Kind.TEXT
        )
    )
    due: str = field(metadata=means("when it falls, in the words now in force", Kind.TEXT))
    latest: date | None = field(metadata=means("the last day that it can be", Kind.DAY))
    state_was: State | None = field(metadata=means("how it stood on the earlier day", Kind.WORD))
    state: State = field(metadata=means("how it stood on the day", Kind.WORD))
    lead: tuple[str, ...] = field(
        metadata=means("who promised it", Kind.ID, many=True, names="bodies")
    )
    acts: tuple[str, ...] = field(
        metadata=means("who must act", Kind.ID, many=True, names="bodies")
    )
    own: bool = field(metadata=means("whether it is of one's own plan", Kind.TRUTH))
    says: str = field(metadata=means("the change in words", Kind.SENTENCE))
    heading: str = field(metadata=for_people("what heads such changes", Kind.TEXT))
    who: str = field(metadata=for_people("who promised it, by short names", Kind.TEXT))
    where: str = field(metadata=means("the source that says so, or of its date", Kind.TEXT))
    sources: tuple[str, ...] = field(metadata=means("its id", Kind.ID, many=True, names="sources"))

    @property
    def happened(self) -> bool:
        """Whether anything happened: it was not only searched for, left undone or in view."""
        return self.change not in (Change.SEARCHED, Change.STILL_OVERDUE, Change.IN_VIEW)

    @property
    def slips(self) -> bool:
        """Whether it was not kept, by one's own plan or by what a source says."""
        return self.state in (State.OVERDUE, State.LATE)


@dataclass(frozen=True)
class Changes:
    """What is asked: of which dates, since which day, how near comes into view.

    Raises NotADay for text, Refused for an earlier day that is not earlier, or a horizon in no
    known form.
    """

    dates: Dates
    since: date
    within: str = IN_VIEW

    def __post_init__(self) -> None:
        """Refuse what is no day, or not before the other."""
        need_day("since", self.since)
        day = self.dates.record.as_of
        if self.since >= day:
            raise Refused(
                f"{words.day(self.since)} is not before {words.day(day)}",
                "ask since an earlier day",
            )

    @cached_property
    def then(self) -> Known:
        """The record as known on the earlier day."""
        return self.dates.record.on(self.since)

    @cached_property
    def rows(self) -> tuple[ChangeRow, ...]:
        """What changed, by what it is, then soonest first."""
        found = [
            row
            for id_, milestone in self.dates.milestones.items()
            if not self.dates.hides(milestone)
            for row in self._of(id_)
        ]
        return tuple(sorted(found, key=_order))

    def _of(self, id_: str) -> Iterator[ChangeRow]:
        """Yield what happened to one milestone."""
        record, then = self.dates.record, self.then
        now = next(rows_of(record, id_, None))
        if id_ not in then.milestones:
            yield self._row(Change.PROMISED, now, None, f'due "{now.due}"')
            return
        before, status = then.status(id_), record.status(id_)
        done = record.milestones[id_].done[len(then.milestones[id_].done) :]
        for kept in done:
            time = time_kept(record.milestones[id_], kept)
            yield self._row(Change.OUTCOME, now, before, f"kept for {time.text}")
        for change, says in self._happened(id_, before, status):
            yield self._row(change, now, before, says)

    def _happened(self, id_: str, before: Status, now: Status) -> Iterator[tuple[Change, str]]:
        milestone, day = self.dates.record.milestones[id_], self.dates.record.as_of
        moved = not milestone.repeats and before.due != now.due
        if moved:
            yield Change.MOVED, _moved(before, now)
        came = now.not_met or now.outcome
        if came and came not in (before.not_met, before.outcome):
            yield _came(now, came)
            return
        if now.state is before.state and not (milestone.repeats and before.due != now.due):
            yield from self._as_before(before, now)
            return
        match now.state:
            case State.DUE_NOW:
                yield Change.DUE, f"due now, {how_long(now.due, now.state, day)}"
            case State.OVERDUE | State.NOT_CHECKED | State.NO_OUTCOME_FOUND if (
                before.state not in PAST
            ):
                yield Change.DUE, f'{TOLD[now.state].stands}: it was due "{now.due.text}"'
            case State.NO_OUTCOME_FOUND if not moved:
                yield Change.SEARCHED, f'it was due "{now.due.text}"'
            case State.UNDER_WAY | State.ENDED:
                yield Change(now.state.value), TOLD[now.state].stands
            case _:
                yield from self._as_before(before, now)

    def _as_before(self, before: Status, now: Status) -> Iterator[tuple[Change, str]]:
        """Yield that one's own is overdue still, or that something came into view."""
        if now.state is State.OVERDUE:
            yield Change.STILL_OVERDUE, f'it was due "{now.due.text}"'
        last, day = now.due.latest, self.dates.record.as_of
        if now.state is not State.UPCOMING or last is None:
            return
        seen = before.due == now.due and last <= horizon(self.since, self.within)
        if last <= horizon(day, self.within) and not seen:
            yield Change.IN_VIEW, f'due "{now.due.text}", {how_long(now.due, now.state, day)}'

    def _row(self, change: Change, now: DeadlineRow, before: Status | None, says: str) -> ChangeRow:
        record = self.dates.record
        return ChangeRow(
            change=change,
            id=now.id,
            title=now.title,
            due_was=before.due.text if before else "",
            due=now.due,
            latest=now.latest,
            state_was=before.state if before else None,
            state=now.state,
            lead=now.lead,
            acts=now.acts,
            own=record.milestones[now.id].own,
            says="; ".join([says, *self.beside(now.id)]),
            heading=HEADINGS[change],
            who=now.owner or short_names(record, now.lead) or OWN_PLAN,
            where=now.where,
            sources=now.sources,
        )

    def beside(self, id_: str) -> Iterator[str]:
        """Yield how one's own stands to what it serves, and what of one's own serves an entry."""
        for one in pairs(self.dates.record):
            if one.own == id_:
                yield one.sentence
            elif one.served == id_ and one.days is not None:
                yield f"yours, {self.dates.record.milestones[one.own].name}: {one.told}"

    @property
    def listing(self) -> Listing:
        """All that is asked about, in any state."""
        return self.dates.listing(tuple(State))

    def headline(self, rows: Sequence[ChangeRow]) -> str:
        """Say how many things changed, of what, since when."""
        if not self.listing.in_any_state:
            return nothing(self.listing)
        undone = sum(row.change is Change.STILL_OVERDUE for row in rows)
        changed = len(rows) - undone
        count = words.counted(changed, "change") if changed else "nothing changed"
        still = f"; {undone} of your own plan still overdue" if undone else ""
        said = f"{described(self.dates)}{count} since {words.day(self.since)}{still}"
        return words.sentence(said)

    def report(self) -> Report[ChangeRow]:
        """Return every change, each with its source."""
        rows, record = self.rows, self.dates.record
        return Report(
            name="deadlines-since",
            as_of=record.as_of,
            dataset=record.stamp,
            headline=f"As of {words.day(record.as_of)}: {_lower(self.headline(rows))}",
            rows=rows,
            row_type=ChangeRow,
            columns=(
                Column("due", "Due", under=(Column("who"),)),
                Column("title", shape=Shape.SENTENCE, under=(ID, Column("says"), Column("where"))),
            ),
            group=Column("heading"),
            notes=(*age(record),),
        )

    def message(self) -> Document:
        """Return the changes as a message that can be sent as it is."""
        rows, record = self.rows, self.dates.record
        sections = [
            Section(change.value, HEADINGS[change], tuple(map(_sentence, alike)))
            for change in Change
            if (alike := [row for row in rows if row.change is change])
        ]
        return Document(
            title=self.headline(rows),
            as_of=record.as_of,
            dataset=record.stamp,
            imprint=" ".join(notes(self.listing)),
            sections=tuple(sections),
        )


def _sentence(row: ChangeRow) -> str:
    return f"{row.title} ({row.who}): {row.says}. Source: {row.where}."


def _order(row: ChangeRow) -> tuple[int, date, str]:
    return [*Change].index(row.change), row.latest or date.max, row.id


def _moved(before: Status, now: Status) -> str:
    """Say from which words to which a date moved, and how far."""
    was, due = before.due, now.due
    if not was.dated:
        return f'first dated: "{due.text}"'
    far = ""
    if was.latest and due.latest and was.latest != due.latest:
        far = f", {how_far((due.latest - was.latest).days)}"
    return f'from "{was.text}" to "{due.text}"{far}'


def _came(now: Status, came: Outcome) -> tuple[Change, str]:
    """Say what came of it, or that it is said not to have come."""
    day = words.published(came.day)
    if now.not_met:
        return Change.OUTCOME, f"not met by {day}"
    if came.in_force:
        return Change.IN_FORCE, f"in force since {day}"
    kind = TOLD[now.state].stands
    late = f", {how_late(now.late)}" if now.late and now.late[0] > 0 else ""
    return Change.OUTCOME, f"{kind} {day}{late}"


def _lower(text: str) -> str:
    """Begin a sentence small, after a colon, unless it begins with a name."""
    return text[:1].lower() + text[1:] if text.startswith("Nothing") else text
