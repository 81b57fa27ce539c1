"""What must hold of where milestones stand, whatever their dates."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from dateutil.relativedelta import relativedelta
from hypothesis import given, settings
from hypothesis import strategies as st

from reformcalc.due import parse_due
from reformcalc.known import last_day, outcome_day
from reformcalc.milestones import OPEN, State, status
from reformcalc.model import OUTCOME_KINDS
from reformcalc.recurrence import PERIODS, Period, last_occurrence, occurrences
from reformcalc.rules.dates import repeats_fit
from tests.property.test_due_properties import cores
from tests.unit.builders import record

if TYPE_CHECKING:
    from reformcalc.model import Dataset

many = settings(max_examples=150, deadline=None)
days = st.dates(date(2020, 1, 1), date(2031, 12, 31))
later = st.lists(days, min_size=2, max_size=8).map(sorted)
CLAIM = [{"source": "paper", "at": "page 1", "says": "so it is"}]
DUES = ("spring 2024", "by the end of 2023", "2025", "after 2024", "in due course", "FY 2026-27")
dues = st.sampled_from(DUES) | days.map(str)


def _record(**fields: Any) -> Dataset:
    milestone = {
        "title": "A step", "promised": "2019-12-31", "due": "2024", "lead": "dfe",
        "claims": CLAIM, **fields,
    }  # fmt: skip
    other = {**milestone, "due": "within 6 months of step", "moved": [], "outcome": []}
    return record({}, milestones={"step": milestone, "follows": other})


@many
@given(dues, later)
def test_without_news_a_state_only_goes_forward(due: str, on: list[date]) -> None:
    """With no outcome and no move: upcoming, then due now, then overdue, and never back."""
    order = [State.UNDATED, State.UPCOMING, State.DUE_NOW, State.OVERDUE]
    dataset = _record(due=due)
    states = [status(dataset, dataset.milestones["step"], day).state for day in on]
    assert states == sorted(states, key=order.index)
    assert len({state is State.UNDATED for state in states}) == 1


@many
@given(dues, st.tuples(days, dues), st.tuples(st.sampled_from(OUTCOME_KINDS), days), later)
def test_a_later_day_never_reopens_what_is_settled(
    due: str, moved: tuple[date, str], outcome: tuple[str, date], on: list[date]
) -> None:
    """Once an outcome is known, no later day makes it open again, whatever moved when."""
    kind, came = outcome
    dataset = _record(
        due=due,
        moved=[{"to": moved[1], "on": str(moved[0]), "claims": CLAIM}],
        outcome=[{kind: str(came), "claims": CLAIM}],
    )
    for day in on:
        now = status(dataset, dataset.milestones["step"], day)
        assert (now.state in (*OPEN, State.UNDATED)) is (day < came)
        if now.late:
            assert now.late[0] <= now.late[1]
            assert now.late[1] > 0
        follows = status(dataset, dataset.milestones["follows"], day)
        assert follows.due.dated is (kind == "met" and day >= came)


@many
@given(
    st.lists(st.tuples(st.sampled_from(OUTCOME_KINDS), days, days), min_size=1, max_size=3), later
)
def test_late_news_of_what_came_before_changes_nothing(
    outcomes: list[tuple[str, date, date]], on: list[date]
) -> None:
    """The outcome that counts gives way only to one that happened on its day or later."""
    listed = [
        {kind: str(came), "known": str(max(came, known)), "claims": CLAIM}
        for kind, came, known in outcomes
    ]
    dataset = _record(outcome=listed)
    settled = date.min
    for day in on:
        now = status(dataset, dataset.milestones["step"], day)
        came = last_day(outcome_day(now.outcome)) if now.outcome else date.min
        assert came >= settled
        assert (now.state in (*OPEN, State.UNDATED)) is (came == date.min)
        settled = came


@many
@given(cores(), st.sampled_from(PERIODS))
def test_times_that_come_round_never_overlap(core: str, period: Period) -> None:
    """Each time begins after the one before has ended, and none is left out or doubled."""
    due = parse_due(core)
    assert due.earliest is not None
    until = due.earliest + timedelta(days=1000)
    try:
        times = [*occurrences(due, period, until=until)]
    except ValueError:
        return
    assert len(times) in {"yearly": (2, 3), "quarterly": (10, 11, 12), "monthly": (32, 33, 34)}[
        period
    ] or until > date(2198, 12, 31)
    for one, following in pairwise(times):
        assert one.earliest is not None
        assert one.latest is not None
        assert following.earliest is not None
        assert one.earliest <= one.latest < following.earliest


@many
@given(cores(), st.sampled_from(PERIODS), st.integers(0, 4000), st.integers(0, 4000))
def test_times_from_a_day_on_are_those_of_all(
    core: str, period: Period, skipped: int, more: int
) -> None:
    """Which times there are does not depend on where one begins to look."""
    due = parse_due(core)
    assert due.earliest is not None
    since = due.earliest + timedelta(days=skipped)
    until = since + timedelta(days=more)
    try:
        every = [*occurrences(due, period, until=until)]
    except ValueError:
        return
    left = [one for one in every if one.latest and one.latest >= since]
    assert [*occurrences(due, period, since=since, until=until)] == left
    assert last_occurrence(due, period, until=until) == every[-1] or until > date(2198, 12, 31)


# Spans that end near the day of the month on which they begin again.
turns = st.dates(date(2090, 12, 20), date(2105, 3, 10)).flatmap(
    lambda first: st.tuples(
        st.just(first), st.sampled_from(PERIODS), st.integers(-4, 3), st.integers(0, 1)
    )
)


@settings(max_examples=120, deadline=None)
@given(turns)
def test_no_two_times_of_what_may_repeat_meet(turn: tuple[date, Period, int, int]) -> None:
    """What the rule lets come round has no day twice, up to the end of the calendar."""
    first, period, more, whole = turn
    months = {"yearly": 12, "quarterly": 3, "monthly": 1}[period] * whole
    last = max(first + timedelta(days=1), first + relativedelta(months=months, days=more))
    dataset = _record(due=f"{first:%-d %B %Y} to {last:%-d %B %Y}", repeats=period)
    if list(repeats_fit.check(dataset) if repeats_fit.check else ()):
        return
    times = occurrences(dataset.milestones["step"].due, period, until=date.max)
    assert all(one.latest < two.earliest for one, two in pairwise(times))  # type: ignore[operator]
