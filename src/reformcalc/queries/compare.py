"""How the money promised stands against an outside figure, on every basis that can be defended.

Each basis is a function from a `_Pair` to a row, or to None where the benchmark or the money
cannot carry it. To add one: write it, and name it in BASES. Nothing that an answer says about a
benchmark is written here: its lengths, its gap and its cautions come from its entry.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.errors import Refused
from reformcalc.known import last_day, published_on
from reformcalc.ledger import Ledger, as_sum, build
from reformcalc.money import NOUGHT, Sum, round_pounds, total
from reformcalc.queries.common import Chosen, age, find, stamp
from reformcalc.queries.prices import Prices
from reformcalc.report import Column, Report
from reformcalc.years import FinancialYear, Years

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from reformcalc.model import Benchmark, Caution, Dataset
    from reformcalc.money import Amount


class Verdict(StrEnum):
    """What a basis can say of an ask."""

    MET = "met"
    NOT_MET = "not-met"
    NOT_DECIDED = "not-decided"


_PART = "a part of the money, against all that was asked for, can show neither"


class Carries(StrEnum):
    """Which verdict a basis can carry: a sum that is too wide shows no ask met, and so on."""

    NOT_MET = "all money, new or not, can only show that the ask is not met"
    MET = "money counted once can only show that the ask is met"
    BOTH = "new money in each year, as the ask is"


@dataclass(frozen=True, slots=True)
class CompareRow:
    """One basis: what was promised, what was asked for, and how they stand to each other.

    Sums are pounds, cash. Shares are per cent; the gap is asked less promised. The low of a share
    sets the least promised against the most asked. `verdict_reason` says what a verdict rests on,
    or why there is none. `share` and `gap` are the same figures in words, with their bounds.
    """

    basis: str
    label: str
    like_for_like: bool
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
    year_one: FinancialYear | None = None,
    prices: FinancialYear | None = None,
    digest: str = "",
) -> Report[CompareRow]:
    """Return every basis on which the money promised can be set against a benchmark.

    `year_one` is the financial year that the benchmark's first numbered year is taken to be, where
    not the one that its entry gives. `prices` adds rows in the prices of that financial year.

    The dataset's own benchmark if none is named. Raises UnknownId for one that does not exist,
    Refused where none is named at all, where it was not yet known on the day, or where no deflator
    reaches a year.
    """
    pair = _Pair.set_up(dataset, benchmark_id, as_of, chosen or Chosen(), year_one)
    pair = replace(pair, prices=Prices.of(dataset, prices) if prices else None)
    rows = tuple(row for basis in BASES if (row := basis(pair)))
    if pair.part:
        rows = tuple(
            replace(row, verdict=Verdict.NOT_DECIDED, verdict_reason=_PART) for row in rows
        )
    return Report(
        name="compare",
        as_of=as_of,
        dataset=stamp(dataset, digest),
        headline=_headline(pair, rows),
        rows=rows,
        row_type=CompareRow,
        columns=(
            Column("label", "Basis", under=("verdict",)),
            Column("committed", "Promised"),
            Column("benchmark", "Asked"),
            Column("share", "Share"),
            Column("gap", "Gap"),
        ),
        notes=tuple(_notes(pair, rows)),
    )


@dataclass(frozen=True, slots=True)
class _Pair:
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


def _headline_basis(pair: _Pair) -> CompareRow:
    return _row(
        "headline",
        "headline against headline",
        pair.all_money,
        as_sum(pair.benchmark.amount),
        most=pair.most(pair.counted),
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
        most=pair.most(pair.counted),
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
        most=_over(pair.most(ids), len(years)),
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
    committed, touching, split = _within(pair, years)
    return _row(
        "first-two-years",
        "first two years of each",
        committed,
        total(as_sum(amount) for amount in asked[:2]),
        most=pair.most(touching),
        assumption=(
            f"money of {years[0]} and {years[1]}{split}; the first two yearly figures asked for"
        ),
    )


def _same_years(pair: _Pair) -> CompareRow | None:
    asked = _asked_by_year(pair)
    years = [year for year in pair.years() if year in asked]
    if not years:
        return None
    committed, touching, split = _within(pair, years)
    ask = total(as_sum(asked[year]) for year in years)
    gap = pair.benchmark.unreconciled
    missing = ""
    if gap and ask.high is not None:
        ask = Sum(ask.stated, ask.low, ask.high + gap.amount.stated)
        missing = f", and up to {gap.amount.text} that no year has"
    return _row(
        "same-financial-years",
        "the financial years of both",
        committed,
        ask,
        most=pair.most(touching),
        assumption=(
            f"money of {Years(years[0], years[-1])}{split}; what was asked for those "
            f"years{missing}{_year_one(pair)}"
        ),
    )


def _asked_by_year(pair: _Pair) -> dict[FinancialYear, Amount]:
    """Return what was asked for by financial year; numbered years need to know their first."""
    first = pair.year_one
    asked = {}
    for year, amount in pair.benchmark.profile.items():
        if not isinstance(year, int):
            asked[year] = amount
        elif first:
            asked[FinancialYear(first.start + year - 1)] = amount
    return asked


def _year_one(pair: _Pair) -> str:
    numbered = any(isinstance(year, int) for year in pair.benchmark.profile)
    return f"; year 1 is read as {pair.year_one}" if numbered else ""


def _within(pair: _Pair, years: list[FinancialYear]) -> tuple[Sum, frozenset[str], str]:
    """Return the money of some years, the items that touch them, and how it was split.

    The stated figure is spread evenly; the bounds run from what lies wholly inside to what could.
    """
    items = pair.ledger.items
    inside = {id_ for id_ in pair.with_years() if set(items[id_].years or ()) <= set(years)}
    touching = frozenset(
        id_ for id_ in pair.with_years() if set(items[id_].years or ()) & set(years)
    )
    spread = [pair.ledger.spread(id_) for id_ in touching]
    stated = sum((one.get(year, NOUGHT) for one in spread for year in years), NOUGHT)
    money = Sum(stated, pair.ledger.money(inside).low, pair.ledger.money(touching).high)
    split = "" if inside == touching else ", money of more years spread evenly over its own"
    return money, touching, split


def _new_when_announced(pair: _Pair) -> CompareRow | None:
    return _row(
        "new-when-announced",
        "new money when announced",
        pair.ledger.new_money(pair.counted, each_year=False),
        as_sum(pair.benchmark.amount),
        most=pair.most_new(each_year=False),
        carries=Carries.MET,
        assumption=(
            "what was not being spent before, without sums that carry on others, against all that "
            "was asked for"
        ),
    )


def _new_each_year(pair: _Pair) -> CompareRow | None:
    return _row(
        "new-each-year",
        "new money, each year (like for like)",
        pair.ledger.new_money(pair.counted, each_year=True),
        as_sum(pair.benchmark.amount),
        most=pair.most_new(each_year=True),
        carries=Carries.BOTH,
        assumption=(
            "what was not being spent before, in every year that it lasts, against all the new "
            "spending that was asked for, which is counted in the same way"
        ),
    )


def _without_capital(pair: _Pair) -> CompareRow | None:
    items = pair.ledger.items
    capital = {id_ for id_ in pair.counted if items[id_].entry.spending == "capital"}
    kept = pair.counted - capital
    unknown = {id_ for id_ in kept if items[id_].entry.spending is None}
    out = words.pounds(pair.ledger.money(capital).stated)
    less = f"less {out} recorded as capital" if capital else "none of it recorded as capital"
    unsaid = words.pounds(pair.ledger.money(unknown).stated)
    return _row(
        "without-capital",
        "without capital",
        pair.ledger.money(kept),
        as_sum(pair.benchmark.amount),
        most=pair.most(kept),
        assumption=(
            f"all money promised, {less}; {unsaid} of which no source says whether it is capital "
            "is kept"
        ),
    )


def _real_ask_in_prices(pair: _Pair) -> CompareRow | None:
    if pair.prices is None:
        return None
    return _row(
        "real-terms",
        f"in {pair.prices.year} prices",
        pair.real(pair.prices),
        as_sum(pair.benchmark.amount),
        most=pair.most_real(pair.prices),
        assumption=f"{_deflated(pair, pair.prices)}; what was asked for, read as in those prices",
    )


def _real_ask_in_cash(pair: _Pair) -> CompareRow | None:
    asked = _asked_by_year(pair)
    if pair.prices is None or not asked:
        return None
    factors = {year: pair.prices.factor(year) for year in asked}
    ask = total(_times(as_sum(amount), factors[year]) for year, amount in asked.items())
    if (gap := pair.benchmark.unreconciled) and ask.high is not None:
        ask = Sum(ask.stated, ask.low, ask.high + gap.amount.stated * max(factors.values()))
    return _row(
        "real-terms-asked-in-cash",
        f"in {pair.prices.year} prices, asked for in cash",
        pair.real(pair.prices),
        ask,
        most=pair.most_real(pair.prices),
        assumption=(
            f"{_deflated(pair, pair.prices)}; the yearly figures asked for, read as cash"
            f"{_year_one(pair)}"
        ),
    )


def _deflated(pair: _Pair, prices: Prices) -> str:
    """Say how money was put into the prices of one year, and what could not be."""
    release = prices.release
    out = pair.without_years(pair.counted)
    left = f", without {words.listed(out)}, of no stated year" if out else ""
    return (
        f"each year's money in {prices.year} prices, spread evenly over its years{left}; "
        f"{release.release}, {release.publisher}, a forecast from {release.forecast_from}"
    )


def _times(amount: Sum, factor: Decimal) -> Sum:
    high = None if amount.high is None else amount.high * factor
    return Sum(amount.stated * factor, amount.low * factor, high)


BASES: tuple[Callable[[_Pair], CompareRow | None], ...] = (
    _headline_basis,
    _yearly_figures,
    _per_year_spending,
    _per_year_programme,
    _first_two_years,
    _same_years,
    _new_when_announced,
    _new_each_year,
    _without_capital,
    _real_ask_in_prices,
    _real_ask_in_cash,
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
    carries: Carries = Carries.NOT_MET,
) -> CompareRow:
    """Set two sums against each other. `most` is the promised money at its highest."""
    verdict, reason = _verdict(committed.low, most, asked, carries)
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
        like_for_like=carries is Carries.BOTH,
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


def _verdict(
    least: Decimal, most: Decimal | None, asked: Sum, carries: Carries
) -> tuple[Verdict, str]:
    """Judge a row, where its bounds allow a verdict and its basis can carry it."""
    if carries is not Carries.NOT_MET and asked.high is not None and least >= asked.high:
        return Verdict.MET, "even at its lowest it reaches what was asked"
    if carries is not Carries.MET and most is not None and most < asked.low:
        return Verdict.NOT_MET, "even at its highest it is less than was asked"
    if carries is Carries.BOTH:
        return Verdict.NOT_DECIDED, "what was asked lies between the least and the most it can be"
    return Verdict.NOT_DECIDED, carries.value


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
    part = f" ({pair.part})" if pair.part else ""
    asked = words.money(as_sum(pair.benchmark.amount))
    return (
        f"{words.money(pair.all_money)} promised{part}, {asked} asked for by the "
        f"{body.short or body.title}: {by}"
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
        if not _said_by(pair, caution):
            continue
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
    cash = "Cash, where a row names no prices" if pair.prices else "Cash"
    yield f"As of {day}. {cash}; the prices of the amount asked for are {prices}."
    yield from age(pair.dataset, pair.ledger.as_of)


def _said_by(pair: _Pair, caution: Caution) -> bool:
    """Whether every source of a caution was out by the day."""
    days = [published_on(pair.dataset.sources[claim.source]) for claim in caution.claims]
    return all(day is None or day <= pair.ledger.as_of for day in days)


def _open(row: CompareRow) -> bool:
    return row.committed.low != row.committed.high


def _by_share(row: CompareRow) -> Decimal:
    return row.share_percent
