"""A benchmark with the money that is set against it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.errors import Refused
from reformcalc.history import known_by
from reformcalc.ledger import Ledger, build
from reformcalc.money import NOUGHT
from reformcalc.queries.common import Chosen, require, singular
from reformcalc.queries.comparison.asked import numbered
from reformcalc.queries.doubt import Doubt, most_worth, no_more_than_all
from reformcalc.queries.measure import Measure
from reformcalc.queries.prices import Prices
from reformcalc.years import Years

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date
    from decimal import Decimal

    from reformcalc.model import Benchmark, Dataset
    from reformcalc.money import Sum
    from reformcalc.years import FinancialYear


@dataclass(frozen=True, slots=True)
class Pair:
    """A benchmark with the money that is set against it.

    `part` names what the money is limited to, where the benchmark itself asks for more than that;
    `elsewhere` is what would count but for another place than what was asked for.
    `doubt` says what of a sum counts that may lie partly in others of the same selection.
    `capped` and `doubtful` are for verdicts: floors read as less than one more unit of their last
    digit that is not a nought, doubtful sums (`unsure`) as separate and, for one pillar's
    benchmark, what is assigned to no pillar. `prices` are those of real terms, None where they are
    not asked for.
    """

    dataset: Dataset
    name: str
    benchmark: Benchmark
    ledger: Ledger
    capped: Ledger
    counted: frozenset[str]
    elsewhere: frozenset[str]
    unsure: frozenset[str]
    doubtful: frozenset[str]
    year_one: FinancialYear | None
    part: str
    doubt: Doubt
    prices: Prices | None = None

    @classmethod
    def set_up(
        cls,
        dataset: Dataset,
        benchmark_id: str | None,
        as_of: date,
        chosen: Chosen,
        *,
        year_one: FinancialYear | None = None,
        prices: FinancialYear | None = None,
    ) -> Pair:
        """Set the money of a day against a benchmark, the dataset's own if none is named.

        Raises UnknownId for a name that does not exist; Refused where none is named at all, where
        the benchmark was not yet known, is of another subject or place or has no numbered years
        for `year_one`, or no deflator reaches a year.
        """
        name = _benchmark(dataset, benchmark_id)
        benchmark = dataset.benchmarks[name]
        _check_ask(dataset, name, as_of, year_one)
        chosen.check(dataset)
        _check_subject(name, benchmark, chosen)
        part = "" if _is_about(benchmark, chosen) else chosen.described(dataset)
        chosen = _for_benchmark(chosen, benchmark)
        ledger = build(dataset, as_of)
        doubt = Doubt.of(ledger, frozenset(chosen.items(ledger)), in_full=chosen == Chosen())
        counted = doubt.counted
        here = _here(dataset, name, ledger, counted)
        unsure = here & doubt.unsure
        if year_one is None and benchmark.year_one:
            year_one = benchmark.year_one.year
        return cls(
            dataset=dataset,
            name=name,
            benchmark=benchmark,
            ledger=ledger,
            capped=build(dataset, as_of, floors_capped=True),
            counted=counted & here,
            elsewhere=counted - here,
            unsure=unsure,
            doubtful=unsure | (here & _unassigned(dataset, ledger, chosen)),
            year_one=year_one,
            part=part,
            prices=Prices.of(dataset, prices) if prices else None,
            doubt=doubt,
        )

    @property
    def asked_by(self) -> str:
        """Name who asks."""
        body = self.dataset.bodies[self.benchmark.by]
        return body.short or body.title

    @property
    def all_money(self) -> Sum:
        return self.measured(Measure(), self.counted)

    def measured(self, measure: Measure, ids: Collection[str], ledger: Ledger | None = None) -> Sum:
        """Return what counts of some sums: of one that is in doubt in part, the rest."""
        money = self._weighed(measure, ids, ledger or self.ledger)
        if measure.new is None:
            return money
        every = self._weighed(replace(measure, new=None), ids, ledger or self.ledger)
        return no_more_than_all(money, every)

    def _weighed(self, measure: Measure, ids: Collection[str], ledger: Ledger) -> Sum:
        stated = sum((self.counts(measure, id_, ledger) for id_ in sorted(ids)), NOUGHT)
        worth = most_worth(measure, ledger, ids)
        return self.doubt.weighed(lambda some: measure.of(ledger, some), ids, stated, worth)

    def counts(self, measure: Measure, id_: str, ledger: Ledger | None = None) -> Decimal:
        """Return what counts of one sum, as stated."""
        return self.doubt.counted_of(id_, measure.part(ledger or self.ledger, id_))

    def may_add(self, measure: Measure, id_: str, ledger: Ledger) -> Decimal:
        """Return what of one sum that counts in part is in doubt, as stated."""
        return self.doubt.may_add(id_, measure.part(ledger, id_))

    def without_doubt(self) -> Pair:
        """Return the same with all that is in doubt counted as separate."""
        return replace(self, counted=self.counted | self.unsure, doubt=self.doubt.settled())

    def most(self, measure: Measure, ledger: Ledger) -> Decimal | None:
        """Return what all the money is at most, with what may belong to it; None for no ceiling.

        What has no years might fall in any year, so it is in the most of some years too; in which
        prices no one knows, so in real terms it leaves no ceiling. `ledger` says how open floors
        are read.
        """
        ids = self.counted | self.doubtful
        known = measure.of(ledger, ids).high
        more = self.of_no_year(measure, ids, ledger) if measure.by_year else NOUGHT
        return None if known is None or more is None else known + more

    def of_no_year(
        self, measure: Measure, ids: Collection[str], ledger: Ledger | None = None
    ) -> Decimal | None:
        """Return what some money of no stated year is at most, whatever years are measured.

        None for no ceiling, which it never has in the prices of a year.
        """
        ledger = ledger or self.ledger
        timeless = {id_ for id_ in ids if not ledger.items[id_].years}
        most = replace(measure, prices=None, years=None).of(ledger, timeless).high
        return None if measure.prices and most else most

    def with_years(self, ids: Collection[str] | None = None) -> frozenset[str]:
        """Return what of some money, or of what counts, holds money of its own and has years."""
        items, among = self.ledger.items, self.counted if ids is None else ids
        return frozenset(id_ for id_ in among if items[id_].years and items[id_].holds_money)

    def without_years(self, ids: Collection[str]) -> list[str]:
        """Return which of some sums no source gives years for."""
        items = self.ledger.items
        return sorted(id_ for id_ in ids if items[id_].holds_money and not items[id_].years)

    def years(self, ids: Collection[str] | None = None) -> list[FinancialYear]:
        """Return the years from the first to the last that counted sums, or some, cover."""
        dated = self.with_years(ids)
        covered = sorted({year for id_ in dated for year in self._years_of(id_)})
        return list(Years(covered[0], covered[-1])) if covered else []

    def years_with_money(self) -> list[FinancialYear]:
        """Return the years in which money is, or could be: those between may have none."""
        return sorted(
            {
                year
                for id_ in self.with_years()
                for year in self._years_of(id_)
                if not self._told_none(id_, year)
            }
        )

    def _told_none(self, id_: str, year: FinancialYear) -> bool:
        if not self.ledger.items[id_].profile:
            return False
        return Measure(years=frozenset([year])).of(self.ledger, {id_}).high == 0

    def touching(
        self, years: Collection[FinancialYear], ids: Collection[str] | None = None
    ) -> frozenset[str]:
        """Return what of some money, or of what counts, could fall in some years."""
        return frozenset(i for i in self.with_years(ids) if set(self._years_of(i)) & set(years))

    def _years_of(self, id_: str) -> list[FinancialYear]:
        return list(self.ledger.items[id_].years or ())

    def ends_with(self) -> str:
        """Name the largest sum that reaches the last year."""
        last = self.years()[-1]
        reaching = [id_ for id_ in self.with_years() if last in self._years_of(id_)]
        return min(reaching, key=lambda id_: (-self.ledger.items[id_].own.stated, id_))

    def capital(self) -> frozenset[str]:
        """Return what counts, holds money of its own, and is recorded as capital."""
        items = self.ledger.items
        return frozenset(
            id_
            for id_ in self.counted
            if items[id_].entry.spending == "capital" and items[id_].holds_money
        )


def _benchmark(dataset: Dataset, asked: str | None) -> str:
    """Return the benchmark asked for, or the dataset's own."""
    name = asked or dataset.about.benchmark
    if name is None:
        raise Refused("the dataset names no benchmark of its own", "say which: compare BENCHMARK")
    for kind in ("figures", "commitments"):
        if name in getattr(dataset, kind):
            raise Refused(
                f'"{name}" is a {singular(kind)}, not a sum that was asked for',
                f"ask for a benchmark: {', '.join(sorted(dataset.benchmarks))}",
            )
    require(dataset, "benchmarks", name)
    return name


