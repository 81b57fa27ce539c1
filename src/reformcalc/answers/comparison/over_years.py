"""Promised and asked for, year by year and cumulative, and when the one first reaches the other."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import takewhile
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.answers.comparison import asked
from reformcalc.answers.comparison.asked import Unsuited
from reformcalc.answers.comparison.notes import against, cautions, closing, left_out
from reformcalc.answers.comparison.promised import ALL, NEW_EACH_YEAR
from reformcalc.errors import Refused
from reformcalc.ledger.ledger import as_sum
from reformcalc.report import Bar, Column, Note, Report, Shape
from reformcalc.rows import Kind, computed, means
from reformcalc.values.money import Sum, round_pounds, total
from reformcalc.values.years import FinancialYear, Years

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from reformcalc.answers.comparison.comparison import Comparison
    from reformcalc.ledger.ledger import Ledger
    from reformcalc.ledger.measure import Measure

_KINDS = {"new": (NEW_EACH_YEAR, "new money in each year"), "all": (ALL, "all money")}


@dataclass(frozen=True, slots=True)
class YearRow:
    """One financial year: promised and asked for, in it and up to its end.

    The bounds of promised sums run from what lies wholly inside to what could.
    """

    counts: str = field(metadata=means("new (new money, each year) or all", Kind.WORD))
    year: str = field(metadata=means("the financial year", Kind.ID))
    committed: Sum = field(
        metadata=means(
            "promised for the year, evenly spread, with what lies wholly in it and what could",
            Kind.SUM,
        )
    )
    benchmark: Sum | None = field(
        metadata=means(
            "asked for in the year; empty where no source gives yearly figures", Kind.SUM
        )
    )
    committed_so_far: Sum = field(metadata=means("promised up to the end of the year", Kind.SUM))
    benchmark_so_far: Sum | None = field(
        metadata=means(
            "asked for up to the end of the year; empty where no source gives yearly figures",
            Kind.SUM,
        )
    )
    gap_gbp: int | None = field(
        metadata=means("asked less promised, up to the end of the year", Kind.POUNDS)
    )
    reached: tuple[str, ...] = field(
        metadata=means(
            "how all that was asked for is first reached in this year: earliest (with what "
            "has no stated year as of the first), evenly or latest",
            Kind.WORD,
            many=True,
        )
    )

    @property
    @computed(Kind.POUNDS)
    def evenly_gbp(self) -> int:
        """What is promised for the year, evenly spread."""
        return round_pounds(self.committed.stated)

    @property
    @computed(Kind.POUNDS)
    def asked_gbp(self) -> int | None:
        """What was asked for in the year."""
        return None if self.benchmark is None else round_pounds(self.benchmark.stated)

    @property
    @computed(Kind.POUNDS)
    def so_far_gbp(self) -> int:
        """What is promised up to the end of the year, evenly spread."""
        return round_pounds(self.committed_so_far.stated)

    @property
    @computed(Kind.POUNDS)
    def asked_so_far_gbp(self) -> int | None:
        """What was asked for up to the end of the year."""
        return None if self.benchmark_so_far is None else round_pounds(self.benchmark_so_far.stated)


def over_years(comparison: Comparison) -> Report[YearRow]:
    """Return new money, and all money, by financial year beside what was asked for.

    In the prices of a year, where the comparison names one, and then it reads the ask as in them.
    Raises Refused where no source gives years for any of the money, or no total was asked for.
    """
    if not comparison.years(comparison.counted):
        raise Refused(
            "no source says which years any of this money is for", "ask for compare alone"
        )
    prices = comparison.real_prices
    try:
        ask = asked.in_prices(comparison, prices) if prices else asked.in_all(comparison)
    except Unsuited as reason:
        raise reason.of(f'"{comparison.name}" cannot be set against years') from None
    rows = [row for kind in _KINDS for row in _rows(comparison, kind, ask.money)]
    finding = _reaches(comparison, rows, comparison.benchmark.asks_for or "new", ask.money)
    return Report(
        name="over-years",
        as_of=comparison.record.as_of,
        dataset=comparison.record.stamp,
        headline=f"{against(comparison)}: {finding}",
        rows=tuple(rows),
        row_type=YearRow,
        columns=(
            Column("year", "Year", Shape.NAME),
            Column("evenly_gbp", "Promised", divided=True),
            Column("asked_gbp", "Asked"),
            Column("so_far_gbp", "Promised\nso far", divided=True),
            Column("committed_so_far", "could be\nso far", divided=True),
            Column("asked_so_far_gbp", "Asked\nso far"),
            Column("gap_gbp", "Gap", divided=True),
        ),
        finding=finding,
        group=Column("counts"),
        notes=tuple(_notes(comparison, rows, ask.money)),
        bars=tuple(_bars(rows, ask.money)),
    )


def _rows(comparison: Comparison, kind: str, ask: Sum) -> Iterator[YearRow]:
    """Yield the years from the first to the last that either side covers."""
    try:
        by_year = {year: as_sum(amount) for year, amount in asked.by_year(comparison).items()}
    except Unsuited:
        by_year = {}
    every = [*comparison.years(comparison.counted), *by_year]
    measure = replace(_KINDS[kind][0], prices=comparison.real_prices)
    years = list(Years(min(every), max(every)))
    timeless = comparison.most_of_no_year(measure, comparison.counted, comparison.capped)
    # Then a verdict says that the ask is not met, and none of the years can say otherwise.
    all_of_it = comparison.most(measure, comparison.capped)
    unmet = all_of_it is not None and all_of_it < ask.low
    reached: set[str] = set()
    for place, year in enumerate(years):
        so_far = _money(comparison, measure, years[: place + 1])
        asked_so_far = _asked_so_far(comparison, by_year, years[: place + 1])
        most = so_far.high
        if most is None or unmet:
            most = _money(comparison, measure, years[: place + 1], comparison.capped).high
        now = _reached(so_far, most, timeless, ask) - reached
        reached |= now
        yield YearRow(
            counts=kind,
            year=str(year),
            committed=_money(comparison, measure, [year]),
            benchmark=by_year.get(year, Sum()) if by_year else None,
            committed_so_far=so_far,
            benchmark_so_far=asked_so_far,
            gap_gbp=round_pounds(asked_so_far.stated - so_far.stated) if asked_so_far else None,
            reached=tuple(word for word in _REACHED if word in now),
        )


def _money(
    comparison: Comparison,
    measure: Measure,
    years: Sequence[FinancialYear],
    ledger: Ledger | None = None,
) -> Sum:
    within = replace(measure, years=frozenset(years))
    return comparison.measured(within, comparison.counted, ledger)


def _asked_so_far(
    comparison: Comparison, by_year: dict[FinancialYear, Sum], years: Sequence[FinancialYear]
) -> Sum | None:
    """Return what was asked for up to a year, with what no yearly figure has in the high alone."""
    if not by_year:
        return None
    return total(by_year[year] for year in years if year in by_year) + asked.gap_of(comparison)


# In the order in which they happen: none is before the one to its left, or without it.
_REACHED = ("earliest", "evenly", "latest")


def _reached(money: Sum, most: Decimal | None, timeless: Decimal | None, ask: Sum) -> set[str]:
    """Return in which ways some money reaches what was asked for.

    `most` reads open floors as verdicts do, so that neither says what the other denies. What has no
    stated year might all be of the first: it counts for the earliest alone.
    """
    reached = set()
    if most is None or timeless is None or most + timeless >= ask.low:
        reached.add("earliest")
    if money.stated >= ask.stated:
        reached.add("evenly")
    if ask.high is not None and money.low >= ask.high:
        reached.add("latest")
    return reached


def _reaches(comparison: Comparison, rows: Sequence[YearRow], kind: str, ask: Sum) -> str:
    """Say when a sum reaches what was asked for: at best, evenly spread, and for certain.

    Where a floor as worded has it reached before, how floors are read is said as well.
    """
    mine = [row for row in rows if row.counts == kind]
    before = takewhile(lambda row: "earliest" not in row.reached, mine)
    highs = (row.committed_so_far.high for row in before)
    rests = comparison.floors_read and any(high is None or high >= ask.low for high in highs)
    return _when_reached(mine, kind) + (f", with {comparison.floors_read}" if rests else "")


def _when_reached(mine: Sequence[YearRow], kind: str) -> str:
    what, last = _KINDS[kind][1], mine[-1].year
    earliest, evenly, latest = (
        next((row.year for row in mine if word in row.reached), None) for word in _REACHED
    )
    if not earliest:
        return f"{what} does not reach what was asked for by {last}"
    if earliest == latest:
        return f"{what} reaches what was asked for in {latest}, for certain"
    could = f"{what} could reach what was asked for in {earliest} at the earliest"
    if latest:
        return f"{could}, does in {evenly} if evenly spread, and for certain in {latest}"
    if evenly:
        return f"{could}, and does in {evenly} if evenly spread; by {last} it is not certain"
    return f"{could}; evenly spread, it does not by {last}"


def _notes(comparison: Comparison, rows: Sequence[YearRow], ask: Sum) -> Iterator[Note]:
    other = _reaches(
        comparison, rows, "new" if comparison.benchmark.asks_for == "all" else "all", ask
    )
    yield Note(f"{words.sentence(other)}.")
    yield Note(
        "So far: evenly spread over the years of each sum, or as its profile says. At least: what "
        "lies wholly inside the years so far; at most: what could."
    )
    if comparison.benchmark.unreconciled:
        asked_for = words.money(as_sum(comparison.benchmark.amount))
        yield Note(f"Reached means all that was asked for, {asked_for}.")
    if left := comparison.of_no_year():
        money = words.money(comparison.ledger.money(left))
        named = words.listed(map(comparison.name_of, left))
        yield Note(
            f"Without {named} ({money}): no source says which years it is for. Only "
            "at the earliest is it counted, as of the first year."
        )
    if (
        comparison.benchmark.year_one
        and comparison.first_year == comparison.benchmark.year_one.year
    ):
        yield Note(
            f"Year 1 is read as {comparison.first_year}: {comparison.benchmark.year_one.reason}"
        )
    else:
        yield _by_year(comparison)
    if prices := comparison.real_prices:
        yield Note(
            f"In {prices.year} prices ({prices.described}); the amount asked for is read as in "
            "those prices."
        )
    yield from cautions(comparison)
    yield from closing(comparison)


def _by_year(comparison: Comparison) -> Note:
    """Say how the yearly figures asked for are read, or why they are not set out."""
    try:
        asked.by_year(comparison)
    except Unsuited as reason:
        return left_out(reason)
    return Note(f"What was asked for by year{asked.reading(comparison)}.")


def _bars(rows: Sequence[YearRow], ask: Sum) -> Iterator[Bar]:
    """Yield a bar for each year, beside what was asked for so far, or in all."""
    for row in rows:
        so_far = row.benchmark_so_far
        yield Bar(
            group=_KINDS[row.counts][1],
            label=row.year,
            low=row.committed_so_far.low,
            stated=row.committed_so_far.stated,
            high=row.committed_so_far.high,
            against=so_far.stated if so_far else ask.stated,
            target="asked for so far" if so_far else "asked for in all",
        )
