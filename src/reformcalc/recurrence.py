"""Dates that come round again: the same words, with every date in them a period later.

"the end of April 2026", monthly, comes round as "the end of May 2026"; "31 January 2027" as
"28 February 2027" and then "31 March 2027". Words whose dates cannot be moved on by the period
("spring 2024", monthly) are refused.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Literal, get_args

from dateutil.relativedelta import relativedelta
from dateutil.rrule import MONTHLY, rrule

from reformcalc.due import parse_due
from reformcalc.spans import MONTHS
from reformcalc.years import FinancialYear

if TYPE_CHECKING:
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


def occurrences(due: Due, period: Period, *, until: date) -> list[Due]:
    """Return a date each time that it comes round, from the first on, that begins by a day.

    None begins after 2198. Raises ValueError where the first does, where its words cannot be moved
    on, or where it spans more than the period.
    """
    if due.earliest is None or due.latest is None:
        raise ValueError(f'"{due.text}" has no first and last day, so it cannot come round')
    if due.earliest > _LAST:
        raise ValueError(f'"{due.text}" is too late to come round; write a date before 2199')
    months = _LENGTHS[period]
    following = moved_on(due, months).earliest
    assert following is not None, due.text  # it has the form of one that has a first day
    if following <= due.latest:
        raise ValueError(f'"{due.text}" is too long a time to come round {period}')
    # By the first of each month: a rule passes over months that have no 31st.
    start = due.earliest.replace(day=1)
    last = min(until, _LAST)
    starts = rrule(MONTHLY, interval=months, dtstart=start, until=last)
    found = [moved_on(due, place * months) if place else due for place, _ in enumerate(starts)]
    return [one for one in found if one.earliest and one.earliest <= last]


def moved_on(due: Due, months: int) -> Due:
    """Return a date with every date in its words so many months later, 31 cut to the month's last.

    Raises ValueError where they cannot be moved by so much: a season, a year, by one month.
    """
    every = "month" if months == 1 else f"{months} months"
    refusal = ValueError(f'"{due.text}" cannot come round every {every}; write a day or a month')

    def later(match: re.Match[str]) -> str:
        if match["iso"]:
            return f"{date.fromisoformat(match['iso']) + relativedelta(months=months)}"
        if match["month"]:
            number = MONTHS[match["month"].lower()]
            day = date(int(match["of"]), number, int(match["day"] or 1))
            day += relativedelta(months=months)
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
