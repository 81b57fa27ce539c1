"""Rules on what comes round: its dates, and which of its times were kept."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from reformcalc.findings import Severity
from reformcalc.ledger.rounds import is_time, time_kept
from reformcalc.record.history import last_day
from reformcalc.rules.dates import kinds_of
from reformcalc.rules.registry import Violation, rule
from reformcalc.values.recurrence import TERMLY, meeting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reformcalc.findings import Route
    from reformcalc.record.model import Dataset, Milestone
    from reformcalc.values.due import Due


@rule("repeats-fit")
def repeats_fit(dataset: Dataset) -> Iterator[Violation]:
    """What repeats has a date that can come round, and no outcome but its end.

    `due` is the first time; the dates in its words move on by the period: "30 June 2026" yearly,
    "the end of April 2026" monthly. No time begins before the one before it has ended, in any
    month. By school term no calendar tells the times: `terms` lists each later one. What came of
    each time stands under `done`, so it is neither met nor moved; it can be dropped or superseded,
    and a duty in force. `until` says when it comes round for the last time.
    """
    for id_, milestone in dataset.milestones.items():
        route: Route = ("milestones", id_)
        if milestone.repeats is None:
            for name in ("until", "terms", "done"):
                if getattr(milestone, name):
                    message = _NOT_ROUND.format(name)
                    if name == "done" and milestone.own and len(milestone.done) > 1:
                        message = _DONE_TWICE
                    yield Violation((*route, name), message, on_key=True)
            continue
        if unfit := cannot_come_round(milestone):
            yield Violation((*route, "due"), unfit)
            continue
        if milestone.until and last_day(milestone.until) < _first(milestone):
            message = f"the last time, {milestone.until.text}, is before the first; check both"
            yield Violation((*route, "until"), message)
        ends = {"dropped", "superseded", "in-force"}
        come = [one for one in milestone.outcome if ends.isdisjoint(kinds_of(one))]
        if milestone.moved or come:
            message = "what repeats is not moved or met; write a milestone for that one time"
            yield Violation((*route, "outcome" if come else "moved"), message, on_key=True)


_NOT_ROUND = "{} is only for what repeats; write repeats, or take it out"
_DONE_TWICE = "done is on two days, and this does not come round; keep one day, or write repeats"
_YEARS = 9  # the longest time from one 29 February to the next, and one more


def cannot_come_round(milestone: Milestone) -> str:
    """Say why the dates of what repeats cannot be its times; "" where they can.

    Whether two times meet turns on the lengths of months, and these are all there in some years.
    """
    assert milestone.repeats is not None
    if milestone.repeats == TERMLY or milestone.terms:
        return _unfit_terms(milestone)
    start = milestone.due.earliest or date.max
    reach = date(min(start.year + _YEARS, date.max.year), 12, 31)
    if milestone.until:
        reach = min(reach, last_day(milestone.until))
    try:
        met = meeting(milestone.due, milestone.repeats, until=reach)
    except ValueError as error:
        return str(error)
    if met is None:
        return ""
    one, following = met
    return (
        f'"{milestone.due.text}" cannot come round {milestone.repeats}: "{following.text}" would '
        f'begin before "{one.text}" has ended; write a shorter time'
    )


def _unfit_terms(milestone: Milestone) -> str:
    if milestone.repeats != TERMLY:
        return "terms list the times of what comes round termly; write repeats: termly"
    if not milestone.terms:
        return (
            "no calendar tells the terms; add a line with the day of each later time, as "
            "terms: [2027-04-09, 2027-07-23]"
        )
    for one, following in pairwise((milestone.due, *milestone.terms)):
        if not (one.latest and following.earliest and following.latest):
            undated = following if one.latest else one
            return f'"{undated.text}" has no first and last day, so it is no time of a term'
        if following.earliest <= one.latest:
            return f'"{following.text}" begins before "{one.text}" has ended; put them in order'
    return ""


def _first(milestone: Milestone) -> date:
    assert milestone.due.earliest is not None, "what can come round has a first day"
    return milestone.due.earliest


@rule("done-fits")
def done_fits(dataset: Dataset) -> Iterator[Violation]:
    """Each time that was kept is one of those that come round, ticked once.

    `done` has the day on which each was done. It stands for the nearest time; `time` names another,
    in the words or the days of that time. In the record a claim says so; in one's own plan, the
    file is the source, and one day too many is a warning: the time is kept all the same.
    """
    for id_, milestone in dataset.milestones.items():
        if not milestone.repeats or cannot_come_round(milestone):
            continue
        seen: dict[tuple[date | None, date | None], date] = {}
        for place, one in enumerate(milestone.done):
            route: Route = ("milestones", id_, "done", place)
            if one.time and not is_time(milestone, one.time):
                message = (
                    f'"{one.time.text}" is no time at which this comes round; name one that is'
                )
                yield Violation((*route, "time"), message)
                continue
            time = time_kept(milestone, one)
            if (days := (time.earliest, time.latest)) in seen:
                yield _kept_again(route, milestone, time, seen[days])
            seen.setdefault(days, one.on)
            if not (milestone.own or one.claims):
                message = "no claim says that this time was kept; write one under claims"
                yield Violation(route, message)


def _kept_again(route: Route, milestone: Milestone, time: Due, first: date) -> Violation:
    """Tell of a second day for one time. A sheet has no place to say which other time it was."""
    if not milestone.own:
        message = f'the time "{time.text}" was kept on {first} already; write which time '
        return Violation(route, f"{message}this was under time")
    message = (
        f'the time "{time.text}" was ticked on {first} already, so this day ticks no other; if it '
        "was for another time, write a day nearer to that"
    )
    return Violation(route, message, severity=Severity.WARNING)


RULES = (repeats_fit, done_fits)
