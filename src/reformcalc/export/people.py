"""The sheets of a workbook that people use: money, deadlines, recommendations, one council.

They hold what the commands of these names answer, a row for each, with names in place of ids. What
programs use, every table of the record and of the answers, comes after them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from reformcalc import words
from reformcalc.answers.recommendations.screen import TONES
from reformcalc.answers.responses import Answer, in_words
from reformcalc.answers.states import TOLD
from reformcalc.export.answers import counted
from reformcalc.export.table import Type
from reformcalc.record.ids import entry_id
from reformcalc.screen import Tone
from reformcalc.values.money import round_pounds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from reformcalc.answers.council.rows import ForRow
    from reformcalc.answers.deadlines.rows import DeadlineRow
    from reformcalc.answers.recommendations.recommendations import RecommendationRow
    from reformcalc.export.answers import Counted
    from reformcalc.export.table import Content, Value
    from reformcalc.ledger.known import Known
    from reformcalc.record.model import Commitment
    from reformcalc.report import Report
    from reformcalc.values.money import Sum


class Cell(NamedTuple):
    """What a cell holds, where it leads on the web, and what its colour says beside its words."""

    value: Value
    link: str = ""
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a sheet: its head, how many letters wide it is, and what it takes from a row.

    What `adds` up has its sum below: of the rows that a filter leaves.
    """

    head: str
    width: int
    type: Type
    get: Callable[[Any], Value | Cell]
    adds: bool = False

    def cell(self, row: Any) -> Cell:
        """Return the cell of a row."""
        value = self.get(row)
        return value if isinstance(value, Cell) else Cell(value)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: what it is called, what it has, what must be known of it, its columns and rows."""

    name: str
    title: str
    has: str
    said: tuple[str, ...]
    fields: tuple[Field, ...]
    rows: tuple[tuple[Cell, ...], ...]


NAMES = ("money", "deadlines", "recommendations", "council", "cover")  # in small letters


def sheets(content: Content) -> tuple[Sheet, ...]:
    """Return the sheets that people use, in their order."""
    found = [_money(content), _deadlines(content), _recommendations(content)]
    return (*found, _council(content)) if "for" in content.answers else tuple(found)


def _report(content: Content, name: str) -> Report[Any]:
    report = content.answers[name]
    assert not isinstance(report, str), f"{name} is never refused"
    return report


def _answer(content: Content, name: str) -> str:
    """Return what a terminal shows first of an answer: the line that is the answer."""
    return content.screens[name]().answer


def _known(content: Content) -> str:
    """Say of which day a sheet is, and what it is limited to."""
    limits = f" Limited to: {content.limits}." if content.limits else ""
    return f"As known on {words.day(content.as_of)}.{limits}"


# The answers that have a sheet: what it is called, and what it has.
_SHEETS = {
    "totals": (
        "Money",
        "Each commitment: what it states, what counts, what is new, its years and its source",
    ),
    "deadlines": (
        "Deadlines",
        "Each milestone: when it is due, how it stands, who must act, and its source",
    ),
    "answered": (
        "Recommendations",
        "Each recommendation: who asked, what was answered, and what the answer names",
    ),
    "for": (
        "Council",
        "One council: what it is in, what it gets, what it must do, and what is not known",
    ),
}


def _sheet(
    content: Content,
    asked: str,
    said: Iterable[str],
    fields: tuple[Field, ...],
    rows: Iterable[Any],
) -> Sheet:
    """Fill the sheet of an answer: under its title stands of which day it is, then what is said."""
    name, has = _SHEETS[asked]
    filled = tuple(tuple(field.cell(row) for field in fields) for row in rows)
    return Sheet(name, _answer(content, asked), has, (_known(content), *said), fields, filled)


def _names(record: Known, ids: Iterable[str]) -> str:
    return "; ".join(record.bodies[id_].name for id_ in ids)


def _topics(record: Known, ids: Iterable[str]) -> str:
    return "; ".join(record.topics[id_].title for id_ in ids)


def _pillar(record: Known, id_: str | None) -> str:
    return record.pillars[id_].title if id_ else ""


def _link(record: Known, sources: Iterable[str]) -> Cell | None:
    """Return what leads to the first of some documents that is on the web.

    A cell of its own: LibreOffice shows one line alone of a cell that leads somewhere.
    """
    addresses = (record.source(one).url for one in sources)
    address = next(filter(None, addresses), None)
    return Cell("Open page", address) if address else None


def _source(record: Known, of: Callable[[Any], Any] = lambda row: row) -> tuple[Field, Field]:
    """Return the columns that end each sheet: who says so, and where that is on the web."""
    return (
        Field("Source", 24, Type.TEXT, lambda row: of(row).where),
        Field("Link", 11, Type.TEXT, lambda row: _link(record, of(row).sources)),
    )


def _pounds(amount: Sum | None) -> int | None:
    return None if amount is None else round_pounds(amount.stated)


_COUNTED = (
    (
        "Counted has each pound once: what lies in another sum counts there. In doubt is what may "
        "already lie in another sum: it is in no total."
    ),
    "The sums below the table are those of the rows that a filter leaves.",
    (
        "New is what was not being spent before, in each year that it lasts: at least what sources "
        "tell, at most with what none tells apart. An empty cell means that no source says it."
    ),
)


def _money(content: Content) -> Sheet:
    """Return what each commitment states, what of it counts, and what of that is new."""
    record = content.record

    def entry(row: Counted) -> Commitment:
        return record.commitments[entry_id(row.id)]

    def in_words(row: Counted) -> str | None:
        amount = row.counts.amount
        return None if amount is None or amount.is_exact else words.money(amount)

    def years(row: Counted) -> str:
        ends = dict.fromkeys(filter(None, (row.counts.first_year, row.counts.last_year)))
        return " to ".join(ends)

    fields = (
        Field("Commitment", 28, Type.TEXT, lambda row: row.counts.title),
        Field("Stated, £", 15, Type.POUNDS, lambda row: _pounds(row.counts.amount)),
        Field("In words, if not exact", 12, Type.TEXT, in_words),
        Field("Counted, £", 15, Type.POUNDS, lambda row: row.counts.counts_gbp, adds=True),
        Field("In doubt, £", 14, Type.POUNDS, lambda row: row.counts.perhaps_gbp, adds=True),
        Field("New, at least, £", 15, Type.POUNDS, lambda row: row.new_least, adds=True),
        Field("New, at most, £", 15, Type.POUNDS, lambda row: row.new_most, adds=True),
        Field("Years", 18, Type.TEXT, years),
        Field("Topics", 15, Type.TEXT, lambda row: _topics(record, entry(row).topics)),
        Field("Pillar", 14, Type.TEXT, lambda row: _pillar(record, entry(row).pillar)),
        Field("Lead", 11, Type.TEXT, lambda row: _names(record, entry(row).lead)),
        Field("Why it counts so", 24, Type.TEXT, lambda row: row.counts.reason),
        *_source(record, lambda row: row.counts),
    )
    return _sheet(content, "totals", _COUNTED, fields, counted(content))


_STATES = (
    "That no outcome is known does not mean that nothing was done.",
    (
        "First and last day are those that the words of the date can mean. Green: met or in force. "
        "Red: late, or past with no outcome found. Yellow: partly met."
    ),
)


def _deadlines(content: Content) -> Sheet:
    """Return what `deadlines --all` does, what is past first, then the soonest."""
    record, report = content.record, _report(content, "deadlines")

    def state(row: DeadlineRow) -> Cell:
        told = TOLD[row.state]
        return Cell(words.sentence(told.stands.partition(":")[0]), tone=told.tone)

    def first(row: DeadlineRow) -> str:
        return words.as_said(row.first_due) if row.moved else ""

    fields = (
        Field("Milestone", 30, Type.TEXT, lambda row: row.title),
        Field("State", 13, Type.TEXT, state),
        Field("Due", 13, Type.TEXT, lambda row: words.as_said(row.due)),
        Field("First day", 11, Type.DAY, lambda row: row.earliest),
        Field("Last day", 11, Type.DAY, lambda row: row.latest),
        Field("How long", 10, Type.TEXT, lambda row: row.when),
        Field("First promised for", 13, Type.TEXT, first),
        Field("Promised by", 12, Type.TEXT, lambda row: _names(record, row.lead)),
        Field("To act", 13, Type.TEXT, lambda row: _names(record, row.acts)),
        Field("Topics", 15, Type.TEXT, lambda row: _topics(record, row.topics)),
        Field("What to know", 30, Type.TEXT, lambda row: row.remark),
        *_source(record),
    )
    said = (*(note.text for note in report.notes), *_STATES)
    return _sheet(content, "deadlines", said, fields, report.rows)


_ANSWERS = (
    (
        "No answer means that the record has none by the day. Money and steps are those that the "
        "answers name: a step that is met is not the recommendation done."
    ),
)


def _recommendations(content: Content) -> Sheet:
    """Return every recommendation with its answer, and the money and steps that it names."""
    record = content.record

    def answer(row: RecommendationRow) -> Cell:
        given = Answer(row.response)
        return Cell(words.sentence(in_words(given)), tone=TONES.get(given, Tone.PLAIN))

    fields = (
        Field("Recommendation", 30, Type.TEXT, lambda row: row.title),
        Field("Asked by", 13, Type.TEXT, lambda row: record.bodies[row.by].name),
        Field("Made", 12, Type.TEXT, lambda row: row.made),
        Field("Asked of", 12, Type.TEXT, lambda row: _names(record, row.to)),
        Field("Topics", 15, Type.TEXT, lambda row: _topics(record, row.topics)),
        Field("Answer", 10, Type.TEXT, answer),
        Field("Answered", 13, Type.TEXT, lambda row: row.answered_on),
        Field("How far the answer goes", 24, Type.TEXT, lambda row: row.note),
        Field("Done instead", 18, Type.TEXT, lambda row: row.instead),
        Field("Money named, £", 15, Type.POUNDS,
              lambda row: None if row.missing else _pounds(row.amount)),
        Field("Steps named", 12, Type.TEXT, lambda row: row.stand.removeprefix("steps: ")),
        *_source(record),
    )  # fmt: skip
    rows = _report(content, "answered").rows
    return _sheet(content, "answered", _ANSWERS, fields, rows)


def _council(content: Content) -> Sheet:
    """Return all that is known of one council, and what is known not to be known."""
    record = content.record

    def state(row: ForRow) -> str:
        return words.sentence(row.state.replace("-", " "))

    fields = (
        Field("What it is about", 17, Type.TEXT, lambda row: row.heading),
        Field("Entry", 28, Type.TEXT, lambda row: row.title),
        Field("What it says of the council", 24, Type.TEXT, lambda row: row.says),
        Field("State", 13, Type.TEXT, state),
        Field("When", 14, Type.TEXT, lambda row: words.as_said(row.when)),
        Field("Day", 11, Type.DAY, lambda row: row.day),
        Field("What it gets, £", 15, Type.POUNDS, lambda row: _pounds(row.amount)),
        Field("Shared by", 9, Type.WHOLE, lambda row: row.shared_by),
        Field("Named as", 13, Type.TEXT, lambda row: record.bodies[row.named].name),
        Field("Read from", 18, Type.TEXT, lambda row: row.inferred),
        *_source(record),
    )
    report = _report(content, "for")
    return _sheet(content, "for", report.sentences, fields, report.rows)
