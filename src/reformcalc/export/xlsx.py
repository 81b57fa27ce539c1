"""What writes workbooks: typed cells, how many lines a text takes, and plain sheets for a plan.

The only importer of XlsxWriter. Text is written as text, whatever it begins with: nothing in it
runs as a formula or a link.
"""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

from reformcalc.errors import Unwritable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from types import ModuleType

    from reformcalc.export.table import Value

_WIDEST, _NARROWEST = 60, 10  # letters


class Choices(NamedTuple):
    """The words that a column of the first sheet offers, in so many of its rows."""

    column: int
    words: Sequence[str]
    rows: int


def sheets(content: Mapping[str, Sequence[Sequence[Value]]], choices: Choices) -> bytes:
    """Return a workbook of plain sheets by name, each with its headings first.

    Raises Unwritable where XlsxWriter is not installed.
    """
    out = BytesIO()
    with library().Workbook(out, {"in_memory": True}) as book:
        head = book.add_format({"bold": True, "bottom": 1})
        text = book.add_format({"text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "dd/mm/yyyy", "valign": "top", "align": "left"})
        for name, (headings, *rows) in content.items():
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            for place, heading in enumerate(headings):
                values = [row[place] for row in rows]
                sheet.write_string(0, place, heading, head)
                sheet.set_column(place, place, _width(str(heading), values))
                for line, value in enumerate(values, 1):
                    write_cell(
                        sheet, (line, place), value, day if isinstance(value, date) else text
                    )
        offered = {"validate": "list", "source": list(choices.words), "error_type": "warning"}
        first = book.worksheets()[0]
        first.data_validation(1, choices.column, choices.rows, choices.column, offered)
    return out.getvalue()


def library() -> ModuleType:
    """Return XlsxWriter, an optional extra. Raises Unwritable where it is not installed."""
    try:
        import xlsxwriter  # noqa: PLC0415  an optional extra
    except ImportError:
        message = (
            "a workbook needs the package XlsxWriter: pip install XlsxWriter "
            "(with pipx: pipx inject reformcalc XlsxWriter)"
        )
        raise Unwritable(message) from None
    library: ModuleType = xlsxwriter
    return library


def write_cell(sheet: Any, at: tuple[int, int], value: Value, look: Any) -> int:
    """Write one cell by its type; return what is not 0 where it does not fit."""
    match value:
        case None:
            result = sheet.write_blank(*at, None, look)
        case bool():
            result = sheet.write_boolean(*at, value, look)
        case int() | float():
            result = sheet.write_number(*at, value, look)
        case date():
            result = sheet.write_datetime(*at, value, look)
        case _:
            result = sheet.write_string(*at, value, look)
    return int(result)


# How wide Arial is beside Calibri of 11 points, whose letters XlsxWriter knows, for each point.
_ARIAL = 0.104
_PIXELS, _EDGES = 9, 6  # of a digit of 12 points, and of the edges of a cell


def lines(text: str, width: int, size: int) -> int:
    """Return how many lines a text takes in a column so many letters wide, in Arial of a size.

    A little more than it may take: a line too many is seen less than one that is cut.
    """
    measure = library().utility.xl_pixel_width
    room = (width * _PIXELS - _EDGES) / (_ARIAL * size)
    return sum(_lines(line, room, measure) for line in text.split("\n"))


def _lines(text: str, room: float, measure: Callable[[str], int]) -> int:
    """Return how many lines a text without breaks takes in so many pixels."""
    count, used, space = 1, 0.0, measure(" ")
    for word in text.split(" "):
        wide = measure(word)
        if used and used + space + wide > room:
            count, used = count + 1, 0.0
        over = int(wide // room) if wide > room else 0  # of a word that no line holds
        count, used = count + over, used + bool(used) * space + wide - over * room
    return count


def _width(name: str, values: Sequence[Value]) -> int:
    """Return how wide a column is, in letters: the header has the arrow of the filter beside it."""
    longest = max((len(str(value)) for value in values), default=0)
    return max(_NARROWEST, len(name) + 4, min(longest + 1, _WIDEST))
