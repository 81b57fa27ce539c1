"""How the money promised stands against an outside figure, on every basis that can be defended.

Each basis is a function from a `_Pair` to a row, or to None where the benchmark or the money
cannot carry it. To add one: write it, and name it in BASES. Nothing that an answer says about a
benchmark is written here: its lengths, its gap and its cautions come from its entry.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.errors import Refused
from reformcalc.known import last_day
from reformcalc.ledger import Ledger, as_sum, build
from reformcalc.money import NOUGHT, Sum, round_pounds, total
from reformcalc.queries.common import Chosen, age, find, stamp
from reformcalc.report import Column, Report
from reformcalc.years import Years

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from reformcalc.model import Benchmark, Dataset
    from reformcalc.years import FinancialYear


class Verdict(StrEnum):
    """What a basis can say of an ask."""

    MET = "met"
    NOT_MET = "not-met"
    NOT_DECIDED = "not-decided"


@dataclass(frozen=True, slots=True)
class CompareRow:
    """One basis: what was promised, what was asked for, and how they stand to each other.

    Sums are pounds, cash. Shares are per cent; the gap is asked less promised. The low of a share
    sets the least promised against the most asked. `verdict_reason` says what a verdict rests on,
    or why there is none. `share` and `gap` are the same figures in words, with their bounds.
    """

    basis: str
    label: str
    committed: Sum
    benchmark: Sum
    share_percent: Decimal
    share_percent_low: Decimal
    share_percent_high: Decimal | None
    gap_gbp: int
    gap_low_gbp: int | None
    gap_high_gbp: int | None
    verdict: Verdict
    verdict_reason: str
    assumption: str
    share: str
    gap: str


def compare(
    dataset: Dataset,
    benchmark_id: str | None = None,
    *,
    as_of: date,
    chosen: Chosen | None = None,
    digest: str = "",
) -> Report[CompareRow]:
    """Return every basis on which the money promised can be set against a benchmark.

    The dataset's own benchmark if none is named. Raises UnknownId for one that does not exist,
    Refused where none is named at all, or where it was not yet known on the day.
    """
    pair = _Pair.set_up(dataset, benchmark_id, as_of, chosen or Chosen())
    rows = tuple(row for basis in BASES if (row := basis(pair)))
    return Report(
        name="compare",
        as_of=as_of,
        dataset=stamp(dataset, digest),
        headline=_headline(pair, rows),
        rows=rows,
        row_type=CompareRow,
        columns=(
            Column("label", "Basis"),
            Column("committed", "Promised"),
            Column("benchmark", "Asked"),
            Column("share", "Share"),
            Column("gap", "Gap"),
            Column("verdict", "Verdict"),
        ),
        notes=tuple(_notes(pair, rows)),
    )


@dataclass(frozen=True, slots=True)
class _Pair:
    """A benchmark with the money that is set against it.

    `most` is the money as a verdict must allow for it: floors read as less than one more unit of
    their last digit, with doubtful sums as separate and, for one pillar's benchmark, with what is
    assigned to no pillar.
    """

    dataset: Dataset
    benchmark: Benchmark
    ledger: Ledger
    counted: frozenset[str]
    most: Callable[[frozenset[str]], Sum]

    @classmethod
    def set_up(
        cls, dataset: Dataset, benchmark_id: str | None, as_of: date, chosen: Chosen
    ) -> _Pair:
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
        chosen = _for_benchmark(chosen, benchmark)
        chosen.check(dataset)
        ledger = build(dataset, as_of)
        counted = frozenset(ledger.counted(chosen.items(ledger)))
        capped = build(dataset, as_of, floors_capped=True)
        doubtful = ledger.unsure(chosen.items(ledger)) | _unassigned(dataset, ledger, chosen)
        return cls(
            dataset, benchmark, ledger, counted, lambda ids: capped.money(ids | doubtful)
        )  # fmt: skip

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

    def ends_with(self) -> str:
        """Name the largest sum that reaches the last year."""
        last = self.years()[-1]
        reaching = [id_ for id_ in self.with_years() if last in self._years_of(id_)]
        return min(reaching, key=lambda id_: (-self.ledger.items[id_].own.stated, id_))


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


def _headline_basis(pair: _Pair) -> CompareRow:
    return _row(
        "headline",
        "headline against headline",
        pair.all_money,
        as_sum(pair.benchmark.amount),
        most=pair.most(pair.counted).high,
        assumption="all money promised, whatever its years, against all that was asked for",
    )


def _yearly_figures(pair: _Pair) -> CompareRow | None:
    if not pair.benchmark.profile:
        return None
    return _row(
        "yearly-figures",
        f"against {_whose(pair)} yearly figures",
        pair.all_money,
        total(as_sum(amount) for amount in pair.benchmark.profile.values()),
        most=pair.most(pair.counted).high,
        assumption="all money promised against the sum of the yearly figures asked for",
    )


def _per_year(pair: _Pair, basis: str, count: int | None, what: str) -> CompareRow | None:
    years = pair.years()
    if not count or not years:
        return None
    ids = pair.with_years()
    end = f", {Years(years[0], years[-1])} ({pair.ends_with()} reaches the last)"
    return _row(
        basis,
        f"a year, asked for over {words.number(count)} years",
        _divided(pair.ledger.money(ids), len(years)),
        _divided(as_sum(pair.benchmark.amount), count),
        most=_over(pair.most(ids).high, len(years)),
        assumption=f"money with stated years over {words.counted(len(years), 'year')}{end}; "
        f"the amount asked for over the {words.number(count)} years of {what}",
    )


def _per_year_spending(pair: _Pair) -> CompareRow | None:
    return _per_year(pair, "per-year-spending", pair.benchmark.spending_years, "spending")


def _per_year_programme(pair: _Pair) -> CompareRow | None:
    return _per_year(pair, "per-year-programme", pair.benchmark.programme_years, "the programme")


def _first_two_years(pair: _Pair) -> CompareRow | None:
    asked = [amount for _, amount in sorted(pair.benchmark.profile.items(), key=_in_order)]
    years = pair.years()[:2]
    if len(asked) < 2 or len(years) < 2:
        return None
    items = pair.ledger.items
    inside = {id_ for id_ in pair.with_years() if set(items[id_].years or ()) <= set(years)}
    touching = frozenset(
        id_ for id_ in pair.with_years() if set(items[id_].years or ()) & set(years)
    )
    spread = [pair.ledger.spread(id_) for id_ in touching]
    stated = sum((one.get(year, NOUGHT) for one in spread for year in years), NOUGHT)
    committed = Sum(stated, pair.ledger.money(inside).low, pair.ledger.money(touching).high)
    split = "" if inside == touching else "; money of more years spread evenly over its own"
    return _row(
        "first-two-years",
        "first two years of each",
        committed,
        total(as_sum(amount) for amount in asked[:2]),
        most=pair.most(touching).high,
        assumption=(
            f"money of {years[0]} and {years[1]}{split}; the first two yearly figures asked for"
        ),
    )


BASES: tuple[Callable[[_Pair], CompareRow | None], ...] = (
    _headline_basis,
    _yearly_figures,
    _per_year_spending,
    _per_year_programme,
    _first_two_years,
)


def _in_order(entry: tuple[FinancialYear | int, object]) -> int:
    year = entry[0]
    return year if isinstance(year, int) else year.start


def _row(
    basis: str,
    label: str,
    committed: Sum,
    asked: Sum,
    *,
    most: Decimal | None,
    assumption: str,
) -> CompareRow:
    """Set two sums against each other. `most` is the promised money at its highest."""
    verdict, reason = _verdict(most, asked)
    share = _share(committed.stated, asked.stated)
    least = NOUGHT if asked.high is None else _share(committed.low, asked.high)
    largest = None
    if committed.high is not None and asked.low:
        largest = _share(committed.high, asked.low)
    gap = round_pounds(asked.stated - committed.stated)
    smallest = None if committed.high is None else round_pounds(asked.low - committed.high)
    widest = None if asked.high is None else round_pounds(asked.high - committed.low)
    return CompareRow(
        basis=basis,
        label=label,
        committed=committed,
        benchmark=asked,
        share_percent=share,
        share_percent_low=least,
        share_percent_high=largest,
        gap_gbp=gap,
        gap_low_gbp=smallest,
        gap_high_gbp=widest,
        verdict=verdict,
        verdict_reason=reason,
        assumption=assumption,
        share=_between(words.percent(least), None if largest is None else words.percent(largest)),
        gap=_between(_in_pounds(smallest), _in_pounds(widest)),
    )


def _between(low: str | None, high: str | None) -> str:
    """Write two bounds as a sentence would; None stands for no bound."""
    if low is None or high is None:
        return f"at least {low}" if high is None else f"at most {high}"
    return low if low == high else f"{low} to {high}"


def _in_pounds(value: int | None) -> str | None:
    return None if value is None else words.millions(NOUGHT + value)


def _verdict(most: Decimal | None, asked: Sum) -> tuple[Verdict, str]:
    """Judge a row of all money, new or not: it can show that an ask is not met, not that it is."""
    if most is not None and most < asked.low:
        return (
            Verdict.NOT_MET,
            "even at its highest, and old money included, it is less than was asked",
        )
    return Verdict.NOT_DECIDED, "all money, new or not, can only show that the ask is not met"


def _share(part: Decimal, whole: Decimal) -> Decimal:
    return (part * 100 / whole).quantize(Decimal("0.0001"), rounding=ROUND_HALF_UP)


def _divided(amount: Sum, years: int) -> Sum:
    return Sum(amount.stated / years, amount.low / years, _over(amount.high, years))


def _over(amount: Decimal | None, years: int) -> Decimal | None:
    return None if amount is None else amount / years


def _whose(pair: _Pair) -> str:
    body = pair.dataset.bodies[pair.benchmark.by]
    return f"the {body.short or body.title}'s"


def _headline(pair: _Pair, rows: tuple[CompareRow, ...]) -> str:
    body = pair.dataset.bodies[pair.benchmark.by]
    low = words.percent(min(row.share_percent_low for row in rows))
    highs = [row.share_percent_high for row in rows if row.share_percent_high is not None]
    high = words.percent(max(highs)) if len(highs) == len(rows) else None
    by = f"{_between(low, high)}, by basis" if low != high else low
    return (
        f"{words.money(pair.all_money)} promised, {words.money(as_sum(pair.benchmark.amount))} "
        f"asked for by the {body.short or body.title}: {by}"
    )


def _notes(pair: _Pair, rows: tuple[CompareRow, ...]) -> Iterator[str]:
    benchmark = pair.benchmark
    least, most = min(rows, key=_by_share), max(rows, key=_by_share)
    if least is not most:
        bounds = " and on how much the open sums are" if any(_open(row) for row in rows) else ""
        yield (
            f"It turns on the basis{bounds}: {least.share} {least.label}, {most.share} "
            f"{most.label}."
        )
    if benchmark.unreconciled:
        gap = words.pounds(benchmark.unreconciled.amount.stated)
        reason = benchmark.unreconciled.reason
        yield f"The yearly figures add to {gap} less than the headline: {reason}."
    for caution in benchmark.cautions:
        cited = "; ".join(words.citation(pair.dataset, claim) for claim in caution.claims)
        yield f"{caution.text} ({cited})"
    for row in rows:
        yield f"{row.label[0].upper()}{row.label[1:]}: {row.assumption}."
    reasons = {(row.verdict, row.verdict_reason) for row in rows}
    yield from (
        f"{verdict.replace('-', ' ').capitalize()}: {reason}."
        for verdict, reason in sorted(reasons)
    )
    day, prices = words.day(pair.ledger.as_of), benchmark.price_basis
    yield f"As of {day}. Cash; the prices of the amount asked for are {prices}."
    yield from age(pair.dataset, pair.ledger.as_of)


def _open(row: CompareRow) -> bool:
    return row.committed.low != row.committed.high


def _by_share(row: CompareRow) -> Decimal:
    return row.share_percent
