"""Charts as SVG, drawn for a phone's width and scaled up: each with a title and a description."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_CEILING, Decimal
from itertools import groupby
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.render.html.markup import element, escaped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from reformcalc.report import Bar, Span

_WIDTH = 360
_ROW = 34  # of a bar with its label above
_BAR = 10
_MOST_LABELS = 9  # years named below a timeline
_LETTER = 6.2  # the width of a letter, for labels that must fit


def over_years(bars: Sequence[Bar]) -> str:
    """Draw sums that grow with the years: what is sure, what could be, what was asked for."""
    figures = [
        _over_years(group, list(inside)) for group, inside in groupby(bars, lambda bar: bar.group)
    ]
    key = element(
        "p",
        escaped(
            "Solid: at least. Pale: at most. Line: evenly spread over the years of each sum. "
            f"Dashed line: {bars[0].target}."
        ),
        class_="key",
    )
    return element("div", "".join(figures), class_="charts") + key


def ranges(bars: Sequence[Bar]) -> str:
    """Draw each figure from its low to its high, beside the target of all."""
    ends = [bar.stated if bar.high is None else bar.high for bar in bars]
    target, means = bars[0].against, bars[0].target
    longest = max(*ends, target) * Decimal("1.02")

    def x(value: Decimal) -> float:
        return round(float(value / longest) * _WIDTH, 1)

    parts = []
    for place, bar in enumerate(bars):
        top = place * _ROW
        high = ends[place]
        parts += [
            _text(0, top + 12, _fitting(bar.label, _WIDTH - 95)),
            _text(_WIDTH, top + 12, _range_in_words(bar), anchor="end"),
            _rect(x(bar.low), top + 17, max(x(high) - x(bar.low), 1.5), _BAR, "could"),
            _line(x(bar.stated), top + 15, x(bar.stated), top + 29, "mark"),
        ]
    height = len(bars) * _ROW + 16
    parts += [
        _line(x(target), 15, x(target), height - 14, "asked"),
        _text(x(target), height - 2, f"{target:f}%: {means}", anchor="middle", kind="small"),
    ]
    said = "; ".join(f"{bar.label}: {_range_in_words(bar)}" for bar in bars)
    svg = _svg(height, "Share of what was asked for, by choice", said, parts)
    key = "Bar: from the low to the high of the share. Mark: the stated figure."
    return element("figure", svg + element("p", escaped(key), class_="key"))


def timeline(spans: Sequence[Span], as_of: date) -> str:
    """Draw when each thing falls, and where it was first promised, beside the as-of day."""
    known = [as_of, *(day for span in spans for day in _days(span))]
    first, last = min(known), max(known)
    first, last = date(first.year, 1, 1), date(last.year, 12, 31)

    def x(day: date) -> float:
        return round((day - first).days / (last - first).days * _WIDTH, 1)

    parts, top = [], 0.0
    for group, inside in groupby(spans, lambda span: span.group):
        top += 16
        parts.append(_text(0, top - 3, group.capitalize(), kind="heading"))
        for span in inside:
            parts += _span(span, top, x, last, late=group == "overdue")
            top += _ROW
    height = top + 20
    years = range(first.year, last.year + 1)
    grid = [
        _line(x(date(year, 1, 1)), 0, x(date(year, 1, 1)), height - 16, "grid") for year in years
    ]
    labels = [
        _text(x(date(year, 1, 1)) + 2, height - 4, str(year), kind="small")
        for year in years
        if year % max(1, len(years) // 8 + (len(years) > 8)) == 0
    ]
    today = _line(x(as_of), 0, x(as_of), height - 16, "today")
    said = "; ".join(f"{span.group}: {span.label}" for span in spans)
    title = f"When promises fall due, as of {words.day(as_of)}"
    svg = _svg(height, title, said, [*grid, today, *parts, *labels])
    key = (
        "Bar: the days in which it falls. Outline: as first promised, where that has moved. "
        f"Dashed line: {words.day(as_of)}."
    )
    return element("figure", svg + element("p", escaped(key), class_="key"), class_="timeline")


def _over_years(group: str, bars: list[Bar]) -> str:
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
        parts.append(_rect(start, y(high), width, y(bar.low) - y(high), "could"))
        parts.append(_rect(start, y(bar.low), width, bottom - y(bar.low), "sure"))
        parts.append(
            _text(x(place), height - 8, bar.label.removeprefix("20"), anchor="middle", kind="small")
        )
    evenly = [(x(place), y(bar.stated)) for place, bar in enumerate(bars)]
    asked = [(x(place), y(bar.against)) for place, bar in enumerate(bars)]
    parts += [_path(evenly, "even"), _path(asked, "asked")]
    said = "; ".join(_said(bar) for bar in bars)
    caption = element("figcaption", escaped(group[:1].upper() + group[1:]))
    title = f"{group}, up to each financial year"
    return element("figure", caption + _svg(height, title, said, parts))


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


def _span(
    span: Span, top: float, x: Callable[[date], float], last: date, *, late: bool
) -> Iterator[str]:
    until = span.latest or last
    yield _text(0, top + 11, _fitting(span.label, _WIDTH))
    width = max(x(until) - x(span.earliest), 3)
    yield _rect(x(span.earliest), top + 16, width, _BAR, "late" if late else "sure")
    if span.first:
        earliest, latest = span.first
        yield _rect(x(earliest), top + 16, max(x(latest) - x(earliest), 3), _BAR, "first")


def _days(span: Span) -> Iterator[date]:
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


def _fitting(text: str, width: float) -> str:
    """Shorten a label that has no room; the table beside it has it in full."""
    most = int(width / _LETTER)
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _svg(height: float, title: str, description: str, parts: Iterable[str]) -> str:
    content = element("title", escaped(title)) + element("desc", escaped(description))
    return element(
        "svg", content + "".join(parts), viewBox=f"0 0 {_WIDTH} {height:g}", role="img",
        aria_label=f"{title}. {description}",
    )  # fmt: skip


def _text(
    x: float, y: float, text: str, *, anchor: str | None = None, kind: str | None = None
) -> str:
    """Write words; screen readers have the description of the whole chart instead."""
    return element(
        "text", escaped(text), x=x, y=y, text_anchor=anchor, class_=kind, aria_hidden="true"
    )


def _line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=kind)


def _rect(x: float, y: float, width: float, height: float, kind: str) -> str:
    return element(
        "rect", x=x, y=y, width=round(width, 1), height=round(max(height, 0), 1), class_=kind
    )


def _path(points: Sequence[tuple[float, float]], kind: str) -> str:
    return element("path", d="M" + "L".join(f"{x} {y}" for x, y in points), class_=kind)
