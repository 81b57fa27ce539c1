"""What every query returns: typed rows with a headline and notes, and how people see them.

A query builds a `Report` and knows no format; a renderer turns any `Report` into text and knows
no query.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from reformcalc.rows import flat, keys

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence below an answer: an assumption, a caution, where to look next.

    `hint` is how it goes on, before its full stop, for those who have the program: " (--all)",
    "; --within lists each". A page leaves it out.
    """

    text: str
    hint: str = ""

    def __str__(self) -> str:
        """Return the sentence with its hint."""
        return f"{self.text.removesuffix('.')}{self.hint}." if self.hint else self.text


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which dataset an answer comes from. `digest` is the fingerprint of its files, if known."""

    title: str
    version: str
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """A day in a calendar. `uid` stays the same for good; `revision` grows when it changes.

    It lasts `until` a later day, where one is given. `alarm_day` is what a reminder counts back
    from. `tentative` marks what is subject to something or rests on little; `open` what may still
    come.
    """

    uid: str
    title: str
    day: date
    until: date | None
    alarm_day: date
    text: str
    revision: int
    cancelled: bool
    tentative: bool
    open: bool
    url: str | None
    categories: tuple[str, ...]


class Shape(StrEnum):
    """How the values of a column are laid out, in any format."""

    WORDS = "words"  # a few: they take no more room than they need
    SENTENCE = "sentence"  # takes the room that is left
    NAME = "name"  # an id or a year: never broken, since people copy it
    FIGURE = "figure"  # in words, and aligned right as numbers are


@dataclass(frozen=True, slots=True)
class Column:
    """A field of the rows as people see it.

    `under` are shown on lines below it in a terminal, and in columns of their own in a pipe.
    `tree` draws the row's place under its parents, from its `depth`. `divided` marks money that
    may have been divided, as between years or by prices: people read it rounded. `link` names the
    field with the web address of what it says, `cites` that with the citations that it is made of,
    each as the id of its source and its words. `instead` names the field with the words that stand
    for what is not there.
    """

    field: str
    header: str = ""
    shape: Shape = Shape.WORDS
    under: tuple[Column, ...] = ()
    tree: bool = False
    divided: bool = False
    link: str = ""
    cites: str = ""
    instead: str = ""


ID = Column("id", shape=Shape.NAME)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart: a figure with its bounds (high None: no bound), and what it is against.

    All in pounds, or all in per cent. `target` says what it is against.
    """

    group: str
    label: str
    low: Decimal
    stated: Decimal
    high: Decimal | None
    against: Decimal
    target: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """One bar of a timeline: the days in which something falls, and those first promised.

    `latest` is None where there is no last day. `first` is the earliest and latest day of the
    first promise, None where it has not moved.
    """

    group: str
    label: str
    earliest: date
    latest: date | None
    first: tuple[date, date] | None


@dataclass(frozen=True, slots=True)
class Report(Generic[Row]):
    """An answer: `rows` in their order, a `total` of the same type where there is one.

    `finding` is what the headline says of it, where that also says what is set against what.
    `group` is the field that heads sections of a table; a NAME stands as it is typed. `bars` are
    the same answer as a chart, where it has one. `cited` marks the list of sources
    that citations lead to.
    """

    name: str
    as_of: date
    dataset: Stamp | None  # None where the answer comes from no dataset
    headline: str
    rows: tuple[Row, ...]
    row_type: type[Row]
    columns: tuple[Column, ...]
    finding: str = ""
    total: Row | None = None
    group: Column | None = None
    notes: tuple[Note, ...] = ()
    bars: tuple[Bar, ...] = ()
    cited: bool = False

    @property
    def sentences(self) -> tuple[str, ...]:
        """The notes in words, with their hints."""
        return tuple(map(str, self.notes))

    def to_dicts(self) -> list[dict[str, Any]]:
        """Return the rows as plain values: text, numbers, days, lists; money in whole pounds.

        The keys are those of the JSON. For a data frame: `pandas.DataFrame(report.to_dicts())`.
        """
        return [flat(row) for row in self.rows]

    @property
    def types(self) -> dict[str, Any]:
        """The type of each of their keys, also where no row has a value there.

        So frames of two days fit together: `polars.DataFrame(report.to_dicts(), report.types)`.
        """
        return {key.name: key.type for key in keys(self.row_type)}


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a document: sentences, then a report, with its bars or a timeline drawn above it.

    `drawn` says how bars are drawn: "years" (one after the other, cumulative) or "ranges" (each
    from its low to its high).
    """

    id: str
    title: str
    sentences: tuple[str, ...] = ()
    report: Report[Any] | None = None
    drawn: str = ""
    spans: tuple[Stretch, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """Several answers of one day, to be read as a page. `imprint` is whose it is, and its terms."""

    title: str
    as_of: date
    dataset: Stamp
    imprint: str
    sections: tuple[Section, ...]
