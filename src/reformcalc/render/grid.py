"""An answer as a grid of words, worked out once; the formats for people only draw it.

Every value stands in words, money in one unit per column. A cell has lines: what the column is of,
and what stands under it. Where one row has to be one line, each of these is a column of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from reformcalc import words
from reformcalc.report import Shape
from reformcalc.rows import NUMBERS, Kind, kind_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from reformcalc.report import Column, Report

TOTAL = "Total"
# Where "£1,033m to £1,110m", "+8.7 and +12.3" and "at least £1,033m" can be broken.
BREAKS = re.compile(r"(?<!\bup) (?=to |and )|(?<=\bat least) ")
_DEEPEST = 12  # levels of a tree that are drawn: each row is as wide as it is deep


@dataclass(frozen=True, slots=True)
class Lines:
    """One line of each cell of a column, a text per row: `quiet` where it stands under another.

    `links` has the web address that each leads to, `cites` the citations that each is made of, as
    the id of the source and its words; both are empty where the report says of none.
    """

    field: str
    texts: Sequence[str]
    quiet: bool = False
    links: Sequence[str | None] = ()
    cites: Sequence[Sequence[tuple[str, str]]] = ()


@dataclass(frozen=True, slots=True)
class GridColumn:
    """A column: its heading, the lines of its cells, and its cell of the total.

    `right` aligns figures; `tree` draws the place of each row under its parents before it.
    """

    header: str  # as a table has it, on as many lines as it is to take
    shape: Shape
    lines: tuple[Lines, ...]
    total: str = ""
    right: bool = False
    tree: bool = False

    @property
    def field(self) -> str:
        """The field that the first line of its cells is of."""
        return self.lines[0].field

    @property
    def name(self) -> str:
        """The heading on one line, or the name of the field where it has none."""
        return self.header.replace("\n", " ") or self.field

    @property
    def texts(self) -> Sequence[str]:
        """The first line of its cells."""
        return self.lines[0].texts


class Flat(NamedTuple):
    """A column of rows that are one line each: its name, a text per row, that of the total."""

    name: str
    texts: Sequence[str]
    total: str
    right: bool


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of an answer, as columns of words.

    `group` names what the rows stand together by; `groups` has that of each row as it is typed,
    `headings` as it heads them. `depths` and `branches` are the place of each row in a tree, and
    the lines that draw it; all are empty where the answer has none.
    """

    columns: tuple[GridColumn, ...]
    size: int
    has_total: bool
    group: str = ""
    groups: Sequence[str] = ()
    headings: Sequence[str] = ()
    depths: Sequence[int] = ()
    branches: Sequence[str] = ()

    def begins_group(self, place: int) -> str:
        """Return the heading that stands above a row, or nothing."""
        if not self.headings or (place and self.headings[place] == self.headings[place - 1]):
            return ""
        return self.headings[place]

    def flat(self, *, headings: bool = False) -> Iterator[Flat]:
        """Yield the columns of rows that are one line each; groups as typed, or as `headings`."""
        if self.group:
            yield Flat(self.group, self.headings if headings else self.groups, "", right=False)
        for place, column in enumerate(self.columns):
            total = column.total if place else TOTAL
            yield Flat(column.name, self.branched(column), total, column.right)
            for line in column.lines[1:]:
                yield Flat(line.field, line.texts, "", right=False)

    def branched(self, column: GridColumn) -> Sequence[str]:
        """Return the first line of the cells of a column, behind the lines of the tree, if any."""
        if not column.tree:
            return column.texts
        return [branch + text for branch, text in zip(self.branches, column.texts, strict=True)]

    def below(self, row: int) -> str:
        """Return the lines of the tree that pass a row below its first line."""
        branch, following = self.branches[row], self.branches[row + 1 : row + 2]
        inside = bool(following) and len(following[0]) > len(branch)
        return branch.replace("├", "│").replace("└", " ") + "│ " * inside

    def titled(self) -> Grid:
        """Return the grid with ids under the titles that follow them: on a page, for readers."""
        match self.columns:
            case [ids, titles, *others] if (
                ids.shape is Shape.NAME and titles.shape is Shape.SENTENCE
            ):
                first, *under = titles.lines
                lines = (first, *ids.lines, *under)
                return replace(self, columns=(replace(titles, lines=lines, tree=ids.tree), *others))
        return self


