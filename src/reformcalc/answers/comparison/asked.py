"""What was asked for: in all, by its yearly figures, for some years, in real terms.

Each function raises Unsuited where the benchmark has no such sum, or only one of another kind.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.errors import Refused
from reformcalc.ledger.ledger import as_sum
from reformcalc.values.money import NOUGHT, Sum, total
from reformcalc.values.years import FinancialYear, Years, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

    from reformcalc.answers.comparison.comparison import Comparison
    from reformcalc.ledger.prices import Prices
    from reformcalc.values.money import Amount


class Unsuited(Refused):
    """A basis that a benchmark or the money cannot carry."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The asked side of a basis: the money, and the years it is asked for, None if unknown."""

    money: Sum
    years: str | None
    count: int | None


def in_prose(years: Iterable[FinancialYear]) -> str:
    """Write some years as a sentence does: "2022-23, 2025-26 to 2026-27"."""
    return written(years).replace("..", " to ")


def in_all(comparison: Comparison) -> Asked:
    """Return all that was asked for, in cash."""
    _check_total(comparison)
    _check_cash(comparison)
    return _spanning(comparison, as_sum(comparison.benchmark.amount))


def by_yearly_figures(comparison: Comparison) -> Asked:
    """Return the sum of the yearly figures asked for, in cash."""
    _check_cash(comparison)
    figures = _figures(comparison)
    return _counting(total(figures), len(figures))


def a_year(comparison: Comparison, years: int | None) -> Asked:
    """Return what was asked for a year: its own figure, or all of it over a number of years."""
    _check_cash(comparison)
    amount = as_sum(comparison.benchmark.amount)
    if comparison.benchmark.per_year:
        return _counting(amount, 1)
    if not years:
        raise Unsuited("no source says over how many such years it was asked for")
    return _counting(divided(amount, years), years)


def first_two(comparison: Comparison) -> Asked:
    """Return the first two yearly figures asked for, in cash.

    What no yearly figure has may belong to either: it is in the high alone.
    """
    _check_cash(comparison)
    figures = _figures(comparison)
    if not comparison.numbered:
        raise Unsuited(
            "its years are dated, and the first two with money may be others",
            "ask for same-financial-years",
        )
    if len(figures) < 2:
        raise Unsuited("it was asked for in one year alone")
    return _counting(_with_gap(comparison, total(figures[:2])), 2)


def of_years(comparison: Comparison, years: Sequence[FinancialYear]) -> Asked:
    """Return what was asked for some financial years, in cash.

    What no yearly figure has may belong to any of them: it is in the high alone.
    """
    _check_cash(comparison)
    asked = by_year(comparison)
    ask = _with_gap(comparison, total(as_sum(asked[year]) for year in years))
    return Asked(ask, written(years), len(years))


def in_its_years(comparison: Comparison) -> Asked:
    """Return what was asked for in all its financial years, in cash.

    What no yearly figure has was asked for too: only the low is without it.
    """
    _check_total(comparison)
    _check_cash(comparison)
    asked = by_year(comparison)
    return Asked(of_its_years(comparison), written(asked), len(asked))


def of_its_years(comparison: Comparison) -> Sum:
    """Return what was asked for in all its financial years, in the prices that it is in."""
    told, gap = total(as_sum(amount) for amount in by_year(comparison).values()), gap_of(comparison)
    more = Sum(gap.high or NOUGHT, NOUGHT, gap.high)
    return told + more


def in_prices(comparison: Comparison, prices: Prices) -> Asked:
    """Return all that was asked for, read as in the prices of one year."""
    _check_total(comparison)
    basis = comparison.benchmark.price_basis
    if basis == "cash":
        raise Unsuited("it was asked for in cash", "ask for real-terms-asked-in-cash")
    if basis not in ("not stated", prices.year):
        raise Unsuited(f"it was asked for in {basis} prices", f"ask with --prices {basis}")
    return _spanning(comparison, as_sum(comparison.benchmark.amount))


def in_cash_deflated(comparison: Comparison, prices: Prices) -> Asked:
    """Return the yearly figures asked for, read as cash, in the prices of one year."""
    basis = comparison.benchmark.price_basis
    if isinstance(basis, FinancialYear):
        raise Unsuited(f"it was asked for in {basis} prices", "ask for real-terms")
    asked = by_year(comparison)
    worth = {year: prices.factor(year) for year in asked}
    ask = total(_times(as_sum(amount), worth[year]) for year, amount in asked.items())
    run = Years(min(asked), max(asked))
    return Asked(_with_gap(comparison, ask, max(worth.values())), str(run), len(run))


def by_year(comparison: Comparison) -> dict[FinancialYear, Amount]:
    """Return what was asked for by financial year; numbered years need to know their first."""
    first, asked = comparison.first_year, {}
    if not comparison.benchmark.profile:
        raise Unsuited("no source gives what was asked for in each year")
    for year, amount in comparison.benchmark.profile.items():
        if not isinstance(year, int):
            asked[year] = amount
        elif first:
            asked[FinancialYear(first.start + year - 1)] = amount
        else:
            raise Unsuited(
                "no source says which financial year is year 1", "say which, as --year-one 2023-24"
            )
    return asked


def reading(comparison: Comparison) -> str:
    """Say which financial year the first numbered year is read as, once `by_year` has found it."""
    return f"; year 1 is read as {comparison.first_year}" if comparison.numbered else ""


def gap_of(comparison: Comparison) -> Sum:
    """Return what may have been asked for beyond the yearly figures."""
    gap = comparison.benchmark.unreconciled
    return Sum(high=gap.amount.stated) if gap else Sum()


def divided(amount: Sum, years: int) -> Sum:
    """Return a sum over a number of years, for each of them."""
    high = None if amount.high is None else amount.high / years
    return Sum(amount.stated / years, amount.low / years, high)


def _figures(comparison: Comparison) -> list[Sum]:
    profile = comparison.benchmark.profile
    if not profile:
        raise Unsuited("no source gives what was asked for in each year")
    return [as_sum(profile[year]) for year in sorted(profile, key=_place)]


def _place(year: FinancialYear | int) -> int:
    return year if isinstance(year, int) else year.start


def _spanning(comparison: Comparison, ask: Sum) -> Asked:
    """Return a sum with as many years as its figures, else as its spending or programme has."""
    benchmark = comparison.benchmark
    count = len(benchmark.profile) or benchmark.spending_years or benchmark.programme_years
    return _counting(ask, count) if count else Asked(ask, None, None)


def _counting(ask: Sum, years: int) -> Asked:
    return Asked(ask, words.counted(years, "year"), years)


def _with_gap(comparison: Comparison, ask: Sum, worth: Decimal | int = 1) -> Sum:
    return ask + _times(gap_of(comparison), worth)


def _times(amount: Sum, factor: Decimal | int) -> Sum:
    high = None if amount.high is None else amount.high * factor
    return Sum(amount.stated * factor, amount.low * factor, high)


def _check_total(comparison: Comparison) -> None:
    if comparison.benchmark.per_year:
        raise Unsuited(
            "it was asked for in each year, and this is a total", "ask for per-year-spending"
        )


def _check_cash(comparison: Comparison) -> None:
    basis = comparison.benchmark.price_basis
    if isinstance(basis, FinancialYear):
        raise Unsuited(
            f"it was asked for in {basis} prices, and this is cash",
            f"ask for real-terms with --prices {basis}",
        )
