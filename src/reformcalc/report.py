"""What every query returns: typed rows with a headline and notes, and how people see them.

A query builds a `Report` and knows no format; a renderer turns any `Report` into text and knows
no query.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from reformcalc.rows import flat, keys

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    from reformcalc.screen import Listing
    from reformcalc.values.money import Sum
    from reformcalc.words import Cited

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


class Obeyed(NamedTuple):
    """The file of settings that decided something of an answer, and by which of its keys."""

    file: str
    keys: tuple[str, ...]

    def __str__(self) -> str:
        """Say so in a sentence."""
        return f"Settings of {self.file}: {', '.join(self.keys)}."


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
    that citations lead to. `settings` is the file of settings that decided something of it.
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
    settings: Obeyed | None = None

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


class Filter(NamedTuple):
    """A field that the rows of a table can be chosen by, as a reader sees it.

    `options` are the values that it can have, each with its words; where there are none, rows are
    chosen by words that are typed. `wider` are values that stand for several others each.
    """

    field: str
    label: str
    options: tuple[tuple[str, str], ...] = ()
    wider: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Work:
    """A document as a list of references has it. It came out between two days, if that is known."""

    id: str
    title: str
    publisher: str
    first: date | None
    last: date | None
    url: str | None
    accessed: date | None


@dataclass(frozen=True, slots=True)
class Step:
    """A total as known from a day on, with what was in doubt beside it, in pounds."""

    day: date
    amount: Sum
    doubt: Decimal


@dataclass(frozen=True, slots=True)
class Chart:
    """An answer as a picture, with all that it needs to be read away from its answer.

    `name` is what a file of it is called. `title` says what it shows, as a sentence would; `unit`
    what its one scale counts, `source` whose figures these are. It draws one of these: the ranges
    of a `listing` on its scale, each with the text of the cell at `figure` beside it; `bars`, one a
    year; or `steps`, the total from each day on which it changed.
    """

    name: str
    title: str
    unit: str
    source: str
    as_of: date
    listing: Listing | None = None
    figure: int = 1
    bars: tuple[Bar, ...] = ()
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a document, in the order in which it is read.

    First come `figures`, each with what it is, and sentences; then a chart; then the `listings` of
    a screen with what stands `beside` and below them (`notes`, which rest on what `cites` names);
    then a report, with its bars or a timeline drawn above it. `drawn` says how bars are drawn:
    "years" (one after the other, cumulative) or "ranges" (each from its low to its high). What is
    `folded` stands under its title until a reader opens it. On a page of a site the rows can be
    chosen by `filters`, `jumps` lead to its groups of rows, each by its words and what it is typed
    as, and `leads` are the words and addresses of what it leads on to.
    """

    id: str
    title: str
    sentences: tuple[str, ...] = ()
    report: Report[Any] | None = None
    drawn: str = ""
    spans: tuple[Stretch, ...] = ()
    listings: tuple[Listing, ...] = ()
    figures: tuple[tuple[str, str], ...] = ()
    chart: Chart | None = None
    beside: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    cites: tuple[Cited, ...] = ()
    folded: bool = False
    filters: tuple[Filter, ...] = ()
    jumps: tuple[tuple[str, str], ...] = ()
    leads: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """A document that a paper cites: its number in the list is its place there.

    `said` is who published it and when, on which day it was read, and its licence.
    """

    id: str
    title: str
    url: str | None
    said: str


@dataclass(frozen=True, slots=True)
class Document:
    """Several answers of one day, to be read as a page. `imprint` is whose it is, and its terms.

    `author` is who hands it in, `cite` how to cite it; `references` are the documents that what is
    shown rests on, in the order in which they are first cited.
    """

    title: str
    as_of: date
    dataset: Stamp
    imprint: str
    sections: tuple[Section, ...]
    author: str = ""
    cite: str = ""
    references: tuple[Reference, ...] = ()


class Page(NamedTuple):
    """A page of a site: where it stands in the site, and what is on it.

    `above` are the pages that it lies under, each as its words and its address; `lead` is what is
    read first of it.
    """

    address: str
    title: str
    sections: tuple[Section, ...]
    lead: str = ""
    above: tuple[tuple[str, str], ...] = ()


class Site(NamedTuple):
    """What all pages of a site have in common.

    `menu` are the pages that each leads to, as their words and addresses; `entries` the address and
    the name of the page of each entry, by section and id. `feed` is the address of what is new, and
    `calendar` that of the dates, where there is one.
    """

    title: str
    as_of: date
    dataset: Stamp
    imprint: str
    menu: tuple[tuple[str, str], ...]
    entries: Mapping[tuple[str, str], tuple[str, str]]
    feed: str
    calendar: str | None
