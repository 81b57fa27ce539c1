"""Every basis on which money promised can be set against what was asked for.

Each is a function from a `Pair` to a row, which raises Unsuited where the benchmark or the money
cannot carry it. To add one: write it, and name it in BASES.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.queries.comparison import asked
from reformcalc.queries.comparison.settling import Unknowns
from reformcalc.queries.comparison.verdicts import (
    Carries,
    CompareRow,
    Promised,
    Unsuited,
    set_against,
)
from reformcalc.queries.measure import Measure
from reformcalc.years import Years, written

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from decimal import Decimal

    from reformcalc.ledger import Ledger
    from reformcalc.money import Sum
    from reformcalc.queries.comparison.asked import Asked
    from reformcalc.queries.comparison.pair import Pair
    from reformcalc.queries.prices import Prices

ALL = Measure()
NEW_ONCE = Measure(new="announced")
NEW_EACH_YEAR = Measure(new="each-year")
# What a benchmark asks for is counted so on both sides, and then either verdict can stand.
_COUNTED_ALIKE = {"new": NEW_EACH_YEAR.new, "all": ALL.new}


def promised(
    pair: Pair,
    measure: Measure,
    ids: frozenset[str] | None = None,
    *,
    years: int = 1,
    ledger: Ledger | None = None,
) -> Promised:
    """Return the promised side: the counted money, or some of it, over a number of years.

    The most that it can be is of all the money: what is left out may be of the years asked for.
    `ledger` is the pair's own, or its capped one where open floors are read as for verdicts.
    """
    ids, ledger = pair.counted if ids is None else ids, ledger or pair.ledger
    if measure.by_year:
        ids = pair.touching(measure.years, ids) if measure.years else pair.with_years(ids)
    covered = sorted(measure.years) if measure.years else pair.years(ids)
    return Promised(
        counts="new-money" if measure.new else "all-money",
        money=asked.divided(pair.measured(measure, ids, ledger), years),
        parts=partial(_parts, pair, measure, ids, years, ledger),
        spread=measure.is_spread_evenly(ledger, ids),
        ceiling=_over(pair.measured(measure, ids, pair.capped).high, years),
        most=_over(pair.most(measure, pair.capped), years),
        most_unread=_over(pair.most(measure, pair.ledger), years),
        run=written(covered) or None,
        years=len(covered) or None,
        carries=_carries(pair.benchmark.asks_for, measure),
        unknowns=partial(_unknowns, pair, measure, ids, years, ledger),
    )


def _parts(
    pair: Pair, measure: Measure, ids: frozenset[str], years: int, ledger: Ledger
) -> dict[str, tuple[Decimal, Decimal]]:
    """Return what each item adds to the stated figure, and what it could."""
    could = replace(measure, untold_as_new=True)
    return {
        id_: (pair.counts(measure, id_, ledger) / years, pair.counts(could, id_, ledger) / years)
        for id_ in ids
    }


def _unknowns(
    pair: Pair, measure: Measure, ids: frozenset[str], years: int, ledger: Ledger
) -> Unknowns:
    """Return what no source tells of some money, and what may belong to it, over some years."""
    widths = {
        id_: None if one.high is None else (one.high - one.low) / years
        for id_, one in _open(measure, ids, ledger).items()
    }
    beside = pair.doubtful - ids
    partly = {id_: pair.may_add(measure, id_, ledger) / years for id_ in ids}
    if measure.by_year:
        beside |= frozenset(pair.without_years(pair.counted))
    doubts = {id_: _could_add(pair, measure, id_) / years for id_ in beside}
    doubts = {id_: size for id_, size in (doubts | partly).items() if size}
    in_doubt = doubts.keys() <= pair.unsure
    return Unknowns(
        open=widths,
        what=_untold(measure, widths.keys() - ledger.new_money().existing.keys()),
        highest=_highest(pair, measure, ids),
        doubts=doubts,
        kind="in doubt" if in_doubt else "in doubt, of no one pillar or of no known year",
    )


def _could_add(pair: Pair, measure: Measure, id_: str) -> Decimal:
    """Return what a sum could add if it belongs to some money: an open floor what it states."""
    item = pair.ledger.items[id_]
    if item.years or not measure.by_year:
        could = measure.of(pair.ledger, {id_}).high
    else:
        could = pair.of_no_year(measure, {id_})
    return item.own.stated if could is None else could


def _open(measure: Measure, ids: frozenset[str], ledger: Ledger) -> dict[str, Sum]:
    """Return the sums whose size is open, but for those that are firm together."""
    found: dict[str, Sum] = {}
    trees: defaultdict[str, set[str]] = defaultdict(set)
    for id_ in ids:
        trees[ledger.items[id_].root].add(id_)
    for together in trees.values():
        if not measure.of(ledger, together).is_exact:
            found |= {id_: measure.of(ledger, {id_}) for id_ in together}
    return {id_: one for id_, one in found.items() if not one.is_exact}


def _untold(measure: Measure, silent: Collection[str]) -> str:
    """Say what no source tells of money measured so; of what is `silent`, whether it is new."""
    untold = ["is new"] if measure.new and silent else []
    untold += ["is of these years"] if measure.years else []
    if not untold:
        return "that words leave open"
    return f"of which no source says whether it {' and '.join(untold)}"


def _highest(pair: Pair, measure: Measure, ids: frozenset[str]) -> str:
    """Say what the most of some money takes for granted."""
    items, granted = pair.ledger.items, []
    told = pair.ledger.new_money().existing if measure.new else items
    if untold := [id_ for id_ in ids if id_ not in told and items[id_].holds_money]:
        money = words.millions(pair.ledger.money(untold).stated)
        granted.append(f"all {money} is new of which no source says whether it is")
    if measure.years and any(set(items[id_].years or ()) - measure.years for id_ in ids):
        granted.append("every sum falls in these years as far as it can")
    return f"even if {words.listed(granted)}" if granted else "at its highest"


def _over(most: Decimal | None, years: int) -> Decimal | None:
    return None if most is None else most / years


def in_years_asked(pair: Pair, measure: Measure) -> Measure:
    """Return a measure of all the years that are asked for, whether or not they have money."""
    return replace(measure, years=frozenset(asked.by_year(pair)))


def like_for_like(pair: Pair, measure: Measure) -> tuple[Measure, Asked]:
    """Return a measure with what it is set against: both of the ask's own years if it has any."""
    if asked.has_years(pair):
        return in_years_asked(pair, measure), asked.in_its_years(pair)
    return measure, asked.in_all(pair)


