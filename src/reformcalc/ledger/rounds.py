"""The times of what comes round: which there are, which were kept, which is the next to keep."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from reformcalc.values.recurrence import TERMLY, last_occurrence, occurrences

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeAlias

    from reformcalc.record.model import Kept, Milestone
    from reformcalc.values.due import Due

    Days: TypeAlias = tuple[date | None, date | None]


def times(milestone: Milestone, *, since: date = date.min, until: date = date.max) -> Iterator[Due]:
    """Yield the times that end by no day before `since` and begin by `until`, in order."""
    assert milestone.repeats is not None
    if milestone.until and milestone.until.latest:
        until = min(until, milestone.until.latest)
    if milestone.repeats == TERMLY:
        given = (milestone.due, *milestone.terms)
        return (one for one in given if _ends(one) >= since and _begins(one) <= until)
    return occurrences(milestone.due, milestone.repeats, since=since, until=until)


def last_time(milestone: Milestone, until: date = date.max) -> Due:
    """Return the last time that begins by a day; the first where none does."""
    assert milestone.repeats is not None
    if milestone.until and milestone.until.latest:
        until = min(until, milestone.until.latest)
    if milestone.repeats == TERMLY or until < _begins(milestone.due):
        return [milestone.due, *times(milestone, until=until)][-1]
    return last_occurrence(milestone.due, milestone.repeats, until=until)


def first_time(then: Milestone, as_of: date) -> Due | None:
    """Return the first time not kept, of a milestone as known on a day; None after the last.

    So a missed one is past, and not gone. Of what no time is recorded as kept, and of a duty of
    many, that is the one now or next: the record does not follow each time. In one's own plan the
    file is the evidence, and a time that it does not tick was not kept.
    """
    followed = then.own or (then.done and then.nature != "duty")
    return next(_left(then, date.min if followed else as_of, date.max), None)


def times_left(then: Milestone, as_of: date, until: date) -> Iterator[Due]:
    """Yield the times not kept that have not passed and begin in a horizon."""
    return _left(then, as_of, until)


def _left(then: Milestone, since: date, until: date) -> Iterator[Due]:
    kept = {_days(time_kept(then, one)) for one in then.done}
    return (one for one in times(then, since=since, until=until) if _days(one) not in kept)


def time_kept(milestone: Milestone, kept: Kept) -> Due:
    """Return which of its times was kept: the one that is named, else the nearest to the day.

    Of two as near it is the earlier.
    """
    if kept.time:
        return kept.time
    near = (last_time(milestone, kept.on), *islice(times(milestone, since=kept.on), 1))
    return min(near, key=lambda one: _far(one, kept.on))


def is_time(milestone: Milestone, named: Due) -> bool:
    """Whether words name one of the times that a milestone comes round."""
    if not named.earliest or not named.latest:
        return False
    found = times(milestone, since=named.earliest, until=named.latest)
    return any(one.same_days(named) for one in found)


def _days(time: Due) -> Days:
    return time.earliest, time.latest


def _far(time: Due, day: date) -> timedelta:
    return max(_begins(time) - day, day - _ends(time), timedelta(0))


def _begins(time: Due) -> date:
    assert time.earliest is not None, "the rule repeats-fit sees to it"
    return time.earliest


def _ends(time: Due) -> date:
    assert time.latest is not None, "the rule repeats-fit sees to it"
    return time.latest
