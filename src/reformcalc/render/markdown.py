"""Reports as Markdown: a table to paste into a paper, with its headline and notes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from reformcalc import words
from reformcalc.printable import on_the_web
from reformcalc.render.grid import TOTAL, grid_of
from reformcalc.screen import Cell, LineKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from reformcalc.report import Document, Report, Section
    from reformcalc.screen import Listing
    from reformcalc.words import Cited


def render_markdown(report: Report[Any]) -> str:
    """Return the headline in bold, the table, and the notes as a list."""
    lines = [f"**{_escaped(report.headline)}**", ""]
    if report.rows:
        lines += [*_table(report), ""]
    lines += [f"- {_escaped(note)}" for note in report.sentences]
    return "\n".join(lines).rstrip() + "\n"


def render_document(document: Document) -> str:
    """Return a document as headings, sentences, tables, notes and the documents that it cites.

    Charts are left to the page: what each shows stands in words.
    """
    data = document.dataset
    numbers = {one.id: number for number, one in enumerate(document.references, 1)}
    lines = [f"# {_escaped(document.title)}", ""]
    lines += [_escaped(document.author), ""] if document.author else []
    known = f"As known on {words.day(document.as_of)}."
    version = f"version {_escaped(data.version)} ({data.digest})"
    lines += [f"{known} Data: {_escaped(data.title)}, {version}.", ""]
    for place, section in enumerate(document.sections):
        lines += [f"## {_escaped(section.title)}", "", *_inside(section, numbers)]
        if not place and document.cite:
            lines += [f"To cite this: {_escaped(document.cite)}", ""]
    if document.references:
        lines += ["## Sources", ""]
        for number, one in enumerate(document.references, 1):
            address = f" {_escaped(one.url)}" if one.url and on_the_web(one.url) else ""
            lines.append(f"{number}. {_escaped(f'{one.title}. {one.said}')}{address}")
        lines.append("")
    lines.append(_escaped(document.imprint))
    return "\n".join(lines).rstrip() + "\n"


def _inside(section: Section, numbers: Mapping[str, int]) -> Iterator[str]:
    """Yield what a section says, line by line."""
    for figure, meaning in section.figures:
        yield f"- **{_escaped(figure)}** {_escaped(meaning)}"
    yield from [""] * bool(section.figures)
    for place, sentence in enumerate(section.sentences):
        yield f"{_escaped(sentence)}{'' if place else _refs(section.cites, numbers)}"
        yield ""
    if section.chart:
        yield f"{_escaped(section.chart.title)}. {_escaped(section.chart.source)}"
        yield ""
        if section.chart.listing:
            yield from _lines_of(section.chart.listing, numbers)
    for listing in section.listings:
        yield from _lines_of(listing, numbers)
    for sentence in section.beside:
        yield from (_escaped(sentence), "")
    if section.report is not None:
        yield from (*_table(section.report), "")
        yield from (f"- {_escaped(note.text)}" for note in section.report.notes)
        yield from [""] * bool(section.report.notes)
    if section.notes:
        yield from (_escaped(" ".join(section.notes)), "")


def _lines_of(listing: Listing, numbers: Mapping[str, int]) -> Iterator[str]:
    """Yield the lines of a screen as a table, its headings bold, then its footnotes."""
    heads = listing.heads[:-1] if listing.scale else listing.heads  # ranges are in the chart
    notes = listing.notes
    yield from (f"**{_escaped(listing.title)}**", "") if listing.title else ()
    yield f"| {' | '.join(_escaped(head.text) for head in heads)} |"
    yield f"| {' | '.join('---:' if head.right else '---' for head in heads)} |"
    for line in (*listing.lines, *[listing.total] * bool(listing.total)):
        assert line is not None
        texts = [
            _escaped(cell.text.strip())
            + (f" ({_letter(notes.index(cell.note))})" if cell.note else "")
            for cell in line.cells
            if isinstance(cell, Cell)
        ]
        if line.kind is not LineKind.ROW:
            texts[0] = f"**{texts[0]}**"
        cited = next((place for place, head in enumerate(heads) if head.grows), 0)
        texts[min(cited, len(texts) - 1)] += _refs(line.cites, numbers)
        texts += [""] * (len(heads) - len(texts))
        yield f"| {' | '.join(texts)} |"
    yield ""
    if notes:
        yield " ".join(f"({_letter(place)}) {_escaped(note)}" for place, note in enumerate(notes))
        yield ""


def _refs(cites: Iterable[Cited], numbers: Mapping[str, int]) -> str:
    return "".join(f" \\[{numbers[id_]}\\]" for id_, _ in cites if id_ in numbers)


def _letter(place: int) -> str:
    return "abcdefghijklmnopqrstuvwxyz"[place % 26]


def _table(report: Report[Any]) -> list[str]:
    grid = grid_of(report)
    columns = list(grid.flat(headings=True))
    names = [_escaped(one.name.replace("_", " ")) for one in columns]
    rules = ["---:" if one.right else "---" for one in columns]
    rows = [map(_escaped, texts) for texts in zip(*(one.texts for one in columns), strict=True)]
    total = [f"**{TOTAL}**" if one.total == TOTAL else _escaped(one.total) for one in columns]
    every = [names, rules, *rows, *[total] * grid.has_total]
    return [f"| {' | '.join(row)} |" for row in every]


def _escaped(text: str) -> str:
    """Keep text from being read as markup, and the branches of a tree from being folded."""
    if re.fullmatch(r"https?://[^\s<>]+", text):  # a link, in which nothing else is markup
        return f"<{text.replace('|', '%7C')}>"
    text = re.sub(r"([\\`*_~\[\]<>|#&$])", r"\\\1", text)
    return re.sub(r"(?<=[│├└ ]) (?=[│├└ ])|^ ", "\u00a0", text)
