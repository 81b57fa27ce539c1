"""How much has been promised, counting each pound once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.answers.chosen import age
from reformcalc.answers.citing import differs
from reformcalc.answers.nothing import nothing
from reformcalc.answers.question import Question, TotalsRow, gbp
from reformcalc.answers.totals.groupings import ADDING_UP, GROUPINGS
from reformcalc.errors import UnknownId
from reformcalc.report import ID, Column, Note, Report, Shape

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator


def totals(question: Question, by: str = "envelope") -> Report[TotalsRow]:
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


def notes(question: Question, by: str, rows: Collection[TotalsRow]) -> Iterator[Note]:
    if question.total.missing:
        yield Note(nothing(question).sentences)
    if by == "envelope":
        yield Note(
            "Each pound is counted once: parts are inside their envelope.", " (--explain says why)"
        )
    elif by == "topic":
        yield Note(
            "A sum can have several topics, and is in doubt only where what it may be part of "
            "has the same one, so these rows do not add up to the total."
        )
    elif by == "pillar" and any(row.unassigned_gbp for row in rows):
        yield Note(
            "What is not assigned to one pillar has a row of its own and might belong to any. Do "
            "not add it to a pillar's bounds: where a sum is open, they allow for it already."
        )
    elif by == "year":
        yield Note(
            "Money that no source splits between its years, or whose years add to more, has no "
            "yearly split here."
        )
    if question.chosen.envelope and any(row.elsewhere_gbp for row in rows):
        yield Note(
            "Part of this envelope is also in another: such answers do not add up to the total."
        )
    yield from _doubt_notes(question, by)
    yield from _unsized(question)
    yield from _new_notes(question)
    if question.stated and (corrected := question.corrected()):
        yield Note(
            f"Corrected since: {gbp(corrected)} was counted twice, in two sums that were only "
            "later said to hold the same money."
        )
    disputed = sorted(
        id_
        for id_ in (question.counted | question.unsure) & question.record.commitments.keys()
        if differs(question.record, question.record.commitments[id_])
    )
    cited = {
        claim.source
        for id_ in question.selected
        for claim in question.ledger.items[id_].entry.claims
        if question.record.is_out(claim)
    }
    yield from _real_notes(question)
    cash = "Real terms" if question.measure.prices else "Cash"
    said = f"{words.counted(len(cited), 'source').capitalize()}. {cash}"
    if question.measure.new:
        yield Note(f"{said}.")
    else:
        yield Note(f"{said}, new or not.", " (--new leaves out what was spent before)")
    if disputed:
        yield Note(
            f"Sources differ on {question.named(disputed)}.",
            ": reformcalc conflicts says who gives which figure, and which is used",
        )
    yield from age(question.record)


def _doubt_notes(question: Question, by: str) -> Iterator[Note]:
    """Say what may be counted already, and what of the money may be paid from what is not here."""
    if question.total.perhaps_gbp:
        yield Note(
            f"In doubt: {question.written(question.total.perhaps_gbp)} may be part of other sums, "
            "and is in no total."
        )
        if by in ADDING_UP:
            hint = f" (--{by} asks for one alone)" if by in ("pillar", "lead") else ""
            yield Note(
                "What is in doubt is so in the whole answer, whichever group the other sum is of.",
                hint,
            )
    paid = [
        f"up to {words.pounds(one.from_outside)} of {question.named(one.named)} may be part of "
        f"{question.named(one.outside)}"
        for one in question.doubt.groups
        if one.outside and one.from_outside and one.ids & question.counted
    ]
    if paid:
        yield Note(
            f"Counted here, though it may be paid from outside what is chosen: {'; '.join(paid)}."
        )


def _unsized(question: Question) -> Iterator[Note]:
    """Name what was promised and counts nothing, since no source says how much it is."""
    # Of an envelope that is asked for alone, it is the answer itself.
    if ids := [id_ for id_ in question.unsized() if id_ != question.chosen.envelope]:
        entries = question.record.commitments
        named = "; ".join(f"{entries[id_].name}: {entries[id_].reason}" for id_ in ids)
        yield Note(f"Of unknown size, and so in no total: {named}")


def _new_notes(question: Question) -> Iterator[Note]:
    """Say what new money is, and what no source tells apart."""
    if question.measure.new is None:
        return
    yield Note(
        "New is what was not being spent before the reform. A sum that carries on another is new "
        "in each year that it lasts, and nothing new when it was announced."
    )
    untold = question.untold(question.counted)
    if untold:
        most = gbp(question.own_money(untold))
        yield Note(
            f"No source says how much of {question.named(untold)} is new: only the highest figure "
            f"has its {most}."
        )


def _real_notes(question: Question) -> Iterator[Note]:
    """Say which prices these are, how years were told apart, and what has none."""
    if question.prices is None:
        return
    said = f"In {question.prices}."
    if question.measure.is_spread_evenly(question.ledger, question.counted):
        spread = question.written(question.total.adds_gbp)
        said += (
            f" Evenly spread over the years of each sum it is {spread}; the bounds put each sum in "
            "its dearest and in its cheapest year."
        )
    yield Note(said)
    if left := question.without_years():
        money = gbp(question.own_money(left))
        yield Note(
            f"Without {question.named(left)} ({money} in cash): no source says for which years."
        )
