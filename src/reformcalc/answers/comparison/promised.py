"""What was promised: some of the money, as a basis measures it, over a number of years."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.answers.comparison.asked import divided
from reformcalc.answers.comparison.settling import Unknowns
from reformcalc.ledger.measure import Measure
from reformcalc.values.years import written

if TYPE_CHECKING:
    from collections.abc import Collection
    from decimal import Decimal

    from reformcalc.answers.comparison.comparison import Comparison
    from reformcalc.ledger.ledger import Ledger
    from reformcalc.values.money import Sum
    from reformcalc.values.years import FinancialYear

ALL = Measure()
NEW_ONCE = Measure(new="announced")
NEW_EACH_YEAR = Measure(new="each-year")
# What a benchmark asks for is counted so on both sides, and then either verdict can stand.
_COUNTED_ALIKE = {"new": NEW_EACH_YEAR.new, "all": ALL.new}


class Carries(StrEnum):
    """Which verdict a basis can carry; the value says so where that gives none.

    A sum that is wider than what was asked for shows no ask met, one that is narrower none unmet.
    """

    NOT_MET = "all money includes old money, so reaching the ask proves nothing"
    MET = "new money can only show that the ask is met"
    MET_ONCE = "money counted once can only show that the ask is met"
    MET_PART = "money with some left out can only show that the ask is met"
    NEITHER = "all money, old money too, with some left out can show neither"
    BOTH = "what was asked for lies between the least and the most that it can be"


# What a measure can show once some of its money is left out; another shows what it did.
_WITH_LESS = {Carries.BOTH: Carries.MET_PART, Carries.NOT_MET: Carries.NEITHER}


@dataclass(frozen=True)
class Promised:
    """The promised side of a basis, in pounds: what counts, as it is measured.

    `among` keeps to some of what counts, `over` is the number of years that it is divided by.
    `capped` reads open floors as for verdicts; `lacking` is whether money was left out that may be
    what the ask lacks.
    """

    comparison: Comparison
    measure: Measure
    among: frozenset[str] | None = None
    over: int = 1
    capped: bool = False
    lacking: bool = False

    @property
    def counts(self) -> str:
        """Which money this is, in a word."""
        return "new-money" if self.measure.new else "all-money"

    @cached_property
    def ids(self) -> frozenset[str]:
        """The sums of it: where years matter, those that could fall in them."""
        ids, years = (
            self.comparison.counted if self.among is None else self.among,
            self.measure.years,
        )
        if years:
            return self.comparison.touching(years, ids)
        return self.comparison.with_years(ids) if self.measure.by_year else ids

    @cached_property
    def _ledger(self) -> Ledger:
        return self.comparison.capped if self.capped else self.comparison.ledger

    @cached_property
    def money(self) -> Sum:
        """What it comes to."""
        return divided(self.comparison.measured(self.measure, self.ids, self._ledger), self.over)

    @property
    def ceiling(self) -> Decimal | None:
        """Its own high with open floors read as for verdicts; None for no bound."""
        capped = self.comparison.measured(self.measure, self.ids, self.comparison.capped)
        return self._in_each(capped.high)

    @cached_property
    def most(self) -> Decimal | None:
        """The most that it can be, with all that may belong to it; None for no bound.

        That is of all the money: what is left out may be of the years asked for. Open floors are
        read as for verdicts.
        """
        return self._in_each(self.comparison.most(self.measure, self.comparison.capped))

    @cached_property
    def most_as_worded(self) -> Decimal | None:
        """The same with open floors as documents word them."""
        return self._in_each(self.comparison.most(self.measure, self.comparison.ledger))

    def _in_each(self, pounds: Decimal | None) -> Decimal | None:
        return None if pounds is None else pounds / self.over

    @cached_property
    def years(self) -> list[FinancialYear]:
        """The financial years that it covers; none where no source says."""
        return sorted(self.measure.years or self.comparison.years(self.ids))

    @property
    def run(self) -> str | None:
        """The same in words."""
        return written(self.years) or None

    @property
    def spread(self) -> bool:
        """Whether an even spread over the years makes the stated figure."""
        return self.measure.is_spread_evenly(self._ledger, self.ids)

    @property
    def carries(self) -> Carries:
        """What it can show, once it is known, or not, what is asked for."""
        carries = Carries.MET_ONCE if self.measure.new == NEW_ONCE.new else Carries.MET
        if alike(self.comparison, self.measure):
            carries = Carries.BOTH
        elif self.measure.new is None:
            carries = Carries.NOT_MET
        return _WITH_LESS.get(carries, carries) if self.lacking else carries

    def parts(self) -> dict[str, tuple[Decimal, Decimal]]:
        """Return what each sum adds to the stated figure, and what it could."""
        could = replace(self.measure, untold_as_new=True)
        return {id_: (self._adds(self.measure, id_), self._adds(could, id_)) for id_ in self.ids}

    def _adds(self, measure: Measure, id_: str) -> Decimal:
        return self.comparison.doubt.counted_of(id_, measure.part(self._ledger, id_)) / self.over

    @cached_property
    def unknowns(self) -> Unknowns:
        """What no source tells of it, and what may belong to it."""
        comparison, measure = self.comparison, self.measure
        open_ = {
            id_: None if money.high is None else (money.high - money.low) / self.over
            for id_, money in self._of_open_size().items()
        }
        beside = comparison.doubtful - self.ids
        if measure.by_year:
            beside = beside.union(comparison.of_no_year())
        elif not self.lacking:  # a yearly average is of what has years
            beside = beside.union(comparison.of_no_year()) - self.ids
        doubts = {id_: self._could_add(id_) / self.over for id_ in beside}
        for id_ in self.ids:
            part = measure.part(self._ledger, id_)
            doubts[id_] = comparison.doubt.may_add(id_, part) / self.over
        doubts = {id_: size for id_, size in doubts.items() if size}
        in_doubt = doubts.keys() <= comparison.unsure
        return Unknowns(
            open=open_,
            untold=self._untold(open_),
            granted=self._granted(),
            doubts=doubts,
            kind="in doubt" if in_doubt else "in doubt, of no one pillar or of no known year",
            names={id_: comparison.name_of(id_) for id_ in (*open_, *doubts)},
        )

    def _could_add(self, id_: str) -> Decimal:
        """Return what a sum could add if it belongs here: an open floor what it states."""
        ledger = self.comparison.ledger
        item = ledger.items[id_]
        if item.years or not self.measure.by_year:
            could = self.measure.of(ledger, {id_}).high
        else:
            could = self.comparison.most_of_no_year(self.measure, {id_})
        return item.own.stated if could is None else could

    def _of_open_size(self) -> dict[str, Sum]:
        """Return the sums whose size is open, but for those that are firm together."""
        found: dict[str, Sum] = {}
        trees: defaultdict[str, set[str]] = defaultdict(set)
        for id_ in self.ids:
            trees[self._ledger.items[id_].root].add(id_)
        for together in trees.values():
            if not self.measure.of(self._ledger, together).is_exact:
                found |= {id_: self.measure.of(self._ledger, {id_}) for id_ in together}
        return {id_: money for id_, money in found.items() if not money.is_exact}

    def _untold(self, open_: Collection[str]) -> tuple[str, ...]:
        """Say what no source tells of sums of open size: whether new, or of which years."""
        silent = set(open_).difference(self._ledger.new_money().existing)
        new = ("new",) if self.measure.new and silent else ()
        return (*new, "of these years") if self.measure.years else new

    def _granted(self) -> tuple[str, ...]:
        """Say what the most of it takes for granted."""
        ledger, years, granted = self.comparison.ledger, self.measure.years, []
        items = ledger.items
        told = ledger.new_money().existing if self.measure.new else items
        if untold := [id_ for id_ in self.ids if id_ not in told and items[id_].holds_money]:
            money = words.millions(ledger.money(untold).stated)
            granted.append(f"all {money} that may or may not be new is new")
        if years and any(set(items[id_].years or ()) - years for id_ in self.ids):
            granted.append("every sum falls in these years as far as it can")
        return tuple(granted)


def alike(comparison: Comparison, measure: Measure) -> bool:
    """Whether money measured so is counted in the same way as what was asked for."""
    asks_for = comparison.benchmark.asks_for
    return asks_for is not None and measure.new == _COUNTED_ALIKE[asks_for]
