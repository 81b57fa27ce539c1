"""The three answers in a line each: what is promised, what was asked for, what is due next."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from reformcalc import words
from reformcalc.answers.comparison.comparison import Comparison
from reformcalc.answers.comparison.screen import CompareScreen
from reformcalc.answers.deadlines.dates import Dates
from reformcalc.answers.deadlines.listing import Listing
from reformcalc.answers.question import Question
from reformcalc.errors import Refused
from reformcalc.ledger.milestones import State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reformcalc.ledger.known import Known


class InShort(NamedTuple):
    """One answer: what is asked, the answer in a line, and the command that gives more."""

    asked: str
    answer: str
    command: str


def overview(record: Known) -> tuple[str, tuple[InShort, ...]]:
    """Return what the answers are of, and the three in their order.

    What the record does not hold is said in place of an answer.
    """
    subject = record.about.subject
    day = words.day(record.as_of)
    answers = (
        InShort("Promised", _promised(record), "totals"),
        InShort("Asked for", _asked_for(record), "compare"),
        InShort("Due next", _due_next(record), "deadlines"),
    )
    return f"{words.sentence(subject)}, as known on {day}", answers


def _promised(record: Known) -> str:
    question = Question(record)
    if not question.counted:
        return "no money that counts is recorded by this day"
    total = words.phrase(question.total.amount, words.short)
    each_year = replace(question.measure, new="each-year")
    new = replace(question, measure=each_year).money(question.counted)
    if new.high == 0:
        return f"{total}, none of it new"
    if new.is_exact and new.stated == question.total.amount.stated:
        return f"{total}, all of it new"
    return f"{total}, {words.phrase(new, words.short)} of it new"


def _asked_for(record: Known) -> str:
    try:
        return CompareScreen(Comparison(record)).in_short
    except Refused:
        others = len(record.benchmarks)
        if not others:
            return "no sum that was asked for is recorded by this day"
        return f"{words.counted(others, 'sum')} recorded: name one (list benchmarks)"


def _due_next(record: Known) -> str:
    rows = list(_to_come(record))
    if rows:
        due, name = rows[0]
        return f"{due}: {name}"
    return "nothing dated is to come" if record.milestones else "no dates are recorded by this day"


def _to_come(record: Known) -> Iterator[tuple[str, str]]:
    """Yield what is to come, soonest first: when, and what."""
    for row in Listing(Dates(record), [State.UPCOMING]).rows:
        yield row.due, record.milestones[row.id].name
