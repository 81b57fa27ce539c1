"""What money can be set against: one function for each way to read what was asked for.

Each turns a comparison and some `Money` into a row, and raises Unsuited where the benchmark or the
money cannot carry that. The table in `bases` pairs them with the money.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.answers.comparison import asked
from reformcalc.answers.comparison.asked import Unsuited
from reformcalc.answers.comparison.promised import ALL, NEW_EACH_YEAR, NEW_ONCE, Promised, alike
from reformcalc.answers.comparison.verdict import CompareRow, set_against

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import TypeAlias

    from reformcalc.answers.comparison.asked import Asked
    from reformcalc.answers.comparison.comparison import Comparison
    from reformcalc.ledger.measure import Measure
    from reformcalc.ledger.prices import Prices
    from reformcalc.values.years import FinancialYear


@dataclass(frozen=True, slots=True)
class Money:
    """Which of the money counts towards a basis, and what rows call it.

    `name` is for some years, `in_full` for all; `label` and `meaning` are for a row that sets it
    against all that was asked for. `in_years_asked` keeps to the financial years that are asked
    for, where these are known.
    """

    measure: Measure
    name: str
    in_full: str
    label: str
    meaning: str
    in_years_asked: bool = False


ALL_MONEY = Money(
    ALL,
    "all money",
    "all money promised",
    "all money against all that was asked for",
    "all money promised, whatever its years",
)
NEW_MONEY_ONCE = Money(
    NEW_ONCE,
    "new money, once,",
    "new money, once,",
    "new money when announced",
    "what was not being spent before, without sums that carry on others",
)
NEW_MONEY = Money(
    NEW_EACH_YEAR,
    "new money",
    "new money in each year",
    "new money, each year",
    "what was not being spent before, in every year that it lasts",
)

if TYPE_CHECKING:
    Against: TypeAlias = Callable[[Comparison, Money], CompareRow]


def in_all(comparison: Comparison, money: Money) -> CompareRow:
    """Set money of all years against all that was asked for."""
    same_way = _same_way(comparison, money)
    what = "the new spending " if same_way and money.measure.new else ""
    return set_against(
        money.label,
        Promised(comparison, money.measure),
        asked.in_all(comparison),
        assumption=f"{money.meaning}, against all {what}that was asked for{same_way}",
    )


def in_years_asked(comparison: Comparison, money: Money) -> CompareRow:
    """Set the money of all the ask's own years, with money or without, against the whole ask."""
    ask, measure = asked.in_its_years(comparison), _of_years_asked(comparison, money.measure)
    years = asked.in_prose(asked.by_year(comparison))
    gap = comparison.benchmark.unreconciled
    missing = f", with the {gap.amount.text} that no year has" if gap else ""
    return set_against(
        f"{money.name.removesuffix(',')} in the years asked for",
        Promised(comparison, measure),
        ask,
        assumption=(
            f"{money.name} of {years}{_split(comparison, measure)}; what was asked for in "
            f"those years{missing}{_same_way(comparison, money)}{asked.reading(comparison)}"
        ),
    )


def yearly_figures(comparison: Comparison, money: Money) -> CompareRow:
    """Set money against the sum of the yearly figures."""
    return set_against(
        f"against the {comparison.asked_by}'s yearly figures",
        Promised(comparison, _measure(comparison, money)),
        asked.by_yearly_figures(comparison),
        assumption=f"{money.in_full} against the sum of the yearly figures asked for",
    )


def a_year_of_spending(comparison: Comparison, money: Money) -> CompareRow:
    """Set a year's money against a year's ask, over the years of spending."""
    ask = asked.a_year(comparison, comparison.benchmark.spending_years)
    return _a_year(comparison, money, ask, "spending")


def a_year_of_the_programme(comparison: Comparison, money: Money) -> CompareRow:
    """Set a year's money against a year's ask, over the years of the programme."""
    if comparison.benchmark.per_year:
        raise Unsuited("it was asked for in each year", "ask for per-year-spending")
    ask = asked.a_year(comparison, comparison.benchmark.programme_years)
    return _a_year(comparison, money, ask, "the programme")


