"""Dates that come round again."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest

from reformcalc.values import recurrence
from reformcalc.values.due import parse_due
from reformcalc.values.recurrence import last_occurrence, meeting, occurrences, parse_period

if TYPE_CHECKING:
    from collections.abc import Callable

    from reformcalc.values.due import Due


@pytest.mark.parametrize(
    ("words", "period", "times"),
    [
        ("31 January 2027", "monthly", ["31 January 2027", "28 February 2027", "31 March 2027"]),
        (
            "29 February 2024",
            "yearly",
            ["28 February 2025", "28 February 2026"],
        ),
        ("2026-11-30", "quarterly", ["2026-11-30", "2027-02-28", "2027-05-30"]),
        ("the end of April 2026", "monthly", ["the end of May 2026", "the end of June 2026"]),
        ("before 1 July 2026", "monthly", ["before 1 August 2026", "before 1 September 2026"]),
        ("by Spring 2026", "yearly", ["by Spring 2027", "by Spring 2028"]),
        ("winter 2026", "yearly", ["winter 2027"]),
        ("FY 2026-27", "yearly", ["FY 2027-28"]),
        ("Q4 2026-27", "quarterly", ["Q1 2027-28", "Q2 2027-28"]),
        ("Q4 2026-27", "yearly", ["Q4 2027-28"]),
        ("H1 2026-27", "yearly", ["H1 2027-28"]),
        ("April to June 2026", "yearly", ["April to June 2027"]),
        ("1 April 2026 to 14 April 2026", "monthly", ["1 May 2026 to 14 May 2026"]),
        ("1st May 2026", "monthly", ["1st May 2026", "1 June 2026"]),
        ("from december 2026", "monthly", ["from January 2027"]),
        ("7 December 2026", "weekly", ["14 December 2026", "21 December 2026"]),
        ("2026-12-07", "every 6 weeks", ["2027-01-18", "2027-03-01"]),
        ("7 December 2026", "six-weekly", ["18 January 2027", "1 March 2027"]),
        ("by 28 February 2028", "every 1 week", ["by 6 March 2028"]),
        ("7 December 2026 to 11 December 2026", "weekly", ["14 December 2026 to 18 December 2026"]),
        ("31 August 2026", "half-yearly", ["28 February 2027", "31 August 2027"]),
        ("H2 2026-27", "half-yearly", ["H1 2027-28", "H2 2027-28"]),
        ("Q3 2026-27", "half-yearly", ["Q1 2027-28", "Q3 2027-28"]),
        ("1 May 2026", "every 2 months", ["1 July 2026", "1 September 2026"]),
        ("2026", "every 2 years", ["2028"]),
        ("spring 2026", "2-yearly", ["spring 2028"]),
    ],
)
def test_a_date_comes_round_in_its_own_words(words: str, period: str, times: list[str]) -> None:
    """Each time is the same words a period later; the 31st is cut to the last of a short month."""
    found = [one.text for one in occurrences(parse_due(words), period, until=date(2029, 1, 1))]
    assert found[0] == words
    assert found[0 if times[0] == words else 1 :][: len(times)] == times


@pytest.mark.parametrize(
    ("words", "period", "said"),
    [
        ("spring 2026", "monthly", "cannot come round every month"),
        ("2026", "quarterly", "cannot come round every 3 months"),
        ("Q4 2026-27", "monthly", "cannot come round every month"),
        ("H1 2026-27", "quarterly", "cannot come round every 3 months"),
        ("April to May 2026", "quarterly", "cannot come round every 3 months"),
        ("April 2026 to June 2026", "monthly", "too long a time to come round monthly"),
        ("30 May 2026 to 31 May 2026", "monthly", '"30 June 2026 to 30 June 2026" is no span'),
        ("January 2199", "monthly", "too late to come round"),
        ("2199", "yearly", "too late to come round"),
        ("after 2026", "yearly", "no first and last day"),
        ("December 2026", "weekly", "cannot come round every week; write a day"),
        ("Q3 2026-27", "every 6 weeks", "cannot come round every 6 weeks; write a day"),
        ("April to 5 May 2026", "weekly", "cannot come round every week; write a day"),
        ("7 December 2026 to 13 December 2026", "weekly", None),
        ("7 December 2026 to 14 December 2026", "weekly", "too long a time to come round weekly"),
        ("in due course", "yearly", "no first and last day"),
        ("within 6 months of the-act", "yearly", "no first and last day"),
    ],
)
def test_what_cannot_come_round_is_refused(words: str, period: str, said: str | None) -> None:
    """A season each month, or a span longer than its period, is refused with the reason."""
    if said is None:
        assert meeting(parse_due(words), period, until=date.max) is None
        return
    with pytest.raises(ValueError, match=said):
        occurrences(parse_due(words), period, until=date(2029, 1, 1))


def test_times_end_with_the_calendar() -> None:
    """However far ahead one asks, the times end where date words do; before the first is none."""
    due = parse_due("31 January 2027")
    assert [*occurrences(due, "monthly", until=date.max)][-1].text == "31 December 2198"
    assert last_occurrence(due, "monthly", until=date.max).text == "31 December 2198"
    assert [*occurrences(due, "monthly", until=date(2027, 1, 30))] == []
    assert [*occurrences(due, "monthly", since=date.max, until=date.max)] == []
    (only,) = occurrences(parse_due("31 December 2198"), "monthly", until=date.max)
    assert only.text == "31 December 2198"


@pytest.mark.parametrize(
    ("words", "period", "since", "until", "times"),
    [
        ("7 December 2026", "weekly", "2026-12-14", "2026-12-21", ["14 ", "21 "]),
        ("7 December 2026", "weekly", "2026-12-15", "2026-12-20", []),
        ("7 December 2026 to 9 December 2026", "weekly", "2026-12-09", "2026-12-14", ["7 ", "14 "]),
        ("7 December 2026 to 9 December 2026", "weekly", "2026-12-10", "2026-12-13", []),
        ("5 May 2026", "monthly", "2026-06-05", "2026-07-05", ["5 June", "5 July"]),
        ("5 May 2026", "monthly", "2026-06-06", "2026-07-04", []),
        ("May 2026", "monthly", "2026-06-30", "2026-07-01", ["June", "July"]),
    ],
)
def test_times_from_a_day_until_another(
    words: str, period: str, since: str, until: str, times: list[str]
) -> None:
    """One that ends on the first of these days is among them, and one that begins on the last."""
    low, high = map(date.fromisoformat, (since, until))
    found = [one.text for one in occurrences(parse_due(words), period, since=low, until=high)]
    assert len(found) == len(times)
    assert all(text.startswith(begins) for text, begins in zip(found, times, strict=True))
    if times:
        assert last_occurrence(parse_due(words), period, until=high).text == found[-1]


def test_times_that_share_a_day_are_found() -> None:
    """In a month too short for both, the second begins on the day on which the first ends."""
    due = parse_due("29 March 2026 to 28 April 2026")
    met = meeting(due, "monthly", until=date(2035, 12, 31))
    assert met is not None
    assert [one.text for one in met] == [
        "29 January 2027 to 28 February 2027",
        "28 February 2027 to 28 March 2027",
    ]
    assert meeting(due, "monthly", until=date(2027, 2, 27)) is None


@pytest.mark.parametrize("words", ["31 January 1900", "15 January 1900 to 14 February 1900"])
def test_a_time_is_found_without_those_before_it(words: str) -> None:
    """Three centuries on, the next time takes about as many words as a month on."""
    due = parse_due(words)

    def worded(ask: Callable[[], object]) -> int:
        recurrence.moved_on.cache_clear()
        with patch.object(recurrence, "parse_due", wraps=parse_due) as read:
            ask()
        return read.call_count

    def following(since: date) -> Due:
        return next(occurrences(due, "monthly", since=since, until=date.max))

    far = worded(lambda: following(date(2198, 1, 31)))
    assert far <= worded(lambda: following(date(1900, 3, 31))) + 1 < 5
    assert worded(lambda: last_occurrence(due, "monthly", until=date(2198, 1, 20))) < 5
    assert worded(lambda: meeting(due, "monthly", until=date.max)) < 10


@pytest.mark.parametrize(
    "text",
    [
        *("weekly", "monthly", "quarterly", "half-yearly", "yearly", "termly"),
        *("every  6 weeks", "six-weekly", "every two years", "every 1 month", "99-weekly"),
    ],
)
def test_how_often_is_said_in_words(text: str) -> None:
    """A word of the list, or a count with weeks, months or years, in digits or spelt out."""
    assert parse_period(text) == " ".join(text.split())


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("often", ""),
        ("montly", 'did you mean "monthly"'),
        ("every 0 weeks", ""),
        ("every 100 weeks", ""),
        ("every few weeks", ""),
        ("every 6 days", ""),
        ("every 6 weeks from now", ""),
        ("x-weekly", ""),
        ("bi-weekly", ""),
    ],
)
def test_what_does_not_say_how_often_is_refused(text: str, hint: str) -> None:
    """With the words and the form that do; "bi-weekly" is read two ways."""
    with pytest.raises(ValueError, match='or "every 6 weeks"') as refused:
        parse_period(text)
    assert hint in str(refused.value)
