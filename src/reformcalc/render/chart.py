"""A report's bars as a chart on a terminal, in block characters or in ASCII."""

from __future__ import annotations

from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from reformcalc import words
from reformcalc.render.terminal import wide, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reformcalc.report import Bar, Report


class _Marks(NamedTuple):
    """What a bar is drawn with: at least, evenly spread, at most; the target; beyond the edge."""

    low: str
    stated: str
    high: str
    target: str
    open: str


_BLOCKS = _Marks("█", "▓", "░", "│", "→")
_ASCII = _Marks("#", "=", ".", "|", ">")
_NARROWEST = 20  # cells of a bar below which it would say nothing


def render_chart(report: Report[Any], *, width: int, ascii_only: bool) -> str:
    """Return the headline, a bar for each year with its sum and its target, a key and the notes.

    A bar is drawn solid up to the low, then lighter up to the stated figure and to the high; the
    target stands in it as a line. No line is wider than `width`, but for a very narrow terminal.
    """
    marks = _ASCII if ascii_only else _BLOCKS
    bars = report.bars
    ends = [end for bar in bars for end in (bar.stated, bar.against)]
    # To a tenth of a million, since bars need the room, unless that is nothing.
    write = words.MoneyWriter([round(end, -5) or end for end in ends], divided=True)
    figures = {bar: f"{write(bar.stated)} of {write(bar.against)}" for bar in bars}
    labels = max(wide(bar.label) for bar in bars)
    room = max(_NARROWEST, width - labels - max(map(wide, figures.values())) - 4)
    longest = max(_ends(bars))
    lines = list(wrapped(report.headline, width))
    for group, inside in groupby(bars, key=lambda bar: bar.group):
        lines += ["", group.capitalize()]
        for bar in inside:
            drawn = _drawn(bar, marks, longest, room).ljust(room)
            label = bar.label + " " * (labels - wide(bar.label))
            lines.append(f"{label}  {drawn}  {figures[bar]}".rstrip())
    key = (
        f"{marks.low} at least  {marks.stated} evenly spread  {marks.high} at most  "
        f"{marks.target} {bars[0].target}"
    )
    lines += ["", key, ""]
    for note in report.sentences:
        lines += wrapped(note, width)
    return "\n".join(lines) + "\n"


def _ends(bars: Sequence[Bar]) -> Iterator[Decimal]:
    """Yield what the scale must have room for."""
    for bar in bars:
        yield from (bar.stated, bar.high or bar.stated, bar.against, Decimal(1))


def _drawn(bar: Bar, marks: _Marks, longest: Decimal, room: int) -> str:
    """Draw one bar, and its target over it."""

    def cells(value: Decimal) -> int:
        return int((value * room / longest).to_integral_value())

    high = bar.stated if bar.high is None else bar.high
    text = marks.low * cells(bar.low)
    text += marks.stated * (cells(bar.stated) - len(text))
    text += marks.high * (cells(high) - len(text))
    if bar.high is None:
        text = text[: room - 1] + marks.open
    place = min(room - 1, max(0, cells(bar.against) - 1))
    text = text.ljust(place)
    return text[:place] + marks.target + text[place + 1 :]