def _check_ask(dataset: Dataset, name: str, as_of: date, year_one: FinancialYear | None) -> None:
    """Raise Refused for an ask not yet known, for nothing, or without the year 1 that is given."""
    benchmark = dataset.benchmarks[name]
    if not known_by(dataset, benchmark, as_of):
        raise Refused(
            f'"{name}" was announced on {benchmark.announced.text}, after {as_of}',
            "ask for that day or a later one (--as-of)",
        )
    if not benchmark.amount.stated:
        raise Refused(f'"{name}" asks for £0, of which nothing can be a share')
    if year_one and not numbered(benchmark):
        its = "dates its years" if benchmark.profile else "has no yearly figures"
        raise Refused(f'"{name}" {its}, so none of them is year 1', "leave out --year-one")


def _check_subject(name: str, benchmark: Benchmark, chosen: Chosen) -> None:
    """Raise Refused where some of the money is of other pillars or topics than the benchmark."""
    pillars = (benchmark.pillar,) if benchmark.pillar else ()
    for option, its, asked in (
        ("--pillar", pillars, chosen.pillars),
        ("--topic", benchmark.topics, chosen.topics),
    ):
        others = [one for one in asked if one not in its]
        if its and others:
            raise Refused(
                f'"{name}" is about {words.listed(its)}, and not {words.listed(others)}',
                f"leave out {option}, or ask for another benchmark",
            )


