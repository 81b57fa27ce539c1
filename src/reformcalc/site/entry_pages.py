"""The page of each entry: what it says, what is in it and around it, its story, how to cite it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from reformcalc import words
from reformcalc.answers.briefing import for_a_page
from reformcalc.answers.chosen import Chosen, singular
from reformcalc.answers.council.council import Council
from reformcalc.answers.council.members import Members
from reformcalc.answers.council.report import for_council
from reformcalc.answers.council.rows import HEADINGS, Aspect
from reformcalc.answers.council.screen import answer
from reformcalc.answers.deadlines.answers import deadlines
from reformcalc.answers.deadlines.dates import Dates
from reformcalc.answers.entry_words import figure
from reformcalc.answers.lookup import entry_screen
from reformcalc.answers.lookup.entries import EntryRow
from reformcalc.answers.lookup.named import users
from reformcalc.answers.lookup.show import of_entry, to_cite
from reformcalc.answers.places import is_place
from reformcalc.answers.question import Question
from reformcalc.answers.recommendations.asking import Asking
from reformcalc.answers.recommendations.recommendations import recommendations
from reformcalc.answers.recommendations.screen import screen as recommendations_screen
from reformcalc.answers.states import TOLD
from reformcalc.answers.totals.screen import TotalsScreen
from reformcalc.answers.totals.totals import totals
from reformcalc.answers.written import title
from reformcalc.errors import Refused
from reformcalc.ledger.milestones import OPEN, PAST, State
from reformcalc.record.ids import entry_id
from reformcalc.record.model import Dataset
from reformcalc.record.references import ENTRY_KINDS
from reformcalc.report import ID, Column, Page, Report, Section, Shape
from reformcalc.site.addresses import address

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from reformcalc.answers.council.rows import ForRow
    from reformcalc.ledger.known import Known

# Where the list of each kind stands, and what it is called.
LISTS = {
    "commitments": ("Money", "money.html"),
    "benchmarks": ("Comparison", "comparison.html"),
    "milestones": ("Deadlines", "deadlines.html"),
    "recommendations": ("Recommendations", "recommendations.html"),
    "sources": ("Sources", "sources.html"),
}
ALL = ("Everything", "everything.html")
COUNCILS = ("Councils", "councils.html")


def entry_pages(record: Known) -> Iterator[Page]:
    """Yield a page for each entry of a record."""
    for kind in Dataset.KINDS:
        for id_ in record.section(kind):
            yield _page(record, kind, id_)


def _page(record: Known, kind: str, id_: str) -> Page:
    entry = record.section(kind)[id_]
    page = Page(
        address=address(kind, id_),
        title=title(entry),
        lead=_lead(record, kind, id_),
        above=(("Home", "index.html"), LISTS.get(kind, ALL)),
        sections=tuple(_sections(record, kind, id_)),
    )
    if kind == "bodies" and is_place(record, id_):
        lead, asked = _place(record, id_)
        above = (("Home", "index.html"), COUNCILS)
        return page._replace(lead=lead, above=above, sections=(*asked, *page.sections))
    return page


def _lead(record: Known, kind: str, id_: str) -> str:
    """Return what is read first of an entry: its figure; of a word, what is asked first of it."""
    if _is_a_word(record, kind, id_):
        return next(_answered(record, kind, id_), "")
    return "" if kind == "sources" else figure(record, kind, id_)


def _place(record: Known, id_: str) -> tuple[str, tuple[Section, ...]]:
    """Return what is read first of a council or a group of them, and all that is known of it."""
    if record.groups.below([id_]):
        members = Members(record, id_)
        return f"{members.headline}.", (
            Section("councils", "Councils", report=of_members(members)),
        )
    council = Council(record, id_)
    return f"{answer(council)}.", tuple(_aspects(council))


def _aspects(council: Council) -> Iterator[Section]:
    """Yield a section for each thing that something is known of a council about."""
    report = for_council(council)
    for aspect in Aspect:
        rows = tuple(map(_in_words, council.of(aspect)))
        if not rows:
            continue
        of_it = aspect in _SAID_OF_IT
        stands = not of_it and aspect is not Aspect.CHANGED and len({row.state for row in rows}) > 1
        columns = (
            Column("title", "What it is", Shape.SENTENCE, under=(ID, *_UNDER)),
            *([Column("when", _WHEN.get(aspect, "When"))] if any(row.when for row in rows) else []),
            *([Column("state", "How it stands")] if stands else []),
            *([] if of_it else [Column("who", "Who promised it")]),
        )
        told = replace(report, rows=rows, columns=columns, group=None, notes=())
        yield Section(aspect.value, HEADINGS[aspect], report=told)
    yield Section("not-told", "What is not told here", tuple(note.text for note in report.notes))


# What stands below a title; and what is said of the council, by who says it, which is cited there.
_UNDER = (Column("says"), Column("inferred"), Column("where", cites="cited"))
_SAID_OF_IT = (Aspect.IN, Aspect.GOT, Aspect.SAID, Aspect.NOT_KNOWN)
_WHEN = {Aspect.IN: "Named", Aspect.GOT: "For which years"}


def _in_words(row: ForRow) -> ForRow:
    """Return a row as it is read: without what is typed."""
    stands = TOLD[State(row.state)].stands if row.state in tuple(State) else row.state
    says = "" if row.says == stands else row.says
    return replace(row, when=words.spelt(words.as_said(row.when)), state=stands, says=says)


def of_members(members: Members) -> Report[Any]:
    """Return the councils of a group, each by its name."""
    _, title_, *others = members.report().columns
    named = replace(title_, shape=Shape.SENTENCE, under=(Column("id", shape=Shape.NAME),))
    return replace(members.report(), columns=(named, *others))


def _sections(record: Known, kind: str, id_: str) -> Iterator[Section]:
    # What names it is listed below, with a link to each.
    inside = tuple(entry_screen.listings(record, kind, id_)) if kind in ENTRY_KINDS else ()
    of_it = tuple(_of_a_word(record, kind, id_)) if _is_a_word(record, kind, id_) else ()
    said = entry_screen.told(record, kind, id_)
    if _is_a_word(record, kind, id_):
        said = (*list(_answered(record, kind, id_))[1:], *said)
    yield Section("about", "", said, listings=inside)
    yield from of_it
    if (told := _told(record, kind, id_)).rows:
        yield Section("record", "What the record says", report=told)
    if cite := tuple(to_cite(record, kind, id_)):
        yield Section("cite", "To cite it", tuple(one.removeprefix("To cite: ") for one in cite))
    if around := _around(record, kind, id_, _listed(of_it)):
        yield Section("around", "What else names it" if of_it else "What names it", report=around)


def _told(record: Known, kind: str, id_: str) -> Report[Any]:
    """Return all that the record says of an entry, without what is listed elsewhere on its page."""
    report = of_entry(record, id_, [kind])
    rows = tuple(
        row if row.source else replace(row, value=words.spelt(row.value))
        for row in report.rows
        if row.field != "named by"
    )
    notes = tuple(note for note in report.notes if not note.text.startswith(_ELSEWHERE))
    return replace(report, rows=rows, notes=notes, group=None)


def _listed(sections: Iterable[Section]) -> Collection[tuple[str, str]]:
    """Return the section and id of what is listed on a page above."""
    kinds = {"money": "commitments", "dates": "milestones", "recommendations": "recommendations"}
    return {
        (kinds[section.id], entry_id(row.id))
        for section in sections
        if section.report
        for row in section.report.rows
    }


# What a page says elsewhere, or is itself.
_ELSEWHERE = ("To cite", "As of", "What it is in")


def _around(
    record: Known, kind: str, id_: str, listed: Collection[tuple[str, str]]
) -> Report[EntryRow] | None:
    """Return the entries that name one, and are not listed already, where there are any."""
    rows = tuple(
        EntryRow(section, user, title(entry), figure(record, section, user), "")
        for section, user, entry in users(record, kind, id_)
        if (section, user) not in listed
    )
    if not rows:
        return None
    return Report(
        name="list",
        as_of=record.as_of,
        dataset=record.stamp,
        headline=f"What names this {singular(kind)}",
        rows=rows,
        row_type=EntryRow,
        columns=(
            Column("title", "What it is", Shape.SENTENCE, under=(Column("id", shape=Shape.NAME),)),
            Column("says", "Figure, date or answer"),
        ),
        group=Column("kind"),
    )


def _of_a_word(record: Known, kind: str, id_: str) -> Iterator[Section]:
    """Yield the money, the dates and the recommendations of a pillar, a topic or a body."""
    of = _CHOSEN[kind](id_)
    question = Question(record, of)
    asked: tuple[tuple[str, str, Callable[[], Report[Any]]], ...] = (
        ("money", "Money", lambda: totals(question)),
        ("dates", "Dates", lambda: deadlines(Dates(record, of, local=True), [*State])),
        ("recommendations", "Recommendations", lambda: recommendations(Asking(record, of))),
    )
    for name, heading, ask in asked:
        if kind == "bodies" and name == "recommendations":
            continue  # it is asked for by who asks, and there is no such choice
        try:
            report = ask()
        except Refused:
            continue
        if report.rows:
            yield _of_its(record, (kind, id_), Section(name, heading), report, question)


def _of_its(
    record: Known, entry: tuple[str, str], section: Section, report: Report[Any], question: Question
) -> Section:
    """Return the section of an answer of a word; of many dates those that are open."""
    lead = report.headline
    if section.id == "money":
        screen = TotalsScreen(question).screen()
        lead = " ".join((f"{screen.answer}.", *screen.said))
    shown = for_a_page(record, report)
    if section.id == "dates" and len(report.rows) > _MANY:
        kind, id_ = entry
        rows = tuple(row for row in shown.rows if row.state in OPEN)
        lead = f"{lead} Listed are the {len(rows)} that are open."
        every = (
            f"All {len(report.rows)}, also what is settled",
            f"deadlines.html?{_FIELDS[kind]}={id_}#all",
        )
        return replace(section, sentences=(lead,), report=replace(shown, rows=rows), leads=(every,))
    return replace(section, sentences=(lead,), report=shown)


_MANY = 100  # dates, which would make a page of more than 100 kB
_FIELDS = {"pillars": "pillar", "topics": "topics", "bodies": "lead"}  # of the table of all dates


def _is_a_word(record: Known, kind: str, id_: str) -> bool:
    """Whether an entry is a word that others are found by, and no place."""
    return kind in _CHOSEN and not (kind == "bodies" and is_place(record, id_))


def _answered(record: Known, kind: str, id_: str) -> Iterator[str]:
    """Yield what is asked first of a word: what is promised, what is due, what was answered."""
    of = _CHOSEN[kind](id_)
    question = Question(record, of)
    money = TotalsScreen(question)
    if made_of := money.made_of if question.counted else []:
        yield f"{money.answer}: {words.listed(words.few(made_of, _FEW))}."
    elif kind != "bodies":
        yield f"{money.answer}."
    dates = Dates(record, of)
    for first in dates.listing([State.DUE_NOW, State.UPCOMING]).rows[:1]:
        yield f"Due next: {record.milestones[first.id].name}, {words.as_said(first.due)}."
    if past := len(dates.listing(PAST).rows):
        which = "1 date that is" if past == 1 else f"{past} dates that are"
        yield f"Of {which} past, no outcome is known."
    if kind != "bodies" and (asking := Asking(record, of)).entries:
        yield f"{recommendations_screen(asking).answer}."


_FEW = 3  # sums that a sentence names

_CHOSEN: dict[str, Callable[[str], Chosen]] = {
    "pillars": lambda id_: Chosen(pillars=(id_,)),
    "topics": lambda id_: Chosen(topics=(id_,)),
    "bodies": lambda id_: Chosen(leads=(id_,)),
}
