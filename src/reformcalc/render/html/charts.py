"""Charts as SVG, drawn for a phone's width and scaled up: each with a title and a description."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal
from itertools import groupby
from math import ceil
from textwrap import wrap
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.render.html.markup import element, escaped, joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from markupsafe import Markup

    from reformcalc.report import Bar, Stretch

_WIDTH = 360
_LINE = 12  # of words
_BAR = 10
_SPACE = 8  # below a bar
_LEAST = 3  # the width of a single day
_POINT = 7  # the length of the arrow of what has no last day
_MOST_BARS = 14  # of a timeline, in a figure that is not to be broken on paper
_MOST_LABELS = 9  # years named below a timeline
_LETTER = 6.2  # the width of a letter, for labels that must fit


def over_years(bars: Sequence[Bar]) -> Markup:
    """Draw sums that grow with the years: what is sure, what could be, what was asked for."""
    figures = [
        _over_years(group, list(inside)) for group, inside in groupby(bars, lambda bar: bar.group)
    ]
    key = _key(
        ("sure", "at least"),
        ("could", "at most"),
        *[("open-could", "no most")] * any(bar.high is None for bar in bars),
        ("even", "evenly spread over the years of each sum"),
        ("asked", bars[0].target),
    )
    return element("div", joined(figures), class_="charts") + key


def ranges(bars: Sequence[Bar]) -> Markup:
    """Draw each figure from its low to its high, beside the target of all."""
    ends = [bar.stated if bar.high is None else bar.high for bar in bars]
    target, means = bars[0].against, bars[0].target
    longest = max(*ends, target) * Decimal("1.02")

    def x(value: Decimal) -> float:
        return round(float(value / longest) * _WIDTH, 1)

    parts, top = [], 0.0
    for bar, high in zip(bars, ends, strict=True):
        written, below = _label(bar.label, top, _WIDTH - 95)
        parts += [
            *written,
            _text(_WIDTH, top + _LINE, _range_in_words(bar), anchor="end"),
            _rightwards(x(bar.low), below, "could")
            if bar.high is None
            else _rect(x(bar.low), below, max(x(high) - x(bar.low), 1.5), _BAR, "could"),
            _line(x(bar.stated), below - 2, x(bar.stated), below + _BAR + 2, "mark"),
        ]
        top = below + _BAR + _SPACE
    asked = _line(x(target), 0, x(target), top, "asked")
    said = "; ".join(f"{bar.label}: {_range_in_words(bar)}" for bar in bars)
    title = "Share of what was asked for, by choice"
    svg = _svg(top, title, said, [asked, *parts])
    key = _key(
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
    key = _key(
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
        return round((day - begins).days / (ends - begins).days * _WIDTH, 1)

    def drawn(self, height: float) -> Iterator[Markup]:
        """Yield a line for each year down to a height, and for the day itself; names below."""
        years = range(self.first, self.last + 1)
        for year in years:
            x = self.x(date(year, 1, 1))
            yield _line(x, 0, x, height, "grid")
            if (year - self.first) % ceil(len(years) / _MOST_LABELS) == 0:
                yield _text(x + 2, height + _LINE, str(year), kind="small")
        yield _line(self.x(self.as_of), 0, self.x(self.as_of), height, "today")


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
        written, below = _label(span.label, top, _WIDTH)
        parts += written
        parts += _days_drawn(span, below, "late" if group in _LATE else "sure", calendar)
        top = below + _BAR + _SPACE
    name = group.capitalize() + (", continued" if goes_on else "")
    caption = element("figcaption", name)
    title = f"{name}, as of {words.day(calendar.as_of)}"
    said = "; ".join(span.label for span in spans)
    return element(
        "figure", caption + _svg(top + _LINE + 4, title, said, [*calendar.drawn(top), *parts])
    )


def _days_drawn(span: Stretch, top: float, kind: str, calendar: _Calendar) -> Iterator[Markup]:
    """Yield the bar of a span, with an arrow where it has no last day; then its first promise."""
    if span.latest is None:
        yield _rightwards(calendar.x(span.earliest), top, kind)
    dated = [(span.earliest, span.latest, kind)] if span.latest else []
    for earliest, latest, of in [*dated, *([(*span.first, "first")] if span.first else [])]:
        x, end = calendar.x(earliest), calendar.x(latest)
        spare = max(0, _LEAST - (end - x)) / 2  # a day is drawn around its place
        yield _rect(round(x - spare, 1), top, end - x + 2 * spare, _BAR, of)


def _over_years(group: str, bars: list[Bar]) -> Markup:
    left, bottom, height = 44, 200, 224
    ends = [max(bar.stated, bar.high or bar.stated, bar.against) for bar in bars]
    step = _step(max(ends))
    top = max(Decimal(1), (max(ends) / step).to_integral_value(ROUND_CEILING)) * step
    room = (_WIDTH - left) / len(bars)

    def y(value: Decimal) -> float:
        return round(bottom - float(value / top) * (bottom - 10), 1)

    def x(place: int) -> float:
        return round(left + room * (place + 0.5), 1)

    parts = []
    for tick in range(int(top / step) + 1):
        value = tick * step
        parts.append(_line(left, y(value), _WIDTH, y(value), "grid" if tick else "axis"))
        parts.append(_text(left - 4, y(value) + 4, words.pounds(value), anchor="end", kind="small"))
    for place, bar in enumerate(bars):
        high = bar.stated if bar.high is None else bar.high
        width = round(room * 0.6, 1)
        start = round(x(place) - width / 2, 1)
        if bar.high is None:
            parts.append(_upwards(start, y(top), width, y(bar.low), "could"))
        else:
            parts.append(_rect(start, y(high), width, y(bar.low) - y(high), "could"))
        parts.append(_rect(start, y(bar.low), width, bottom - y(bar.low), "sure"))
        parts.append(
            _text(x(place), height - 8, bar.label.removeprefix("20"), anchor="middle", kind="small")
        )
    evenly = [(x(place), y(bar.stated)) for place, bar in enumerate(bars)]
    asked = [(x(place), y(bar.against)) for place, bar in enumerate(bars)]
    # A line in the colour of the page under each sets it off from the bars.
    parts += [_path(line, "halo") for line in (evenly, asked)]
    parts += [_path(evenly, "even"), _path(asked, "asked")]
    said = "; ".join(_said(bar) for bar in bars)
    caption = f"{words.sentence(group)}: the sum so far"
    title = f"{group}, up to each financial year"
    return element("figure", element("figcaption", caption) + _svg(height, title, said, parts))


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


def _step(most: Decimal) -> Decimal:
    """Return a round distance between lines, so that there are two to five of them."""
    power = Decimal(10) ** (len(str(int(most))) - 1)
    return next(
        power * part
        for part in (Decimal("0.2"), Decimal("0.5"), Decimal(1), Decimal(2))
        if most <= power * part * 5
    )


def _label(text: str, top: float, width: float) -> tuple[list[Markup], float]:
    """Write a label on as many lines as it needs; return them, and where what it names begins."""
    lines = wrap(text, int(width / _LETTER))
    written = [_text(0, top + place * _LINE, line) for place, line in enumerate(lines, 1)]
    return written, top + len(lines) * _LINE + 5


def _key(*entries: tuple[str, str]) -> Markup:
    """Write what each colour or line of a chart means, beside a piece of it."""
    return element(
        "ul",
        joined(
            element("li", element("i", class_=f"of-{kind}", aria_hidden="true") + escaped(meaning))
            for kind, meaning in entries
        ),
        class_="key",
    )


def _svg(height: float, title: str, description: str, parts: Iterable[Markup]) -> Markup:
    content = element("title", title) + element("desc", description)
    return element(
        "svg", content + joined(parts), viewBox=f"0 0 {_WIDTH} {height:g}", role="img",
        aria_label=title,
    )  # fmt: skip


def _text(
    x: float, y: float, text: str, *, anchor: str | None = None, kind: str | None = None
) -> Markup:
    """Write words; screen readers have the description of the whole chart instead."""
    return element("text", text, x=x, y=y, text_anchor=anchor, class_=kind, aria_hidden="true")


def _line(x1: float, y1: float, x2: float, y2: float, kind: str) -> Markup:
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=kind)


def _rect(x: float, y: float, width: float, height: float, kind: str) -> Markup:
    return element(
        "rect", x=x, y=y, width=round(width, 1), height=round(max(height, 0), 1), class_=kind
    )


def _rightwards(x: float, y: float, kind: str) -> Markup:
    """Draw a bar without an end as an arrow to the right edge."""
    neck, bottom = _WIDTH - _POINT, y + _BAR
    tip = f"{neck} {y}L{_WIDTH} {y + _BAR / 2}L{neck} {bottom}"
    return element("path", d=f"M{x} {y}L{tip}L{x} {bottom}Z", class_=kind)


def _upwards(x: float, y: float, width: float, bottom: float, kind: str) -> Markup:
    """Draw a column without an end as an arrow to the top."""
    neck, right = y + _POINT, round(x + width, 1)
    tip = f"{x} {neck}L{round(x + width / 2, 1)} {y}L{right} {neck}"
    return element("path", d=f"M{x} {bottom}L{tip}L{right} {bottom}Z", class_=kind)


def _path(points: Sequence[tuple[float, float]], kind: str) -> Markup:
    return element("path", d="M" + "L".join(f"{x} {y}" for x, y in points), class_=kind)
