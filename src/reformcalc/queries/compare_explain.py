"""What went into each basis of a comparison: what every commitment adds to its promised side."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.money import round_pounds
from reformcalc.queries.common import Chosen, stamp
from reformcalc.queries.comparison.notes import against, closing
from reformcalc.queries.comparison.pair import Pair
from reformcalc.queries.comparison.rows import chosen_rows
from reformcalc.report import ID, Column, Note, Report, Shape
from reformcalc.rows import Kind, means

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from decimal import Decimal

    from reformcalc.model import Dataset
    from reformcalc.queries.comparison.verdicts import CompareRow
    from reformcalc.years import FinancialYear

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


def explain(
    dataset: Dataset,
    benchmark_id: str | None = None,
    *,
    as_of: date,
    chosen: Chosen | None = None,
    bases: Sequence[str] = (),
    year_one: FinancialYear | None = None,
    prices: FinancialYear | None = None,
) -> Report[PartRow]:
    """Return the commitments behind each row of `compare`, largest first. Raises what it raises."""
    pair = Pair.set_up(
        dataset, benchmark_id, as_of, chosen or Chosen(), year_one=year_one, prices=prices
    )
    rows, _ = chosen_rows(pair, bases)
    return Report(
        name="compare",
        as_of=as_of,
        dataset=stamp(dataset),
        headline=f"{against(pair)}: what each basis counts",
        rows=tuple(part for row in rows for part in _parts(pair, row)),
        row_type=PartRow,
        columns=(
            Column("title", shape=Shape.SENTENCE, under=(ID,)),
            Column("years", "Years", Shape.NAME),
            Column("counts_gbp", "Counts", Shape.FIGURE, divided=True),
            Column("could_gbp", "Could", Shape.FIGURE, divided=True),
        ),
        group=Column("basis", shape=Shape.NAME),
        notes=(
            *(
                Note(f"{row.basis}: {words.millions(row.committed.stated)}, {row.share}")
                for row in rows
            ),
            Note(_COUNTS),
            Note("--basis ID (repeatable) keeps to some of them."),
            *closing(pair),
        ),
    )


def _parts(pair: Pair, row: CompareRow) -> Iterator[PartRow]:
    """Yield what went into a basis, largest first, without what could add nothing."""
    for id_, (counts, could) in sorted(
        row.parts().items(), key=lambda part: (_size(part[1]), part[0])
    ):
        if could:
            item = pair.ledger.items[id_]
            rest = ": what no source itemises" if item.is_envelope else ""
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