def _here(dataset: Dataset, name: str, ledger: Ledger, counted: Collection[str]) -> frozenset[str]:
    """Return what is of the benchmark's place: a sum has the place of the envelope around it.

    Raises Refused where all that counts is of other places.
    """
    place = dataset.benchmarks[name].scope
    place_of = {id_: ledger.items[item.root].entry.scope for id_, item in ledger.items.items()}
    places = {place_of[id_] for id_ in counted}
    if places and place not in places:
        same = [id_ for id_, one in sorted(dataset.benchmarks.items()) if one.scope in places]
        raise Refused(
            f'"{name}" is for {place}, and the money is for {words.listed(sorted(places))}, so '
            "no share would mean anything",
            f"ask for one that is: {', '.join(same)}" if same else "",
        )
    return frozenset(id_ for id_, one in place_of.items() if one == place)


def _is_about(benchmark: Benchmark, chosen: Chosen) -> bool:
    """Whether a benchmark asks for no more than what is chosen."""
    return (
        not chosen.leads
        and chosen.envelope is None
        and (not chosen.pillars or benchmark.pillar in chosen.pillars)
        and (
            not chosen.topics
            or (bool(benchmark.topics) and set(benchmark.topics) <= set(chosen.topics))
        )
    )


def _for_benchmark(chosen: Chosen, benchmark: Benchmark) -> Chosen:
    """Limit the money to what the benchmark itself is about."""
    return Chosen(
        chosen.pillars or ((benchmark.pillar,) if benchmark.pillar else ()),
        chosen.topics or benchmark.topics,
        chosen.leads,
        chosen.envelope,
    )


def _unassigned(dataset: Dataset, ledger: Ledger, chosen: Chosen) -> set[str]:
    """Return money of no single pillar, in doubt or not, which may belong to the one asked for."""
    if not chosen.pillars:
        return set()
    loose = {id_ for id_, pillar in dataset.pillars.items() if pillar.unassigned}
    of_any = replace(chosen, pillars=()).items(ledger)
    could = ledger.counted(of_any) | ledger.unsure(of_any)
    return {id_ for id_ in could if ledger.items[id_].entry.pillar in loose}
