"""The pages of the answers: home, money, comparison, deadlines and the rest."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dateutil.relativedelta import relativedelta

from reformcalc import words
from reformcalc.answers.briefing import for_a_page, method
from reformcalc.answers.chosen import EVERYTHING
from reformcalc.answers.comparison.compare import compare
from reformcalc.answers.comparison.comparison import Comparison
from reformcalc.answers.comparison.over_years import over_years
from reformcalc.answers.comparison.screen import CompareScreen
from reformcalc.answers.comparison.sensitivity import sensitivity
from reformcalc.answers.council.members import Members
from reformcalc.answers.deadlines.answers import deadlines, slipped
from reformcalc.answers.deadlines.dates import Dates
from reformcalc.answers.deadlines.screen import DeadlinesScreen
from reformcalc.answers.lookup.conflicts import conflicts
from reformcalc.answers.lookup.entries import entries
from reformcalc.answers.lookup.find import GLOSSARY
from reformcalc.answers.lookup.glossary import glossary
from reformcalc.answers.lookup.show import DetailRow
from reformcalc.answers.lookup.sources import sources
from reformcalc.answers.news import news
from reformcalc.answers.overview import overview
from reformcalc.answers.question import Question
from reformcalc.answers.recommendations.asking import Asking
from reformcalc.answers.recommendations.recommendations import recommendations
from reformcalc.answers.recommendations.screen import screen as recommendations_screen
from reformcalc.answers.responses import Answer, in_words
from reformcalc.answers.totals.screen import TotalsScreen
from reformcalc.answers.totals.totals import totals
from reformcalc.answers.written import name
from reformcalc.errors import Refused
from reformcalc.ledger.milestones import PAST, State
from reformcalc.record.model import Dataset
from reformcalc.report import Column, Filter, Page, Report, Section, Shape
from reformcalc.screen import Cell, Head, Line, Listing
from reformcalc.site.addresses import address
from reformcalc.site.entry_pages import COUNCILS, of_members

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from reformcalc.ledger.known import Known
    from reformcalc.screen import Screen

HOME = ("Home", "index.html")
MENU = (
    ("Money", "money.html"),
    ("Comparison", "comparison.html"),
    ("Deadlines", "deadlines.html"),
    ("Recommendations", "recommendations.html"),
    COUNCILS,
    ("Where sources differ", "conflicts.html"),
    ("Sources", "sources.html"),
    ("Everything", "everything.html"),
    ("Method", "method.html"),
    ("Glossary", "glossary.html"),
)
CALENDAR = "deadlines.ics"
PAST_DAY = f"deadlines.html?state={State.OVERDUE}"  # as the command asks for all that is past
_LATELY = relativedelta(months=3)
_ON_HOME = 12  # things that happened lately
_NEXT = 8  # dates to come

# Where each answer of the overview is given in full.
_PAGES = {
    "totals": "money.html",
    "compare": "comparison.html",
    "deadlines": "deadlines.html#next",
    "recommendations": "recommendations.html",
    "for COUNCIL": "councils.html",
}


def menu(record: Known) -> tuple[tuple[str, str], ...]:
    """Return the pages that every page leads to: that of councils where the record has any."""
    return tuple(one for one in MENU if one != COUNCILS or _councils_of(record))


def _councils_of(record: Known) -> list[str]:
    """Return the groups that councils are in at last."""
    groups = record.groups
    local = [id_ for id_ in record.bodies if groups.is_local(id_)]
    return list(dict.fromkeys(groups.widest(id_) for id_ in local))


def sought(record: Known) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield what a page is looked for by: its address, its title and other words for it."""
    for title, place in menu(record):
        yield place, title, (place.removesuffix(".html"),)
    if any(record.status(id_).state in PAST for id_ in record.milestones):
        yield PAST_DAY, "Dates that are past", ("overdue", "late", "past", "missed")


def front_pages(record: Known, calendar: str | None) -> Iterator[Page]:
    """Yield the pages of the answers. `calendar` is the address of the dates, if there is one."""
    yield _home(record)
    yield _money(record)
    yield _comparison(record)
    yield _deadlines(record, calendar)
    yield _recommendations(record)
    if groups := _councils_of(record):
        yield _page("councils", "Councils", _councils(record, groups))
    yield _page("conflicts", "Where sources differ", _conflicts(record))
    yield _page("sources", "Sources", _asked(record, "all", lambda: sources(record)))
    yield _page("everything", "Everything in the record", _everything(record))
    yield _page("method", "How it is counted", [Section("method", "", method(record))])
    yield _page("glossary", "Glossary", [_glossary(record)])
    yield _page("search", "Search", [_search()])


def _page(stem: str, title: str, sections: Iterable[Section], lead: str = "") -> Page:
    return Page(f"{stem}.html", title, tuple(sections), lead)


