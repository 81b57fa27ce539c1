"""How a total has grown: what it was known to be on each day on which it changed, and why."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.answers.chosen import age
from reformcalc.answers.totals.totals import headline
from reformcalc.ledger.ledger import Standing
from reformcalc.report import Column, Note, Report, Shape
from reformcalc.rows import Kind, means
from reformcalc.values.money import Sum, round_pounds

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from reformcalc.answers.question import Question
    from reformcalc.ledger.ledger import Item


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


def over_time(question: Question) -> Report[GrowthRow]:
    """Return the total as known on each day on which it changed, up to one, in pounds, cash."""
    return Report(
        name="totals",
        as_of=question.record.as_of,
        dataset=question.record.stamp,
        headline=headline(question),
        rows=tuple(_rows(question)),
        row_type=GrowthRow,
        columns=(
            Column("day", "From", Shape.NAME),
            Column("amount", "Promised"),
            Column("change_gbp", "Change"),
            Column("perhaps_gbp", "In doubt"),
            Column("why", "Why", Shape.SENTENCE),
        ),
        notes=(
            Note("Each total is as known on its day: what was said later changes no earlier one."),
            *age(question.record),
        ),
    )


def _rows(last: Question) -> Iterator[GrowthRow]:
    before: Mapping[str, Item] = {}
    held, perhaps = Sum(), 0
    for day in last.record.days_of_money():
        record = last.record.on(day)
        items = record.ledger.items
        if last.chosen.envelope and last.chosen.envelope not in items:
            continue
        question = replace(last, record=record)
        total = question.total
        if (total.amount, total.perhaps_gbp) != (held, perhaps):
            change = round_pounds(total.amount.stated) - round_pounds(held.stated)
            why = "; ".join(_why(before, items, question))
            yield GrowthRow(day, total.amount, change, total.perhaps_gbp, why)
        before, held, perhaps = items, total.amount, total.perhaps_gbp


def _why(before: Mapping[str, Item], now: Mapping[str, Item], question: Question) -> Iterator[str]:
    """Yield what happened to the sums of a question between two days."""
    for id_ in sorted(question.selected):
        item, earlier = now[id_], before.get(id_)
        if item.part_in or item.standing is Standing.NEVER:
            continue
        figure = words.money(item.money)
        if earlier is None:
            verb = "repeated" if item.standing is Standing.RESTATED else "announced"
            yield f"{verb}: {question.called(id_)} ({figure}){_lies(question, item, before)}"
        elif earlier.money != item.money:
            yield f"corrected: {question.called(id_)}, {words.money(earlier.money)} to {figure}"
        if earlier and earlier.standing is not item.standing:
            yield from _moved(question, item)
    for id_ in sorted(now.keys() - before.keys() - question.selected):
        item = now[id_]
        if item.own.stated and (held := question.selected.intersection(item.parents)):
            figure = words.money(item.money)
            within = question.named(sorted(held))
            yield f"of something else: {question.called(id_)} ({figure}), in {within}"


def _moved(question: Question, item: Item) -> Iterator[str]:
    """Say of a sum that it counts, or no longer does."""
    said = f"{question.called(item.id)} ({words.money(item.money)})"
    match item.standing:
        case Standing.SUPERSEDED:
            yield f"replaced: {said} by {question.named(item.by)}"
        case Standing.UNSURE:
            yield f"in doubt: {said} may be part of {question.named(item.by)}"
        case _:
            yield f"counts from then on: {said}{_lies(question, item, question.ledger.items)}"


def _lies(question: Question, item: Item, before: Mapping[str, Item]) -> str:
    """Say of a sum that it is in others, known already, or may be."""
    if item.standing is Standing.UNSURE:
        return f", may be part of {question.named(item.by)}"
    known = [one for one in item.parents if one in before]
    return f", in {question.named(known)}" if known else ""
