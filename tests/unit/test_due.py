"""Date words as documents print them, and the first and last day that they can mean."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import edtf
import pytest

from reformcalc.values.due import dues_in, dues_in_short, parse_day, parse_due, parse_when

if TYPE_CHECKING:
    from time import struct_time

# Each form of the grammar: words, earliest day, latest day, EDTF form, precision.
DATED = [
    pytest.param("2023-12-31", "2023-12-31", "2023-12-31", "2023-12-31", "day", id="iso day"),
    pytest.param("31 December 2023", "2023-12-31", "2023-12-31", "2023-12-31", "day", id="day"),
    pytest.param("1st May 2024", "2024-05-01", "2024-05-01", "2024-05-01", "day", id="ordinal"),
    pytest.param("29 February 2024", "2024-02-29", "2024-02-29", "2024-02-29", "day", id="leap"),
    pytest.param("September 2023", "2023-09-01", "2023-09-30", "2023-09", "month", id="month"),
    pytest.param("february 2024", "2024-02-01", "2024-02-29", "2024-02", "month", id="leap month"),
    pytest.param("February 2023", "2023-02-01", "2023-02-28", "2023-02", "month", id="February"),
    pytest.param("spring 2024", "2024-03-01", "2024-05-31", "2024-21", "season", id="spring"),
    pytest.param("Summer 2023", "2023-06-01", "2023-08-31", "2023-22", "season", id="summer"),
    pytest.param("autumn 2024", "2024-09-01", "2024-11-30", "2024-23", "season", id="autumn"),
    pytest.param(
        "winter 2024", "2024-12-01", "2025-02-28", "2024-12/2025-02", "season", id="winter"
    ),
    pytest.param(
        "winter 2023",
        "2023-12-01",
        "2024-02-29",
        "2023-12/2024-02",
        "season",
        id="winter before a leap day",
    ),
    pytest.param("2027", "2027-01-01", "2027-12-31", "2027", "year", id="year"),
    pytest.param(
        "FY 2023-24", "2023-04-01", "2024-03-31", "2023-04/2024-03", "financial year", id="FY"
    ),
    pytest.param(
        "FY 1999-00", "1999-04-01", "2000-03-31", "1999-04/2000-03", "financial year", id="century"
    ),
    pytest.param("Q1 2026-27", "2026-04-01", "2026-06-30", "2026-04/2026-06", "quarter", id="Q1"),
    pytest.param("Q2 2026-27", "2026-07-01", "2026-09-30", "2026-07/2026-09", "quarter", id="Q2"),
    pytest.param("Q3 2026-27", "2026-10-01", "2026-12-31", "2026-10/2026-12", "quarter", id="Q3"),
    pytest.param("Q4 2026-27", "2027-01-01", "2027-03-31", "2027-01/2027-03", "quarter", id="Q4"),
    pytest.param("H1 2026-27", "2026-04-01", "2026-09-30", "2026-04/2026-09", "half", id="H1"),
    pytest.param("H2 2026-27", "2026-10-01", "2027-03-31", "2026-10/2027-03", "half", id="H2"),
    pytest.param(
        "early 2025", "2025-01-01", "2025-04-30", "2025-01/2025-04", "part of a year", id="early"
    ),
    pytest.param(
        "mid 2025", "2025-05-01", "2025-08-31", "2025-05/2025-08", "part of a year", id="mid"
    ),
    pytest.param(
        "late 2027", "2027-09-01", "2027-12-31", "2027-09/2027-12", "part of a year", id="late"
    ),
    pytest.param(
        "early FY 2023-24",
        "2023-04-01",
        "2023-07-31",
        "2023-04/2023-07",
        "part of a year",
        id="early FY",
    ),
    pytest.param(
        "mid FY 2023-24",
        "2023-08-01",
        "2023-11-30",
        "2023-08/2023-11",
        "part of a year",
        id="mid FY",
    ),
    pytest.param(
        "late FY 2023-24",
        "2023-12-01",
        "2024-03-31",
        "2023-12/2024-03",
        "part of a year",
        id="late FY",
    ),
    pytest.param("the end of 2023", "2023-12-31", "2023-12-31", "2023-12-31", "day", id="end"),
    pytest.param("end of March 2024", "2024-03-31", "2024-03-31", "2024-03-31", "day", id="end of"),
    pytest.param(
        "the end of FY 2023-24", "2024-03-31", "2024-03-31", "2024-03-31", "day", id="end of FY"
    ),
    pytest.param(
        "the end of winter 2023",
        "2024-02-29",
        "2024-02-29",
        "2024-02-29",
        "day",
        id="end of winter",
    ),
    pytest.param(
        "April 2023 to June 2024",
        "2023-04-01",
        "2024-06-30",
        "2023-04-01/2024-06-30",
        "interval",
        id="X to Y",
    ),
    pytest.param(
        "April to June 2023",
        "2023-04-01",
        "2023-06-30",
        "2023-04-01/2023-06-30",
        "interval",
        id="one year for both",
    ),
    pytest.param(
        "autumn to winter 2023",
        "2023-09-01",
        "2024-02-29",
        "2023-09-01/2024-02-29",
        "interval",
        id="one year for both, though it ends in the next",
    ),
    pytest.param(
        "April to Q3 2023-24",
        "2023-04-01",
        "2023-12-31",
        "2023-04-01/2023-12-31",
        "interval",
        id="one year for both, in a financial year",
    ),
    pytest.param(
        "winter 2023 to spring 2024",
        "2023-12-01",
        "2024-05-31",
        "2023-12-01/2024-05-31",
        "interval",
        id="seasons over the new year",
    ),
    pytest.param(
        "1 April 2026 to 31 March 2027",
        "2026-04-01",
        "2027-03-31",
        "2026-04-01/2027-03-31",
        "interval",
        id="days",
    ),
    pytest.param("by 2023-12-31", "2023-12-31", "2023-12-31", "2023-12-31", "day", id="by a day"),
    pytest.param(
        "by summer 2023", "2023-06-01", "2023-08-31", "2023-22", "season", id="by has X's span"
    ),
    pytest.param(
        "By the end of 2023", "2023-12-31", "2023-12-31", "2023-12-31", "day", id="by the end of"
    ),
    pytest.param(
        "from April 2023", "2023-04-01", "2023-04-30", "2023-04", "month", id="from begins in X"
    ),
    pytest.param(
        "before 2026", "2025-12-31", "2025-12-31", "2025-12-31", "day", id="before a year"
    ),
    pytest.param(
        "before spring 2024",
        "2024-02-29",
        "2024-02-29",
        "2024-02-29",
        "day",
        id="before spring in a leap year",
    ),
    pytest.param("after 2026", "2027-01-01", None, "2027-01-01/..", "year", id="after a year"),
    pytest.param(
        "after the end of March 2026",
        "2026-04-01",
        None,
        "2026-04-01/..",
        "day",
        id="after the end",
    ),
]


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


@pytest.mark.parametrize(("words", "earliest", "latest", "form", "precision"), DATED)
def test_date_words_span_their_days(
    words: str, earliest: str, latest: str | None, form: str, precision: str
) -> None:
    """Each form of the grammar has an earliest and a latest day, both included."""
    due = parse_due(words)
    assert (due.earliest, due.latest) == (_day(earliest), _day(latest))
    assert (due.edtf, due.precision, due.dated) == (form, precision, True)
    assert due.text == words


def _strict(bound: struct_time | float) -> date | None:
    """Read a bound as the package gives it: a time, or an infinity where it is open."""
    if isinstance(bound, float):
        return None
    return date(bound.tm_year, bound.tm_mon, bound.tm_mday)


@pytest.mark.parametrize(("words", "earliest", "latest", "form", "precision"), DATED)
def test_the_edtf_form_has_the_same_days(
    words: str, earliest: str, latest: str | None, form: str, precision: str
) -> None:
    """The edtf package reads our EDTF form as the days that we mean."""
    parsed = edtf.parse_edtf(parse_due(words).edtf)
    read = (_strict(parsed.lower_strict()), _strict(parsed.upper_strict()))
    assert read == (_day(earliest), _day(latest))


@pytest.mark.parametrize(
    ("words", "earliest", "latest"),
    [
        pytest.param("the end of 2023 to the end of 2024", "2023-12-31", "2024-12-31", id="ends"),
        pytest.param("the end of March 2024 to June 2024", "2024-03-31", "2024-06-30", id="months"),
    ],
)
def test_a_run_may_begin_with_the_end_of_something(words: str, earliest: str, latest: str) -> None:
    """In CORE to CORE the first may be "the end of CORE": the run begins on that day."""
    due = parse_due(words)
    assert (due.earliest, due.latest) == (_day(earliest), _day(latest))


@pytest.mark.parametrize(
    "words",
    [
        "when parliamentary time allows",
        "once the Bill is passed",
        "if funding allows",
        "subject to consultation",
        "after the next election",
        "following consultation",
        "in due course",
        "In Due Course",
        "by the end of this Parliament",
        "by the end of the Parliament",
    ],
)
def test_a_condition_is_undated_with_its_words(words: str) -> None:
    """What cannot be dated keeps its words and has no day and no EDTF form."""
    due = parse_due(words)
    assert (due.earliest, due.latest, due.edtf) == (None, None, None)
    assert (due.text, due.precision, due.dated) == (words, "condition", False)


@pytest.mark.parametrize(
    ("words", "came", "earliest", "latest"),
    [
        pytest.param("within 6 months of x", "2024-04-10", "2024-04-10", "2024-10-10", id="months"),
        pytest.param("within 1 month of x", "2024-01-31", "2024-01-31", "2024-02-29", id="leap"),
        pytest.param("within 90 days of x", "2024-04-10", "2024-04-10", "2024-07-09", id="days"),
        pytest.param("within 2 weeks of x", "2024-04-10", "2024-04-10", "2024-04-24", id="weeks"),
        pytest.param("within 1 year of x", "2024-02-29", "2024-02-29", "2025-02-28", id="a year"),
        pytest.param("within 6 months of x", "March 2024", "2024-03-01", "2024-09-30", id="vague"),
        pytest.param("6 weeks before x", "2024-04-10", "2024-02-28", "2024-02-28", id="back"),
        pytest.param(
            "1 month before x", "31 March 2024", "2024-02-29", "2024-02-29", id="leap back"
        ),
        pytest.param(
            "10 days before x", "spring 2024", "2024-02-20", "2024-05-21", id="vague back"
        ),
    ],
)
def test_what_waits_for_a_milestone_is_counted_from_its_outcome(
    words: str, came: str, earliest: str, latest: str
) -> None:
    """Undated until the other has come; then from its first possible day, counted from its last."""
    due = parse_due(words)
    assert (due.dated, due.precision, due.waits_for) == (False, "condition", "x")
    counted = due.counted_from(parse_when(came))
    assert (counted.earliest, counted.latest) == (_day(earliest), _day(latest))
    assert counted.text == words
    parsed = edtf.parse_edtf(counted.edtf)
    assert (_strict(parsed.lower_strict()), _strict(parsed.upper_strict())) == (
        counted.earliest,
        counted.latest,
    )


@pytest.mark.parametrize(
    ("words", "advice"),
    [
        pytest.param("2023-24", 'write "FY 2023-24"', id="a bare financial year"),
        pytest.param("by 2023-24", '"by FY 2023-24"', id="by a bare financial year"),
        pytest.param("2023/24", '"FY 2023-24"', id="a financial year with a stroke"),
        pytest.param("winter 2023-24", '"winter 2023"', id="a winter of two years"),
        pytest.param("2023-12", '"December 2023" for a month', id="a month that is no year"),
        pytest.param("2011-12", "could be a month or a year", id="a month or a year"),
        pytest.param("2023-01", '"January 2023" for a month', id="the first month"),
        pytest.param("2000-05", '"May 2000" for a month', id="a month after its year's label"),
        pytest.param("2023-13", 'date; write "FY 2023-24"', id="no month and no year"),
        pytest.param("2023-24", 'date; write "FY 2023-24"', id="a year and no month"),
        pytest.param("2023-05 or so", 'year is written "FY 2023-24"', id="more than a label"),
        pytest.param("sep 2023", 'mean "September 2023"', id="three letters of a month"),
        pytest.param("ma 2023", 'mean "May 2023"', id="two letters are one off"),
        pytest.param("m 2023", 'date; write a day as "2027-03-31"', id="one letter says nothing"),
        pytest.param("5/6/23", 'two ways; write the day as "2023-06-05"', id="5 June or 6 May"),
        pytest.param("12/12/2023", 'not a date; write the day as "2023-12-12"', id="one way round"),
        pytest.param("13/05/2023", 'not a date; write the day as "2023-05-13"', id="day first"),
        pytest.param("05/13/2023", 'not a date; write the day as "2023-05-13"', id="month first"),
        pytest.param("13/13/2023", "there is no such day", id="neither"),
        pytest.param("FY 2023-25", '"FY 2023-24"', id="a year that skips one"),
        pytest.param("Q4 2026", 'write "Q4 2026-27"', id="a quarter of a calendar year"),
        pytest.param("H1 2026", 'write "H1 2026-27"', id="a half of a calendar year"),
        pytest.param(
            "FY 2026-28", "not a date; a financial year is", id="years that do not follow"
        ),
        pytest.param("(2026-27)", '"FY 2026-27"?', id="a year in brackets"),
        pytest.param("winter to spring 2024", "without its year", id="a winter before its year"),
        pytest.param("soon to 2023", "is not a date; write", id="a run from nowhere"),
        pytest.param("1/4/2026", 'write the day as "2026-04-01"', id="strokes"),
        pytest.param("31/31/2026", "there is no such day", id="no day either way"),
        pytest.param("01/04/26", '"2026-04-01"', id="strokes, two digits"),
        pytest.param("31/12/26", 'not a date; write the day as "2026-12-31"', id="one way alone"),
        pytest.param("March 31 2027", '"31 March 2027"', id="the day after the month"),
        pytest.param("March 2027 - April 2027", '"March 2027 to April 2027"', id="a spaced hyphen"),
        pytest.param("before Christmas 2026", '"2027-03-31"', id="no day is guessed"),
        pytest.param("FY2026-27", '"FY 2026-27"', id="no space"),
        pytest.param("6 months after the-act", '"within 6 months of ID"', id="after for of"),
        pytest.param("sprng 2024", 'did you mean "spring 2024"?', id="a slip in a season"),
        pytest.param("by Septmber 2024", 'did you mean "by September 2024"?', id="in a month"),
        pytest.param("by end 2024", 'did you mean "by the end of 2024"?', id="end for the end of"),
        pytest.param(
            "31/12/2024", 'not a date; write the day as "2024-12-31"', id="strokes, day first"
        ),
        pytest.param("31 February 2024", "no such day", id="a day that is not in the month"),
        pytest.param("29 February 2023", "no such day", id="29 February in a common year"),
        pytest.param("2024-02-31", "there is no such day", id="an iso day that does not exist"),
        pytest.param("in due time", '"when", "once" or "subject to"', id="nearly a condition"),
        pytest.param("time allowing", '"when", "once" or "subject to"', id="no condition word"),
        pytest.param("soon", '"once the date is agreed"', id="no date at all"),
        pytest.param("by the end of the year", '"by the end of 2027"', id="a relative date"),
        pytest.param("next spring", '"spring 2027"', id="a season without its year"),
        pytest.param("June 2024 to May 2024", "runs backwards", id="backwards"),
        pytest.param("June 2024 to June 2024", "begins as it ends; write", id="a run of one"),
        pytest.param("2024 to June 2024", "two ends overlap", id="a run into its own end"),
        pytest.param("summer 2200", "years run from 1900 to 2199", id="a season beyond all plans"),
        pytest.param("spring 2024 or so", 'date; write a day as "2027-03-31"', id="with its year"),
        pytest.param("by 31 February 2024", "no such day", id="no such day"),
        pytest.param("31 February to 3 March 2024", "no such day", id="begins on no day"),
        pytest.param("w/c 31 June 2024", "no such day", id="the week of no day"),
        pytest.param(
            "week of March 2024", 'date; write a day as "2027-03-31"', id="the week of a month"
        ),
        pytest.param("w/c 1 March 2024", '"2024-03-01 to 2024-03-07"', id="week commencing"),
        pytest.param("financial year 2023-24", 'mean "FY 2023-24"', id="a financial year"),
        pytest.param("academic year 2023-24", '"September 2023 to August 2024"', id="academic"),
        pytest.param("end of the school year 2023/24", '"end of August 2024"', id="its end"),
        pytest.param("autumn term 2024", '"September to December 2024"', id="a term"),
        pytest.param("by the end of the year 2024", '"by the end of 2024"', id="the year"),
        pytest.param("not before spring 2024", 'mean "from spring 2024"', id="not before"),
        pytest.param("spring or summer 2024", '"spring to summer 2024"', id="or"),
        pytest.param("1 to 3 March 2024", '"1 March to 3 March 2024"', id="days of a month"),
        pytest.param("30-31 March 2024", '"30 March to 31 March 2024"', id="days with a hyphen"),
        pytest.param("Sept 2024", '"September 2024"', id="a shortened month"),
        pytest.param("Tuesday 4 March 2025", '"4 March 2025"', id="a weekday"),
        pytest.param("by 31st March, 2025", '"by 31st March 2025"', id="a comma"),
        pytest.param("in spring 2024", 'mean "spring 2024"', id="in"),
        pytest.param("during 2024", 'mean "2024"', id="during"),
        pytest.param("by the summer of 2024", '"by summer 2024"', id="small words"),
        pytest.param("late spring 2024", 'mean "spring 2024"', id="a part of a season"),
        pytest.param("Spring/Summer 2024", '"spring to summer 2024"', id="two seasons"),
        pytest.param("April-June 2024", '"April to June 2024"', id="months with a hyphen"),
        pytest.param("until 31 March 2025", '"by 31 March 2025"', id="until"),
        pytest.param("no later than 2025", '"by 2025"', id="no later than"),
        pytest.param("the start of 2025", '"early 2025"', id="the start of"),
        pytest.param("first half of 2025", '"January to June 2025"', id="a half of a year"),
        pytest.param("second half of 2025", '"July to December 2025"', id="the other half"),
        pytest.param("end-2024", '"the end of 2024"', id="end with a hyphen"),
        pytest.param("2024-2025", '"2027-03-31"', id="two years"),
        pytest.param("within six months of the-act", '"within 6 months of ID"', id="spelt out"),
        pytest.param("within 6 months", '"within 6 months of ID"', id="within of nothing"),
        pytest.param("six weeks before the-act", '"6 weeks before ID"', id="back, spelt out"),
        pytest.param("6 weeks before The Act", '"6 weeks before ID"', id="back from no id"),
        pytest.param("March 2026..2025", "runs backwards", id="ends backwards"),
        pytest.param("2026..March 2026", "its two ends overlap", id="ends that overlap"),
        pytest.param(
            "2026-27..2028-29", 'did you mean "FY 2026-27 to FY 2028-29"', id="ends of no year"
        ),
        pytest.param("soon..2026", "is not a date", id="one end that is none"),
        pytest.param("within 0 days of the-act", '"within 6 months of ID"', id="within no time"),
        pytest.param("a b c d e f g h i 2024", '"2027-03-31"', id="a sentence"),
        # As sheets, letters and minutes have them.
        pytest.param("31.03.2027", '"2027-03-31"', id="points"),
        pytest.param("31-03-27", '"2027-03-31"', id="hyphens"),
        pytest.param("2027/03/31", '"2027-03-31"', id="the year first"),
        pytest.param("20270331", '"2027-03-31"', id="no signs"),
        pytest.param("2027-03-31 00:00:00", '"2027-03-31"', id="with a time"),
        pytest.param("46112", 'write it as "2026-03-31"', id="days as a sheet counts them"),
        pytest.param("1/4/27", '"2027-01-04" if the month stands first', id="either way"),
        pytest.param("01/04/2027 - 30/06/2027", '"2027-04-01..2027-06-30"', id="two days"),
        pytest.param("2027-02-30", "February 2027 ends on 2027-02-28", id="past the month's end"),
        pytest.param("Mar-27", 'mean "March 2027"', id="a month of a sheet"),
        pytest.param("31-Mar-27", 'mean "31 March 2027"', id="a day of a sheet"),
        pytest.param("Mar '27", 'mean "March 2027"', id="an apostrophe for the century"),
        pytest.param("Wed 7 Dec 2026", 'mean "7 December 2026"', id="all shortened"),
        pytest.param("w/c 7 Dec 2026", '"2026-12-07 to 2026-12-13"', id="a shortened week"),
        pytest.param("28 Feb 2027 (TBC)", 'mean "28 February 2027"', id="with a doubt"),
        pytest.param("March 2027?", 'mean "March 2027"', id="with a question mark"),
        pytest.param("Q4 2026/27", 'mean "Q4 2026-27"', id="a quarter with a stroke"),
        pytest.param("Quarter 3 26/27", 'mean "Q3 2026-27"', id="a quarter spelt out"),
        pytest.param("2026-27 Q3", 'mean "Q3 2026-27"', id="the year before its quarter"),
        pytest.param("Q3", '"Q3 2026-27" for October to December 2026', id="a bare quarter"),
        pytest.param("26/27", 'mean "FY 2026-27"', id="a year of four figures"),
        pytest.param("26/28", "is not a date", id="four figures that are no year"),
        pytest.param("31 March", '"31 March 2027"', id="a day without its year"),
        pytest.param("TBC", '"once the date is agreed"', id="to be confirmed"),
        pytest.param("by T.B.C.", '"once the date is agreed"', id="by then, perhaps"),
        pytest.param("ASAP", "the last day by which it is to be done", id="as soon as possible"),
        pytest.param("ongoing", "repeats: quarterly", id="ongoing"),
        pytest.param("complete", '"done: 2026-11-20"', id="done already"),
        pytest.param("“2027-03-31”", "2027-03-31 without the quotes", id="curly quotes"),
        pytest.param("2200", "years run from 1900 to 2199", id="beyond all plans"),
        pytest.param("", '"2027-03-31"', id="nothing"),
    ],
)
def test_refused_date_words_are_told_what_to_write(words: str, advice: str) -> None:
    """What is not in the grammar is refused, with the nearest form that is."""
    with pytest.raises(
        ValueError, match=r"is not a d|could be|names a financial year|runs backwards"
    ) as refusal:
        parse_due(words)
    assert advice in str(refusal.value)
    assert f'"{words}"' in str(refusal.value)


def test_mid_with_a_hyphen_is_told_the_form_without() -> None:
    """ "mid-2025" is refused with the nearest form that is accepted, "mid 2025"."""
    with pytest.raises(ValueError, match='"mid 2025"'):
        parse_due("mid-2025")


def test_advice_is_never_what_was_refused() -> None:
    """The form that a refusal advises is not the refused one."""
    with pytest.raises(
        ValueError, match=r"is not a d|could be|names a financial year|runs backwards"
    ) as refusal:
        parse_due("FY 9999-00")
    assert 'written "FY 9999-00"' not in str(refusal.value)


@pytest.mark.parametrize(
    ("words", "earliest", "latest", "form"),
    [
        ("FY 2026-27..FY 2028-29", "2026-04-01", "2029-03-31", "2026-04-01/2029-03-31"),
        ("2026-04-01..2026-09-15", "2026-04-01", "2026-09-15", "2026-04-01/2026-09-15"),
        ("September 2023 .. March 2025", "2023-09-01", "2025-03-31", "2023-09-01/2025-03-31"),
        ("April..June 2026", "2026-04-01", "2026-06-30", "2026-04-01/2026-06-30"),
    ],
)
def test_both_ends_of_a_programme_are_read(
    words: str, earliest: str, latest: str, form: str
) -> None:
    """FROM..TO spans the days of FROM to TO, in any words for either; as "FROM to TO" does."""
    due = parse_due(words)
    found = (due.earliest, due.latest, due.edtf, due.precision)
    assert found == (
        date.fromisoformat(earliest), date.fromisoformat(latest), form, "interval",
    )  # fmt: skip
    assert due.text == words
    first, last = words.split("..")
    assert due.same_days(parse_due(f"{first.strip()} to {last.strip()}"))


@pytest.mark.parametrize(
    ("words", "ends"),
    [
        ("FY 2026-27..FY 2028-29", ("FY 2026-27", "FY 2028-29")),
        ("September 2023 to March 2025", ("September 2023", "March 2025")),
        ("2025", None),
        ("by 2025", None),
        ("once it can be", None),
    ],
)
def test_the_ends_of_words_that_name_two(words: str, ends: tuple[str, str] | None) -> None:
    """Each end has its own words and days, so that each can be looked for in a quotation."""
    found = parse_due(words).ends
    assert (found and (found[0].text, found[1].text)) == ends
    assert found is None or found[0].earliest == parse_due(words).earliest


def test_what_counts_from_an_undated_milestone_has_no_day() -> None:
    """Before there is a day to count from, the words stay as they are."""
    for words in ("within 6 months of x", "6 weeks before x"):
        due = parse_due(words)
        assert due.counted_from(parse_due("once it can be")) == due
        assert due.counted_from(parse_due("after 2026")) == due


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("iffy", id="the start of another word"),
        pytest.param("after", id="a word alone"),
        pytest.param("after Spring", id="a date that lacks its year"),
    ],
)
def test_a_condition_says_what_it_waits_for(words: str) -> None:
    """A condition is a word such as "after" with what must happen: a date slip is not one."""
    with pytest.raises(ValueError, match="is not a date"):
        parse_due(words)


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("the end of " * 3000 + "2023", id="ends of ends"),
        pytest.param("May to " * 3000 + "May 2023", id="runs of runs"),
    ],
)
def test_endless_words_are_refused(words: str) -> None:
    """However long, words are a ValueError, quickly: nothing else is ever raised."""
    for parser in (parse_due, parse_when):
        with pytest.raises(ValueError, match="is not a date"):
            parser(words)


def test_same_days_compares_days_and_not_words() -> None:
    """Two wordings of one span are the same days; two conditions are not."""
    assert parse_due("by the end of 2023").same_days(parse_due("31 December 2023"))
    assert not parse_due("by the end of 2023").same_days(parse_due("2023"))
    assert not parse_due("after 2026").same_days(parse_due("2027-01-01"))
    condition = parse_due("in due course")
    assert not condition.same_days(condition)


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        pytest.param("2023-06-20", "2023-06-20", "2023-06-20", id="a day"),
        pytest.param("June 2023", "2023-06-01", "2023-06-30", id="a month"),
        pytest.param("2023-06-01..2023-11-16", "2023-06-01", "2023-11-16", id="two days"),
        pytest.param("2023-06-01..2023-06-01", "2023-06-01", "2023-06-01", id="twice one day"),
        pytest.param("spring 2024", "2024-03-01", "2024-05-31", id="a season"),
    ],
)
def test_when_something_happened_is_always_dated(text: str, earliest: str, latest: str) -> None:
    """Events take date words without by or from, or two days between which they fell."""
    when = parse_when(text)
    assert (when.earliest, when.latest) == (_day(earliest), _day(latest))


def test_the_edtf_form_of_two_days_is_an_interval() -> None:
    """DAY..DAY is an EDTF interval with the same days."""
    when = parse_when("2023-06-01..2023-11-16")
    parsed = edtf.parse_edtf(when.edtf)
    assert _strict(parsed.lower_strict()) == when.earliest
    assert _strict(parsed.upper_strict()) == when.latest


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        pytest.param("2023-11-16..2023-06-01", "runs backwards", id="backwards"),
        pytest.param("2023..2024", "year-month-day", id="years with dots"),
        pytest.param("2023-06-01..", "year-month-day", id="no last day"),
        pytest.param("..2023-06-01", "year-month-day", id="no first day"),
        pytest.param("2023-06-31..2023-07-02", "no such day", id="no such day"),
        pytest.param("2023-24", 'write "FY 2023-24"', id="a bare financial year"),
        pytest.param("in 2023-24", 'mean "FY 2023-24"?', id="in a bare financial year"),
        pytest.param("Q4 2026", 'write "Q4 2026-27"', id="a quarter of a calendar year"),
        pytest.param("Q5 2026", 'write "2023-12-31"', id="no quarter"),
        pytest.param("Q4 2200", 'write "2023-12-31"', id="a quarter beyond all plans"),
        pytest.param("1/4/2026", 'write the day as "2026-04-01"', id="strokes"),
        pytest.param("2024-05", '"May 2024" for a month', id="a month in digits"),
        pytest.param("Sept 2023", 'mean "September 2023"?', id="a shortened month"),
        pytest.param("in spring 2024", 'mean "spring 2024"?', id="in"),
        pytest.param("June 2024 to May 2024", "runs backwards", id="a run that is backwards"),
        pytest.param("31 June 2023", "no such day", id="words for a day that is not there"),
        pytest.param("spring" * 25, '"2023-06-01..2023-11-16"', id="too long"),
        pytest.param("until Sept 2023", '"2023-06-01..2023-11-16"', id="only its end is known"),
        pytest.param("by June 2023", '"September 2023"', id="by"),
        pytest.param("after 2026", '"September 2023"', id="after"),
        pytest.param("in due course", '"2023-06-01..2023-11-16"', id="a condition"),
        pytest.param("", '"2023-12-31"', id="nothing"),
    ],
)
def test_a_refused_event_shows_the_accepted_forms(text: str, advice: str) -> None:
    """What is not a day on which something happened is refused, with the forms that are."""
    with pytest.raises(
        ValueError, match=r"is not a d|could be|names a financial year|runs backwards"
    ) as refusal:
        parse_when(text)
    assert advice in str(refusal.value)


def test_a_day_is_read_as_written() -> None:
    """A day is year, month, day, with space around it forgiven."""
    assert parse_day(" 2023-12-31 ") == date(2023, 12, 31)


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        pytest.param("1 May 2024", '"2024-05-01"', id="words are turned into the form"),
        pytest.param("31 June 2023", "no such day", id="words for a day that is not there"),
        pytest.param("May 2024", '"2023-12-31"', id="a month in words"),
        pytest.param("the end of " * 10 + "1 May 2023", '"2023-05-01"', id="120 letters"),
        pytest.param("the end of " * 10 + "10 May 2023", '"2023-12-31"', id="121 letters"),
        pytest.param("2023-12", '"2023-12-31"', id="a month"),
        pytest.param("20231231", '"2023-12-31"', id="no hyphens"),
        pytest.param("86400", '"2023-12-31"', id="seconds"),
        pytest.param("", '"2023-12-31"', id="nothing"),
        pytest.param("2023-13-01", "no such day", id="a thirteenth month"),
        pytest.param("2023-02-29", "no such day", id="29 February in a common year"),
        pytest.param("1815-06-18", "no such day", id="before all records"),
    ],
)
def test_a_refused_day_shows_the_accepted_form(text: str, advice: str) -> None:
    """What is not a day is refused, with the form that is, or because there is no such day."""
    with pytest.raises(ValueError, match="is not a day") as refusal:
        parse_day(text)
    assert advice in str(refusal.value)


@pytest.mark.parametrize(
    ("words", "phrases"),
    [
        pytest.param(
            "on 11th May 2023 the Minister said", ["11 May 2023", "May 2023", "2023"], id="ordinal"
        ),
        pytest.param("in spring 2024.", ["spring 2024", "2024"], id="season with a full stop"),
        pytest.param(
            "“by the end of 2023”",
            ["by the end of 2023", "the end of 2023", "end of 2023", "2023"],
            id="every reading",
        ),
        pytest.param(
            "(September 2023; revised)", ["September 2023", "2023"], id="brackets and semicolon"
        ),
        pytest.param("funding for 2023-24", [], id="a bare financial year"),
        pytest.param("500 carers, £45m", [], id="numbers that are not dates"),
        pytest.param("when time allows", [], id="a condition"),
        pytest.param("within 6 months of act-2026", [], id="counted from a milestone"),
    ],
)
def test_every_date_phrase_in_a_quotation_is_found(words: str, phrases: list[str]) -> None:
    """A quotation's date phrases are found at every reading, whatever stands around them."""
    assert [due.text for due in dues_in(words)] == phrases


