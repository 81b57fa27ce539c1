"""What is in the record: its entries, by kind."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.answers.chosen import EVERYTHING, Chosen, admitted, age, singular
from reformcalc.answers.entry_words import figure
from reformcalc.answers.written import name, title
from reformcalc.errors import UnknownId
from reformcalc.record.model import Dataset, FigureEntry
from reformcalc.report import ID, Column, Report, Shape
from reformcalc.rows import Kind, means
from reformcalc.screen import Cell, Head, Line, LineKind, Listing, Screen, Tone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reformcalc.ledger.known import Known
    from reformcalc.record.model import Part


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry of the record."""

    kind: str = field(metadata=means("the section that it is in", Kind.WORD))
    id: str = field(metadata=means("the entry", Kind.ID))
    title: str = field(metadata=means("its name", Kind.TEXT))
    says: str = field(metadata=means("its figure or date, in words", Kind.TEXT))
    figure_kind: str = field(
        metadata=means("of a figure: count, rate and so on, which it stands under", Kind.WORD)
    )


def entries(
    record: Known, kind: str | None = None, chosen: Chosen = EVERYTHING
) -> Report[EntryRow]:
    """Return the entries of one kind, or of all, that were known on the day.

    Raises UnknownId for a kind that does not exist.
    """
    if kind is not None and kind not in Dataset.KINDS:
        raise UnknownId("kind", kind, Dataset.KINDS)
    chosen.check(record)
    rows = tuple(
        EntryRow(section, id_, title(entry), figure(record, section, id_), _figure_kind(entry))
        for section in ([kind] if kind else Dataset.KINDS)
        for id_, entry in sorted(record.section(section).items(), key=_by_figure_kind)
        if admitted(entry, chosen)
    )
    counts = {section: sum(row.kind == section for row in rows) for section in Dataset.KINDS}
    said = [words.counted(count, singular(kind), kind) for kind, count in counts.items() if count]
    return Report(
        name="list",
        as_of=record.as_of,
        dataset=record.stamp,
        headline=f"As of {words.day(record.as_of)}: {', '.join(said) or 'nothing'}",
        rows=rows,
        row_type=EntryRow,
        columns=(
            ID,
            Column("says", shape=Shape.SENTENCE),
            Column("title", shape=Shape.SENTENCE),
        ),
        group=Column("figure_kind" if kind == "figures" else "kind"),
        notes=tuple(age(record)),
    )


def _figure_kind(entry: Part) -> str:
    return entry.kind if isinstance(entry, FigureEntry) else ""


def _by_figure_kind(one: tuple[str, Part]) -> tuple[str, str]:
    """Sort figures by what they are, all else by id."""
    return _figure_kind(one[1]), one[0]


def screen(
    record: Known, kind: str | None = None, chosen: Chosen = EVERYTHING, *, every: bool = False
) -> Screen:
    """Return the same as people see it first: of all kinds how many there are, of one each.

    Raises UnknownId as `entries` does.
    """
    report = entries(record, kind, chosen)
    if kind is None:
        return _counted(record, report.rows)
    lines: list[Line] = []
    for figure_kind, group in groupby(report.rows, key=lambda row: row.figure_kind):
        rows = list(group)
        if figure_kind:
            lines.append(_heading(figure_kind, len(rows)))
        shown = rows if every or not figure_kind else rows[:_OF_A_KIND]
        lines += [_line(record, row) for row in shown]
    grouped = kind == "figures"
    heads = (Head(grows=True), Head(most=16), Head("" if grouped else "To see it: show"))
    folded = None if every else _more if grouped else _rest
    ways = [("All", "--all"), ("Some", "--topic, --pillar or --lead")]
    ways.append(("One", "show ID") if grouped else ("By words", "find WORDS"))
    return Screen(
        answer=_headline(record, report.rows, kind, chosen),
        listings=(Listing(heads, tuple(lines), folded=folded, least=5),) if lines else (),
        ways=tuple(ways),
        whole=every,
    )


_OF_A_KIND = 2  # figures of a kind that a screen begins with


def _heading(figure_kind: str, number: int) -> Line:
    return Line((Cell(f"{figure_kind.capitalize()} ({number})"),), LineKind.HEADING)


def _line(record: Known, row: EntryRow) -> Line:
    named, says = name(record.section(row.kind)[row.id]), row.says.partition(" (")[0]
    return Line((Cell(named), Cell(says), Cell(row.id, Tone.QUIET)))


def _headline(record: Known, rows: Sequence[EntryRow], kind: str, chosen: Chosen) -> str:
    number = words.counted(len(rows), singular(kind), kind)
    about = chosen.described(record)
    named = f" of {about}" if about else ""
    return f"{words.sentence(number)}{named}, as known on {words.day(record.as_of)}"


def _rest(hidden: Sequence[Line]) -> Line:
    return Line((Cell(f"and {len(hidden)} more: --all"),))


def _more(_: Sequence[Line]) -> Line:
    """Stand for figures of which each heading has the number."""
    return Line((Cell("and more: --all"),))


def _counted(record: Known, rows: Sequence[EntryRow]) -> Screen:
    """Return how many entries of each kind there are, what these are, and how to ask for them."""
    lines = [
        Line((
            Cell(str(sum(row.kind == kind for row in rows))),
            Cell(kind),
            Cell(_MEANING.get(kind) or _first_line(kind)),
        ))
        for kind in Dataset.KINDS
    ]  # fmt: skip
    return Screen(
        answer=f"{words.counted(len(rows), 'entry', 'entries')}, as known on "
        f"{words.day(record.as_of)}",
        said=(f"{record.about.title}.",),
        listings=(Listing((Head(right=True), Head(), Head(grows=True)), tuple(lines)),),
        ways=(
            ("Those of a kind", "list milestones"),
            ("By words", "find WORDS"),
            ("One", "show ID"),
        ),
    )


def _first_line(kind: str) -> str:
    """Return what the model says that an entry of a section is."""
    return (Dataset.kind(kind).__doc__ or "").partition("\n")[0].rstrip(".")


_MEANING = {
    "commitments": "promises, usually of money",
    "benchmarks": "outside figures to compare with",
    "figures": "numbers that are no promise of money in total",
    "milestones": "steps, duties, programmes and aims, with a day or a condition",
    "recommendations": "what reviews and committees asked for, and what was answered",
    "sources": "documents that say so",
    "pillars": "parts of the programme that money is counted under",
    "topics": "subjects that entries are filed under",
    "bodies": "departments, councils and others",
    "deflators": "releases of a price index",
}
