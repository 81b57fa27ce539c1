"""All answers of one day as a document: what a committee paper needs, with its sources."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from reformcalc import words
from reformcalc.answers.chosen import age, names
from reformcalc.answers.comparison.compare import compare
from reformcalc.answers.comparison.comparison import Comparison
from reformcalc.answers.comparison.over_years import over_years
from reformcalc.answers.comparison.sensitivity import sensitivity
from reformcalc.answers.deadlines.answers import deadlines, slipped
from reformcalc.answers.deadlines.dates import Dates
from reformcalc.answers.lookup.conflicts import conflicts
from reformcalc.answers.lookup.sources import sources
from reformcalc.answers.milestone_words import leads_and_acts
from reformcalc.answers.question import Question
from reformcalc.answers.recommendations.asking import Asking
from reformcalc.answers.recommendations.recommendations import recommendations
from reformcalc.answers.totals.screen import TotalsScreen
from reformcalc.answers.totals.totals import totals
from reformcalc.errors import Refused
from reformcalc.ledger.milestones import OPEN, PAST, State
from reformcalc.report import Column, Document, Note, Section, Shape, Stretch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from reformcalc.answers.comparison.verdict import CompareRow
    from reformcalc.answers.deadlines.rows import DeadlineRow
    from reformcalc.ledger.known import Known
    from reformcalc.report import Report
    from reformcalc.screen import Screen

# What the answers rest on, under words of the glossary; docs/method.md says it at length.
METHOD = """
Counted: each pound once. A sum that is part of another adds nothing to it, and what no source
breaks down has a row of its own.

Known: what was announced by the day, at the size that it then had. Where the record has that size
only from a later document, the row says so.

"Over" has a floor and no ceiling, "up to" a ceiling and no floor. What is part of a firm sum cannot
be more than the sum leaves.

In doubt: money that may already be part of another sum. It is in no total and stands beside it.

New money: what was not being spent before the reform.

Like for like: both sides count the same thing. That is new money in each year, where that was asked
for; all money, where all was.

Verdict: only where the bounds allow one and the basis can carry it; otherwise it is not settled.
All money includes old money, so reaching an ask for new money proves nothing; new money counted
once can show that the ask is met, not that it is missed.

A sum of several years is spread evenly for the figure in the middle; no verdict rests on that.

