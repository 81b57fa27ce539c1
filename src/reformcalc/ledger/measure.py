"""What of some money is measured: all of it or the new, in cash or real terms, of which years."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, get_args

from reformcalc.errors import UnknownId
from reformcalc.ledger.ledger import as_sum
from reformcalc.ledger.prices import Prices
from reformcalc.values.money import NOTHING, NOUGHT, Range, Sum, total
from reformcalc.values.years import FinancialYear, Years

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from typing import TypeAlias

    from reformcalc.ledger.known import Known
    from reformcalc.ledger.ledger import Item, Ledger

    # What a pound of some items is worth, with all items of which it is worth at least so much.
    Level: TypeAlias = tuple[Decimal, set[str]]

# Ways to count new money: once when it was announced, or in every year that it lasts.
NewMoney = Literal["announced", "each-year"]
NEW: tuple[NewMoney, ...] = get_args(NewMoney)
_ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Measure:
    """A way to measure money, in pounds.

    `new` (one of NEW) takes only what was not being spent before, `untold_as_new` with it what no
    source tells from old; `prices` puts each year's money into the prices of one year; `years`
    takes the money of some years. Cash of all years, new or not, if none is said.
    """

    new: NewMoney | None = None
    untold_as_new: bool = False
    prices: Prices | None = None
    years: frozenset[FinancialYear] | None = None

    @classmethod
    def asked(
        cls, record: Known, new: NewMoney | None = None, prices: FinancialYear | None = None
    ) -> Measure:
        """Return the measure that is asked for, in the prices of a year by a record's deflators.

        Raises UnknownId for another kind of new money, Refused where no deflator reaches the year.
        """
        if new is not None and new not in NEW:
            raise UnknownId("kind of new money", new, NEW)
        return cls(new, prices=Prices.of(record, prices) if prices else None)

    @property
    def by_year(self) -> bool:
        """Whether it matters in which year money falls: what has no years is then left out."""
        return self.prices is not None or self.years is not None

    def of(self, ledger: Ledger, ids: Collection[str]) -> Sum:
        """Return the money of some items.

        Where years matter, the stated figure has each sum spread evenly over its years, or as its
        profile says. The bounds then run from what lies wholly inside the years to what could, each
        sum in the cheapest or the dearest of its own years; what a profile gives a year is fixed.
        """
        if not self.by_year:
            return self._money(ledger, ids)
        some = self._in_the_years(ledger, ids)
        stated = sum((self.part(ledger, id_) for id_ in sorted(some)), NOUGHT)
        bounds = [self._in_years(ledger, *parts) for parts in self._sorted(ledger, ids)]
        return bounds[0].meeting(bounds[-1]).holding(stated)

    def in_each(self, ledger: Ledger, ids: Collection[str]) -> dict[str, Sum]:
        """Return the money of some items in each item: its own and that of all inside it.

        It is what `of` says of each. To ask that of all would take a walk over the tree for each.
        """
        if not ids:
            return dict.fromkeys(ledger.items, NOTHING)
        if not self.by_year:
            return self._money_in_each(ledger, ids)
        parts = ledger.in_each({id_: self.part(ledger, id_) for id_ in ids})
        one, *others = [self._in_years_in_each(ledger, *s) for s in self._sorted(ledger, ids)]
        for other in others:
            one = {id_: bounds.meeting(other[id_]) for id_, bounds in one.items()}
        return {id_: bounds.holding(parts[id_]) for id_, bounds in one.items()}

    def _sorted(
        self, ledger: Ledger, ids: Collection[str]
    ) -> list[tuple[dict[str, Sum], set[str]]]:
        """Sort what has money in the years: what a profile tells of, with its bounds, and the rest.

        A sum whose size is known is bounded by its profile alone. One of open size may be bounded
        closer by its envelope or by its profile: both ways are right, and both are returned.
        """
        every = self._in_the_years(ledger, ids)
        # In one order, so that the last of 28 digits is the same in every run.
        told = {id_: self._told(ledger, id_) for id_ in sorted(every & ledger.profiled)}
        firm = {i: one for i, one in told.items() if ledger.items[i].settled_own.is_exact}
        ways = [firm] if len(firm) == len(told) else [firm, told]
        return [(way, every.difference(way)) for way in ways]

    def _in_the_years(self, ledger: Ledger, ids: Collection[str]) -> set[str]:
        """Return what of some items has any of the years that are measured."""
        runs = (some for run, some in ledger.by_run.items() if run and self._measured(run))
        return set().union(*runs).intersection(ids)

    def _inside(self, ledger: Ledger, ids: set[str]) -> set[str]:
        """Return what of some items lies wholly in the years that are measured."""
        if self.years is None:
            return ids
        runs = (some for run, some in ledger.by_run.items() if self.years.issuperset(run or ()))
        return ids.intersection(set().union(*runs))

    def _measured(self, run: Years) -> tuple[FinancialYear, ...]:
        """Return the years of a run that are measured."""
        return _of_run(run.first.start, run.last.start, self.years)

    def _in_years(self, ledger: Ledger, told: Mapping[str, Sum], ids: set[str]) -> Range:
        """Bound what a profile tells of, and all else from what is wholly inside to what could."""
        low, high = self._least(ledger, ids), self._levels(ledger, ids, max)
        least = _filled(low, [self._money(ledger, some).low for _, some in low])
        most = _filled(high, [self._money(ledger, some).high for _, some in high])
        return total([Sum(NOUGHT, least or NOUGHT, most), *told.values()]).range

    def _in_years_in_each(
        self, ledger: Ledger, told: Mapping[str, Sum], ids: set[str]
    ) -> dict[str, Range]:
        """Return what `_in_years` says of what is in each item."""
        low, high = self._least(ledger, ids), self._levels(ledger, ids, max)
        lows = [self._money_in_each(ledger, some) for _, some in low]
        highs = [self._money_in_each(ledger, some) for _, some in high]
        told_low = ledger.in_each({id_: one.low for id_, one in told.items()})
        told_high = ledger.in_each({id_: one.high or NOUGHT for id_, one in told.items()})
        endless = ledger.in_each({i: NOUGHT + 1 for i, one in told.items() if one.high is None})
        found = {}
        for id_ in ledger.items:
            least = _filled(low, [one[id_].low for one in lows]) or NOUGHT
            most = None if endless[id_] else _filled(high, [one[id_].high for one in highs])
            found[id_] = Range(
                least + told_low[id_], None if most is None else most + told_high[id_]
            )
        return found

    def _least(self, ledger: Ledger, ids: set[str]) -> list[Level]:
        return self._levels(ledger, self._inside(ledger, ids), min)

    def _levels(
        self, ledger: Ledger, ids: set[str], end: Callable[[Iterable[Decimal]], Decimal]
    ) -> list[Level]:
        """Return what a pound of some items is worth, dearest first, with all worth so much."""
        if not self.prices:
            return [(_ONE, ids)] if ids else []
        worth = {id_: end(self._worth(year) for year in self._years_of(ledger, id_)) for id_ in ids}
        return [
            (dearest, {id_ for id_ in ids if worth[id_] >= dearest})
            for dearest in sorted(set(worth.values()), reverse=True)
        ]

    def _told(self, ledger: Ledger, id_: str) -> Sum:
        """Bound a sum by its profile, which fixes its years; the rest of it falls in the others.

        Of which year its old money is may be open.
        """
        item, years = ledger.items[id_], self._years_of(ledger, id_)
        worth = {year: self._worth(year) for year in years}
        out = [year for year in item.years or () if year not in worth]
        here, elsewhere = _profiled(item, years), _profiled(item, out)
        # By rounding, or as an exception, the years of a profile may not fit the sum.
        money = here.meeting(item.settled_own.range.without(elsewhere))
        told = [(item.profile[year], by) for year, by in worth.items() if year in item.profile]
        fixed = sum((one.low * by for one, by in told), NOUGHT)
        # What is left is of the years that the profile leaves open.
        left = money.without(Range(here.low, here.low))
        others = [worth[year] for year in years if not _is_fixed(item, year)] or [*worth.values()]
        real = Range(fixed + left.low * min(others), None)
        if left.high is not None:
            real = Range(real.low, fixed + left.high * max(others))
        if self.new is None:
            return Sum(NOUGHT, *real)
        if not item.may_be_new(each_year=self.new == "each-year"):
            return NOTHING
        new_money = ledger.new_money(untold_as_new=self.untold_as_new)
        old = new_money.old(id_)
        if old is None:
            return Sum(NOUGHT, real.low if new_money.takes_as_new(id_) else NOUGHT, real.high)
        spent = old.range.without(elsewhere.meeting(item.settled_own.range.without(here)))
        most = None if old.high is None else old.high * max(worth.values())
        before = Range(spent.low * min(worth.values()), most)
        if by_year := _old_by_year(item):
            before = before.meeting(_worth_of(by_year, worth))
        return Sum(NOUGHT, *real.without(before))

    def _money(self, ledger: Ledger, ids: Collection[str]) -> Sum:
        if self.new is None:
            return ledger.money(ids)
        return ledger.new_money(untold_as_new=self.untold_as_new).money(
            self._may_be_new(ledger, ids)
        )

    def _money_in_each(self, ledger: Ledger, ids: Collection[str]) -> dict[str, Sum]:
        if self.new is None:
            return ledger.selected_in_each(ids)
        return ledger.new_money(untold_as_new=self.untold_as_new).in_each(
            self._may_be_new(ledger, ids)
        )

    def _may_be_new(self, ledger: Ledger, ids: Collection[str]) -> set[str]:
        """Leave out what is all old, and when counted once, what carries on another sum."""
        each_year = self.new == "each-year"
        return {id_ for id_ in ids if ledger.items[id_].may_be_new(each_year=each_year)}

    def _years_of(self, ledger: Ledger, id_: str) -> tuple[FinancialYear, ...]:
        years = ledger.items[id_].years
        return self._measured(years) if years else ()

    def part(self, ledger: Ledger, id_: str) -> Decimal:
        """Return the stated money of one item, evenly spread where years matter."""
        if not self.by_year:
            return self._own(ledger, id_)
        years = self._years_of(ledger, id_)
        money = self._own(ledger, id_) if years else NOUGHT
        if not money or (self.prices is None and len(years) == len(ledger.items[id_].years or ())):
            return money
        spread = self._in_its_years(ledger, id_, money)
        return sum((spread[year] * self._worth(year) for year in years), NOUGHT)

    def _in_its_years(
        self, ledger: Ledger, id_: str, money: Decimal
    ) -> dict[FinancialYear, Decimal]:
        """Spread the own money of one item that is measured over its years, in cash.

        What is new of it is so much of each year, unless a source says what was there before in
        each, and that fits the spread.
        """
        spread = ledger.in_years(id_)
        if self.new and (old := _old_by_year(ledger.items[id_])):
            new = {year: spread[year] - old[year].stated for year in spread}
            if sum(new.values()) == money and min(new.values()) >= NOUGHT:
                return new
        share = money / ledger.items[id_].own.stated
        return {year: share * one for year, one in spread.items()}

    def is_spread_evenly(self, ledger: Ledger, ids: Collection[str]) -> bool:
        """Whether the stated money of some items is only what an even spread makes of it.

        So it is where years cut through a sum, or each of its years has prices of its own, unless
        its profile gives each year.
        """
        return any(self._guesses_years(ledger, id_) for id_ in ids if self._own(ledger, id_))

    def _guesses_years(self, ledger: Ledger, id_: str) -> bool:
        years, every = self._years_of(ledger, id_), ledger.items[id_].years or ()
        cut = len(every) > 1 if self.prices else len(years) < len(every)
        return bool(years) and cut and not told_by_year(ledger.items[id_])

    def _own(self, ledger: Ledger, id_: str) -> Decimal:
        """Return the own money of one item that is measured, of all its years, in cash."""
        item = ledger.items[id_]
        if self.new is None:
            return item.own.stated
        if not item.may_be_new(each_year=self.new == "each-year"):
            return NOUGHT
        return ledger.new_money(untold_as_new=self.untold_as_new).stated(id_)

    def _worth(self, year: FinancialYear) -> Decimal:
        return self.prices.factor(year) if self.prices else _ONE


@lru_cache(maxsize=1024)  # a few runs, asked of every sum; numbers are sooner hashed than years
def _of_run(
    first: int, last: int, measured: frozenset[FinancialYear] | None
) -> tuple[FinancialYear, ...]:
    """Return the years of a run, first and last included, that are measured."""
    run = Years(FinancialYear(first), FinancialYear(last))
    return tuple(year for year in run if measured is None or year in measured)


def _old_by_year(item: Item) -> dict[FinancialYear, Sum]:
    """Return what of an item was being spent before in each of its years; empty if nothing tells.

    Nor is it told where something lies inside the item, since the years are said of it with that.
    """
    if item.is_envelope:
        return {}
    old = {year: as_sum(amount) for year, amount in item.before_by_year.items()}
    for year, amount in item.profile.items():
        if year in old:  # no more of a year is old than all of it
            old[year] = Sum(old[year].stated, *old[year].range.meeting(Range(NOUGHT, amount.high)))
    return old


def _worth_of(
    amounts: Mapping[FinancialYear, Sum], worth: Mapping[FinancialYear, Decimal]
) -> Range:
    """Bound what the amounts of some years are worth, by what a pound of each is."""
    low = sum((amounts[year].low * by for year, by in worth.items()), NOUGHT)
    highs = [high * by for year, by in worth.items() if (high := amounts[year].high) is not None]
    return Range(low, sum(highs, NOUGHT) if len(highs) == len(worth) else None)


def _filled(levels: Sequence[Level], money: Sequence[Decimal | None]) -> Decimal | None:
    """Return what some items are worth together, by the money of all at each level and above.

    What the ledger bounds of them together is filled up from the dearest on: theirs first, then
    what the next dearest bring to it. Of all money in trees no split of the sums comes closer;
    where the ledger's own bounds allow for more, as they may of new money, so do these.
    """
    bound = counted = NOUGHT
    for (worth, _), value in zip(levels, money, strict=True):
        if value is None:
            return None
        # The money is exact, so firm sums come to the same in the low and in the high.
        bound += (value - counted) * worth
        counted = value
    return bound


def _profiled(item: Item, years: Collection[FinancialYear]) -> Range:
    """Bound what an item has in some years by its profile alone."""
    told = total(as_sum(item.profile[year]) for year in years if year in item.profile)
    return Range(told.low, told.high if all(year in item.profile for year in years) else None)


def _is_fixed(item: Item, year: FinancialYear) -> bool:
    amount = item.profile.get(year)
    return amount is not None and amount.low == amount.high


def told_by_year(item: Item) -> bool:
    """Whether a profile says exactly how much of an item lies in each of its years."""
    years = item.years or ()
    if item.is_envelope or not all(_is_fixed(item, year) for year in years):
        return False
    printed = sum((item.profile[year].stated for year in years), NOUGHT)
    return item.own.is_exact and item.own.stated == printed
