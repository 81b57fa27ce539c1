"""Phrases that name one span of days: the grammar of date words, without what stands around it.

    core    2023-12-31 | 31 December 2023 | December 2023 | spring 2023 | 2023 | FY 2023-24
            | Q4 2023-24 | H1 2023-24 | early/mid/late 2023 | early/mid/late FY 2023-24
            | the end of CORE | CORE to CORE

Seasons are calendar months: spring is March to May, winter December to February. Quarters and
halves name a financial year. Early, mid and late are thirds of a year.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from reformcalc.values.years import parse_year

if TYPE_CHECKING:
    from collections.abc import Callable

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}  # first month of each
# Winter has a code too, which readers take for one that ends with the year.
_EDTF_SEASON = {"spring": 21, "summer": 22, "autumn": 23}
THIRDS = {"early": 0, "mid": 4, "late": 8}  # months after the first of the year
_MONTH = rf"(?P<month>{'|'.join(MONTHS)})"
_YEAR = r"(?P<year>(?:19|20|21)\d\d)"
_FY = r"(?P<fy>\d{4}-\d{2})"
ISO_DAY = re.compile(rf"{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)")
NAMED_DAY = re.compile(rf"(?P<day>\d\d?)(?:st|nd|rd|th)? {_MONTH} {_YEAR}")


@dataclass(frozen=True, slots=True)
class Span:
    """The days of a core phrase, both included, and their EDTF form."""

    first: date
    last: date
    edtf: str
    precision: str


def core(text: str) -> Span | None:
    """Read a phrase that names one span of days, or return None."""
    first, to, last = text.partition(" to ")
    return _run(first, last) if to else simple(text)


def _run(first: str, last: str) -> Span | None:
    """Read "July to August 2023": the first may leave out the year."""
    end = simple(last)
    if end is None:
        return None
    # The year as written, where it is: winter 2023 ends in 2024.
    year = last[-4:] if last[-4:].isdecimal() else end.last.year
    start = simple(first) or simple(f"{first} {year}")
    if start is None or start.last >= end.first:
        return None
    return Span(start.first, end.last, f"{start.first}/{end.last}", "interval")


def simple(text: str) -> Span | None:
    """Read a phrase that is no run of two, or return None."""
    words = text.lower() if text.isascii() else ""
    for form, read in _FORMS_READ:
        match = form.fullmatch(words)
        if match:
            try:
                return read(match)
            except ValueError:
                return None
    return None


def iso_day(text: str) -> Span | None:
    """Read 2023-12-31, or return None where there is no such day."""
    match = ISO_DAY.fullmatch(text)
    try:
        return _one_day(match) if match else None
    except ValueError:
        return None


def _one_day(match: re.Match[str]) -> Span:
    month = MONTHS.get(match["month"]) or int(match["month"])
    day = date(int(match["year"]), month, int(match["day"]))
    return Span(day, day, day.isoformat(), "day")


def _one_month(match: re.Match[str]) -> Span:
    return _months(int(match["year"]), MONTHS[match["month"]], 1, "month")


def _one_season(match: re.Match[str]) -> Span:
    season, year = match["season"], int(match["year"])
    span = _months(year, SEASONS[season], 3, "season")
    code = _EDTF_SEASON.get(season)
    return replace(span, edtf=f"{year}-{code}") if code else span


def _one_year(match: re.Match[str]) -> Span:
    return replace(_months(int(match["year"]), 1, 12, "year"), edtf=match["year"])


def _one_financial_year(match: re.Match[str]) -> Span:
    return _months(parse_year(match["fy"]).start, 4, 12, "financial year")


def _part_of_financial_year(match: re.Match[str]) -> Span:
    months = 3 if match["part"] == "q" else 6
    kind = "quarter" if match["part"] == "q" else "half"
    year = parse_year(match["fy"])
    return _months(year.start, 4 + months * (int(match["number"]) - 1), months, kind)


def _third(match: re.Match[str]) -> Span:
    skipped = THIRDS[match["third"]]
    if match["fy"]:
        return _months(parse_year(match["fy"]).start, 4 + skipped, 4, "part of a year")
    return _months(int(match["year"]), 1 + skipped, 4, "part of a year")


def _end(match: re.Match[str]) -> Span | None:
    core = simple(match["rest"])
    return core and Span(core.last, core.last, core.last.isoformat(), "day")


def _months(year: int, month: int, count: int, precision: str) -> Span:
    """Span `count` whole months from a month, which may lie past December."""
    first_year, first_month = year + (month - 1) // 12, (month - 1) % 12 + 1
    end = first_year * 12 + first_month - 1 + count - 1
    last_year, last_month = divmod(end, 12)
    last_month += 1
    last = date(last_year, last_month, calendar.monthrange(last_year, last_month)[1])
    edtf = f"{first_year}-{first_month:02}"
    if count > 1:
        edtf += f"/{last_year}-{last_month:02}"
    return Span(date(first_year, first_month, 1), last, edtf, precision)


_FORMS_READ: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Span | None]], ...] = (
    (ISO_DAY, _one_day),
    (NAMED_DAY, _one_day),
    (re.compile(rf"{_MONTH} {_YEAR}"), _one_month),
    (re.compile(rf"(?P<season>{'|'.join(SEASONS)}) {_YEAR}"), _one_season),
    (re.compile(_YEAR), _one_year),
    (re.compile(rf"fy {_FY}"), _one_financial_year),
    (re.compile(rf"(?P<part>q)(?P<number>[1-4]) {_FY}"), _part_of_financial_year),
    (re.compile(rf"(?P<part>h)(?P<number>[12]) {_FY}"), _part_of_financial_year),
    (re.compile(rf"(?P<third>{'|'.join(THIRDS)}) (?:{_YEAR}|fy {_FY})"), _third),
    (re.compile(r"(?:the )?end of (?P<rest>.+)"), _end),
)
