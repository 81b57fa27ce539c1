"""Dates as people type them into cells, to the date words of a record.

"31/03/2027", "Mar-27" and "w/c 7 Dec 2026" have one meaning where it is known whether the day
stands first. What is not sure is not guessed at: it is refused with the nearest form that is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.reading.sheet import Shown, numbers
from reformcalc.values.due import UNDATED, parse_due
from reformcalc.values.nearest import FORMS, NOT_YET, nearest_words
from reformcalc.values.spans import MONTHS, core

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from reformcalc.reading.sheet import Cell

# What people write where there is no date yet, or none at all.
NO_DATE = {
    "tbc", "tba", "tbd", "to be confirmed", "to be agreed", "to be determined", "to be decided",
    "to be announced", "ongoing", "on-going", "on going", "continuous", "continuing", "continual",
    "rolling", "asap", "as soon as possible", "immediate", "immediately", "urgent", "unknown",
    "not known", "not set", "no date", "undated", "awaiting", "awaiting date", "date tbc",
    "pending",
    "various", "as required", "as needed", "regular", "regularly", "throughout", "always", "bau",
    "business as usual", "all year", "short term", "medium term", "long term", "?", "??", "x",
}  # fmt: skip
_HOW_OFTEN = {
    "daily", "weekly", "fortnightly", "monthly", "quarterly", "half-yearly", "termly", "yearly",
    "annually", "annual", "every week", "every month", "every quarter", "every term", "every year",
}  # fmt: skip
_STANDS = {"done", "complete", "completed", "closed", "finished", "in progress", "not started"}
_ON_SLASHES = re.compile(r"\b(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})\b(?![/-]|\.\d)")
_YEAR_FIRST = re.compile(r"\b((?:19|20)\d\d)[/.](\d{1,2})[/.](\d{1,2})\b")
_CLOCK = re.compile(r"(?<=\d)[T ]\d{1,2}:\d\d(?::\d\d)?(?:\.\d+)?Z?(?: ?[ap]m)?$", re.IGNORECASE)
_MONTHS = [name.title() for name in MONTHS]
_NAME = rf"({'|'.join(f'{name[:3]}(?:{name[3:]})?' for name in MONTHS if name)}|sept)\.?"
_YEAR = r"'?((?:19|20)\d\d|[2-4]\d)"  # two digits: 2020 to 2049
_DAY_BY_NAME = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)?[ /.-]*{_NAME}[ ,/.-]*{_YEAR}\b", re.IGNORECASE
)
_DAY_AFTER = re.compile(
    rf"\b{_NAME} (\d{{1,2}})(?:st|nd|rd|th)?,? ((?:19|20)\d\d)\b", re.IGNORECASE
)
_MONTH_BY_NAME = re.compile(rf"(?<!\d )(?<!\w)\b{_NAME}[ ,/.-]*{_YEAR}\b", re.IGNORECASE)
_MONTH_ON_SLASH = re.compile(r"(?<![\d/.-])(0?[1-9]|1[0-2])[/.-]((?:19|20)\d\d)\b")
_FINANCIAL = re.compile(r"(?:\bfy ?|\b)(?:20)?(\d\d) ?[/-] ?(?:20)?(\d\d)\b", re.IGNORECASE)
_WEEKDAY = re.compile(
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b[ ,]*", re.IGNORECASE
)
_WEEK = re.compile(
    r"(?:w/?c|w/?b|week (?:commencing|beginning|starting|of))\b[ .:]*(?P<first>.+)"
    r"|(?:w/?e|week ending)\b[ .:]*(?P<last>.+)",
    re.IGNORECASE,
)
_FORMS = (
    'a day as "31/03/2027", or words such as "March 2027", "spring 2027", "Q4 2026/27", "by the '
    'end of 2026"'
)
_LONGEST = 100  # letters of what stands in the place of a date
_EPOCH = date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 36_526, 73_050  # the days of 2000 to 2099


class Order(StrEnum):
    """Which stands first where a date is all figures."""

    DAY = "day"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Habit:
    """How a column writes dates in figures: the order, and the date that shows it.

    Where none does, the day is taken to stand first, and `assumed` are the rows of dates for which
    that matters; `example` is one of them. Where dates show both, there is no order.
    """

    order: Order | None = Order.DAY
    shown: str = ""
    assumed: tuple[int, ...] = ()
    example: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """The date words of a cell, and what was taken for granted of it, if anything."""

    words: str
    taken: str = ""


def habits(columns: Mapping[int, Sequence[tuple[int, Cell]]]) -> dict[int, Habit]:
    """See how each column of dates, given by row and cell, writes those that are all figures.

    Where one shows nothing, what the others show holds for it too: it is the same hand.
    """
    all_columns = _habit([one for cells in columns.values() for one in cells])
    found = {number: _habit(cells) for number, cells in columns.items()}
    return {
        number: all_columns if all_columns.shown and not own.shown and own.order else own
        for number, own in found.items()
    }


def _habit(cells: Sequence[tuple[int, Cell]]) -> Habit:
    seen: dict[Order, str] = {}
    either: dict[int, str] = {}
    for row, cell in cells:
        for match in () if cell.day else _ON_SLASHES.finditer(cell.text[:_LONGEST]):
            orders = [one for one in Order if _day(match, one)]
            if len(orders) == 1:
                seen.setdefault(orders[0], match[0])
            elif len(orders) > 1 and match[1] != match[3]:
                either.setdefault(row, match[0])
    if len(seen) == 1:
        [(order, example)] = seen.items()
        return Habit(order, shown=example)
    if seen:
        return Habit(None)
    return Habit(assumed=tuple(either), example=next(iter(either.values()), ""))


def due_words(cell: Cell, order: Order | None, known: Collection[str] = ()) -> Read:
    """Return the date words of a cell; what says that there is no date yet is undated.

    A date may count from one of the `known` milestones.

    Raises ValueError that says why the cell is no date, with the nearest form that is one.
    """
    if cell.day:
        text = cell.day.isoformat() if cell.shown is Shown.DAY else cell.text
        if not _accepted(text):
            raise ValueError(f"{text} is before 1900 or after 2199, so it is no date of a plan")
        return Read(text)
    said = " ".join(cell.text.split()).strip(" ;,")
    if (bare := _bare(said)) in NO_DATE:
        return Read(undated(said))
    if why := _no_date(said, bare):
        raise ValueError(why)
    resolved = _resolved(said, order)
    if _accepted(resolved, known):
        return Read(resolved)
    # What one would ask of somebody who wrote it in YAML.
    if (near := nearest_words(resolved)) and _accepted(near):
        return Read(near, taken=f'"{said}" is read as "{near}"')
    if figures := _ON_SLASHES.fullmatch(said):
        raise ValueError(_no_day(figures))
    try:
        parse_due(said)
    except ValueError as error:  # it has the words for a record, which a sheet may have otherwise
        raise ValueError(str(error).replace(FORMS, _FORMS).replace(NOT_YET, '"TBC"')) from None
    raise ValueError(f'"{said}" does not say which milestone it counts from; write a date')


def _bare(said: str) -> str:
    return re.sub("^(?:by|due|date) |[.!]+$", "", said.casefold())


def _no_date(said: str, bare: str) -> str:
    """Say why words can be no date at all, "" where they may be one."""
    if re.fullmatch(r"-?\d+(?:\.\d+)?", said) and not re.fullmatch(r"(?:19|20)\d\d", said):
        return _no_number(said)
    if bare in _HOW_OFTEN:
        advice = "write the first day here, and how often in a column Repeats"
        return f'"{said}" says how often, not when; {advice}'
    if bare in _STANDS:
        return f'"{said}" says how it stands, not when; write it in a column Status'
    if len(said) > _LONGEST:
        return f"this is not a date: it has {len(said)} letters"
    return ""


def done_day(cell: Cell, order: Order | None) -> date | None:
    """Return the day that a cell gives, None where it gives none."""
    if cell.day:
        sure = cell.shown is Shown.DAY and _accepted(cell.day.isoformat())
        return cell.day if sure else None
    if len(cell.text) > _LONGEST:
        return None
    span = core(_resolved(" ".join(cell.text.split()), order))
    return span.last if span and span.precision == "day" else None


def undated(said: str) -> str:
    """Return words without a date as a record writes them."""
    return f"{UNDATED}{said if len(said) <= _LONGEST else f'{said[: _LONGEST - 1]}…'}"


def told(habit: Habit) -> str:
    """Say what is taken for granted of a column's dates."""
    more = len(habit.assumed) - 1
    others = f" (also in row {numbers(habit.assumed[1:])})" if more else ""
    return (
        f'"{habit.example}" can be read two ways{others}: the day is taken to stand first; if that '
        "is wrong, write dates as 2027-03-31"
    )


