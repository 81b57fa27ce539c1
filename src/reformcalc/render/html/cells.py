"""What stands in the cells of a table: words, links to pages and documents, figures.

A site has tens of thousands of them, which a template takes four times as long to write.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import Markup

from reformcalc.printable import on_the_web
from reformcalc.render.grid import BREAKS
from reformcalc.render.html.markup import element, escaped, joined

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from reformcalc.render.grid import Grid, GridColumn, Lines
    from reformcalc.report import Report

_DEEPEST = 3  # levels of a tree that are set in
_END = Markup("\n")


class Cells(NamedTuple):
    """Writes cells of one page: where it leads for a source and for a row, and how it writes text.

    What has no address there is "".
    """

    source: Callable[[str], str] = lambda _: ""
    entry: Callable[[Report[Any], GridColumn, int], str] = lambda *_: ""
    written: Callable[[str], Markup] = escaped

    def row(self, report: Report[Any], grid: Grid, row: int) -> Markup:
        """Return the cells of a row of a table, a line each."""
        return joined(
            part
            for column in grid.columns
            for part in (self._cell(report, grid, column, row), _END)
        )

    def _cell(self, report: Report[Any], grid: Grid, column: GridColumn, row: int) -> Markup:
        """Return a cell of a table; the first of a row, unless it is empty, heads it."""
        text = column.texts[row]
        content = joined(self._lines(report, column, row))
        class_ = classes(column, grid.depths[row] if column.tree else 0)
        if text and column is grid.columns[0]:
            return element("th", content, scope="row", class_=class_)
        label = column.name if column.header and text else None
        return element("td", content, data_label=label, class_=class_)

    def said(self, text: str, column: GridColumn) -> Markup:
        """Return text; a figure is broken only between its bounds, and leaves room for words so."""
        if not column.right:
            return self.written(text)
        return Markup(" ").join(element("span", part) for part in BREAKS.split(text))

    def _lines(self, report: Report[Any], column: GridColumn, row: int) -> Iterator[Markup]:
        """Yield the first line of a cell, as a link where it leads to a page, and those below.

        On a site what has an id leads to its own page, and the id is not read.
        """
        first, *under = column.lines
        address = first.links[row] if first.links else None
        page = self.entry(report, column, row)
        if page:
            yield element("a", first.texts[row], href=page)
        elif address:
            yield _linked(address, first.texts[row])
        else:
            yield self.said(first.texts[row], column)
        for line in under:
            text = line.texts[row]
            told = page and line.field == "id"
            if text and not told and (page or text != address):
                yield element("small", self._below(line, row, address))

    def _below(self, line: Lines, row: int, address: str | None) -> Markup:
        text = line.texts[row]
        if line.cites and line.cites[row]:
            return self._cited(line.cites[row])
        return _linked(text, text) if text == address else self.written(text)

    def _cited(self, citations: Sequence[tuple[str, str]]) -> Markup:
        """Return each source that is cited, as a link to where it stands, if it does."""
        return Markup("; ").join(
            element("a", text, href=address) if (address := self.source(id_)) else escaped(text)
            for id_, text in citations
        )


def classes(column: GridColumn, depth: int = 0) -> str | None:
    """Return the classes of a cell of a column; None where it has none."""
    figure = ["figure"] if column.right else []
    deep = [f"deep-{min(depth, _DEEPEST)}"] if depth else []
    return " ".join((*figure, *deep)) or None


def _linked(address: str, text: str) -> Markup:
    if not on_the_web(address):
        return escaped(text)
    return element("a", text, href=address, rel="noreferrer")
