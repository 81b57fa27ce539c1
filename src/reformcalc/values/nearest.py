"""Why date words are refused, and the nearest form that would be accepted."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from difflib import get_close_matches
from functools import lru_cache
from itertools import combinations, takewhile
from typing import TYPE_CHECKING

from reformcalc.values.spans import MONTHS, NAMED_DAY, SEASONS, THIRDS, core, iso_day, simple
from reformcalc.values.years import FinancialYear

if TYPE_CHECKING:
    from collections.abc import Callable

    from reformcalc.values.spans import Span

FORMS = (
    'a day as "2027-03-31", or words such as "March 2027", "spring 2027", "2027", "FY 2026-27", '
    '"Q4 2026-27", "by the end of 2026", "from April 2027"'
)
EVENT_FORMS = (
    '"2023-12-31", "September 2023" or "2023-06-01..2023-11-16" where only the bounds are known'
)
NO_DAY = "there is no such day; write one of the calendar, from 1900 to 2199"
LEADS = ("by", "from", "before", "after")
_ANY_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_SCHOOL_YEAR = r"\b(?:the )?(?:academic|school) year ((?:19|20|21)\d\d)[/–-](?:\d\d)?\d\d\b"


def _week(match: re.Match[str]) -> str:
    """Return the seven days from one on, or the words where they name no day."""
    span = core(match[1])
    if span is None or span.precision != "day":
        return match[0]
    return f"{span.first} to {span.first + timedelta(days=6)}"


_MONTHS_BY_START = {name[:3]: name for name in MONTHS}
_TERMS = {
    "autumn": "september to december",
    "spring": "january to march",
    "summer": "april to july",
}


def _in_full(match: re.Match[str]) -> str:
    """Return a financial year of two figures each, or the words where they are none."""
    first, last = int(match[1]), int(match[2])
    return f"20{match[1]}-{match[2]}" if last == first + 1 else match[0]


_MONTH = rf"(?:{'|'.join(name[:3] for name in MONTHS)})[a-z]*"
# What documents print for words that we read.
_SAID_AS: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    # What is said beside a date: (TBC), (provisional), a question mark.
    (re.compile(r"\s*\((?!\d)[^)]*\)|\?+$"), ""),
    (
        re.compile(rf"\b({'|'.join(name[:3] for name in MONTHS if name != 'may')})t?\b\.?"),
        lambda one: _MONTHS_BY_START[one[1]],
    ),
    # A school year runs from September to August.
    (re.compile(rf"\bend of {_SCHOOL_YEAR}"), lambda one: f"end of august {int(one[1]) + 1}"),
    (re.compile(_SCHOOL_YEAR), lambda one: f"september {one[1]} to august {int(one[1]) + 1}"),
    (
        re.compile(rf"\b(?:the )?({'|'.join(_TERMS)}) term (?:of )?(?=\d{{4}}\b)"),
        lambda one: f"{_TERMS[one[1]]} ",
    ),
    (re.compile(r"\b(?:the )?(?:financial year|f\.?/?y\.?) ?(?=\d{2,4}[/–-]\d)"), "fy "),
    (re.compile(r"\b(?:quarter ?|qtr ?)(?=[1-4]\b)"), "q"),
    (re.compile(r"(?:^|(?<=fy )|(?<=[qh]\d ))(\d\d)[/–-](\d\d)$"), _in_full),
    (re.compile(r"^(?:fy )?(\d{4}[/–-]\d\d),? ([qh]\d)$"), r"\2 \1"),
    (re.compile(rf"\b({'|'.join(_TERMS)}) (\d{{4}}) term\b"), r"\1 term \2"),
    (re.compile(r"^((?:by |before |from )?)(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? (?=\d)"), r"\1"),
    # Days and months as spreadsheets write them: 31-Mar-27, Mar-27, Mar '27.
    (re.compile(rf"\b(\d\d?)[-/.]({_MONTH})[-/.](?:20)?(\d\d)\b"), r"\1 \2 20\3"),
    (re.compile(rf"\b({_MONTH})\.?(?: ?[-/’'] ?| )(\d\d)$"), r"\1 20\2"),
    (re.compile(rf"\b({_MONTH})\.?[-/.](\d{{4}})\b"), r"\1 \2"),
    (re.compile(rf"\b({'|'.join(SEASONS)}) ?['’]?(\d\d)$"), r"\1 20\2"),
    (re.compile(r"\b(?:the )?(?:calendar )?year (?=\d{4}\b)"), ""),
    (re.compile(r"\b(?:the )?(?:week (?:of|commencing|beginning|starting)|w/c) (.+)"), _week),
    (re.compile(r"\b(?:not before|(?:not|no) earlier than)\b"), "from"),
    (re.compile(r" or (?=[a-z])"), " to "),
    (
        re.compile(
            rf"\b(\d\d?)(?: (?:to|and|or) |\s?[–-]\s?)(\d\d?) ({'|'.join(MONTHS)}) (?=\d{{4}}\b)"
        ),
        r"\1 \3 to \2 \3 ",
    ),
    (re.compile(r"\s[–-]\s"), " to "),
    (re.compile(rf"\b({'|'.join(MONTHS)}) (\d\d?)(?:st|nd|rd|th)?,? (\d{{4}})\b"), r"\2 \1 \3"),
    (re.compile(r"\bfy(?=\d)"), "fy "),
    (re.compile(r"\b(mid|end)-"), r"\1 "),
    (re.compile(r"(?<=[a-z])[/–-](?=[a-z])"), " to "),
    (re.compile(r"\b(?:early|mid|late) (?=[a-z])"), ""),
    (re.compile(r"\b((?:19|20|21)\d\d)/(\d\d)\b"), r"\1-\2"),
    (re.compile(r"(?<!fy )(?<![qh]\d )\b((?:19|20|21)\d\d-\d\d)\b(?!-)"), r"fy \1"),
    (re.compile(r"\b([qh]\d) (?:of )?fy "), r"\1 "),
    (re.compile(r"\b(winter) fy (\d{4})-\d\d"), r"\1 \2"),
    (re.compile(r"\b(?:no later than|until|up to)\b"), "by"),
    (re.compile(r"\b(?:the )?(?:start|beginning) of\b"), "early"),
    (re.compile(r"\b(?:the )?first half of (\d{4})$"), r"January to June \1"),
    (re.compile(r"\b(?:the )?second half of (\d{4})$"), r"July to December \1"),
    (re.compile(r"\bend (?!of\b)"), "the end of "),
)


# One form of a date that is not accepted is most often written again and again.
_remembered = lru_cache(maxsize=1 << 12)


@_remembered
def advice(words: str) -> str:
    """Say why a phrase for when something is due is refused, with the nearest that is accepted."""
    if said := _of_no_date(words) or _of_spans(words):
        return said
    if match := re.fullmatch(
        r"(?:with)?in (?:the next )?(\w+ (?:day|week|month)s?)", words, re.IGNORECASE
    ):
        return (
            f'"{words}" is not a date; count it from today and write the day, as 2027-01-12, or '
            f'from a milestone by its id, as "within {match[1]} of ID"'
        )
    if re.match(r"within |\w+ (?:day|week|month|year)s? (?:after|from|of|before) ", words.lower()):
        forms = '"within 6 months of ID" or "6 weeks before ID"'
        return f'"{words}" is not a date; write {forms} with a milestone\'s id'
    if nearest := nearest_words(words):
        return f'"{words}" is not a date; did you mean "{nearest}"?'
    if re.search(r"\bparliament|\btime\b|allow", words.lower()):
        return f'"{words}" is not a date; a condition begins with "when", "once" or "subject to"'
    if re.search(r"(?<!\d)(?!19|20|21)\d{4}(?!\d)", words):
        return f'"{words}" is not a date; years run from 1900 to 2199'
    short = {name[:3] for name in MONTHS}
    worded = {*re.findall(r"[a-z]+", words.lower())} & {*MONTHS, *short, *SEASONS, "year"}
    begins, _, _ = words.partition(" to ")  # of a run, each end may need a year of its own
    if worded and not re.search(r"\d{4}", begins):
        return f'"{words}" is not a date without its year; {_with_a_year(words)}'
    return f'"{words}" is not a date; write {FORMS}; or where there is no date yet, {NOT_YET}'


def _with_a_year(words: str) -> str:
    """Show words that lack their year with one, where they are a date with it."""
    example = nearest_words(f"{words} 2027")
    return f'write it with its year, as "{example or "spring 2027"}"'


# What people write where there is no date, and what says so here.
NOT_YET = '"once the date is agreed"'
_BY_WHEN = "write the last day by which it is to be done, as 2027-03-31"
_NO_DATES = {
    f"where no date is set yet, write {NOT_YET}": (
        "tbc", "tba", "tbd", "to be confirmed", "to be agreed", "to be announced", "n/a", "na",
        "none", "not set", "not known", "unknown", "no date", "?", "??", "-", "–", "awaiting",
        "to be decided", "to be determined", "pending", "date tbc", "x",
    ),
    f"{_BY_WHEN}; where there is none, {NOT_YET}": (
        "asap", "as soon as possible", "immediate", "immediately", "urgent", "urgently", "now",
        "today", "soon", "next week", "next month", "next year", "next quarter", "tomorrow",
        "short term", "medium term", "long term", "end of fy", "end of the fy", "eofy", "fye",
        "end of financial year", "end of the financial year", "year-end", "year end",
        "end of year", "end of the year",
    ),
    "write the day on which it is next looked at, as 2027-03-31, and on a line below it, for "
    f"example, repeats: quarterly; where there is none, {NOT_YET}": (
        "ongoing", "on-going", "on going", "rolling", "continuous", "continuing", "bau",
        "business as usual", "regularly", "regular", "throughout", "in progress", "all year",
        "daily", "weekly", "fortnightly", "monthly", "quarterly", "termly", "annually", "yearly",
        "annual", "always",
    ),
    'write the day on a line below it, as "done: 2026-11-20", and here the day on which it was '
    "due": ("done", "complete", "completed", "closed", "finished"),
}  # fmt: skip
_NO_DATE = {words: advice for advice, said in _NO_DATES.items() for words in said}


def _of_no_date(words: str) -> str | None:
    """Say what to write for words of no date, for a quarter without its year, for quotes."""
    plain = words.strip("\"'“”‘’").strip()
    bare = re.sub(rf"^(?:{'|'.join(LEADS)}|due|date) |[.!()\[\]]", "", plain.lower())
    if said := _NO_DATE.get(bare):
        return f'"{words}" is not a date; {said}'
    if match := re.fullmatch(r"(?:quarter |qtr ?|q)([1-4])(?: \(.*\))?", plain, re.IGNORECASE):
        months = ("April to June 2026", "July to September 2026", "October to December 2026",
                  "January to March 2027")[int(match[1]) - 1]  # fmt: skip
        return (
            f'"{words}" is not a date without its financial year; write "Q{match[1]} 2026-27" for '
            f"{months}, and the like"
        )
    if plain != words and (core(plain) or nearest_words(plain)):
        return f'"{words}" is not a date; write {nearest_words(plain) or plain} without the quotes'
    return None


@_remembered
def advice_on_event(words: str) -> str:
    """Say the same of when something happened, which a span of days alone can say."""
    if said := _of_spans(words):
        return said
    nearest = nearest_words(words)
    if nearest and core(nearest):
        return f'"{words}" is not a date; did you mean "{nearest}"?'
    return f'"{words}" is not a date; write {EVENT_FORMS}'


def _of_spans(words: str) -> str | None:
    """Say what is wrong with a phrase that comes near to a year, a day or a run."""
    if said := _of_financial_years(words) or _of_days(words):
        return f'"{words}"{said}'
    first, _, last = words.partition(" to ")
    if (start := simple(first)) and (end := simple(last)):
        return f'"{words}" is not a date: {_no_run(start, end, first)}'
    return None


def _no_run(start: Span, end: Span, first: str) -> str:
    """Say why two spans make no run."""
    if start == end:
        return f'it begins as it ends; write "{first}"'
    if start.first < end.first:
        return "its two ends overlap; begin it with a month or a day"
    return "it runs backwards; write the earlier one first"


def _of_financial_years(words: str) -> str | None:
    if match := re.search(r"\b((?:19|20|21)\d\d)-(\d\d)\b(?!-)", words):
        year, month = FinancialYear(int(match[1])), int(match[2])
        if words == match[0] and 1 <= month <= 12:
            if str(year) == words:
                return f' could be a month or a year; write "FY {year}" for a financial year'
            return (
                f' is not a date; write "{list(MONTHS)[month - 1].title()} {match[1]}" for a month'
            )
        if words == match[0]:
            return f' is not a date; write "FY {year}" for a financial year'
        if re.match(r"[qQhH]\d ", words):
            return " is not a date; quarters are Q1 to Q4, halves H1 and H2"
        if str(year) != match[0]:
            return f' is not a date; a financial year is written "FY {year}"'
    if match := re.fullmatch(r"(q[1-4]|h[12]) ((?:19|20|21)\d\d)", words, re.IGNORECASE):
        year = FinancialYear(int(match[2]))
        return f': a quarter or half names a financial year; write "{match[1]} {year}"'
    return None


def names_a_day(words: str) -> bool:
    """Whether words have the form of a day, though there may be no such day."""
    return bool(_ANY_ISO_DAY.fullmatch(words) or NAMED_DAY.fullmatch(words.lower()))


def _of_days(words: str) -> str | None:
    if names_a_day(words) or any(map(_beyond_the_month, _DAY_OF_MONTH.finditer(words.lower()))):
        return f" is not a date; {NO_DAY}{_last_of(words)}"
    figures = [_readings(match) for match in _IN_FIGURES.finditer(words)]
    if len(figures) > 1 and all(figures):
        return f' is not a date; write both ends, as "{figures[0][0]}..{figures[1][0]}"'
    if figures:
        days = figures[0]
        if not days:
            return f" is not a date; {NO_DAY}"
        fault = "could be read two ways" if len(days) == 2 else "is not a date"
        other = f', or "{days[1]}" if the month stands first' if len(days) == 2 else ""
        return f' {fault}; write the day as "{days[0]}"{other}'
    if match := _YEAR_FIRST.search(words):
        year, month, day = (one for one in match.group(1, 3, 4, 5, 6) if one)
        written = f"{year}-{month:0>2}-{day:0>2}"
        return f' is not a date; write the day as "{written}"' if iso_day(written) else None
    if _SERIAL.fullmatch(words):
        day_ = date(1899, 12, 30) + timedelta(days=int(words))
        return f' is not a date but a day as a spreadsheet counts it; write it as "{day_}"'
    return None


def _readings(match: re.Match[str]) -> list[str]:
    """Return the days that three figures can be, with the day before the month first."""
    year, one, other = f"20{match['year'][-2:]}", match["one"], match["other"]
    orders = (f"{year}-{other:0>2}-{one:0>2}", f"{year}-{one:0>2}-{other:0>2}")
    return [day for day in dict.fromkeys(orders) if iso_day(day)]


def days_in_figures(words: str) -> list[str]:
    """Return the days that a text writes in figures, at every reading of each."""
    return [day for match in _IN_FIGURES.finditer(words) for day in _readings(match)]


# A day in figures, as it is written in Britain, America and Germany; and with a time after it.
_IN_FIGURES = re.compile(
    r"(?<![\d./-])(?P<one>\d\d?)(?P<sign>[./ -]|\. )(?P<other>\d\d?)(?P=sign)"
    r"(?P<year>(?:20)?\d\d)(?![\d./-])"
)
_YEAR_FIRST = re.compile(r"(?<!\d)(20\d\d)(?:([-./ ])(\d\d?)\2(\d\d?)|(\d\d)(\d\d))(?!\d)")
_SERIAL = re.compile(r"[45]\d{4}")  # days since the end of 1899, as a spreadsheet counts them


def _last_of(words: str) -> str:
    """Say which is the last day of the month in which a day does not exist."""
    if match := re.search(r"((?:19|20|21)\d\d)-(\d\d)-\d\d", words):
        year, month = int(match[1]), int(match[2])
        if 1 <= month <= 12:
            last = calendar.monthrange(year, month)[1]
            return f"; {list(MONTHS)[month - 1].title()} {year} ends on {year}-{month:02}-{last}"
    return ""


_DAY_OF_MONTH = re.compile(rf"\b(?P<day>\d\d?) (?P<month>{'|'.join(MONTHS)})\b")


def _beyond_the_month(match: re.Match[str]) -> bool:
    """Whether no year has such a day."""
    return int(match["day"]) > calendar.monthrange(2000, MONTHS[match["month"]])[1]


@_remembered
def nearest_words(words: str) -> str | None:
    """Return the accepted phrase that a refused one most likely stands for.

    What is misspelt or shortened is put right, and as few words as possible are left out.
    """
    said = words.lower()
    for form, meant in _SAID_AS:
        said = form.sub(meant, said)
    parts = [part.strip(",.()") for part in said.split()]
    spelt = [*takewhile(_may_stand, map(_spelt, parts))]
    if len(spelt) < len(parts) or len(spelt) > _MOST_PARTS:
        return None
    left_out = [place for place, part in enumerate(spelt) if part in _SMALL]
    needless = {place for place in left_out if spelt[place] not in _SMALL_OF_DATES}
    perhaps = [place for place in left_out if place not in needless]
    for fewer in range(min(len(perhaps), _MOST_LEFT_OUT) + 1):
        # Of as many, those that come first are kept.
        for out in combinations(reversed(perhaps), fewer):
            parts = [spelt[at] for at in range(len(spelt)) if at not in needless.union(out)]
            lead, rest = (parts[0], parts[1:]) if parts[:1] and parts[0] in LEADS else ("", parts)
            if core(" ".join(rest)):
                return " ".join(filter(None, (lead, *rest)))
    return None


_WEEKDAYS = {name.lower() for name in calendar.day_name}
_SMALL = {"in", "on", "of", "the", "during", "around", "about", "expected", "likely"} | _WEEKDAYS
_OF_DATES = {*MONTHS, *SEASONS, *THIRDS, *LEADS, "fy", "end", "to"}
_SMALL_OF_DATES = {"of", "the"}  # those that stand in dates that are accepted
_SPELT = (*MONTHS, *SEASONS, *THIRDS, *LEADS)
_MOST_LEFT_OUT = 3  # of these
_MOST_PARTS = 9  # parts of a phrase; longer ones are not misspelt dates


def _may_stand(part: str) -> bool:
    """Whether a part may stand in a date, or be left out of one."""
    known = part.lower() in _OF_DATES or part in _SMALL
    return known or any(letter.isdigit() for letter in part)


@_remembered
def _spelt(part: str) -> str:
    """Return the word of the grammar that a part stands for, or the part itself."""
    months = [name.title() for name in MONTHS if len(part) > 2 and name.startswith(part)]
    if months:
        return months[0]
    word = part
    if sum(map(str.isdigit, part)) < 2:  # a number is no word misspelt, and there are many
        word = next(iter(get_close_matches(part, _SPELT, n=1, cutoff=0.75)), part)
    if word == "fy" or re.fullmatch(r"[qh]\d", word):
        return word.upper()
    return word.title() if word in MONTHS else word
