"""How far the like-for-like answer moves when one choice at a time is made otherwise."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from reformcalc import words
from reformcalc.errors import Refused
from reformcalc.history import last_day
from reformcalc.money import round_pounds
from reformcalc.queries.common import Chosen, stamp
from reformcalc.queries.comparison.bases import OVER_ALL_YEARS
from reformcalc.queries.comparison.choices import otherwise
from reformcalc.queries.comparison.links import Link, inferred_links, with_more_as_new, without
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
from reformcalc.queries.comparison.rows import row_of, start
from reformcalc.queries.comparison.verdicts import CompareRow, Verdict
from reformcalc.queries.prices import Prices
from reformcalc.report import Bar, Column, Note, Report, Shape
from reformcalc.rows import Kind, for_people, means
from reformcalc.years import financial_year_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from reformcalc.model import Dataset
    from reformcalc.years import FinancialYear

_ALL_OF_IT = Decimal(100)  # per cent: the ask is met


@dataclass(frozen=True, slots=True)
class ChoiceRow(CompareRow):
    """Like for like with one choice made otherwise, and how far that moves the share.

    Its `basis` is none that --basis takes.
    """

    commitment: str | None = field(
        metadata=means(
            "the sum that lies outside an envelope in this row; empty in others",
            Kind.ID,
            names="commitments",
        )
    )
    envelope: str | None = field(metadata=means("that envelope", Kind.ID, names="commitments"))
    all_money_gbp: int | None = field(
        metadata=means("what is promised then, new or not", Kind.POUNDS)
    )
    moved_low_points: Decimal = field(
        metadata=means(
            "by how many percentage points the low of the share moves from the first row, "
            "which is like for like",
            Kind.POINTS,
        )
    )
    moved_high_points: Decimal | None = field(
        metadata=means("the same of its high; empty where one of the two has no bound", Kind.POINTS)
    )
    movement: str = field(metadata=for_people("how the share moves, in words", Kind.TEXT))


def sensitivity(
    dataset: Dataset,
    benchmark_id: str | None = None,
    *,
    as_of: date,
    chosen: Chosen | None = None,
    year_one: FinancialYear | None = None,
    prices: FinancialYear | None = None,
) -> Report[ChoiceRow]:
    """Return the like-for-like basis, then each single other choice, what moves it most first.

    Real terms are in the prices of the year in which the benchmark was published, or of `prices`.
    A choice that the record or its deflators do not allow is named in a note with its reason.
    Raises what `compare` raises, but for that.
    """

    def set_up(dataset: Dataset) -> Pair:
        among = chosen or Chosen()
        return Pair.set_up(dataset, benchmark_id, as_of, among, year_one=year_one, prices=prices)

    pair = set_up(dataset)
    pair = replace(pair, prices=pair.prices or _prices_then(pair))
    base = start(pair)
    rows, unsuited = [], {}
    for id_, (change, _) in otherwise(pair).items():
        try:
            rows.append(_moved(replace(row_of(pair, id_), label=change), base))
        except Refused as reason:  # no deflator may reach the years of the money
            unsuited[change] = reason
    linked, untried = _of_links(pair, base, set_up)
    rows = sorted((*rows, *linked), key=_by_size)
    finding = _finding(base, rows)
    return Report(
        name="sensitivity",
        as_of=as_of,
        dataset=stamp(dataset),
        headline=f"{against(pair)}: {finding}",
        rows=(_moved(base, base), *rows),
        row_type=ChoiceRow,
        columns=(
            Column("label", "Choice", Shape.SENTENCE, under=(Column("verdict"),)),
            Column("committed", "Promised", divided=True),
            Column("benchmark", "Asked", divided=True),
            Column("share", "Share", Shape.FIGURE),
            Column("movement", "Moved", Shape.FIGURE),
        ),
        finding=finding,
        notes=(
            *_notes(base, rows),
            *_few_points(untried),
            *cautions(pair),
            *reasons((base, *rows)),
            *settled_by((base,)),
            *map(assumed, (base, *rows)),
            *(left_out(why.of(f"Not shown, {change}")) for change, why in unsuited.items()),
            *closing(pair),
        ),
        bars=tuple(_bar(row) for row in (base, *rows)),
    )


def _of_links(
    pair: Pair, base: CompareRow, set_up: Callable[[Dataset], Pair]
) -> tuple[list[ChoiceRow], int]:
    """Return what inferred links move by a point or decide otherwise, and how many do neither."""
    over_all = OVER_ALL_YEARS[pair.benchmark.asks_for or "new"]
    starts = [base]
    if base.basis != over_all and not pair.benchmark.per_year:
        starts.append(row_of(pair, over_all))
    shown, few = [], 0
    for link in inferred_links(pair):
        apart = set_up(without(pair.dataset, link))
        found = [
            row
            for start_ in starts
            for row in _apart(pair, start_, link, apart)
            if _matters(row, start_, base)
        ]
        shown += found
        few += not found
    return shown, few


def _apart(pair: Pair, base: CompareRow, link: Link, apart: Pair) -> Iterator[ChoiceRow]:
    """Yield a basis with a sum outside an envelope, and with what that leaves as new."""
    name = f"{link.commitment}-outside-{link.envelope}"
    said = f"{link.commitment} outside {link.envelope}"
    where = "" if base.like_for_like else ", over all years"
    all_money = apart.all_money
    for as_new, one in (("", apart), (" and new", with_more_as_new(apart, pair))):
        if one is None:
            continue
        # An open floor that this frees would leave no bound: it is read as for verdicts.
        row = row_of(replace(one, ledger=one.capped), base.basis)
        row = replace(
            row,
            basis=f"{base.basis}-{name}{as_new.replace(' ', '-')}",
            label=f"{said}, as separate{as_new}{where}",
            like_for_like=False,
            assumption=(
                f"{row.assumption}; that it lies there is our reading, and without it "
                f'{words.money(all_money)} is promised; "over £45m" is read as less than £46m'
            ),
        )
        moved = _moved(row, base)
        yield replace(
            moved,
            commitment=link.commitment,
            envelope=link.envelope,
            all_money_gbp=round_pounds(all_money.stated),
        )


def _matters(row: ChoiceRow, start_: CompareRow, base: CompareRow) -> bool:
    """Whether a link moves like for like by a point, or the verdict of it or over all years."""
    if row.verdict is not start_.verdict:
        return True
    ends = (row.moved_low_points, row.moved_high_points)
    return start_ is base and any(end is None or abs(end) >= 1 for end in ends)


def _few_points(links: int) -> Iterator[Note]:
    if links:
        others = words.counted(links, "place in an envelope", "places in envelopes")
        yield Note(
            f"{others} that no source states, tried as separate, would move the share by less than "
            "a point and change no verdict."
        )


def _bar(row: CompareRow) -> Bar:
    return Bar(
        group="",
        label=row.label,
        low=row.share_percent_low,
        stated=row.share_percent,
        high=row.share_percent_high,
        against=_ALL_OF_IT,
        target="what was asked for",
    )


def _prices_then(pair: Pair) -> Prices | None:
    """Return the prices of the year in which the benchmark was published, if they can be had."""
    try:
        year = financial_year_of(last_day(pair.benchmark.announced))
        return Prices.of(pair.dataset, year)
    except Refused:
        return None


def _moved(row: CompareRow, base: CompareRow) -> ChoiceRow:
    low = row.share_percent_low - base.share_percent_low
    high = None
    if row.share_percent_high is not None and base.share_percent_high is not None:
        high = row.share_percent_high - base.share_percent_high
    same: dict[str, Any] = {field.name: getattr(row, field.name) for field in fields(CompareRow)}
    ends = dict.fromkeys(_points(end) for end in (low, high) if end is not None)
    written = " and ".join(ends) if row is not base else ""
    same |= dict.fromkeys(("commitment", "envelope", "all_money_gbp"))
    return ChoiceRow(**same, moved_low_points=low, moved_high_points=high, movement=written)


def _points(value: Decimal) -> str:
    rounded = value.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    return f"{rounded:+f}" if rounded else "0"


def _by_size(row: ChoiceRow) -> tuple[Decimal, str]:
    """Order by the larger of the two movements, largest first; no bound moves without end."""
    if row.moved_high_points is None:
        return Decimal("-Infinity"), row.basis
    return -max(abs(row.moved_low_points), abs(row.moved_high_points)), row.basis


def _finding(base: CompareRow, rows: Sequence[ChoiceRow]) -> str:
    # A sum outside its envelope, and new as well, or over all years, is more than one choice.
    every = (base, *(row for row in rows if row.commitment is None))
    low = min(row.share_percent_low for row in every)
    highs = [row.share_percent_high for row in every if row.share_percent_high is not None]
    ends = words.between(words.percent(low), words.percent(max(highs)) if highs else None)
    more = " or more" if highs and len(highs) < len(every) else ""
    return f"like for like {base.share}; one choice at a time moves it to {ends}{more}"


def _notes(base: CompareRow, rows: Sequence[ChoiceRow]) -> Iterator[Note]:
    """Say what the answer turns on, and under which choices the verdict changes."""
    parts = [f"{_said(base.verdict).capitalize()} like for like"]
    for verdict in Verdict:
        labels = [row.label for row in rows if row.verdict is verdict is not base.verdict]
        if labels:
            parts.append(f"{_said(verdict)} when changed so: {'; '.join(labels)}")
    yield Note(f"{'. '.join(part[0].upper() + part[1:] for part in parts)}.")
    largest = [row.label for row in rows if any((row.moved_low_points, row.moved_high_points))]
    if largest:
        yield Note(f"The share moves most with these: {'; '.join(largest[:2])}.")
    yield Note("Moved: by how many percentage points the low and the high of the share move.")


def _said(verdict: Verdict) -> str:
    return verdict.replace("-", " ")
