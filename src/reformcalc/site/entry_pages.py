"""The page of each entry: what it says, what is in it and around it, its story, how to cite it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from reformcalc.answers.briefing import for_a_page
from reformcalc.answers.chosen import Chosen, singular
from reformcalc.answers.council.council import Council
from reformcalc.answers.council.members import Members
from reformcalc.answers.council.report import for_council
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
from reformcalc.answers.totals.screen import TotalsScreen
from reformcalc.answers.totals.totals import totals
from reformcalc.answers.written import title
from reformcalc.errors import Refused
from reformcalc.ledger.milestones import State
from reformcalc.record.model import Dataset
from reformcalc.record.references import ENTRY_KINDS
from reformcalc.report import Column, Page, Report, Section, Shape
from reformcalc.site.addresses import address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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
        lead=figure(record, kind, id_) if kind != "sources" else "",
        above=(("Home", "index.html"), LISTS.get(kind, ALL)),
        sections=tuple(_sections(record, kind, id_)),
    )
    if kind == "bodies" and is_place(record, id_):
        lead, asked = _place(record, id_)
        above = (("Home", "index.html"), COUNCILS)
        return page._replace(lead=lead, above=above, sections=(*asked, *page.sections))
    return page


def _place(record: Known, id_: str) -> tuple[str, tuple[Section, ...]]:
    """Return what is read first of a council or a group of them, and all that is known of it."""
    if record.groups.below([id_]):
        members = Members(record, id_)
        return f"{members.headline}.", (
            Section("councils", "Councils", report=of_members(members)),
        )
    council = Council(record, id_)
    report = for_council(council)
    return f"{answer(council)}.", (Section("known", "What is known of it", report=report),)


def of_members(members: Members) -> Report[Any]:
    """Return the councils of a group, each by its name."""
    _, title_, *others = members.report().columns
    named = replace(title_, shape=Shape.SENTENCE, under=(Column("id", shape=Shape.NAME),))
    return replace(members.report(), columns=(named, *others))


def _sections(record: Known, kind: str, id_: str) -> Iterator[Section]:
    # What names it is listed below, with a link to each.
    inside = tuple(entry_screen.listings(record, kind, id_)) if kind in ENTRY_KINDS else ()
    yield Section("about", "", entry_screen.told(record, kind, id_), listings=inside)
    if kind in ("pillars", "topics") or (kind == "bodies" and not is_place(record, id_)):
        yield from _of_a_word(record, kind, id_)
    if (told := _told(record, kind, id_)).rows:
        yield Section("record", "What the record says", report=told)
    if cite := tuple(to_cite(record, kind, id_)):
        yield Section("cite", "To cite it", tuple(one.removeprefix("To cite: ") for one in cite))
    if around := _around(record, kind, id_):
        yield Section("around", "What names it", report=around)


def _told(record: Known, kind: str, id_: str) -> Report[Any]:
    """Return all that the record says of an entry, without what is listed elsewhere on its page."""
    report = of_entry(record, id_, [kind])
    rows = tuple(row for row in report.rows if row.field != "named by")
    notes = tuple(note for note in report.notes if not note.text.startswith(("To cite", "As of")))
    return replace(report, rows=rows, notes=notes, group=None)


def _around(record: Known, kind: str, id_: str) -> Report[EntryRow] | None:
    """Return the entries that name one, where there are any."""
    rows = tuple(
        EntryRow(section, user, title(entry), figure(record, section, user), "")
        for section, user, entry in users(record, kind, id_)
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
            lead = report.headline
            if name == "money":
                screen = TotalsScreen(question).screen()
                lead = " ".join((f"{screen.answer}.", *screen.said))
            yield Section(name, heading, (lead,), for_a_page(record, report))


_CHOSEN: dict[str, Callable[[str], Chosen]] = {
    "pillars": lambda id_: Chosen(pillars=(id_,)),
    "topics": lambda id_: Chosen(topics=(id_,)),
    "bodies": lambda id_: Chosen(leads=(id_,)),
}
