"""The sentences of a comparison: what is set against what, what rows rest on, what to mind.

Nothing that is said about a benchmark is written here: its lengths, its gap and its cautions come
from its entry.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.history import known_by
from reformcalc.known import Known
from reformcalc.ledger import as_sum
from reformcalc.queries.citing import citing
from reformcalc.queries.common import age
from reformcalc.report import Note

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reformcalc.errors import Refused
    from reformcalc.queries.comparison.pair import Pair
    from reformcalc.queries.comparison.verdicts import CompareRow, Verdict


def against(pair: Pair) -> str:
    """Say what is set against what: "£200m promised, £2.6bn asked for by the Care Review"."""
    part = f" ({pair.part})" if pair.part else ""
    asked = words.money(as_sum(pair.benchmark.amount))
    a_year = " a year" if pair.benchmark.per_year else ""
    return (
        f"{words.money(pair.all_money)} promised{part}, {asked}{a_year} asked for by the "
        f"{pair.asked_by}"
    )


def left_out(why: Refused) -> Note:
    """Make a sentence of why something is not shown: what to ask instead is a hint at a command."""
    said = f"{why.reason[0].upper()}{why.reason[1:]}."
    return Note(said, f"; {why.remedy}" if why.remedy else "")


def assumed(row: CompareRow) -> Note:
    """Say what a row rests on, with its id."""
    return Note(
        f"{row.label[0].upper()}{row.label[1:]} ({row.basis}): {row.assumption}{_evenly(row)}."
    )


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
    given: dict[tuple[Verdict, str], list[str]] = {}
    for row in rows:
        given.setdefault((row.verdict, row.verdict_reason), []).append(row.basis)
    for (verdict, reason), bases in sorted(given.items()):
        yield Note(f"{verdict.replace('-', ' ').capitalize()} ({', '.join(bases)}): {reason}.")


def settled_by(rows: Sequence[CompareRow]) -> Iterator[Note]:
    """Say of each row that is not decided what would settle it, where anything would."""
    for row in rows:
        if row.would_settle:
            yield Note(f"What would settle {row.basis}: {row.would_settle}.")


def cautions(pair: Pair) -> Iterator[Note]:
    """Yield what the benchmark's entry leaves open and, as said by the day, what it warns of."""
    if not pair.benchmark.asks_for:
        yield Note(
            "No source says whether new money was asked for or all: no basis is like for like, and "
            "a verdict stands only where it holds of both."
        )
    if gap := pair.benchmark.unreconciled:
        short = words.pounds(gap.amount.stated)
        yield Note(f"The yearly figures add to {short} less than the headline: {gap.reason}.")
    for caution in pair.benchmark.cautions:
        if known_by(pair.dataset, caution, pair.ledger.as_of):
            cited = "; ".join(words.citation(pair.dataset, claim) for claim in caution.claims)
            yield Note(f"{caution.text} ({cited})")


def closing(pair: Pair) -> Iterator[Note]:
    """Yield what is of another place, who says what was asked for, the day, prices and age."""
    if pair.elsewhere:
        yield Note(_of_another_place(pair))
    asked_for = as_sum(pair.benchmark.amount)
    claims = citing(Known(pair.dataset, pair.ledger.as_of), pair.benchmark, asked_for.stated)
    if claims:
        where = words.citations(pair.dataset, claims)
        yield Note(f"{words.money(asked_for)} was asked for: {where}.")
    day, basis = words.day(pair.ledger.as_of), pair.benchmark.price_basis
    asked = basis if isinstance(basis, str) else f"those of {basis}"
    cash = "Cash, where a row names no prices" if pair.prices else "Cash"
    yield Note(f"As of {day}. {cash}; the prices of the amount asked for are {asked}.")
    if pair.prices and pair.prices.release.accessed > pair.ledger.as_of:
        read = words.day(pair.prices.release.accessed)
        yield Note(
            f"The deflators are newer than this day: {pair.prices.described}, read on {read}."
        )
    yield from age(pair.dataset, pair.ledger.as_of)


def _of_another_place(pair: Pair) -> str:
    """Say which money is left out, since it is for another place than what was asked for."""
    items, ledger = pair.ledger.items, pair.ledger
    roots = sorted({ledger.items[id_].root for id_ in pair.elsewhere})
    places = words.listed(sorted({items[id_].entry.scope for id_ in roots}))
    money = words.money(ledger.money(pair.elsewhere))
    return (
        f"Left out: {words.listed(roots)} ({money}), for {places}; what was asked for is for "
        f"{pair.benchmark.scope}."
    )
