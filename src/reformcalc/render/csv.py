"""Reports as CSV: the rows of the JSON, for spreadsheets.

Text that a spreadsheet would run as a formula is given a leading apostrophe; numbers stay numbers.
Headline and notes are not rows, so they are left to the other formats.
"""

from __future__ import annotations

import csv
from dataclasses import fields
from io import StringIO
from typing import TYPE_CHECKING, Any

from reformcalc.render.json import flat

if TYPE_CHECKING:
    from reformcalc.report import Report

# The last four are the wide forms of the first four, which some spreadsheets obey too.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def render_csv(report: Report[Any]) -> str:
    """Return the rows of a report, with a line of field names."""
    out = StringIO()
    rows = [flat(row) for row in report.rows]
    names = list(rows[0]) if rows else [field.name for field in fields(report.row_type)]
    writer = csv.DictWriter(out, names, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _safe(value) for name, value in row.items()})
    return out.getvalue()


def _safe(value: Any) -> Any:
    if isinstance(value, list):
        return _safe("; ".join(str(one) for one in value))
    if isinstance(value, bool):
        return str(value).lower()  # as in JSON
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return "" if value is None else value
