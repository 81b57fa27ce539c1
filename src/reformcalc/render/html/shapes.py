"""What charts are drawn with, at a phone's width: words, lines, bars, arrows, and their key."""

from __future__ import annotations

from decimal import Decimal
from textwrap import wrap
from typing import TYPE_CHECKING

from reformcalc.render.html.markup import element, escaped, joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from markupsafe import Markup

WIDTH = 360
LINE = 12  # of words
BAR = 10
_POINT = 7  # the length of the arrow of what has no end
LETTER = 6.2  # the width of a letter, for labels that must fit


def step(most: Decimal) -> Decimal:
    """Return a round distance between lines, so that there are two to five of them."""
    power = Decimal(10) ** (len(str(int(most))) - 1)
    return next(
        power * part
        for part in (Decimal("0.2"), Decimal("0.5"), Decimal(1), Decimal(2))
        if most <= power * part * 5
    )


def label(
    words_: str, top: float, width: float, kind: str | None = None
) -> tuple[list[Markup], float]:
    """Write a label on as many lines as it needs; return them, and where what it names begins."""
    lines = wrap(words_, int(width / LETTER))
    places = ((top + place * LINE, one) for place, one in enumerate(lines, 1))
    written = [text(0, at, one, kind=kind) for at, one in places]
    return written, top + len(lines) * LINE + 5


def key(*entries: tuple[str, str]) -> Markup:
    """Write what each colour or line of a chart means, beside a piece of it."""
    return element(
        "ul",
        joined(
            element("li", element("i", class_=f"of-{kind}", aria_hidden="true") + escaped(meaning))
            for kind, meaning in entries
        ),
        class_="key",
    )


def svg(height: float, title: str, description: str, parts: Iterable[Markup]) -> Markup:
    content = element("title", title) + element("desc", description)
    return element(
        "svg", content + joined(parts), viewBox=f"0 0 {WIDTH} {height:g}", role="img",
        aria_label=title,
    )  # fmt: skip


def text(
    x: float, y: float, said: str, *, anchor: str | None = None, kind: str | None = None
) -> Markup:
    """Write words; screen readers have the description of the whole chart instead."""
    return element("text", said, x=x, y=y, text_anchor=anchor, class_=kind, aria_hidden="true")


def line(x1: float, y1: float, x2: float, y2: float, kind: str) -> Markup:
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=kind)


def rect(x: float, y: float, width: float, height: float, kind: str) -> Markup:
    return element(
        "rect", x=x, y=y, width=round(width, 1), height=round(max(height, 0), 1), class_=kind
    )


def rightwards(x: float, y: float, kind: str) -> Markup:
    """Draw a bar without an end as an arrow to the right edge."""
    neck, bottom = WIDTH - _POINT, y + BAR
    tip = f"{neck} {y}L{WIDTH} {y + BAR / 2}L{neck} {bottom}"
    return element("path", d=f"M{x} {y}L{tip}L{x} {bottom}Z", class_=kind)


def upwards(x: float, y: float, width: float, bottom: float, kind: str) -> Markup:
    """Draw a column without an end as an arrow to the top."""
    neck, right = y + _POINT, round(x + width, 1)
    tip = f"{x} {neck}L{round(x + width / 2, 1)} {y}L{right} {neck}"
    return element("path", d=f"M{x} {bottom}L{tip}L{right} {bottom}Z", class_=kind)


def path(points: Sequence[tuple[float, float]], kind: str) -> Markup:
    return element("path", d="M" + "L".join(f"{x} {y}" for x, y in points), class_=kind)
