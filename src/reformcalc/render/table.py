"""Reports as a table on a terminal: the answer, the rows as columns that fit, the notes."""

from __future__ import annotations

import sys
from dataclasses import replace
from itertools import chain, zip_longest
from typing import TYPE_CHECKING, Any, NamedTuple

from reformcalc.render.grid import BREAKS, TOTAL, Grid, GridColumn, grid_of
from reformcalc.render.terminal import Piece, is_address, wide, wrapped, written
from reformcalc.report import ID, Shape
from reformcalc.screen import Tone

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reformcalc.render.terminal import Terminal
    from reformcalc.report import Report

_INDENT = 2
_GAP = 2
_LEAST = 8  # columns that words need, however long an id or a figure beside them is
_READABLE = 24  # columns below which a sentence is a list of words
_BESIDE = 16  # columns for words, with which figures need not be broken
_SENTENCE = 80  # columns of a sentence that are easily read, and keep figures near their words
_PROSE = 120  # likewise of the headline and the notes, which stand alone


def render_table(report: Report[Any], terminal: Terminal) -> str:
    """Return a report as wrapped text: the answer, the table, the notes. Nothing is cut."""
    width = terminal.width
    prose = min(width, _PROSE)
    lines = [[Piece(line, Tone.STRONG)] for line in wrapped(report.headline, prose)]
    if report.rows:
        indent = Piece(" " * _INDENT)
        lines += [[], *([indent, *line] for line in _Table(grid_of(report), width).lines()), []]
    for sentence in report.sentences:
        lines += [[Piece(line)] for line in wrapped(sentence, prose)]
    return written(lines, colour=terminal.colour, links=terminal.links)


class _Line(NamedTuple):
    """A line of a cell, not yet broken; the lines of a tree stand before it and below."""

    text: str
    style: Tone = Tone.PLAIN
    before: str = ""
    below: str = ""


