"""A figure between its bounds, drawn in the cell of a table beside the words that say it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reformcalc.render.html.markup import element, joined

if TYPE_CHECKING:
    from decimal import Decimal

    from markupsafe import Markup

    from reformcalc.screen import Range, Scale

_WIDTH, _HEIGHT, _BAR = 240, 16, 8
_LEAST = 2  # the width of a figure that is exact


def drawn_range(figure: Range, scale: Scale) -> Markup:
    """Draw a range on its scale, with the mark that is aimed at. It says nothing by itself."""
    most = scale.most or max(mark for mark, _ in scale.marks)

    def x(value: Decimal) -> float:
        return round(min(float(value / most), 1.0) * _WIDTH, 1)

    top, low = (_HEIGHT - _BAR) / 2, x(figure.low)
    high = _WIDTH if figure.high is None else x(figure.high)
    parts = [
        element("rect", x=low, y=top, width=round(max(high - low, _LEAST), 1), height=_BAR,
                class_="could")
    ]  # fmt: skip
    if scale.target is not None:
        parts.append(_mark(x(scale.target), "asked"))
    if figure.stated is not None:
        parts.append(_mark(x(figure.stated), "mark"))
    box = f"0 0 {_WIDTH} {_HEIGHT}"
    return element("svg", joined(parts), viewBox=box, class_="span", aria_hidden="true")


def _mark(x: float, kind: str) -> Markup:
    return element("line", x1=x, y1=0, x2=x, y2=_HEIGHT, class_=kind)
