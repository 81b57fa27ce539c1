"""The cells of a table for people: every value in words, money in one unit per column."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import repeat
from typing import TYPE_CHECKING, Any

from reformcalc import words
from reformcalc.money import Bounds, Sum
from reformcalc.report import Shape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from reformcalc.report import Column, Report


# Where "£1,033m to £1,110m", "+8.7 and +12.3" and "at least £1,033m" can be broken.
BREAKS = re.compile(r"(?<!\bup) (?=to |and )|(?<=\bat least) ")


_DEEPEST = 12  # levels of a tree that are drawn: each row is as wide as it is deep


@dataclass(frozen=True, slots=True)
class Cells:
    """One column in words: a cell per row, one for the total, and whether it aligns right.

    `under` are those below it, without those that say nothing; `over` is what stands above each
    cell on a line of its own, across all columns.
    """

    column: Column
    texts: Sequence[str]
    total: str = ""
    under: tuple[Cells, ...] = ()
    over: Sequence[str] = ()
    right: bool = False

    @property
    def empty(self) -> bool:
        return not any(self.texts) and not self.under


def columns(report: Report[Any], *, drawn: bool = True) -> list[Cells]:
    """Return the columns of a report that say anything, in words; a tree with its lines `drawn`."""
    everything = [*report.rows, *([report.total] if report.total is not None else [])]
    result = []
    for column in report.columns:
        values = [getattr(row, column.field) for row in everything]
        write = _writer(column, values)
        texts = [
            getattr(row, column.instead, None) or write(value)
            for row, value in zip(everything, values, strict=True)
        ]
        total = texts.pop() if report.total is not None else ""
        if column.tree:
            lines = branches(report.rows) if drawn else repeat("")
            texts = [
                branch + (text if row.addressable else "")
                for branch, row, text in zip(lines, report.rows, texts, strict=False)
            ]
        below = (
            Cells(one, [_text(getattr(row, one.field)) for row in report.rows])
            for one in column.under
        )
        under = tuple(one for one in below if not one.empty)
        right = column.shape is Shape.FIGURE or any(map(_is_number, values))
        cells = Cells(column, texts, total, under, right=right)
        if not cells.empty:
            result.append(cells)
    return result


def branches(rows: Sequence[Any]) -> Iterator[str]:
    """Return the lines that draw each row's place under its parents, from its depth.

    What lies deeper than is drawn stands at the deepest level, behind "…".
    """
    drawn: list[str] = []
    open_: set[int] = set()  # the levels that go on below: rows are walked from the last up
    for row in reversed(rows):
        depth = min(row.depth, _DEEPEST)
        above = "".join("│ " if level in open_ else "  " for level in range(1, depth))
        own = ("├ " if depth in open_ else "└ ") if depth else ""
        drawn.append(above + own + "… " * (depth < row.depth))
        open_ = {level for level in open_ if level < depth} | {depth}
    return reversed(drawn)


def heading(report: Report[Any], row: Any) -> str:
    """Return what heads the rows that stand with one: a word, or an id as it is typed."""
    assert report.group
    text = _text(getattr(row, report.group.field))
    name = report.group.shape is Shape.NAME
    return text if name else text.replace("-", " ").capitalize()


def on_the_web(address: str) -> bool:
    """Whether an address leads to a page. To follow another, as "javascript:", could do harm."""
    return re.match(r"https?://", address, re.IGNORECASE) is not None


def _writer(column: Column, values: Sequence[Any]) -> Callable[[Any], str]:
    """Return how to write the values of one column."""
    if any(isinstance(value, Sum) for value in values):
        figures = [
            bound
            for value in values
            if value is not None
            for bound in (value.stated, value.low, value.high)
            if bound is not None
        ]
        write = words.MoneyWriter(figures, divided=column.divided)
        return lambda value: "not known" if value is None else words.phrase(value, write)
    if any(isinstance(value, Bounds) for value in values):
        ends = [end for value in values for end in (value.low, value.high) if end is not None]
        write = words.MoneyWriter(ends, divided=column.divided)
        return lambda value: words.between(
            *(None if end is None else write(end) for end in (value.low, value.high))
        )
    if column.field.endswith("_gbp"):
        figures = [Decimal(value) for value in values if value is not None]
        write = words.MoneyWriter(figures, divided=column.divided)
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
        case _:
            return str(value)


def _is_number(value: Any) -> bool:
    return isinstance(value, Sum | Decimal | int)
