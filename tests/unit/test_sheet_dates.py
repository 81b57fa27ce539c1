"""Dates as people type them into cells."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reformcalc.reading.sheet import Cell, Shown
from reformcalc.reading.sheet_dates import (
    Habit,
    Order,
    Read,
    done_day,
    due_words,
    habits,
    told,
    undated,
)
from reformcalc.values.due import parse_due

DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("31/03/2027", "2027-03-31", "2027-03-31"),
        ("31.3.2027", "2027-03-31", "2027-03-31"),
        ("31-03-27", "2027-03-31", "2027-03-31"),
        ("3/4/2027", "2027-04-03", "2027-04-03"),
        ("2027-03-31", "2027-03-31", "2027-03-31"),
        ("2027/3/31", "2027-03-31", "2027-03-31"),
        ("2027-03-31 00:00:00", "2027-03-31", "2027-03-31"),
        ("31/03/2027 17:00", "2027-03-31", "2027-03-31"),
        ("31 Mar 2027", "2027-03-31", "2027-03-31"),
        ("31st March 2027", "2027-03-31", "2027-03-31"),
        ("31-Mar-27", "2027-03-31", "2027-03-31"),
        ("Wed 31 March 2027", "2027-03-31", "2027-03-31"),
        ("March 31st, 2027", "2027-03-31", "2027-03-31"),
        ("by 31/03/2027", "2027-03-31", "2027-03-31"),
        ("before 01/04/2027", "2027-03-31", "2027-03-31"),
        ("Mar-27", "2027-03-01", "2027-03-31"),
        ("Mar 27", "2027-03-01", "2027-03-31"),
        ("Sept '27", "2027-09-01", "2027-09-30"),
        ("March 2027", "2027-03-01", "2027-03-31"),
        ("03/2027", "2027-03-01", "2027-03-31"),
        ("End March 2027", "2027-03-31", "2027-03-31"),
        ("end of Mar-27", "2027-03-31", "2027-03-31"),
        ("by the end of 2027", "2027-12-31", "2027-12-31"),
        ("w/c 7 Dec 2026", "2026-12-07", "2026-12-13"),
        ("W/C 07/12/2026", "2026-12-07", "2026-12-13"),
        ("week commencing Monday 7th December 2026", "2026-12-07", "2026-12-13"),
        ("week ending 11/12/2026", "2026-12-05", "2026-12-11"),
        ("Q4 2026/27", "2027-01-01", "2027-03-31"),
        ("2026/27", "2026-04-01", "2027-03-31"),
        ("FY26/27", "2026-04-01", "2027-03-31"),
        ("Spring 2027", "2027-03-01", "2027-05-31"),
        ("2027", "2027-01-01", "2027-12-31"),
        ("01/12/2026 - 31/03/2027", "2026-12-01", "2027-03-31"),
    ],
)
def test_what_people_type_has_its_days(typed: str, first: str, last: str) -> None:
    """With the day first, each form has the days that a reader would take it for."""
    due = parse_due(due_words(Cell(typed), Order.DAY).words)
    assert (str(due.earliest), str(due.latest)) == (first, last)


@pytest.mark.parametrize("typed", ["TBC", "tbc.", "Ongoing", "to be confirmed", "once Jo is back"])
def test_what_has_no_date_yet_is_undated_in_its_words(typed: str) -> None:
    """It is told by the words of the sheet."""
    due = parse_due(due_words(Cell(typed), Order.DAY).words)
    assert (due.dated, due.text.rstrip(".")) == (False, typed.rstrip("."))


@pytest.mark.parametrize(
    ("typed", "order", "message"),
    [
        ("31/02/2027", Order.DAY, '"31/02/2027" is no day of the calendar'),
        ("32/13/2027", Order.DAY, '"32/13/2027" is no day of the calendar'),
        ("3/4/2027", None, "can be 3 April 2027 or 4 March 2027, and the column has dates in"),
        ("46477", Order.DAY, "46477 is a number, not a date; if 31 March 2027 is meant, give"),
        ("12", Order.DAY, "12 is a number, not a date; write a date, as 31 March 2027"),
        ("-5.5", Order.DAY, "-5.5 is a number, not a date"),
        ("Q3 2027", Order.DAY, 'write "Q3 2027-28"'),
        ("spring", Order.DAY, "is not a date without its year"),
        ("31 March", Order.DAY, "is not a date without its year"),
        ("within 6 months of launch", Order.DAY, "does not say which milestone it counts from"),
        ("Decision 2027", Order.DAY, '"Decision 2027" is not a date'),
        ("Quarterly", Order.DAY, '"Quarterly" says how often, not when; write the first day here'),
        ("due monthly", Order.DAY, '"due monthly" says how often, not when'),
        ("Complete", Order.DAY, '"Complete" says how it stands, not when; write it in a column'),
        ("see minutes", Order.DAY, '"see minutes" is not a date'),
        ("x" * 500, Order.DAY, "this is not a date: it has 500 letters"),
    ],
)
def test_what_is_no_date_is_told_with_what_would_be(
    typed: str, order: Order | None, message: str
) -> None:
    """Nothing is guessed at."""
    with pytest.raises(ValueError, match=re.escape(message)):
        due_words(Cell(typed), order)


def test_what_is_nearly_a_date_is_taken_for_it_and_told() -> None:
    """A slip of the pen has one nearest form; whoever wrote it can look."""
    read = due_words(Cell("Septmber 2027"), Order.DAY)
    assert read.words == "September 2027"
    assert read.taken == '"Septmber 2027" is read as "September 2027"'


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (Cell("2027-03-31", day=date(2027, 3, 31)), "2027-03-31"),
        (Cell("March 2027", day=date(2027, 3, 1), shown=Shown.MONTH), "March 2027"),
        (Cell("2027", day=date(2027, 3, 1), shown=Shown.YEAR), "2027"),
        (Cell("2027", number=2027), "2027"),
    ],
)
def test_a_real_date_is_what_its_cell_shows(cell: Cell, said: str) -> None:
    """ "Mar-27" is kept as a first of March, and nobody wrote that."""
    assert due_words(cell, None).words == said


@pytest.mark.parametrize("year", [1899, 2205])
def test_a_real_date_out_of_all_bounds_is_none(year: int) -> None:
    """A nought that has the form of a date is 30 December 1899, and no deadline."""
    cell = Cell(f"{year}-12-30", day=date(year, 12, 30))
    with pytest.raises(ValueError, match="before 1900 or after 2199"):
        due_words(cell, Order.DAY)
    assert done_day(cell, Order.DAY) is None


@pytest.mark.parametrize(
    ("columns", "orders", "assumed"),
    [
        ({1: ["3/4/2027", "31/3/2027"]}, {1: "day"}, ()),
        ({1: ["3/4/2027", "3/31/2027"]}, {1: "month"}, ()),
        ({1: ["3/4/2027", "5/6/2027"]}, {1: "day"}, (0, 1)),
        ({1: ["3/4/2027", "31/3/2027", "3/31/2027"]}, {1: None}, ()),
        ({1: ["3/3/2027", "Mar-27", "TBC"]}, {1: "day"}, ()),
        ({1: ["3/4/2027"], 2: ["3/31/2027"]}, {1: "month", 2: "month"}, ()),
        ({1: ["3/4/2027"], 2: ["3/31/2027"], 3: ["31/3/2027"]}, {1: "day"}, (0,)),
        ({1: ["3/4/2027"], 2: ["31/12/2027"], 3: []}, {1: "day", 2: "day", 3: "day"}, ()),
    ],
)
def test_a_column_shows_in_which_order_it_writes_dates(
    columns: dict[int, list[str]], orders: dict[int, str | None], assumed: tuple[int, ...]
) -> None:
    """One date that can be read in one way only is enough, be it in another column."""
    found = habits({n: [*enumerate(map(Cell, typed))] for n, typed in columns.items()})
    assert {n: found[n].order for n in orders} == orders
    assert found[1].assumed == assumed


@given(DAYS, st.sampled_from(["{0.day}/{0.month}/{0.year}", "{0:%d.%m.%y}", "{0.day}-{0:%b-%Y}"]))
def test_any_day_as_typed_is_that_day(day: date, form: str) -> None:
    """Whatever the day, with the day first it is read back."""
    if day.year >= 2020:  # before, a year of two figures may be anything
        assert done_day(Cell(form.format(day)), Order.DAY) == day


@pytest.mark.parametrize("typed", ["Sept 2026", "yes", "31/02/2027", "", "on the day " * 20])
def test_what_is_done_has_a_day_or_none(typed: str) -> None:
    """A month is no day on which something was done."""
    assert done_day(Cell(typed), Order.DAY) is None


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("12/13", "FY 2012-13"),
        ("26/28", None),
        ("99/00", "FY 2099-00"),
        ("Q1 26/27", "Q1 2026-27"),
        ("31/3/27", "2027-03-31"),
        ("4/4/2027", "2027-04-04"),
        ("12/2027", "December 2027"),
        ("end 31 March 2027", "the end of 31 March 2027"),
        ("w/e 6 December 2026", "30 November 2026 to 6 December 2026"),
        ("w/c March 2027", None),
    ],
)
def test_figures_are_read_where_they_can_only_be_a_date(typed: str, words: str | None) -> None:
    """Two figures are a financial year where they cannot be a day and a month."""
    if words is None:
        with pytest.raises(ValueError, match="is not a date"):
            due_words(Cell(typed), None)
    else:
        assert due_words(Cell(typed), None) == Read(words)
    assert due_words(Cell("11/12"), None).taken == '"11/12" is read as "FY 2011-12"'


def test_words_for_no_date_are_kept_as_far_as_they_are_read() -> None:
    """A hundred letters of them; what is cut is shown to be."""
    assert undated("x" * 100) == f"undated: {'x' * 100}"
    assert undated("x" * 101) == f"undated: {'x' * 99}…"


def test_what_is_taken_for_granted_is_told_with_its_other_rows() -> None:
    one, two = (Habit(assumed=rows, example="3/4/2027") for rows in ((5,), (5, 8, 9)))
    assert told(one).startswith('"3/4/2027" can be read two ways: the day is taken')
    assert told(two).startswith('"3/4/2027" can be read two ways (also in row 8 and 9): the day')


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("36526", "if 1 January 2000 is meant"),
        ("36525", "write a date, as 31 March 2027"),
        ("73050", "if 31 December 2099 is meant"),
        ("73051", "write a date, as 31 March 2027"),
    ],
)
def test_a_number_may_have_been_a_day_of_this_century(typed: str, said: str) -> None:
    with pytest.raises(ValueError, match=f"{typed} is a number, not a date; {said}"):
        due_words(Cell(typed), Order.DAY)
