"""How a total has grown, as a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.answers.nothing import nothing
from reformcalc.answers.totals.over_time import growth
from reformcalc.answers.totals.screen import TotalsScreen
from reformcalc.errors import Refused
from reformcalc.report import Chart, Step
from reformcalc.values.money import NOUGHT

if TYPE_CHECKING:
    from reformcalc.answers.question import Question


def growth_chart(question: Question) -> Chart:
    """Return a total from each day on which it changed. Raises Refused where it never did."""
    record = question.record
    steps = tuple(
        Step(row.day, row.amount, NOUGHT + row.perhaps_gbp) for row, _ in growth(question)
    )
    if not steps:
        raise Refused(nothing(question).answer, "ask for a later day")
    first = steps[0]
    since = f"{words.short(first.amount.stated)} in {first.day:%B %Y}"
    return Chart(
        name="over-time",
        title=f"{TotalsScreen(question).answer}: it was {since}",
        unit="What was known to be promised on each day, each pound counted once; cash.",
        source=f"Source: {record.about.title}, version {record.stamp.version}.",
        as_of=record.as_of,
        steps=steps,
    )