Late: a source says that it had not happened after its last day. Past that day with no outcome
known, either none was found in pages that reach beyond it, or nobody has looked. Neither means that
nothing was done.
"""


def briefing(record: Known, acts: Sequence[str] = ()) -> Document:
    """Return the answers of a day as a document. What cannot be answered is left out, and said.

    `acts` limits its deadlines to what these bodies must do. Raises UnknownId for one that the
    dataset does not have.
    """
    settled = [state for state in State if state not in (*OPEN, State.UNDATED)]
    question, dates = Question(record), Dates(record, acts=acts)
    open_deadlines = deadlines(dates)
    answers: dict[str, Callable[[], Report[Any]]] = {
        "totals": lambda: totals(question),
        "pillars": lambda: totals(question, "pillar"),
        "compare": lambda: compare(Comparison(record)),
        "sensitivity": lambda: sensitivity(Comparison(record)),
        "over-years": lambda: over_years(Comparison(record)),
        "deadlines": lambda: open_deadlines,
        "undated": lambda: deadlines(dates, [State.UNDATED]),
        "slipped": lambda: slipped(dates),
        "settled": lambda: deadlines(dates, settled),
        "recommendations": lambda: recommendations(Asking(record)),
        "conflicts": lambda: conflicts(record),
        "sources": lambda: sources(record),
    }
    found, refused = _answered(answers)
    money = _at_first_look(TotalsScreen(question).screen())
    in_short = (money, *_in_short(record, found, refused))
    spans = tuple(_spans(record, open_deadlines.rows))
    return Document(
        title=f"{record.about.title}, as of {words.day(record.as_of)}",
        as_of=record.as_of,
        dataset=record.stamp,
        imprint=kept_by(record),
        sections=(
            Section("in-short", "In short", in_short),
            *_sections(record, found, spans, {*in_short}),
            Section("method", "How it is counted", method(record)),
        ),
    )


def kept_by(record: Known) -> str:
    """Say who keeps a record, and on what terms it can be used."""
    return f"Record kept by {record.about.publisher}. {record.about.licence}"


def method(record: Known) -> tuple[str, ...]:
    """Return what the answers rest on, and what the record says that it holds and does not."""
    said = filter(None, (record.about.holds, record.about.limits))
    return (*METHOD.strip().split("\n\n"), *said)


# Of each section: its heading, how its bars are drawn.
_HEADINGS = {
    "totals": ("How much was promised", ""),
    "pillars": ("By pillar", ""),
    "compare": ("Is it what was asked for?", ""),
    "sensitivity": ("What the answer turns on", "ranges"),
    "over-years": ("Year by year", "years"),
    "deadlines": ("What falls due", ""),
    "undated": ("Promised without a date", ""),
    "slipped": ("What was given another date", ""),
    "settled": ("What came of the rest", ""),
    "recommendations": ("What was recommended, and what was answered", ""),
    "conflicts": ("Where sources differ", ""),
    "sources": ("Sources", ""),
}


def _answered(
    answers: Mapping[str, Callable[[], Report[Any]]],
) -> tuple[dict[str, Report[Any]], list[str]]:
    """Ask each question; return the answers, and why others have none.

    A refusal's remedy is left out: it is for those who have the program.
    """
    found: dict[str, Report[Any]] = {}
    refused: dict[str, list[str]] = {}
    for name, ask in answers.items():
        try:
            found[name] = ask()
        except Refused as refusal:
            refused.setdefault(refusal.reason, []).append(_HEADINGS[name][0].rstrip("?"))
    return found, [f"{words.listed(named)}: {reason}." for reason, named in refused.items()]


def _sections(
    record: Known, found: Mapping[str, Report[Any]], spans: tuple[Stretch, ...], said: set[str]
) -> Iterator[Section]:
    """Yield each answer under its heading; a note that was `said` before is not said again."""
    leads: set[str] = set()
    for name, (heading, drawn) in _HEADINGS.items():
        if (report := found.get(name)) and report.rows:
            drawn_spans = spans if name == "deadlines" else ()
            lead = f"{words.sentence(report.finding) or report.headline}."
            new = _unsaid([note.text for note in report.notes], said)
            report = for_a_page(record, replace(report, notes=tuple(map(Note, new))))
            yield Section(name, heading, _unsaid([lead], leads), report, drawn, drawn_spans)


def _unsaid(sentences: Iterable[str], said: set[str]) -> tuple[str, ...]:
    """Return the sentences that no section before has, and keep them as said."""
    new = tuple(one for one in sentences if one not in said)
    said.update(new)
    return new


def for_a_page(record: Known, report: Report[Any]) -> Report[Any]:
    """Show what a terminal has no room for: names, licences."""
    columns = report.columns
    if report.name == "totals":
        columns = (*columns, Column("adds_gbp", "Counted", Shape.FIGURE))
    elif report.name == "sources":
        columns = (*columns, Column("accessed", "Read on"), Column("licence", "Licence"))
    elif report.name == "deadlines":
        rows = (
            replace(
                row,
                who=leads_and_acts(names(record, row.lead), names(record, row.acts)),
                due=words.as_said(row.due),
            )
            for row in report.rows
        )
        report = replace(report, rows=tuple(rows))
    return replace(report, columns=columns)


def _in_short(
    record: Known, found: Mapping[str, Report[Any]], refused: Iterable[str]
) -> Iterator[str]:
    """Yield what each answer but the totals finds, why others have none, and the record's age."""
    for name in ("compare", "sensitivity", "over-years", "deadlines"):
        if report := found.get(name):
            # What is set against what is said once: by compare.
            yield f"{words.sentence(report.finding) or report.headline}."
            if name == "compare":
                yield from _like_for_like(report.rows)
    for state, heading in ((State.DUE_NOW, "Due now"), (State.UPCOMING, "To come next")):
        rows = [row for row in found["deadlines"].rows if row.state is state][:_NEXT]
        if rows:
            named = (f"{row.title} ({words.as_said(row.due)})" for row in rows)
            yield f"{heading}: {'; '.join(named)}."
    if any(row.state in PAST for row in found["deadlines"].rows):
        yield (
            "That no outcome was found, or that nobody has looked, does not mean that nothing was "
            "done; each row says where we looked."
        )
    yield from refused
    yield from map(str, age(record))


def _at_first_look(screen: Screen) -> str:
    """Return what people read first of an answer, as a paragraph."""
    return " ".join((f"{screen.answer}.", *screen.said))


_NEXT = 3  # dates that a reader keeps in mind


def _like_for_like(rows: Iterable[CompareRow]) -> Iterator[str]:
    """Say what the comparison shows in which both sides count the same thing."""
    for row in rows:
        if row.like_for_like:
            promised = words.phrase(row.committed, words.millions)
            asked = words.phrase(row.benchmark, words.millions)
            verdict = words.sentence(row.standing)
            yield (
                f"{words.sentence(row.label)}: {promised} promised, {asked} asked for, "
                f"{row.share}. {verdict}: {row.verdict_reason}."
            )


def _spans(record: Known, rows: Iterable[DeadlineRow]) -> Iterator[Stretch]:
    """Yield the days of each deadline, with those first promised where they have moved."""
    for row in rows:
        if row.earliest is None:
            continue  # met in part, and never dated
        promised = record.milestones[row.id].due
        first = None
        if row.slipped_days and promised.earliest and promised.latest:
            first = promised.earliest, promised.latest
        group = row.state.words
        yield Stretch(
            group, f"{words.as_said(row.due)}: {row.title}", row.earliest, row.latest, first
        )
