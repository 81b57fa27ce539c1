"""Reports as CSV: the rows of the JSON, for spreadsheets.

Text that a spreadsheet would run as a formula is given a leading apostrophe; numbers stay numbers.
Headline and notes are not rows, so they are left to the other formats.
"""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING, Any

from reformcalc.rows import names

if TYPE_CHECKING:
    from reformcalc.report import Report

# The last four are the wide forms of the first four, which some spreadsheets obey too.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def render_csv(report: Report[Any]) -> str:
    """Return the rows of a report, with a line of field names."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names(report.row_type))
    writer.writerows(map(safe, row.values()) for row in report.to_dicts())
    return out.getvalue()


def safe(value: Any) -> Any:
    """Return a value as a cell: text that no spreadsheet runs, lists joined, nothing for None."""
    if isinstance(value, list):
        return safe("; ".join(str(one) for one in value))
    if isinstance(value, bool):
        return str(value).lower()  # as in JSON
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return "" if value is None else value
