"""How much has been promised, counting each pound once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.answers.question import Question, TotalsRow
from reformcalc.answers.totals.groupings import GROUPINGS
from reformcalc.answers.totals.notes import ADDING_UP, notes
from reformcalc.errors import UnknownId
from reformcalc.report import ID, Column, Report, Shape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reformcalc.answers.totals.groupings import Grouping


def totals(question: Question, by: Grouping = "envelope") -> Report[TotalsRow]:
    """Return the money promised by a day, in pounds, cash, grouped by one of `GROUPINGS`.

    Of new money, or in the prices of a year, where the question asks for that: the latter leaves
    out what has no stated years. Raises UnknownId for another grouping, Refused where no deflator
    reaches a year.
    """
    if by not in GROUPINGS:
        raise UnknownId("grouping", by, GROUPINGS)
    rows = tuple(GROUPINGS[by](question))
    divided = question.measure.prices is not None
    return Report(
        name="totals",
        as_of=question.record.as_of,
        dataset=question.record.stamp,
        headline=headline(question),
        rows=rows,
        row_type=TotalsRow,
        columns=(
            replace(ID, tree=by == "envelope"),
            Column(
                "title",
                shape=Shape.SENTENCE,
                under=(Column("remark"), Column("where", cites="cited")),
            ),
            Column("amount", "Promised", divided=divided, instead="missing"),
            *_in_doubt(question, by),
        ),
        total=question.total,
        notes=tuple(notes(question, by, rows)),
    )


def _in_doubt(question: Question, by: str) -> Iterator[Column]:
    if by in ADDING_UP and question.total.perhaps_gbp:
        yield Column("perhaps_gbp", "In doubt", divided=question.measure.prices is not None)


def headline(question: Question) -> str:
    row = question.total
    about = question.record.about.subject
    chosen = question.chosen.described(question.record)
    doubt = f", {row.remark}" if row.remark else ""
    limited = f" ({chosen})" if chosen else ""
    day = words.day(question.record.as_of)
    what = {"announced": "once, when announced", "each-year": "in each year"}
    measure = question.measure
    new = f" of new money ({what[measure.new]})" if measure.new else ""
    money = words.phrase(row.amount, words.millions) if measure.prices else words.money(row.amount)
    if row.missing:
        money = f"No money ({row.missing})"
    real = f" in {measure.prices.year} prices" if measure.prices else ""
    return f"{money}{new}{real} promised for {about}{limited}, as of {day}{doubt}"
