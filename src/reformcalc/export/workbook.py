"""The export as a workbook: a cover, the sheets that people use, then every table.

It is set out as the Government's guidance on spreadsheets asks: a cover with what is where, notes
and the licence, one table a sheet, no merged cells, letters of 12 points where people read, colour
never alone. Rows are as high as their words need, which no program works out for a file that it
only opens. Text is written as text, whatever it begins with.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time
from io import BytesIO
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from reformcalc import words
from reformcalc.errors import Refused
from reformcalc.export import people, xlsx
from reformcalc.export.table import Type, joined
from reformcalc.screen import Tone

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reformcalc.export.table import Content, Table

    Look = Mapping[str, object]

_PEOPLE: Look = {"font_name": "Arial", "font_size": 12, "valign": "top"}
_PROGRAMS: Look = {**_PEOPLE, "font_size": 10}
_TITLE: Look = {**_PEOPLE, "font_size": 16, "bold": True}
_HEAD: Look = {"bold": True, "text_wrap": True, "bg_color": "#D9E2EC", "bottom": 1}
_RULED: Look = {"bottom": 1, "bottom_color": "#C8CED4"}
_LABEL: Look = {"bold": True, "text_wrap": True}
_LINK: Look = {"font_color": "#0B4F9E", "underline": 1, "text_wrap": True}
_WRAPPED: Look = {"text_wrap": True}
_LOOKS: Mapping[Type, Look] = {
    Type.TEXT: _WRAPPED,
    Type.LIST: _WRAPPED,
    Type.WHOLE: {"num_format": "0"},
    Type.POUNDS: {"num_format": "£#,##0;-£#,##0"},
    Type.NUMBER: {},
    Type.DAY: {"num_format": "yyyy-mm-dd"},
    Type.TRUTH: {},
}
_FOR_PEOPLE = {
    **_LOOKS,
    Type.POUNDS: {"num_format": "£#,##0_);-£#,##0_)"},  # with room before the next column
    Type.DAY: {"num_format": "dd/mm/yyyy", "align": "left"},
}
# What the colours of a terminal are on paper: dark letters on a light ground, 7 to 1 and more.
_TONES: Mapping[Tone, Look] = {
    Tone.PLAIN: {},
    Tone.GOOD: {"bg_color": "#DDF2E0", "font_color": "#0E4A1B"},
    Tone.BAD: {"bg_color": "#FBE0DE", "font_color": "#7A130D"},
    Tone.DOUBT: {"bg_color": "#FFF1CC", "font_color": "#5C4400"},
}
_A4, _A3 = 9, 8
# The letters of the book say how wide a column is: so many of their digits.
_OPTIONS = {
    "in_memory": True,
    "default_format_properties": {"font_name": "Arial", "font_size": 12},
}
_LABELS, _SENTENCES = 26, 100  # letters of the two columns of the cover
_NARROWEST, _WIDEST, _WIDEST_OF_ALL = 9, 40, 250  # letters of a column of a table
_MOST_LINES = 24  # that a cell should take
_HIGHEST = 409  # points of a row, in Excel
_PAGE = 240  # letters beside each other on a page of a table
_ARROW = 3  # letters that the arrow of a filter takes from a head
_ADDRESS = 2000  # letters of a link that Excel opens
_NOTES = (
    "Money is in whole pounds, in cash. An empty cell means that no source says it, not £0.",
    "Dates are as documents word them; a first and a last day are those that the words can mean.",
    "The first sheets answer what people ask; those after them have every table, for programs.",
    "The last sheet says what each column of these means.",
)
_ASKED = {
    "totals": "How much is promised",
    "compare": "Is it what was asked for",
    "deadlines": "What is due",
    "answered": "What was recommended",
    "for": "The council",
}


def workbook(tables: Sequence[Table], content: Content) -> bytes:
    """Return the workbook as the bytes of its file.

    Raises Unwritable where XlsxWriter is not installed, Refused where a sheet cannot hold a text.
    """
    out = BytesIO()
    with xlsx.library().Workbook(out, _OPTIONS) as book:
        about = content.dataset.about
        created = datetime.combine(content.as_of, time())
        book.set_properties({"title": about.title, "author": about.publisher, "created": created})
        writer = _Writer(book, content)
        first = people.sheets(content)
        rest = [_Of(table, sheet_of(table.name), _cells(table, content)) for table in tables]
        writer.cover([(one.name, one.has, len(one.rows)) for one in first], rest)
        for sheet in first:
            writer.answer(sheet)
        for table in rest:
            writer.table(table)
    return out.getvalue()


def sheet_of(table: str) -> str:
    """Return what the sheet of a table is called: two may not differ in capitals alone."""
    return f"{table}_data" if table in people.NAMES else table


@dataclass(frozen=True, slots=True)
class _Of:
    """A table with the name of its sheet, and its rows as cells hold them."""

    table: Table
    name: str
    rows: Sequence[tuple[Any, ...]]


def _cells(table: Table, content: Content) -> list[tuple[Any, ...]]:
    return [tuple(map(joined, row)) for row in table.rows(content)]


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes the sheets of a workbook."""

    book: Any
    content: Content
    kept: dict[tuple[int, ...], Any] = field(default_factory=dict)

    def _look(self, *looks: Look) -> Any:
        """Return the format that some looks make together, each made once."""
        key = tuple(map(id, looks))
        if key not in self.kept:
            whole = {name: value for look in looks for name, value in look.items()}
            self.kept[key] = self.book.add_format(whole)
        return self.kept[key]

    def _sheet(self, name: str, paper: int) -> Any:
        """Add a sheet that prints on its side, as wide as the paper, with whose it is below."""
        sheet = self.book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(paper)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        title = self.content.dataset.about.title.replace("&", "&&")
        day = words.day(self.content.as_of)
        sheet.set_footer(f"&L{title}, as known on {day}&C{name}&RPage &P of &N")
        return sheet

    def cover(self, first: Sequence[tuple[str, str, int]], rest: Sequence[_Of]) -> None:
        """Write what it is, of which day, the answers, what is in it, and whose it is."""
        content, about = self.content, self.content.dataset.about
        sheet = self._sheet("Cover", _A4)
        sheet.set_column(0, 0, _LABELS)
        sheet.set_column(1, 1, _SENTENCES)
        sheet.write_string(0, 0, about.title, self._look(_TITLE))
        sheet.set_row(0, 28)
        people = ((name, f"{has}. {_rows(count)}") for name, has, count in first)
        tables = ((one.name, f"{one.table.meaning} {_rows(len(one.rows))}") for one in rest)
        said = [
            (("As known on", words.day(content.as_of)), _LABEL),
            (("Last reviewed", words.day(about.reviewed)), _LABEL),
            (("Kept by", about.publisher), _LABEL),
            (("Version", " ".join(filter(None, (about.version, content.digest)))), _LABEL),
            *(((one, content.limits), _LABEL) for one in ["Limited to"] if content.limits),
            *((one, _LABEL) for one in self._answers()),
            (("Sheets for people", ""), _HEAD),
            *((one, _LINK) for one in people),
            (("Notes", ""), _HEAD),
            *((("", one), _LABEL) for one in (*_NOTES, about.holds, about.limits) if one),
            (("Licence", about.licence), _LABEL),
            (("Tables for programs", ""), _HEAD),
            *((one, _LINK) for one in tables),
        ]
        for line, ((label, sentence), look) in enumerate(said, 1):
            if look is _LINK:
                where = f"internal:'{label}'!A1"
                sheet.write_url(line, 0, where, self._look(_PEOPLE, look), label)
            else:
                sheet.write_string(line, 0, label, self._look(_PEOPLE, look))
            beside = _HEAD if look is _HEAD else _WRAPPED
            sheet.write_string(line, 1, sentence, self._look(_PEOPLE, beside))
            sheet.set_row(line, _high(((label, _LABELS), (sentence, _SENTENCES)), _PEOPLE))

    def _answers(self) -> Iterator[tuple[str, str]]:
        """Yield each answer as a terminal shows it first."""
        for name, asked in _ASKED.items():
            if name in self.content.screens:
                screen = self.content.screens[name]()
                yield asked, " ".join((f"{screen.answer}.", *screen.said))

    def answer(self, one: people.Sheet) -> None:
        """Write a sheet that people use: its answer, what must be known, and its table."""
        sheet = self._sheet(one.name, _A4)
        sheet.write_string(0, 0, one.title, self._look(_TITLE))
        sheet.set_row(0, 28)
        # On lines of their own, as wide as the table: no cell is merged, and none runs beyond it.
        wide = sum(column.width for column in one.fields)
        told = [line for said in one.said for line in wrap(said, wide)]
        for line, said in enumerate(told, 1):
            sheet.write_string(line, 0, said, self._look(_PEOPLE))
            sheet.set_row(line, 17)
        top = len(told) + 1
        for place, column in enumerate(one.fields):
            sheet.set_column(place, place, column.width)
        for line, row in enumerate(one.rows, top + 1):
            for place, (column, cell) in enumerate(zip(one.fields, row, strict=True)):
                result = self._cell(sheet, (line, place), column.type, cell)
                _fits(result, one.name, line + 1, column.head)
            texts = [(cell.value, f.width) for f, cell in zip(one.fields, row, strict=True)]
            sheet.set_row(line, _high(texts, _PEOPLE))
        columns = [
            {"header": column.head, "header_format": self._look(_PEOPLE, _HEAD)}
            for column in one.fields
        ]
        adding = [place for place, column in enumerate(one.fields) if column.adds]
        for place in adding:
            whole = sum(int(str(row[place].value)) for row in one.rows)
            looks = self._look(_PEOPLE, _FOR_PEOPLE[one.fields[place].type], _LABEL)
            columns[place] |= {"total_function": "sum", "total_value": whole, "format": looks}
        if adding:
            columns[0] |= {"total_string": "Sum of the rows shown"}
        self._table(sheet, one.name, columns, (top, len(one.rows)), total=bool(adding))
        heads = ((column.head, column.width - _ARROW) for column in one.fields)
        sheet.set_row(top, _high(heads, _PEOPLE))
        sheet.freeze_panes(top + 1, 1)
        sheet.repeat_rows(top)

    def _cell(self, sheet: Any, at: tuple[int, int], type_: Type, cell: people.Cell) -> int:
        """Write a cell that people read, which may lead to a page; return 0 where it fits."""
        look = self._look(_PEOPLE, _RULED, _FOR_PEOPLE[type_], _TONES[cell.tone])
        if cell.link.startswith("http") and len(cell.link) < _ADDRESS:
            look = self._look(_PEOPLE, _RULED, _LINK)
            return int(sheet.write_url(*at, cell.link, look, cell.value))
        return xlsx.write_cell(sheet, at, cell.value, look)

    def table(self, one: _Of) -> None:
        """Write a table for programs: its head in the first row, typed cells below."""
        sheet = self._sheet(one.name, _A3)
        heads = [column.name for column in one.table.columns]
        widths = [
            _width(head, [row[place] for row in one.rows]) for place, head in enumerate(heads)
        ]
        for place, (column, width) in enumerate(zip(one.table.columns, widths, strict=True)):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, column.name, self._look(_PROGRAMS, _HEAD))
            look = self._look(_PROGRAMS, _LOOKS[column.type])
            for line, row in enumerate(one.rows, 1):
                result = xlsx.write_cell(sheet, (line, place), row[place], look)
                _fits(result, one.name, line, column.name)
        for line, row in enumerate(one.rows, 1):
            sheet.set_row(line, _high(zip(row, widths, strict=True), _PROGRAMS))
        # So many pages beside each other, each with the key, that letters can still be read.
        sheet.fit_to_pages(-(-sum(widths) // _PAGE), 0)
        sheet.repeat_columns(0)
        columns = [{"header": h, "header_format": self._look(_PROGRAMS, _HEAD)} for h in heads]
        self._table(sheet, one.name, columns, (0, len(one.rows)))
        sheet.freeze_panes(1, 1)
        sheet.repeat_rows(0)

    def _table(
        self,
        sheet: Any,
        name: str,
        columns: Sequence[Mapping[str, Any]],
        place: tuple[int, int],
        *,
        total: bool = False,
    ) -> None:
        """Make a real table of what is written: of none without a row, which Excel refuses."""
        top, rows = place
        if not rows:
            for number, column in enumerate(columns):
                sheet.write_string(top, number, column["header"], column["header_format"])
            return
        made = {
            "name": f"{name}_table",
            "columns": columns,
            "style": "Table Style Light 1",
            "banded_rows": False,
            "total_row": total,
        }
        sheet.add_table(top, 0, top + rows + total, len(columns) - 1, made)


def _rows(count: int) -> str:
    return f"{count:,} row{'' if count == 1 else 's'}."


def _fits(result: int, name: str, line: int, head: str) -> None:
    """Raise Refused where a cell did not take what was written to it."""
    if result:
        raise Refused(
            f"{name}, row {line}, {head}: a workbook has no room for this",
            "export a folder or an .sqlite file",
        )


def _width(head: str, values: Sequence[Any]) -> int:
    """Return how wide a column is, in letters: wide enough that no cell takes too many lines."""
    longest = max((len(str(value)) for value in values if value is not None), default=0)
    needed = max(min(longest + 2, _WIDEST), longest // (_MOST_LINES - 4))
    return min(max(_NARROWEST, len(head) + _ARROW + 2, needed), _WIDEST_OF_ALL)


def _high(texts: Iterable[tuple[Any, int]], look: Look) -> float:
    """Return how high a row is, in points, that holds some texts in columns of such widths."""
    size = look["font_size"]
    assert isinstance(size, int)
    lines = max(
        (xlsx.lines(value, width, size) for value, width in texts if isinstance(value, str)),
        default=1,
    )
    return min(_HIGHEST, max(lines, 1) * size * 1.3 + 3)