def test_the_longest_words_are_120_letters() -> None:
    """At the limit words are read, and one letter beyond they are not, whatever they say."""
    assert parse_due("when " + "x" * 115).precision == "condition"
    for parse in (parse_due, parse_when):
        with pytest.raises(ValueError, match="it has 121 letters"):
            parse("when " + "x" * 116)
    with pytest.raises(ValueError, match='is not a date; write "2023-12-31", "September 2023" or'):
        parse_when("when " + "x" * 115)


def test_a_due_cannot_be_changed() -> None:
    """Words that many answers share stay what they are."""
    due = parse_due("spring 2024")
    with pytest.raises(AttributeError):
        due.text = "spring 2025"  # type: ignore[misc]
    assert not hasattr(due, "__dict__")


def test_the_longest_phrase_in_a_quotation_has_seven_words() -> None:
    """A date in seven words is found whole."""
    found = dues_in("It will open by the end of 31 December 2023.")
    assert "by the end of 31 December 2023" in [due.text for due in found]


@pytest.mark.parametrize(
    ("words", "phrases"),
    [
        ("Due 31/03/2027 at the latest", {"2027-03-31"}),
        ("by 1/4/2027", {"2027-04-01", "2027-01-04"}),
        ("Mar-27", {"March 2027"}),
        ("done by 7 Dec 2026.", {"7 December 2026"}),
        ("action 12 of 40", set()),
        ("no date at all", set()),
    ],
)
def test_dates_in_short_forms_are_found_in_words(words: str, phrases: set[str]) -> None:
    """What people shorten in their own papers is found at every reading, and no other number is."""
    found = dues_in_short(words)
    wanted = [parse_due(phrase) for phrase in phrases]
    assert all(any(due.same_days(one) for one in found) for due in wanted)
    assert bool(found) is bool(phrases)
