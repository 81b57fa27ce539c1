"""What went into each basis of a comparison: what every commitment adds to its promised side."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.answers.comparison.bases import chosen_rows
from reformcalc.answers.comparison.notes import against, closing
from reformcalc.report import ID, Column, Note, Report, Shape
from reformcalc.rows import Kind, means
from reformcalc.values.money import round_pounds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from reformcalc.answers.comparison.comparison import Comparison
    from reformcalc.answers.comparison.verdict import CompareRow

_COUNTS = (
    "What it counts adds up to the stated figure, evenly spread where years matter; what it could "
    "adds money that no source tells from old."
)


@dataclass(frozen=True, slots=True)
class PartRow:
    """What one commitment adds to the promised side of a basis, in whole pounds."""

    basis: str = field(
        metadata=means(
            "which comparison; the rows of one add up to its stated figure, but for rounding",
            Kind.ID,
        )
    )
    id: str = field(metadata=means("the commitment", Kind.ID))
    title: str = field(metadata=means("what it is", Kind.TEXT))
    years: str | None = field(metadata=means("the financial years that it covers", Kind.TEXT))
    counts_gbp: int = field(
        metadata=means("what it adds to the stated figure of the basis", Kind.POUNDS)
    )
    could_gbp: int = field(
        metadata=means("what it adds if all of it is new that no source calls old", Kind.POUNDS)
    )


def explain(comparison: Comparison, bases: Sequence[str] = ()) -> Report[PartRow]:
    """Return the commitments behind each row of `compare`, largest first. Raises what it raises."""
    rows, _ = chosen_rows(comparison, bases)
    return Report(
        name="compare",
        as_of=comparison.record.as_of,
        dataset=comparison.record.stamp,
        headline=f"{against(comparison)}: what each basis counts",
        rows=tuple(part for row in rows for part in parts(comparison, row)),
        row_type=PartRow,
        columns=(
            Column("title", shape=Shape.SENTENCE, under=(ID,)),
            Column("years", "Years", Shape.NAME),
            Column("counts_gbp", "Counts", divided=True),
            Column("could_gbp", "Could", divided=True),
        ),
        group=Column("basis", shape=Shape.NAME),
        notes=(
            *(
                Note(f"{row.basis}: {words.millions(row.committed.stated)}, {row.share}")
                for row in rows
            ),
            Note(_COUNTS),
            Note("--basis ID (repeatable) keeps to some of them."),
            *closing(comparison),
        ),
    )


def parts(comparison: Comparison, row: CompareRow) -> Iterator[PartRow]:
    """Yield what went into a basis, largest first, without what could add nothing."""
    for id_, (counts, could) in sorted(
        row.parts().items(), key=lambda part: (_size(part[1]), part[0])
    ):
        if could:
            item = comparison.ledger.items[id_]
            rest = ": not broken down" if item.is_envelope else ""
            years = str(item.years) if item.years else None
            yield PartRow(
                basis=row.basis,
                id=id_,
                title=f"{item.title}{rest}",
                years=years,
                counts_gbp=round_pounds(counts),
                could_gbp=round_pounds(could),
            )


def _size(part: tuple[Decimal, Decimal]) -> tuple[Decimal, Decimal]:
    counts, could = part
    return -counts, -could
