"""A sheet as people see it: rows of cells, whatever kind of file they are from.

Nothing in a cell is ever run or worked out: of a formula, the value that was stored with it is
read. What cannot be read at all is `Unreadable`, whose message says why and what to do.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

MOST_ABOVE = 30  # rows that a title, a logo or a key may take before the headings
MOST_ROWS = 20_000  # the last row of a sheet that is looked at
MOST_FILLED = 5_000  # rows with anything in them: no plan is that long
MOST_COLUMNS = 200
MOST_LETTERS = 4_000_000  # in all cells: cells may share a text, so a small file can hold many
LONGEST_CELL = 32_767  # letters, as many as Excel keeps


class Unreadable(Exception):
    """A spreadsheet that cannot be read: the message says why, and what to do instead."""

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.line = line


class Shown(StrEnum):
    """How much of a date the form of its cell shows: "Mar-27" is a month, whatever day is kept."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell shows.

    `day` is that of a real date, `number` that of a number. A `formula` whose text is empty has no
    stored value. An `error` is one such as #REF!.
    """

    text: str
    day: date | None = None
    shown: Shown = Shown.DAY
    number: float | None = None
    truth: bool | None = None
    formula: bool = False
    error: bool = False


EMPTY = Cell("")


@dataclass(frozen=True, slots=True)
class Row:
    """A row by its number as spreadsheet programs show it; `line` is that of a text file."""

    number: int
    cells: dict[int, Cell]  # by column, counted from 1
    line: int
    hidden: bool = False

    def at(self, column: int) -> Cell:
        """Return the cell of a column, empty where nothing is written."""
        return self.cells.get(column, EMPTY)

    @property
    def filled(self) -> list[int]:
        """The columns in which something stands."""
        return [column for column, cell in self.cells.items() if cell.text]


@dataclass(frozen=True, slots=True)
class Merge:
    """Cells joined into one: its value stands in the first alone."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Sheet:
    """One sheet; `name` is empty where the file is one. `said` is what to know of its reading."""

    name: str
    rows: list[Row]
    hidden: bool = False
    hidden_columns: frozenset[int] = frozenset()
    merges: tuple[Merge, ...] = ()
    said: list[str] = field(default_factory=list)


def letters(column: int) -> str:
    """Return what spreadsheet programs call a column: 1 is A, 27 is AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def numbers(found: Iterable[int], most: int = 6) -> str:
    """Return row numbers in a line: "5, 8 and 9", and how many more where they are many."""
    named = [str(one) for one in found]
    if len(named) > most:
        return f"{', '.join(named[:most])} and {len(named) - most} more"
    *first, last = named
    return f"{', '.join(first)} and {last}" if first else last
