"""Dates that come round again: the same words, with every date in them a period later.

"the end of April 2026", monthly, comes round as "the end of May 2026"; "31 January 2027" as
"28 February 2027" and then "31 March 2027". Words whose dates cannot be moved on by the period
("spring 2024", monthly) are refused.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Literal, get_args

from reformcalc.due import parse_due
from reformcalc.spans import MONTHS
from reformcalc.years import FinancialYear

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reformcalc.due import Due

Period = Literal["yearly", "quarterly", "monthly"]
PERIODS: tuple[Period, ...] = get_args(Period)
_LENGTHS: dict[Period, int] = {"yearly": 12, "quarterly": 3, "monthly": 1}  # months
_LAST = date(2198, 12, 31)  # no date words reach beyond the year after
_NAMES = rf"\b(?P<month>{'|'.join(MONTHS)})\b"
_DATE = re.compile(
    rf"(?P<iso>\d{{4}}-\d\d-\d\d)|(?:(?P<day>\d\d?)(?:st|nd|rd|th)? )?{_NAMES} (?P<of>\d{{4}})"
    r"|Q(?P<quarter>\d) (?P<within>\d{4})-\d\d|(?P<financial>\d{4})-\d\d|(?P<year>\d{4})",
    re.IGNORECASE,
)


def occurrences(due: Due, period: Period, *, since: date = date.min, until: date) -> Iterator[Due]:
    """Yield each time that a date comes round, from the one that is not over on the day `since`.

    The last begins by the day `until`, and none after 2198. Raises ValueError where the first does,
    where its words cannot be moved on, or where it spans more than the period.
    """
    places = _places(due, period, since, until)
    times = (_time(due, period, place) for place in places)
    return (one for one in times if _end(one) >= since and _begin(one) <= until)


def last_occurrence(due: Due, period: Period, *, until: date) -> Due:
    """Return the last time that a date comes round and begins by a day. Raises as `occurrences`."""
    places = reversed(_places(due, period, date.min, until))
    return next(one for place in places if _begin(one := _time(due, period, place)) <= until)


def meeting(due: Due, period: Period, *, until: date) -> tuple[Due, Due] | None:
    """Return the first two times, one after the other, that share a day; None where none do.

    Raises ValueError as `occurrences` does, and where a later time is no span of days. Both turn
    on how long the month is in which a time ends, so one of each length is looked at.
    """
    places = _places(due, period, date.min, until)
    if due.earliest == due.latest:
        return None
    lengths = set()
    for place in places:
        length = _length(_month(_end(due)) + place * _LENGTHS[period])
        if length in lengths:
            continue
        lengths.add(length)
        one = _time(due, period, place)
        following = _time(due, period, place + 1) if place + 1 in places else None
        if following and _end(one) >= _begin(following) <= until:
            return one, following
    return None


def _places(due: Due, period: Period, since: date, until: date) -> range:
    """Return which times, counted from nought, may end after a day and begin before another.

    Of the first and the last of them only the words can tell: days differ, but months are known.
    """
    if due.earliest is None or due.latest is None:
        raise ValueError(f'"{due.text}" has no first and last day, so it cannot come round')
    if due.earliest > _LAST:
        raise ValueError(f'"{due.text}" is too late to come round; write a date before 2199')
    if _begin(_time(due, period, 1)) <= due.latest:
        raise ValueError(f'"{due.text}" is too long a time to come round {period}')
    months = _LENGTHS[period]
    skipped = max(0, (_month(since) - _month(due.latest)) // months)
    return range(skipped, (_month(min(until, _LAST)) - _month(due.earliest)) // months + 1)


def _time(due: Due, period: Period, place: int) -> Due:
    return moved_on(due, place * _LENGTHS[period]) if place else due


def _month(day: date) -> int:
    """Return the months from the year nought to a day."""
    return day.year * 12 + day.month - 1


def _later(day: date, months: int) -> date:
    """Return a day so many months later, 31 cut to the month's last."""
    month = _month(day) + months
    return date(month // 12, month % 12 + 1, min(day.day, _length(month)))


@cache
def _length(month: int) -> int:
    """Return the days of a month, counted from the year nought."""
    return monthrange(month // 12, month % 12 + 1)[1]


def _begin(due: Due) -> date:
    assert due.earliest is not None, due.text  # nothing else is moved on
    return due.earliest


def _end(due: Due) -> date:
    assert due.latest is not None, due.text
    return due.latest


def moved_on(due: Due, months: int) -> Due:
    """Return a date with every date in its words so many months later, 31 cut to the month's last.

    Raises ValueError where they cannot be moved by so much: a season, a year, by one month.
    """
    every = "month" if months == 1 else f"{months} months"
    refusal = ValueError(f'"{due.text}" cannot come round every {every}; write a day or a month')

    def later(match: re.Match[str]) -> str:
        if match["iso"]:
            return f"{_later(date.fromisoformat(match['iso']), months)}"
        if match["month"]:
            number = MONTHS[match["month"].lower()]
            day = _later(date(int(match["of"]), number, int(match["day"] or 1)), months)
            return f"{day.day} {day:%B %Y}" if match["day"] else f"{day:%B %Y}"
        if match["quarter"] and months % 3 == 0:
            quarters = int(match["within"]) * 4 + int(match["quarter"]) - 1 + months // 3
            return f"Q{quarters % 4 + 1} {FinancialYear(quarters // 4)}"
        if months % 12:
            raise refusal
        if match["year"]:
            return str(int(match["year"]) + months // 12)
        start = int(match["financial"] or match["within"]) + months // 12
        return str(FinancialYear(start))

    if months % 12 and re.search(_NAMES, _DATE.sub("", due.text), re.IGNORECASE):
        raise refusal  # a month whose year stands with another one
    words = _DATE.sub(later, due.text)
    try:
        return parse_due(words)
    except ValueError:  # two days of a month's end have become one
        message = f'"{due.text}" cannot come round every {every}: "{words}" is no span of days'
        raise ValueError(message) from None
