"""A CSV file as a sheet: whatever its encoding, and whatever divides its cells.

Both are found out by what the file holds, and told. A spreadsheet program on a British machine
writes commas, on a continental one semicolons; Excel saves Windows-1252 or UTF-8 with a byte order
mark, and PowerShell UTF-16.
"""

from __future__ import annotations

import codecs
import csv
from io import StringIO
from typing import TYPE_CHECKING

from reformcalc.reading.sheet import (
    LONGEST_CELL,
    MOST_COLUMNS,
    MOST_FILLED,
    MOST_ROWS,
    Cell,
    Row,
    Sheet,
    Unreadable,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_DIVIDERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "upright strokes"}
# What a spreadsheet program writes for a value that cannot be worked out.
_ERRORS = {"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"}
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_SAMPLE = 1 << 16  # letters that are enough to see what divides cells


def read_delimited(raw: bytes, suits: Callable[[Sheet], int]) -> Sheet:
    """Read the text of a file. Of what may divide its cells, that is taken which `suits` best.

    `suits` says of a sheet how many of its headings are known. Raises Unreadable.
    """
    text, encoding = _decoded(raw)
    first, _, rest = text.partition("\n")
    named = first.strip().removeprefix('"').removesuffix('"')
    if named[:4].lower() == "sep=" and len(named) == len("sep=") + 1:  # Excel's own word for it
        sheet = Sheet("", list(_rows(rest, named[4], skipped=1)))
        divider = named[4]
    else:
        divider = max(_DIVIDERS, key=lambda one: _fit(text, one, suits))
        sheet = Sheet("", list(_rows(text, divider)))
    sheet.said.append(f"{encoding} text, divided by {_DIVIDERS.get(divider, repr(divider))}")
    return sheet


def _fit(text: str, divider: str, suits: Callable[[Sheet], int]) -> tuple[int, int]:
    """Say how well a divider fits: by known headings, and by how often it stands there."""
    sample = text[:_SAMPLE]
    try:
        known = suits(Sheet("", list(_rows(sample, divider, strict=False))))
    except Unreadable:
        known = 0
    return known, sample.count(divider)


def _decoded(raw: bytes) -> tuple[str, str]:
    """Return the text and what its encoding is called."""
    if raw.startswith(b"PK\x03\x04"):
        raise Unreadable("this is a workbook, whatever its name says; name it .xlsx")
    for mark, encoding, name in _MARKS:
        if raw.startswith(mark):
            return _decoded_as(raw, encoding, name), name
    first, second = (raw[:_SAMPLE][place::2].count(0) for place in (0, 1))
    if max(first, second) > len(raw[:_SAMPLE]) // 4:  # most letters have an empty half
        encoding = "utf-16-be" if first > second else "utf-16-le"
        return _decoded_as(raw, encoding, "UTF-16"), "UTF-16"
    try:
        return raw.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        return _decoded_by_line(raw)


def _decoded_by_line(raw: bytes) -> tuple[str, str]:
    """Return text that is not all UTF-8, as where one file was pasted below another."""
    lines, name = [], "Windows-1252"
    for number, line in enumerate(raw.splitlines(keepends=True)):
        try:
            lines.append(line.decode("utf-8"))
        except UnicodeDecodeError:
            lines.append(_decoded_as(line, "cp1252", "Windows-1252", above=number))
        else:
            name = name if line.isascii() else "partly UTF-8 and partly Windows-1252"
    return "".join(lines), name


def _decoded_as(raw: bytes, encoding: str, name: str, above: int = 0) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        line = above + raw[: error.start].count(b"\n") + 1
        message = (
            f"this is no {name} text; open it in a spreadsheet program and save it as "
            '"CSV UTF-8" or .xlsx'
        )
        raise Unreadable(message, line) from None


def _rows(text: str, divider: str, *, skipped: int = 0, strict: bool = True) -> Iterator[Row]:
    """Yield the rows that hold anything, by number and by the line that each begins on."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=divider, strict=strict)
    csv.field_size_limit(LONGEST_CELL)
    begins, filled, number = 1, 0, skipped
    while True:
        try:
            written = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise Unreadable(_broken(error), begins + skipped) from None
        number += 1
        cells = {
            column: Cell(value, error=value.strip() in _ERRORS)
            for column, value in enumerate(written[:MOST_COLUMNS], 1)
            if value.strip()
        }
        if cells:
            filled += 1
            yield Row(number, cells, begins + skipped)
        if filled > MOST_FILLED or number > MOST_ROWS:
            raise Unreadable(
                f"this file has more than {MOST_FILLED:,} rows; save the plan alone as a file"
            )
        begins = reader.line_num + 1


def _broken(error: csv.Error) -> str:
    """Say what is wrong with a row, in words of ours."""
    if "limit" in str(error):
        return (
            f"a cell from this row on has more than {LONGEST_CELL:,} letters; most likely a "
            "quotation mark is opened and not closed"
        )
    return (
        "a quotation mark in this row is opened and not closed, or stands inside a cell without "
        'being written twice (""); save the file anew from a spreadsheet program'
    )
