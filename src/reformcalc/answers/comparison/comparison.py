"""A benchmark with the money that is set against it: what every comparison starts from."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.answers.chosen import Chosen, require, singular
from reformcalc.answers.nothing import nothing
from reformcalc.answers.question import Question
from reformcalc.errors import Refused
from reformcalc.ledger.doubt import most_worth, no_more_than_all
from reformcalc.ledger.measure import Measure
from reformcalc.values.money import NOUGHT
from reformcalc.values.years import Years

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterator
    from decimal import Decimal

    from reformcalc.ledger.doubt import Doubt
    from reformcalc.ledger.ledger import Ledger
    from reformcalc.ledger.prices import Prices
    from reformcalc.record.model import Benchmark
    from reformcalc.values.money import Sum
    from reformcalc.values.years import FinancialYear


@dataclass(frozen=True, slots=True)
class Supposed:
    """What is taken for granted of the money, to see how much turns on it.

    `separate` takes doubtful sums to lie in no others, `capped` open floors to be less than one
    more unit of their last digit that is not a nought, and `new` these sums to be new.
    """

    separate: bool = False
    capped: bool = False
    new: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Comparison(Question):
    """What is set against what: the money of a record, and what was asked for.

    `benchmark_id` names who asked for what, None for the record's own. `year_one` is the financial
    year that the benchmark's first numbered year is taken to be, where not the one that its entry
    gives. Of `measure` only the prices are asked: each basis says which money it counts.

    Raises UnknownId for a name that does not exist; Refused where no benchmark is named at all,
    where it was not yet known on the day, is of another subject or place than the money, asks for
    nothing, or has no numbered years for `year_one`, and where nothing counts of what was chosen.
    """

    benchmark_id: str | None = None
    year_one: FinancialYear | None = None
    supposed: Supposed = Supposed()

    def __post_init__(self) -> None:
        """Refuse what cannot be asked of this record."""
        self._check_benchmark()
        super().__post_init__()
        if self.measure != Measure(prices=self.measure.prices):
            raise Refused("each basis says itself which money it counts", "ask for one by its name")
        self._check_subject()
        self._check_place()
        self._check_money()

    @cached_property
    def name(self) -> str:
        """The id of the benchmark: of the record's own where none is asked for."""
        name = self.benchmark_id or self.record.about.benchmark
        if name is None and not self.record.ids("benchmarks"):
            raise Refused("the record holds no sum that was asked for", "ask: totals")
        if name is None:
            raise Refused(
                "the dataset names no benchmark of its own", "say which: compare BENCHMARK"
            )
        for kind in ("figures", "commitments"):
            if name in self.record.ids(kind):
                raise Refused(
                    f'"{name}" is a {singular(kind)}, not a sum that was asked for',
                    f"ask for a benchmark: {', '.join(sorted(self.record.ids('benchmarks')))}",
                )
        for kind in ("topics", "pillars"):
            if name in self.record.ids(kind):
                one = singular(kind)
                raise Refused(
                    f'"{name}" is a {one}, not a sum that was asked for',
                    f"ask: compare --{one} {name}",
                )
        return name

    @cached_property
    def benchmark(self) -> Benchmark:
        """What was asked for."""
        ever = self.record.ever.benchmarks
        if self.name in ever and self.name not in self.record.benchmarks:
            raise Refused(
                f'"{self.name}" was announced on {ever[self.name].announced.text}, after '
                f"{self.record.as_of}",
                "ask for that day or a later one (--as-of)",
            )
        require(self.record, "benchmarks", self.name)
        return self.record.benchmarks[self.name]

    def _check_benchmark(self) -> None:
        """Raise Refused for an ask not yet known, for nothing, or without the given year 1."""
        if not self.benchmark.amount.stated:
            raise Refused(f'"{self.name}" asks for £0, of which nothing can be a share')
        if self.year_one and not self.numbered:
            its = "dates its years" if self.benchmark.profile else "has no yearly figures"
            raise Refused(f'"{self.name}" {its}, so none of them is year 1', "leave out --year-one")

    def _check_money(self) -> None:
        """Raise Refused where none of what was chosen counts: £0 would be read as an answer.

        Where nothing was chosen, that nothing had been promised by the day is the answer; not so
        where sums were promised whose size no source gives.
        """
        limited = self.chosen != Chosen() or (self.unsized() and not self.ledger.counted())
        if limited and self.total.missing:
            day = words.day(self.record.as_of)
            raise Refused(f"as known on {day}, nothing can be compared. {nothing(self).sentences}")

    def _check_subject(self) -> None:
        """Raise Refused where some of the money is of other pillars or topics than the ask."""
        pillars = (self.benchmark.pillar,) if self.benchmark.pillar else ()
        for option, its, chosen in (
            ("--pillar", pillars, self.chosen.pillars),
            ("--topic", self.benchmark.topics, self.chosen.topics),
        ):
            others = [id_ for id_ in chosen if id_ not in its]
            if its and others:
                raise Refused(
                    f'"{self.name}" is about {words.listed(its)}, and not {words.listed(others)}',
                    f"leave out {option}, or ask for another benchmark",
                )

    def _check_place(self) -> None:
        """Raise Refused where all that counts is of other places than what was asked for."""
        items, place = self.record.ledger.items, self.benchmark.scope
        places = {items[items[id_].root].entry.scope for id_ in self.doubt.counted}
        if places and place not in places:
            same = [id_ for id_, ask in self.record.benchmarks.items() if ask.scope in places]
            raise Refused(
                f'"{self.name}" is for {place}, and the money is for '
                f"{words.listed(sorted(places))}, so no share would mean anything",
                f"ask for one that is: {', '.join(same)}" if same else "",
            )

    def name_of(self, id_: str) -> str:
        """Return what a sum is called in a sentence: with what is left of it in an envelope."""
        item = self.ledger.items[id_]
        return f"{item.entry.name}, not broken down" if item.is_envelope else item.entry.name

    @property
    def asked_by(self) -> str:
        """The name of who asks."""
        body = self.record.bodies[self.benchmark.by]
        return body.short or body.title

    @property
    def numbered(self) -> bool:
        """Whether the benchmark counts its years, "year 1", and does not date them."""
        return any(isinstance(year, int) for year in self.benchmark.profile)

    @property
    def first_year(self) -> FinancialYear | None:
        """The financial year that year 1 is read as; None where nobody says."""
        given = self.benchmark.year_one
        return self.year_one or (given.year if given else None)

    @property
    def has_years(self) -> bool:
        """Whether it is known which financial years the ask is for."""
        return bool(self.benchmark.profile) and (self.first_year is not None or not self.numbered)

    @property
    def real_prices(self) -> Prices | None:
        """The prices of real terms, None where they are not asked for."""
        return self.measure.prices

    @cached_property
    def part(self) -> str:
        """What the money is limited to, where the benchmark itself asks for more than that."""
        chosen, its = self.chosen, self.benchmark
        is_about = (
            replace(chosen, pillars=(), topics=()) == Chosen()
            and (not chosen.pillars or its.pillar in chosen.pillars)
            and (not chosen.topics or (its.topics and {*its.topics} <= {*chosen.topics}))
        )
        return "" if is_about else chosen.described(self.record)

    @cached_property
    def _within_the_ask(self) -> Question:
        """The question of the money, limited to what the benchmark itself is about."""
        its, chosen = self.benchmark, self.chosen
        pillars = chosen.pillars or ((its.pillar,) if its.pillar else ())
        chosen = replace(chosen, pillars=pillars, topics=chosen.topics or its.topics)
        return Question(self.record, chosen, only=self.only)

    @cached_property
    def selected(self) -> frozenset[str]:
        """The ids of the items that are asked about."""
        return self._within_the_ask.selected

    @cached_property
    def doubt(self) -> Doubt:
        """What of a sum counts that may lie partly in others of the same selection."""
        doubt = self._within_the_ask.doubt
        return doubt.settled() if self.supposed.separate else doubt

    @cached_property
    def _here(self) -> frozenset[str]:
        """The sums of the benchmark's place: a sum has the place of the envelope around it."""
        items, place = self.record.ledger.items, self.benchmark.scope
        return frozenset(
            id_ for id_, item in items.items() if items[item.root].entry.scope == place
        )

    @cached_property
    def counted(self) -> frozenset[str]:
        """What counts, in full or in part."""
        return self.doubt.counted & self._here

    @property
    def elsewhere(self) -> frozenset[str]:
        """What would count but for another place than what was asked for."""
        return self.doubt.counted - self._here

    @cached_property
    def unsure(self) -> frozenset[str]:
        """What may lie in other sums, whatever is supposed of it."""
        return self._within_the_ask.doubt.unsure & self._here

    @cached_property
    def doubtful(self) -> frozenset[str]:
        """What verdicts allow for beside what counts.

        That is what may lie in other sums and, where one pillar is asked for, the money of no
        single pillar, which may belong to it.
        """
        chosen, ledger = self._within_the_ask.chosen, self.record.ledger
        if not chosen.pillars:
            return self.unsure
        loose = {id_ for id_, pillar in self.record.pillars.items() if pillar.unassigned}
        of_any = replace(chosen, pillars=()).items(ledger)
        could = ledger.counted(of_any) | ledger.unsure(of_any)
        unassigned = {id_ for id_ in could if ledger.items[id_].entry.pillar in loose}
        return self.unsure | (self._here & unassigned)

    @cached_property
    def ledger(self) -> Ledger:
        """All money of the day, with what is supposed of it."""
        return self.capped if self.supposed.capped else self._supposing(self.record.ledger)

    @cached_property
    def capped(self) -> Ledger:
        """The same with open floors read as for verdicts."""
        return self._supposing(self.record.capped)

    def _supposing(self, ledger: Ledger) -> Ledger:
        return ledger.supposing_new(self.supposed.new) if self.supposed.new else ledger

    @cached_property
    def floors_read(self) -> str:
        """Say how verdicts read floors, by the largest of this money; "" where it has none.

        That is as less than one more unit of the last digit that is no nought.
        """
        worded, capped = self.record.ledger.items, self.record.capped.items
        caps = {
            id_: cap
            for id_ in self.counted | self.doubtful
            if worded[id_].money.high is None and (cap := capped[id_].cap) is not None
        }
        if not caps:
            return ""
        largest = min(caps, key=lambda id_: (-worded[id_].money.stated, id_))
        said = f'"{words.money(worded[largest].money)}" read as less than'
        such = "a floor such as " if len(caps) > 1 else ""
        return f"{such}{said} {words.pounds(caps[largest])}"

    @cached_property
    def all_money(self) -> Sum:
        """All that counts, new or not, in cash."""
        return self.measured(Measure(), self.counted)

    def measured(self, measure: Measure, ids: Collection[str], ledger: Ledger | None = None) -> Sum:
        """Return what counts of some sums: of one that is in doubt in part, the rest."""
        ledger = ledger or self.ledger
        money = self._bounded(measure, ids, ledger)
        if measure.new is None:
            return money
        return no_more_than_all(money, self._bounded(replace(measure, new=None), ids, ledger))

    def _bounded(self, measure: Measure, ids: Collection[str], ledger: Ledger) -> Sum:
        """Bound money before it is known to be no more than all; several bases ask for the same."""
        real = measure.prices is not None
        key = (
            measure.new,
            measure.untold_as_new,
            measure.years,
            real,
            frozenset(ids),
            ledger is self.ledger,
        )
        if key not in self._found:
            self._found[key] = self.doubt.weighed(
                lambda some: measure.of(ledger, some),
                ids,
                lambda id_: measure.part(ledger, id_),
                most_worth(measure, ledger, ids),
            )
        return self._found[key]

    @cached_property
    def _found(self) -> dict[Hashable, Sum]:
        return {}

    def most(self, measure: Measure, ledger: Ledger) -> Decimal | None:
        """Return what all the money is at most, with what may belong to it; None for no ceiling.

        What has no years might fall in any year, so it is in the most of some years too, with which
        one envelope may bound it; in which prices no one knows, so in real terms it leaves no
        ceiling. `ledger` says how open floors are read.
        """
        ids = self.counted | self.doubtful
        known = measure.of(ledger, ids).high
        more = self.most_of_no_year(measure, ids, ledger) if measure.by_year else NOUGHT
        most = None if known is None or more is None else known + more
        if not (measure.years and more) or measure.prices:
            return most
        could = self.touching(measure.years, ids).union(i for i in ids if not ledger.items[i].years)
        together = replace(measure, years=None).of(ledger, could).high
        return min((one for one in (most, together) if one is not None), default=None)

    def most_of_no_year(
        self, measure: Measure, ids: Collection[str], ledger: Ledger | None = None
    ) -> Decimal | None:
        """Return what some money of no stated year is at most, whatever years are measured.

        None for no ceiling, which it never has in the prices of a year.
        """
        ledger = ledger or self.ledger
        timeless = {id_ for id_ in ids if not ledger.items[id_].years}
        most = replace(measure, prices=None, years=None).of(ledger, timeless).high
        return None if measure.prices and most else most

    @cached_property
    def _by_run(self) -> dict[Years | None, frozenset[str]]:
        """What holds money of its own, by the years that it covers; None where no source says."""
        ids: defaultdict[Years | None, set[str]] = defaultdict(set)
        for id_, item in self.ledger.items.items():
            if item.holds_money:
                ids[item.years].add(id_)
        return {years: frozenset(some) for years, some in ids.items()}

    def of_no_year(self) -> list[str]:
        """Return which of the counted sums no source gives years for."""
        return sorted(self.counted & self._by_run.get(None, frozenset()))

    def with_years(self, ids: frozenset[str]) -> frozenset[str]:
        """Return what of some sums holds money of its own and has years."""
        return ids & frozenset().union(*(some for _, some in self._runs()))

    def _runs(self) -> Iterator[tuple[Years, frozenset[str]]]:
        return ((years, ids) for years, ids in self._by_run.items() if years)

    def years(self, ids: frozenset[str]) -> list[FinancialYear]:
        """Return the years from the first to the last that some sums cover."""
        covered = [run for run, some in self._runs() if not ids.isdisjoint(some)]
        if not covered:
            return []
        return list(Years(min(run.first for run in covered), max(run.last for run in covered)))

    def years_with_money(self) -> list[FinancialYear]:
        """Return the years in which money is, or could be: those between may have none."""
        return sorted(
            {
                year
                for years, some in self._runs()
                for year in years
                if any(not self._is_told_none(id_, year) for id_ in self.counted & some)
            }
        )

    def _is_told_none(self, id_: str, year: FinancialYear) -> bool:
        """Whether a profile says that none of a sum is of a year."""
        if not self.ledger.items[id_].profile:
            return False
        return Measure(years=frozenset([year])).of(self.ledger, {id_}).high == 0

    def touching(self, years: Collection[FinancialYear], ids: frozenset[str]) -> frozenset[str]:
        """Return what of some money could fall in some years."""
        near = [some for run, some in self._runs() if not {*run}.isdisjoint(years)]
        return ids & frozenset().union(*near)

    def ends_with(self) -> str:
        """Name the largest sum that reaches the last year."""
        last = self.years(self.counted)[-1]
        reaching = [id_ for run, some in self._runs() if run.last == last for id_ in some]
        return min(
            self.counted.intersection(reaching),
            key=lambda id_: (-self.ledger.items[id_].own.stated, id_),
        )

    def capital(self) -> frozenset[str]:
        """Return what counts, holds money of its own, and is recorded as capital."""
        items = self.ledger.items
        return frozenset(
            id_
            for id_ in self.counted
            if items[id_].entry.spending == "capital" and items[id_].holds_money
        )
