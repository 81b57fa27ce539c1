"""How a total has grown: what it was known to be on each day on which it changed, and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.history import known_on
from reformcalc.ledger import Ledger, Standing, build
from reformcalc.money import Sum, round_pounds
from reformcalc.queries.common import Chosen, age, stamp
from reformcalc.queries.question import Question
from reformcalc.queries.totals import headline
from reformcalc.report import Column, Report, Shape
from reformcalc.rows import Kind, means

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from reformcalc.ledger import Item
    from reformcalc.model import Dataset


@dataclass(frozen=True, slots=True)
class GrowthRow:
    """A total as known on the day from which it was so."""

    day: date = field(metadata=means("the day from which the total was so", Kind.DAY))
    amount: Sum = field(metadata=means("the total as known from that day", Kind.SUM))
    change_gbp: int = field(
        metadata=means("by how much it rose, or fell, on that day", Kind.POUNDS)
    )
    perhaps_gbp: int = field(metadata=means("what was in doubt beside it", Kind.POUNDS))
    why: str = field(
        metadata=means("what was announced, corrected, replaced or found to overlap", Kind.SENTENCE)
    )


def over_time(dataset: Dataset, *, as_of: date, chosen: Chosen | None = None) -> Report[GrowthRow]:
    """Return the total as known on each day on which it changed, up to one, in pounds, cash.

    Raises UnknownId where `chosen` names an id that the dataset does not have, Refused where the
    envelope asked for was not yet known on the last day.
    """
    chosen = chosen or Chosen()
    last = Question.ask(dataset, as_of, chosen)
    return Report(
        name="totals",
        as_of=as_of,
        dataset=stamp(dataset),
        headline=headline(last),
        rows=tuple(_rows(dataset, as_of, chosen)),
        row_type=GrowthRow,
        columns=(
            Column("day", "From", Shape.NAME),
            Column("amount", "Promised"),
            Column("change_gbp", "Change"),
            Column("perhaps_gbp", "In doubt"),
            Column("why", "Why", Shape.SENTENCE),
        ),
        notes=(
            "Each total is as known on its day: what was said later changes no earlier one.",
            *age(dataset, as_of),
        ),
    )


def _rows(dataset: Dataset, as_of: date, chosen: Chosen) -> Iterator[GrowthRow]:
    before, held = build(dataset, min(_days(dataset, as_of), default=as_of), only=()), Sum()
    perhaps = 0
    for day in _days(dataset, as_of):
        ledger = build(dataset, day)
        if chosen.envelope and chosen.envelope not in ledger.items:
            continue
        question = Question.on(dataset, ledger, chosen)
        total = question.total
        if (total.amount, total.perhaps_gbp) != (held, perhaps):
            change = round_pounds(total.amount.stated) - round_pounds(held.stated)
            why = "; ".join(_why(before, ledger, question))
            yield GrowthRow(day, total.amount, change, total.perhaps_gbp, why)
        before, held, perhaps = ledger, total.amount, total.perhaps_gbp


def _days(dataset: Dataset, as_of: date) -> list[date]:
    """Return every day up to one on which anything of the money became known."""
    days = set()
    for entry in dataset.commitments.values():
        days.add(known_on(dataset, entry))
        days.update(one.since for one in (*entry.amount, *entry.profile))
    return sorted(day for day in days if day and day <= as_of)


def _why(before: Ledger, now: Ledger, question: Question) -> Iterator[str]:
    """Yield what happened to the sums of a question between two days."""
    for id_ in sorted(question.selected):
        item, earlier = now.items[id_], before.items.get(id_)
        if item.part_in or item.standing is Standing.NEVER:
            continue
        figure = words.money(item.money)
        if earlier is None:
            verb = "repeated" if item.standing is Standing.RESTATED else "announced"
            yield f"{verb}: {id_} ({figure}){_lies(item, before)}"
        elif earlier.money != item.money:
            yield f"corrected: {id_}, {words.money(earlier.money)} to {figure}"
        if earlier and earlier.standing is not item.standing:
            yield from _moved(item, now)
    for id_ in sorted(now.items.keys() - before.items.keys() - question.selected):
        item = now.items[id_]
        if item.own.stated and (held := question.selected.intersection(item.parents)):
            figure = words.money(item.money)
            yield f"of something else: {id_} ({figure}), in {words.listed(sorted(held))}"


def _moved(item: Item, now: Ledger) -> Iterator[str]:
    """Say of a sum that it counts, or no longer does."""
    said = f"{item.id} ({words.money(item.money)})"
    match item.standing:
        case Standing.SUPERSEDED:
            yield f"replaced: {said} by {words.listed(item.by)}"
        case Standing.UNSURE:
            yield f"in doubt: {said} may lie in {words.listed(item.by)}"
        case _:
            yield f"counts from then on: {said}{_lies(item, now)}"


def _lies(item: Item, before: Ledger) -> str:
    """Say of a sum that it is in others, known already, or may be."""
    if item.standing is Standing.UNSURE:
        return f", may lie in {words.listed(item.by)}"
    known = [one for one in item.parents if one in before.items]
    return f", in {words.listed(known)}" if known else ""