def grid_of(report: Report[Any]) -> Grid:
    """Return the rows of a report in words, without the columns and lines that say nothing."""
    rows, total = report.rows, report.total
    columns = [_column(report, column) for column in report.columns]
    grid = Grid(
        columns=tuple(one for one in columns if any(one.texts) or len(one.lines) > 1),
        size=len(rows),
        has_total=total is not None,
    )
    if any(column.tree for column in report.columns):
        grid = replace(grid, depths=[row.depth for row in rows], branches=list(branches(rows)))
    if report.group:
        field, typed = report.group.field, report.group.shape is Shape.NAME
        groups = [str(getattr(row, field)) for row in rows]
        headings = groups if typed else [one.replace("-", " ").capitalize() for one in groups]
        grid = replace(grid, group=field, groups=groups, headings=headings)
    return grid


_ON, _END = "│ ", "  "


def branches(rows: Sequence[Any]) -> Iterator[str]:
    """Return the lines that draw each row's place under its parents, from its depth.

    What lies deeper than is drawn stands at the deepest level, behind "…".
    """
    drawn: list[str] = []
    passing = [_END] * (_DEEPEST + 1)  # what goes on below: rows are walked from the last up
    for row in reversed(rows):
        depth = min(row.depth, _DEEPEST)
        own = ("├ " if passing[depth] == _ON else "└ ") if depth else ""
        drawn.append("".join(passing[1:depth]) + own + "… " * (depth < row.depth))
        passing[depth] = _ON
        passing[depth + 1 :] = [_END] * (_DEEPEST - depth)
    return reversed(drawn)


def _column(report: Report[Any], column: Column) -> GridColumn:
    everything = [*report.rows, *([report.total] if report.total is not None else [])]
    values = [getattr(row, column.field) for row in everything]
    kind = kind_of(report.row_type, column.field)
    write = _writer(kind, values, divided=column.divided)
    texts = [
        getattr(row, column.instead, None) or write(value)
        for row, value in zip(everything, values, strict=True)
    ]
    total = texts.pop() if report.total is not None else ""
    if column.tree:
        texts = [
            text if row.addressable else "" for row, text in zip(report.rows, texts, strict=True)
        ]
    links = [getattr(row, column.link) for row in report.rows] if column.link else ()
    under = (_below(report, one) for one in column.under)
    return GridColumn(
        header=column.header,
        shape=column.shape,
        lines=(
            Lines(column.field, texts, links=links),
            *(line for line in under if any(line.texts)),
        ),
        total=total,
        right=kind in NUMBERS or column.shape is Shape.FIGURE,
        tree=column.tree,
    )


def _below(report: Report[Any], column: Column) -> Lines:
    return Lines(
        column.field,
        [_text(getattr(row, column.field)) for row in report.rows],
        quiet=True,
        cites=[getattr(row, column.cites) for row in report.rows] if column.cites else (),
    )


def _writer(kind: Kind, values: Sequence[Any], *, divided: bool) -> Callable[[Any], str]:
    """Return how to write the values of one column: money in one unit and precision."""
    there = [value for value in values if value is not None]
    if kind is Kind.SUM and there:
        figures = (bound for value in there for bound in (value.stated, value.low, value.high))
        write = words.MoneyWriter((one for one in figures if one is not None), divided=divided)
        return lambda value: "not known" if value is None else words.phrase(value, write)
    if kind is Kind.SHORTFALL:
        ends = (end for value in there for end in (value.low, value.high) if end is not None)
        write = words.MoneyWriter(ends, divided=divided)
        return lambda value: words.shortfall(value.low, value.high, write)
    if kind is Kind.POUNDS:
        write = words.MoneyWriter(map(Decimal, there), divided=divided)
        return lambda value: "" if value is None else write(Decimal(value))
    return _text


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case date():
            return value.isoformat()
        case StrEnum():
            return value.replace("-", " ")
        case Decimal() | int():
            return str(value).replace("-", "−")
        case _:
            return str(value)
