"""An .xlsx workbook as sheets of cells.

It is a zip archive of XML. Of all that may be in it, only the list of sheets, their cells, the
texts that these share and the forms of numbers are opened: no macro, formula, link, picture or
comment is. What is opened is read within limits, by the parser of the standard library, and an
entity or a document type in it is refused.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from contextlib import suppress
from datetime import date, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple
from xml.parsers import expat

from reformcalc.reading.sheet import (
    LONGEST_CELL,
    MOST_ABOVE,
    MOST_COLUMNS,
    MOST_FILLED,
    MOST_ROWS,
    Cell,
    Merge,
    Row,
    Sheet,
    Shown,
    Unreadable,
    letters,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

UNPACKED = 32 << 20  # bytes of what is opened of it, unpacked
MOST_ELEMENTS = 600_000  # of XML, in all that is opened: a cell takes two or three
_GLANCE = 1 << 20  # bytes of a sheet in which its headings stand
_LONGEST_NAME = 100  # letters of a sheet's name: Excel allows 31
_MOST_MEMBERS = 5_000  # files in the archive
_OLD = b"\xd0\xcf\x11\xe0"  # what an older workbook begins with, and one with a password
_DAMAGED = "this workbook is damaged{}; open it in a spreadsheet program and save it anew as .xlsx"
_TOO_LARGE = (
    f"this workbook is too large: {UNPACKED >> 20} MB, or some {MOST_ELEMENTS // 3:,} cells, are "
    "read at most; save the sheet with the plan as a workbook of its own, or as CSV"
)
_NOT_OURS = {
    "content.xml": "this is an OpenDocument spreadsheet; save it as .xlsx or CSV",
    "xl/workbook.bin": "this is a binary workbook (.xlsb); save it as .xlsx or CSV",
    "index/document.iwa": "this is a Numbers spreadsheet; export it as .xlsx or CSV",
}
_UNOPENED = {
    "xl/vbaproject.bin": "macros",
    "xl/externallinks/": "links to other workbooks",
    "xl/embeddings/": "embedded files",
}


class SheetName(NamedTuple):
    """A sheet of a workbook: its name, and whether it is hidden."""

    name: str
    hidden: bool
    part: str


class Workbook:
    """The sheets of a workbook, each read when it is asked for. Raises Unreadable throughout."""

    def __init__(self, raw: bytes) -> None:
        self._archive = _Archive(raw)
        try:
            self.sheets = self._list()
            self._shared = self._texts()
            self._forms = self._number_forms()
        except (LookupError, ValueError):
            raise Unreadable(_DAMAGED.format("")) from None

    @property
    def unopened(self) -> list[str]:
        """What is in the workbook besides, and is never opened."""
        names = self._archive.names
        return [
            what for start, what in _UNOPENED.items() if any(one.startswith(start) for one in names)
        ]

    def glance(self, which: SheetName) -> Sheet:
        """Read the first rows of a sheet, among which its headings are."""
        return self._sheet(which, MOST_ABOVE, _GLANCE)

    def sheet(self, which: SheetName) -> Sheet:
        """Read a sheet."""
        return self._sheet(which, MOST_ROWS, None)

    def _sheet(self, which: SheetName, rows: int, most: int | None) -> Sheet:
        cells = _Cells(self._shared, self._forms, rows, since_1904=self._since_1904)
        try:
            self._archive.parse(which.part, cells, most)
        except (LookupError, ValueError, OverflowError):
            raise Unreadable(_DAMAGED.format(f" ({which.part})")) from None
        return Sheet(
            which.name,
            cells.rows,
            which.hidden,
            frozenset(cells.hidden_columns),
            tuple(cells.merges),
            [f"rows below row {MOST_ROWS:,} are not looked at"] if cells.cut else [],
        )

    def _list(self) -> list[SheetName]:
        main = self._related("", "officeDocument")[0]
        listing = _Elements({"sheet", "workbookPr"})
        self._archive.parse(main, listing)
        self._main, self._since_1904 = main, False
        parts = {link["Id"]: link for link in self._links(main)}
        found = []
        for name, one in listing.found:
            if name == "workbookPr":
                self._since_1904 = one.get("date1904") in _YES
            elif parts[one["id"]]["Type"].endswith("/worksheet"):  # a chart may be one too
                hidden = one.get("state", "visible") != "visible"
                part = _resolved(main, parts[one["id"]]["Target"])
                found.append(SheetName(one["name"][:_LONGEST_NAME], hidden, part))
        return found

    def _links(self, part: str) -> list[dict[str, str]]:
        folder, name = posixpath.split(part)
        links = _Elements({"Relationship"})
        self._archive.parse(f"{folder}/_rels/{name}.rels".lstrip("/"), links)
        return [one for _, one in links.found if one.get("TargetMode") != "External"]

    def _related(self, part: str, kind: str) -> list[str]:
        return [
            _resolved(part, one["Target"])
            for one in self._links(part)
            if one["Type"].endswith(f"/{kind}")
        ]

    def _texts(self) -> list[str]:
        texts = _Texts()
        for part in self._related(self._main, "sharedStrings"):
            self._archive.parse(part, texts)
        return texts.texts

    def _number_forms(self) -> list[_Form]:
        forms = _Forms()
        for part in self._related(self._main, "styles"):
            self._archive.parse(part, forms)
        # Each is read once: styles without number may use a form that is long.
        read = {one: _form(code) for one, code in (_BUILT_IN | forms.codes).items()}
        return [read.get(one, _Form()) for one in forms.used]


def _resolved(part: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")


_YES = ("1", "true", "on")


class _Archive:
    """The parts of a workbook, opened within limits."""

    def __init__(self, raw: bytes) -> None:
        if raw.startswith(_OLD):
            raise Unreadable(
                "this is an older workbook (.xls), or one with a password; save it as .xlsx "
                "without a password"
            )
        if raw.count(b"PK\x01\x02") > _MOST_MEMBERS:
            raise Unreadable(_TOO_LARGE)
        try:
            self._zip = zipfile.ZipFile(BytesIO(raw))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
            begins = raw[:2] == b"PK"
            reason = _DAMAGED.format("") if begins else _NO_WORKBOOK
            raise Unreadable(reason) from None
        self._infos = {
            info.filename.replace("\\", "/").lower(): info for info in self._zip.infolist()
        }
        if len(self._infos) < len(self._zip.infolist()):  # programs differ in which they show
            raise Unreadable(_DAMAGED.format(" (it has two parts of one name)"))
        for name, advice in _NOT_OURS.items():
            if name in self._infos:
                raise Unreadable(advice)
        self._left, self._elements = UNPACKED, MOST_ELEMENTS

    @property
    def names(self) -> list[str]:
        """What it holds."""
        return list(self._infos)

    def parse(self, part: str, into: _Handler, most: int | None = None) -> None:
        """Hand the elements of a part to what takes them, of `most` bytes if only so many matter.

        It is parsed in one piece: in many, a parser may look at a long element again and again.
        """
        limit = self._left if most is None else min(most, self._left)
        raw = self._read(part, limit + 1)
        whole = len(raw) <= limit
        parser = expat.ParserCreate(namespace_separator="}")
        parser.buffer_text = True
        into.left = self._elements
        into.attach(parser)
        parser.StartDoctypeDeclHandler = _refuse_doctype
        try:
            parser.Parse(raw[:limit], whole)
        except _Enough:
            return
        except expat.ExpatError as error:
            raise Unreadable(_DAMAGED.format(f" ({part}: {error})")) from None
        finally:
            self._elements = into.left
            # Each handler is a method, which holds its object, which holds the parser.
            parser.StartElementHandler = parser.EndElementHandler = None
            parser.CharacterDataHandler = None
        if not whole and most is None:
            raise Unreadable(_TOO_LARGE)
        self._left -= min(len(raw), limit)

    def _read(self, part: str, most: int) -> bytes:
        info = self._infos.get(part.lower())
        if info is None:
            raise Unreadable(_DAMAGED.format(f" ({part} is missing)"))
        try:
            with self._zip.open(info) as file:
                return file.read(most)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError) as error:
            raise Unreadable(_DAMAGED.format(f" ({part}: {error})")) from None


_NO_WORKBOOK = (
    "this is no workbook, whatever its name says; open it in a spreadsheet program and save it as "
    ".xlsx, or name it .csv if it is text"
)


class _Enough(Exception):
    """The rest of a part need not be read."""


def _refuse_doctype(*_: object) -> None:
    raise Unreadable(
        "this workbook declares a document type, which no spreadsheet program writes; open it in "
        "one and save it anew as .xlsx"
    )


class _Handler:
    """Takes the elements of a part by their names, without namespaces."""

    left = MOST_ELEMENTS  # how many elements may still come

    def attach(self, parser: expat.XMLParserType) -> None:
        """Have a parser hand its events here."""
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        self._text: list[str] | None = None

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.left -= 1
        if self.left < 0:
            raise Unreadable(_TOO_LARGE)
        self.start(name.rpartition("}")[2], attributes)

    def _end(self, name: str) -> None:
        self.end(name.rpartition("}")[2])

    def _characters(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def collect(self) -> None:
        """Begin to keep what is written."""
        self._text = []

    def collected(self) -> str:
        """Return what was written since."""
        text = "".join(self._text or ())
        self._text = None
        return text

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take the beginning of an element."""

    def end(self, name: str) -> None:
        """Take the end of one."""