def _accepted(said: str, known: Collection[str] = ()) -> bool:
    try:
        due = parse_due(said)
    except ValueError:
        return False
    return due.waits_for is None or due.waits_for in known


def _no_number(said: str) -> str:
    """Say why a number is no date: as a spreadsheet program counts days, it may have been one."""
    days = float(said)
    if _FIRST_SERIAL <= days <= _LAST_SERIAL:
        day = words.day(_EPOCH + timedelta(days=int(days)))
        return (
            f"{said} is a number, not a date; if {day} is meant, give the cell the form of a date"
        )
    return f"{said} is a number, not a date; write a date, as 31 March 2027"


def _no_day(match: re.Match[str]) -> str:
    """Say why a date in figures has no day: none is so written, or two are."""
    days = [words.day(day) for one in Order if (day := _day(match, one))]
    if not days:
        return f'"{match[0]}" is no day of the calendar'
    return (
        f'"{match[0]}" can be {" or ".join(days)}, and the column has dates in either order; '
        "write it as 2027-03-31"
    )


def _resolved(said: str, order: Order | None) -> str:
    """Write the dates in some words out, as a record words them."""
    text = _CLOCK.sub("", said)
    text = _YEAR_FIRST.sub(lambda one: f"{one[1]}-{one[2]:0>2}-{one[3]:0>2}", text)
    text = _ON_SLASHES.sub(lambda one: _in_figures(one, order), text)
    text = _DAY_BY_NAME.sub(lambda one: f"{int(one[1])} {_month(one[2])} {_year(one[3])}", text)
    text = _DAY_AFTER.sub(lambda one: f"{int(one[2])} {_month(one[1])} {one[3]}", text)
    text = _MONTH_BY_NAME.sub(lambda one: f"{_month(one[1])} {_year(one[2])}", text)
    text = _MONTH_ON_SLASH.sub(lambda one: f"{_MONTHS[int(one[1]) - 1]} {one[2]}", text)
    text = _FINANCIAL.sub(_financial, text)
    text = _WEEKDAY.sub("", text)
    text = re.sub(r"\b(?:the )?end(?: of)? (?=[A-Z\d])", "the end of ", text)
    return _week(text)


