"""Where sources differ: who says what, which is used, and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.history import all_claims, by_then, claims_of, known_by, out_by
from reformcalc.known import Known
from reformcalc.ledger import as_sum
from reformcalc.model import REVISED, Benchmark, Commitment, Entry, Milestone
from reformcalc.queries.citing import prints
from reformcalc.queries.common import Chosen, admitted, age, hindsight, stamp
from reformcalc.queries.written import says
from reformcalc.references import ENTRY_KINDS
from reformcalc.report import Column, Report, Shape
from reformcalc.rows import Kind, computed, means

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from reformcalc.findings import Route
    from reformcalc.model import Claim, Dataset


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


def conflicts(
    dataset: Dataset, *, as_of: date, chosen: Chosen | None = None
) -> Report[ConflictRow]:
    """Return every disagreement known on a day: entries whose sources differ or do not add up."""
    chosen = chosen or Chosen()
    chosen.check(dataset)
    disputed = [
        (kind, id_, by_then(dataset, entry, as_of))
        for kind in ENTRY_KINDS
        for id_, entry in sorted(getattr(dataset, kind).items())
        if known_by(dataset, entry, as_of)
        and admitted(entry, chosen)
        and (_chosen(dataset, entry, as_of) or getattr(entry, "unreconciled", None))
    ]
    rows = [row for kind, id_, entry in disputed for row in _rows(dataset, kind, id_, entry, as_of)]
    return Report(
        name="conflicts",
        as_of=as_of,
        dataset=stamp(dataset),
        headline=(
            f"Sources differ on {words.counted(len(disputed), 'entry', 'entries')}, "
            f"as of {words.day(as_of)}"
        ),
        rows=tuple(rows),
        row_type=ConflictRow,
        columns=(
            Column("stand"),
            Column("says", shape=Shape.SENTENCE, under=(Column("place", cites="cited"),)),
        ),
        group=Column("entry", shape=Shape.NAME),
        notes=(*age(dataset, as_of), *(hindsight(dataset, as_of) if rows else ())),
    )


def differs(record: Known, entry: Entry) -> bool:
    """Whether a source that was out by the day says other than what is used of an entry of it."""
    return any(claim.variant and record.is_out(claim) for claim in all_claims(entry))


def _chosen(dataset: Dataset, entry: Entry, as_of: date) -> bool:
    """Whether there was something to choose on a day: between sources, or in what one says.

    Where no claim is marked as differing, the choice is between an entry's own figures, once all
    are there, or of how to read its words.
    """
    if any(claim.variant for claim in all_claims(entry)):
        return differs(Known(dataset, as_of), by_then(dataset, entry, as_of))
    return entry.choice is not None and _complete(entry, by_then(dataset, entry, as_of))


def _complete(entry: Entry, then: Entry) -> bool:
    """Whether all figures and dates of an entry were there, whatever it is linked to."""
    dated = REVISED if isinstance(entry, Commitment) else type(entry).model_fields
    return all(getattr(entry, name) == getattr(then, name) for name in dated)


def _rows(
    dataset: Dataset, kind: str, id_: str, entry: Entry, as_of: date
) -> Iterator[ConflictRow]:
    """Yield what is used, what each source says, what does not add up, and why."""
    figure = f"{entry.title}: {says(dataset, entry, as_of)}"
    yield ConflictRow(id_, kind, "in use", figure, "", "")
    said = [
        (_stand(entry, route, claim), claim)
        for route, claim in claims_of(entry)
        if out_by(dataset, claim, as_of)
    ]
    for stand, claim in sorted(said, key=lambda one: _STANDS.index(one[0])):
        place = words.citation(dataset, claim)
        yield ConflictRow(id_, kind, stand, f'"{claim.says}"', claim.source, place)
    if isinstance(entry, Benchmark) and entry.unreconciled:
        gap = words.pounds(entry.unreconciled.amount.stated)
        yield ConflictRow(id_, kind, "gap", f"{gap}: {entry.unreconciled.reason}", "", "")
    if entry.choice and _chosen(dataset, entry, as_of):
        yield ConflictRow(id_, kind, "why", entry.choice, "", "")


_STANDS = ("used", "before", "differs")


def _stand(entry: Entry, route: Route, claim: Claim) -> str:
    """Return how a claim stands to the figure or the date in use."""
    if claim.variant:
        return "differs"
    match entry:
        case Commitment(amount=(*earlier, now)):
            value = as_sum(now.value).stated
            was = {as_sum(one.value).stated for one in earlier} - {value}
            old = not prints(claim, value) and any(prints(claim, one) for one in was)
        case Milestone(moved=(*_, _)) if route[0] in ("claims", "moved"):
            old = route[:2] != ("moved", len(entry.moved) - 1)
        case _:
            old = False
    return "before" if old else "used"
