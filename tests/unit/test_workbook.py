"""Workbooks as sheets of cells: what each kind of cell shows, and what no workbook may do to us."""

from __future__ import annotations

import warnings
import zipfile
from datetime import date, datetime
from io import BytesIO
from time import process_time

import openpyxl
import pytest

from reformcalc.reading import sheet as limits
from reformcalc.reading import workbook
from reformcalc.reading.sheet import Cell, Merge, Sheet, Shown, Unreadable, letters
from reformcalc.reading.workbook import Workbook
from tests.conftest import PROJECT
from tests.unit.workbooks import sheet_xml, text, xlsx

PLAN = PROJECT / "tests" / "data" / "sheets" / "plan.xlsx"
DAY = date(2027, 3, 31)


def cells(row: str, **more: object) -> dict[int, Cell]:
    """Return the cells of one row, given as XML, of a workbook that has nothing else."""
    book = Workbook(xlsx({"Plan": sheet_xml(f'<row r="2">{row}</row>')}, **more))  # type: ignore[arg-type]
    return book.sheet(book.sheets[0]).rows[-1].cells


@pytest.mark.parametrize(
    ("written", "cell"),
    [
        (text("A2", "Paint"), Cell("Paint")),
        (text("A2", "a_x000D_b_x0041_"), Cell("a\rbA")),
        ('<c r="A2" t="s"><v>1</v></c>', Cell("Oil the hinges")),
        ('<c r="A2" t="b"><v>1</v></c>', Cell("TRUE", truth=True)),
        ('<c r="A2" t="b"><v>0</v></c>', Cell("FALSE", truth=False)),
        ('<c r="A2" t="e"><v>#REF!</v></c>', Cell("#REF!", error=True)),
        ('<c r="A2" t="d"><v>2027-03-31T00:00:00</v></c>', Cell("2027-03-31", day=DAY)),
        ('<c r="A2"><v>46477</v></c>', Cell("46477", number=46477)),
        ('<c r="A2"><v>0.30000000000000004</v></c>', Cell("0.3", number=0.30000000000000004)),
        ('<c r="A2" s="1"><v>46477</v></c>', Cell("2027-03-31", day=DAY)),
        ('<c r="A2" s="1"><v>46477.75</v></c>', Cell("2027-03-31", day=DAY)),
        (
            '<c r="A2" s="2"><v>46447</v></c>',
            Cell("March 2027", day=date(2027, 3, 1), shown=Shown.MONTH),
        ),
        (
            '<c r="A2" s="3"><v>46447</v></c>',
            Cell("2027", day=date(2027, 3, 1), shown=Shown.YEAR),
        ),
        ('<c r="A2" s="4"><v>0.45</v></c>', Cell("45%", number=0.45)),
        ('<c r="A2" s="5"><v>0.5</v></c>', Cell("0.5", number=0.5)),
        ('<c r="A2" s="6"><v>46477</v></c>', Cell("2027-03-31", day=DAY)),
        ('<c r="A2" s="99"><v>5</v></c>', Cell("5", number=5)),
        ('<c r="A2" s="1"><v>99999999999</v></c>', Cell("99999999999", number=99999999999)),
        (
            '<c r="A2" s="1"><f>B2+30</f><v>46477</v></c>',
            Cell("2027-03-31", day=DAY, formula=True),
        ),
        ('<c r="A2" t="str"><f>B2&amp;"!"</f><v>Oh!</v></c>', Cell("Oh!", formula=True)),
        ("<c r='A2'><f>TODAY()</f></c>", Cell("", formula=True)),
        ("<c><v>7</v></c>", Cell("7", number=7)),
        (
            '<c r="A2" t="inlineStr"><is><t>Oil</t><rPh sb="0" eb="1"><t>oiru</t></rPh></is></c>',
            Cell("Oil"),
        ),
    ],
)
def test_a_cell_is_what_it_shows(written: str, cell: Cell) -> None:
    """Whatever kind of cell: nothing is worked out, and a date is as much as its form shows."""
    shared = [
        "<si><t>Paint</t></si>",
        "<si>\n<r> <t>Oil </t> </r>\n<r> <t>the hinges</t></r><rPh><t>oiru</t></rPh>\n</si>",
    ]
    assert cells(written + text("B2", "x"), shared=shared) == {1: cell, 2: Cell("x")}


