"""All answers of a day as a paper: a page that answers, then the screens, then all behind them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from reformcalc import words
from reformcalc.answers.chosen import EVERYTHING, age, names, require
from reformcalc.answers.citing import citing
from reformcalc.answers.comparison.charts import ranges_chart, years_chart
from reformcalc.answers.comparison.compare import compare
from reformcalc.answers.comparison.comparison import Comparison
from reformcalc.answers.comparison.notes import of_the_yearly_figures
from reformcalc.answers.comparison.over_years import over_years
from reformcalc.answers.comparison.screen import CompareScreen
from reformcalc.answers.comparison.sensitivity import sensitivity
from reformcalc.answers.council.council import Council
from reformcalc.answers.council.members import Members
from reformcalc.answers.council.paper import CouncilPaper
from reformcalc.answers.deadlines.answers import deadlines, slipped
from reformcalc.answers.deadlines.dates import Dates
from reformcalc.answers.deadlines.said import NOT_NOTHING, short_names
from reformcalc.answers.deadlines.screen import DeadlinesScreen
from reformcalc.answers.lookup.conflicts import conflicts
from reformcalc.answers.milestone_words import by_when, leads_and_acts
from reformcalc.answers.places import is_place
from reformcalc.answers.question import Question
from reformcalc.answers.recommendations import screen as recommendations_screen
from reformcalc.answers.recommendations.asking import Asking
from reformcalc.answers.recommendations.recommendations import headline
from reformcalc.answers.recommendations.recommendations import recommendations as every_answer
from reformcalc.answers.totals.screen import TotalsScreen
from reformcalc.answers.totals.totals import totals
from reformcalc.errors import Refused, UnknownId
from reformcalc.ledger.ledger import as_sum
from reformcalc.ledger.milestones import OPEN, PAST, State
from reformcalc.report import Column, Document, Note, Reference, Section, Shape, Stretch
from reformcalc.screen import Cell, Head, Line, Listing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from reformcalc.answers.chosen import Chosen
    from reformcalc.answers.deadlines.rows import DeadlineRow
    from reformcalc.ledger.known import Known
    from reformcalc.report import Chart, Report
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

New money: what was not being spent before.

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


@dataclass(frozen=True)
class Paper:
    """What is asked of a paper: what it is limited to, for whom it is, how much of it.

    `body` limits its dates to what that body must do, and adds what it is in and gets; `sections`
    keeps to some of PARTS, in their order. `full` adds all that is behind the answers. `title` and
    `author` stand in place of its own title and of whose record it is.

    Raises UnknownId for a section or a body that there is not, Refused for a body not yet known.
    """

    record: Known
    chosen: Chosen = EVERYTHING
    body: str | None = None
    sections: tuple[str, ...] = ()
    full: bool = False
    title: str = ""
    author: str = ""

    def __post_init__(self) -> None:
        """Refuse a section that there is not."""
        for name in self.sections:
            if name not in PARTS:
                raise UnknownId("section", name, PARTS)
        if self.body is not None:
            require(self.record, "bodies", self.body)

    @property
    def is_of_a_place(self) -> bool:
        """Whether it is for a council, or for a group of them: that has a section of its own."""
        return self.body is not None and is_place(self.record, self.body)

    @cached_property
    def council(self) -> CouncilPaper | None:
        """What it says of the council that it is for; None where it is for none, or for several."""
        if not self.body or not self.is_of_a_place or self.record.groups.below([self.body]):
            return None
        return CouncilPaper(Council(self.record, self.body), self.asking.entries)

    @property
    def is_brief(self) -> bool:
        """Whether it is for a place, and national tables are behind what is said of that."""
        return self.is_of_a_place and not self.full and not self.sections

    @property
    def question(self) -> Question:
        """What is asked of its money."""
        return Question(self.record, self.chosen)

    @property
    def comparison(self) -> Comparison:
        """What is set against what was asked for. Raises Refused where nothing was."""
        return Comparison(self.record, self.chosen)

    @property
    def dates(self) -> Dates:
        """What is asked of its dates: what is of another council alone is in none of them."""
        acts = () if self.body is None else (self.body,)
        return Dates(self.record, self.chosen, acts=acts)

    @property
    def first_dates(self) -> Dates:
        """What the page that answers says of dates: of England in a paper for a place."""
        return Dates(self.record, self.chosen) if self.is_of_a_place else self.dates

    @property
    def asking(self) -> Asking:
        """What is asked of what was recommended."""
        return Asking(self.record, self.chosen)


class Part(NamedTuple):
    """A section that a paper can have: its title, what makes it, whether it is `behind` others."""

    title: str
    make: Callable[[Paper], Section]
    behind: bool = False


def briefing(paper: Paper) -> Document:
    """Return the answers of a day as a document. What cannot be answered is left out, and said."""
    record = paper.record
    whose = f": {record.bodies[paper.body].name}" if paper.body else ""
    title = paper.title or f"{record.about.title}{whose}, as of {words.day(record.as_of)}"
    author = paper.author or f"{words.sentence(record.about.publisher)}"
    sections, refused = _made(paper)
    if sections and refused:
        first, *others = sections
        sections = [replace(first, notes=(*first.notes, *refused)), *others]
    if short := _short_names(record, sections):
        *others, last = sections
        sections = [*others, replace(last, notes=(*last.notes, short))]
    return Document(
        title=title,
        as_of=record.as_of,
        dataset=record.stamp,
        imprint=kept_by(record),
        sections=tuple(sections),
        author=paper.author,
        cite=(
            f"{author}. \u201c{title}\u201d. {record.about.title}, version {record.stamp.version}, "
            f"as known on {words.day(record.as_of)}."
        ),
        references=tuple(_references(record, sections)),
    )


def _short_names(record: Known, sections: Iterable[Section]) -> str:
    """Say what short names stand for that are shown, and do not say it themselves."""
    shown = " ".join(text for section in sections for text in _texts(section))
    told = sorted(
        f"{one.short}: {one.title}"
        for one in record.bodies.values()
        if one.short
        and one.short.lower() not in one.title.lower()
        and re.search(rf"(?<!\w){re.escape(one.short)}(?!\w)", shown)
    )
    return f"Short names: {'; '.join(told)}." if told else ""


def _texts(section: Section) -> Iterator[str]:
    """Yield what a section says, save what its report has."""
    yield from (*section.sentences, *section.beside, *section.notes)
    yield from (text for pair in section.figures for text in pair)
    for listing in section.listings:
        for line in (*listing.lines, *filter(None, [listing.total])):
            yield from (cell.text for cell in line.cells if isinstance(cell, Cell))


def kept_by(record: Known) -> str:
    """Say who keeps a record, and on what terms it can be used."""
    return f"Record kept by {record.about.publisher}. {record.about.licence}"


def _made(paper: Paper) -> tuple[list[Section], list[str]]:
    """Make the sections that are asked for; return them, and why others cannot be had.

    A refusal's remedy is left out: it is for those who have the program. What one section has said
    in a note, none of the others says again.
    """
    made, refused, said = [], dict[str, list[str]](), set[str]()
    for name, part in PARTS.items():
        if name not in paper.sections if paper.sections else part.behind and not paper.full:
            continue
        try:
            section = part.make(paper)
        except Refused as refusal:
            refused.setdefault(refusal.reason, []).append(part.title.rstrip("?"))
            continue
        if _is_empty(section):
            continue
        title = section.title or part.title
        section = replace(section, id=name, title=title, folded=part.behind)
        made.append(_without(section, said))
    return made, [f"{words.listed(titles)}: {reason}." for reason, titles in refused.items()]


def _is_empty(section: Section) -> bool:
    if section.report is None:
        return not (section.sentences or section.listings)
    return not section.report.rows


def _without(section: Section, said: set[str]) -> Section:
    """Return a section without the sentences that another had before, and keep its own."""
    sentences, notes = (_unsaid(some, said) for some in (section.sentences, section.notes))
    report = section.report
    if report:
        new = _unsaid([note.text for note in report.notes], said)
        report = replace(report, notes=tuple(map(Note, new)))
    return replace(section, sentences=sentences, notes=notes, report=report)


def _unsaid(sentences: Iterable[str], said: set[str]) -> tuple[str, ...]:
    new = tuple(one for one in sentences if one not in said)
    said.update(new)
    return new


# The page that answers.


def _in_short(paper: Paper) -> Section:
    """Return the verdict with what settles it, four figures, the ranges, the dispute, what is next.

    What the record says of a place stands before it, so that it says whose figures these are.
    """
    money, record = TotalsScreen(paper.question), paper.record
    figures = [*_money_figures(money)]
    sentences = [f"{money.answer}."]
    chart: Chart | None = None
    listings: list[Listing] = []
    notes: list[str] = []
    cites: tuple[words.Cited, ...] = ()
    try:
        comparison = paper.comparison
    except Refused as refusal:
        notes.append(f"What was asked for: {refusal.reason}.")
    else:
        shown = CompareScreen(comparison)
        sentences = [f"{shown.answer}.", *shown.told]
        figures += [(share, f"of {what}") for share, what in shown.share]
        if comparison.counted and not paper.is_brief:
            chart = replace(ranges_chart(comparison), title=shown.in_figures)
        if comparison.counted:
            notes += map(str, of_the_yearly_figures(comparison))
        listings = [*_dispute(comparison)]
        amount = as_sum(comparison.benchmark.amount)
        cites = record.cited(citing(record, comparison.benchmark, amount.stated)[:1])
    figures += [*_date_figure(paper)]
    listings += [*_what_else(paper)]
    return Section(
        "", _AS_A_WHOLE if paper.is_of_a_place else "",
        sentences=tuple(sentences),
        figures=tuple(figures),
        chart=chart,
        listings=tuple(listings),
        notes=(*notes, *map(str, age(record))),
        cites=cites,
    )  # fmt: skip


_AS_A_WHOLE = "The programme as a whole"
_NEXT = 2  # dates that are named


def _what_else(paper: Paper) -> Iterator[Listing]:
    """Yield what falls due next and how many recommendations have an answer, in a line each."""
    lines = []
    coming = paper.first_dates.listing((State.DUE_NOW, State.UPCOMING)).rows
    if rows := [row for row in coming if not row.own]:
        named = [_when_what_who(paper.record, row) for row in rows[:_NEXT]]
        said = "; ".join(words.few(named + [""] * (len(rows) - len(named)), _NEXT))
        cites = tuple(dict.fromkeys(one for row in rows[:_NEXT] for one in row.cited))
        lines.append(Line((Cell("Due next"), Cell(said)), cites=cites))
    if paper.asking.entries:
        lines.append(Line((Cell("Recommended"), Cell(headline(paper.asking)))))
    if lines:
        yield Listing((Head(), Head(grows=True)), tuple(lines))


def _when_what_who(record: Known, row: DeadlineRow) -> str:
    """Name a date to come with its day, who promised it, and how firm it is."""
    aside = ", ".join(filter(None, (short_names(record, row.lead), row.doubt)))
    name = record.milestones[row.id].name
    return f"{by_when(row.due, row.latest)}: {name}{f' ({aside})' if aside else ''}"


def _money_figures(money: TotalsScreen) -> Iterator[tuple[str, str]]:
    if money.question.total.missing:
        return
    yield money.promised, "promised, each pound counted once"
    yield money.new, "of it new money, in each year that it lasts"


def _date_figure(paper: Paper) -> Iterator[tuple[str, str]]:
    """Yield how much is to come, and how much of what is past is late, not found or not checked."""
    dates = paper.first_dates
    rows = [row for row in deadlines(dates).rows if not row.own]
    held = Counter(row.state for row in rows)
    to_come = held[State.DUE_NOW] + held[State.UPCOMING]
    past = [f"{held[state]} {told}" for state, told in _PAST_TOLD.items() if held[state]]
    if rows:
        whose = f" for {short_names(paper.record, dates.acts)}" if dates.acts else ""
        told = f"; past: {words.listed(past)}" if past else ""
        yield str(to_come), f"{'date' if to_come == 1 else 'dates'} to come{whose}{told}"


# That no outcome was found does not mean that nothing was done, and some were not looked for.
_PAST_TOLD = {
    State.OVERDUE: "overdue",
    State.LATE: "late",
    State.NO_OUTCOME_FOUND: "with no outcome found",
    State.NOT_CHECKED: "not checked since",
}


def _dispute(comparison: Comparison) -> Iterator[Listing]:
    """Yield who says what of the ask, one a line, each with its document."""
    cautions = comparison.benchmark.cautions
    if not cautions:
        return
    newest, record = cautions[-1], comparison.record
    head, colon, rest = newest.text.partition(": ")
    said = rest.rstrip(".").split("; ") if colon else []
    if len(said) != len(newest.claims):  # they are told in one sentence
        head, said = "Warning", [newest.text]
    lines = tuple(
        Line((Cell(words.sentence(one)),), cites=record.cited(claims))
        for one, claims in zip(
            said,
            [[claim] for claim in newest.claims] if len(said) > 1 else [newest.claims],
            strict=True,
        )
    )
    yield Listing((Head(head),), lines)


# The screens.


def _of_screen(screen: Screen, heads: Sequence[str] = (), chart: Chart | None = None) -> Section:
    """Return a screen as a section: without the ways to see more, which are for its program."""
    return Section(
        "", "",
        sentences=(f"{screen.answer}.", *screen.said),
        listings=tuple(_joined(screen.listings, heads)),
        beside=tuple(one if one.endswith(".") else f"{one}." for one in screen.beside),
        notes=screen.notes,
        chart=chart,
    )  # fmt: skip


def _joined(listings: Sequence[Listing], heads: Sequence[str]) -> Iterator[Listing]:
    """Yield the listings with as many columns as one, under heads where they have none."""
    kept: list[Listing] = []
    for width in dict.fromkeys(len(one.heads) for one in listings):
        first, *others = [one for one in listings if len(one.heads) == width]
        lines = (line for one in (first, *others) for line in one.lines)
        kept.append(replace(first, lines=tuple(lines)))
    for one in kept:
        if len(one.heads) == len(heads):
            named = zip(one.heads, heads, strict=True)
            yield replace(one, heads=tuple(replace(head, text=text) for head, text in named))
        else:
            yield one


def _money(paper: Paper) -> Section:
    if paper.is_brief:
        return Section("", "")  # the page on the whole programme says it in short
    chart = None
    try:
        comparison = paper.comparison
        chart = None if comparison.part else years_chart(comparison)
    except Refused:
        pass  # the first page says why there is nothing to set it against
    return _of_screen(TotalsScreen(paper.question).screen(), chart=chart)


_LISTED = (State.DUE_NOW, State.UPCOMING, *PAST, State.IN_FORCE, State.UNDER_WAY)


def _dates(paper: Paper) -> Section:
    if paper.is_of_a_place and not paper.sections:
        return Section("", "")  # the section of its own has them
    listing = paper.dates.listing(_LISTED)
    screen = DeadlinesScreen(listing, chosen=True).screen()
    section = _of_screen(screen, ("When", "", "What", "Who"))
    past = any(row.state in PAST for row in listing.rows)
    return replace(section, notes=(*section.notes, *[NOT_NOTHING] * past))


def _recommended(paper: Paper) -> Section:
    if paper.is_brief:
        return Section("", "")  # the first page has those that are to the council
    return _of_screen(recommendations_screen.screen(paper.asking))


def _of_one(paper: Paper) -> Section:
    """Return what the record says of a council, or of each that is in a region or a group."""
    record, body = paper.record, paper.body
    if not body or not paper.is_of_a_place:
        return Section("", "")
    if paper.council:
        return paper.council.position()
    section = _of_screen(Members(record, body).screen(every=True))
    return replace(section, title=f"For {record.bodies[body].name}")


def _of_council(make: Callable[[CouncilPaper], Section]) -> Callable[[Paper], Section]:
    """Return what makes a section that only a paper for one council has."""
    return lambda paper: make(paper.council) if paper.council else Section("", "")


def method(record: Known) -> tuple[str, ...]:
    """Return what the answers rest on, and what the record says that it holds and does not."""
    said = filter(None, (record.about.holds, record.about.limits))
    return (*METHOD.strip().split("\n\n"), *said)


def _method(paper: Paper) -> Section:
    return Section("", "", method(paper.record))


# What is behind the answers.


def _behind(ask: Callable[[Paper], Report[Any]], drawn: str = "") -> Callable[[Paper], Section]:
    def make(paper: Paper) -> Section:
        report = ask(paper)
        lead = f"{words.sentence(report.finding) or report.headline}."
        shown = for_a_page(paper.record, report)
        return Section("", "", (lead,), shown, drawn if report.bars else "")

    return make


def _open(paper: Paper) -> Section:
    report = deadlines(paper.dates)
    section = _behind(lambda _: report)(paper)
    return replace(section, spans=tuple(_spans(paper.record, report.rows)))


def _in_states(*states: State) -> Callable[[Paper], Section]:
    return _behind(lambda paper: deadlines(paper.dates, states))


_SETTLED = [state for state in State if state not in (*OPEN, State.UNDATED)]

# The sections that a paper can have, in order: a new one is a line here and what makes it.
PARTS = {
    "for": Part("For one council", _of_one),
    "for-dates": Part("What it must do", _of_council(CouncilPaper.dates)),
    "for-money": Part("What it is in", _of_council(CouncilPaper.money)),
    "for-recommendations": Part("Recommended to it", _of_council(CouncilPaper.recommended)),
    "for-outcomes": Part("What came of it", _of_council(CouncilPaper.outcomes)),
    "in-short": Part("In short", _in_short),
    "money": Part("How much was promised", _money),
    "deadlines": Part("What falls due", _dates),
    "recommendations": Part("What was recommended, and what was answered", _recommended),
    "sums": Part("Every sum", _behind(lambda paper: totals(paper.question)), behind=True),
    "pillars": Part(
        "By pillar", _behind(lambda paper: totals(paper.question, "pillar")), behind=True
    ),
    "compare": Part(
        "Every way to compare", _behind(lambda paper: compare(paper.comparison)), behind=True
    ),
    "sensitivity": Part(
        "What the answer turns on",
        _behind(lambda paper: sensitivity(paper.comparison), "ranges"),
        behind=True,
    ),
    "over-years": Part(
        "Year by year", _behind(lambda paper: over_years(paper.comparison), "years"), behind=True
    ),
    "open": Part("Every date that is open", _open, behind=True),
    "undated": Part("Promised without a date", _in_states(State.UNDATED), behind=True),
    "slipped": Part(
        "What was given another date", _behind(lambda paper: slipped(paper.dates)), behind=True
    ),
    "settled": Part("What came of the rest", _in_states(*_SETTLED), behind=True),
    "answers": Part(
        "Every recommendation", _behind(lambda paper: every_answer(paper.asking)), behind=True
    ),
    "conflicts": Part(
        "Where sources differ",
        _behind(lambda paper: conflicts(paper.record, paper.chosen)),
        behind=True,
    ),
    "method": Part("How it is counted", _method),
}


def _references(record: Known, sections: Iterable[Section]) -> Iterator[Reference]:
    """Yield each document that what is shown rests on, as it is first cited.

    One that was not out on the day is not among them: its words stand without a link.
    """
    for id_ in dict.fromkeys(id_ for section in sections for id_ in _cited(section)):
        source = record.sources.get(id_)
        if source is None:
            continue
        when = words.published(source.published) if source.published else "undated"
        read = f"Read on {words.day(source.accessed)}" if source.accessed else ""
        licence = f"Licence: {source.licence}" if source.licence else ""
        said = ". ".join(filter(None, (f"{source.publisher}, {when}", read, licence)))
        yield Reference(id_, source.title, source.url, f"{said}.")


def _cited(section: Section) -> Iterator[str]:
    """Yield the ids of the documents that a section cites, in the order of the page."""
    yield from (id_ for id_, _ in section.cites)
    for listing in section.listings:
        for one in listing.lines:
            yield from (id_ for id_, _ in one.cites)
    report = section.report
    if report:
        columns = [one for column in report.columns for one in (column, *column.under)]
        fields = [column.cites for column in columns if column.cites]
        for row in report.rows:
            yield from (id_ for field in fields for id_, _ in getattr(row, field))


def for_a_page(record: Known, report: Report[Any]) -> Report[Any]:
    """Show what a terminal has no room for: names, in words."""
    columns = report.columns
    if report.name == "totals":
        columns = (*columns, Column("adds_gbp", "Counted", Shape.FIGURE))
        rows = (replace(row, id=words.spelt(row.id)) for row in report.rows)  # of years
        report = replace(report, rows=tuple(rows))
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