def _asked(
    record: Known,
    id_: str,
    ask: Callable[[], Report[Any]],
    heading: str = "",
    drawn: str = "",
) -> Iterator[Section]:
    """Yield the section of an answer; where it is refused, of why."""
    try:
        report = ask()
    except Refused as refusal:
        yield Section(id_, heading, (f"{words.sentence(refusal.reason)}.",))
        return
    lead = f"{words.sentence(report.finding) or report.headline}."
    yield Section(id_, heading, (lead,), for_a_page(record, report) if report.rows else None, drawn)


def _first(screen: Screen) -> tuple[str, tuple[str, ...]]:
    """Return what is read first of an answer, and what carries it."""
    return f"{screen.answer}.", screen.said


def _home(record: Known) -> Page:
    subject, answers = overview(record)
    rows = tuple(
        Line((Cell(one.asked, link=_PAGES.get(one.command, "")), Cell(one.answer)))
        for one in answers
    )
    lately = news(record, record.as_of - _LATELY)
    latest = replace(lately, rows=lately.rows[:_ON_HOME])
    return _page(
        "index",
        record.about.title,
        (
            Section("answers", "", listings=(Listing((Head(), Head()), rows),)),
            *_compared(record),
            *_words(record, "topics", "By topic"),
            *_words(record, "pillars", "By pillar"),
            Section("lately", "What happened lately", (f"{lately.headline}.",), latest),
        ),
        _without_title(record, subject),
    )


def _without_title(record: Known, subject: str) -> str:
    """Return the first sentence of the home page; what its title says is not said again."""
    rest = subject.removeprefix(words.sentence(record.about.title))
    return f"{words.sentence(rest.removeprefix(', '))}."


def _compared(record: Known) -> Iterator[Section]:
    """Yield the money beside what was asked for, drawn; nothing where there is nothing to draw."""
    try:
        screen = CompareScreen(Comparison(record)).screen()
    except Refused:
        return
    yield Section("compared", "Is it what was asked for?", (f"{screen.answer}.",), leads=(
        ("What the answer turns on", "comparison.html"),), listings=screen.listings)  # fmt: skip


def _words(record: Known, kind: str, heading: str) -> Iterator[Section]:
    """Yield links to the pages of some words of the record."""
    if some := record.section(kind):
        leads = tuple((entry.title, address(kind, id_)) for id_, entry in some.items())
        yield Section(kind, heading, leads=leads)


def _money(record: Known) -> Page:
    question = Question(record)
    lead, said = _first(TotalsScreen(question).screen())
    return _page(
        "money",
        "How much was promised",
        (
            Section("in-short", "", said),
            *_asked(record, "sums", lambda: totals(question), "Sum by sum"),
            *_asked(record, "by-year", lambda: totals(question, "year"), "By year"),
            *_asked(record, "by-pillar", lambda: totals(question, "pillar"), "By pillar"),
            *_asked(record, "by-topic", lambda: totals(question, "topic"), "By topic"),
            *_asked(record, "by-lead", lambda: totals(question, "lead"), "By who promised it"),
        ),
        lead,
    )


def _comparison(record: Known) -> Page:
    title = "Is it what was asked for?"
    try:
        ask = Comparison(record)
        screen = CompareScreen(ask).screen()
    except Refused as refusal:
        return _page("comparison", title, (), f"{words.sentence(refusal.reason)}.")
    lead, said = _first(screen)
    said = (*said, *screen.notes)  # who disputes it, and what was asked for
    turns_on, by_year = "What the answer turns on", "Year by year"
    disputes = (("Who says otherwise", "conflicts.html"),)
    return _page(
        "comparison",
        title,
        (
            Section("in-short", "", said, listings=screen.listings, leads=disputes),
            *_asked(record, "bases", lambda: compare(ask), "Every way to compare"),
            *_asked(record, "choices", lambda: sensitivity(ask), turns_on, "ranges"),
            *_asked(record, "years", lambda: over_years(ask), by_year, "years"),
        ),
        lead,
    )


def _deadlines(record: Known, calendar: str | None) -> Page:
    listing = Dates(record).listing()
    lead, said = _first(DeadlinesScreen(listing).screen())
    every = for_a_page(record, deadlines(Dates(record, local=True), [*State]))
    to_come = for_a_page(record, deadlines(Dates(record), [State.DUE_NOW, State.UPCOMING]))
    coming = replace(to_come, rows=to_come.rows[:_NEXT], group=None, notes=())
    filters = tuple(_filters(record, every))
    past = sum(row.state in PAST for row in every.rows)
    leads = [(f"The {past} whose day is past", f"{PAST_DAY}#all")] if past else []
    leads += [("A calendar to subscribe to", calendar)] if calendar else []
    return _page(
        "deadlines",
        "What falls due, and what came of it",
        (
            Section("in-short", "", said, leads=tuple(leads)),
            *([Section("next", "Due next", report=coming)] if coming.rows else []),
            Section(
                "all",
                "All dates",
                _of_all(len(every.rows), len(listing.in_any_state)),
                every,
                filters=filters,
            ),
            *_asked(record, "moved", lambda: slipped(Dates(record)), "What was given another date"),
        ),
        lead,
    )


