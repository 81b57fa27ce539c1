"""Where sources differ: who says what, which is used, and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.answers.chosen import EVERYTHING, Chosen, admitted, age, hindsight
from reformcalc.answers.citing import differs
from reformcalc.answers.entry_words import figure, words_of
from reformcalc.record.history import claims_of_whole
from reformcalc.record.references import ENTRY_KINDS
from reformcalc.report import Column, Report, Shape
from reformcalc.rows import Kind, computed, means

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reformcalc.findings import Route
    from reformcalc.ledger.known import Known
    from reformcalc.record.model import Claim, Entry


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """One thing said of a disputed entry."""

    entry: str = field(metadata=means("the entry that sources differ on", Kind.ID))
    kind: str = field(metadata=means("the section that it is in", Kind.WORD))
    stand: str = field(
        metadata=means(
            "in use, then used, before (of an earlier figure or date) or differs for each "
            "claim, gap for what does not add up, why for the choice",
            Kind.WORD,
        )
    )
    says: str = field(metadata=means("the figure, the quotation, or the reason", Kind.SENTENCE))
    source: str = field(
        metadata=means("of a claim: the document that says it", Kind.ID, names="sources")
    )
    place: str = field(
        metadata=means("of a claim: where its words stand, as a citation", Kind.TEXT)
    )

    @property
    @computed(Kind.CITED)
    def cited(self) -> tuple[words.Cited, ...]:
        """The source with its citation, where there is one."""
        return ((self.source, self.place),) if self.source else ()


def conflicts(record: Known, chosen: Chosen = EVERYTHING) -> Report[ConflictRow]:
    """Return every disagreement known on the day: where sources differ or do not add up."""
    chosen.check(record)
    found = disputed(record, chosen)
    rows = [row for kind, id_ in found for row in _rows(record, kind, id_)]
    return Report(
        name="conflicts",
        as_of=record.as_of,
        dataset=record.stamp,
        headline=(
            f"Sources differ on {words.counted(len(found), 'entry', 'entries')}, "
            f"as of {words.day(record.as_of)}"
        ),
        rows=tuple(rows),
        row_type=ConflictRow,
        columns=(
            Column("stand"),
            Column("says", shape=Shape.SENTENCE, under=(Column("place", cites="cited"),)),
        ),
        group=Column("entry", shape=Shape.NAME),
        notes=(*age(record), *(hindsight(record) if rows else ())),
    )


def disputed(record: Known, chosen: Chosen = EVERYTHING) -> list[tuple[str, str]]:
    """Return the section and id of each entry that sources word differently, or do not add up."""
    return [
        (kind, id_)
        for kind in ENTRY_KINDS
        for id_, entry in record.section(kind).items()
        if admitted(entry, chosen)
        and (_chosen(record, kind, id_) or getattr(entry, "unreconciled", None))
    ]


def _chosen(record: Known, kind: str, id_: str) -> bool:
    """Whether there was something to choose on the day: between sources, or in what one says.

    Where no claim is marked as differing, the choice is between an entry's own figures, once all
    are there, or of how to read its words.
    """
    entry: Entry = record.section(kind)[id_]
    if any(claim.variant for claim in claims_of_whole(entry)):
        return differs(record, entry)
    return entry.choice is not None and record.is_complete(kind, id_)


def _rows(record: Known, kind: str, id_: str) -> Iterator[ConflictRow]:
    """Yield what is used, what each source says, what does not add up, and why."""
    entry: Entry = record.section(kind)[id_]
    used = f"{entry.title}: {figure(record, kind, id_)}"
    yield ConflictRow(id_, kind, "in use", used, "", "")
    said = [(_stand(kind, entry, route, claim), claim) for route, claim in record.claims(entry)]
    for stand, claim in sorted(said, key=lambda one: _STANDS.index(one[0])):
        place = record.citation(claim)
        yield ConflictRow(id_, kind, stand, f'"{claim.says}"', claim.source, place)
    if gap := getattr(entry, "unreconciled", None):
        missing = words.pounds(gap.amount.stated)
        yield ConflictRow(id_, kind, "gap", f"{missing}: {gap.reason}", "", "")
    if entry.choice and _chosen(record, kind, id_):
        yield ConflictRow(id_, kind, "why", entry.choice, "", "")


_STANDS = ("used", "before", "differs")


def _stand(kind: str, entry: Entry, route: Route, claim: Claim) -> str:
    """Return how a claim stands to the figure or the date in use."""
    if claim.variant:
        return "differs"
    return "before" if words_of(kind).was_replaced(entry, route, claim) else "used"
