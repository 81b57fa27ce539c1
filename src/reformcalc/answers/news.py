"""What happened, newest first: what was announced, moved, answered, and came of it, day by day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date  # noqa: TC003  what a field of a row is
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.answers.chosen import age
from reformcalc.answers.entry_words import figure, words_of
from reformcalc.answers.written import name
from reformcalc.report import ID, Column, Report, Shape
from reformcalc.rows import Kind, computed, means

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reformcalc.ledger.known import Known

_TOLD = ("milestones", "recommendations")  # of these the steps of a story


@dataclass(frozen=True, slots=True)
class NewsRow:
    """One thing that happened on a day, as a document says."""

    day: date = field(metadata=means("when it happened; of several days the last", Kind.DAY))
    kind: str = field(metadata=means("the section of the entry that it is of", Kind.WORD))
    id: str = field(metadata=means("that entry", Kind.ID))
    title: str = field(metadata=means("what that is called", Kind.TEXT))
    says: str = field(metadata=means("what happened, in words", Kind.SENTENCE))
    source: str = field(metadata=means("the document that says so", Kind.ID, names="sources"))
    place: str = field(metadata=means("where it stands, as a citation", Kind.TEXT))

    @property
    @computed(Kind.CITED)
    def cited(self) -> tuple[words.Cited, ...]:
        """The source with its citation."""
        return ((self.source, self.place),)


def news(record: Known, since: date | None = None) -> Report[NewsRow]:
    """Return what happened by the day of a record, or since an earlier one, the newest first."""
    found = (row for row in _rows(record) if since is None or row.day > since)
    rows = sorted(found, key=lambda row: (-row.day.toordinal(), row.kind, row.id))
    # What is known to lie between two days is dated by the last of them.
    after = f", since {words.day(since)}" if since else ""
    return Report(
        name="news",
        as_of=record.as_of,
        dataset=record.stamp,
        headline=f"{words.counted(len(rows), 'thing')} happened, or may have{after}",
        rows=tuple(rows),
        row_type=NewsRow,
        columns=(
            Column(
                "title",
                "What happened",
                Shape.SENTENCE,
                under=(ID, Column("says"), Column("place", cites="cited")),
            ),
        ),
        notes=tuple(age(record)),
    )


def _rows(record: Known) -> Iterator[NewsRow]:
    for id_, entry in record.commitments.items():
        day = record.since(entry)
        claim = next((one for _, one in record.claims(entry)), None)
        if day and claim:
            says = f"{words.day(day)}: announced: {figure(record, 'commitments', id_)}"
            place = record.citation(claim)
            yield NewsRow(day, "commitments", id_, name(entry), says, claim.source, place)
    for kind in _TOLD:
        told = words_of(kind).story
        assert told
        for id_, entry in record.section(kind).items():
            for step in told(record, id_):
                if step.claim and step.day <= record.as_of:
                    place, source = record.citation(step.claim), step.claim.source
                    yield NewsRow(step.day, kind, id_, name(entry), step.told, source, place)
