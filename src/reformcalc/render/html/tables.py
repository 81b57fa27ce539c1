"""A report as an HTML table that a screen reader can walk and a phone can stack."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from reformcalc.render.cells import BREAKS, Cells, columns, heading
from reformcalc.render.html.markup import element, escaped, linked
from reformcalc.report import Shape

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from reformcalc.report import Report

_SOURCE = "source-"  # begins the anchor of a row of sources
_TOTAL = "Total"
_DEEPEST = 3  # levels of a tree that are drawn; what is deeper stands with the last


def table(report: Report[Any], caption: str, listed: Collection[str]) -> str:
    """Return the rows of a report, its groups as headings and its total as a foot.

    `listed` has the ids of the sources that stand on the page: citations lead to these.
    """
    cells = _titled(columns(report, drawn=False))
    head = element("tr", "".join(_heading(one) for one in cells), role="row")
    foot = ""
    if report.total is not None:
        texts = [_TOTAL, *(one.total for one in cells[1:])]
        foot = element(
            "tfoot",
            element("tr", "".join(map(_cell_of_total, cells, texts)), role="row"),
            role="rowgroup",
        )
    parts = [
        element("caption", escaped(caption)),
        element("thead", head, role="rowgroup"),
        element("tbody", "".join(_rows(report, cells, listed)), role="rowgroup"),
        foot,
    ]
    return element("table", "".join(parts), role="table")


def _titled(cells: list[Cells]) -> list[Cells]:
    """Put an id under the title that follows it: on a page, people read titles."""
    match cells:
        case [ids, titles, *others] if (
            ids.column.shape is Shape.NAME and titles.column.shape is Shape.SENTENCE
        ):
            column = replace(titles.column, tree=ids.column.tree)
            return [replace(titles, column=column, under=(ids, *titles.under)), *others]
    return cells


def _heading(cells: Cells) -> str:
    name = cells.column.header.replace("\n", " ") or cells.column.field
    kind = "figure" if cells.right else None
    return element(
        "th", escaped(name[:1].upper() + name[1:]), scope="col", role="columnheader", class_=kind
    )


def _rows(report: Report[Any], cells: list[Cells], listed: Collection[str]) -> Iterator[str]:
    above = None
    for place, row in enumerate(report.rows):
        if report.group and (group := heading(report, row)) != above:
            above = group
            spanning = element(
                "th", escaped(group), colspan=len(cells), scope="rowgroup", role="rowheader"
            )
            yield element("tr", spanning, class_="group", role="row")
        written = "".join(_cell(one, row, place, listed, first=one is cells[0]) for one in cells)
        anchor = f"{_SOURCE}{row.id}" if report.cited else None
        yield element("tr", written, role="row", id=anchor)


def _cell(cells: Cells, row: Any, place: int, listed: Collection[str], *, first: bool) -> str:
    text = cells.texts[place]
    address = getattr(row, cells.column.link) if cells.column.link else None
    content = linked(address, text) if address else _written(text, cells)
    for below in cells.under:
        if below.texts[place] and below.column.field != cells.column.link:
            content += element("small", _below(below, below.texts[place], row, listed))
    classes = ["figure"] if cells.right else []
    if cells.column.tree and row.depth:
        classes.append(f"deep-{min(row.depth, _DEEPEST)}")
    label = cells.column.header.replace("\n", " ") or None
    if first:
        return element(
            "th", content, scope="row", role="rowheader", class_=" ".join(classes) or None
        )
    return element(
        "td", content, role="cell", data_label=label if text else None,
        class_=" ".join(classes) or None,
    )  # fmt: skip


def _written(text: str, cells: Cells) -> str:
    """Write a cell; a figure is broken only between its bounds, and leaves room for words so."""
    if not cells.right:
        return escaped(text)
    return " ".join(element("span", escaped(part)) for part in BREAKS.split(text))


def _below(cells: Cells, text: str, row: Any, listed: Collection[str]) -> str:
    """Write what stands under a cell; each source that it names, as a link to it on the page."""
    if not cells.column.cites:
        return escaped(text)
    return "; ".join(
        element("a", escaped(one), href=f"#{_SOURCE}{id_}") if id_ in listed else escaped(one)
        for id_, one in getattr(row, cells.column.cites)
    )


def _cell_of_total(cells: Cells, text: str) -> str:
    if text == _TOTAL:
        return element("th", text, scope="row", role="rowheader")
    kind = "figure" if cells.right else None
    return element("td", _written(text, cells), role="cell", class_=kind)