def test_forms_that_have_a_number_alone_are_known() -> None:
    """Excel writes no code for its own: "Mar-27" is form 17, and a date of East Asia 27 to 36."""
    shown: dict[str, list[int]] = {}
    for form in (0, 9, 10, 13, 14, 15, 16, 17, 18, 21, 22, 23, 26, 27, 36, 37, 49, 50, 58, 59):
        styles = f'<styleSheet><cellXfs><xf numFmtId="{form}"/></cellXfs></styleSheet>'
        parts = {"xl/styles.xml": styles.encode()}
        (cell,) = cells('<c r="A2" s="0"><v>46447</v></c>', parts=parts).values()
        shown.setdefault(cell.text, []).append(form)
    assert shown == {
        "46447": [0, 13, 18, 21, 23, 26, 37, 49, 59],
        "4644700%": [9, 10],
        "2027-03-01": [14, 15, 16, 22, 27, 36, 50, 58],
        "March 2027": [17],
    }


def test_a_cell_that_is_too_long_is_refused() -> None:
    """No part of it is left out in silence: it is named with the limit, be its text shared."""
    most = "x" * limits.LONGEST_CELL
    assert cells(text("C2", most)) == {3: Cell(most)}
    for long in (
        text("C2", f"{most}x"),
        '<c r="C2" t="s"><v>0</v></c>',
        f'<c r="C2" t="e"><v>{most}x</v></c>',
    ):
        with pytest.raises(Unreadable, match="cell C2 has more than 32,767 letters"):
            cells(long, shared=[f"<si><t>{most}x</t></si>"])


def test_days_may_be_counted_from_1904() -> None:
    """As workbooks of an old Mac do: else every date would be four years early."""
    written = '<c r="A2" s="1"><v>45015</v></c>'
    assert cells(written, properties='date1904="1"') == {1: Cell("2027-03-31", day=DAY)}


def test_an_empty_value_is_no_cell() -> None:
    """A formula that comes to no text is as empty as it looks."""
    written = '<c r="A2" t="str"><f>IF(B2="","",1)</f><v></v></c><c r="B2"/>' + text("C2", "x")
    assert cells(written) == {3: Cell("x")}


def test_what_is_hidden_or_merged_is_known() -> None:
    """Rows, columns and sheets that are out of sight, and cells that are one."""
    rows = f'<row r="2" hidden="1">{text("A2", "x")}</row>'
    before = '<cols><col min="2" max="3" hidden="1"/><col min="5" max="5"/></cols>'
    after = '<mergeCells><mergeCell ref="A2:B4"/><mergeCell ref="odd"/></mergeCells>'
    book = Workbook(
        xlsx(
            {"Plan": sheet_xml(rows, before=before, after=after), "Old": sheet_xml("")},
            hidden=["Old"],
        )
    )
    sheet = book.sheet(book.sheets[0])
    assert [row.hidden for row in sheet.rows] == [False, True]
    assert sheet.hidden_columns == {2, 3}
    assert sheet.merges == (Merge(2, 1, 4, 2),)
    assert [(one.name, one.hidden) for one in book.sheets] == [("Plan", False), ("Old", True)]


def test_what_another_program_reads_is_what_we_read() -> None:
    """openpyxl shares no code with us, nor with LibreOffice, which wrote this."""
    book = Workbook(PLAN.read_bytes())
    theirs = openpyxl.load_workbook(PLAN, data_only=True)
    assert [one.name for one in book.sheets] == theirs.sheetnames
    for one in book.sheets:
        ours = book.sheet(one)
        read = {
            (row.number, column): cell for row in ours.rows for column, cell in row.cells.items()
        }
        filled = {
            (cell.row, cell.column): cell.value
            for row in theirs[one.name].iter_rows()
            for cell in row
            if cell.value is not None
        }
        assert read.keys() == filled.keys()
        for place, value in filled.items():
            cell = read[place]
            if isinstance(value, datetime):
                assert cell.day == value.date()
            elif isinstance(value, int | float):
                assert cell.number == value
            else:
                assert cell.text == value


def test_columns_have_the_names_that_programs_show() -> None:
    """After Z comes AA."""
    assert [letters(one) for one in (1, 26, 27, 52, 53, 702, 703)] == [
        "A", "Z", "AA", "AZ", "BA", "ZZ", "AAA",
    ]  # fmt: skip


def refused(raw: bytes) -> str:
    """Return why a workbook is refused."""
    with pytest.raises(Unreadable) as error:
        read(raw)
    return str(error.value)


def read(raw: bytes) -> list[Sheet]:
    book = Workbook(raw)
    return [book.sheet(one) for one in book.sheets]


