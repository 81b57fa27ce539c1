"""A chart as a figure of a page, or as a file of its own: the same picture, and the data behind it.

In a file the title, the key, the source and the day stand inside the picture, since nothing stands
around it; its colours are written out, light ones first, for programs that know no variables.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal
from itertools import pairwise
from textwrap import wrap
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from markupsafe import Markup

from reformcalc import words
from reformcalc.printable import printable
from reformcalc.render.csv import line
from reformcalc.render.html import shapes
from reformcalc.render.html.charts import columns, years_key
from reformcalc.render.html.markup import element, escaped, joined
from reformcalc.render.html.style import style_of_charts
from reformcalc.screen import Cell, LineKind, Range

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from reformcalc.report import Chart, Step
    from reformcalc.screen import Line, Listing, Scale

_ROW = 33  # from a range to the next one
_EDGE = 20  # from the ends of a scale, within which words are drawn inwards
_APART = 34  # of figures that are named along a line
_TELLING = Decimal("0.05")  # of the last total: a change that is worth naming
_LEFT, _BOTTOM, _TOP = 44, 200, 18  # of what is drawn over years


class Drawing(NamedTuple):
    """What a chart is drawn as: its height, its parts, what they say, what its marks mean."""

    height: float
    parts: Sequence[Markup]
    said: str
    key: Sequence[tuple[str, str]]


def drawing(chart: Chart) -> Drawing:
    """Draw a chart at a phone's width."""
    if chart.listing:
        return _ranges(chart, chart.listing)
    if chart.steps:
        return _steps(chart, chart.steps)
    height, said, parts = columns(chart.bars)
    return Drawing(height, parts, said, years_key(chart.bars))


def figure(chart: Chart) -> Markup:
    """Return a chart as a page has it: what it shows and counts, its source, its data."""
    drawn = drawing(chart)
    said = joined((escaped(f"{_whose(chart)} "), _link_to_data(chart)))
    source = element("p", said, class_="source")
    return element(
        "figure",
        joined((
            element("figcaption", chart.title),
            element("p", chart.unit, class_="unit"),
            shapes.svg(drawn.height, chart.title, drawn.said, drawn.parts),
            shapes.key(*drawn.key) if drawn.key else Markup(),
            source,
        )),
    )  # fmt: skip


def render_svg(chart: Chart) -> str:
    """Return a chart as a picture that stands alone, readable on a light and on a dark page."""
    drawn, pad = drawing(chart), 12
    parts: list[Markup] = []
    top = float(pad)

    def write(text: str, kind: str, size: float, letter: float) -> None:
        nonlocal top
        for one in wrap(printable(text), int(shapes.WIDTH / letter)):
            top += size * 1.25
            parts.append(shapes.text(0, round(top, 1), one, kind=kind))

    write(chart.title, "title", 13, 7.8)
    top += 3
    write(chart.unit, "small", 10, 5.2)
    top = round(top + 10, 1)
    parts.append(element("g", joined(drawn.parts), transform=f"translate(0 {top})"))
    top += drawn.height + 6
    for kind, meaning in drawn.key:
        top += 14
        parts.append(_swatch(kind, round(top, 1)))
        parts.append(shapes.text(22, round(top, 1), meaning, kind="small"))
    top += 4
    write(_whose(chart), "small", 10, 5.2)
    width, height = shapes.WIDTH + 2 * pad, round(top + pad, 1)
    page = element("rect", width=width, height=height, class_="page")
    content = joined((
        element("title", chart.title),
        element("desc", f"{chart.unit} {drawn.said}. {_whose(chart)}"),
        element("style", Markup(style_of_charts())),  # noqa: S704  our own
        page,
        element("g", joined(parts), transform=f"translate({pad} 0)"),
    ))  # fmt: skip
    drawn_as = element(
        "svg", content, xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {width} {height:g}",
        width=2 * width, height=round(2 * height), role="img", lang="en-GB",
    )  # fmt: skip
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{drawn_as}\n'


def _whose(chart: Chart) -> str:
    return f"{chart.source} As known on {words.day(chart.as_of)}."


def data(chart: Chart) -> str:
    """Return the figures that a chart draws, as CSV: pounds and per cent as numbers."""
    return "".join(map(line, _data(chart)))


def _data(chart: Chart) -> Iterator[Sequence[str | int | Decimal | None]]:
    if chart.listing:
        yield from _data_of(chart.listing, chart.unit)
    elif chart.steps:
        yield ["from", "promised (£)", "in doubt (£)"]
        for step in chart.steps:
            yield [step.day.isoformat(), _number(step.amount.stated), _number(step.doubt)]
    else:
        target = chart.bars[0].target
        yield ["year", "at least (£)", "evenly spread (£)", "at most (£)", f"{target} (£)"]
        for bar in chart.bars:
            yield [bar.label, *map(_number, (bar.low, bar.stated, bar.high, bar.against))]


