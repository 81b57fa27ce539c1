"""What of some money is measured: all of it or the new, in cash or real terms, of which years."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reformcalc.money import NOTHING, NOUGHT, Sum, total

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from decimal import Decimal

    from reformcalc.ledger import Item, Ledger
    from reformcalc.queries.prices import Prices
    from reformcalc.years import FinancialYear

# Ways to count new money: once when it was announced, or in every year that it lasts.
NEW = ("announced", "each-year")


@dataclass(frozen=True, slots=True)
class Measure:
    """A way to measure money, in pounds.

    `new` (one of NEW) takes only what was not being spent before, `untold` counts as new what no
    source tells from old; `prices` puts each year's money into the prices of one year; `years`
    takes the money of some years. Cash of all years, new or not, if none is said.
    """

    new: str | None = None
    untold: bool = False
    prices: Prices | None = None
    years: frozenset[FinancialYear] | None = None

    @property
    def by_year(self) -> bool:
        """Whether it matters in which year money falls: what has no years is then left out."""
        return self.prices is not None or self.years is not None

    def of(self, ledger: Ledger, ids: Collection[str]) -> Sum:
        """Return the money of some items.

        Where years matter, the stated figure has each sum spread evenly over its years, or as its
        profile says. The bounds then run from what lies wholly inside the years to what could, each
        sum in the cheapest or the dearest of its own years; of one whose profile gives each year,
        they are the years' own.
        """
        if not self.by_year:
            return self._money(ledger, ids)
        # In one order, so that the last of 28 digits is the same in every run.
        touching = [id_ for id_ in sorted(ids) if self._years_of(ledger, id_)]
        told = [id_ for id_ in touching if told_by_year(ledger.items[id_])]
        open_ = set(touching).difference(told)
        inside = {id_ for id_ in open_ if set(self._years_of(ledger, id_)) == _all(ledger, id_)}
        low = self._bound(ledger, inside, min)
        rest = Sum(NOUGHT, low or NOUGHT, self._bound(ledger, open_, max))
        bounds = total([rest, *(self._told(ledger, id_) for id_ in told)])
        stated = sum((self.part(ledger, id_) for id_ in touching), NOUGHT)
        return Sum(stated, bounds.low, bounds.high)

    def _told(self, ledger: Ledger, id_: str) -> Sum:
        """Bound a sum whose years are told: only of which year its old money is may be open."""
        item, years = ledger.items[id_], self._years_of(ledger, id_)
        money = sum((item.profile[year].stated * self._worth(year) for year in years), NOUGHT)
        if self.new is None:
            return Sum(NOUGHT, money, money)
        if not item.may_be_new(each_year=self.new == "each-year"):
            return NOTHING
        if item.existing is None and not self.untold:
            return Sum(NOUGHT, NOUGHT, money)
        old = item.existing or NOTHING
        elsewhere = item.own.stated - sum((item.profile[year].stated for year in years), NOUGHT)
        worth = [self._worth(year) for year in years]
        most = None if old.high is None else old.high * max(worth)
        least = max(NOUGHT, old.low - elsewhere) * min(worth)
        return Sum(NOUGHT, NOUGHT if most is None else max(NOUGHT, money - most), money - least)

    def _money(self, ledger: Ledger, ids: Collection[str]) -> Sum:
        if self.new is None:
            return ledger.money(ids)
        return ledger.new_money(ids, each_year=self.new == "each-year", untold=self.untold)

    def _years_of(self, ledger: Ledger, id_: str) -> list[FinancialYear]:
        years = _all(ledger, id_)
        return sorted(years if self.years is None else years & self.years)

    def part(self, ledger: Ledger, id_: str) -> Decimal:
        """Return the stated money of one item, evenly spread where years matter."""
        money = self._own(ledger, id_)
        if not self.by_year or not money:
            return money
        share = money / ledger.items[id_].own.stated
        spread = ledger.spread(id_)
        years = self._years_of(ledger, id_)
        return sum((share * spread[year] * self._worth(year) for year in years), NOUGHT)

    def spreads(self, ledger: Ledger, ids: Collection[str]) -> bool:
        """Whether the stated money of some items is only what an even spread makes of it.

        So it is where years cut through a sum, or each of its years has prices of its own, unless
        its profile gives each year.
        """
        return any(self._spreads(ledger, id_) for id_ in ids if self._own(ledger, id_))

    def _spreads(self, ledger: Ledger, id_: str) -> bool:
        years, every = self._years_of(ledger, id_), _all(ledger, id_)
        cut = len(every) > 1 if self.prices else len(years) < len(every)
        return bool(years) and cut and not told_by_year(ledger.items[id_])

    def _own(self, ledger: Ledger, id_: str) -> Decimal:
        """Return the own money of one item that is measured, of all its years, in cash."""
        item = ledger.items[id_]
        if self.new is None:
            return item.own.stated
        may_be = item.may_be_new(each_year=self.new == "each-year")
        if not may_be or (item.existing is None and not self.untold):
            return NOUGHT
        return item.own.stated - (item.existing or NOTHING).stated

    def _bound(
        self, ledger: Ledger, ids: set[str], end: Callable[[Iterable[Decimal]], Decimal]
    ) -> Decimal | None:
        """Return the least or the most that some items can be, each at its year of that.

        What the ledger bounds of them together is filled up from the dearest on: theirs first, then
        what the next dearest bring to it. Of all money in trees no split of the sums comes closer;
        where the ledger's own bounds allow for more, as they may of new money, so do these.
        """
        worth = {id_: end(self._worth(year) for year in self._years_of(ledger, id_)) for id_ in ids}
        bound = counted = NOUGHT
        for dearest in sorted(set(worth.values()), reverse=True):
            money = self._money(ledger, {id_ for id_ in ids if worth[id_] >= dearest})
            value = money.low if end is min else money.high
            if value is None:
                return None
            # The money is exact, so firm sums come to the same in the low and in the high.
            bound += (value - counted) * dearest
            counted = value
        return bound

    def _worth(self, year: FinancialYear) -> Decimal:
        return self.prices.factor(year) if self.prices else NOUGHT + 1


def told_by_year(item: Item) -> bool:
    """Whether a profile says exactly how much of an item lies in each of its years."""
    told = [item.profile.get(year) for year in item.years or ()]
    exact = [one.stated for one in told if one and one.low == one.high]
    own = item.own
    return (
        not item.inside
        and len(exact) == len(told)
        and own.low == own.high == own.stated == sum(exact, NOUGHT)
    )


def _all(ledger: Ledger, id_: str) -> set[FinancialYear]:
    return set(ledger.items[id_].years or ())
