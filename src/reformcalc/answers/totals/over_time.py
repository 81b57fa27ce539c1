"""How a total has grown: what it was known to be on each day on which it changed, and why."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from reformcalc import words
from reformcalc.answers.chosen import age
from reformcalc.answers.totals.totals import headline
from reformcalc.ledger.ledger import Standing
from reformcalc.report import Column, Note, Report, Shape
from reformcalc.rows import Kind, means
from reformcalc.values.money import NOUGHT, Sum, round_pounds

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from decimal import Decimal

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
        rows=tuple(row for row, _ in growth(question)),
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


class Change(NamedTuple):
    """What happened to a sum on a day: in words and in few, with how much it states, in pounds.

    `moves` says that the total may have changed by it; `within`, that it lies in what was announced
    on that day too.
    """

    words: str
    short: str
    size: Decimal = NOUGHT
    moves: bool = True
    within: bool = False


def growth(last: Question) -> Iterator[tuple[GrowthRow, list[Change]]]:
    """Yield each day on which a total changed, up to that of a question, with what happened."""
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
            changes = list(_changes(before, items, question))
            why = "; ".join(one.words for one in changes)
            yield GrowthRow(day, total.amount, change, total.perhaps_gbp, why), changes
        before, held, perhaps = items, total.amount, total.perhaps_gbp


def _changes(
    before: Mapping[str, Item], now: Mapping[str, Item], question: Question
) -> Iterator[Change]:
    """Yield what happened to the sums of a question between two days."""
    for id_ in sorted(question.selected):
        item, earlier = now[id_], before.get(id_)
        if item.part_in or item.standing is Standing.NEVER:
            continue
        within = any(one not in before for one in item.parents)
        for said in _said(question, item, earlier, before):
            yield said._replace(size=item.money.stated, within=within)
    for id_ in sorted(now.keys() - before.keys() - question.selected):
        item = now[id_]
        if item.own.stated and (held := question.selected.intersection(item.parents)):
            lies = f"{_figured(question, item)}, in {question.named(sorted(held))}"
            yield Change(
                f"of something else: {lies}",
                f"{question.called(id_)} told apart",
                item.money.stated,
            )


def _said(
    question: Question, item: Item, earlier: Item | None, before: Mapping[str, Item]
) -> Iterator[Change]:
    """Say of a sum what happened to it, if anything did."""
    if earlier and (earlier.money, earlier.standing) == (item.money, item.standing):
        return  # of nearly all sums, on each day
    said, name = _figured(question, item), question.called(item.id)
    if earlier is None:
        verb = "repeated" if item.standing is Standing.RESTATED else "announced"
        held = [one for one in item.parents if one in before]
        short = f"{name}, part of {question.named(held)}" if held else name
        told = f"{verb}: {said}{_lies(question, item, before)}"
        yield Change(told, short, moves=item.id in question.counted)
        return
    if earlier.money != item.money:
        figures = f"{words.money(earlier.money)} to {words.money(item.money)}"
        yield Change(f"corrected: {name}, {figures}", f"{name}: {figures}")
    if earlier.standing is not item.standing:
        yield _moved(question, item)


def _figured(question: Question, item: Item) -> str:
    return f"{question.called(item.id)} ({words.money(item.money)})"


def _moved(question: Question, item: Item) -> Change:
    """Say of a sum that it counts, or no longer does."""
    said, name = _figured(question, item), question.called(item.id)
    match item.standing:
        case Standing.SUPERSEDED:
            return Change(f"replaced: {said} by {question.named(item.by)}", f"{name} replaced")
        case Standing.UNSURE:
            held = question.named(item.by)
            return Change(f"in doubt: {said} may be part of {held}", f"{name} now in doubt")
        case _:
            lies = _lies(question, item, question.ledger.items)
            return Change(f"counts from then on: {said}{lies}", name)


def _lies(question: Question, item: Item, before: Mapping[str, Item]) -> str:
    """Say of a sum that it is in others, known already, or may be."""
    if item.standing is Standing.UNSURE:
        return f", may be part of {question.named(item.by)}"
    known = [one for one in item.parents if one in before]
    return f", in {question.named(known)}" if known else ""
