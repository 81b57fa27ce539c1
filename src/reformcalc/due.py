"""Date words as documents print them, to the earliest and the latest day that they can mean.

"spring 2024" is 1 March to 31 May 2024; "by the end of 2023" is 31 December; "when parliamentary
time allows" has no day. The words are kept beside the days, and never guessed at: what is not in
the grammar below is refused with the nearest form that is.

    core    2023-12-31 | 31 December 2023 | December 2023 | spring 2023 | 2023 | FY 2023-24
            | Q4 2023-24 | H1 2023-24 | early/mid/late 2023 | early/mid/late FY 2023-24
            | the end of CORE | CORE to CORE
    due     CORE | by CORE | from CORE | before CORE | after CORE | words without a date
    day     CORE | DAY..DAY (when something happened, known only between two days)

Seasons are calendar months: spring is March to May, winter December to February. Quarters and
halves name a financial year. Early, mid and late are thirds of a year.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from difflib import get_close_matches
from typing import TYPE_CHECKING

from reformcalc.years import FinancialYear, parse_year

if TYPE_CHECKING:
    from collections.abc import Callable

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}  # first month of each
_EDTF_SEASON = {"spring": 21, "summer": 22, "autumn": 23, "winter": 24}
_THIRDS = {"early": 0, "mid": 4, "late": 8}  # months after the first of the year
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})"
_YEAR = r"(?P<year>(?:19|20|21)\d\d)"
_DAY_IN_WORDS = rf"(?P<day>\d\d?)(?:st|nd|rd|th)? {_MONTH} {_YEAR}"
_NAMED_DAY = re.compile(rf"\d{{4}}-\d\d-\d\d|{_DAY_IN_WORDS}", re.IGNORECASE | re.ASCII)
_NO_DAY = "there is no such day from 1900 to 2199"
_FY = r"(?P<fy>\d{4}-\d{2})"
# Words that say when without saying which day, followed by what it waits for. Anything else
# without a date is refused.
_CONDITION = re.compile(
    r"(?:when|once|if|subject to|after|following) (?P<event>.+)"
    r"|in due course|by the end of th(?:e|is) parliament"
)
_FORMS = (
    '"2023-12-31", "September 2023", "spring 2024", "2027", "FY 2026-27", "Q4 2026-27", '
    '"early 2025", "by the end of 2023", "from April 2023", "before 2026"'
)
ONE_DAY = timedelta(days=1)
_LONGEST = 120  # letters; no document words a date at such length


@dataclass(frozen=True, slots=True)
class Due:
    """Date words with the days they span, both included.

    `earliest` and `latest` are None where the words set no such day; both are None for words that
    cannot be dated. `edtf` is the span in ISO 8601-2 form, an interval where it has no code.
    `precision` says how closely the words date: day, month, season, year, condition and so on.
    """

    text: str
    earliest: date | None
    latest: date | None
    edtf: str | None
    precision: str

    @property
    def dated(self) -> bool:
        """Whether the words set any day at all."""
        return self.earliest is not None or self.latest is not None

    def same_days(self, other: Due) -> bool:
        """Whether both mean the same days, however worded."""
        return self.dated and (self.earliest, self.latest) == (other.earliest, other.latest)


def parse_day(text: str) -> date:
    """Read one day, `2023-12-31`. Raises ValueError with the accepted form."""
    words = " ".join(text.split())
    span = _day(words)
    if span is not None:
        return span.last
    other = _core(words) if len(words) <= _LONGEST else None
    if other is None and _NAMED_DAY.fullmatch(words):
        raise ValueError(f'"{words}" is not a day; {_NO_DAY}')
    example = other.last if other and other.precision == "day" else "2023-12-31"
    raise ValueError(f'"{words}" is not a day; write it as year-month-day: "{example}"')


def parse_due(text: str) -> Due:
    """Read when something is due. Raises ValueError with the nearest form that is accepted."""
    words = " ".join(text.split())
    if len(words) > _LONGEST:
        raise ValueError(f"this is not a date: it has {len(words)} letters; write {_FORMS}")
    if due := _dated(words):
        return due
    if _is_condition(words):
        return Due(words, None, None, None, "condition")
    raise ValueError(_advice(words))


def _dated(words: str) -> Due | None:
    """Read words that set a day, or return None."""
    lead, _, rest = words.partition(" ")
    core = _core(rest) if lead.lower() in ("by", "from", "before", "after") else _core(words)
    if core is None:
        return None
    match lead.lower():
        case "before":
            day = core.first - ONE_DAY
            return Due(words, day, day, day.isoformat(), "day")
        case "after":
            day = core.last + ONE_DAY
            return Due(words, day, None, f"{day.isoformat()}/..", core.precision)
        case _:
            return core.worded(words)


def parse_when(text: str) -> Due:
    """Read when something happened or was published: date words, or two days `DAY..DAY`.

    Raises ValueError with the accepted forms. Always dated.
    """
    words = " ".join(text.split())
    if len(words) > _LONGEST:
        raise ValueError(f"this is not a date: it has {len(words)} letters; write {_FORMS}")
    first, dots, last = words.partition("..")
    if dots:
        low, high = parse_day(first), parse_day(last)
        if low > high:
            raise ValueError(f'"{text}" runs backwards; write the earlier day first')
        return Due(words, low, high, f"{low}/{high}", "interval")
    core = _core(words)
    if core is None:
        if _NAMED_DAY.fullmatch(words):
            raise ValueError(f'"{text}" is not a date; {_NO_DAY}')
        message = f'"{text}" is not a date; write "2023-12-31", "September 2023" or '
        raise ValueError(message + '"2023-06-01..2023-11-16" where only the bounds are known')
    return core.worded(words)


def dues_in(words: str) -> list[Due]:
    """Return every date phrase that a quotation prints, at every reading of its words.

    "in spring 2024" yields both `spring 2024` and `2024`, so that a due can be found in it.
    """
    plain = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", words)
    tokens = [token.strip(".,;:()[]*\"'“”‘’") for token in plain.split()]
    found = []
    for start in range(len(tokens)):
        for end in range(start + 1, min(start + 7, len(tokens)) + 1):
            phrase = " ".join(tokens[start:end])
            if any(letter.isdigit() for letter in tokens[end - 1]) and (due := _dated(phrase)):
                found.append(due)
    return found


@dataclass(frozen=True, slots=True)
class _Span:
    """The days of a core phrase, both included, and their EDTF form."""

    first: date
    last: date
    edtf: str
    precision: str

    def worded(self, words: str) -> Due:
        return Due(words, self.first, self.last, self.edtf, self.precision)


def _core(text: str) -> _Span | None:
    """Read a phrase that names one span of days, or return None."""
    first, to, last = text.partition(" to ")
    return _run(first, last) if to else _simple(text)


def _run(first: str, last: str) -> _Span | None:
    """Read "July to August 2023": the first may leave out the year."""
    end = _simple(last)
    start = end and (_simple(first) or _simple(f"{first} {end.last.year}"))
    if start is None or end is None or start.last >= end.first:
        return None
    return _Span(start.first, end.last, f"{start.first}/{end.last}", "interval")


def _simple(text: str) -> _Span | None:
    words = text.lower() if text.isascii() else ""
    for form, read in _FORMS_READ:
        match = form.fullmatch(words)
        if match:
            try:
                return read(match)
            except ValueError:
                return None
    return None


def _day(text: str) -> _Span | None:
    match = re.fullmatch(rf"{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)", text)
    try:
        return _one_day(match) if match else None
    except ValueError:
        return None


def _one_day(match: re.Match[str]) -> _Span:
    month = _MONTHS.get(match["month"]) or int(match["month"])
    day = date(int(match["year"]), month, int(match["day"]))
    return _Span(day, day, day.isoformat(), "day")


def _one_month(match: re.Match[str]) -> _Span:
    return _months(int(match["year"]), _MONTHS[match["month"]], 1, "month")


def _one_season(match: re.Match[str]) -> _Span:
    season, year = match["season"], int(match["year"])
    span = _months(year, _SEASONS[season], 3, "season")
    return replace(span, edtf=f"{year}-{_EDTF_SEASON[season]}")


def _one_year(match: re.Match[str]) -> _Span:
    return replace(_months(int(match["year"]), 1, 12, "year"), edtf=match["year"])


def _one_financial_year(match: re.Match[str]) -> _Span:
    return _months(parse_year(match["fy"]).start, 4, 12, "financial year")


def _part_of_financial_year(match: re.Match[str]) -> _Span:
    months = 3 if match["part"] == "q" else 6
    kind = "quarter" if match["part"] == "q" else "half"
    year = parse_year(match["fy"])
    return _months(year.start, 4 + months * (int(match["number"]) - 1), months, kind)


def _third(match: re.Match[str]) -> _Span:
    skipped = _THIRDS[match["third"]]
    if match["fy"]:
        return _months(parse_year(match["fy"]).start, 4 + skipped, 4, "part of a year")
    return _months(int(match["year"]), 1 + skipped, 4, "part of a year")


def _end(match: re.Match[str]) -> _Span | None:
    core = _simple(match["rest"])
    return core and _Span(core.last, core.last, core.last.isoformat(), "day")


def _months(year: int, month: int, count: int, precision: str) -> _Span:
    """Span `count` whole months from a month, which may lie past December."""
    first_year, first_month = year + (month - 1) // 12, (month - 1) % 12 + 1
    end = first_year * 12 + first_month - 1 + count - 1
    last_year, last_month = divmod(end, 12)
    last_month += 1
    last = date(last_year, last_month, calendar.monthrange(last_year, last_month)[1])
    edtf = f"{first_year}-{first_month:02}"
    if count > 1:
        edtf += f"/{last_year}-{last_month:02}"
    return _Span(date(first_year, first_month, 1), last, edtf, precision)


_FORMS_READ: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], _Span | None]], ...] = (
    (re.compile(rf"{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)"), _one_day),
    (re.compile(_DAY_IN_WORDS), _one_day),
    (re.compile(rf"{_MONTH} {_YEAR}"), _one_month),
    (re.compile(rf"(?P<season>{'|'.join(_SEASONS)}) {_YEAR}"), _one_season),
    (re.compile(_YEAR), _one_year),
    (re.compile(rf"fy {_FY}"), _one_financial_year),
    (re.compile(rf"(?P<part>q)(?P<number>[1-4]) {_FY}"), _part_of_financial_year),
    (re.compile(rf"(?P<part>h)(?P<number>[12]) {_FY}"), _part_of_financial_year),
    (re.compile(rf"(?P<third>{'|'.join(_THIRDS)}) (?:{_YEAR}|fy {_FY})"), _third),
    (re.compile(r"(?:the )?end of (?P<rest>.+)"), _end),
)


def _is_condition(words: str) -> bool:
    """Whether words name an event without a date; a month or season that lacks its year is none."""
    match = _CONDITION.fullmatch(words.lower())
    if match is None or any(letter.isdigit() for letter in words):
        return False
    return match["event"] not in {*_MONTHS, *_SEASONS}


def _nearest(words: str) -> str | None:
    """Return the accepted phrase that a misspelt one most likely stands for."""
    known = (*_MONTHS, *_SEASONS, *_THIRDS, "by", "from", "before", "after", "the", "end", "of")
    spelt = words.lower().replace("mid-", "mid ").split()
    parts = [(get_close_matches(part, known, n=1) or [part])[0] for part in spelt]
    for attempt in (" ".join(parts), " ".join(parts).replace("end ", "the end of ")):
        titled = " ".join(part.title() if part in _MONTHS else part for part in attempt.split())
        if any(letter.isdigit() for letter in titled):
            lead, _, rest = titled.partition(" ")
            if _core(rest if lead in ("by", "from", "before", "after") else titled):
                return titled
    return None


def _advice(words: str) -> str:
    """Say why a phrase is refused, with the nearest form that is accepted."""
    if match := re.search(r"\b((?:19|20|21)\d\d)-(\d\d)\b(?!-)", words):
        year = FinancialYear(int(match[1]))
        if words == match[0]:
            return f'"{words}" could be a month or a year; write "FY {year}" for a financial year'
        if re.match(r"[qQhH]\d ", words):
            return f'"{words}" is not a date; quarters are Q1 to Q4, halves H1 and H2'
        return f'"{words}" is not a date; a financial year is written "FY {year}"'
    if match := re.fullmatch(r"([qh])(\d) (\d{4})", words, re.IGNORECASE):
        part, year = f"{match[1]}{match[2]}", FinancialYear(int(match[3]))
        return f'"{words}": a quarter or half names a financial year; write "{part} {year}"'
    if _NAMED_DAY.fullmatch(words):
        return f'"{words}" is not a date; {_NO_DAY}'
    if re.search(r"\d/\d", words):
        return f'"{words}" could be read two ways; write the day as "2026-04-01"'
    if nearest := _nearest(words):
        return f'"{words}" is not a date; did you mean "{nearest}"?'
    if re.search(r"\bparliament|\btime\b|allow", words.lower()):
        return f'"{words}" is not a date; a condition begins with "when", "once" or "subject to"'
    return f'"{words}" is not a date; write {_FORMS}'
