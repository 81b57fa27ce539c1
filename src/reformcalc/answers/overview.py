"""The answers in a line each: what is promised, what was asked for, what is answered and due."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from reformcalc import words
from reformcalc.answers.comparison.comparison import Comparison
from reformcalc.answers.comparison.screen import CompareScreen
from reformcalc.answers.council.council import Council
from reformcalc.answers.council.screen import answer
from reformcalc.answers.deadlines.dates import Dates
from reformcalc.answers.milestone_words import by_when
from reformcalc.answers.places import place
from reformcalc.answers.question import Question
from reformcalc.answers.recommendations.asking import Asking
from reformcalc.answers.responses import Answer
from reformcalc.errors import Refused
from reformcalc.ledger.milestones import State
from reformcalc.record.references import ENTRY_KINDS
from reformcalc.screen import Cell, Head, Line, Screen, Tone
from reformcalc.screen import Listing as Block

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reformcalc.ledger.known import Known


class InShort(NamedTuple):
    """One answer: what is asked, the answer in a line, and the command that gives more."""

    asked: str
    answer: str
    command: str


def overview(record: Known, body: str | None = None) -> tuple[str, tuple[InShort, ...]]:
    """Return what the answers are of, and each of them in their order; of a council that is named.

    What the record does not hold is said in place of an answer. Raises as `place` does.
    """
    subject = record.about.subject
    day = words.day(record.as_of)
    answers = (
        InShort("Promised", _promised(record), "totals"),
        InShort("Asked for", _asked_for(record), "compare"),
        InShort("Due next", _due_next(record), "deadlines"),
        InShort("Answered", _answered(record), "recommendations"),
        *_for_one(record, body),
    )
    return f"{words.sentence(subject)}, as known on {day}", answers


def overview_screen(record: Known, commands: Mapping[str, str], body: str | None = None) -> Screen:
    """Return the answers for one screen, with the other commands by what they are for below."""
    title, answers = overview(record, body)
    rows = tuple(
        Line((Cell(one.asked), Cell(one.answer, Tone.STRONG), Cell(one.command, Tone.QUIET)))
        for one in answers
    )
    others = tuple(Line((Cell(group), Cell(named))) for group, named in commands.items())
    return Screen(
        answer=title,
        listings=(
            Block((Head(), Head(grows=True), Head(right=True)), rows),
            Block((Head(), Head(grows=True)), (Line((Cell(""),)), *others)),
        ),
        ways=(*_examples(record), ("Help", "reformcalc --help, reformcalc totals --help")),
    )


def _examples(record: Known) -> Iterator[tuple[str, str]]:
    """Yield questions to type of a record: its commonest topic, and a day amid its promises."""
    topics = Counter(
        topic
        for kind in ENTRY_KINDS
        for entry in record.section(kind).values()
        for topic in entry.topics
    )
    if topics:
        yield "Find", f"reformcalc find {topics.most_common(1)[0][0]}"
    if days := record.days_of_money():
        yield "Another day", f"reformcalc totals --as-of {days[len(days) // 2]}"


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
    if new.low == 0 and (new.high is None or new.high == question.total.amount.stated):
        return f"{total}; no source says how much of it is new"
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
    for row in Dates(record).listing([State.DUE_NOW, State.UPCOMING]).rows:
        yield by_when(row.due, row.latest), record.milestones[row.id].name


def _answered(record: Known) -> str:
    asking = Asking(record)
    every = len(asking.entries)
    if not every:
        return "no recommendation is recorded by this day"
    rejected = asking.answers[Answer.REJECTED]
    said = f", {rejected} rejected" if rejected else ""
    answered = every - asking.answers[Answer.NONE]
    return f"{answered} of {words.counted(every, 'recommendation')}{said}"


def _for_one(record: Known, body: str | None) -> Iterator[InShort]:
    """Yield the answer for a council, or how many there are to ask about, where there are any."""
    councils = sum(one.kind == "council" for one in record.bodies.values())
    if body is not None and not record.groups.below([id_ := place(record, body)]):
        yield InShort("Council", answer(Council(record, id_)), f"for {id_}")
    elif councils:
        said = f"what each of {councils} is in, got and must do"
        yield InShort("Councils", said, "for COUNCIL")
