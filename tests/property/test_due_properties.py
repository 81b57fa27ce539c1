"""What must hold of all date words and financial years."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from reformcalc.values.due import dues_in, parse_day, parse_due, parse_when
from reformcalc.values.years import FinancialYear, Years, parse_year, parse_years
from tests.conftest import tries

if TYPE_CHECKING:
    from collections.abc import Callable

few = tries(15)
many = tries(40)

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
days = st.dates(date(1901, 1, 1), date(2190, 12, 31))
years = st.integers(1901, 2190)
financial_years = years.map(FinancialYear)


@st.composite
def cores(draw: st.DrawFn) -> str:
    """Draw a phrase of the grammar that names one span of days."""
    day, year, fy = draw(days), draw(years), draw(financial_years)
    return draw(
        st.sampled_from(
            [
                day.isoformat(),
                f"{day.day} {MONTHS[day.month - 1]} {day.year}",
                f"{MONTHS[day.month - 1]} {day.year}",
                *(f"{season} {year}" for season in ("spring", "summer", "autumn", "winter")),
                str(year),
                f"FY {fy}",
                *(f"Q{number} {fy}" for number in (1, 2, 3, 4)),
                *(f"H{number} {fy}" for number in (1, 2)),
                *(f"{third} {year}" for third in ("early", "mid", "late")),
                *(f"{third} FY {fy}" for third in ("early", "mid", "late")),
            ]
        )
    )


PIECES = (
    "2023", "2023-24", "FY", "Q4", "H1", "spring", "31", "1st", "February", "May", "by", "from",
    "before", "after", "the end of", "early", "to", "when", "..", "-", "2023-12-31", "9999-00",
    "0000", "٢٠٢٣", "1/4/2026", ",", "in due course", "Q9", "Sept",
)  # fmt: skip
nearly_dates = st.lists(
    st.sampled_from(PIECES),
    max_size=7,
).map(" ".join)
texts = st.one_of(st.text(max_size=40), nearly_dates)


@many
@given(cores())
def test_a_span_begins_before_it_ends(core: str) -> None:
    """Every phrase of the grammar is dated, earliest to latest, within the same years."""
    due = parse_due(core)
    assert due.earliest is not None
    assert due.latest is not None
    assert due.earliest <= due.latest <= due.earliest + timedelta(days=366)
    assert parse_when(core).same_days(due)


@few
@given(cores())
def test_words_around_a_span_mean_what_the_design_says(core: str) -> None:
    """by and from X have X's span, before X the day before, after X the days that follow."""
    due = parse_due(core)
    assert due.earliest is not None
    assert due.latest is not None
    assert parse_due(f"by {core}").same_days(due)
    assert parse_due(f"from {core}").same_days(due)
    before, after, end = (parse_due(f"{word} {core}") for word in ("before", "after", "the end of"))
    assert before.earliest == before.latest == due.earliest - timedelta(days=1)
    assert (after.earliest, after.latest) == (due.latest + timedelta(days=1), None)
    assert end.earliest == end.latest == due.latest


@few
@given(cores(), cores())
def test_a_run_covers_both_its_ends(one: str, other: str) -> None:
    """X to Y spans from the first day of X to the last of Y, and is refused unless Y is later."""
    first, last = parse_due(one), parse_due(other)
    assert first.latest is not None
    assert last.earliest is not None
    run = _read(parse_due, f"{one} to {other}")
    if first.latest < last.earliest:
        assert (run.earliest, run.latest) == (first.earliest, last.latest)
    else:
        assert run is None


@few
@given(cores())
def test_a_phrase_is_found_in_a_sentence(core: str) -> None:
    """A quotation that prints a date yields a due of the same days."""
    due = parse_due(core)
    assert any(due.same_days(one) for one in dues_in(f"it will be done in {core}, they said"))


@few
@given(days, days)
def test_two_days_bound_an_event_only_in_order(one: date, other: date) -> None:
    """DAY..DAY spans the two days, and is refused where it runs backwards."""
    when = _read(parse_when, f"{one}..{other}")
    if one <= other:
        assert (when.earliest, when.latest) == (one, other)
    else:
        assert when is None


@few
@given(days)
def test_a_day_is_read_back(when: date) -> None:
    """A day as we write it is the day."""
    assert parse_day(when.isoformat()) == when


def _read(parser: Callable[[str], Any], text: str) -> Any:
    """Read a text, or return None where it is refused; any other exception fails the test."""
    try:
        return parser(text)
    except ValueError:
        return None


@many
@given(texts)
def test_any_text_is_a_date_or_refused(text: str) -> None:
    """Parsers of dates return a value or raise ValueError, and no span runs backwards."""
    due, when = _read(parse_due, text), _read(parse_when, text)
    if due is not None and due.earliest and due.latest:
        assert due.earliest <= due.latest
    if due is not None:
        assert due.dated is (due.edtf is not None)
    if when is not None:
        assert when.earliest <= when.latest
    for found in dues_in(text):
        assert found.dated


@many
@given(texts)
def test_what_an_event_is_advised_to_be_is_accepted(text: str) -> None:
    """What a refusal of an event says to write is read as one, and is not what was refused."""
    try:
        parse_when(text)
    except ValueError as refusal:
        for advised in re.findall(r'(?:write|written|mean|day as|or) "([^"]+)"', str(refusal)):
            assert advised != text
            assert parse_when(advised).dated


@many
@given(texts)
def test_any_text_is_a_financial_year_or_refused(text: str) -> None:
    """What is read as a year or a run of years is written as it was, but for space."""
    year, run = _read(parse_year, text), _read(parse_years, text)
    assert year is None or str(year) == text.strip()
    assert run is None or run.first <= run.last


@few
@given(financial_years, st.integers(0, 9), financial_years, st.integers(0, 9))
def test_shared_years_are_the_years_of_both(
    one: FinancialYear, more: int, other: FinancialYear, longer: int
) -> None:
    """A run is read back, lists as many years as it has, and shares what both list."""
    first = Years(one, FinancialYear(one.start + more))
    second = Years(other, FinancialYear(other.start + longer))
    assert parse_years(str(first)) == first
    assert len(list(first)) == len(first) == more + 1
    shared = first.shared(second)
    assert set(shared or ()) == set(first) & set(second)
    assert second.shared(first) == shared