class _Table:
    """A grid laid out for a terminal of so many columns."""

    def __init__(self, grid: Grid, width: int) -> None:
        self._width = width
        self._room = max(1, width - _INDENT)
        self._figures = [one for one in grid.columns if one.right]
        # Where figures take more than half of a line, a range takes two lines.
        self._crowded = sum(_widest(one.texts) for one in self._figures) > width // 2
        self._grid = grid = self._folded(grid)
        self._over = self._alone()
        self._cells = [[self._cell(one, row) for row in range(grid.size)] for one in grid.columns]
        self._widths = self._fitted()

    def lines(self) -> Iterator[list[Piece]]:
        """Yield the table line by line."""
        grid = self._grid
        if any(one.header for one in grid.columns):
            yield from self._row([[_Line(text, Tone.STRONG)] for text in _headers(grid)])
        for row in range(grid.size):
            if heading := grid.begins_group(row):
                yield from ([Piece(line, Tone.STRONG)] for line in wrapped(heading, self._room))
            if over := self._over[row]:
                yield [Piece(over)]
            yield from self._row([cells[row] for cells in self._cells])
        if grid.has_total:
            totals = [TOTAL, *(self._shown(one, one.total) for one in grid.columns[1:])]
            yield from self._row([[_Line(text, Tone.STRONG)] for text in totals])

    def _row(self, cells: Iterable[Iterable[_Line]]) -> Iterator[list[Piece]]:
        """Yield the lines of one row, each cell broken to the width of its column."""
        columns = [
            [piece for line in cell for piece in _pieces(line, width)]
            for cell, width in zip(cells, self._widths, strict=True)
        ]
        for pieces in zip_longest(*columns, fillvalue=_NOTHING):
            over = [self._is_over(*one) for one in zip(pieces, self._widths, strict=True)]
            beside = [_NOTHING if out else one for one, out in zip(pieces, over, strict=True)]
            if any(piece.text for piece in beside) or not any(over):
                yield list(self._beside(beside))
            for place, piece in enumerate(pieces):
                if over[place]:
                    yield [Piece(" " * self._start(place, piece)), piece]

    def _beside(self, pieces: Iterable[Piece]) -> Iterator[Piece]:
        """Yield the pieces of a line, each in its column."""
        gap = 0
        for piece, width, column in zip(pieces, self._widths, self._grid.columns, strict=True):
            spare = max(0, width - wide(piece.text))
            before, after = (spare, 0) if column.right else (0, spare)
            yield from (Piece(" " * (gap + before)), piece)
            gap = after + _GAP

    @staticmethod
    def _is_over(piece: Piece, width: int) -> bool:
        """Whether a piece holds a web address that has no room in its column: it stays whole."""
        return wide(piece.text) > width and is_address(piece.text)

    def _start(self, place: int, piece: Piece) -> int:
        """Return where a line of an address alone begins: in its column, or as near as it fits."""
        before = sum(self._widths[:place]) + _GAP * place
        return max(0, min(before, self._room - wide(piece.text)))

    def _cell(self, column: GridColumn, row: int) -> list[_Line]:
        """Return the lines of a cell that say anything, with those of the tree before them."""
        lines = [
            _Line(self._shown(column, line.texts[row]), Tone.QUIET if line.quiet else Tone.PLAIN)
            for line in column.lines
            if line.texts[row] and not (self._over[row] and line.field == ID.field)
        ]
        if not column.tree:
            return lines
        branch, below = self._grid.branches[row], self._grid.below(row)
        first, *more = lines or [_Line("")]
        before = below if self._over[row] else branch
        return [
            first._replace(before=before, below=below),
            *(line._replace(before=below, below=below) for line in more),
        ]

    def _shown(self, column: GridColumn, text: str) -> str:
        return BREAKS.sub("\n", text) if self._crowded and column.right else text

    def _folded(self, grid: Grid) -> Grid:
        """Put a sentence under the id that it is of, where that and the figures leave no room."""
        ids, *others = grid.columns
        sentence = next((one for one in others if one.shape is Shape.SENTENCE), None)
        if sentence is None or ids.shape is not Shape.NAME:
            return grid
        figures = sum(_widest(_texts(one)) + _GAP for one in self._figures)
        names = _widest(grid.branched(ids))
        if figures + names + _GAP + _READABLE <= self._room:
            return grid
        both = replace(ids, shape=Shape.SENTENCE, lines=(*ids.lines, *sentence.lines))
        return replace(grid, columns=(both, *(one for one in others if one is not sentence)))

    def _alone(self) -> list[str]:
        """Return each id that has no room beside other columns: it has a line above its row.

        It may stand over the title that it was below. A column that is broken itself leaves half
        of the room.
        """
        first, *others = self._grid.columns
        ids = next((line for line in first.lines if line.field == ID.field), None)
        if ids is None or first.shape is not Shape.SENTENCE:
            return [""] * self._grid.size
        whole = [one for one in others if one.shape is not Shape.SENTENCE]
        taken = sum(_widest(self._shown(one, text) for text in _texts(one)) for one in whole)
        room = (self._room - _GAP * len(others) - taken) // (1 + len(others) - len(whole))
        names = self._grid.branched(first) if ids is first.lines[0] else ids.texts
        return [name if room < wide(name) <= self._room else "" for name in names]

    def _fitted(self) -> list[int]:
        """Return how wide each column is: as its widest line, or less where that does not fit."""
        columns = self._grid.columns
        narrow = self._narrow()
        widths = []
        for column, cells in zip(columns, self._cells, strict=True):
            ends = [_Line(column.header), _Line(self._shown(column, column.total))]
            widest = max(_width(line) for line in chain(ends, *cells))
            widths.append(max(1, min(widest, _most(column, narrow))))
        # Figures are not broken as long as there is room for them beside a narrow column of words.
        figures = sum(
            width + _GAP for column, width in zip(columns, widths, strict=True) if column.right
        )
        whole = figures + _BESIDE <= self._width
        room = self._room - _GAP * (len(columns) - 1)
        words = [
            place
            for place, column in enumerate(columns)
            if column.shape is not Shape.NAME and not (column.right and whole)
        ]
        return _narrowed(_narrowed(widths, room, words, _LEAST), room, range(len(columns)), 1)

    def _narrow(self) -> int:
        """Return how wide a column of short words may be.

        A quarter of the terminal, or a third where a word needs it, and never so much that the ids
        under another column are broken.
        """
        columns, width = self._grid.columns, self._width
        short = (text for c in columns if c.shape is not Shape.SENTENCE for text in c.texts)
        longest = max((wide(word) for text in short for word in text.split()), default=0)
        under = (line for one in columns for line in one.lines[1:] if line.field == ID.field)
        ids = max((_widest(line.texts) for line in under), default=0)
        wanted = max(width // 4, min(width // 3, longest))
        return min(wanted, max(_LEAST, self._room - ids - _GAP))


_NOTHING = Piece("")


def _pieces(line: _Line, width: int) -> Iterator[Piece]:
    """Yield a line of a cell broken to a width, each with the lines of the tree before it."""
    before = line.before
    for text in wrapped(line.text, max(1, width - wide(before))):
        yield Piece(before + text, line.style)
        before = line.below


def _headers(grid: Grid) -> list[str]:
    """Return the headings of all columns, each ending on the line above the rows."""
    most = max(one.header.count("\n") for one in grid.columns)
    return ["\n" * (most - one.header.count("\n")) + one.header for one in grid.columns]


def _texts(column: GridColumn) -> Iterator[str]:
    """Yield what stands first in the cells of a column, and its heading and total."""
    yield from (column.header, column.total, *column.texts)


def _width(line: _Line) -> int:
    return wide(line.before) + _widest([line.text])


def _widest(texts: Iterable[str]) -> int:
    """Return how wide the widest line of some texts is."""
    return max((wide(line) for text in texts for line in text.split("\n")), default=0)


def _most(column: GridColumn, narrow: int) -> int:
    """Return how wide a column may be."""
    if column.right or column.shape is Shape.NAME:
        return sys.maxsize
    return _SENTENCE if column.shape is Shape.SENTENCE else min(narrow, _SENTENCE // 2)


def _narrowed(widths: list[int], room: int, which: Iterable[int], least: int) -> list[int]:
    """Take from the widest of some columns until all fit, and from none that has the `least`."""
    widths = list(widths)
    some = list(which)
    excess = sum(widths) - room
    while excess > 0 and (widest := max(some, key=widths.__getitem__, default=None)) is not None:
        if widths[widest] <= least:
            break
        widths[widest] -= 1
        excess -= 1
    return widths
