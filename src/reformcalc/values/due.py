"""Date words as documents print them, to the earliest and the latest day that they can mean.

"spring 2024" is 1 March to 31 May 2024; "by the end of 2023" is 31 December; "when parliamentary
time allows" has no day. The words are kept beside the days, and never guessed at: what is not in
the grammar is refused with the nearest form that is (`nearest`).

    CORE    a phrase that names one span of days (`spans`)
    due     CORE | by CORE | from CORE | before CORE | after CORE
            | CORE..CORE (from the first day of one to the last of the other)
            | within 6 months of MILESTONE | 6 weeks before MILESTONE | words without a date
            | undated: WORDS (what a sheet says in the place of a date)
    day     CORE | DAY..DAY (when something happened, known only between two days)

What counts on from another milestone has no days until that one has come; what counts back from one
has days as soon as that one has a date (`Due.counted_from`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta

from reformcalc.values.nearest import (
    EVENT_FORMS,
    FORMS,
    LEADS,
    NO_DAY,
    advice,
    advice_on_event,
    days_in_figures,
    names_a_day,
    nearest_words,
)
from reformcalc.values.spans import MONTHS, SEASONS, core, iso_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reformcalc.values.spans import Span

# Words that say when without saying which day, followed by what it waits for. Anything else
# without a date is refused.
_CONDITION = re.compile(
    r"(?:when|once|if|subject to|after|following) (?P<event>.+)"
    r"|in due course|by the end of th(?:e|is) parliament"
)
WAITS = re.compile(
    r"(?P<within>within )?(?P<number>[1-9][0-9]{0,2}) (?P<unit>day|week|month|year)s? "
    r"(?(within)of|before) (?P<id>[a-z0-9]+(?:-[a-z0-9]+)*)"
)
_YEAR_FIRST = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")
_YEAR_LAST = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4})")
# A month by its name or the first three letters of that: "sept" too.
_MONTHS = MONTHS | {name[:3]: number for name, number in MONTHS.items()} | {"sept": 9}
_WEEKDAYS = "(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)? +)?"
_TH = "(?:st|nd|rd|th)?"
_DAY_BY_NAME = re.compile(
    rf"{_WEEKDAYS}(?:(?P<day>[0-9]{{1,2}}){_TH} +)?(?P<month>{'|'.join(_MONTHS)})"
    rf"(?(day)| +(?P<after>[0-9]{{1,2}}){_TH}) +(?P<year>[0-9]{{4}})"
)
UNDATED = "undated: "
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
    waits_for: str | None = None  # the id of the milestone that it counts from
    length: relativedelta | None = None  # for how long it counts
    back: bool = False  # whether it counts back from that milestone, and not on

    @property
    def dated(self) -> bool:
        """Whether the words set any day at all."""
        return self.earliest is not None or self.latest is not None

    def same_days(self, other: Due) -> bool:
        """Whether both mean the same days, however worded."""
        return self.dated and (self.earliest, self.latest) == (other.earliest, other.latest)

    def counted_from(self, event: Due) -> Due:
        """Return these words with their days, counted from those of the milestone that they name.

        On, they span from the first day on which it can have come to the length after the last;
        back, the days of the milestone as much earlier. The same words where `event` is undated.
        """
        assert self.length is not None, self.text
        first, last = event.earliest, event.latest
        if not first or not last:
            return self
        if self.back:
            first, last = first - self.length, last - self.length
        else:
            last += self.length
        edtf = f"{first}" if first == last else f"{first}/{last}"
        precision = "day" if first == last else "interval"
        return replace(self, earliest=first, latest=last, edtf=edtf, precision=precision)

    @property
    def ends(self) -> tuple[Due, Due] | None:
        """The two ends of words that name them, as FROM..TO; None of other words."""
        first, _, last = self.text.replace("..", " to ").partition(" to ")
        start, end = core(first), core(last)
        return (_worded(first, start), _worded(last, end)) if start and end else None


def parse_day(text: str) -> date:
    """Read one day, `2023-12-31`. Raises ValueError with the accepted form."""
    words = " ".join(text.split())
    span = iso_day(words)
    if span is not None:
        return span.last
    other = core(words) if len(words) <= _LONGEST else None
    if other is None and names_a_day(words):
        raise ValueError(f'"{words}" is not a day; {NO_DAY}')
    example = other.last if other and other.precision == "day" else "2023-12-31"
    raise ValueError(f'"{words}" is not a day; write it as year-month-day: "{example}"')


def typed_day(text: str) -> date:
    """Read one day as people type it: `2023-6-20`, `20 June 2023`, `Tuesday, June 20th, 2023`.

    Raises ValueError as `parse_day` does. A month in figures has to stand after the year: others
    read 6/20/2023 where we read 20/6/2023, which is offered as the day that it can only be.
    """
    words = " ".join(text.split())
    if len(words) <= _LONGEST:
        if figures := _YEAR_FIRST.fullmatch(words):
            year, month, day = figures.groups()
            return parse_day(f"{year}-{month:0>2}-{day:0>2}")
        if spelt := _DAY_BY_NAME.fullmatch(words.replace(",", " ").lower()):
            day, month = spelt["day"] or spelt["after"], _MONTHS[spelt["month"]]
            return parse_day(f"{spelt['year']}-{month:02}-{day:0>2}")
        if figures := _YEAR_LAST.fullmatch(words):
            raise ValueError(_offered(words, *figures.groups()))
    return parse_day(text)


def _offered(words: str, one: str, other: str, year: str) -> str:
    """Say how to write a day in figures whose year stands last, at each of its readings."""
    orders = (f"{year}-{other:0>2}-{one:0>2}", f"{year}-{one:0>2}-{other:0>2}")
    days = [f'"{day}"' for day in dict.fromkeys(orders) if iso_day(day)]
    if not days:
        return f'"{words}" is not a day; {NO_DAY}'
    fault = "can be read two ways" if len(days) > 1 else "has its year last"
    return f'"{words}" {fault}; write {" or ".join(days)}'


def parse_due(text: str) -> Due:
    """Read when something is due. Raises ValueError with the nearest form that is accepted."""
    words = " ".join(text.split())
    if len(words) > _LONGEST:
        raise ValueError(f"this is not a date: it has {len(words)} letters; write {FORMS}")
    if words.startswith(UNDATED):
        return Due(words.removeprefix(UNDATED), None, None, None, "condition")
    if match := WAITS.fullmatch(words):
        return _counted(words, match)
    if due := _dated(words) or _from_to(words):
        return due
    if _is_condition(words):
        return Due(words, None, None, None, "condition")
    raise ValueError(advice(words))


@lru_cache(maxsize=1024)  # many quotations have the same dates in them
def _dated(words: str) -> Due | None:
    """Read words that set a day, or return None."""
    lead, _, rest = words.partition(" ")
    span = core(rest) if lead.lower() in LEADS else core(words)
    if span is None:
        return None
    match lead.lower():
        case "before":
            day = span.first - ONE_DAY
            return Due(words, day, day, day.isoformat(), "day")
        case "after":
            day = span.last + ONE_DAY
            return Due(words, day, None, f"{day.isoformat()}/..", span.precision)
        case _:
            return _worded(words, span)


def _from_to(words: str) -> Due | None:
    """Read FROM..TO, or return None; what makes no run is refused as "FROM to TO" is."""
    first, dots, last = words.partition("..")
    if not dots:
        return None
    run = f"{first.strip()} to {last.strip()}"
    span = core(run)
    if span is None:
        raise ValueError(advice(run).replace(run, words, 1))
    return _worded(words, span)


def _counted(words: str, match: re.Match[str]) -> Due:
    length = relativedelta(**{f"{match['unit']}s": int(match["number"])})  # type: ignore[arg-type]
    back = not match["within"]
    return Due(words, None, None, None, "condition", match["id"], length, back)


def parse_when(text: str) -> Due:
    """Read when something happened or was published: date words, or two days `DAY..DAY`.

    Raises ValueError with the nearest form that is accepted. Always dated.
    """
    words = " ".join(text.split())
    if len(words) > _LONGEST:
        raise ValueError(f"this is not a date: it has {len(words)} letters; write {EVENT_FORMS}")
    first, dots, last = words.partition("..")
    if dots:
        low, high = parse_day(first), parse_day(last)
        if low > high:
            raise ValueError(f'"{text}" runs backwards; write the earlier day first')
        return Due(words, low, high, f"{low}/{high}", "interval")
    span = core(words)
    if span is None:
        raise ValueError(advice_on_event(words))
    return _worded(words, span)


def dues_in(words: str) -> list[Due]:
    """Return every date phrase that a quotation prints, at every reading of its words.

    "in spring 2024" yields both `spring 2024` and `2024`, so that a due can be found in it.
    """
    return [due for phrase in _phrases(words) if (due := _dated(phrase))]


def dues_in_short(words: str) -> list[Due]:
    """Return every date that a text writes as people shorten it: "31/03/2027", "Mar-27".

    Where the day or the month may stand first, both readings.
    """
    near = filter(None, map(nearest_words, _phrases(words)))
    return [due for one in (*days_in_figures(words), *near) if (due := _dated(one))]


def _phrases(words: str) -> Iterator[str]:
    """Yield the runs of a few words of a text that end in one with a figure."""
    plain = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", words)
    tokens = [token.strip(".,;:()[]*\"'“”‘’") for token in plain.split()]
    ends = [place + 1 for place, token in enumerate(tokens) if any(map(str.isdigit, token))]
    yield from (
        " ".join(tokens[start:end])
        for start in range(len(tokens))
        for end in ends
        if start < end <= start + 7
    )


def _worded(words: str, span: Span) -> Due:
    return Due(words, span.first, span.last, span.edtf, span.precision)


def _is_condition(words: str) -> bool:
    """Whether words name an event without a date; a month or season that lacks its year is none."""
    match = _CONDITION.fullmatch(words.lower())
    if match is None or any(letter.isdigit() for letter in words):
        return False
    return match["event"] not in {*MONTHS, *SEASONS}