def _carries(asks_for: str | None, measure: Measure) -> Carries:
    """Return what a measure of the money can show, once it is known, or not, what is asked for."""
    if _alike(asks_for, measure):
        return Carries.BOTH
    if measure.new is None:
        return Carries.NOT_MET
    return Carries.MET_ONCE if measure.new == NEW_ONCE.new else Carries.MET


def _alike(asks_for: str | None, measure: Measure) -> bool:
    return asks_for is not None and measure.new == _COUNTED_ALIKE[asks_for]


# What a measure can show once some of its money is left out; another shows what it did.
_WITH_LESS = {Carries.BOTH: Carries.MET_PART, Carries.NOT_MET: Carries.NEITHER}


def a_year_of_spending(pair: Pair, measure: Measure) -> CompareRow:
    """Set a year's money against a year's ask, over the years of spending."""
    return _a_year(pair, measure, pair.benchmark.spending_years, "spending")


def a_year_of_the_programme(pair: Pair, measure: Measure) -> CompareRow:
    """Set a year's money against a year's ask, over the years of the programme."""
    if pair.benchmark.per_year:
        raise Unsuited("it was asked for in each year", "ask for per-year-spending")
    return _a_year(pair, measure, pair.benchmark.programme_years, "the programme")


def _a_year(pair: Pair, measure: Measure, count: int | None, what: str) -> CompareRow:
    ask, years = asked.a_year(pair, count), pair.years()
    if not years:
        raise Unsuited("no source says which years any of the money is for")
    run = Years(years[0], years[-1])
    over = f"{words.number(ask.count or 0)} year" + ("" if ask.count == 1 else "s")
    per_year = pair.benchmark.per_year
    alike = _SAME_WAY if _alike(pair.benchmark.asks_for, measure) else ""
    new = "new money, " if measure.new else ""
    return set_against(
        new + ("a year" if per_year else f"a year, asked for over {over}"),
        promised(pair, measure, pair.with_years(), years=len(years)),
        ask,
        assumption=(
            f"money with stated years over {words.counted(len(years), 'year')}, {run} "
            f"({pair.ends_with()} reaches the last); "
            + (f"the amount asked for in each year{alike}" if per_year else "")
            + ("" if per_year else f"the amount asked for over the {over} of {what}")
        ),
    )


