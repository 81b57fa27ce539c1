"""The tables of the answers: totals, comparison and deadlines as of the day, and what they rest on.

Their columns are the keys of the JSON of these commands, as their rows describe them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.answers.comparison.compare import compare
from reformcalc.answers.comparison.comparison import Comparison
from reformcalc.answers.comparison.verdict import CompareRow
from reformcalc.answers.deadlines.answers import deadlines
from reformcalc.answers.deadlines.dates import Dates
from reformcalc.answers.deadlines.rows import DeadlineRow
from reformcalc.answers.question import Question, TotalsRow
from reformcalc.answers.totals.explain import ExplainRow, explain
from reformcalc.answers.totals.totals import totals
from reformcalc.errors import Refused
from reformcalc.export.table import NUMBER, Column, Content, Record, Table, Type
from reformcalc.ledger.known import Known
from reformcalc.ledger.milestones import State
from reformcalc.rows import Kind, keys

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date
    from typing import Any

    from reformcalc.record.model import Dataset
    from reformcalc.report import Report


def content(dataset: Dataset, *, as_of: date, digest: str = "") -> Content:
    """Ask the questions of the day, and gather what is exported."""
    record = Known(dataset, as_of)
    question = Question(record)
    answers: dict[str, Report[Any] | str] = {
        "totals": totals(question),
        "counted": explain(question),
        "deadlines": deadlines(Dates(record, local=True), tuple(State)),
    }
    try:
        answers["compare"] = compare(Comparison(record))
    except Refused as refusal:
        answers["compare"] = f"No comparison: {refusal}"
    return Content(dataset, digest, as_of, answers)


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
        Column(one.name, _TYPES.get(one.kind, Type.TEXT), one.meaning, _of(one.name), one.names)
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
        f"Totals, counted, compare and deadlines are as known on {words.day(content.as_of)}.",
        "All other tables hold the whole record, whatever the day.",
        f"Kept by {about.publisher}; last reviewed on {words.day(about.reviewed)}.",
        f"Licence: {about.licence}",
        "Columns that end in _gbp are whole pounds. An empty high means that there is no bound.",
    )
    yield from _numbered("record", record)
    for name, report in sorted(content.answers.items()):
        if name == "counted":  # another form of the totals, which say the same
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

DEADLINES = _table("deadlines", "Every milestone as it stood on the day.", "id", DeadlineRow)

ANSWERS = (TOTALS, COUNTED, COMPARE, DEADLINES)
