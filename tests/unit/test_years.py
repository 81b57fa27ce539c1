"""Financial years and runs of them."""

from __future__ import annotations

from datetime import date

import pytest

from reformcalc.values.years import (
    FinancialYear,
    Years,
    financial_year_of,
    parse_year,
    parse_years,
    written,
)


@pytest.mark.parametrize(
    ("day", "year"),
    [
        pytest.param(date(2023, 3, 31), "2022-23", id="the last day of one"),
        pytest.param(date(2023, 4, 1), "2023-24", id="the first day of the next"),
        pytest.param(date(2023, 12, 31), "2023-24", id="before the turn of the year"),
        pytest.param(date(2024, 1, 1), "2023-24", id="after it"),
    ],
)
def test_a_day_is_in_one_financial_year(day: date, year: str) -> None:
    """The year changes between 31 March and 1 April, and not on 1 January."""
    assert str(financial_year_of(day)) == year


@pytest.mark.parametrize("text", ["2023-24", "1999-00", "2008-09", "2099-00"])
def test_a_financial_year_is_written_as_it_is_read(text: str) -> None:
    """A year's text gives itself back, over the turn of a century too."""
    assert str(parse_year(text)) == text


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        pytest.param("2023-25", '2023 is followed by "2023-24"', id="two years on"),
        pytest.param("2023-23", '2023 is followed by "2023-24"', id="the same year"),
        pytest.param("1999-01", '1999 is followed by "1999-00"', id="a century"),
        pytest.param("2023/24", '"2023-24"', id="a stroke"),
        pytest.param("2023", '"2023-24"', id="a calendar year"),
        pytest.param("23-24", '"2023-24"', id="two digits"),
        pytest.param("FY 2023-24", '"2023-24"', id="date words"),
        pytest.param("2023-2024", '"2023-24"', id="both in full"),
        pytest.param("9999-00", '"2023-24"', id="beyond all plans"),
        pytest.param("0001-02", '"2023-24"', id="before all records"),
        pytest.param("", '"2023-24"', id="nothing"),
    ],
)
def test_a_refused_year_is_told_what_to_write(text: str, advice: str) -> None:
    """What is not a financial year is refused, with the form that is one."""
    with pytest.raises(ValueError, match="is not a financial year") as refusal:
        parse_year(text)
    assert advice in str(refusal.value)


@pytest.mark.parametrize("text", ["real", "2023-24..2024-25", "9999-00"])
def test_one_year_is_asked_for_where_one_is_wanted(text: str) -> None:
    """Only where several years can be given does the advice offer a run of them."""
    one, several = 'write one as "2023-24"', 'write "2023-24", or "2023-24..2024-25" for several'
    with pytest.raises(ValueError, match=f"{one}$"):
        parse_year(text)
    for refused in (f"real..{text}", "9999-00"):
        with pytest.raises(ValueError, match=f"{several}$"):
            parse_years(refused)


def test_a_run_of_years_lists_each_once() -> None:
    """A run includes its first and last year, and knows how many it has."""
    assert len(parse_years("2023-24..2072-73")) == 50
    years = parse_years("2023-24..2025-26")
    assert [str(year) for year in years] == ["2023-24", "2024-25", "2025-26"]
    assert len(years) == 3
    assert str(years) == "2023-24..2025-26"


@pytest.mark.parametrize("text", ["2023-24", "2023-24..2023-24"])
def test_a_run_of_one_year_is_that_year(text: str) -> None:
    """One year is a run, however written, and prints as the year."""
    years = parse_years(text)
    assert (len(years), str(years)) == (1, "2023-24")


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        pytest.param("2024-25..2023-24", "runs backwards", id="backwards"),
        pytest.param("2024-25..2074-75", "is 51 years; no promise is for more", id="51 years"),
        pytest.param("1900-01..2198-99", "is 299 years; no promise is for more", id="centuries"),
        pytest.param("2023-24   to   2024-25", 'write "2023-24..2024-25"', id="many spaces"),
        pytest.param("2023-24..", 'run of them; write "2023-24"', id="no last year"),
        pytest.param("..2023-24", 'run of them; write "2023-24"', id="no first year"),
        pytest.param("2023-24 to 2024-25", 'write "2023-24..2024-25"', id="to for dots"),
        pytest.param("2023-24..2024-25..2025-26", '"2023-24..2024-25..2025-26" is', id="three"),
        pytest.param("2023-24...2024-25", 'write "2023-24..2024-25"', id="three dots"),
        pytest.param("2023-24 – 2024-25", 'write "2023-24..2024-25"', id="a dash"),
        pytest.param("..", '".." is not a financial year', id="dots alone"),
        pytest.param("2023..2024-25", '"2023" is not a financial year; write', id="half a year"),
    ],
)
def test_a_refused_run_of_years_says_why(text: str, advice: str) -> None:
    """A run has two years, the earlier first, with two dots between."""
    with pytest.raises(ValueError, match=r"runs backwards|is not a|check both") as refusal:
        parse_years(text)
    assert advice in str(refusal.value)


@pytest.mark.parametrize(
    ("other", "shared"),
    [
        pytest.param("2024-25..2028-29", "2024-25..2025-26", id="overlapping"),
        pytest.param("2025-26", "2025-26", id="inside"),
        pytest.param("2020-21..2030-31", "2023-24..2025-26", id="around"),
        pytest.param("2026-27", None, id="next to"),
        pytest.param("2019-20..2020-21", None, id="before"),
    ],
)
def test_shared_years_are_those_that_both_cover(other: str, shared: str | None) -> None:
    """Sharing is the same either way, and None where there is no common year."""
    one, two = parse_years("2023-24..2025-26"), parse_years(other)
    expected = parse_years(shared) if shared else None
    assert one.shared(two) == expected
    assert two.shared(one) == expected


def test_years_stand_in_order_of_time() -> None:
    """Years sort by their start, and runs by their first year, then their last."""
    assert FinancialYear(2023) < FinancialYear(2024)
    assert Years(FinancialYear(2023), FinancialYear(2024)) < parse_years("2023-24..2025-26")


def test_years_run_from_1900_to_2200() -> None:
    """The first and the last year of the calendar of records are read, those beside them not."""
    assert [parse_year(text).start for text in ("1900-01", "2200-01")] == [1900, 2200]
    for text in ("1899-00", "2201-02"):
        with pytest.raises(ValueError, match="is not a financial year"):
            parse_year(text)


@pytest.mark.parametrize("value", [parse_year("2023-24"), parse_years("2023-24..2024-25")])
def test_years_cannot_be_changed(value: FinancialYear | Years) -> None:
    """A year that keys a profile stays what it is."""
    with pytest.raises(AttributeError):
        setattr(value, "start" if isinstance(value, FinancialYear) else "first", None)
    assert not hasattr(value, "__dict__")


@pytest.mark.parametrize(
    ("starts", "said"),
    [
        ([], ""),
        ([2022], "2022-23"),
        ([2023, 2022], "2022-23..2023-24"),
        ([2022, 2025, 2026], "2022-23, 2025-26..2026-27"),
    ],
)
def test_some_years_are_written_as_their_runs(starts: list[int], said: str) -> None:
    """Years that follow each other are one run; those apart stand apart, in order."""
    assert written(FinancialYear(start) for start in starts) == said
