"""Like for like with one choice made otherwise: how far an answer moves with each.

Each is a function from a `Pair` to a row, as a basis is. To add one: write it, and name it with
what it does otherwise, beside those that start from new money or from all.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.queries.comparison import asked, bases
from reformcalc.queries.comparison.bases import ALL, BASES, NEW_EACH_YEAR, promised
from reformcalc.queries.comparison.verdicts import CompareRow, Unsuited, set_against

if TYPE_CHECKING:
    from collections.abc import Callable

    from reformcalc.queries.comparison.pair import Pair
    from reformcalc.queries.measure import Measure

_NEW = "new money in each year"


def _untold_is_new(pair: Pair) -> CompareRow:
    items = pair.ledger.items
    told = pair.ledger.new_money().existing
    untold = [i for i in pair.counted if i not in told and items[i].holds_money]
    if not untold:
        raise Unsuited("sources tell of all the money whether it is new")
    measure, ask = bases.like_for_like(pair, NEW_EACH_YEAR)
    return set_against(
        "new money, each year",
        promised(pair, replace(measure, untold_as_new=True)),
        ask,
        assumption=f"{_NEW}, with {words.listed(sorted(untold))} as new in full",
    )


def _doubtful_is_separate(pair: Pair, measure: Measure, what: str) -> CompareRow:
    unsure = sorted(i for i in pair.unsure if pair.ledger.items[i].holds_money)
    if not unsure:
        raise Unsuited("no money is in doubt")
    measure, ask = bases.like_for_like(pair, measure)
    return set_against(
        what,
        # An open floor among them would leave no bound: it is read as for verdicts.
        promised(pair.without_doubt(), measure, ledger=pair.capped),
        ask,
        assumption=(
            f'{what}, with {words.listed(unsure)}, which may lie in others; "over £45m" is read '
            "as less than £46m"
        ),
    )


_new_doubtful_is_separate = partial(_doubtful_is_separate, measure=NEW_EACH_YEAR, what=_NEW)
_all_doubtful_is_separate = partial(_doubtful_is_separate, measure=ALL, what="all money promised")


def _without_capital(pair: Pair, measure: Measure, what: str) -> CompareRow:
    if not pair.capital():
        raise Unsuited("none of the money is recorded as capital")
    measure, ask = bases.like_for_like(pair, measure)
    return bases.without_capital(pair, measure, what, ask)


def _yearly_figures(pair: Pair, measure: Measure, what: str) -> CompareRow:
    measure, _ = bases.like_for_like(pair, measure)
    return bases.against_yearly_figures(pair, measure, what)


def _real_terms(pair: Pair, measure: Measure, *, asked_in_cash: bool) -> CompareRow:
    if asked.has_years(pair):
        measure = bases.in_years_asked(pair, measure)
    return bases.in_real_terms(pair, measure, asked_in_cash=asked_in_cash)


_years_of_both = partial(bases.in_the_years_of_both, measure=NEW_EACH_YEAR)
_per_year_spending = partial(bases.a_year_of_spending, measure=NEW_EACH_YEAR)
_per_year_programme = partial(bases.a_year_of_the_programme, measure=NEW_EACH_YEAR)
_once = partial(bases.in_all_the_years_asked, measure=bases.NEW_ONCE, what="new money, once,")
_all = partial(bases.in_all_the_years_asked, measure=ALL, what="all money")


NEW_REAL_TERMS: dict[str, tuple[str, Callable[[Pair], CompareRow]]] = {
    "new-real-terms": (
        "new money in real terms, asked for in those prices",
        partial(_real_terms, measure=NEW_EACH_YEAR, asked_in_cash=False),
    ),
    "new-real-terms-asked-in-cash": (
        "new money in real terms, asked for in cash",
        partial(_real_terms, measure=NEW_EACH_YEAR, asked_in_cash=True),
    ),
}
# New money of the ask's own years, or of all years where those are not known.
_NEW_OTHERWISE: dict[str, tuple[str, Callable[[Pair], CompareRow]]] = {
    "new-untold-counted": ("all as new that no source calls old", _untold_is_new),
    "new-doubtful-counted": ("doubtful sums as separate, new money", _new_doubtful_is_separate),
    "new-without-capital": (
        "new money without capital",
        partial(_without_capital, measure=NEW_EACH_YEAR, what=_NEW),
    ),
    "new-yearly-figures": (
        "new money against the yearly figures",
        partial(_yearly_figures, measure=NEW_EACH_YEAR, what=_NEW),
    ),
    "new-same-financial-years": ("new money of the financial years of both", _years_of_both),
    "new-per-year-spending": ("new money a year, over the years of spending", _per_year_spending),
    "new-per-year-programme": (
        "new money a year, over the years of the programme",
        _per_year_programme,
    ),
    **NEW_REAL_TERMS,
}
_FROM_NEW: dict[str, tuple[str, Callable[[Pair], CompareRow]]] = {
    "headline": ("all money, new or not", bases.headline),
    "new-when-announced": ("new money once, when announced", bases.new_when_announced),
    **_NEW_OTHERWISE,
}
_FROM_NEW_IN_YEARS: dict[str, tuple[str, Callable[[Pair], CompareRow]]] = {
    "new-each-year": ("new money over all years", bases.new_each_year),
    "asked-years": ("all money, new or not", _all),
    "new-once-asked-years": ("new money once, when announced", _once),
    **_NEW_OTHERWISE,
}
_FROM_ALL: dict[str, tuple[str, Callable[[Pair], CompareRow]]] = {
    "new-each-year": ("only what is new, in each year", bases.new_each_year),
    "new-when-announced": ("only what is new, once when announced", bases.new_when_announced),
    "doubtful-counted": ("doubtful sums as separate, all money", _all_doubtful_is_separate),
    **{
        id_: (change, BASES[id_])
        for id_, change in (
            ("without-capital", "without capital"),
            ("yearly-figures", "against the yearly figures"),
            ("same-financial-years", "the financial years of both"),
            ("per-year-spending", "a year, over the years of spending"),
            ("per-year-programme", "a year, over the years of the programme"),
            ("real-terms", "in real terms, asked for in those prices"),
            ("real-terms-asked-in-cash", "in real terms, asked for in cash"),
        )
    },
}
_FROM_ALL_IN_YEARS: dict[str, tuple[str, Callable[[Pair], CompareRow]]] = {
    "headline": ("all money over all years", bases.headline),
    "new-asked-years": ("only what is new, in each year", BASES["new-asked-years"]),
    "new-once-asked-years": ("only what is new, once when announced", _once),
    "doubtful-counted": _FROM_ALL["doubtful-counted"],
    "asked-years-without-capital": (
        "without capital",
        partial(_without_capital, measure=ALL, what="all money promised"),
    ),
    "asked-years-yearly-figures": (
        "against the yearly figures",
        partial(_yearly_figures, measure=ALL, what="all money promised"),
    ),
    "same-financial-years": _FROM_ALL["same-financial-years"],
    "per-year-spending": _FROM_ALL["per-year-spending"],
    "per-year-programme": _FROM_ALL["per-year-programme"],
    "asked-years-real-terms": (
        "in real terms, asked for in those prices",
        partial(_real_terms, measure=ALL, asked_in_cash=False),
    ),
    "asked-years-real-terms-asked-in-cash": (
        "in real terms, asked for in cash",
        partial(_real_terms, measure=ALL, asked_in_cash=True),
    ),
}
# What can be done otherwise than like for like, by what the benchmark asks for: where it is known
# for which financial years, and where it is not.
OTHERWISE = {
    True: {"new": _FROM_NEW_IN_YEARS, "all": _FROM_ALL_IN_YEARS},
    False: {"new": _FROM_NEW, "all": _FROM_ALL},
}
# The same of what is asked for in each year: no total can be set against it.
_A_YEAR: dict[str, dict[str, tuple[str, Callable[[Pair], CompareRow]]]] = {
    "new": {
        "per-year-spending": ("all money, new or not", BASES["per-year-spending"]),
        "new-same-financial-years": _FROM_NEW["new-same-financial-years"],
    },
    "all": {
        "new-per-year-spending": ("only what is new", _per_year_spending),
        "same-financial-years": _FROM_ALL["same-financial-years"],
    },
}
_EVERY = _FROM_ALL_IN_YEARS | _FROM_NEW_IN_YEARS | _FROM_ALL | _FROM_NEW
CHOICES = {id_: one for id_, one in _EVERY.items() if id_ not in BASES}


def otherwise(pair: Pair) -> dict[str, tuple[str, Callable[[Pair], CompareRow]]]:
    """Return what can be done otherwise than like for like with what a benchmark asks for."""
    alike = _A_YEAR if pair.benchmark.per_year else OTHERWISE[asked.has_years(pair)]
    return alike[pair.benchmark.asks_for or "new"]
