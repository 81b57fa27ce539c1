"""Shares and money of a comparison as its screens show them: whole figures, ranges, one scale."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.answers.comparison.verdict import Said
from reformcalc.screen import Range, Scale, Tone

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reformcalc.answers.comparison.verdict import CompareRow
    from reformcalc.values.money import Sum

TONES = {
    Said.MET: Tone.GOOD,
    Said.NOT_MET: Tone.BAD,
    Said.SHORT: Tone.BAD,
    Said.NOT_SETTLED: Tone.DOUBT,
}
HEADINGS = {"new-money": "New money", "all-money": "All money, new or not"}
_ALL_OF_IT = Decimal(100)  # per cent: what was asked for
_MARKS = 5  # words on an axis that are still easily read


def whole_percent(value: Decimal) -> str:
    """Write a percentage whole, but for what would round to all or to nothing and is neither."""
    for places in ("1", "0.1", "0.01"):
        rounded = value.quantize(Decimal(places), rounding=ROUND_HALF_UP)
        hides = rounded in (0, _ALL_OF_IT) and rounded != value
        if not hides:
            return f"{rounded:,f}%"
    return f"{value.normalize():f}%"


def share_in_words(row: CompareRow) -> str:
    """Write the share as a sentence does: "29% to 97%"."""
    high = row.share_percent_high
    low = whole_percent(row.share_percent_low)
    return words.between(low, None if high is None else whole_percent(high))


def share_run(row: CompareRow) -> str:
    """Write the share as a table does: "29–97%"."""
    low = whole_percent(row.share_percent_low)
    if row.share_percent_high is None:
        return f"{low} or more"
    high = whole_percent(row.share_percent_high)
    return high if low == high else f"{low.removesuffix('%')}–{high}"


def evenly(row: CompareRow) -> str:
    """Give what an even spread over the years comes to, where the bounds leave that open."""
    money = row.committed
    if not row.spread or money.stated in (money.low, money.high):
        return ""
    return f" ({words.short(money.stated)}, {whole_percent(row.share_percent)}, if evenly spread)"


def whole_millions(value: Decimal) -> str:
    """Write money in whole millions, or what is less than ten as words do."""
    if abs(value) < 10**7:
        return words.millions(value)
    return f"£{(value / 10**6).quantize(Decimal(1), rounding=ROUND_HALF_UP):,f}m"


def _billions(value: Decimal) -> str:
    return f"£{(value / 10**9).quantize(Decimal('0.1'), rounding=ROUND_HALF_UP):f}bn"


def bounds(money: Sum, ask: Sum) -> str:
    """Write the bounds of money as roughly as they can be told from each other and from the ask."""
    ends = [money.low] if money.high is None else [money.low, money.high]
    beside = {end for end in (ask.low, ask.high, *ends) if end is not None}
    ways = (_billions, whole_millions, words.millions) if max(ends) >= 10**9 else (whole_millions,)
    tells = (
        way
        for way in (*ways, words.millions)
        if len({way(end) for end in beside}) == len(beside) and way(money.low) != "£0.0bn"
    )
    write = next(tells, words.pounds)
    return words.between(write(money.low), None if money.high is None else write(money.high))


def scaled_for(rows: Iterable[CompareRow]) -> words.Scaled:
    """Return what writes the money of some rows in one unit."""
    every = [end for row in rows for end in (row.committed.low, row.committed.high)]
    return words.Scaled([end for end in every if end is not None])


def run(money: Sum, scaled: words.Scaled) -> str:
    """Write the bounds of money in the unit of its column: "762–2,446"."""
    low = scaled(money.low)
    if money.high is None:
        return f"{low} or more"
    high = scaled(money.high)
    return low if low == high else f"{low}–{high}"


def range_of(row: CompareRow) -> Range:
    """Return the share as a range, its stated figure where that is more than one of its ends."""
    tells = row.spread or row.counts == "all-money" or row.committed.is_exact
    stated = row.share_percent if tells else None
    return Range(row.share_percent_low, stated, row.share_percent_high, TONES[row.standing])


def scale(ranges: Sequence[Range], ask: str, stated: str) -> Scale:
    """Return a scale in per cent from nought to what is most, with the ask at 100."""
    ends = [one.low if one.high is None else one.high for one in ranges]
    most = max([_ALL_OF_IT, *ends, *(one.stated for one in ranges if one.stated is not None)])
    step = Decimal(50)
    while most / step > _MARKS:
        step *= 2
    marks = tuple((step * n, f"{step * n:f}%") for n in range(int(most / step) + 1))
    return Scale(marks, _ALL_OF_IT, most, stated, ask)
