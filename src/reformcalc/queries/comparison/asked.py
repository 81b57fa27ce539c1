"""What was asked for: in all, by its yearly figures, for some years, in real terms.

Each function raises Unsuited where the benchmark has no such sum, or only one of another kind.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.ledger import as_sum
from reformcalc.money import NOUGHT, Sum, total
from reformcalc.queries.comparison.verdicts import Unsuited
from reformcalc.years import FinancialYear, Years, written

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from reformcalc.model import Benchmark
    from reformcalc.money import Amount
    from reformcalc.queries.comparison.pair import Pair
    from reformcalc.queries.prices import Prices


@dataclass(frozen=True, slots=True)
class Asked:
    """The asked side of a basis: the money, and the years it is asked for, None if unknown."""

    money: Sum
    years: str | None
    count: int | None


def in_all(pair: Pair) -> Asked:
    """Return all that was asked for, in cash."""
    _check_total(pair)
    _check_cash(pair)
    return _spanning(pair, as_sum(pair.benchmark.amount))


def by_yearly_figures(pair: Pair) -> Asked:
    """Return the sum of the yearly figures asked for, in cash."""
    _check_cash(pair)
    figures = _figures(pair)
    return _counting(total(figures), len(figures))


def a_year(pair: Pair, years: int | None) -> Asked:
    """Return what was asked for a year: its own figure, or all of it over a number of years."""
    _check_cash(pair)
    amount = as_sum(pair.benchmark.amount)
    if pair.benchmark.per_year:
        return _counting(amount, 1)
    if not years:
        raise Unsuited("no source says over how many such years it was asked for")
    return _counting(divided(amount, years), years)


def first_two(pair: Pair) -> Asked:
    """Return the first two yearly figures asked for, in cash.

    What no yearly figure has may belong to either: it is in the high alone.
    """
    _check_cash(pair)
    figures = _figures(pair)
    if not numbered(pair.benchmark):
        raise Unsuited(
            "its years are dated, and the first two with money may be others",
            "ask for same-financial-years",
        )
    if len(figures) < 2:
        raise Unsuited("it was asked for in one year alone")
    return _counting(_with_gap(pair, total(figures[:2])), 2)


def of_years(pair: Pair, years: Sequence[FinancialYear]) -> Asked:
    """Return what was asked for some financial years, in cash.

    What no yearly figure has may belong to any of them: it is in the high alone.
    """
    _check_cash(pair)
    asked = by_year(pair)
    ask = _with_gap(pair, total(as_sum(asked[year]) for year in years))
    return Asked(ask, written(years), len(years))


def in_its_years(pair: Pair) -> Asked:
    """Return what was asked for in all its financial years, in cash.

    What no yearly figure has was asked for too: only the low is without it.
    """
    _check_total(pair)
    _check_cash(pair)
    asked = by_year(pair)
    return Asked(of_its_years(pair), written(asked), len(asked))


def of_its_years(pair: Pair) -> Sum:
    """Return what was asked for in all its financial years, in the prices that it is in."""
    told, gap = total(as_sum(amount) for amount in by_year(pair).values()), gap_of(pair)
    more = Sum(gap.high or NOUGHT, NOUGHT, gap.high)
    return told + more


def has_years(pair: Pair) -> bool:
    """Whether it is known which financial years the ask is for."""
    return bool(pair.benchmark.profile) and (
        pair.year_one is not None or not numbered(pair.benchmark)
    )


def in_prices(pair: Pair, prices: Prices) -> Asked:
    """Return all that was asked for, read as in the prices of one year."""
    _check_total(pair)
    basis = pair.benchmark.price_basis
    if basis == "cash":
        raise Unsuited("it was asked for in cash", "ask for real-terms-asked-in-cash")
    if basis not in ("not stated", prices.year):
        raise Unsuited(f"it was asked for in {basis} prices", f"ask with --prices {basis}")
    return _spanning(pair, as_sum(pair.benchmark.amount))


def in_cash_deflated(pair: Pair, prices: Prices) -> Asked:
    """Return the yearly figures asked for, read as cash, in the prices of one year."""
    basis = pair.benchmark.price_basis
    if isinstance(basis, FinancialYear):
        raise Unsuited(f"it was asked for in {basis} prices", "ask for real-terms")
    asked = by_year(pair)
    worth = {year: prices.factor(year) for year in asked}
    ask = total(_times(as_sum(amount), worth[year]) for year, amount in asked.items())
    run = Years(min(asked), max(asked))
    return Asked(_with_gap(pair, ask, max(worth.values())), str(run), len(run))


def by_year(pair: Pair) -> dict[FinancialYear, Amount]:
    """Return what was asked for by financial year; numbered years need to know their first."""
    first, asked = pair.year_one, {}
    if not pair.benchmark.profile:
        raise Unsuited("no source gives what was asked for in each year")
    for year, amount in pair.benchmark.profile.items():
        if not isinstance(year, int):
            asked[year] = amount
        elif first:
            asked[FinancialYear(first.start + year - 1)] = amount
        else:
            raise Unsuited(
                "no source says which financial year is year 1", "say which, as --year-one 2023-24"
            )
    return asked


def year_one(pair: Pair) -> str:
    """Say which financial year the first numbered year is read as, once `by_year` has found it."""
    return f"; year 1 is read as {pair.year_one}" if numbered(pair.benchmark) else ""


def numbered(benchmark: Benchmark) -> bool:
    """Whether a benchmark counts its years, "year 1", and does not date them."""
    return any(isinstance(year, int) for year in benchmark.profile)


def gap_of(pair: Pair) -> Sum:
    """Return what may have been asked for beyond the yearly figures."""
    gap = pair.benchmark.unreconciled
    return Sum(high=gap.amount.stated) if gap else Sum()


def divided(amount: Sum, years: int) -> Sum:
    """Return a sum over a number of years, for each of them."""
    high = None if amount.high is None else amount.high / years
    return Sum(amount.stated / years, amount.low / years, high)


def _figures(pair: Pair) -> list[Sum]:
    profile = pair.benchmark.profile
    if not profile:
        raise Unsuited("no source gives what was asked for in each year")
    return [as_sum(profile[year]) for year in sorted(profile, key=_place)]


def _place(year: FinancialYear | int) -> int:
    return year if isinstance(year, int) else year.start


def _spanning(pair: Pair, ask: Sum) -> Asked:
    """Return a sum with as many years as its figures, else as its spending or programme has."""
    benchmark = pair.benchmark
    count = len(benchmark.profile) or benchmark.spending_years or benchmark.programme_years
    return _counting(ask, count) if count else Asked(ask, None, None)


def _counting(ask: Sum, years: int) -> Asked:
    return Asked(ask, words.counted(years, "year"), years)


def _with_gap(pair: Pair, ask: Sum, worth: Decimal | int = 1) -> Sum:
    return ask + _times(gap_of(pair), worth)


def _times(amount: Sum, factor: Decimal | int) -> Sum:
    high = None if amount.high is None else amount.high * factor
    return Sum(amount.stated * factor, amount.low * factor, high)


def _check_total(pair: Pair) -> None:
    if pair.benchmark.per_year:
        raise Unsuited(
            "it was asked for in each year, and this is a total", "ask for per-year-spending"
        )


def _check_cash(pair: Pair) -> None:
    basis = pair.benchmark.price_basis
    if isinstance(basis, FinancialYear):
        raise Unsuited(
            f"it was asked for in {basis} prices, and this is cash",
            f"ask for real-terms with --prices {basis}",
        )