def _a_year(comparison: Comparison, money: Money, ask: Asked, what: str) -> CompareRow:
    years = comparison.years(comparison.counted)
    if not years:
        raise Unsuited("no source says which years any of the money is for")
    over = f"{words.number(ask.count or 0)} year" + ("" if ask.count == 1 else "s")
    label, amount = f"yearly average (the ask ÷ {ask.count})", f"over the {over} of {what}"
    if comparison.benchmark.per_year:
        label, amount = "yearly average", f"in each year{_same_way(comparison, money)}"
    dated = comparison.with_years(comparison.counted)
    last = _named(comparison, [comparison.ends_with()])
    return set_against(
        f"new money, {label}" if money.measure.new else label,
        Promised(comparison, money.measure, dated, over=len(years)),
        ask,
        assumption=(
            f"money with stated years over {words.counted(len(years), 'year')}, "
            f"{asked.in_prose(years)} ({last} reaches the last); the amount asked for {amount}"
        ),
    )


def first_two_years(comparison: Comparison, money: Money) -> CompareRow:
    """Set the first two years that have money against the first two that were asked for."""
    ask, years = asked.first_two(comparison), comparison.years_with_money()[:2]
    if len(years) < 2:
        raise Unsuited("no money is promised for two years")
    measure = replace(money.measure, years=frozenset(years))
    return set_against(
        "first two years of each",
        Promised(comparison, measure),
        ask,
        assumption=(
            f"money of {years[0]} and {years[1]}{_split(comparison, measure)}; the first two "
            "yearly figures asked for"
        ),
    )


def years_of_both(comparison: Comparison, money: Money) -> CompareRow:
    """Set the money of the financial years that both cover against the ask for those."""
    asked_by_year = asked.by_year(comparison)
    years = [year for year in comparison.years_with_money() if year in asked_by_year]
    if not years:
        run = asked.in_prose(asked_by_year)
        raise Unsuited(f"no money is promised for the years asked for, {run}")
    measure, gap = replace(money.measure, years=frozenset(years)), comparison.benchmark.unreconciled
    missing = f", and up to {gap.amount.text} that no year has" if gap else ""
    return set_against(
        _these(comparison, years),
        Promised(comparison, measure),
        asked.of_years(comparison, years),
        assumption=(
            f"money of {asked.in_prose(years)}{_split(comparison, measure)}; what was asked for "
            f"those years{missing}{asked.reading(comparison)}"
        ),
    )


def without_capital(comparison: Comparison, money: Money) -> CompareRow:
    """Set what is not recorded as capital against all that was asked for.

    What is left out may be what the ask lacks, so such a sum shows no ask unmet.
    """
    ledger, capital = comparison.ledger, comparison.capital()
    if money.in_years_asked and not capital:  # of all money it is worth a row that none is
        raise Unsuited("none of the money is recorded as capital")
    kept = comparison.counted - capital
    unknown = {id_ for id_ in kept if ledger.items[id_].entry.spending is None}
    out, unsaid = (words.pounds(ledger.money(ids).stated) for ids in (capital, unknown))
    less = f"less {out} recorded as capital" if capital else "none of it recorded as capital"
    measure, ask = _like_for_like(comparison, money)
    return set_against(
        "without capital",
        Promised(comparison, measure, kept, lacking=bool(capital)),
        ask,
        assumption=(
            f"{money.in_full}, {less}; {unsaid} of which no source says whether it is capital is "
            "kept"
        ),
    )


def with_doubtful(comparison: Comparison, money: Money) -> CompareRow:
    """Count doubtful sums as separate from those that they may lie in."""
    unsure = sorted(i for i in comparison.unsure if comparison.ledger.items[i].holds_money)
    if not unsure:
        raise Unsuited("no money is in doubt")
    measure, ask = _like_for_like(comparison, money)
    supposed = replace(comparison.supposed, separate=True)
    read = f", with {comparison.floors_read}" if comparison.floors_read else ""
    return set_against(
        money.in_full,
        # An open floor among them would leave no bound: it is read as for verdicts.
        Promised(replace(comparison, supposed=supposed), measure, capped=True),
        ask,
        assumption=(
            f"{money.in_full}, with {_named(comparison, unsure)}, which may be part of others{read}"
        ),
    )


