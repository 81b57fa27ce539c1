"""The tables of the answers: totals, comparison and deadlines as of the day, and what they rest on.

Their columns are the keys of the JSON of these commands, as their rows describe them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from reformcalc import words
from reformcalc.answers.chosen import EVERYTHING, Chosen
from reformcalc.answers.comparison.compare import compare
from reformcalc.answers.comparison.comparison import Comparison
from reformcalc.answers.comparison.screen import CompareScreen
from reformcalc.answers.comparison.verdict import CompareRow
from reformcalc.answers.council.council import Council
from reformcalc.answers.council.report import for_council
from reformcalc.answers.council.screen import CouncilScreen
from reformcalc.answers.deadlines.answers import deadlines
from reformcalc.answers.deadlines.dates import Dates
from reformcalc.answers.deadlines.rows import DeadlineRow
from reformcalc.answers.deadlines.screen import DeadlinesScreen
from reformcalc.answers.question import Question, TotalsRow
from reformcalc.answers.recommendations.asking import Asking
from reformcalc.answers.recommendations.recommendations import (
    RecommendationRow,
    recommendations,
)
from reformcalc.answers.recommendations.screen import screen as recommendations_screen
from reformcalc.answers.totals.explain import ExplainRow, explain
from reformcalc.answers.totals.screen import TotalsScreen
from reformcalc.answers.totals.totals import totals
from reformcalc.errors import Refused
from reformcalc.export.table import NUMBER, Column, Content, Record, Table, Type
from reformcalc.ledger.known import Known
from reformcalc.ledger.measure import Measure
from reformcalc.ledger.milestones import State
from reformcalc.record.ids import entry_id
from reformcalc.rows import Kind, keys

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date
    from typing import Any

    from reformcalc.record.model import Dataset
    from reformcalc.report import Report
    from reformcalc.screen import Screen


def content(
    dataset: Dataset, *, as_of: date, digest: str = "", chosen: Chosen = EVERYTHING
) -> Content:
    """Ask the questions of the day, and gather what is exported."""
    return gathered(dataset, Known(dataset, as_of), digest, chosen)


def gathered(
    dataset: Dataset, record: Known, digest: str, chosen: Chosen, council: str | None = None
) -> Content:
    """Ask a record of a day, limited to what is chosen, and gather what is exported.

    With what is known of one council, if one is named.
    """
    question, dates = Question(record, chosen), Dates(record, chosen)
    asking, every = Asking(record, chosen), tuple(State)
    new = Measure(new="each-year")
    answers: dict[str, Report[Any] | str] = {
        "totals": totals(question),
        "counted": explain(question),
        NEW_LEAST: explain(replace(question, measure=new)),
        NEW_MOST: explain(replace(question, measure=replace(new, untold_as_new=True))),
        "deadlines": deadlines(dates, every),
        "answered": recommendations(asking),
    }
    screens: dict[str, Callable[[], Screen]] = {
        "totals": TotalsScreen(question).screen,
        "deadlines": DeadlinesScreen(dates.listing(every)).screen,
        "answered": lambda: recommendations_screen(asking),
    }
    try:
        comparison = Comparison(record, chosen)
        answers["compare"] = compare(comparison)
        screens["compare"] = CompareScreen(comparison).screen
    except Refused as refusal:
        answers["compare"] = f"No comparison: {refusal}"
    if council:
        of = Council(record, council)
        answers["for"], screens["for"] = for_council(of), CouncilScreen(of).screen
    return Content(dataset, digest, record, answers, screens, chosen.described(record))


# What is known to be new, and that with what no source tells from old: two ends of one answer.
NEW_LEAST, NEW_MOST = "new_least", "new_most"
# Other forms of the totals, which say the same.
_OF_TOTALS = ("counted", NEW_LEAST, NEW_MOST)


def _answer(name: str) -> Callable[[Content], Iterator[Record]]:
    """Return what lists the rows of an answer; there are none where it was refused."""

    def items(content: Content) -> Iterator[Record]:
        report = content.answers[name]
        if not isinstance(report, str):
            yield from (Record("", row) for row in report.to_dicts())

    return items


def _table(name: str, meaning: str, key: str, row_type: type[Any]) -> Table:
    """Make the table of an answer, of the keys of its rows."""
    columns = (
        Column(
            one.name,
            Type.LIST if one.many else _TYPES.get(one.kind, Type.TEXT),
            one.meaning,
            _of(one.name),
            one.names,
        )
        for one in keys(row_type)
    )
    return Table(name, meaning, (key,), tuple(columns), _answer(name))


_TYPES = {
    Kind.POUNDS: Type.POUNDS,
    Kind.PERCENTAGE: Type.NUMBER,
    Kind.POINTS: Type.NUMBER,
    Kind.WHOLE: Type.WHOLE,
    Kind.DAY: Type.DAY,
    Kind.TRUTH: Type.TRUTH,
}


def _of(key: str) -> Callable[[Record], Any]:
    return lambda item: item.thing[key]


def _notes(content: Content) -> Iterator[Record]:
    about = content.dataset.about
    record = (
        f"{about.title}, version {about.version} ({content.digest}).",
        f"{words.listed(ANSWERED_NAMES).capitalize()} are as known on {words.day(content.as_of)}.",
        *([f"They are limited to: {content.limits}."] if content.limits else []),
        "All other tables hold the whole record, whatever the day.",
        f"Kept by {about.publisher}; last reviewed on {words.day(about.reviewed)}.",
        f"Licence: {about.licence}",
        "Columns that end in _gbp are whole pounds. An empty high means that there is no bound.",
    )
    yield from _numbered("record", record)
    for name, report in sorted(content.answers.items()):
        if name in _OF_TOTALS:
            continue
        said = (report,) if isinstance(report, str) else (report.headline, *report.sentences)
        yield from _numbered(name, said)


def _numbered(about: str, said: Iterable[str]) -> Iterator[Record]:
    return (Record(about, text, number) for number, text in enumerate(said, 1))


NOTES = Table(
    "notes",
    "What the tables are, the answers in a sentence, and what these rest on.",
    ("about", "number"),
    (
        Column("about", Type.TEXT, "the record, or the answer", lambda item: item.entry),
        NUMBER,
        Column("note", Type.TEXT, "the sentence", lambda item: item.thing),
    ),
    _notes,
)

TOTALS = _table(
    "totals",
    "The money promised by the day, each pound once, by envelope. Add up adds_gbp at depth 0.",
    "id",
    TotalsRow,
)

COUNTED = _table(
    "counted",
    "What each commitment itself adds to the total, and why: for sums of any choice of them.",
    "id",
    ExplainRow,
)

COMPARE = _table(
    "compare",
    "The money promised against the dataset's own benchmark, on every basis.",
    "basis",
    CompareRow,
)

DEADLINES = _table(
    "deadlines",
    "Every milestone as it stood on the day, save what concerns one council alone.",
    "id",
    DeadlineRow,
)

ANSWERED = _table(
    "answered",
    "Every recommendation with how it was answered by the day, and the money and steps named.",
    "id",
    RecommendationRow,
)


class Counted(NamedTuple):
    """A commitment of the day, or a part of one: what of it counts, and what of that is new."""

    id: str
    counts: ExplainRow
    new_least: int
    new_most: int


def counted(content: Content) -> Iterator[Counted]:
    """Yield what was known by the day, what counts most first."""
    new, most = (
        {row.id: row.counts_gbp for row in report.rows}
        for report in map(content.answers.__getitem__, (NEW_LEAST, NEW_MOST))
        if not isinstance(report, str)
    )
    report = content.answers["counted"]
    assert not isinstance(report, str)
    for row in report.rows:
        if entry_id(row.id) in content.record.commitments:
            yield Counted(row.id, row, new[row.id], most[row.id])


NEW_MONEY = Table(
    "new_money",
    "How much of what each commitment of the day adds was not being spent before.",
    ("id",),
    (
        Column("id", Type.TEXT, "the row of counted", lambda item: item.entry, "counted"),
        Column(
            "commitment",
            Type.TEXT,
            "the commitment that it is, or is a part of",
            lambda item: entry_id(item.entry),
            "commitments",
        ),
        Column(
            "new_low_gbp",
            Type.POUNDS,
            "what is known to be new, in each year that it lasts",
            lambda item: item.thing.new_least,
        ),
        Column(
            "new_high_gbp",
            Type.POUNDS,
            "that with what no source tells from old",
            lambda item: item.thing.new_most,
        ),
    ),
    lambda content: (Record(one.id, one) for one in counted(content)),
)

ANSWERS = (TOTALS, COUNTED, COMPARE, DEADLINES, ANSWERED)
ANSWERED_NAMES = (*(table.name for table in ANSWERS), NEW_MONEY.name)
