"""The tables of the answers: totals, comparison and deadlines as of the day, and what they rest on.

Their columns are the keys of the JSON of these commands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.errors import Refused
from reformcalc.export.table import NUMBER, Column, Content, Record, Table, Type
from reformcalc.known import Known
from reformcalc.milestones import State
from reformcalc.queries import until
from reformcalc.queries.deadlines.answers import deadlines
from reformcalc.queries.deadlines.dates import Dates
from reformcalc.queries.explain import explain
from reformcalc.queries.question import Question
from reformcalc.queries.totals import totals

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date
    from typing import Any

    from reformcalc.model import Dataset
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
        answers["compare"] = until.compare(record)
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


def _key(name: str, type_: Type, meaning: str, to: str | None = None) -> Column:
    """Make a column of a key of the JSON."""
    return Column(name, type_, meaning, lambda item: item.thing[name], to)


def _sum(name: str, meaning: str) -> tuple[Column, ...]:
    """Make the columns of a sum in the JSON."""
    prefix = "" if name == "amount" else f"{name}_"
    return (
        _key(f"{name}_gbp", Type.POUNDS, meaning),
        _key(f"{prefix}low_gbp", Type.POUNDS, "the least that it can be"),
        _key(f"{prefix}high_gbp", Type.POUNDS, "the most; empty for no bound"),
        _key(f"{prefix}qualifier", Type.TEXT, "exact, at-least, up-to, about or range"),
    )


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

TOTALS = Table(
    "totals",
    "The money promised by the day, each pound once, by envelope. Add up adds_gbp at depth 0.",
    ("id",),
    (
        _key("id", Type.TEXT, "a commitment, a part of one, or what is not itemised"),
        _key("title", Type.TEXT, "what it is"),
        _key("kind", Type.TEXT, "envelope, component, commitment, part or not-itemised"),
        _key("parent", Type.TEXT, "the row that it lies under", to="totals"),
        _key("depth", Type.WHOLE, "how many rows it lies under"),
        *_sum("amount", "what it states, whole"),
        _key("adds_gbp", Type.POUNDS, "what it and the rows under it add to the total"),
        _key("elsewhere_gbp", Type.POUNDS, "what lies in it, but counts in another row"),
        _key("perhaps_gbp", Type.POUNDS, "what may lie in another sum, and is in no total"),
        _key("unassigned_gbp", Type.POUNDS, "money of no one pillar that might belong here"),
        _key("where", Type.TEXT, "the source of what it states"),
        _key("sources", Type.TEXT, "its id; several where no one source prints the sum"),
        _key("prices", Type.TEXT, "in which prices these are; empty for cash"),
        _key("outside_gbp", Type.POUNDS, "what of it may be paid from what was not chosen"),
        _key("missing", Type.TEXT, "why there is no figure; empty where there is one"),
    ),
    _answer("totals"),
)

COUNTED = Table(
    "counted",
    "What each commitment itself adds to the total, and why: for sums of any choice of them.",
    ("id",),
    (
        _key("id", Type.TEXT, "a commitment, or a part of one in a second envelope"),
        _key("title", Type.TEXT, "what it is"),
        *_sum("amount", "what it states, whole"),
        _key("counts_gbp", Type.POUNDS, "what is left of it after all that lies inside it"),
        _key("reason", Type.TEXT, "why it counts so"),
        _key("prices", Type.TEXT, "in which prices counts_gbp is; empty for cash"),
    ),
    _answer("counted"),
)

COMPARE = Table(
    "compare",
    "The money promised against the dataset's own benchmark, on every basis.",
    ("basis",),
    (
        _key("basis", Type.TEXT, "which comparison"),
        _key("counts", Type.TEXT, "all-money or new-money"),
        _key("label", Type.TEXT, "the same in words"),
        _key("like_for_like", Type.TRUTH, "whether both sides count the same thing"),
        *_sum("committed", "what was promised"),
        *_sum("benchmark", "what was asked for"),
        _key("committed_years", Type.TEXT, "the financial years that the money is for"),
        _key("benchmark_years", Type.TEXT, "the years that it is asked for"),
        _key("share_percent", Type.NUMBER, "promised, per cent of asked"),
        _key("share_percent_low", Type.NUMBER, "the least that it can be"),
        _key("share_percent_high", Type.NUMBER, "the most; empty for no bound"),
        _key("gap_gbp", Type.POUNDS, "asked less promised"),
        _key("gap_low_gbp", Type.POUNDS, "the least that it can be"),
        _key("gap_high_gbp", Type.POUNDS, "the most; empty for no bound"),
        _key("verdict", Type.TEXT, "met, not-met or not-decided"),
        _key("verdict_reason", Type.TEXT, "why"),
        _key("assumption", Type.TEXT, "what the row rests on"),
        _key("would_settle", Type.TEXT, "what would bring a verdict, in words"),
        _key("short_gbp", Type.POUNDS, "the least that would decide"),
        _key("unknown_gbp", Type.POUNDS, "what no source tells of it"),
        _key("unknown_of", Type.TEXT, "of which commitments"),
        _key("in_doubt_gbp", Type.POUNDS, "what may belong to it and is not counted"),
        _key("in_doubt_of", Type.TEXT, "of which commitments"),
    ),
    _answer("compare"),
)

DEADLINES = Table(
    "deadlines",
    "Every milestone as it stood on the day.",
    ("id",),
    (
        _key("id", Type.TEXT, "the milestone", to="milestones"),
        _key("title", Type.TEXT, "what it is"),
        _key("nature", Type.TEXT, "step, duty, programme or aim"),
        _key("due", Type.TEXT, "when it falls, in the words now in force"),
        _key("first_due", Type.TEXT, "the words of the first promise"),
        _key("moved", Type.TEXT, "each later date that was given, in order"),
        _key("earliest", Type.DAY, "the first day that it can be"),
        _key("latest", Type.DAY, "the last day that it can be"),
        _key("edtf", Type.TEXT, "the same days in ISO 8601-2"),
        _key("precision", Type.TEXT, "how closely the words date it"),
        _key("repeats", Type.TEXT, "how often it comes round"),
        _key("state", Type.TEXT, f"{', '.join(State)}"),
        _key("days_left", Type.WHOLE, "days to the latest day; negative once it is past"),
        _key("slipped_days", Type.WHOLE, "how far the latest day has moved"),
        _key("days_late_low", Type.WHOLE, "by how many days it was late, at least"),
        _key("days_late_high", Type.WHOLE, "the same, at most"),
        _key("lead", Type.TEXT, "who promised it"),
        _key("acts", Type.TEXT, "who must act"),
        _key("pillar", Type.TEXT, "the pillar that it serves", to="pillars"),
        _key("topics", Type.TEXT, "its subjects"),
        _key("outcome_on", Type.TEXT, "when its outcome came"),
        _key("looked", Type.DAY, "the day of the search for an outcome that reaches furthest"),
        _key("reaches", Type.DAY, "the newest day that what was read can tell of"),
        _key("searched", Type.TEXT, "what was searched on that day"),
        _key("conditions", Type.TEXT, "what it was made subject to"),
        _key("due_inferred", Type.TRUTH, "whether the date is our reading of its sources"),
        _key("confidence", Type.TEXT, "how sure the record is of it"),
        _key("where", Type.TEXT, "the source of its outcome, else of the date now in force"),
        _key("sources", Type.TEXT, "its id"),
    ),
    _answer("deadlines"),
)

ANSWERS = (TOTALS, COUNTED, COMPARE, DEADLINES)