def _data_of(listing: Listing, unit: str) -> Iterator[Sequence[str | int | Decimal | None]]:
    heads = (head.text for head in listing.heads[1:-1])
    yield ["group", "row", *heads, "low", "stated", "high", "counted"]
    group = ""
    for one in listing.lines:
        texts = [_text_of(cell) for cell in one.cells if isinstance(cell, Cell)]
        if one.runs_over:
            group = texts[0]
            continue
        its = _range_of(one)
        yield [group, *texts, *map(_number, (its.low, its.stated, its.high)), unit.rstrip(".")]


def _number(value: Decimal | None) -> int | Decimal | None:
    """Return a figure as CSV has it, to a tenth."""
    if value is None:
        return None
    tenth = value.quantize(Decimal("0.1"))
    return int(tenth) if tenth == tenth.to_integral_value() else tenth


def _link_to_data(chart: Chart) -> Markup:
    address = f"data:text/csv;charset=utf-8,{quote(data(chart))}"
    return element(
        "a", "Its figures as CSV", href=address, download=f"{chart.name}.csv", class_="data"
    )


# Ranges, as the listing of a screen has them.


def _ranges(chart: Chart, listing: Listing) -> Drawing:
    """Draw the ranges of a listing, each below its name, all on one scale."""
    scale, rows = listing.scale, [one for one in listing.lines if one.kind is LineKind.ROW]
    assert scale is not None
    ranges = [_range_of(one) for one in rows]
    ends = [end for one in ranges for end in (one.low, one.high) if end is not None]
    most = max([*ends, *(mark for mark, _ in scale.marks), scale.most or Decimal(0)])

    def x(value: Decimal) -> float:
        return round(float(value / most) * shapes.WIDTH, 1)

    kind = "sure" if scale.target is None else "could"
    parts: list[Markup] = []
    top = 2.0 if scale.target is None else 14.0
    begins = top
    for one in listing.lines:
        if one.runs_over:
            written, top = shapes.label(_text_of(one.cells[0]), top + 2, shapes.WIDTH, "head")
            parts += written
            continue
        said, ends_at = _range_of(one), top + shapes.LINE + 4
        parts += [
            shapes.text(0, top + shapes.LINE, _text_of(one.cells[0])),
            shapes.text(
                shapes.WIDTH, top + shapes.LINE, _text_of(one.cells[chart.figure]), anchor="end"
            ),
        ]
        if said.high is None:
            parts.append(shapes.rightwards(x(said.low), ends_at, kind))
        elif said.high > said.low:
            parts.append(
                shapes.rect(x(said.low), ends_at, x(said.high) - x(said.low), shapes.BAR, kind)
            )
        if said.stated is not None:
            at = min(x(said.stated), shapes.WIDTH - 1)
            parts.append(shapes.line(at, ends_at - 2, at, ends_at + shapes.BAR + 2, "mark"))
        top += _ROW
    key = [(kind, "least to most")] if scale.target is not None else []
    if any(one.high is None for one in ranges):
        key.append((f"open-{kind}", "no most"))
    if scale.stated and any(one.stated is not None for one in ranges):
        key.append(("mark", scale.stated))
    behind = list(_axis(scale, x, begins, top))
    if scale.target is not None:
        at = x(scale.target)
        behind.append(shapes.line(at, begins - 2, at, top, "asked"))
        behind.append(shapes.text(at, 10, scale.aim, anchor=_anchor(at)))
        key.append(("asked", f"{scale.aim}: what was asked for"))
    said_all = "; ".join(f"{_text_of(one.cells[0])}: {', '.join(_figures(one))}" for one in rows)
    return Drawing(top + 16, [*behind, *parts], said_all, key)


def _axis(
    scale: Scale, x: Callable[[Decimal], float], top: float, bottom: float
) -> Iterator[Markup]:
    """Yield the lines of a scale, each with its words below."""
    for mark, said in scale.marks:
        at = x(mark)
        yield shapes.line(at, top, at, bottom, "grid" if mark else "axis")
        yield shapes.text(at, bottom + 11, said, anchor=_anchor(at), kind="small")


def _anchor(at: float) -> str | None:
    """Return which end of some words stands at a place: none of them leaves the picture."""
    if at < _EDGE:
        return None
    return "end" if at > shapes.WIDTH - _EDGE else "middle"