def member(raw: bytes, name: str) -> bytes:
    """Return a workbook without one of its files."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(raw)) as old, zipfile.ZipFile(out, "w") as new:
        for one in old.namelist():
            if one != name:
                new.writestr(one, old.read(one))
    return out.getvalue()


def twice(raw: bytes, name: str) -> bytes:
    """Return a workbook with one more part, of a name that it has already."""
    out = BytesIO(raw)
    with warnings.catch_warnings(), zipfile.ZipFile(out, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr(name, sheet_xml(f'<row r="2">{text("A2", "another")}</row>'))
    return out.getvalue()


PLAIN = xlsx({"Plan": sheet_xml(f'<row r="2">{text("A2", "x")}</row>')})
ENTITIES = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'
OUTSIDE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet>&a;</worksheet>'


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"\xd0\xcf\x11\xe0 an older workbook", "an older workbook (.xls), or one with a password"),
        (b"Action,Due\nPaint,TBC\n", "this is no workbook, whatever its name says"),
        (b"", "this is no workbook"),
        (PLAIN[:400], "this workbook is damaged"),
        (PLAIN[:60] + b"\xff\xff\xff\xff" + PLAIN[64:], "this workbook is damaged"),
        (member(PLAIN, "xl/workbook.xml"), "(xl/workbook.xml is missing)"),
        (member(PLAIN, "xl/worksheets/sheet1.xml"), "(xl/worksheets/sheet1.xml is missing)"),
        (member(PLAIN, "_rels/.rels"), "(_rels/.rels is missing)"),
        (xlsx({}, parts={"_rels/.rels": b"<Relationships/>"}), "this workbook is damaged"),
        (xlsx({}, parts={"content.xml": b"<office/>"}), "this is an OpenDocument spreadsheet"),
        (xlsx({}, parts={"xl/workbook.bin": b"x"}), "this is a binary workbook (.xlsb)"),
        (xlsx({}, parts={"Index/Document.iwa": b"x"}), "this is a Numbers spreadsheet"),
        (twice(PLAIN, "xl/worksheets/sheet1.xml"), "it has two parts of one name"),
        (twice(PLAIN, "XL/Worksheets/Sheet1.xml"), "it has two parts of one name"),
        (xlsx({"Plan": sheet_xml('<row r="3"/><row r="3"/>')}), "this workbook is damaged"),
        (xlsx({"Plan": sheet_xml('<row r="3"/><row r="2"/>')}), "this workbook is damaged"),
        (
            xlsx({"Plan": sheet_xml('<row><c r="A2"/><c r="A2"/></row>')}),
            "this workbook is damaged",
        ),
        (xlsx({"Plan": "<worksheet><sheetData>"}), "xl/worksheets/sheet1.xml: no element found"),
        (xlsx({"Plan": sheet_xml('<row r="x"/>')}), "this workbook is damaged"),
        (xlsx({"Plan": sheet_xml('<row><c t="s"><v>9</v></c></row>')}), "this workbook is damaged"),
        (
            xlsx(
                {"Plan": sheet_xml('<row><c t="s"><v>-1</v></c></row>')},
                shared=["<si><t>Paint</t></si>"],
            ),
            "this workbook is damaged",
        ),
        (
            xlsx({"Plan": sheet_xml('<row><c s="-1"><v>9</v></c></row>')}),
            "this workbook is damaged",
        ),
        (xlsx({"Plan": sheet_xml("<row><c><v>nine</v></c></row>")}), "this workbook is damaged"),
        (xlsx({"Plan": ENTITIES.decode()}), "declares a document type"),
        (xlsx({"Plan": OUTSIDE.decode()}), "declares a document type"),
        (xlsx({}, parts={"xl/workbook.xml": ENTITIES}), "declares a document type"),
    ],
)
def test_what_is_no_sound_workbook_says_so_and_what_to_do(raw: bytes, message: str) -> None:
    """Of another kind, cut off, changed on its way, or made to lead elsewhere: one message."""
    assert message in refused(raw)


def test_a_part_that_was_changed_on_its_way_is_not_read() -> None:
    """The sum that the archive keeps of each part is looked at."""
    raw = bytearray(xlsx({"Plan": sheet_xml("")}))
    with zipfile.ZipFile(BytesIO(raw)) as archive:
        info = archive.getinfo("xl/styles.xml")
        at = info.header_offset + 30 + len(info.filename) + info.compress_size // 2
    raw[at] ^= 0xFF
    assert "xl/styles.xml: " in refused(bytes(raw))


KB = 1 << 10


@pytest.mark.parametrize(
    ("sheet", "shared", "files"),
    [
        pytest.param(" " * (80 * KB), [], 0, id="a part of nothing"),
        pytest.param("", [f"<si><t>{'x' * (70 * KB)}</t></si>"], 0, id="one long text"),
        pytest.param("", ["<si/>" * 2_000], 0, id="more texts than any plan has"),
        pytest.param(f"<row>{'<c/>' * 2_000}</row>", [], 0, id="more cells than any plan has"),
        pytest.param("", [], 5_100, id="thousands of files"),
    ],
)
def test_a_bomb_is_refused_before_it_goes_off(
    sheet: str, shared: list[str], files: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What unpacks to more than any plan is refused, with the limits; here they are lower."""
    monkeypatch.setattr(workbook, "UNPACKED", 64 * KB)
    monkeypatch.setattr(workbook, "MOST_ELEMENTS", 1_000)
    parts = {f"media/{n}": b"" for n in range(files)}
    raw = xlsx({"Plan": sheet_xml(sheet)}, shared=shared, parts=parts)
    assert "this workbook is too large: 32 MB, or some 200,000 cells" in refused(raw)


