"""How far the like-for-like answer moves when one choice at a time is made otherwise."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from reformcalc import words
from reformcalc.answers.comparison.bases import otherwise, over_all_years, row_of, start
from reformcalc.answers.comparison.comparison import Supposed
from reformcalc.answers.comparison.links import Link, inferred_links, left_untold, without
from reformcalc.answers.comparison.notes import (
    against,
    assumed,
    cautions,
    closing,
    left_out,
    reasons,
    settled_by,
)
from reformcalc.answers.comparison.verdict import CompareRow, Verdict
from reformcalc.errors import Refused
from reformcalc.ledger.measure import Measure
from reformcalc.ledger.prices import Prices
from reformcalc.record.history import last_day
from reformcalc.report import Bar, Column, Note, Report, Shape
from reformcalc.rows import Kind, for_people, means
from reformcalc.values.money import round_pounds
from reformcalc.values.years import financial_year_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reformcalc.answers.comparison.bases import Basis
    from reformcalc.answers.comparison.comparison import Comparison
    from reformcalc.values.money import Sum

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


def sensitivity(comparison: Comparison) -> Report[ChoiceRow]:
    """Return the like-for-like basis, then each single other choice, what moves it most first.

    Real terms are in the prices of the year in which the benchmark was published, where none are
    asked for. A choice that the record or its deflators do not allow is named in a note with its
    reason. Raises Refused where there is no like for like.
    """
    if comparison.real_prices is None:
        comparison = replace(comparison, measure=Measure(prices=_prices_then(comparison)))
    alike, base = start(comparison)
    rows, unsuited = [], {}
    for basis, change in otherwise(comparison, alike):
        try:
            rows.append(_moved(replace(row_of(comparison, basis), label=change), base))
        except Refused as reason:  # no deflator may reach the years of the money
            unsuited[change] = reason
    starts = [Start(alike, base)]
    if (over_all := over_all_years(comparison)) and over_all is not alike:
        starts.append(Start(over_all, row_of(comparison, over_all), ", over all years"))
    linked, untried = _of_links(comparison, starts)
    rows = sorted((*rows, *linked), key=_by_size)
    finding = _finding(base, rows)
    return Report(
        name="sensitivity",
        as_of=comparison.record.as_of,
        dataset=comparison.record.stamp,
        headline=f"{against(comparison)}: {finding}",
        rows=(_moved(base, base), *rows),
        row_type=ChoiceRow,
        columns=(
            Column("label", "Choice", Shape.SENTENCE, under=(Column("standing"),)),
            Column("committed", "Promised", divided=True),
            Column("benchmark", "Asked", divided=True),
            Column("share", "Share", Shape.FIGURE),
            Column("movement", "Moved", Shape.FIGURE),
        ),
        finding=finding,
        notes=(
            *_notes(base, rows),
            *_few_points(untried),
            *cautions(comparison),
            *reasons((base, *rows)),
            *settled_by((base,)),
            *map(assumed, (base, *rows)),
            *(left_out(why.of(f"Not shown, {change}")) for change, why in unsuited.items()),
            *closing(comparison),
        ),
        bars=tuple(_bar(row) for row in (base, *rows)),
    )


class Start(NamedTuple):
    """A basis from which links are tried, as its row stands with all of them."""

    basis: Basis
    row: CompareRow
    where: str = ""


def _of_links(comparison: Comparison, starts: Sequence[Start]) -> tuple[list[ChoiceRow], int]:
    """Return what inferred links move by a point or decide otherwise, and how many do neither.

    The first of `starts` is like for like.
    """
    shown, few = [], 0
    for link in inferred_links(comparison):
        record = comparison.record.changed(partial(without, link=link))
        apart = replace(comparison, record=record)
        supposed = {"": _supposing(apart)}
        if new := left_untold(comparison, apart):
            supposed[" and new"] = _supposing(apart, new)
        found = [
            row
            for begin in starts
            for as_new, other in supposed.items()
            if _matters(row := _apart(begin, link, other, as_new), begin, starts[0])
        ]
        shown += [_of_link(row, link, apart.all_money) for row in found]
        few += not found
    return shown, few


def _supposing(apart: Comparison, new: frozenset[str] = frozenset()) -> Comparison:
    """Return a comparison with some sums as new.

    An open floor that a link leaves free would leave no bound: it is read as for verdicts.
    """
    return replace(apart, supposed=Supposed(capped=True, new=new))


def _apart(begin: Start, link: Link, apart: Comparison, as_new: str) -> ChoiceRow:
    """Return a basis with a sum outside an envelope, and perhaps with what that leaves as new."""
    outside = f"{link.commitment}-outside-{link.envelope}"
    row = replace(
        row_of(apart, begin.basis),
        basis=f"{begin.basis.id}-{outside}{as_new.replace(' ', '-')}",
        label=(
            f"{_name(apart, link.commitment)}, outside {_name(apart, link.envelope)}, as separate"
            f"{as_new}{begin.where}"
        ),
        like_for_like=False,
    )
    return _moved(row, begin.row)


def _name(comparison: Comparison, id_: str) -> str:
    return comparison.record.commitments[id_].name


def _of_link(row: ChoiceRow, link: Link, all_money: Sum) -> ChoiceRow:
    """Say of which link a row is, and what is promised without it, new or not."""
    read = f", with {row.floors}" if row.floors else ""
    return replace(
        row,
        assumption=(
            f"{row.assumption}; that it lies there is our reading, and without it "
            f"{words.money(all_money)} is promised{read}"
        ),
        commitment=link.commitment,
        envelope=link.envelope,
        all_money_gbp=round_pounds(all_money.stated),
    )


def _matters(row: ChoiceRow, begin: Start, alike: Start) -> bool:
    """Whether a link moves like for like by a point, or the verdict of it or over all years."""
    if row.verdict is not begin.row.verdict:
        return True
    ends = (row.moved_low_points, row.moved_high_points)
    return begin is alike and any(end is None or abs(end) >= 1 for end in ends)


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


def _prices_then(comparison: Comparison) -> Prices | None:
    """Return the prices of the year in which the benchmark was published, if they can be had."""
    try:
        year = financial_year_of(last_day(comparison.benchmark.announced))
        return Prices.of(comparison.record, year)
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
    return words.signed(f"{abs(rounded):f}", down=rounded < 0) if rounded else "0"


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
    parts = [f"{base.standing.capitalize()} like for like"]
    for verdict in Verdict:
        labels = [row.label for row in rows if row.verdict is verdict is not base.verdict]
        if labels:
            parts.append(f"{verdict.said} when changed so: {'; '.join(labels)}")
    yield Note(f"{'. '.join(words.sentence(part) for part in parts)}.")
    largest = [row.label for row in rows if any((row.moved_low_points, row.moved_high_points))]
    if largest:
        yield Note(f"The share moves most with these: {'; '.join(largest[:2])}.")
    yield Note("Moved: by how many percentage points the low and the high of the share move.")
