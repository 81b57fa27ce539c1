"""What must hold of where milestones stand, whatever their dates."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from reformcalc.ledger.milestones import OPEN, State, status
from reformcalc.ledger.rounds import time_kept
from reformcalc.record.history import last_day
from reformcalc.record.model import NATURES, OUTCOME_KINDS
from reformcalc.rules.rounds import done_fits, repeats_fit
from reformcalc.values.due import parse_due
from reformcalc.values.recurrence import last_occurrence, occurrences
from tests.conftest import tries
from tests.property.test_due_properties import cores
from tests.unit.builders import record

if TYPE_CHECKING:
    from reformcalc.record.model import Dataset

many = tries(35)
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


UNSETTLED = (*OPEN, State.UNDATED)
natures = st.sampled_from([one for one in NATURES if one != "programme"])
looks = st.lists(st.tuples(days, st.none() | days), max_size=2)


@many
@given(dues, natures, looks, later)
def test_without_news_a_state_only_goes_forward(
    due: str, nature: str, looked: list[tuple[date, date | None]], on: list[date]
) -> None:
    """With no outcome and no move: upcoming, due now, then past, as far as was looked.

    What is due after a day, with no last one, is no longer due a year on: it has no date then.
    """
    order = [
        State.UPCOMING, State.DUE_NOW, State.NOT_CHECKED, State.NO_OUTCOME_FOUND, State.UNDATED,
    ]  # fmt: skip
    searches = [
        {"on": str(day), "searched": "pages"} | ({"reaches": str(far)} if far else {})
        for day, far in looked
    ]
    dataset = _record(due=due, nature=nature, looked=searches)
    milestone = dataset.milestones["step"]
    states = [status(dataset, milestone, day).state for day in on]
    assert states == sorted(states, key=order.index)
    if "in due course" in due:
        assert {*states} == {State.UNDATED}
    elif "after" not in due:
        assert State.UNDATED not in states
    for day, state in zip(on, states, strict=True):
        last = milestone.due.latest
        reached = [far for made, far in looked if far and made <= day]
        found = bool(last and last < day and reached and max(reached) > last)
        assert (state is State.NO_OUTCOME_FOUND) is found


@many
@given(
    dues,
    natures,
    st.tuples(days, dues),
    st.lists(st.tuples(st.sampled_from(OUTCOME_KINDS), days), min_size=1, max_size=3),
    later,
)
def test_a_later_day_never_reopens_what_is_settled(
    due: str,
    nature: str,
    moved: tuple[date, str],
    outcomes: list[tuple[str, date]],
    on: list[date],
) -> None:
    """Once it is met, dropped, replaced or in force, no later day makes it open again.

    Whatever moved when, and whatever else is said of it: that a part was done, that it was not.
    """
    settling = {"met", "dropped", "superseded", "in-force"}
    dataset = _record(
        due=due,
        nature=nature,
        moved=[{"to": moved[1], "on": str(moved[0]), "claims": CLAIM}],
        outcome=[{kind: str(came), "claims": CLAIM} for kind, came in outcomes],
    )
    for day in on:
        now = status(dataset, dataset.milestones["step"], day)
        settled = any(kind in settling and came <= day for kind, came in outcomes)
        assert (now.state in UNSETTLED) is not settled
        if now.late:
            assert now.late[0] <= now.late[1]
            assert now.late[1] > 0
        came = any(kind in ("met", "in-force") and came <= day for kind, came in outcomes)
        follows = status(dataset, dataset.milestones["follows"], day)
        assert follows.due.dated is came


@many
@given(
    st.lists(
        st.tuples(st.sampled_from(["met", "dropped", "superseded"]), days, days),
        min_size=1,
        max_size=3,
    ),
    later,
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
        came = last_day(now.outcome.day) if now.outcome else date.min
        assert came >= settled
        assert (now.state in UNSETTLED) is (came == date.min)
        settled = came


@many
@given(days, st.sampled_from(OUTCOME_KINDS), days, later)
def test_late_is_what_a_source_says_and_no_more(
    due: date, kind: str, said: date, on: list[date]
) -> None:
    """A day is late from a claim of a later day that it had not happened, and by nothing else."""
    dataset = _record(due=str(due), outcome=[{kind: str(said), "claims": CLAIM}])
    for day in on:
        now = status(dataset, dataset.milestones["step"], day)
        assert (now.state is State.LATE) is (kind == "not-met" and due < said <= day)
        assert now.state is not State.OVERDUE


@many
@given(
    days,
    st.sampled_from(("spring 2024", "2025", "May 2026")) | days.map(str),
    st.lists(days, max_size=3),
)
def test_what_had_not_happened_on_a_day_was_met_no_earlier(
    due: date, met: str, undone: list[date]
) -> None:
    """Of a season it is met in what is left of it, and certainly late if seen undone when late."""
    came = parse_due(met)
    outcome = [{"not-met": str(day), "claims": CLAIM} for day in undone]
    dataset = _record(due=str(due), outcome=[*outcome, {"met": met, "claims": CLAIM}])
    now = status(dataset, dataset.milestones["step"], date(2040, 1, 1))
    assert came.earliest is not None
    assert came.latest is not None
    first = max(came.earliest, *(day for day in undone if day <= came.latest), date.min)
    late = ((first - due).days, (came.latest - due).days) if came.latest > due else None
    assert now.late == late
    assert (now.state is State.MET_LATE) is (late is not None and first > due)


@many
@given(days, dues, later)
def test_days_counted_back_are_those_of_the_milestone_so_much_earlier(
    came: date, due: str, on: list[date]
) -> None:
    """Six weeks before: from the date in force until it has come, from the day after that."""
    milestone = {
        "title": "A step", "promised": "2019-12-31", "due": due, "lead": "dfe", "claims": CLAIM,
    }  # fmt: skip
    paper = {**milestone, "due": "6 weeks before meeting"}
    meeting = {**milestone, "outcome": {"met": str(came), "claims": CLAIM}}
    dataset = record({}, milestones={"paper": paper, "meeting": meeting})
    for day in on:
        now = status(dataset, dataset.milestones["paper"], day).due
        other = dataset.milestones["meeting"].due
        earliest, latest = (came, came) if came <= day else (other.earliest, other.latest)
        if earliest and latest:
            weeks = timedelta(weeks=6)
            assert (now.earliest, now.latest) == (earliest - weeks, latest - weeks)
        else:
            assert not now.dated


PERIODS = ("weekly", "monthly", "quarterly", "half-yearly", "yearly", "every 6 weeks", "two-yearly")
MONTHS = {"monthly": 1, "quarterly": 3, "half-yearly": 6, "yearly": 12, "two-yearly": 24}


@many
@given(cores(), st.sampled_from(PERIODS))
def test_times_that_come_round_never_overlap(core: str, period: str) -> None:
    """Each time begins after the one before has ended, and none is left out or doubled."""
    due = parse_due(core)
    assert due.earliest is not None
    until = due.earliest + timedelta(days=1000)
    try:
        times = [*occurrences(due, period, until=until)]
    except ValueError:
        return
    length = {"weekly": 7, "every 6 weeks": 42}.get(period) or 30.44 * MONTHS[period]
    assert abs(len(times) - 1000 / length) <= 1.5 or until > date(2198, 12, 31)
    for one, following in pairwise(times):
        assert one.earliest is not None
        assert one.latest is not None
        assert following.earliest is not None
        assert one.earliest <= one.latest < following.earliest


@many
@given(cores(), st.sampled_from(PERIODS), st.integers(0, 4000), st.integers(0, 4000))
def test_times_from_a_day_on_are_those_of_all(
    core: str, period: str, skipped: int, more: int
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
        st.just(first), st.sampled_from(list(MONTHS)), st.integers(-4, 3), st.integers(0, 1)
    )
)


@tries(30)
@given(turns)
def test_no_two_times_of_what_may_repeat_meet(turn: tuple[date, str, int, int]) -> None:
    """What the rule lets come round has no day twice, up to the end of the calendar."""
    first, period, more, whole = turn
    months = MONTHS[period] * whole
    last = max(first + timedelta(days=1), first + relativedelta(months=months, days=more))
    dataset = _record(due=f"{first:%-d %B %Y} to {last:%-d %B %Y}", repeats=period)
    if list(repeats_fit.findings(dataset)):
        return
    times = occurrences(dataset.milestones["step"].due, period, until=date.max)
    assert all(one.latest < two.earliest for one, two in pairwise(times))  # type: ignore[operator]


@many
@given(
    st.dates(date(2024, 1, 1), date(2026, 1, 28)),
    st.sampled_from(PERIODS),
    st.sets(st.integers(0, 12)),
    st.integers(-3, 3),
    later,
)
def test_the_next_time_is_the_first_that_was_not_kept(
    first: date, period: str, kept: set[int], shift: int, on: list[date]
) -> None:
    """Each time ticked within three days of it is kept; a missed one is past, and never gone."""
    fields = {"due": str(first), "repeats": period, "nature": "step"}
    times = [*occurrences(parse_due(str(first)), period, until=date(2100, 1, 1))][:14]
    ticked = [last_day(times[place]) + timedelta(days=shift) for place in sorted(kept)]
    done = [{"on": str(day), "claims": CLAIM} for day in ticked]
    dataset = _record(**fields, done=done)
    step = dataset.milestones["step"]
    assert list(done_fits.findings(dataset)) == []
    found = [time_kept(step, one).text for one in step.done]
    assert found == [times[place].text for place in sorted(kept)]
    step.mark_own()
    for day in on:
        known = {place for place, when in zip(sorted(kept), ticked, strict=True) if when <= day}
        following = next(one for place, one in enumerate(times) if place not in known)
        now = status(dataset, step, day)
        assert now.due.text == following.text
        past = last_day(following) < day
        assert now.state is (
            State.OVERDUE if past
            else State.DUE_NOW if last_day(following) == day
            else State.UPCOMING
        )  # fmt: skip