def _month(name: str) -> str:
    """Return the month that a name in full, or its first letters, stand for."""
    return next(month for month in _MONTHS if month.startswith(name[:3].title()))


def _year(digits: str) -> str:
    return digits if len(digits) == 4 else f"20{digits}"


def _in_figures(match: re.Match[str], order: Order | None) -> str:
    """Write a date in figures as year, month and day, if it is one.

    What only one order allows is in that one; what both do stays as it is where none is known.
    """
    days = {one: day for one in Order if (day := _day(match, one))}
    if order in days:
        return days[order].isoformat()
    return days.popitem()[1].isoformat() if len({*days.values()}) == 1 else match[0]


def _day(match: re.Match[str], order: Order | None) -> date | None:
    one, other = int(match[1]), int(match[3])
    day, month = (one, other) if order is Order.DAY else (other, one)
    try:
        return date(int(_year(match[4])), month, day)
    except ValueError:
        return None


def _financial(match: re.Match[str]) -> str:
    """Write a financial year out; two other figures stay as they are."""
    first, second = int(match[1]), int(match[2])
    if second != (first + 1) % 100 or first < 12:
        return match[0]
    quarter = re.search(r"\b[qh]\d $", match.string[: match.start()], re.IGNORECASE)
    return f"{'' if quarter else 'FY '}20{first:02}-{second:02}"


def _week(text: str) -> str:
    """Write a week out as its seven days."""
    match = _WEEK.fullmatch(text)
    span = core(match["first"] or match["last"]) if match else None
    if match is None or span is None or span.precision != "day":
        return text
    first = span.first if match["first"] else span.first - timedelta(days=6)
    return f"{words.day(first)} to {words.day(first + timedelta(days=6))}"
