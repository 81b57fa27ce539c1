"""A report as an HTML table that a screen reader can walk and a phone can stack."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from reformcalc.render.cells import Cells, columns
from reformcalc.render.html.markup import element, escaped, linked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reformcalc.report import Report

_DEEPEST = 3  # levels of a tree that are drawn; what is deeper stands with the last


def table(report: Report[Any], caption: str) -> str:
    """Return the rows of a report, its groups as headings and its total as a foot."""
    cells = _titled(columns(report, drawn=False))
    head = element("tr", "".join(_heading(one) for one in cells), role="row")
    foot = ""
    if report.total is not None:
        texts = ["Total", *(one.total for one in cells[1:])]
        foot = element(
            "tfoot",
            element("tr", "".join(map(_cell_of_total, cells, texts)), role="row"),
            role="rowgroup",
        )
    parts = [
        element("caption", escaped(caption)),
        element("thead", head, role="rowgroup"),
        element("tbody", "".join(_rows(report, cells)), role="rowgroup"),
        foot,
    ]
    return element("table", "".join(parts), role="table")


def _titled(cells: list[Cells]) -> list[Cells]:
    """Put an id under the title that follows it: on a page, people read titles."""
    match cells:
        case [ids, titles, *others] if ids.column.field == "id" and titles.column.field == "title":
            column = replace(titles.column, tree=ids.column.tree)
            under = {"id": ids.texts, **titles.under}
            return [replace(titles, column=column, under=under), *others]
    return cells


def _heading(cells: Cells) -> str:
    name = cells.column.header.replace("\n", " ") or cells.column.field
    kind = "figure" if cells.right else None
    return element(
        "th", escaped(name[:1].upper() + name[1:]), scope="col", role="columnheader", class_=kind
    )


def _rows(report: Report[Any], cells: list[Cells]) -> Iterator[str]:
    heading = None
    for place, row in enumerate(report.rows):
        if report.group and (group := getattr(row, report.group)) != heading:
            heading = group
            text = escaped(str(group).replace("-", " ").capitalize())
            spanning = element("th", text, colspan=len(cells), scope="rowgroup", role="rowheader")
            yield element("tr", spanning, class_="group", role="row")
        written = "".join(_cell(one, row, place, first=one is cells[0]) for one in cells)
        yield element("tr", written, role="row")


def _cell(cells: Cells, row: Any, place: int, *, first: bool) -> str:
    # A range may be broken before its "to", so that columns of figures leave room for words.
    text = cells.texts[place].replace(" to ", " to\u00a0") if cells.right else cells.texts[place]
    address = getattr(row, "url", None) if cells.column.field == "title" else None
    content = linked(address, text) if address else escaped(text)
    for name, texts in cells.under.items():
        if texts[place] and name != "url":
            content += element("small", escaped(texts[place]))
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


def _cell_of_total(cells: Cells, text: str) -> str:
    return element("td", escaped(text), role="cell", class_="figure" if cells.right else None)
