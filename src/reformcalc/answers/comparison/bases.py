"""The table of bases: which money, set against what. And what is asked of that table.

To add one: a function in `against` if it sets money against something else than those there, and a
line here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import get_close_matches
from enum import Enum, auto
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.answers.comparison import against
from reformcalc.answers.comparison.against import ALL_MONEY, NEW_MONEY, NEW_MONEY_ONCE
from reformcalc.answers.comparison.asked import Unsuited
from reformcalc.answers.comparison.verdict import CompareRow, Said, Verdict, unsettled
from reformcalc.errors import Refused, UnknownId

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reformcalc.answers.comparison.against import Against, Money
    from reformcalc.answers.comparison.comparison import Comparison

# Money of the financial years asked for, or of all years where those are not known.
_ALL_ASKED = replace(ALL_MONEY, in_years_asked=True)
_NEW_ASKED = replace(NEW_MONEY, in_years_asked=True)


class Choice(Enum):
    """From which like for like a basis is one choice away."""

    OF_KNOWN_YEARS = auto()  # where it is known for which financial years the ask is
    OF_UNKNOWN_YEARS = auto()  # where it is not
    OF_EITHER = auto()
    NONE = auto()

    def is_one(self, *, years_known: bool) -> bool:
        """Whether it is a choice for an ask whose financial years are known, or are not."""
        own = Choice.OF_KNOWN_YEARS if years_known else Choice.OF_UNKNOWN_YEARS
        return self in (own, Choice.OF_EITHER)


_KNOWN, _UNKNOWN = Choice.OF_KNOWN_YEARS, Choice.OF_UNKNOWN_YEARS


@dataclass(frozen=True, slots=True)
class Basis:
    """A way to set money against what was asked for.

    `change` says what it does otherwise than like for like. `choice` is from which like for like of
    the same money it is one choice away. `shown` is its place among the rows that a
    comparison shows by itself, all money before new; None for no place.
    """

    id: str
    money: Money
    against: Against
    change: str
    choice: Choice = Choice.OF_EITHER
    shown: int | None = None

    @property
    def is_new(self) -> bool:
        """Whether it counts new money alone."""
        return self.money.measure.new is not None

    @property
    def is_real(self) -> bool:
        """Whether it is in real terms."""
        return self.against in (against.in_real_terms, against.in_real_terms_asked_in_cash)


# In the order in which choices that cannot be had are named.
_TABLE = (
    Basis("headline", ALL_MONEY, against.in_all, "all money over all years", _KNOWN, 1),
    Basis("new-each-year", NEW_MONEY, against.in_all, "new money over all years", _KNOWN, 10),
    Basis("new-when-announced", NEW_MONEY_ONCE, against.in_all,
          "new money once, when announced", Choice.NONE, 9),
    Basis("asked-years", ALL_MONEY, against.in_years_asked, "all money, new or not", Choice.NONE),
    Basis("new-asked-years", NEW_MONEY, against.in_years_asked,
          "only what is new, in each year", Choice.NONE, 11),
    Basis("new-once-asked-years", NEW_MONEY_ONCE, against.in_years_asked,
          "new money once, when announced", Choice.NONE),
    Basis("new-untold-counted", _NEW_ASKED, against.with_untold,
          "all as new that no source calls old"),
    Basis("new-doubtful-counted", _NEW_ASKED, against.with_doubtful,
          "counting what is in doubt as extra, new money"),
    Basis("doubtful-counted", _ALL_ASKED, against.with_doubtful,
          "counting what is in doubt as extra, all money"),
    Basis("new-without-capital", _NEW_ASKED, against.without_capital, "new money without capital"),
    Basis("without-capital", ALL_MONEY, against.without_capital, "without capital", _UNKNOWN, 7),
    Basis("asked-years-without-capital", _ALL_ASKED, against.without_capital,
          "without capital", _KNOWN),
    Basis("new-yearly-figures", _NEW_ASKED, against.yearly_figures,
          "new money against the yearly figures"),
    Basis("yearly-figures", ALL_MONEY, against.yearly_figures,
          "against the yearly figures", _UNKNOWN, 2),
    Basis("asked-years-yearly-figures", _ALL_ASKED, against.yearly_figures,
          "against the yearly figures", _KNOWN),
    Basis("first-two-years", ALL_MONEY, against.first_two_years,
          "the first two years of each", Choice.NONE, 5),
    Basis("new-same-financial-years", NEW_MONEY, against.years_of_both,
          "new money in the years asked for that have money"),
    Basis("same-financial-years", ALL_MONEY, against.years_of_both,
          "the years asked for that have money", Choice.OF_EITHER, 6),
    Basis("new-per-year-spending", NEW_MONEY, against.a_year_of_spending,
          "new money, yearly average over the years of spending"),
    Basis("per-year-spending", ALL_MONEY, against.a_year_of_spending,
          "yearly average, over the years of spending", Choice.OF_EITHER, 3),
    Basis("new-per-year-programme", NEW_MONEY, against.a_year_of_the_programme,
          "new money, yearly average over the years of the programme"),
    Basis("per-year-programme", ALL_MONEY, against.a_year_of_the_programme,
          "yearly average, over the years of the programme", Choice.OF_EITHER, 4),
    Basis("real-terms", ALL_MONEY, against.in_real_terms,
          "in real terms, asked for in those prices", _UNKNOWN, 8),
    Basis("asked-years-real-terms", _ALL_ASKED, against.in_real_terms,
          "in real terms, asked for in those prices", _KNOWN),
    Basis("new-real-terms", _NEW_ASKED, against.in_real_terms,
          "new money in real terms, asked for in those prices"),
    Basis("real-terms-asked-in-cash", ALL_MONEY, against.in_real_terms_asked_in_cash,
          "in real terms, asked for in cash", _UNKNOWN, 8),
    Basis("asked-years-real-terms-asked-in-cash", _ALL_ASKED, against.in_real_terms_asked_in_cash,
          "in real terms, asked for in cash", _KNOWN),
    Basis("new-real-terms-asked-in-cash", _NEW_ASKED, against.in_real_terms_asked_in_cash,
          "new money in real terms, asked for in cash"),
)  # fmt: skip
BASES = {basis.id: basis for basis in _TABLE}

# What the choice of other money is called: by what was asked for, and how the money is counted.
_OTHER_MONEY = {
    ("new", ALL_MONEY): "all money, new or not",
    ("new", NEW_MONEY_ONCE): "new money once, when announced",
    ("all", NEW_MONEY): "only what is new, in each year",
    ("all", NEW_MONEY_ONCE): "only what is new, once when announced",
}
_ASKED_FOR = {"new": NEW_MONEY, "all": ALL_MONEY}
_PART = "a part of the money, against all that was asked for, can show neither"


def like_for_like(comparison: Comparison) -> Basis | None:
    """Return the basis on which both sides count the same thing; None where there is none."""
    if comparison.part:
        return None
    if comparison.benchmark.per_year:
        return _alike(comparison, against.a_year_of_spending)
    return _alike(comparison, against.in_years_asked if comparison.has_years else against.in_all)


def over_all_years(comparison: Comparison) -> Basis | None:
    """Return the same of all years, whichever are asked for; None of an ask for each year."""
    return None if comparison.benchmark.per_year else _alike(comparison, against.in_all)


def _alike(comparison: Comparison, ask: Against) -> Basis | None:
    money = _ASKED_FOR.get(comparison.benchmark.asks_for or "")
    return next((basis for basis in _TABLE if (basis.money, basis.against) == (money, ask)), None)


def otherwise(comparison: Comparison, base: Basis) -> Iterator[tuple[Basis, str]]:
    """Yield each basis that makes one choice otherwise than like for like, and what it changes.

    That is other money against the same ask, or the same money against another.
    """
    asks_for, per_year = comparison.benchmark.asks_for or "", comparison.benchmark.per_year
    for basis in _TABLE:
        if basis.money.measure != base.money.measure:
            if basis.against is base.against:
                change = _OTHER_MONEY[asks_for, basis.money]
                yield basis, change.removesuffix(", in each year") if per_year else change
        elif per_year:  # no total can be set against what is asked for in each year
            if basis.against is against.years_of_both:
                yield basis, basis.change
        elif basis.choice.is_one(years_known=comparison.has_years) and basis is not base:
            yield basis, basis.change


def chosen_rows(
    comparison: Comparison, bases: Sequence[str] = ()
) -> tuple[tuple[CompareRow, ...], Mapping[str, Refused]]:
    """Return the rows of some bases, or of all; and why each of the others cannot be had.

    Raises UnknownId for a basis that does not exist, Refused for one that cannot be had.
    """
    rows: list[CompareRow] = []
    unsuited: dict[str, Refused] = {}
    shown = [basis.id for basis in (*_shown(comparison), *_real_terms_of_new(comparison))]
    for id_ in dict.fromkeys(bases or shown):
        if id_ not in BASES:
            nearest = get_close_matches(id_.lower(), BASES, n=5, cutoff=0)
            raise UnknownId("basis", id_, BASES, f"the nearest are: {', '.join(nearest)}")
        try:
            rows.append(row_of(comparison, BASES[id_]))
        except Unsuited as reason:
            unsuited[id_] = reason
    if bases and comparison.real_prices and not any(BASES[id_].is_real for id_ in bases):
        real = words.listed(id_ for id_ in shown if BASES[id_].is_real)
        raise Refused(
            "none of these bases is in real terms", f"leave out --prices, or ask for {real}"
        )
    if bases and unsuited:
        id_, why = next(iter(unsuited.items()))
        raise why.of(f'"{comparison.name}" cannot be compared on the basis "{id_}"')
    if not rows:
        raise unsuited["headline"].of(f'"{comparison.name}" cannot be compared so')
    return tuple(rows), unsuited


def start(comparison: Comparison) -> tuple[Basis, CompareRow]:
    """Return like for like, which every choice starts from. Raises Refused where there is none."""
    why = Refused("no source says whether new money was asked for or all")
    if comparison.part:
        why = Refused(
            f"this is a part of the money ({comparison.part}), against all that was asked for",
            "leave out what limits it, or name a benchmark that asks for no more (list benchmarks)",
        )
    try:
        if basis := like_for_like(comparison):
            return basis, row_of(comparison, basis)
    except Unsuited as reason:
        why = reason
    raise why.of(f'"{comparison.name}" has no like-for-like basis to start from')


def row_of(comparison: Comparison, basis: Basis) -> CompareRow:
    """Return the row of one basis. Raises Unsuited where it cannot be had."""
    row = replace(basis.against(comparison, basis.money), basis=basis.id)
    if basis not in _shown(comparison):
        row = replace(row, label=basis.change)
    if basis is like_for_like(comparison):
        row = replace(row, like_for_like=True, label=f"{row.label} (like for like)")
    if comparison.part:
        row = replace(
            row,
            verdict=Verdict.NOT_DECIDED,
            standing=Said.NOT_SETTLED,
            verdict_reason=_PART,
            **unsettled(),
        )
    return row


def _shown(comparison: Comparison) -> list[Basis]:
    """Return the bases that a comparison shows by itself, but for real terms of new money."""
    alike, per_year = like_for_like(comparison), comparison.benchmark.per_year
    shown = [
        basis
        for basis in _TABLE
        if (basis.shown and (comparison.real_prices or not basis.is_real))
        or basis is alike
        or (per_year and basis.against is against.a_year_of_spending)
    ]
    return sorted(shown, key=lambda basis: (basis.is_new, basis.shown or len(_TABLE)))


def _real_terms_of_new(comparison: Comparison) -> list[Basis]:
    if comparison.real_prices is None:
        return []
    return [basis for basis in _TABLE if basis.is_real and basis.is_new]