def in_real_terms(pair: Pair, measure: Measure, *, asked_in_cash: bool) -> CompareRow:
    """Set money in the prices of one year against the ask, in those prices or deflated too."""
    prices = pair.prices
    if prices is None:
        raise Unsuited(
            "real terms need deflators and the year whose prices to use",
            "say which, as --prices 2022-23",
        )
    what = "the amount asked for, read as in those prices"
    ask = asked.in_cash_deflated(pair, prices) if asked_in_cash else asked.in_prices(pair, prices)
    if asked_in_cash:
        what = f"the yearly figures asked for, read as cash{asked.year_one(pair)}"
    elif pair.benchmark.price_basis == prices.year:
        what = "the amount asked for, which is in those prices"
    in_years = ""
    if measure.years:
        in_years = f"money of {written(measure.years)}; "
        ask = ask if asked_in_cash else replace(ask, money=asked.of_its_years(pair))
    measure = replace(measure, prices=prices)
    return set_against(
        f"in {prices.year} prices" + (", asked for in cash" if asked_in_cash else ""),
        promised(pair, measure),
        ask,
        assumption=f"{in_years}{_deflated(pair, measure, prices)}; {what}",
    )


def in_the_years_of_both(pair: Pair, measure: Measure) -> CompareRow:
    """Set the money of the financial years that both cover against the ask for those."""
    asked_by_year = asked.by_year(pair)
    years = [year for year in pair.years_with_money() if year in asked_by_year]
    if not years:
        run = Years(min(asked_by_year), max(asked_by_year))
        raise Unsuited(f"no money is promised for the years asked for, {run}")
    measure, gap = replace(measure, years=frozenset(years)), pair.benchmark.unreconciled
    missing = f", and up to {gap.amount.text} that no year has" if gap else ""
    return set_against(
        "the financial years of both",
        promised(pair, measure),
        asked.of_years(pair, years),
        assumption=(
            f"money of {written(years)}{_split(pair, measure)}; what was asked for "
            f"those years{missing}{asked.year_one(pair)}"
        ),
    )


def in_all_the_years_asked(pair: Pair, measure: Measure, what: str) -> CompareRow:
    """Set the money of all the ask's own years, with money or without, against the whole ask."""
    ask, measure = asked.in_its_years(pair), in_years_asked(pair, measure)
    gap = pair.benchmark.unreconciled
    missing = f", with the {gap.amount.text} that no year has" if gap else ""
    alike = _SAME_WAY if _alike(pair.benchmark.asks_for, measure) else ""
    return set_against(
        f"{what.removesuffix(',')} in the years asked for",
        promised(pair, measure),
        ask,
        assumption=(
            f"{what} of {ask.years}{_split(pair, measure)}; what was asked for in those "
            f"years{missing}{alike}{asked.year_one(pair)}"
        ),
    )


def without_capital(
    pair: Pair, measure: Measure, what: str, ask: Asked | None = None
) -> CompareRow:
    """Set what is not recorded as capital against all that was asked for.

    What is left out may be what the ask lacks, so such a sum shows no ask unmet.
    """
    items, capital = pair.ledger.items, pair.capital()
    kept = pair.counted - capital
    unknown = {id_ for id_ in kept if items[id_].entry.spending is None}
    side, out = promised(pair, measure, kept), words.pounds(pair.ledger.money(capital).stated)
    if capital:
        side = replace(side, carries=_WITH_LESS.get(side.carries, side.carries))
    less = f"less {out} recorded as capital" if capital else "none of it recorded as capital"
    unsaid = words.pounds(pair.ledger.money(unknown).stated)
    return set_against(
        "without capital",
        side,
        ask or asked.in_all(pair),
        assumption=(
            f"{what}, {less}; {unsaid} of which no source says whether it is capital is kept"
        ),
    )


