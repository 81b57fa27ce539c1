"""How the money promised stands against an outside figure, on every basis that can be defended.

Nothing that an answer says about a benchmark is written here: its lengths, its gap and its cautions
come from its entry.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.errors import Refused, UnknownId
from reformcalc.known import given_by
from reformcalc.ledger import as_sum
from reformcalc.queries.citing import citing
from reformcalc.queries.common import Chosen, age, stamp
from reformcalc.queries.comparison.bases import BASES, LIKE_FOR_LIKE, REAL_TERMS
from reformcalc.queries.comparison.choices import CHOICES, NEW_REAL_TERMS
from reformcalc.queries.comparison.pair import Pair
from reformcalc.queries.comparison.verdicts import (
    CompareRow,
    Unsuited,
    Verdict,
    between,
    in_tenths,
)
from reformcalc.report import Column, Hinted, Report, Shape

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from reformcalc.model import Dataset
    from reformcalc.years import FinancialYear

_REAL = (*REAL_TERMS, *NEW_REAL_TERMS)
_PART = "a part of the money, against all that was asked for, can show neither"


def compare(
    dataset: Dataset,
    benchmark_id: str | None = None,
    *,
    as_of: date,
    chosen: Chosen | None = None,
    bases: Sequence[str] = (),
    year_one: FinancialYear | None = None,
    prices: FinancialYear | None = None,
) -> Report[CompareRow]:
    """Return every basis on which the money promised can be set against a benchmark.

    The dataset's own benchmark if none is named. `bases` limits it to some of BASES and CHOICES.
    `year_one` is the financial year that the benchmark's first numbered year is taken to be, where
    not the one that its entry gives. `prices` adds rows in the prices of that financial year.

    Raises UnknownId for a name that does not exist, Refused where no benchmark is named at all,
    where it is of another place or was not yet known on the day, where no deflator reaches a year,
    and where a basis that is asked for cannot be had: the message says what to ask instead.
    """
    pair = Pair.set_up(
        dataset, benchmark_id, as_of, chosen or Chosen(), year_one=year_one, prices=prices
    )
    rows, unsuited = chosen_rows(pair, bases)
    return Report(
        name="compare",
        as_of=as_of,
        dataset=stamp(dataset),
        headline=_headline(pair, rows),
        rows=rows,
        row_type=CompareRow,
        columns=(
            Column("label", "Basis", Shape.SENTENCE, under=(Column("verdict"), Column("lengths"))),
            Column("committed", "Promised"),
            Column("benchmark", "Asked"),
            Column("share", "Share", Shape.FIGURE),
            Column("gap", "Gap", Shape.FIGURE),
        ),
        group="counts",
        notes=tuple(_notes(pair, rows, unsuited)),
    )


def chosen_rows(
    pair: Pair, bases: Sequence[str] = ()
) -> tuple[tuple[CompareRow, ...], Mapping[str, str]]:
    """Return the rows of some bases, or of all; and why each of the others cannot be had.

    Raises UnknownId for a basis that does not exist, Refused for one that cannot be had.
    """
    rows, unsuited = [], {}
    real = NEW_REAL_TERMS if pair.prices else ()
    for id_ in bases or (*BASES, *real):
        if id_ not in BASES and id_ not in CHOICES:
            raise UnknownId("basis", id_, {*BASES, *CHOICES})
        try:
            rows.append(row_of(pair, id_))
        except Unsuited as reason:
            unsuited[id_] = str(reason)
    if bases and pair.prices and not set(bases) & set(_REAL):
        raise Refused(
            "none of these bases is in real terms; leave out --prices, or ask for "
            f"{words.listed(_REAL)}"
        )
    if bases and unsuited:
        id_, why = next(iter(unsuited.items()))
        raise Refused(f'"{pair.name}" cannot be compared on the basis "{id_}": {why}')
    if not rows:
        raise Refused(f'"{pair.name}" cannot be compared so: {unsuited["headline"]}')
    return tuple(rows), unsuited


def like_for_like(pair: Pair) -> str | None:
    """Name the basis on which both sides count the same thing; None where there is none."""
    return None if pair.part else LIKE_FOR_LIKE.get(pair.benchmark.asks_for or "")


def row_of(pair: Pair, id_: str) -> CompareRow:
    """Return one basis or choice. Raises Unsuited where it cannot be had."""
    if id_ in BASES:
        row = replace(BASES[id_](pair), basis=id_)
        if id_ == like_for_like(pair):
            row = replace(row, like_for_like=True, label=f"{row.label} (like for like)")
    else:
        change, build = CHOICES[id_]
        row = replace(build(pair), basis=id_, label=change)
    if pair.part:
        row = replace(row, verdict=Verdict.NOT_DECIDED, verdict_reason=_PART)
    return row


def _headline(pair: Pair, rows: Sequence[CompareRow]) -> str:
    low = words.percent(min(row.share_percent_low for row in rows))
    highs = [row.share_percent_high for row in rows if row.share_percent_high is not None]
    high = words.percent(max(highs)) if len(highs) == len(rows) else None
    share = between(low, high)
    return f"{against(pair)}: {share}" + (", by basis" if len(rows) > 1 and low != high else "")


def against(pair: Pair) -> str:
    """Say what is set against what: "£200m promised, £2.6bn asked for by the Care Review"."""
    part = f" ({pair.part})" if pair.part else ""
    asked = words.money(as_sum(pair.benchmark.amount))
    a_year = " a year" if pair.benchmark.per_year else ""
    return (
        f"{words.money(pair.all_money)} promised{part}, {asked}{a_year} asked for by the "
        f"{pair.asked_by}"
    )


def _notes(pair: Pair, rows: Sequence[CompareRow], unsuited: Mapping[str, str]) -> Iterator[str]:
    least, most = min(rows, key=_lowest), max(rows, key=_highest)
    if least is not most:
        high = most.share_percent_high
        yield Hinted(
            f"It turns on the basis: from {words.percent(least.share_percent_low)} ({least.label}) "
            f"to {'no bound' if high is None else words.percent(high)} ({most.label})",
            "; --sensitivity shows how far each choice moves it",
        )
    yield from cautions(pair)
    yield from reasons(rows)
    yield from map(assumed, rows)
    for id_, why in unsuited.items():
        if id_ not in _REAL or pair.prices:
            yield f"Without {id_}: {why}."
    yield from standing(pair)


def assumed(row: CompareRow) -> str:
    """Say what a row rests on, with its id."""
    return f"{row.label[0].upper()}{row.label[1:]} ({row.basis}): {row.assumption}{_evenly(row)}."


def reasons(rows: Sequence[CompareRow]) -> Iterator[str]:
    """Say what each verdict rests on, or why there is none, with the rows that it is of."""
    given: dict[tuple[Verdict, str], list[str]] = {}
    for row in rows:
        given.setdefault((row.verdict, row.verdict_reason), []).append(row.basis)
    for (verdict, reason), bases in sorted(given.items()):
        yield f"{verdict.replace('-', ' ').capitalize()} ({', '.join(bases)}): {reason}."


def cautions(pair: Pair) -> Iterator[str]:
    """Yield what the benchmark's entry leaves open and, as said by the day, what it warns of."""
    if not pair.benchmark.asks_for:
        yield (
            "No source says whether new money was asked for or all: no basis is like for like, and "
            "a verdict stands only where it holds of both."
        )
    if gap := pair.benchmark.unreconciled:
        short = words.pounds(gap.amount.stated)
        yield f"The yearly figures add to {short} less than the headline: {gap.reason}."
    for caution in pair.benchmark.cautions:
        if given_by(pair.dataset, caution, pair.ledger.as_of):
            cited = "; ".join(words.citation(pair.dataset, claim) for claim in caution.claims)
            yield f"{caution.text} ({cited})"


