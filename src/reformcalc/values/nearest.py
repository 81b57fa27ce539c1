"""Why date words are refused, and the nearest form that would be accepted."""

from __future__ import annotations

import calendar
import re
from datetime import timedelta
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
    '"2023-12-31", "September 2023", "spring 2024", "2027", "FY 2026-27", "Q4 2026-27", '
    '"early 2025", "by the end of 2023", "from April 2023", "before 2026"'
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


_TERMS = {
    "autumn": "september to december",
    "spring": "january to march",
    "summer": "april to july",
}
# What documents print for words that we read.
_SAID_AS: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    # A school year runs from September to August.
    (re.compile(rf"\bend of {_SCHOOL_YEAR}"), lambda one: f"end of august {int(one[1]) + 1}"),
    (re.compile(_SCHOOL_YEAR), lambda one: f"september {one[1]} to august {int(one[1]) + 1}"),
    (
        re.compile(rf"\b(?:the )?({'|'.join(_TERMS)}) term (?:of )?(?=\d{{4}}\b)"),
        lambda one: f"{_TERMS[one[1]]} ",
    ),
    (re.compile(r"\b(?:the )?financial year (?=\d{4}[/–-]\d)"), "fy "),
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
    (re.compile(r"(?<!fy )\b((?:19|20|21)\d\d-\d\d)\b(?!-)"), r"fy \1"),
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
    if said := _of_spans(words):
        return said
    if re.match(r"within |\w+ (?:day|week|month|year)s? (?:after|from|of|before) ", words.lower()):
        forms = '"within 6 months of ID" or "6 weeks before ID"'
        return f'"{words}" is not a date; write {forms} with a milestone\'s id'
    if nearest := nearest_words(words):
        return f'"{words}" is not a date; did you mean "{nearest}"?'
    if re.search(r"\bparliament|\btime\b|allow", words.lower()):
        return f'"{words}" is not a date; a condition begins with "when", "once" or "subject to"'
    if re.search(r"(?<!\d)(?!19|20|21)\d{4}(?!\d)", words):
        return f'"{words}" is not a date; years run from 1900 to 2199'
    worded = {*re.findall(r"[a-z]+", words.lower())} & {*MONTHS, *SEASONS, "year"}
    begins, _, _ = words.partition(" to ")  # of a run, each end may need a year of its own
    if worded and not re.search(r"\d{4}", begins):
        example = '"spring 2024" or "by the end of 2023"'
        return f'"{words}" is not a date without its year; write it resolved, as {example}'
    return f'"{words}" is not a date; write {FORMS}'


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
        return f" is not a date; {NO_DAY}"
    if match := re.search(r"\b(\d\d?)/(\d\d?)/((?:20)?\d\d)\b", words):
        year, one, other = f"20{match[3][-2:]}", match[1], match[2]
        orders = (f"{year}-{other:0>2}-{one:0>2}", f"{year}-{one:0>2}-{other:0>2}")
        days = [day for day in orders if iso_day(day)]
        fault = "could be read two ways" if len(set(days)) == 2 else "is not a date"
        return f' {fault}; write the day as "{days[0] if days else "2026-04-01"}"'
    return None


_DAY_OF_MONTH = re.compile(rf"\b(?P<day>\d\d?) (?P<month>{'|'.join(MONTHS)})\b")


def _beyond_the_month(match: re.Match[str]) -> bool:
    """Whether no year has such a day."""
    return int(match["day"]) > calendar.monthrange(2000, MONTHS[match["month"]])[1]


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
    near = get_close_matches(part, (*MONTHS, *SEASONS, *THIRDS, *LEADS), n=1, cutoff=0.75)
    word = near[0] if near else part
    return {"fy": "FY"}.get(word, word.title() if word in MONTHS else word)