def _of_all(every: int, national: int) -> tuple[str, ...]:
    """Say what is in the table of all dates, and not in what is said above it."""
    own = every - national
    alone = f", of which {own} concern one council or region alone" if own else ""
    said = f"All {words.counted(every, 'date')}{alone}."
    return (said, "What is chosen below is in the address of this page, which can be sent on.")


def _filters(record: Known, report: Report[Any]) -> Iterator[Filter]:
    """Yield what the dates can be chosen by: who must act, subject, pillar, state."""
    for field, label, kind in (
        ("acts", "Who must act", "bodies"),
        ("lead", "Who promised it", "bodies"),
        ("topics", "Topic", "topics"),
        ("pillar", "Pillar", "pillars"),
    ):
        held = {id_ for row in report.rows for id_ in _ids(getattr(row, field))}
        named = sorted((record.section(kind)[id_].title, id_) for id_ in held)
        yield Filter(field, label, tuple((id_, name) for name, id_ in named))
    there = {row.state for row in report.rows}
    states = [(one.value, one.words) for one in State if one in there and one != State.OVERDUE]
    if there & {*PAST}:
        states.insert(0, (State.OVERDUE.value, "past its day, in any of these ways"))
    yield Filter("state", "How it stands", tuple(states), wider=((State.OVERDUE, PAST),))


def _ids(value: Any) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (value,) if value else ()


def _recommendations(record: Known) -> Page:
    asking = Asking(record)
    lead, said = _first(recommendations_screen(asking))
    report = for_a_page(record, recommendations(asking))
    held = {row.by for row in report.rows}
    answers = {row.response for row in report.rows}
    by = sorted((record.bodies[id_].title, id_) for id_ in held)
    filters = (
        *[one for one in _filters_of_asking(record, report) if one.options],
        Filter("by", "Who asks", tuple((id_, name) for name, id_ in by)),
        Filter(
            "response", "Answer",
            tuple((one.value, in_words(one)) for one in Answer if one.value in answers),
        ),
    )  # fmt: skip
    return _page(
        "recommendations",
        "What was recommended, and what was answered",
        (
            Section("in-short", "", said),
            Section(
                "all", "Every recommendation", (f"{report.headline}.",), report, filters=filters
            ),
        )
        if report.rows
        else (),
        lead,
    )


def _filters_of_asking(record: Known, report: Report[Any]) -> Iterator[Filter]:
    held = {id_ for row in report.rows for id_ in row.topics}
    named = sorted((record.topics[id_].title, id_) for id_ in held)
    yield Filter("topics", "Topic", tuple((id_, name) for name, id_ in named))


def _councils(record: Known, groups: Iterable[str]) -> Iterator[Section]:
    for id_ in groups:
        members = Members(record, id_)
        below = (one for one in record.groups.below([id_]) if record.groups.below([one]))
        leads = sorted((record.bodies[one].title, address("bodies", one)) for one in below)
        yield Section(
            id_,
            "",
            (f"{members.headline}.",),
            of_members(members),
            filters=(Filter("called", "Letters of its name"),),
            leads=tuple(leads),
        )


def _conflicts(record: Known) -> Iterator[Section]:
    for section in _asked(record, "all", lambda: conflicts(record)):
        rows = section.report.rows if section.report else ()
        called = {row.entry: str(name(record.section(row.kind)[row.entry])) for row in rows}
        yield replace(section, jumps=tuple((words, id_) for id_, words in called.items()))


def _everything(record: Known) -> Iterator[Section]:
    for kind in Dataset.KINDS:
        if kind == "sources":  # have a page of their own
            continue
        report = entries(record, kind, EVERYTHING)
        if report.rows:
            columns = (
                Column(
                    "title", "What it is", Shape.SENTENCE, under=(Column("id", shape=Shape.NAME),)
                ),
                Column("says", "Figure, date or answer"),
            )
            listed = replace(report, columns=columns, group=None, notes=())
            yield Section(kind, kind.capitalize(), (f"{report.headline}.",), listed)


def _glossary(record: Known) -> Section:
    rows = tuple(
        DetailRow(GLOSSARY, word, word, meaning) for word, meaning in glossary().means.items()
    )
    report = Report(
        name="show",
        as_of=record.as_of,
        dataset=record.stamp,
        headline="The words of this site",
        rows=rows,
        row_type=DetailRow,
        columns=(Column("field", "Word"), Column("value", "What it means", Shape.SENTENCE)),
    )
    return Section("words", "", (glossary().after.replace("`", '"'),), report)


def _search() -> Section:
    said = "Words and sums, as £5m, are looked for in all that the record says."
    return Section("search", "", (said,), leads=(("Everything", "everything.html"),))