def _figures(line: Line) -> list[str]:
    return [one.text for one in line.cells[1:] if isinstance(one, Cell) and one.text.strip()]


def _text_of(cell: Cell | Range) -> str:
    return cell.text.strip() if isinstance(cell, Cell) else ""


def _range_of(line: Line) -> Range:
    return next(one for one in line.cells if isinstance(one, Range))


# A total over time.


def _steps(chart: Chart, steps: Sequence[Step]) -> Drawing:
    """Draw a total from each day on which it changed, with what was in doubt above it."""
    first, last = steps[0].day.replace(month=1, day=1), chart.as_of
    length = max((last - first).days, 1)
    most = max(step.amount.stated + step.doubt for step in steps)
    unit = shapes.step(most)
    top = max(Decimal(1), (most / unit).to_integral_value(ROUND_CEILING)) * unit

    def x(step: Step) -> float:
        return round(_LEFT + (step.day - first).days / length * (shapes.WIDTH - _LEFT), 1)

    def y(value: Decimal) -> float:
        return round(_BOTTOM - float(value / top) * (_BOTTOM - _TOP), 1)

    parts: list[Markup] = []
    for tick in range(int(top / unit) + 1):
        at = y(tick * unit)
        parts.append(shapes.line(_LEFT, at, shapes.WIDTH, at, "grid" if tick else "axis"))
        named = words.pounds(tick * unit)
        parts.append(shapes.text(_LEFT - 4, at + 4, named, anchor="end", kind="small"))
    for year in range(first.year, last.year + 1):
        at = _LEFT + (first.replace(year=year) - first).days / length * (shapes.WIDTH - _LEFT)
        parts.append(shapes.line(round(at, 1), _BOTTOM, round(at, 1), _BOTTOM + 4, "axis"))
        parts.append(shapes.text(round(at + 2, 1), _BOTTOM + 15, str(year), kind="small"))
    parts.append(_stairs([(x(one), y(one.amount.stated + one.doubt)) for one in steps], "could"))
    parts.append(_stairs([(x(one), y(one.amount.stated)) for one in steps], "sure"))
    parts += _named(steps, x, y)
    said = "; ".join(f"{words.day(one.day)}: {words.short(one.amount.stated)}" for one in steps)
    doubted = [("could", "in doubt: may be part of it already")]
    key = [("sure", "promised, each pound once"), *doubted * any(one.doubt for one in steps)]
    return Drawing(_BOTTOM + 20, parts, said, key)


def _stairs(points: Sequence[tuple[float, float]], kind: str) -> Markup:
    """Fill what lies below a line that keeps its height from each point up to the next one."""
    (first, _), *_ = points
    ends = [at for at, _ in points[1:]] + [shapes.WIDTH]
    line = "".join(f"V{height}H{end}" for (_, height), end in zip(points, ends, strict=True))
    return element("path", d=f"M{first} {_BOTTOM}{line}V{_BOTTOM}Z", class_=kind)


def _named(
    steps: Sequence[Step], x: Callable[[Step], float], y: Callable[[Decimal], float]
) -> Iterator[Markup]:
    """Yield the totals after the largest changes and the last one, where there is room."""
    last = steps[-1]
    taken = shapes.WIDTH - _APART / 2
    least = abs(last.amount.stated) * _TELLING
    changes = [(steps[0].amount.stated, steps[0])]
    changes += [(after.amount.stated - one.amount.stated, after) for one, after in pairwise(steps)]
    named = words.short(last.amount.stated)
    above = y(last.amount.stated + last.doubt) - 4
    yield shapes.text(shapes.WIDTH, above, named, anchor="end")
    for change, step in reversed(changes):
        told = words.short(step.amount.stated)
        if told == named or step is last:
            continue
        if abs(change) >= least and x(step) < taken - _APART:
            taken = x(step)
            above = y(step.amount.stated + step.doubt) - 4
            yield shapes.text(x(step), above, told)


def _swatch(kind: str, bottom: float) -> Markup:
    """Draw a piece of what the key of a picture names."""
    middle = bottom - 4
    match kind:
        case "mark":
            return shapes.line(8, bottom - 9, 8, bottom + 1, "mark")
        case "asked" | "even":
            return shapes.line(0, middle, 16, middle, kind)
        case _ if kind.startswith("open-"):
            points = f"M0 {bottom - 9}L8 {middle}L0 {bottom + 1}Z"
            return element("path", d=points, class_=kind.removeprefix("open-"))
        case _:
            return shapes.rect(0, bottom - 8, 16, 8, kind)
