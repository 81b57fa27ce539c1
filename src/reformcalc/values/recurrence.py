"""Dates that come round again: the same words, with every date in them a period later.

"the end of April 2026", monthly, comes round as "the end of May 2026"; "31 January 2027" as
"28 February 2027" and then "31 March 2027". Words whose dates cannot be moved on by the period
("spring 2024", monthly) are refused.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from reformcalc.errors import did_you_mean
from reformcalc.values.due import parse_due
from reformcalc.values.money import NUMBERS
from reformcalc.values.spans import MONTHS
from reformcalc.values.years import FinancialYear

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reformcalc.values.due import Due

TERMLY = "termly"  # by school term: no calendar tells the times, so the record lists them
_MOST = 99  # weeks, months or years from one time to the next
# How often, in months or in days.
NAMED = {
    "weekly": (0, 7),
    "monthly": (1, 0),
    "quarterly": (3, 0),
    "half-yearly": (6, 0),
    "yearly": (12, 0),
}
_UNITS = {"week": (0, 7), "month": (1, 0), "year": (12, 0)}
_EVERY = re.compile(r"every (?P<number>\w+) (?P<unit>week|month|year)s?")
_ADVERB = re.compile(r"(?P<number>[a-z0-9]+)-(?P<unit>week|month|year)ly")
_PARTS = {"Q": 3, "H": 6}  # months of a quarter, of a half
_LAST = date(2198, 12, 31)  # no date words reach beyond the year after
_NAMES = rf"\b(?P<month>{'|'.join(MONTHS)})\b"
_DATE = re.compile(
    rf"(?P<iso>\d{{4}}-\d\d-\d\d)|(?:(?P<day>\d\d?)(?:st|nd|rd|th)? )?{_NAMES} (?P<of>\d{{4}})"
    r"|(?P<part>[QH])(?P<number>\d) (?P<within>\d{4})-\d\d"
    r"|(?P<financial>\d{4})-\d\d|(?P<year>\d{4})",
    re.IGNORECASE,
)


def parse_period(text: str) -> str:
    """Read how often something comes round. Raises ValueError with the accepted forms."""
    words = " ".join(text.split())
    if words != TERMLY and _step(words) is None:
        known = (*NAMED, TERMLY)
        raise ValueError(
            f'"{words}" does not say how often; write {", ".join(known)}, or "every 6 weeks" '
            f"(months, years){_meant(words)}"
        )
    return words


_OFTEN = {
    "month": "monthly",
    "week": "weekly",
    "quarter": "quarterly",
    "year": "yearly",
    "annual": "yearly",
    "term": TERMLY,
    "fortnight": "every 2 weeks",
    "bi-month": "every 2 months",
    "bi-week": "every 2 weeks",
}


def _meant(words: str) -> str:
    """Offer how often something comes round by other words for it."""
    said = words.lower()
    number = re.search(r"\d+", said)
    unit = re.search(r"day|week|month|year", said)
    if number and unit:
        return f'; did you mean "every {number[0]} {unit[0]}s"?'
    meant = [period for name, period in _OFTEN.items() if name in said]
    if meant:
        return f'; did you mean "{meant[-1]}"?'
    return did_you_mean(words, (*NAMED, TERMLY))


@cache
def _step(period: str) -> tuple[int, int] | None:
    """Return the months, or the days, from one time to the next."""
    match = _EVERY.fullmatch(period) or _ADVERB.fullmatch(period)
    if period in NAMED or match is None:
        return NAMED.get(period)
    number = NUMBERS.get(match["number"]) or match["number"]
    if not f"{number}".isdecimal() or not 1 <= int(number) <= _MOST:
        return None
    months, days = _UNITS[match["unit"]]
    return int(number) * months, int(number) * days


def _steps(period: str, places: int) -> tuple[int, int]:
    """Return the months, or the days, from the first time to one so many times later."""
    step = _step(period)
    assert step is not None, period  # parse_period refuses all others, and termly has no step
    return step[0] * places, step[1] * places


def occurrences(due: Due, period: str, *, since: date = date.min, until: date) -> Iterator[Due]:
    """Yield each time that a date comes round, from the one that is not over on the day `since`.

    The last begins by the day `until`, and none after 2198. Raises ValueError where the first does,
    where its words cannot be moved on, or where it spans more than the period.
    """
    places = _places(due, period, since, until)
    times = (_time(due, period, place) for place in places)
    return (one for one in times if _end(one) >= since and _begin(one) <= until)


def last_occurrence(due: Due, period: str, *, until: date) -> Due:
    """Return the last time that a date comes round and begins by a day. Raises as `occurrences`."""
    places = reversed(_places(due, period, date.min, until))
    return next(one for place in places if _begin(one := _time(due, period, place)) <= until)


def meeting(due: Due, period: str, *, until: date) -> tuple[Due, Due] | None:
    """Return the first two times, one after the other, that share a day; None where none do.

    Raises ValueError as `occurrences` does, and where a later time is no span of days. Both turn
    on how long the month is in which a time ends, so one of each length is looked at; weeks are all
    as long.
    """
    places = _places(due, period, date.min, until)
    months, days = _steps(period, 1)
    if due.earliest == due.latest or days:
        return None
    lengths = set()
    for place in places:
        length = _length(_month(_end(due)) + place * months)
        if length in lengths:
            continue
        lengths.add(length)
        one = _time(due, period, place)
        following = _time(due, period, place + 1) if place + 1 in places else None
        if following and _end(one) >= _begin(following) <= until:
            return one, following
    return None


def _places(due: Due, period: str, since: date, until: date) -> range:
    """Return which times, counted from nought, may end after a day and begin before another.

    Of the first and the last of them only the words can tell: days differ, but months are known.
    """
    if due.earliest is None or due.latest is None:
        raise ValueError(f'"{due.text}" has no first and last day, so it cannot come round')
    if due.earliest > _LAST:
        raise ValueError(f'"{due.text}" is too late to come round; write a date before 2199')
    if _begin(_time(due, period, 1)) <= due.latest:
        raise ValueError(f'"{due.text}" is too long a time to come round {period}')
    months, days = _steps(period, 1)
    last = min(until, _LAST)
    if days:
        skipped = (since - due.latest).days // days
        return range(max(0, skipped), (last - due.earliest).days // days + 1)
    skipped = (_month(since) - _month(due.latest)) // months
    return range(max(0, skipped), (_month(last) - _month(due.earliest)) // months + 1)


def _time(due: Due, period: str, place: int) -> Due:
    months, days = _steps(period, place)
    return moved_on(due, months, days) if place else due


def _month(day: date) -> int:
    """Return the months from the year nought to a day."""
    return day.year * 12 + day.month - 1


def _later(day: date, months: int, days: int = 0) -> date:
    """Return a day so many days later, or so many months, 31 cut to the month's last."""
    if days:
        return day + timedelta(days=days)
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


