"""A benchmark with the money that is set against it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reformcalc.errors import Refused
from reformcalc.known import last_day
from reformcalc.ledger import Ledger, build
from reformcalc.money import NOUGHT, Sum
from reformcalc.queries.common import Chosen, find
from reformcalc.years import FinancialYear, Years

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from decimal import Decimal

    from reformcalc.model import Benchmark, Dataset
    from reformcalc.queries.prices import Prices


@dataclass(frozen=True, slots=True)
class Pair:
    """A benchmark with the money that is set against it.

    `part` names what the money is limited to, where the benchmark itself asks for more than that.
    `capped` and `doubtful` are for verdicts: floors read as less than one more unit of their last
    digit, doubtful sums as separate and, for one pillar's benchmark, what is assigned to no pillar.
    """

    dataset: Dataset
    benchmark: Benchmark
    ledger: Ledger
    capped: Ledger
    counted: frozenset[str]
    doubtful: frozenset[str]
    year_one: FinancialYear | None
    part: str
    prices: Prices | None = None

    def most(self, ids: frozenset[str]) -> Decimal | None:
        """Return what some money is at most, with what may belong to it."""
        return self.capped.money(ids | self.doubtful).high

    def most_new(self, *, each_year: bool) -> Decimal | None:
        """Return what the new money is at most, with what may belong to it."""
        return self.capped.new_money(self.counted | self.doubtful, each_year=each_year).high

    @classmethod
    def set_up(
        cls,
        dataset: Dataset,
        benchmark_id: str | None,
        as_of: date,
        chosen: Chosen,
        year_one: FinancialYear | None,
    ) -> Pair:
        name = benchmark_id or dataset.about.benchmark
        if name is None:
            raise Refused("the dataset names no benchmark of its own; say which: compare BENCHMARK")
        find(dataset, "benchmarks", name)
        benchmark = dataset.benchmarks[name]
        if last_day(benchmark.announced) > as_of:
            raise Refused(
                f'"{name}" was announced on {benchmark.announced.text}, after {as_of}; '
                "ask for that day or a later one (--as-of)"
            )
        chosen.check(dataset)
        part = "" if _is_about(benchmark, chosen) else chosen.described(dataset)
        chosen = _for_benchmark(chosen, benchmark)
        ledger = build(dataset, as_of)
        counted = frozenset(ledger.counted(chosen.items(ledger)))
        capped = build(dataset, as_of, floors_capped=True)
        doubtful = ledger.unsure(chosen.items(ledger)) | _unassigned(dataset, ledger, chosen)
        if year_one is None and benchmark.year_one:
            year_one = benchmark.year_one.year
        return cls(dataset, benchmark, ledger, capped, counted, frozenset(doubtful), year_one, part)

    @property
    def all_money(self) -> Sum:
        return self.ledger.money(self.counted)

    def with_years(self) -> frozenset[str]:
        """Return what counts, holds money of its own, and has years."""
        items = self.ledger.items
        return frozenset(
            id_ for id_ in self.counted if items[id_].years and items[id_].own.stated
        )  # fmt: skip

    def years(self) -> list[FinancialYear]:
        """Return the years from the first to the last that any counted sum covers."""
        covered = sorted({year for id_ in self.with_years() for year in self._years_of(id_)})
        return list(Years(covered[0], covered[-1])) if covered else []

    def _years_of(self, id_: str) -> list[FinancialYear]:
        return list(self.ledger.items[id_].years or ())

    def without_years(self, ids: frozenset[str]) -> list[str]:
        """Return which of some sums no source gives years for."""
        items = self.ledger.items
        return sorted(id_ for id_ in ids if items[id_].own.stated and not items[id_].years)

    def real(self, prices: Prices) -> Sum:
        """Return the counted money that has years, in the prices of one year.

        The stated figure is spread evenly; the bounds set each tree's money in its dearest and in
        its cheapest year.
        """
        ids = self.with_years()
        stated = sum(
            (
                cash * prices.factor(year)
                for id_ in ids
                for year, cash in self.ledger.spread(id_).items()
            ),
            NOUGHT,
        )
        low = self._at_prices(self.ledger, ids, prices, min)
        return Sum(stated, low or NOUGHT, self._at_prices(self.ledger, ids, prices, max))

    def most_real(self, prices: Prices) -> Decimal | None:
        """Return what the money is at most, in the prices of one year; None if it has no years."""
        ids = self.counted | self.doubtful
        if self.without_years(ids):
            return None
        return self._at_prices(self.capped, ids, prices, max)

    def _at_prices(
        self,
        ledger: Ledger,
        ids: frozenset[str],
        prices: Prices,
        end: Callable[[list[Decimal]], Decimal],
    ) -> Decimal | None:
        """Return one bound of some money: each tree at the lowest or highest of its years."""
        bound = NOUGHT
        for root in {ledger.root(id_) for id_ in ids}:
            inside = ids & set(ledger.tree(root))
            factors = [prices.factor(year) for id_ in inside for year in self._years_of(id_)]
            money = ledger.money(inside)
            value = money.low if end is min else money.high
            if value is None:
                return None
            bound += value * end(factors) if factors else NOUGHT
        return bound

    def ends_with(self) -> str:
        """Name the largest sum that reaches the last year."""
        last = self.years()[-1]
        reaching = [id_ for id_ in self.with_years() if last in self._years_of(id_)]
        return min(reaching, key=lambda id_: (-self.ledger.items[id_].own.stated, id_))


def _is_about(benchmark: Benchmark, chosen: Chosen) -> bool:
    """Whether a benchmark asks for no more than what is chosen."""
    return (
        not chosen.leads
        and (not chosen.pillars or benchmark.pillar in chosen.pillars)
        and (not chosen.topics or bool(set(benchmark.topics) & set(chosen.topics)))
    )


def _for_benchmark(chosen: Chosen, benchmark: Benchmark) -> Chosen:
    """Limit the money to what the benchmark itself is about."""
    return Chosen(
        chosen.pillars or ((benchmark.pillar,) if benchmark.pillar else ()),
        chosen.topics or benchmark.topics,
        chosen.leads,
    )


def _unassigned(dataset: Dataset, ledger: Ledger, chosen: Chosen) -> set[str]:
    """Return money of no single pillar, which may belong to the pillar asked for."""
    if not chosen.pillars:
        return set()
    loose = {id_ for id_, pillar in dataset.pillars.items() if pillar.unassigned}
    return {id_ for id_ in ledger.counted() if ledger.items[id_].entry.pillar in loose}
