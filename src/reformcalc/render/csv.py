"""Reports as CSV: the rows of the JSON, for spreadsheets.

Text that a spreadsheet would run as a formula is given an apostrophe before it, also where one that
splits at semicolons or tabs would begin a cell; numbers stay numbers. Headline and notes are not
rows, so they are left to the other formats.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from reformcalc.rows import key_names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reformcalc.report import Report

# The wide forms too, which some spreadsheets obey. A dash after a space is one of a sentence, and a
# percentage with its sign is a number to any of them.
_BEGINS = re.compile(
    "^(?![-+][0-9]+(?:\\.[0-9]+)?%\\Z)(?=[=+@\\-\uff1d\uff0b\uff20\uff0d\t\r])"
    '|(?<=[;\t])(?=[ "]*[=+@\uff1d\uff0b\uff20]|"*[-\uff0d])'
)
_TO_QUOTE = re.compile('[",;\t\r\n]')


def render_csv(report: Report[Any]) -> str:
    """Return the rows of a report, with a line of field names."""
    head = line(key_names(report.row_type))
    return head + "".join(line(row.values()) for row in report.to_dicts())


def line(values: Iterable[Any]) -> str:
    """Return values as one line, cells quoted where any spreadsheet would split them."""
    return ",".join(map(_cell, values)) + "\n"


def _cell(value: Any) -> str:
    """Return a value as a cell: text that no spreadsheet runs, lists joined, nothing for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()  # as in JSON
    if isinstance(value, list):
        value = "; ".join(map(str, value))
    if not isinstance(value, str):
        return str(value)
    text = _BEGINS.sub("'", value)
    return '"' + text.replace('"', '""') + '"' if _TO_QUOTE.search(text) else text