class _Elements(_Handler):
    """Keeps the attributes of elements of some names, themselves without namespaces."""

    def __init__(self, names: set[str]) -> None:
        self.found: list[tuple[str, dict[str, str]]] = []
        self._names = names

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in self._names:
            bare = {key.rpartition("}")[2]: value for key, value in attributes.items()}
            self.found.append((name, bare))


# A letter that XML cannot hold, as workbooks write it.
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


class _Texts(_Handler):
    """The texts that cells share, each with its parts of one look joined."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._parts: list[str] = []
        self._aside = False  # a reading aid beside the text

    def start(self, name: str, attributes: Mapping[str, str]) -> None:  # noqa: ARG002  a handler
        if name == "rPh":
            self._aside = True
        elif name == "t" and not self._aside:
            self.collect()

    def end(self, name: str) -> None:
        if name == "t" and not self._aside:
            self._parts.append(self.collected())
        elif name == "rPh":
            self._aside = False
        elif name == "si":
            self.texts.append(_unescaped("".join(self._parts)))
            self._parts = []


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda one: chr(int(one[1], 16)), text) if "_x" in text else text


class _Forms(_Handler):
    """The codes of number forms, and which of them the styles of cells use."""

    def __init__(self) -> None:
        self.codes: dict[int, str] = {}
        self.used: list[int] = []
        self._inside = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "numFmt":
            self.codes[int(attributes["numFmtId"])] = attributes["formatCode"]
        elif name == "cellXfs":
            self._inside = True
        elif name == "xf" and self._inside:
            self.used.append(int(attributes.get("numFmtId", "0")))

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._inside = False


class _Form(NamedTuple):
    """What a form makes of a number: a date, so much of it shown, or a percentage."""

    date: Shown | None = None
    percent: bool = False


# Codes that workbooks name by number alone; those of 27 to 36 and 50 to 58 are of East Asian dates.
_BUILT_IN = {
    **dict.fromkeys((14, 15, 22, *range(27, 37), *range(50, 59)), "dmy"),
    9: "0%",
    10: "0.00%",
    16: "d-mmm",
    17: "mmm-yy",
}
_NO_CODE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^][]*\]')  # what a form prints as it stands


def _form(code: str) -> _Form:
    """Read the code of a number form."""
    bare = _NO_CODE.sub("", code.partition(";")[0]).lower()
    if bare in ("general", "@"):
        return _Form()
    if "d" in bare:
        return _Form(Shown.DAY)
    if "y" in bare:
        return _Form(Shown.MONTH if "m" in bare else Shown.YEAR)
    return _Form(percent="%" in bare)


_EPOCH, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
_REFERENCE = re.compile("([A-Z]{1,3})([1-9][0-9]{0,6})")


class _Cells(_Handler):
    """The rows of a sheet."""

    def __init__(
        self, shared: list[str], forms: list[_Form], most_rows: int, *, since_1904: bool
    ) -> None:
        self.rows: list[Row] = []
        self.hidden_columns: set[int] = set()
        self.merges: list[Merge] = []
        self.cut = False  # whether there are more rows than are looked at
        self._most_rows = most_rows
        self._shared, self._forms = shared, forms
        self._epoch = _EPOCH_1904 if since_1904 else _EPOCH
        self._row = self._column = 0
        self._cells: dict[int, Cell] = {}
        self._hidden = False
        self._aside = self._formula = False
        self._type, self._style = "n", 0
        self._written: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        match name:
            case "row":
                self._begin_row(attributes)
            case "c":
                self._begin_cell(attributes)
            case "f":
                self._formula = True
            case "v" | "t" if not self._aside:
                self.collect()
            case "rPh":
                self._aside = True
            case "col" if attributes.get("hidden") in _YES:
                first, last = int(attributes["min"]), int(attributes["max"])
                self.hidden_columns.update(range(max(first, 1), min(last, MOST_COLUMNS) + 1))
            case "mergeCell":
                self._merge(attributes["ref"])
            case _:
                pass

    def end(self, name: str) -> None:
        match name:
            case "v" | "t" if not self._aside:
                self._written.append(self.collected())
            case "rPh":
                self._aside = False
            case "c":
                self._end_cell()
            case "row":
                self._end_row()
            case _:
                pass

    def _begin_row(self, attributes: Mapping[str, str]) -> None:
        self._row = _next(self._row, int(attributes.get("r", self._row + 1)))
        if self._row > self._most_rows:
            self.cut = True
            raise _Enough
        self._hidden = attributes.get("hidden") in _YES
        self._column, self._cells = 0, {}

    def _end_row(self) -> None:
        row = Row(self._row, self._cells, self._row, self._hidden)
        if row.filled or any(cell.formula for cell in row.cells.values()):
            self.rows.append(row)
        if len(self.rows) > MOST_FILLED:
            raise Unreadable(
                f"this sheet has more than {MOST_FILLED:,} rows; save the plan alone as a sheet"
            )

    def _begin_cell(self, attributes: Mapping[str, str]) -> None:
        place = _REFERENCE.fullmatch(attributes.get("r", ""))
        self._column = _next(self._column, _column(place[1]) if place else self._column + 1)
        self._type, self._style = attributes.get("t", "n"), _place(attributes.get("s", "0"))
        self._written, self._formula = [], False

    def _end_cell(self) -> None:
        text = "".join(self._written)
        lacking = self._formula and not self._written  # its value: an empty one was worked out
        if self._column <= MOST_COLUMNS and (text or lacking):
            cell = self._cell(text, formula=self._formula)
            if len(cell.text) > LONGEST_CELL:
                raise Unreadable(
                    f"cell {letters(self._column)}{self._row} has more than {LONGEST_CELL:,} "
                    "letters; shorten it"
                )
            self._cells[self._column] = cell

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        start, end = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last)
        if start and end:
            self.merges.append(
                Merge(int(start[2]), _column(start[1]), int(end[2]), _column(end[1]))
            )

    def _cell(self, text: str, *, formula: bool) -> Cell:
        match self._type:
            case "s":
                return Cell(self._shared[_place(text)], formula=formula)
            case "b":
                return Cell("TRUE" if text == "1" else "FALSE", truth=text == "1", formula=formula)
            case "e":
                return Cell(text, error=True, formula=formula)
            case "str" | "inlineStr":
                return Cell(_unescaped(text), formula=formula)
            case "d":
                return _dated(date.fromisoformat(text[:10]), Shown.DAY, formula=formula)
            case _:
                return self._number(text, formula=formula)

    def _number(self, text: str, *, formula: bool) -> Cell:
        if not text:
            return Cell("", formula=formula)
        number = float(text)
        form = self._forms[self._style] if self._style < len(self._forms) else _Form()
        if form.date:
            with suppress(OverflowError):
                day = self._epoch + timedelta(days=int(number))
                return _dated(day, form.date, formula=formula)
        if form.percent:
            return Cell(f"{number * 100:.15g}%", number=number, formula=formula)
        return Cell(f"{number:.15g}", number=number, formula=formula)


def _place(text: str) -> int:
    """Read a place in a list. Raises ValueError below nought, which would count from the end."""
    place = int(text)
    if place < 0:
        raise ValueError(text)
    return place


def _dated(day: date, shown: Shown, *, formula: bool) -> Cell:
    """Return a real date, with as much of it as its cell shows."""
    form = {Shown.DAY: "%Y-%m-%d", Shown.MONTH: "%B %Y", Shown.YEAR: "%Y"}[shown]
    return Cell(day.strftime(form), day=day, shown=shown, formula=formula)


def _next(before: int, number: int) -> int:
    """Return the number of a row or a cell. Raises ValueError where it does not come next."""
    if number <= before:
        raise ValueError(number)
    return number


def _column(name: str) -> int:
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
