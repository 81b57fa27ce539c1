"""Reports as a table on a terminal, drawn by rich."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO
from itertools import groupby
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from reformcalc.render.cells import BREAKS, Cells, columns, heading
from reformcalc.report import Shape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reformcalc.report import Report

_INDENT = 2
_GAP = 2
_LEAST = 8  # letters, however long an id beside them is
_HEADING = "\u200b"  # holds the place of a heading; in a record it is refused (printable-text)
_LINES = "│├└ "  # what a tree is drawn with
_READABLE = 24  # columns below which a sentence is a list of words
_SENTENCE = 80  # columns of a sentence that are easily read, and keep figures near their words
_PROSE = 120  # likewise of the headline and the notes, which stand alone


def render_table(report: Report[Any], *, width: int, colour: bool) -> str:
    """Return a report as wrapped text: the answer, the table, the notes. Nothing is cut."""
    out = StringIO()
    console = Console(
        file=out, width=width, force_terminal=colour, no_color=not colour, highlight=False
    )
    prose = min(width, _PROSE)
    console.print(Text(report.headline, style="bold"), width=prose)
    if report.rows:
        console.print()
        console.print(Padding(_table(report, width), (0, 0, 0, _INDENT)))
        console.print()
    for note in report.notes:
        console.print(Text(note), width=prose)
    headings = _headings(report)
    lines = [
        _headed(next(headings), colour=colour) if line.strip() == _HEADING else line.rstrip()
        for line in out.getvalue().split("\n")
    ]
    return "\n".join(lines)


def _headings(report: Report[Any]) -> Iterator[str]:
    """Return what heads each group of rows, in order."""
    groups = groupby(heading(report, row) for row in report.rows if report.group)
    return (group for group, _ in groups)


def _headed(group: str, *, colour: bool) -> str:
    """Write a heading across all columns, which a cell cannot be."""
    return " " * _INDENT + (f"\x1b[1m{group}\x1b[0m" if colour else group)


def _table(report: Report[Any], width: int) -> Table:
    cells = _folded(columns(report), width)
    figures = sum(max(map(len, one.texts), default=0) for one in cells if one.right)
    crowded = figures > width // 2
    # Figures are not broken as long as there is room for them beside a narrow column of words.
    fits = sum(_widest(one, crowded=crowded) + 2 for one in cells if one.right) + 16 <= width
    narrow = _narrow(cells, width)
    table = Table(box=None, pad_edge=False, show_header=any(c.column.header for c in cells))
    for one in cells:
        wide = one.column.shape is Shape.SENTENCE
        table.add_column(
            Text(one.column.header),
            justify="right" if one.right else "left",
            overflow="fold",
            no_wrap=(one.right and fits) or one.column.shape is Shape.NAME,
            ratio=1 if wide else None,
            max_width=_most(one, narrow),
        )
    above = None
    for place, row in enumerate(report.rows):
        if report.group and (group := heading(report, row)) != above:
            above = group
            table.add_row(_HEADING)
        table.add_row(*(_cell(one, place, crowded=crowded) for one in cells))
    if report.total is not None:
        totals = ["Total", *(one.total for one in cells[1:])]
        table.add_row(*(Text(text, style="bold") for text in totals))
    return table


def _folded(cells: list[Cells], width: int) -> list[Cells]:
    """Put a sentence under the id that it is of, where that and the figures leave no room."""
    sentence = next((one for one in cells if one.column.shape is Shape.SENTENCE), None)
    figures = [one for one in cells if one.right]
    ids = cells[0]
    if sentence is None or ids.column.shape is not Shape.NAME:
        return cells
    room = width - _INDENT - sum(_widest(one, crowded=False) + _GAP for one in figures)
    if room >= _widest(ids, crowded=False) + _GAP + _READABLE:
        return cells
    column = replace(ids.column, shape=Shape.SENTENCE)
    whole = replace(ids, column=column, under=(*ids.under, sentence, *sentence.under))
    if ids.column.tree:
        whole = replace(whole, texts=list(_tree(ids, sentence, room)), under=())
    return [whole, *(one for one in cells[1:] if one is not sentence)]


def _tree(ids: Cells, sentence: Cells, room: int) -> Iterator[str]:
    """Yield the rows of a tree with their sentences below the ids, and its lines drawn on."""
    branches = [text[: len(text) - len(text.lstrip(_LINES))] for text in ids.texts]
    for place, (text, branch) in enumerate(zip(ids.texts, branches, strict=True)):
        below = branches[place + 1 : place + 2]
        inside = bool(below) and len(below[0]) > len(branch)
        goes_on = branch.replace("├", "│").replace("└", " ") + "│ " * inside
        said = [one.texts[place] for one in (sentence, *sentence.under)]
        name, *more = filter(None, [text[len(branch) :], *said])
        lines = [line for one in more for line in wrap(one, room - len(goes_on))]
        yield "\n".join([branch + name, *(goes_on + line for line in lines)])


def _most(cells: Cells, narrow: int) -> int | None:
    """Return how wide a column may be, None for as wide as it needs."""
    if cells.right or cells.column.shape is Shape.NAME:
        return None
    return _SENTENCE if cells.column.shape is Shape.SENTENCE else min(narrow, _SENTENCE // 2)


def _widest(cells: Cells, *, crowded: bool) -> int:
    """Return how wide the widest line of a column is."""
    texts = [cells.column.header, cells.total, *cells.texts]
    lines = [line for text in texts for line in _broken(text, crowded=crowded).split("\n")]
    return max(map(len, lines))


def _broken(text: str, *, crowded: bool) -> str:
    return BREAKS.sub("\n", text) if crowded else text


def _narrow(cells: Sequence[Cells], width: int) -> int:
    """Return how wide a column of short words may be.

    A quarter of the terminal, or a third where a word needs it, and never so much that the ids
    under another column are broken.
    """
    short = [text for c in cells if c.column.shape is not Shape.SENTENCE for text in c.texts]
    longest = max((len(word) for text in short for word in text.split()), default=0)
    under = [below for one in cells for below in one.under]
    ids = [len(text) for c in under if c.column.shape is Shape.NAME for text in c.texts]
    wanted = max(width // 4, min(width // 3, longest))
    return min(wanted, max(_LEAST, width - _INDENT - max(ids, default=0) - _GAP))


def _cell(cells: Cells, place: int, *, crowded: bool) -> Text:
    """Return a cell with what stands under it. In a crowded table a range takes two lines."""
    cell = Text(_broken(cells.texts[place], crowded=crowded and cells.right))
    for below in cells.under:
        if text := below.texts[place]:
            cell.append(f"\n{text}", style="dim")
    return cell