def with_untold(comparison: Comparison, money: Money) -> CompareRow:
    """Count as new what no source tells from old."""
    untold = comparison.untold(comparison.counted)
    if not untold:
        raise Unsuited("sources tell of all the money whether it is new")
    measure, ask = _like_for_like(comparison, money)
    return set_against(
        money.label,
        Promised(comparison, replace(measure, untold_as_new=True)),
        ask,
        assumption=f"{money.in_full}, with {_named(comparison, untold)} as new in full",
    )


def in_real_terms(comparison: Comparison, money: Money) -> CompareRow:
    """Set money in the prices of one year against the ask, read as in those prices."""
    prices = _prices(comparison)
    ask, measure = asked.in_prices(comparison, prices), _measure(comparison, money)
    if measure.years:
        ask = replace(ask, money=asked.of_its_years(comparison))
    known = comparison.benchmark.price_basis == prices.year
    what = "which is in those prices" if known else "read as in those prices"
    return set_against(
        f"in {prices.year} prices",
        Promised(comparison, replace(measure, prices=prices)),
        ask,
        assumption=f"{_deflated(comparison, measure, prices)}; the amount asked for, {what}",
    )


def in_real_terms_asked_in_cash(comparison: Comparison, money: Money) -> CompareRow:
    """Set money in the prices of one year against the yearly figures, deflated too."""
    prices = _prices(comparison)
    ask, measure = asked.in_cash_deflated(comparison, prices), _measure(comparison, money)
    return set_against(
        f"in {prices.year} prices, asked for in cash",
        Promised(comparison, replace(measure, prices=prices)),
        ask,
        assumption=(
            f"{_deflated(comparison, measure, prices)}; the yearly figures asked for, read as cash"
            f"{asked.reading(comparison)}"
        ),
    )


def _prices(comparison: Comparison) -> Prices:
    if comparison.real_prices is None:
        raise Unsuited(
            "real terms need deflators and the year whose prices to use",
            "say which, as --prices 2022-23",
        )
    return comparison.real_prices


def _of_years_asked(comparison: Comparison, measure: Measure) -> Measure:
    """Return a measure of all the years that are asked for, whether or not they have money."""
    return replace(measure, years=frozenset(asked.by_year(comparison)))


def _measure(comparison: Comparison, money: Money) -> Measure:
    if money.in_years_asked and comparison.has_years:
        return _of_years_asked(comparison, money.measure)
    return money.measure


def _like_for_like(comparison: Comparison, money: Money) -> tuple[Measure, Asked]:
    """Return how money is measured, with what it is set against: of the same years."""
    measure = _measure(comparison, money)
    return measure, (asked.in_its_years if measure.years else asked.in_all)(comparison)


def _named(comparison: Comparison, ids: Iterable[str]) -> str:
    """Name some sums."""
    return words.listed(f'"{comparison.name_of(id_)}"' for id_ in ids)


def _these(comparison: Comparison, years: Sequence[FinancialYear]) -> str:
    """Say how many of the years asked for some are: "the Care Review's four years"."""
    every, some = len(asked.by_year(comparison)), words.number(len(years))
    many = f"{some} of the {comparison.asked_by}'s {words.number(every)} years"
    return many if len(years) < every else f"the {comparison.asked_by}'s {some} years"


def _same_way(comparison: Comparison, money: Money) -> str:
    return ", which is counted in the same way" if alike(comparison, money.measure) else ""


def _split(comparison: Comparison, measure: Measure) -> str:
    """Say how the money of more years was split."""
    spread = measure.is_spread_evenly(comparison.ledger, comparison.counted)
    evenly = ", money of more years spread evenly over its own" if spread else ""
    return f"{_timeless(comparison)}{evenly}"


def _deflated(comparison: Comparison, measure: Measure, prices: Prices) -> str:
    """Say how money was put into the prices of one year, and what could not be."""
    real = replace(measure, prices=prices)
    spread = real.is_spread_evenly(comparison.ledger, comparison.counted)
    evenly = ", spread evenly over its years" if spread else ""
    years = f"money of {asked.in_prose(measure.years)}; " if measure.years else ""
    return (
        f"{years}each year's money in {prices.year} prices{evenly}{_timeless(comparison)}; "
        f"{prices.described}"
    )


def _timeless(comparison: Comparison) -> str:
    left = comparison.of_no_year()
    return f", without {_named(comparison, left)}, of no stated year" if left else ""