def test_a_long_form_of_numbers_is_read_in_a_moment() -> None:
    """Brackets that are never closed, in a form that thousands of styles use: each is read once."""
    code = "[" * (1 << 18)
    styles = (
        f'<styleSheet><numFmts><numFmt numFmtId="170" formatCode="{code}d"/></numFmts>'
        "<cellXfs>" + '<xf numFmtId="170"/>' * 2_000 + "</cellXfs></styleSheet>"
    )
    raw = xlsx(
        {"Plan": sheet_xml('<row><c s="1999"><v>46477</v></c></row>')},
        parts={"xl/styles.xml": styles.encode()},
    )
    begun = process_time()
    (sheet,) = read(raw)
    assert sheet.rows[1].at(1).text == "2027-03-31"
    assert process_time() - begun < 2


def test_hidden_columns_are_those_that_there_are() -> None:
    """However far they are said to go, on either side."""
    before = '<cols><col min="-99999999999" max="99999999999" hidden="1"/></cols>'
    (sheet,) = read(xlsx({"Plan": sheet_xml("", before=before)}))
    assert sheet.hidden_columns == frozenset(range(1, limits.MOST_COLUMNS + 1))


def test_the_name_of_a_sheet_is_no_longer_than_names_are() -> None:
    """It stands in each message."""
    (sheet,) = read(xlsx({"n" * 5_000: sheet_xml("")}))
    assert len(sheet.name) == 100


def test_a_name_in_an_archive_reaches_no_file() -> None:
    """A part that is named as a path of this machine is looked for in the archive alone."""
    link = (
        b'<Relationships><Relationship Id="b" Type="x/officeDocument" '
        b'Target="../../../../etc/passwd"/></Relationships>'
    )
    assert "(etc/passwd is missing)" in refused(xlsx({}, parts={"_rels/.rels": link}))


def test_a_million_rows_that_are_only_formatted_do_no_harm() -> None:
    """A sheet is read as far as any plan reaches, and it is told that it goes on."""
    rows = f'<row r="2">{text("A2", "x")}</row>'
    rows += "".join(f'<row r="{n}" ht="15"/>' for n in (*range(3, 20_010), 1_048_576))
    book = Workbook(xlsx({"Plan": sheet_xml(rows)}))
    assert book.glance(book.sheets[0]).rows == book.sheet(book.sheets[0]).rows
    sheet = book.sheet(book.sheets[0])
    assert len(sheet.rows) == 2
    assert sheet.said == ["rows below row 20,000 are not looked at"]


def test_thousands_of_rows_with_something_in_them_are_no_plan() -> None:
    """They are refused, not cut."""
    rows = "".join(f"<row><c><v>{n}</v></c></row>" for n in range(limits.MOST_FILLED + 1))
    assert "more than 5,000 rows" in refused(xlsx({"Plan": sheet_xml(rows)}))


def test_columns_without_end_are_not_looked_at() -> None:
    """The first 200 are: no plan has more."""
    written = text("GR2", "the 200th") + text("GS2", "the 201st") + text("XFD2", "the last")
    assert cells(written) == {200: Cell("the 200th")}


def test_what_is_never_opened_is_named() -> None:
    """Macros and the like stay shut, and whoever reads the account knows of them."""
    raw = xlsx(
        {"Plan": sheet_xml("")},
        parts={"xl/vbaProject.bin": b"", "xl/externalLinks/externalLink1.xml": b"<not-xml"},
    )
    assert Workbook(raw).unopened == ["macros", "links to other workbooks"]


def test_a_password_inside_the_archive_is_told() -> None:
    """A part that is encrypted is not read."""
    raw = bytearray(xlsx({"Plan": sheet_xml("")}))
    for start in (b"PK\x03\x04", b"PK\x01\x02"):
        at = -1
        while (at := raw.find(start, at + 1)) >= 0:
            raw[at + (6 if start[2] == 3 else 8)] |= 1
    assert "this workbook is damaged" in refused(bytes(raw))
