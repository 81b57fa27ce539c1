"""The headings of a plan: where they are looked for, and what is near enough to one."""

from __future__ import annotations

import pytest

from reformcalc.reading.headings import Column, headings
from reformcalc.reading.sheet import MOST_ABOVE, Cell, Row, Sheet


def _row(number: int, *cells: str) -> Row:
    return Row(number, {at: Cell(one) for at, one in enumerate(cells, 1) if one}, number)


def _columns(*names: str) -> tuple[Column, ...]:
    found = headings(Sheet("", [_row(1, *names)]))
    assert found is not None
    return found.columns


@pytest.mark.parametrize(
    ("number", "found"), [(1, True), (MOST_ABOVE, True), (MOST_ABOVE + 1, False)]
)
def test_headings_stand_near_the_top(number: int, *, found: bool) -> None:
    """A title, a logo or a key may stand above them, and no more than fills a screen."""
    sheet = Sheet("", [_row(number, "Action", "Due"), _row(number + 1, "Paint", "TBC")])
    assert bool(headings(sheet)) is found


def test_the_row_that_names_most_fields_has_the_headings() -> None:
    """Of two alike, the upper."""
    plain, more = ("Action", "Due"), ("Action", "Due", "Owner")
    for rows, at in (((plain, more), 2), ((more, plain), 1), ((more, more), 1)):
        found = headings(Sheet("", [_row(number, *one) for number, one in enumerate(rows, 1)]))
        assert found is not None
        assert found.row.number == at


def test_one_field_is_no_plan() -> None:
    """Nor are several without one that says what is to be done."""
    assert headings(Sheet("", [_row(1, "Action", "Colour")])) is None
    assert headings(Sheet("", [_row(1, "Due", "Owner")])) is None
    assert headings(Sheet("", [])) is None


@pytest.mark.parametrize(
    ("written", "near"),
    [
        ("Deadlnie", "deadline"),
        ("By  when", ""),  # it is one
        ("Targt date", "target date"),
        ("Stutus", "status"),
        ("Ownr", ""),  # so short a word is like many others
        ("Taget dote", ""),  # two slips
        ("Targt day of it", ""),  # longer
        ("Xeadline", ""),  # nobody misses the first letter
        ("Deposits", ""),
    ],
)
def test_a_slip_of_the_pen_is_taken_for_the_heading_and_told(written: str, near: str) -> None:
    """One word of five letters or more that is like another, in an otherwise equal heading."""
    assert _columns("Action", "Lead", written)[2].near == near


def test_a_remark_is_no_heading() -> None:
    """One of more than eighty letters, whatever it says in brackets."""
    known, remark = (f"Due ({'x' * letters})" for letters in (74, 75))
    assert [len(known), len(remark)] == [80, 81]
    assert [one.read_as for one in _columns("Action", "Lead", known)] == ["title", "owner", "due"]
    assert [one.read_as for one in _columns("Action", "Lead", remark)] == ["title", "owner", ""]


def test_of_two_columns_for_one_field_the_surer_is_read() -> None:
    """The other is a note, or left out as its rival; of owners both are read."""
    found = _columns("Milestone", "Action", "Deadline", "Due", "Who", "Lead", "", "Colour")
    assert [(one.read_as, one.rival) for one in found] == [
        ("note", ""), ("title", ""), ("", "due"), ("due", ""), ("owner", ""), ("owner", ""),
        ("", ""), ("", ""),
    ]  # fmt: skip
    assert [one.name for one in found[6:]] == ["column G", "Colour"]
