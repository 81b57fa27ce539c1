"""The sentences of a comparison: what is set against what, what rows rest on, what to mind.

Nothing that is said about a benchmark is written here: its lengths, its gap and its cautions come
from its entry.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.answers.chosen import age
from reformcalc.answers.citing import citing
from reformcalc.ledger.ledger import as_sum
from reformcalc.report import Note

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reformcalc.answers.comparison.comparison import Comparison
    from reformcalc.answers.comparison.verdict import CompareRow, Verdict
    from reformcalc.errors import Refused


def against(comparison: Comparison) -> str:
    """Say what is set against what: "£200m promised, £2.6bn asked for by the Care Review"."""
    part = f" ({comparison.part})" if comparison.part else ""
    asked = words.money(as_sum(comparison.benchmark.amount))
    a_year = " a year" if comparison.benchmark.per_year else ""
    return (
        f"{words.money(comparison.all_money)} promised{part}, {asked}{a_year} asked for by the "
        f"{comparison.asked_by}"
    )


def left_out(why: Refused) -> Note:
    """Make a sentence of why something is not shown: what to ask instead is a hint at a command."""
    said = f"{words.sentence(why.reason)}."
    return Note(said, f"; {why.remedy}" if why.remedy else "")


def assumed(row: CompareRow) -> Note:
    """Say what a row rests on, with its id."""
    return Note(f"{words.sentence(row.label)} ({row.basis}): {row.assumption}{_evenly(row)}.")


def _evenly(row: CompareRow) -> str:
    """Give what an even spread over the years comes to, where the bounds leave that open."""
    money = row.committed
    if not row.spread or money.stated in (money.low, money.high):
        return ""
    return (
        f" ({words.millions(money.stated)}, {words.percent(row.share_percent)}, if evenly spread)"
    )


def reasons(rows: Sequence[CompareRow]) -> Iterator[Note]:
    """Say what each verdict rests on, or why there is none, with the rows that it is of."""
    given: dict[tuple[Verdict, str, str], list[str]] = {}
    for row in rows:
        said = row.verdict, row.standing, row.verdict_reason
        given.setdefault(said, []).append(row.basis)
    for (_, standing, reason), bases in sorted(given.items()):
        yield Note(f"{standing.capitalize()} ({', '.join(bases)}): {reason}.")


def settled_by(rows: Sequence[CompareRow]) -> Iterator[Note]:
    """Say of each row that is not decided what would settle it, where anything would."""
    for row in rows:
        if row.would_settle:
            yield Note(f"What would settle {row.basis}: {row.would_settle}.")


def cautions(comparison: Comparison) -> Iterator[Note]:
    """Yield what the benchmark's entry leaves open and, as said by the day, what it warns of."""
    for caution in (_of_what_counts, of_the_yearly_figures, _of_the_entry):
        yield from caution(comparison)


def _of_what_counts(comparison: Comparison) -> Iterator[Note]:
    if not comparison.benchmark.asks_for:
        yield Note(
            "No source says whether new money was asked for or all: no basis is like for like, and "
            "a verdict stands only where it holds of both."
        )


def of_the_yearly_figures(comparison: Comparison) -> Iterator[Note]:
    """Yield by how much the years of what was asked for add to less than all of it, and why."""
    if gap := comparison.benchmark.unreconciled:
        short = words.pounds(gap.amount.stated)
        yield Note(
            f"The yearly figures asked for add to {short} less than the headline: {gap.reason}."
        )


def _of_the_entry(comparison: Comparison) -> Iterator[Note]:
    for caution in comparison.benchmark.cautions:
        yield Note(f"{caution.text} ({comparison.record.citations(caution.claims)})")


def closing(comparison: Comparison) -> Iterator[Note]:
    """Yield what is of another place, who says what was asked for, the day, prices and age."""
    for note in (_of_another_place, _who_asked, _day_and_prices, _newer_deflators):
        yield from note(comparison)
    yield from age(comparison.record)


def _of_another_place(comparison: Comparison) -> Iterator[Note]:
    """Say which money is left out, since it is for another place than what was asked for."""
    items, elsewhere = comparison.ledger.items, comparison.elsewhere
    if elsewhere:
        roots = sorted({items[id_].root for id_ in elsewhere})
        named = words.listed(items[id_].entry.name for id_ in roots)
        places = words.listed(sorted({items[id_].entry.scope for id_ in roots}))
        money = words.money(comparison.ledger.money(elsewhere))
        yield Note(
            f"Left out: {named} ({money}), for {places}; what was asked for is for "
            f"{comparison.benchmark.scope}."
        )


def _who_asked(comparison: Comparison) -> Iterator[Note]:
    record, amount = comparison.record, as_sum(comparison.benchmark.amount)
    if claims := citing(record, comparison.benchmark, amount.stated):
        yield Note(f"{words.money(amount)} was asked for: {record.citations(claims)}.")


def _day_and_prices(comparison: Comparison) -> Iterator[Note]:
    day, basis = words.day(comparison.record.as_of), comparison.benchmark.price_basis
    asked = basis if isinstance(basis, str) else f"those of {basis}"
    cash = "Cash, where a row names no prices" if comparison.real_prices else "Cash"
    yield Note(f"As of {day}. {cash}; the prices of the amount asked for are {asked}.")


def _newer_deflators(comparison: Comparison) -> Iterator[Note]:
    prices = comparison.real_prices
    if prices and prices.release.accessed > comparison.record.as_of:
        day = words.day(prices.release.accessed)
        yield Note(f"The deflators are newer than this day: {prices.described}, read on {day}.")
