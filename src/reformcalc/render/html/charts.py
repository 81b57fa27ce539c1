"""Charts as SVG, drawn for a phone's width and scaled up: each with a title and a description."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal
from itertools import groupby
from math import ceil
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.render.html import shapes
from reformcalc.render.html.markup import element, joined

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markupsafe import Markup

    from reformcalc.report import Bar, Stretch

_SPACE = 8  # below a bar
_LEAST = 3  # the width of a single day
_MOST_BARS = 14  # of a timeline, in a figure that is not to be broken on paper
_MOST_LABELS = 9  # years named below a timeline


def over_years(bars: Sequence[Bar]) -> Markup:
    """Draw sums that grow with the years: what is sure, what could be, what was asked for."""
    figures = [
        _over_years(group, list(inside)) for group, inside in groupby(bars, lambda bar: bar.group)
    ]
    return element("div", joined(figures), class_="charts") + shapes.key(*years_key(bars))


def years_key(bars: Sequence[Bar]) -> Sequence[tuple[str, str]]:
    """Return what each colour and line of sums over years means."""
    return (
        ("sure", "at least"),
        ("could", "at most"),
        *[("open-could", "no most")] * any(bar.high is None for bar in bars),
        ("even", "evenly spread over the years of each sum"),
        ("asked", bars[0].target),
    )


def ranges(bars: Sequence[Bar]) -> Markup:
    """Draw each figure from its low to its high, beside the target of all."""
    ends = [bar.stated if bar.high is None else bar.high for bar in bars]
    target, means = bars[0].against, bars[0].target
    longest = max(*ends, target) * Decimal("1.02")

    def x(value: Decimal) -> float:
        return round(float(value / longest) * shapes.WIDTH, 1)

    parts, top = [], 0.0
    for bar, high in zip(bars, ends, strict=True):
        written, below = shapes.label(bar.label, top, shapes.WIDTH - 95)
        parts += [
            *written,
            shapes.text(shapes.WIDTH, top + shapes.LINE, _range_in_words(bar), anchor="end"),
            shapes.rightwards(x(bar.low), below, "could")
            if bar.high is None
            else shapes.rect(
                x(bar.low), below, max(x(high) - x(bar.low), 1.5), shapes.BAR, "could"
            ),
            shapes.line(x(bar.stated), below - 2, x(bar.stated), below + shapes.BAR + 2, "mark"),
        ]
        top = below + shapes.BAR + _SPACE
    asked = shapes.line(x(target), 0, x(target), top, "asked")
    said = "; ".join(f"{bar.label}: {_range_in_words(bar)}" for bar in bars)
    title = "Share of what was asked for, by choice"
    svg = shapes.svg(top, title, said, [asked, *parts])
    key = shapes.key(
        ("could", "from the low to the high of the share"),
        *[("open-could", "no high")] * any(bar.high is None for bar in bars),
        ("mark", "as stated, or evenly spread"),
        ("asked", f"{target:f}%: {means}"),
    )  # fmt: skip
    return element("figure", element("figcaption", title) + svg) + key


_LATE = ("overdue", "late")  # what one's own plan or a source says is, and nothing else


def timeline(spans: Sequence[Stretch], as_of: date) -> Markup:
    """Draw when each thing falls, and where it was first promised, beside the as-of day."""
    days = [as_of, *(day for span in spans for day in _days(span))]
    calendar = _Calendar(min(days).year, max(days).year, as_of)
    figures = [
        _timeline(group, some, calendar, goes_on=place > 0)
        for group, inside in groupby(spans, lambda span: span.group)
        for place, some in enumerate(_shared_out(list(inside)))
    ]
    key = shapes.key(
        *(("late", group) for group in _LATE if any(span.group == group for span in spans)),
        ("sure", "the days in which it falls"),
        *[("open-sure", "no last day")] * any(span.latest is None for span in spans),
        *[("first", "as first promised, where that has moved")] * any(span.first for span in spans),
        ("asked", words.day(as_of)),
    )
    return joined(figures) + key


@dataclass(frozen=True, slots=True)
class _Calendar:
    """Where days are drawn: whole years, first to last, with the day that is answered for."""

    first: int
    last: int
    as_of: date

    def x(self, day: date) -> float:
        begins, ends = date(self.first, 1, 1), date(self.last, 12, 31)
        return round((day - begins).days / (ends - begins).days * shapes.WIDTH, 1)

    def drawn(self, height: float) -> Iterator[Markup]:
        """Yield a line for each year down to a height, and for the day itself; names below."""
        years = range(self.first, self.last + 1)
        for year in years:
            x = self.x(date(year, 1, 1))
            yield shapes.line(x, 0, x, height, "grid")
            if (year - self.first) % ceil(len(years) / _MOST_LABELS) == 0:
                yield shapes.text(x + 2, height + shapes.LINE, str(year), kind="small")
        yield shapes.line(self.x(self.as_of), 0, self.x(self.as_of), height, "today")


def _shared_out(spans: list[Stretch]) -> Iterator[list[Stretch]]:
    """Yield spans in figures of nearly as many, none with more than a page has room for."""
    figures = ceil(len(spans) / _MOST_BARS)
    size = ceil(len(spans) / figures)
    for start in range(0, len(spans), size):
        yield spans[start : start + size]


def _timeline(
    group: str, spans: Sequence[Stretch], calendar: _Calendar, *, goes_on: bool = False
) -> Markup:
    """Draw what stands alike. A day has the same place in each such figure."""
    parts, top = [], 0.0
    for span in spans:
        written, below = shapes.label(span.label, top, shapes.WIDTH)
        parts += written
        parts += _days_drawn(span, below, "late" if group in _LATE else "sure", calendar)
        top = below + shapes.BAR + _SPACE
    name = group.capitalize() + (", continued" if goes_on else "")
    caption = element("figcaption", name)
    title = f"{name}, as of {words.day(calendar.as_of)}"
    said = "; ".join(span.label for span in spans)
    return element(
        "figure",
        caption + shapes.svg(top + shapes.LINE + 4, title, said, [*calendar.drawn(top), *parts]),
    )


def _days_drawn(span: Stretch, top: float, kind: str, calendar: _Calendar) -> Iterator[Markup]:
    """Yield the bar of a span, with an arrow where it has no last day; then its first promise."""
    if span.latest is None:
        yield shapes.rightwards(calendar.x(span.earliest), top, kind)
    dated = [(span.earliest, span.latest, kind)] if span.latest else []
    for earliest, latest, of in [*dated, *([(*span.first, "first")] if span.first else [])]:
        x, end = calendar.x(earliest), calendar.x(latest)
        spare = max(0, _LEAST - (end - x)) / 2  # a day is drawn around its place
        yield shapes.rect(round(x - spare, 1), top, end - x + 2 * spare, shapes.BAR, of)


def _over_years(group: str, bars: list[Bar]) -> Markup:
    height, said, parts = columns(bars)
    caption = f"{words.sentence(group)}: the sum so far"
    title = f"{group}, up to each financial year"
    return element(
        "figure", element("figcaption", caption) + shapes.svg(height, title, said, parts)
    )


def columns(bars: Sequence[Bar]) -> tuple[float, str, list[Markup]]:
    """Draw a column for each year; return the height of it all, it in words, and its parts."""
    left, bottom, height = 44, 200, 224
    ends = [max(bar.stated, bar.high or bar.stated, bar.against) for bar in bars]
    step = shapes.step(max(ends))
    top = max(Decimal(1), (max(ends) / step).to_integral_value(ROUND_CEILING)) * step
    room = (shapes.WIDTH - left) / len(bars)

    def y(value: Decimal) -> float:
        return round(bottom - float(value / top) * (bottom - 10), 1)

    def x(place: int) -> float:
        return round(left + room * (place + 0.5), 1)

    parts = []
    for tick in range(int(top / step) + 1):
        value = tick * step
        parts.append(
            shapes.line(left, y(value), shapes.WIDTH, y(value), "grid" if tick else "axis")
        )
        parts.append(
            shapes.text(left - 4, y(value) + 4, words.pounds(value), anchor="end", kind="small")
        )
    for place, bar in enumerate(bars):
        high = bar.stated if bar.high is None else bar.high
        width = round(room * 0.6, 1)
        start = round(x(place) - width / 2, 1)
        if bar.high is None:
            parts.append(shapes.upwards(start, y(top), width, y(bar.low), "could"))
        else:
            parts.append(shapes.rect(start, y(high), width, y(bar.low) - y(high), "could"))
        parts.append(shapes.rect(start, y(bar.low), width, bottom - y(bar.low), "sure"))
        parts.append(
            shapes.text(
                x(place), height - 8, bar.label.removeprefix("20"), anchor="middle", kind="small"
            )
        )
    evenly = [(x(place), y(bar.stated)) for place, bar in enumerate(bars)]
    asked = [(x(place), y(bar.against)) for place, bar in enumerate(bars)]
    # A line in the colour of the page under each sets it off from the bars.
    parts += [shapes.path(line, "halo") for line in (evenly, asked)]
    parts += [shapes.path(evenly, "even"), shapes.path(asked, "asked")]
    return height, "; ".join(_said(bar) for bar in bars), parts


def _said(bar: Bar) -> str:
    """Say a bar in words, for those who cannot see it."""
    high = "without end" if bar.high is None else words.millions(bar.high)
    asked = f", {bar.target} {words.millions(bar.against)}"
    return (
        f"{bar.label}: {words.millions(bar.stated)} evenly spread, from "
        f"{words.millions(bar.low)} to {high}{asked}"
    )


def _range_in_words(bar: Bar) -> str:
    low = words.percent(bar.low)
    if bar.high is None:
        return f"at least {low}"
    high = words.percent(bar.high)
    return low if low == high else f"{low} to {high}"


def _days(span: Stretch) -> Iterator[date]:
    yield span.earliest
    if span.latest:
        yield span.latest
    if span.first:
        yield from span.first
