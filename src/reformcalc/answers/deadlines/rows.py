"""The rows of a list of deadlines: where each milestone stood on the day, and what says so."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from reformcalc import words
from reformcalc.answers.deadlines.bodies import acting
from reformcalc.answers.milestone_words import (
    OWN_PLAN,
    date_given,
    how_closely,
    how_firm,
    how_long,
    leads_and_acts,
    remarks,
)
from reformcalc.answers.serving import pair
from reformcalc.ledger.milestones import OPEN, State, dated_by, later_times, open_state
from reformcalc.rows import Kind, computed, for_people, means

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reformcalc.answers.serving import Pair
    from reformcalc.ledger.known import Known
    from reformcalc.ledger.milestones import Status
    from reformcalc.record.model import Claim


@dataclass(frozen=True, slots=True)
class DeadlineRow:
    """One milestone as it stood on the day; of what repeats, one of its times."""

    id: str = field(metadata=means("the milestone", Kind.ID, names="milestones"))
    title: str = field(metadata=means("what it is", Kind.TEXT))
    nature: str = field(metadata=means("step, duty, programme or aim", Kind.WORD))
    due: str = field(metadata=means("when it falls, in the words now in force", Kind.TEXT))
    first_due: str = field(metadata=means("the words of the first promise", Kind.TEXT))
    moved: tuple[str, ...] = field(
        metadata=means(
            "the later dates in order, each with who gave it and when", Kind.TEXT, many=True
        )
    )
    earliest: date | None = field(metadata=means("the first day that it can be", Kind.DAY))
    latest: date | None = field(metadata=means("the last day that it can be", Kind.DAY))
    edtf: str | None = field(metadata=means("the same days in ISO 8601-2", Kind.TEXT))
    precision: str = field(metadata=means("how closely the words date it", Kind.WORD))
    repeats: str | None = field(
        metadata=means("how often it comes round, as quarterly or every 6 weeks", Kind.TEXT)
    )
    state: State = field(metadata=means(f"how it stood on the day: {', '.join(State)}", Kind.WORD))
    days_left: int | None = field(
        metadata=means("days to the latest day; negative once it is past", Kind.WHOLE)
    )
    slipped_days: int | None = field(
        metadata=means(
            "how far the latest day has moved from the first date promised; 0 if it was "
            "only dated more closely",
            Kind.WHOLE,
        )
    )
    days_late_low: int | None = field(
        metadata=means("by how many days it was or may have been late, at least", Kind.WHOLE)
    )
    days_late_high: int | None = field(metadata=means("the same, at most", Kind.WHOLE))
    lead: tuple[str, ...] = field(
        metadata=means("who promised it", Kind.ID, many=True, names="bodies")
    )
    acts: tuple[str, ...] = field(
        metadata=means("who must act", Kind.ID, many=True, names="bodies")
    )
    pillar: str | None = field(
        metadata=means("the pillar that it serves", Kind.ID, names="pillars")
    )
    topics: tuple[str, ...] = field(
        metadata=means("its subjects", Kind.ID, many=True, names="topics")
    )
    outcome_on: str | None = field(
        metadata=means("when its outcome came, in the record's words", Kind.TEXT)
    )
    looked: date | None = field(
        metadata=means("the day of the search for an outcome that reaches furthest", Kind.DAY)
    )
    reaches: date | None = field(
        metadata=means("the newest day that the pages read then can tell of", Kind.DAY)
    )
    searched: str | None = field(metadata=means("what was searched on that day", Kind.TEXT))
    conditions: tuple[str, ...] = field(
        metadata=means("what it was made subject to", Kind.TEXT, many=True)
    )
    due_inferred: bool = field(
        metadata=means("whether the date is our reading, which no source words so", Kind.TRUTH)
    )
    confidence: str = field(
        metadata=means("how sure the record is of it: high, medium or low", Kind.WORD)
    )
    own: bool = field(metadata=means("whether it is of one's own plan", Kind.TRUTH))
    owner: str | None = field(
        metadata=means("who sees to it, by one's own plan: a name or a post", Kind.TEXT)
    )
    progress: str | None = field(
        metadata=means("how it stands by one's own plan: red, amber, green or done", Kind.WORD)
    )
    serves: str | None = field(
        metadata=means(
            "the milestone of the record that one's own carries out", Kind.ID, names="milestones"
        )
    )
    days_after_served: int | None = field(
        metadata=means(
            "days from the last day of what it serves to its own, or to when it was done; "
            "negative if before; null where either has none",
            Kind.WHOLE,
        )
    )
    when: str = field(metadata=for_people("how long it is still, or was, to that day", Kind.TEXT))
    dated: str = field(metadata=for_people("how closely the words date it, in words", Kind.TEXT))
    who: str = field(metadata=for_people("who promised it, and who must act", Kind.TEXT))
    remark: str = field(
        metadata=for_people("what people must know of it beside its date", Kind.SENTENCE)
    )
    doubt: str = field(
        metadata=for_people("what of this makes its date less than certain", Kind.SENTENCE)
    )
    where: str = field(
        metadata=means("the source of its outcome, else of the date now in force", Kind.TEXT)
    )
    sources: tuple[str, ...] = field(metadata=means("its id", Kind.ID, many=True, names="sources"))

    @property
    @computed(Kind.CITED)
    def cited(self) -> tuple[words.Cited, ...]:
        """The source with its citation."""
        return tuple((source, self.where) for source in self.sources)


# The row of each milestone of a record: what is asked of many bodies asks for each many times.
_ROWS: WeakKeyDictionary[Known, dict[str, DeadlineRow]] = WeakKeyDictionary()


def rows_of(record: Known, id_: str, until: date | None) -> Iterator[DeadlineRow]:
    """Yield the row of a milestone; for what repeats, one for each time up to a day."""
    now, milestone = record.status(id_), record.milestones[id_]
    rows = _ROWS.setdefault(record, {})
    if id_ not in rows:
        rows[id_] = _row(record, id_, now)
    yield rows[id_]
    if milestone.repeats and until and now.state in OPEN:
        for due in later_times(milestone, now, record.as_of, until):
            state = open_state(milestone, due, record.as_of)
            later = replace(now, first=due, first_dated=due, due=due, state=state)
            yield _row(record, id_, later)


def _row(record: Known, id_: str, now: Status) -> DeadlineRow:
    """Return the row of a milestone that stands so; `now` may be that of a later time."""
    milestone, due, acts = record.milestones[id_], now.due, acting(record.milestones[id_])
    settled_by = now.not_met or now.outcome
    claim = next(iter(settled_by.claims), None) if settled_by else dated_by(milestone, now)
    served = pair(record, id_)
    return DeadlineRow(
        id=id_,
        title=milestone.title,
        nature=milestone.nature,
        due=due.text,
        first_due=now.first.text,
        moved=tuple(date_given(record, move) for move in now.moves),
        earliest=due.earliest,
        latest=due.latest,
        edtf=due.edtf,
        precision=due.precision,
        repeats=milestone.repeats,
        state=now.state,
        days_left=(due.latest - record.as_of).days if due.latest else None,
        slipped_days=now.slipped,
        days_late_low=now.late[0] if now.late else None,
        days_late_high=now.late[1] if now.late else None,
        lead=milestone.lead,
        acts=acts,
        pillar=milestone.pillar,
        topics=milestone.topics,
        outcome_on=now.outcome.day.text if now.outcome else None,
        looked=now.looked.on if now.looked else None,
        reaches=now.looked.reaches if now.looked else None,
        searched=now.looked.searched if now.looked else None,
        conditions=milestone.conditions,
        due_inferred="due" in milestone.inferred and not now.moves,
        confidence=milestone.confidence,
        own=milestone.own,
        owner=milestone.owner,
        progress=milestone.progress,
        serves=milestone.serves,
        days_after_served=served.days if served else None,
        when=how_long(due, now.state, record.as_of),
        dated=how_closely(due),
        who=milestone.owner or leads_and_acts(words.listed(milestone.lead), words.listed(acts)),
        remark="; ".join(filter(None, (remarks(record, milestone, now), _served(served)))),
        doubt=how_firm(milestone, now),
        where=_where(record, claim) if claim else OWN_PLAN,
        sources=(claim.source,) if claim else (),
    )


def _served(served: Pair | None) -> str:
    return served.sentence if served else ""


def _where(record: Known, claim: Claim) -> str:
    """Cite a claim; a dated document that tells of the day may have been written after it."""
    dated_later = record.source(claim.source).published and not record.is_out(claim)
    return record.citation(claim) + (" (published later)" if dated_later else "")


def soonest(row: DeadlineRow) -> tuple[int, date, date, str]:
    """Sort by state, then by the latest day, or the earliest where there is none; then by id."""
    last = row.latest or row.earliest or date.max
    return list(State).index(row.state), last, row.earliest or date.max, row.id


def furthest(row: DeadlineRow) -> tuple[bool, int, str]:
    """Sort by how far the last day moved; where that cannot be said, last; then by id."""
    return row.slipped_days is None, -(row.slipped_days or 0), row.id
