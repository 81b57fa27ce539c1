"""How the money promised stands against an outside figure, on every basis that can be defended.

Nothing that an answer says about a benchmark is written here: its lengths, its gap and its cautions
come from its entry.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.known import published_on
from reformcalc.ledger import as_sum
from reformcalc.queries.bases import BASES
from reformcalc.queries.common import Chosen, age, stamp
from reformcalc.queries.pair import Pair
from reformcalc.queries.prices import Prices
from reformcalc.queries.verdicts import CompareRow, Verdict, between
from reformcalc.report import Column, Report

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from reformcalc.model import Caution, Dataset
    from reformcalc.years import FinancialYear

_TENTH_OF_A_MILLION = Decimal("1E5")
_PART = "a part of the money, against all that was asked for, can show neither"


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
    pair = Pair.set_up(dataset, benchmark_id, as_of, chosen or Chosen(), year_one)
    pair = replace(pair, prices=Prices.of(dataset, prices) if prices else None)
    rows = tuple(row for basis in BASES if (row := basis(pair)))
    if pair.part:
        rows = tuple(
            replace(row, like_for_like=False, verdict=Verdict.NOT_DECIDED, verdict_reason=_PART)
            for row in rows
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


def _headline(pair: Pair, rows: tuple[CompareRow, ...]) -> str:
    body = pair.dataset.bodies[pair.benchmark.by]
    low = words.percent(min(row.share_percent_low for row in rows))
    highs = [row.share_percent_high for row in rows if row.share_percent_high is not None]
    high = words.percent(max(highs)) if len(highs) == len(rows) else None
    by = f"{between(low, high)}, by basis" if low != high else low
    part = f" ({pair.part})" if pair.part else ""
    asked = words.money(as_sum(pair.benchmark.amount))
    return (
        f"{words.money(pair.all_money)} promised{part}, {asked} asked for by the "
        f"{body.short or body.title}: {by}"
    )


def _notes(pair: Pair, rows: tuple[CompareRow, ...]) -> Iterator[str]:
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
        yield f"{row.label[0].upper()}{row.label[1:]}: {row.assumption}{_evenly(row)}."
    reasons = {(row.verdict, row.verdict_reason) for row in rows}
    yield from (
        f"{verdict.replace('-', ' ').capitalize()}: {reason}."
        for verdict, reason in sorted(reasons)
    )
    day, prices = words.day(pair.ledger.as_of), benchmark.price_basis
    cash = "Cash, where a row names no prices" if pair.prices else "Cash"
    yield f"As of {day}. {cash}; the prices of the amount asked for are {prices}."
    yield from age(pair.dataset, pair.ledger.as_of)


def _evenly(row: CompareRow) -> str:
    """Give what an even spread over the years comes to, where the bounds leave that open."""
    money = row.committed
    if money.stated in (money.low, money.high):
        return ""
    spread = words.millions(money.stated.quantize(_TENTH_OF_A_MILLION))
    return f" ({spread}, {words.percent(row.share_percent)}, if evenly spread)"


def _said_by(pair: Pair, caution: Caution) -> bool:
    """Whether every source of a caution was out by the day."""
    days = [published_on(pair.dataset.sources[claim.source]) for claim in caution.claims]
    return all(day is None or day <= pair.ledger.as_of for day in days)


def _open(row: CompareRow) -> bool:
    return row.committed.low != row.committed.high


def _by_share(row: CompareRow) -> Decimal:
    return row.share_percent
