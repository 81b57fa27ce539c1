"""How the money promised stands against an outside figure, on every basis that can be defended."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.errors import Refused
from reformcalc.queries.common import Chosen, stamp
from reformcalc.queries.comparison.notes import (
    against,
    assumed,
    cautions,
    closing,
    left_out,
    reasons,
    settled_by,
)
from reformcalc.queries.comparison.pair import Pair
from reformcalc.queries.comparison.rows import REAL, chosen_rows, start
from reformcalc.queries.comparison.verdicts import CompareRow
from reformcalc.report import Column, Note, Report, Shape

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from reformcalc.model import Dataset
    from reformcalc.years import FinancialYear


def compare(
    dataset: Dataset,
    benchmark_id: str | None = None,
    *,
    as_of: date,
    chosen: Chosen | None = None,
    bases: Sequence[str] = (),
    year_one: FinancialYear | None = None,
    prices: FinancialYear | None = None,
) -> Report[CompareRow]:
    """Return every basis on which the money promised can be set against a benchmark.

    The dataset's own benchmark if none is named. `bases` limits it to some of BASES and CHOICES.
    `year_one` is the financial year that the benchmark's first numbered year is taken to be, where
    not the one that its entry gives. `prices` adds rows in the prices of that financial year.

    Raises UnknownId for a name that does not exist, Refused where no benchmark is named at all,
    where it is of another place or was not yet known on the day, where no deflator reaches a year,
    and where a basis that is asked for cannot be had: the message says what to ask instead.
    """
    pair = Pair.set_up(
        dataset, benchmark_id, as_of, chosen or Chosen(), year_one=year_one, prices=prices
    )
    rows, unsuited = chosen_rows(pair, bases)
    return Report(
        name="compare",
        as_of=as_of,
        dataset=stamp(dataset),
        headline=_headline(pair, rows),
        rows=rows,
        row_type=CompareRow,
        columns=(
            Column("label", "Basis", Shape.SENTENCE, under=(Column("verdict"), Column("lengths"))),
            Column("committed", "Promised", divided=True),
            Column("benchmark", "Asked", divided=True),
            Column("share", "Share", Shape.FIGURE),
            Column("gap", "Gap", Shape.FIGURE, divided=True),
        ),
        group=Column("counts"),
        notes=tuple(_notes(pair, rows, unsuited)),
    )


def _headline(pair: Pair, rows: Sequence[CompareRow]) -> str:
    low = words.percent(min(row.share_percent_low for row in rows))
    highs = [row.share_percent_high for row in rows if row.share_percent_high is not None]
    high = words.percent(max(highs)) if len(highs) == len(rows) else None
    share = words.between(low, high)
    return f"{against(pair)}: {share}" + (", by basis" if len(rows) > 1 and low != high else "")


def _notes(
    pair: Pair, rows: Sequence[CompareRow], unsuited: Mapping[str, Refused]
) -> Iterator[Note]:
    least, most = min(rows, key=_lowest), max(rows, key=_highest)
    if least is not most:
        high = most.share_percent_high
        turns = (
            f"It turns on the basis: from {words.percent(least.share_percent_low)} ({least.label}) "
            f"to {'no bound' if high is None else words.percent(high)} ({most.label})."
        )
        hint = "; --sensitivity shows how far each choice moves it" if _can_start(pair) else ""
        yield Note(turns, hint)
    yield from cautions(pair)
    yield from reasons(rows)
    yield from settled_by(rows)
    yield from map(assumed, rows)
    for id_, why in unsuited.items():
        if id_ not in REAL or pair.prices:
            yield left_out(why.of(f"Without {id_}"))
    yield from closing(pair)


def _can_start(pair: Pair) -> bool:
    """Whether there is a like for like, from which --sensitivity could start."""
    try:
        start(pair)
    except Refused:
        return False
    return True


def _lowest(row: CompareRow) -> Decimal:
    return row.share_percent_low


def _highest(row: CompareRow) -> Decimal:
    return Decimal("Infinity") if row.share_percent_high is None else row.share_percent_high
