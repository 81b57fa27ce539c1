"""A plan to begin one's own sheet with: headings, examples to replace, and how to fill it in."""

from __future__ import annotations

import csv
from datetime import datetime
from io import StringIO
from typing import TYPE_CHECKING

from reformcalc.errors import Refused
from reformcalc.export.xlsx import Choices, sheets
from reformcalc.reading.files import template_text

if TYPE_CHECKING:
    from reformcalc.export.table import Value

_HOW = "How to fill it in"
_STATUS = ("Red", "Amber", "Green", "Done")
_ROWS = 200  # rows of the sheet that offer these


def new_plan(ending: str) -> bytes:
    """Return the plan as the bytes of a file whose name ends so.

    A CSV file begins with the mark by which Excel knows it for UTF-8. Raises Refused for another
    ending, Unwritable where XlsxWriter is not installed.
    """
    text = template_text("plan.csv")
    if ending == ".csv":
        return text.replace("\n", "\r\n").encode("utf-8-sig")
    if ending != ".xlsx":
        raise Refused("a plan is a workbook or CSV", "name a file that ends in .xlsx or .csv")
    head, *rows = csv.reader(StringIO(text))
    notes: list[list[Value]] = [[one] for one in template_text("plan-notes.txt").splitlines()]
    plan: list[list[Value]] = [[*head], *([*map(_value, row)] for row in rows)]
    filled: dict[str, list[list[Value]]] = {"Plan": plan, _HOW: [[_HOW], *notes]}
    return sheets(filled, Choices(head.index("Status"), _STATUS, _ROWS))


def _value(cell: str) -> Value:
    """Return a day as one, so that the cell has its form."""
    try:
        return datetime.strptime(cell, "%d/%m/%Y").date()  # noqa: DTZ007  a day has no zone
    except ValueError:
        return cell or None