def against_yearly_figures(pair: Pair, measure: Measure, what: str) -> CompareRow:
    """Set money against the sum of the yearly figures."""
    return set_against(
        f"against the {pair.asked_by}'s yearly figures",
        promised(pair, measure),
        asked.by_yearly_figures(pair),
        assumption=f"{what} against the sum of the yearly figures asked for",
    )


def headline(pair: Pair) -> CompareRow:
    return set_against(
        "headline against headline",
        promised(pair, ALL),
        asked.in_all(pair),
        assumption=(
            "all money promised, whatever its years, against all that was asked for"
            + (_SAME_WAY if pair.benchmark.asks_for == "all" else "")
        ),
    )


def _first_two_years(pair: Pair) -> CompareRow:
    ask, years = asked.first_two(pair), pair.years_with_money()[:2]
    if len(years) < 2:
        raise Unsuited("no money is promised for two years")
    measure = replace(ALL, years=frozenset(years))
    return set_against(
        "first two years of each",
        promised(pair, measure),
        ask,
        assumption=(
            f"money of {years[0]} and {years[1]}{_split(pair, measure)}; the first two yearly "
            "figures asked for"
        ),
    )


def new_when_announced(pair: Pair) -> CompareRow:
    return set_against(
        "new money when announced",
        promised(pair, NEW_ONCE),
        asked.in_all(pair),
        assumption=(
            "what was not being spent before, without sums that carry on others, against all that "
            "was asked for"
        ),
    )


def new_each_year(pair: Pair) -> CompareRow:
    return set_against(
        "new money, each year",
        promised(pair, NEW_EACH_YEAR),
        asked.in_all(pair),
        assumption=(
            "what was not being spent before, in every year that it lasts, against all the new "
            f"spending that was asked for{_SAME_WAY}"
            if pair.benchmark.asks_for == "new"
            else "what was not being spent before, in every year that it lasts, against all that "
            "was asked for"
        ),
    )


_SAME_WAY = ", which is counted in the same way"
# The basis on which both sides count the same thing, by what the benchmark asks for: in its own
# financial years, or where these are not known, over all years.
LIKE_FOR_LIKE = {"new": "new-asked-years", "all": "asked-years"}
OVER_ALL_YEARS = {"new": "new-each-year", "all": "headline"}
# The same of what was asked for in each year.
A_YEAR_ALIKE = {"new": "new-per-year-spending", "all": "per-year-spending"}
REAL_TERMS: dict[str, Callable[[Pair], CompareRow]] = {
    "real-terms": partial(in_real_terms, measure=ALL, asked_in_cash=False),
    "real-terms-asked-in-cash": partial(in_real_terms, measure=ALL, asked_in_cash=True),
}
BASES: dict[str, Callable[[Pair], CompareRow]] = {
    "headline": headline,
    "yearly-figures": partial(against_yearly_figures, measure=ALL, what="all money promised"),
    "per-year-spending": partial(a_year_of_spending, measure=ALL),
    "per-year-programme": partial(a_year_of_the_programme, measure=ALL),
    "first-two-years": _first_two_years,
    "same-financial-years": partial(in_the_years_of_both, measure=ALL),
    "without-capital": partial(without_capital, measure=ALL, what="all money promised"),
    **REAL_TERMS,
    "new-when-announced": new_when_announced,
    "new-each-year": new_each_year,
    "new-asked-years": partial(in_all_the_years_asked, measure=NEW_EACH_YEAR, what="new money"),
}


def _split(pair: Pair, measure: Measure) -> str:
    """Say how the money of more years was split."""
    left = pair.without_years(pair.counted)
    out = f", without {words.listed(left)}, of no stated year" if left else ""
    spread = measure.is_spread_evenly(pair.ledger, pair.counted)
    return out + (", money of more years spread evenly over its own" if spread else "")


def _deflated(pair: Pair, measure: Measure, prices: Prices) -> str:
    """Say how money was put into the prices of one year, and what could not be."""
    out = pair.without_years(pair.counted)
    left = f", without {words.listed(out)}, of no stated year" if out else ""
    spread = (
        ", spread evenly over its years"
        if measure.is_spread_evenly(pair.ledger, pair.counted)
        else ""
    )
    return f"each year's money in {prices.year} prices{spread}{left}; {prices.described}"