def standing(pair: Pair) -> Iterator[str]:
    """Yield who says what was asked for, the day, the prices and the age of the record."""
    asked_for = as_sum(pair.benchmark.amount)
    claims = citing(pair.dataset, pair.benchmark, pair.ledger.as_of, asked_for.stated)
    if claims:
        where = words.citations(pair.dataset, claims)
        yield f"{words.money(asked_for)} was asked for: {where}."
    day, basis = words.day(pair.ledger.as_of), pair.benchmark.price_basis
    asked = basis if isinstance(basis, str) else f"those of {basis}"
    cash = "Cash, where a row names no prices" if pair.prices else "Cash"
    yield f"As of {day}. {cash}; the prices of the amount asked for are {asked}."
    if pair.prices and pair.prices.release.accessed > pair.ledger.as_of:
        read = words.day(pair.prices.release.accessed)
        yield f"The deflators are newer than this day: {pair.prices.described}, read on {read}."
    yield from age(pair.dataset, pair.ledger.as_of)


def _evenly(row: CompareRow) -> str:
    """Give what an even spread over the years comes to, where the bounds leave that open."""
    money = row.committed
    if money.stated in (money.low, money.high):
        return ""
    spread = in_tenths([money.stated])(money.stated)
    return f" ({spread}, {words.percent(row.share_percent)}, if evenly spread)"


def _lowest(row: CompareRow) -> Decimal:
    return row.share_percent_low


def _highest(row: CompareRow) -> Decimal:
    return Decimal("Infinity") if row.share_percent_high is None else row.share_percent_high
