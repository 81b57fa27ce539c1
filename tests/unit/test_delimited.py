"""Plans as text: how they are encoded, what divides their cells, and on which line each row is."""

from __future__ import annotations

import codecs

import pytest

from reformcalc.reading.delimited import read_delimited
from reformcalc.reading.headings import known_headings
from reformcalc.reading.sheet import LONGEST_CELL, MOST_COLUMNS, MOST_FILLED, Sheet, Unreadable

PLAN = "Action;Due;Owner\nPaint, oil;TBC;Jo\n"


def _read(raw: bytes) -> Sheet:
    return read_delimited(raw, known_headings)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (PLAN.encode(), "UTF-8 text, divided by semicolons"),
        (codecs.BOM_UTF8 + PLAN.encode(), "UTF-8 text, divided by semicolons"),
        (PLAN.encode("utf-16"), "UTF-16 text, divided by semicolons"),
        (codecs.BOM_UTF16_BE + PLAN.encode("utf-16-be"), "UTF-16 text, divided by semicolons"),
        (PLAN.encode("utf-16-le"), "UTF-16 text, divided by semicolons"),
        (PLAN.encode("utf-16-be"), "UTF-16 text, divided by semicolons"),
        (PLAN.replace(";", "\t").encode(), "UTF-8 text, divided by tabs"),
        (PLAN.replace("Jo", "Zoë").encode("cp1252"), "Windows-1252 text, divided by semicolons"),
        (f"sep=;\n{PLAN}".encode(), "UTF-8 text, divided by semicolons"),
        (f'"sep=#"\r\n{PLAN.replace(";", "#")}'.encode(), "UTF-8 text, divided by '#'"),
    ],
)
def test_text_is_read_however_a_program_wrote_it(raw: bytes, said: str) -> None:
    """With or without a mark of its encoding, and a word for what divides its cells."""
    sheet = _read(raw)
    assert sheet.said == [said]
    titles = [row.at(1).text for row in sheet.rows]
    assert titles == ["Action", "Paint, oil"]
    skipped = "sep=" in raw.decode("latin-1")
    assert [(row.number, row.line) for row in sheet.rows] == [
        (number + skipped, number + skipped) for number in (1, 2)
    ]


def test_of_what_may_divide_cells_the_one_with_known_headings_does() -> None:
    """However often another stands there; where none has any, the one that stands there most."""
    assert len(_read(b"Action;Due\na, b, c, d;TBC\n").rows[0].cells) == 2
    assert len(_read(b"Lamp,Oil;Wick,Glass\n").rows[0].cells) == 3


def test_a_row_has_the_line_on_which_it_begins() -> None:
    """A cell may go over lines, and rows without anything in them are none."""
    sheet = _read(b'Action,Due\n"Paint\nthe lamps",TBC\n\n,\nOil,TBC\n')
    assert [(row.number, row.line) for row in sheet.rows] == [(1, 1), (2, 2), (5, 6)]


@pytest.mark.parametrize(
    ("raw", "line", "message"),
    [
        (b'Action,Due\n"a" b,TBC\n', 2, "a quotation mark in this row is opened and not closed"),
        (b'sep=,\nAction,Due\n"a" b,TBC\n', 3, "a quotation mark in this row"),
        (b"Action,Due\nZo\xeb,TBC\nx\x81,TBC\n", 3, "this is no Windows-1252 text"),
        (b"a" * (LONGEST_CELL + 1), 1, "a cell from this row on has more than 32,767 letters"),
        (b"x,y\n" * (MOST_FILLED + 1), 1, "this file has more than 5,000 rows"),
    ],
)
def test_what_is_wrong_has_its_line(raw: bytes, line: int, message: str) -> None:
    with pytest.raises(Unreadable, match=message) as refused:
        _read(raw)
    assert refused.value.line == line


def test_as_much_is_read_as_a_plan_may_have() -> None:
    """To the last row and column that are looked at, and the longest cell."""
    assert len(_read(b"x,y\n" * MOST_FILLED).rows) == MOST_FILLED
    assert len(_read(b"a" * LONGEST_CELL).rows[0].at(1).text) == LONGEST_CELL
    wide = _read(",".join("x" * (MOST_COLUMNS + 1)).encode())
    assert len(wide.rows[0].cells) == MOST_COLUMNS


def test_what_could_not_be_worked_out_is_an_error() -> None:
    row = _read(b"Action,#REF!, #N/A ,REF!\n").rows[0]
    assert [row.at(column).error for column in (1, 2, 3, 4)] == [False, True, True, False]
