"""What people see first: an answer that fits one screen, whoever draws it.

A query that has a screen returns it beside its report: the report has every row and note, for
files and other programs; the screen has the answer, what it rests on, and how to see more.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from decimal import Decimal

    from reformcalc.words import Cited


class Tone(StrEnum):
    """What a colour means; it always stands beside words that say the same."""

    PLAIN = "plain"
    STRONG = "strong"  # the answer, headings, totals
    GOOD = "good"  # met
    BAD = "bad"  # late, or no outcome found
    DOUBT = "doubt"  # in doubt, not settled, due now
    QUIET = "quiet"  # ids, notes, ways to see more


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a column of a line.

    `link` is a web address, for terminals that have links; `note` is a footnote, and `mark` what
    leads to it, once footnotes are numbered.
    """

    text: str
    tone: Tone = Tone.PLAIN
    link: str = ""
    note: str = ""
    mark: str = ""

    @property
    def whole(self) -> str:
        """The text with its mark."""
        return f"{self.text} {self.mark}" if self.mark else self.text


@dataclass(frozen=True, slots=True)
class Range:
    """A figure with its bounds, drawn on the scale of its listing.

    `high` None has no end; without `stated` no figure between the bounds stands out.
    """

    low: Decimal
    stated: Decimal | None
    high: Decimal | None
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Scale:
    """What ranges are drawn on, from nought: the marks of its axis, and what is aimed at, if any.

    It ends at `most`, or else at its last mark. `stated` and `aim` say in its key what the figure
    and the target are; without them it has no key.
    """

    marks: tuple[tuple[Decimal, str], ...]
    target: Decimal | None
    most: Decimal | None = None
    stated: str = ""
    aim: str = ""


class LineKind(StrEnum):
    """What a line of a listing is."""

    ROW = "row"
    HEADING = "heading"  # of the rows below it; its first cell runs over all columns
    REMARK = "remark"  # on the row above it; its first cell runs over all columns
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a listing: as many cells as it has columns, or fewer.

    `cites` are the documents that it rests on, for a paper that lists them; a terminal has them one
    flag away.
    """

    cells: tuple[Cell | Range, ...]
    kind: LineKind = LineKind.ROW
    cites: tuple[Cited, ...] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        """The footnotes to its cells."""
        return tuple(one.note for one in self.cells if isinstance(one, Cell) and one.note)

    @property
    def runs_over(self) -> bool:
        """Whether its first cell runs over all columns."""
        return self.kind in (LineKind.HEADING, LineKind.REMARK)


@dataclass(frozen=True, slots=True)
class Head:
    """What a column is headed with.

    `right` aligns its figures, `grows` takes the room left, and no more than `most` columns are
    taken of what may be long. What has no room goes on below where the column `wraps`, and is cut
    elsewhere.
    """

    text: str = ""
    right: bool = False
    grows: bool = False
    most: int = 99
    wraps: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """Lines under heads. Listings of a screen with as many columns are as wide as one another.

    `folded` returns the line that stands for the last lines, where the screen has no room for them;
    `least` lines are shown in any case. Without it nothing is folded. A paper has its `title`.
    """

    heads: tuple[Head, ...]
    lines: tuple[Line, ...]
    total: Line | None = None
    folded: Callable[[Sequence[Line]], Line] | None = None
    least: int = 1
    scale: Scale | None = None
    title: str = ""

    @property
    def notes(self) -> tuple[str, ...]:
        """The footnotes to its lines, each once."""
        return tuple(dict.fromkeys(note for line in self.lines for note in line.notes))


@dataclass(frozen=True, slots=True)
class Screen:
    """An answer for one screen.

    `answer` is its first line. `said` are paragraphs that carry it, `beside` those that belong to
    the listings (set in, as these are), `notes` what would change how it is read, `ways` the words
    for what can be seen besides, each with its option or command. What is `whole` is folded on no
    terminal.
    """

    answer: str
    said: tuple[str, ...] = ()
    listings: tuple[Listing, ...] = ()
    beside: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    ways: tuple[tuple[str, str], ...] = ()
    whole: bool = False
