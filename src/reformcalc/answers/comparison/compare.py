"""How the money promised stands against an outside figure, on every basis that can be defended."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.answers.comparison.bases import chosen_rows, start
from reformcalc.answers.comparison.notes import (
    against,
    assumed,
    cautions,
    closing,
    left_out,
    reasons,
    settled_by,
)
from reformcalc.answers.comparison.verdict import CompareRow
from reformcalc.errors import Refused
from reformcalc.report import Column, Note, Report, Shape

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reformcalc.answers.comparison.comparison import Comparison
    from reformcalc.answers.comparison.verdict import BasisId


def compare(
    comparison: Comparison, bases: Sequence[BasisId] | Sequence[str] = ()
) -> Report[CompareRow]:
    """Return every basis on which the money promised can be set against what was asked for.

    `bases` limits it to some of BASES. Where the comparison names prices, there are rows in these.

    Raises UnknownId for a basis that does not exist; Refused where no deflator reaches a year, and
    where a basis that is asked for cannot be had: the message says what to ask instead.
    """
    rows, unsuited = chosen_rows(comparison, bases)
    return Report(
        name="compare",
        as_of=comparison.record.as_of,
        dataset=comparison.record.stamp,
        headline=_headline(comparison, rows),
        rows=rows,
        row_type=CompareRow,
        columns=(
            Column("label", "Basis", Shape.SENTENCE, under=(Column("standing"), Column("lengths"))),
            Column("committed", "Promised", divided=True),
            Column("benchmark", "Asked", divided=True),
            Column("share", "Share", Shape.FIGURE),
            Column("gap", "Gap", divided=True),
        ),
        group=Column("counts"),
        notes=tuple(_notes(comparison, rows, unsuited)),
    )


def _headline(comparison: Comparison, rows: Sequence[CompareRow]) -> str:
    low = words.percent(min(row.share_percent_low for row in rows))
    highs = [row.share_percent_high for row in rows if row.share_percent_high is not None]
    high = words.percent(max(highs)) if len(highs) == len(rows) else None
    share = words.between(low, high)
    return f"{against(comparison)}: {share}" + (
        ", by basis" if len(rows) > 1 and low != high else ""
    )


def _notes(
    comparison: Comparison, rows: Sequence[CompareRow], unsuited: Mapping[str, Refused]
) -> Iterator[Note]:
    least, most = min(rows, key=_lowest), max(rows, key=_highest)
    if least is not most:
        high = most.share_percent_high
        turns = (
            f"It turns on the basis: from {words.percent(least.share_percent_low)} ({least.label}) "
            f"to {'no bound' if high is None else words.percent(high)} ({most.label})."
        )
        starts = any(row.like_for_like for row in rows) or _can_start(comparison)
        yield Note(turns, "; --sensitivity shows how far each choice moves it" if starts else "")
    yield from cautions(comparison)
    yield from reasons(rows)
    yield from settled_by(rows)
    yield from map(assumed, rows)
    yield from (left_out(why.of(f"Without {id_}")) for id_, why in unsuited.items())
    yield from closing(comparison)


def _can_start(comparison: Comparison) -> bool:
    """Whether there is a like for like, from which --sensitivity could start."""
    try:
        start(comparison)
    except Refused:
        return False
    return True


def _lowest(row: CompareRow) -> Decimal:
    return row.share_percent_low


def _highest(row: CompareRow) -> Decimal:
    return Decimal("Infinity") if row.share_percent_high is None else row.share_percent_high
