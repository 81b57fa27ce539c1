"""Every basis on which money promised can be set against what was asked for.

Each is a function from a `Pair` to a row, or to None where the benchmark or the money cannot carry
it. To add one: write it, and name it in BASES.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.ledger import as_sum
from reformcalc.money import NOUGHT, Sum, total
from reformcalc.queries.verdicts import Carries, CompareRow, set_against
from reformcalc.years import FinancialYear, Years

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from reformcalc.money import Amount
    from reformcalc.queries.pair import Pair
    from reformcalc.queries.prices import Prices


def _headline_basis(pair: Pair) -> CompareRow:
    return set_against(
        "headline",
        "headline against headline",
        pair.all_money,
        as_sum(pair.benchmark.amount),
        most=pair.most(pair.counted),
        assumption="all money promised, whatever its years, against all that was asked for",
    )


def _yearly_figures(pair: Pair) -> CompareRow | None:
    if not pair.benchmark.profile:
        return None
    return set_against(
        "yearly-figures",
        f"against {_whose(pair)} yearly figures",
        pair.all_money,
        total(as_sum(amount) for amount in pair.benchmark.profile.values()),
        most=pair.most(pair.counted),
        assumption="all money promised against the sum of the yearly figures asked for",
    )


def _per_year(pair: Pair, basis: str, count: int | None, what: str) -> CompareRow | None:
    years = pair.years()
    if not count or not years:
        return None
    ids = pair.with_years()
    end = f", {Years(years[0], years[-1])} ({pair.ends_with()} reaches the last)"
    return set_against(
        basis,
        f"a year, asked for over {words.number(count)} years",
        _divided(pair.ledger.money(ids), len(years)),
        _divided(as_sum(pair.benchmark.amount), count),
        most=_over(pair.most(ids), len(years)),
        assumption=f"money with stated years over {words.counted(len(years), 'year')}{end}; "
        f"the amount asked for over the {words.number(count)} years of {what}",
    )


def _per_year_spending(pair: Pair) -> CompareRow | None:
    return _per_year(pair, "per-year-spending", pair.benchmark.spending_years, "spending")


def _per_year_programme(pair: Pair) -> CompareRow | None:
    return _per_year(pair, "per-year-programme", pair.benchmark.programme_years, "the programme")


def _first_two_years(pair: Pair) -> CompareRow | None:
    asked = [amount for _, amount in sorted(pair.benchmark.profile.items(), key=_in_order)]
    years = pair.years()[:2]
    if len(asked) < 2 or len(years) < 2:
        return None
    committed, touching, split = _within(pair, years)
    return set_against(
        "first-two-years",
        "first two years of each",
        committed,
        total(as_sum(amount) for amount in asked[:2]),
        most=pair.most(touching),
        assumption=(
            f"money of {years[0]} and {years[1]}{split}; the first two yearly figures asked for"
        ),
    )


def _same_years(pair: Pair) -> CompareRow | None:
    asked = _asked_by_year(pair)
    years = [year for year in pair.years() if year in asked]
    if not years:
        return None
    committed, touching, split = _within(pair, years)
    ask = total(as_sum(asked[year]) for year in years)
    gap = pair.benchmark.unreconciled
    missing = ""
    if gap and ask.high is not None:
        ask = Sum(ask.stated, ask.low, ask.high + gap.amount.stated)
        missing = f", and up to {gap.amount.text} that no year has"
    return set_against(
        "same-financial-years",
        "the financial years of both",
        committed,
        ask,
        most=pair.most(touching),
        assumption=(
            f"money of {Years(years[0], years[-1])}{split}; what was asked for those "
            f"years{missing}{_year_one(pair)}"
        ),
    )


def _asked_by_year(pair: Pair) -> dict[FinancialYear, Amount]:
    """Return what was asked for by financial year; numbered years need to know their first."""
    first = pair.year_one
    asked = {}
    for year, amount in pair.benchmark.profile.items():
        if not isinstance(year, int):
            asked[year] = amount
        elif first:
            asked[FinancialYear(first.start + year - 1)] = amount
    return asked


def _year_one(pair: Pair) -> str:
    numbered = any(isinstance(year, int) for year in pair.benchmark.profile)
    return f"; year 1 is read as {pair.year_one}" if numbered else ""


def _within(pair: Pair, years: list[FinancialYear]) -> tuple[Sum, frozenset[str], str]:
    """Return the money of some years, the items that touch them, and how it was split.

    The stated figure is spread evenly; the bounds run from what lies wholly inside to what could.
    """
    items = pair.ledger.items
    inside = {id_ for id_ in pair.with_years() if set(items[id_].years or ()) <= set(years)}
    touching = frozenset(
        id_ for id_ in pair.with_years() if set(items[id_].years or ()) & set(years)
    )
    spread = [pair.ledger.spread(id_) for id_ in touching]
    stated = sum((one.get(year, NOUGHT) for one in spread for year in years), NOUGHT)
    money = Sum(stated, pair.ledger.money(inside).low, pair.ledger.money(touching).high)
    split = "" if inside == touching else ", money of more years spread evenly over its own"
    return money, touching, split


def _new_when_announced(pair: Pair) -> CompareRow | None:
    return set_against(
        "new-when-announced",
        "new money when announced",
        pair.ledger.new_money(pair.counted, each_year=False),
        as_sum(pair.benchmark.amount),
        most=pair.most_new(each_year=False),
        carries=Carries.MET,
        assumption=(
            "what was not being spent before, without sums that carry on others, against all that "
            "was asked for"
        ),
    )


def _new_each_year(pair: Pair) -> CompareRow | None:
    return set_against(
        "new-each-year",
        "new money, each year" if pair.part else "new money, each year (like for like)",
        pair.ledger.new_money(pair.counted, each_year=True),
        as_sum(pair.benchmark.amount),
        most=pair.most_new(each_year=True),
        carries=Carries.BOTH,
        assumption=(
            "what was not being spent before, in every year that it lasts, against all the new "
            "spending that was asked for, which is counted in the same way"
        ),
    )


def _without_capital(pair: Pair) -> CompareRow | None:
    items = pair.ledger.items
    capital = {id_ for id_ in pair.counted if items[id_].entry.spending == "capital"}
    kept = pair.counted - capital
    unknown = {id_ for id_ in kept if items[id_].entry.spending is None}
    out = words.pounds(pair.ledger.money(capital).stated)
    less = f"less {out} recorded as capital" if capital else "none of it recorded as capital"
    unsaid = words.pounds(pair.ledger.money(unknown).stated)
    return set_against(
        "without-capital",
        "without capital",
        pair.ledger.money(kept),
        as_sum(pair.benchmark.amount),
        most=pair.most(kept),
        assumption=(
            f"all money promised, {less}; {unsaid} of which no source says whether it is capital "
            "is kept"
        ),
    )


def _real_ask_in_prices(pair: Pair) -> CompareRow | None:
    if pair.prices is None:
        return None
    return set_against(
        "real-terms",
        f"in {pair.prices.year} prices",
        pair.real(pair.prices),
        as_sum(pair.benchmark.amount),
        most=pair.most_real(pair.prices),
        assumption=f"{_deflated(pair, pair.prices)}; what was asked for, read as in those prices",
    )


def _real_ask_in_cash(pair: Pair) -> CompareRow | None:
    asked = _asked_by_year(pair)
    if pair.prices is None or not asked:
        return None
    factors = {year: pair.prices.factor(year) for year in asked}
    ask = total(_times(as_sum(amount), factors[year]) for year, amount in asked.items())
    if (gap := pair.benchmark.unreconciled) and ask.high is not None:
        ask = Sum(ask.stated, ask.low, ask.high + gap.amount.stated * max(factors.values()))
    return set_against(
        "real-terms-asked-in-cash",
        f"in {pair.prices.year} prices, asked for in cash",
        pair.real(pair.prices),
        ask,
        most=pair.most_real(pair.prices),
        assumption=(
            f"{_deflated(pair, pair.prices)}; the yearly figures asked for, read as cash"
            f"{_year_one(pair)}"
        ),
    )


def _deflated(pair: Pair, prices: Prices) -> str:
    """Say how money was put into the prices of one year, and what could not be."""
    release = prices.release
    out = pair.without_years(pair.counted)
    left = f", without {words.listed(out)}, of no stated year" if out else ""
    return (
        f"each year's money in {prices.year} prices, spread evenly over its years{left}; "
        f"{release.release}, {release.publisher}, a forecast from {release.forecast_from}"
    )


def _times(amount: Sum, factor: Decimal) -> Sum:
    high = None if amount.high is None else amount.high * factor
    return Sum(amount.stated * factor, amount.low * factor, high)


BASES: tuple[Callable[[Pair], CompareRow | None], ...] = (
    _headline_basis,
    _yearly_figures,
    _per_year_spending,
    _per_year_programme,
    _first_two_years,
    _same_years,
    _new_when_announced,
    _new_each_year,
    _without_capital,
    _real_ask_in_prices,
    _real_ask_in_cash,
)


def _in_order(entry: tuple[FinancialYear | int, object]) -> int:
    year = entry[0]
    return year if isinstance(year, int) else year.start


def _divided(amount: Sum, years: int) -> Sum:
    return Sum(amount.stated / years, amount.low / years, _over(amount.high, years))


def _over(amount: Decimal | None, years: int) -> Decimal | None:
    return None if amount is None else amount / years


def _whose(pair: Pair) -> str:
    body = pair.dataset.bodies[pair.benchmark.by]
    return f"the {body.short or body.title}'s"
