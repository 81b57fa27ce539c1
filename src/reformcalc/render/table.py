"""Reports as a table on a terminal, drawn by rich."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from reformcalc.render.cells import BREAKS, Cells, columns, heading
from reformcalc.report import ID, Shape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reformcalc.report import Report

_INDENT = 2
_GAP = 2
_LEAST = 8  # letters, however long an id beside them is
_ACROSS = "\u200b"  # holds the place of a line across; in a record it is refused (printable-text)
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
    across: list[str] = []
    if report.rows:
        table, across = _table(report, width, colour=colour)
        console.print()
        console.print(Padding(table, (0, 0, 0, _INDENT)))
        console.print()
    for note in report.sentences:
        console.print(Text(note), width=prose)
    above = iter(across)
    lines = [
        next(above) if line.strip() == _ACROSS else line.rstrip()
        for line in out.getvalue().split("\n")
    ]
    return "\n".join(lines)


def _table(report: Report[Any], width: int, *, colour: bool) -> tuple[Table, list[str]]:
    """Return the table, and what stands in it across all columns, which a cell cannot."""
    cells = _alone(_folded(columns(report), width), width)
    crowded = _crowded(cells, width)
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
    above, across = None, []
    for place, row in enumerate(report.rows):
        if report.group and (group := heading(report, row)) != above:
            above = group
            across.append(f"\x1b[1m{group}\x1b[0m" if colour else group)
            table.add_row(_ACROSS)
        if cells[0].over and (name := cells[0].over[place]):
            across.append(name)
            table.add_row(_ACROSS)
        table.add_row(*(_cell(one, place, crowded=crowded) for one in cells))
    if report.total is not None:
        totals = ["Total", *(one.total for one in cells[1:])]
        table.add_row(*(Text(text, style="bold") for text in totals))
    return table, [f"{' ' * _INDENT}{line}" for line in across]


def _crowded(cells: Sequence[Cells], width: int) -> bool:
    """Whether figures take more than half of the lines."""
    return sum(max(map(len, one.texts), default=0) for one in cells if one.right) > width // 2


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
        lines = [line for one in more for line in wrap(one, max(_LEAST, room - len(goes_on)))]
        yield "\n".join([branch + name, *(goes_on + line for line in lines)])


def _alone(cells: list[Cells], width: int) -> list[Cells]:
    """Put each id that has no room beside other columns on a line of its own, above its row.

    It may stand over the title that it was below. A column that is broken itself leaves half of
    the room.
    """
    first, *others = cells
    ids = next((one for one in (first, *first.under) if one.column.field == ID.field), None)
    if ids is None or first.column.shape is not Shape.SENTENCE:
        return cells
    crowded = _crowded(cells, width)
    whole = [one for one in others if one.column.shape is not Shape.SENTENCE]
    room = width - _INDENT - _GAP * len(others) - sum(_widest(c, crowded=crowded) for c in whole)
    room //= 1 + len(others) - len(whole)
    names = [text.partition("\n")[0] for text in ids.texts]
    over = [name if room < len(name) <= width - _INDENT else "" for name in names]
    rest = [text[len(name) :].lstrip("\n") for name, text in zip(over, ids.texts, strict=True)]
    below = tuple(replace(one, texts=rest) if one is ids else one for one in first.under)
    texts = rest if ids is first else first.texts
    return [replace(first, texts=texts, under=below, over=over), *others]


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
    lines = [Text(_broken(cells.texts[place], crowded=crowded and cells.right))]
    lines += [Text(below.texts[place], style="dim") for below in cells.under]
    return Text("\n").join(filter(None, lines))
