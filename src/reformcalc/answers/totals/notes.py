"""The sentences of totals: how their rows add up, what is in doubt, what the money is.

A caution is a function of the question, what it is grouped by, and the rows. They stand in one
list, in the order in which they are printed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import TypeAlias

from reformcalc import words
from reformcalc.answers.chosen import age
from reformcalc.answers.citing import differs
from reformcalc.answers.nothing import nothing
from reformcalc.answers.question import Question, TotalsRow, gbp
from reformcalc.report import Note

Rows: TypeAlias = Collection[TotalsRow]
Caution: TypeAlias = Callable[[Question, str, Rows], Iterator[Note]]

# Groups that add up to the whole keep its doubt, in a column of its own.
ADDING_UP = ("pillar", "lead", "stage", "spending")


def notes(question: Question, by: str, rows: Rows) -> Iterator[Note]:
    """Yield what is to be said of some totals, in printed order."""
    for caution in OF_TOTALS:
        yield from caution(question, by, rows)


def _no_figure(question: Question, _by: str, _rows: Rows) -> Iterator[Note]:
    if question.total.missing:
        yield Note(nothing(question).sentences)


def _how_rows_add_up(_question: Question, by: str, rows: Rows) -> Iterator[Note]:
    match by:
        case "envelope":
            yield Note(
                "Each pound is counted once: parts are inside their envelope.",
                " (--explain says why)",
            )
        case "topic":
            yield Note(
                "A sum can have several topics, and is in doubt only where what it may be part of "
                "has the same one, so these rows do not add up to the total."
            )
        case "pillar" if any(row.unassigned_gbp for row in rows):
            yield Note(
                "What is not assigned to one pillar has a row of its own and might belong to any. "
                "Do not add it to a pillar's bounds: where a sum is open, they allow for it "
                "already."
            )
        case "year":
            yield Note(
                "Money that no source splits between its years, or whose years add to more, has no "
                "yearly split here."
            )


def _elsewhere_too(question: Question, _by: str, rows: Rows) -> Iterator[Note]:
    if question.chosen.envelope and any(row.elsewhere_gbp for row in rows):
        yield Note(
            "Part of this envelope is also in another: such answers do not add up to the total."
        )


def _in_doubt(question: Question, by: str, _rows: Rows) -> Iterator[Note]:
    """Say what may be counted already, and what of the money may be paid from what is not here."""
    if question.total.perhaps_gbp:
        yield Note(
            f"In doubt: {question.written(question.total.perhaps_gbp)} may be part of other sums, "
            "and is in no total."
        )
        if by in ADDING_UP:
            hint = "" if by in ("stage", "spending") else f" (--{by} asks for one alone)"
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


def _unsized(question: Question, _by: str, _rows: Rows) -> Iterator[Note]:
    """Name what was promised and counts nothing, since no source says how much it is."""
    # Of an envelope that is asked for alone, it is the answer itself.
    if ids := [id_ for id_ in question.missing_sums() if id_ != question.chosen.envelope]:
        entries = question.record.commitments
        named = "; ".join(f"{entries[id_].name}: {entries[id_].reason}" for id_ in ids)
        yield Note(f"Of unknown size, and so in no total: {named}")


def _new(question: Question, _by: str, _rows: Rows) -> Iterator[Note]:
    """Say what new money is, and what no source tells apart."""
    if question.measure.new is None:
        return
    yield Note(
        "New is what was not being spent before. A sum that carries on another is new in each year "
        "that it lasts, and nothing new when it was announced."
    )
    untold = question.untold(question.counted)
    if untold:
        most = gbp(question.own_money(untold))
        yield Note(
            f"No source says how much of {question.named(untold)} is new: only the highest figure "
            f"has its {most}."
        )


def _corrected(question: Question, _by: str, _rows: Rows) -> Iterator[Note]:
    """Say what a later document has told to be the same money."""
    if question.stated and (corrected := question.corrected()):
        yield Note(
            f"Corrected since: {gbp(corrected)} was counted twice, in two sums that were only "
            "later said to hold the same money."
        )


def _real(question: Question, _by: str, _rows: Rows) -> Iterator[Note]:
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


def _what_it_rests_on(question: Question, _by: str, _rows: Rows) -> Iterator[Note]:
    """Count the sources, and say whether the money is cash, and new."""
    cited = {
        claim.source
        for id_ in question.selected
        for claim in question.ledger.items[id_].entry.claims
        if question.record.is_out(claim)
    }
    cash = "Real terms" if question.measure.prices else "Cash"
    said = f"{words.counted(len(cited), 'source').capitalize()}. {cash}"
    if question.measure.new:
        yield Note(f"{said}.")
    else:
        yield Note(f"{said}, new or not.", " (--new leaves out what was spent before)")


def _disputed(question: Question, _by: str, _rows: Rows) -> Iterator[Note]:
    """Name the sums of which sources differ."""
    entries = question.record.commitments
    disputed = sorted(
        id_
        for id_ in (question.counted | question.unsure) & entries.keys()
        if differs(question.record, entries[id_])
    )
    if disputed:
        yield Note(
            f"Sources differ on {question.named(disputed)}.",
            ": reformcalc conflicts says who gives which figure, and which is used",
        )


def _age(question: Question, _by: str, _rows: Rows) -> Iterator[Note]:
    yield from age(question.record)


OF_TOTALS: Sequence[Caution] = (
    _no_figure,
    _how_rows_add_up,
    _elsewhere_too,
    _in_doubt,
    _unsized,
    _new,
    _corrected,
    _real,
    _what_it_rests_on,
    _disputed,
    _age,
)