@lru_cache(maxsize=1 << 16)  # the same times are asked for by each tick, rule and answer
def moved_on(due: Due, months: int, days: int = 0) -> Due:
    """Return a date with every date in its words so much later, 31 cut to the month's last.

    Later by months, or else by days. Raises ValueError where they cannot be moved by so much: a
    season, a year, by one month; anything but a day, by a week.
    """
    number, unit = (days // 7, "week") if days else (months, "month")
    every = unit if number == 1 else f"{number} {unit}s"
    needed = "a day" if days else "a day or a month"
    refusal = ValueError(f'"{due.text}" cannot come round every {every}; write {needed}')

    def later(match: re.Match[str]) -> str:
        if match["iso"]:
            return f"{_later(date.fromisoformat(match['iso']), months, days)}"
        if match["month"] and (match["day"] or not days):
            number = MONTHS[match["month"].lower()]
            day = _later(date(int(match["of"]), number, int(match["day"] or 1)), months, days)
            return f"{day.day} {day:%B %Y}" if match["day"] else f"{day:%B %Y}"
        if days:
            raise refusal
        if match["part"] and months % _PARTS[match["part"].upper()] == 0:
            length = _PARTS[match["part"].upper()]
            whole = int(match["within"]) * 12 + (int(match["number"]) - 1) * length + months
            number = whole % 12 // length + 1
            return f"{match['part']}{number} {FinancialYear(whole // 12)}"
        if months % 12:
            raise refusal
        if match["year"]:
            return str(int(match["year"]) + months // 12)
        return str(FinancialYear(int(match["financial"]) + months // 12))

    bare = re.search(_NAMES, _DATE.sub("", due.text), re.IGNORECASE)
    if bare and (days or months % 12):
        raise refusal  # a month whose year stands with another one
    words = _DATE.sub(later, due.text)
    try:
        return parse_due(words)
    except ValueError:  # two days of a month's end have become one
        message = f'"{due.text}" cannot come round every {every}: "{words}" is no span of days'
        raise ValueError(message) from None
