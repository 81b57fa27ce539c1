"""The tables as a workbook: a sheet each, typed cells, £ formats. The only importer of XlsxWriter.

Text is written as text, whatever it begins with: nothing in it runs as a formula or a link.
"""

from __future__ import annotations

from datetime import date, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any

from reformcalc.errors import Refused, Unwritable
from reformcalc.export.table import Type

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reformcalc.export.table import Content, Table, Value

_FORMATS = {
    Type.TEXT: {"text_wrap": True, "valign": "top"},
    Type.WHOLE: {"num_format": "0", "valign": "top"},
    Type.POUNDS: {"num_format": "£#,##0;-£#,##0", "valign": "top"},
    Type.NUMBER: {"valign": "top"},
    Type.DAY: {"num_format": "yyyy-mm-dd", "valign": "top"},
    Type.TRUTH: {"valign": "top"},
}
_WIDEST, _NARROWEST = 60, 10  # letters


def workbook(tables: Sequence[Table], content: Content) -> bytes:
    """Return the workbook as the bytes of its file.

    Raises Unwritable where XlsxWriter is not installed, Refused where a sheet cannot hold a text.
    """
    try:
        import xlsxwriter  # noqa: PLC0415  an optional extra
    except ImportError:
        message = (
            "a workbook needs the package XlsxWriter: pip install XlsxWriter "
            "(with pipx: pipx inject reformcalc XlsxWriter)"
        )
        raise Unwritable(message) from None
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        about = content.dataset.about
        created = datetime.combine(content.as_of, time())
        book.set_properties({"title": about.title, "author": about.publisher, "created": created})
        formats = {type_: book.add_format(look) for type_, look in _FORMATS.items()}
        head = book.add_format({"bold": True, "bottom": 1})
        for table in tables:
            _write(book.add_worksheet(table.name), table, content, formats, head)
    return out.getvalue()


def _write(sheet: Any, table: Table, content: Content, formats: Any, head: Any) -> None:
    """Fill a sheet: a header that stays in sight and filters, then the rows."""
    rows = table.rows(content)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows), len(table.columns) - 1)
    for place, column in enumerate(table.columns):
        sheet.write_string(0, place, column.name, head)
        values = [row[place] for row in rows]
        sheet.set_column(place, place, _width(column.name, values))
        for line, value in enumerate(values, 1):
            if _cell(sheet, line, place, value, formats[column.type]):
                raise Refused(
                    f"{table.name}, row {line}, {column.name}: a workbook has no room for this",
                    "export a folder or an .sqlite file",
                )


def _cell(sheet: Any, line: int, place: int, value: Value, look: Any) -> int:
    """Write one cell by its type; return what is not 0 where it does not fit."""
    match value:
        case None:
            result = 0
        case bool():
            result = sheet.write_boolean(line, place, value, look)
        case int() | float():
            result = sheet.write_number(line, place, value, look)
        case date():
            result = sheet.write_datetime(line, place, value, look)
        case _:
            result = sheet.write_string(line, place, value, look)
    return int(result)


def _width(name: str, values: Sequence[Value]) -> int:
    """Return how wide a column is, in letters: the header has the arrow of the filter beside it."""
    longest = max((len(str(value)) for value in values), default=0)
    return max(_NARROWEST, len(name) + 4, min(longest + 1, _WIDEST))
