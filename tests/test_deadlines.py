"""Deadlines as an officer meets them: moved, searched for, chosen, failing a job, in a calendar."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Literal

import icalendar
import pytest

from reformcalc import load
from reformcalc.answers.chosen import Chosen
from reformcalc.answers.deadlines.answers import deadlines, slipped
from reformcalc.answers.deadlines.dates import Dates
from reformcalc.answers.deadlines.events import events
from reformcalc.answers.lookup.conflicts import conflicts
from reformcalc.answers.lookup.show import show
from reformcalc.ledger.known import Known
from reformcalc.ledger.milestones import State
from reformcalc.printable import UNPRINTABLE
from tests.conftest import TINY, need
from tests.unit.builders import commitment, dates_of, record

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from reformcalc.record.model import Dataset
    from tests.conftest import Result

DAY = ("--as-of", "2031-06-30")
REVIEWED = date(2026, 11, 21)  # of the records that `record` builds
CLAIM = [{"source": "paper", "at": "page 1", "says": "so it is"}]


def _one(**fields: Any) -> Dataset:
    """Return a record of one milestone."""
    plain = {"title": "A step", "promised": "2023-02-02", "lead": "dfe", "claims": CLAIM, **fields}
    return record({}, milestones={"step": plain})


def _remark(dataset: Dataset, day: str) -> str:
    (row,) = deadlines(dates_of(dataset, date.fromisoformat(day))).rows
    return row.remark


MET = {"met": "2024-05-01"}
LOOKED = {"on": "2026-03-10", "reaches": "2026-03-01", "searched": "pages"}
FAR = {"on": "2026-03-20", "searched": "more"}


@pytest.mark.parametrize(
    ("fields", "day", "state", "said"),
    [
        (
            {"due": "2026-02-01", "looked": LOOKED},
            "2026-11-21",
            "no-outcome-found",
            "no outcome found on 10 March 2026, in pages up to 1 March 2026: pages",
        ),
        (
            {"due": "2026-02-01", "looked": [LOOKED, FAR]},
            "2026-11-21",
            "no-outcome-found",
            "no outcome found on 10 March 2026, in pages up to 1 March 2026: pages",
        ),
        (
            {"due": "2026-02-01", "looked": LOOKED},
            "2026-03-09",
            "not-checked",
            "not checked: nobody is said to have looked",
        ),
        (
            {"due": "2026-03-01", "looked": LOOKED},
            "2026-11-21",
            "not-checked",
            "not checked: looked for on 10 March 2026, in pages that reach only to 1 March 2026",
        ),
        (
            {"due": "2026-02-01", "looked": FAR},
            "2026-11-21",
            "not-checked",
            "not checked: the search of 20 March 2026 does not say how far it reaches",
        ),
        (
            {"due": "2026-02-01"},
            "2027-01-01",
            "not-checked",
            "not checked: nobody is said to have looked",
        ),
        (
            {"due": "2026-12-01", "looked": LOOKED},
            "2026-12-02",
            "not-checked",
            "fell due after the record was last reviewed (21 November 2026)",
        ),
        (
            {"due": "December 2026"},
            "2026-12-02",
            "due-now",
            "fell due after the record was last reviewed (21 November 2026)",
        ),
        (
            {"due": "2026-02-01", "outcome": {"not-met": "2026-02-20", "claims": CLAIM}},
            "2026-11-21",
            "late",
            "not met by 20 February 2026",
        ),
        (
            {"due": "2026-02-01", "outcome": {"not-met": "2026-02-20", "claims": CLAIM}},
            "2026-02-19",
            "not-checked",
            "not checked: nobody is said to have looked",
        ),
    ],
)
def test_what_is_not_known_is_said_and_no_more(
    fields: dict[str, Any], day: str, state: str, said: str
) -> None:
    """Late is what a source says; else it turns on how far was looked, as known on the day."""
    (row,) = deadlines(dates_of(_one(**fields), date.fromisoformat(day))).rows
    assert (row.state, row.remark) == (state, said)


@pytest.mark.parametrize(
    ("fields", "day", "state", "remark"),
    [
        ({"due": "2025..2027"}, "2024-12-31", "upcoming", ""),
        ({"due": "2025..2027"}, "2025-01-01", "under-way", ""),
        ({"due": "2025..2027"}, "2027-12-31", "under-way", ""),
        ({"due": "2025..2027"}, "2028-01-01", "ended", ""),
        ({"due": "when money allows"}, "2028-01-01", "undated", ""),
        (
            {"due": "2025..2027", "outcome": {"dropped": "2026-05-01", "claims": CLAIM}},
            "2026-06-01",
            "dropped",
            "dropped 1 May 2026",
        ),
    ],
)
def test_a_programme_runs_from_one_day_to_another(
    fields: dict[str, Any], day: str, state: str, remark: str
) -> None:
    """Both its ends are in its date; between them it is under way, and nothing of it is late."""
    dataset = _one(nature="programme", **fields)
    (row,) = deadlines(dates_of(dataset, date.fromisoformat(day)), [*State]).rows
    assert (row.nature, row.state, row.remark) == ("programme", state, remark)
    assert row.when == ("until 31 Dec 2027" if state == "under-way" else row.when)


@pytest.mark.parametrize(
    ("due", "came", "state", "remark", "days"),
    [
        ("spring 2024", "2024-10-31", "in-force", "2024; 5 to 8 months late", (153, 244)),
        ("spring 2024", "May to July 2024", "in-force", "may have been late", (-30, 152)),
        ("spring 2024", "2024-04-01", "in-force", "in force since 1 April 2024", (None, None)),
        ("in due course", "2024-04-01", "in-force", "in force since 1 April 2024", (None, None)),
    ],
)  # fmt: skip
def test_a_duty_in_force_keeps_how_late_it_was(
    due: str, came: str, state: str, remark: str, days: tuple[int | None, int | None]
) -> None:
    """From the outcome that says so it binds, and is never past; before, it stands as a step."""
    outcome = {"in-force": came, "claims": CLAIM}
    dataset = _one(nature="duty", acts="dfe", due=due, outcome=outcome)
    (row,) = deadlines(dates_of(dataset, REVIEWED), ["in-force"]).rows
    assert row.state == state
    assert remark in row.remark
    assert (row.days_late_low, row.days_late_high) == days
    assert deadlines(dates_of(dataset, REVIEWED)).rows == ()


def test_a_duty_that_comes_round_has_its_next_time() -> None:
    """What it asks of many is never late for want of a page; a time that is ticked is passed."""
    fields: dict[str, Any] = {
        "nature": "duty", "acts": "dfe", "due": "31 January 2025", "repeats": "quarterly",
        "outcome": {"in-force": "2024-10-31", "claims": CLAIM},
    }  # fmt: skip
    (row,) = deadlines(dates_of(_one(**fields), REVIEWED)).rows
    assert (row.due, row.state, row.outcome_on) == ("31 January 2027", "upcoming", "2024-10-31")
    assert row.remark == "in force since 31 October 2024; quarterly"
    done = [{"on": "2025-01-30", "claims": CLAIM}, {"on": "2026-11-21", "time": "31 January 2027"}]
    (row,) = deadlines(dates_of(_one(**fields, done=done), REVIEWED)).rows
    assert (row.due, row.state) == ("30 April 2027", "upcoming")
    known = Known(_one(**fields), REVIEWED)
    events_ = events(known, deadlines(Dates(known), within="6m"))
    assert [str(one.day) for one in events_] == ["2027-01-31", "2027-04-30"]


def _own(**fields: Any) -> Dataset:
    dataset = _one(**fields)
    dataset.milestones["step"].mark_own()
    return dataset


@pytest.mark.parametrize(
    ("fields", "day", "due", "state"),
    [
        ({"due": "2026-11-20"}, "2026-11-20", "2026-11-20", "due-now"),
        ({"due": "2026-11-20"}, "2026-11-21", "2026-11-20", "overdue"),
        ({"due": "30 June 2026", "repeats": "quarterly"}, "2026-11-21", "30 June 2026", "overdue"),
        (
            {"due": "30 June 2026", "repeats": "quarterly", "done": ["2026-06-29", "2026-10-04"]},
            "2026-11-21",
            "30 December 2026",
            "upcoming",
        ),
        (
            {"due": "30 June 2026", "repeats": "quarterly", "done": ["2026-06-29", "2026-10-04"]},
            "2026-10-03",
            "30 September 2026",
            "overdue",
        ),
        (
            {"due": "7 December 2026", "repeats": "weekly", "done": ["2026-12-14"]},
            "2026-12-20",
            "7 December 2026",
            "overdue",
        ),
        (
            {
                "due": "18 December 2026", "repeats": "termly", "done": ["2026-12-17"],
                "terms": ["26 March 2027", "16 July 2027"],
            },
            "2026-12-18",
            "26 March 2027",
            "upcoming",
        ),
        (
            {
                "due": "18 December 2026", "repeats": "termly", "terms": "26 March 2027",
                "done": ["2026-12-17", "2027-03-26"],
            },
            "2027-04-01",
            "26 March 2027",
            "ended",
        ),
    ],
)  # fmt: skip
def test_in_ones_own_plan_the_file_is_the_evidence(
    fields: dict[str, Any], day: str, due: str, state: str
) -> None:
    """Past and not done is overdue; of what repeats, the first time that is not ticked counts."""
    (row,) = deadlines(dates_of(_own(**fields), date.fromisoformat(day)), [*State]).rows
    assert (row.due, row.state) == (due, state)
    assert row.when == "" or state != "ended"


@pytest.mark.parametrize(
    ("fields", "day", "due", "state"),
    [
        ({"repeats": "quarterly"}, "2026-11-21", ("2026-11-18", "2026-11-18"), "not-checked"),
        (
            {"repeats": "quarterly", "until": "2026"},
            "2027-11-21",
            ("2026-11-18",) * 2,
            "not-checked",
        ),
        ({}, "2026-06-01", ("2026-05-19", "2026-05-19"), "not-checked"),
        ({"promised": "2026-06-02"}, "2026-06-01", (None, None), "undated"),
    ],
)
def test_what_counts_back_takes_the_date_in_force(
    fields: dict[str, Any], day: str, due: tuple[str | None, str | None], state: str
) -> None:
    """Of what comes round its next time, or its last; of what was not yet promised none."""
    plain = {"title": "A step", "promised": "2023-02-02", "lead": "dfe", "claims": CLAIM}
    steps = {
        "meeting": {**plain, "due": "30 June 2026", **fields},
        "papers": {**plain, "due": "6 weeks before meeting"},
    }
    dataset = record({}, milestones=steps)
    rows = deadlines(dates_of(dataset, date.fromisoformat(day)), [*State]).rows
    (row,) = [row for row in rows if row.id == "papers"]
    found = (row.earliest and str(row.earliest), row.latest and str(row.latest), row.state)
    assert found == (*due, state)


def test_times_of_a_record_that_does_not_tick_them_pass() -> None:
    """Where no time is recorded as kept the next is listed; once one is, a missed one is past."""
    fields = {"due": "31 January 2026", "repeats": "monthly"}
    (row,) = deadlines(dates_of(_one(**fields), REVIEWED)).rows
    assert (row.due, row.state) == ("30 November 2026", "upcoming")
    done = [{"on": "2026-03-31", "claims": CLAIM}]
    dataset = _one(**fields, done=done)
    (row,) = deadlines(dates_of(dataset, REVIEWED)).rows
    assert (row.due, row.state) == ("31 January 2026", "not-checked")
    rows = deadlines(dates_of(dataset, REVIEWED), within="6w").rows
    assert [row.due for row in rows] == ["31 January 2026", "30 November 2026", "31 December 2026"]
    told = [row.value for row in show(Known(dataset, REVIEWED), "step").rows]
    assert "31 March 2026: kept for 31 March 2026" in told


def test_overdue_stands_for_all_that_is_past(run: Callable[..., Result]) -> None:
    """--state overdue lists what is late, not found and not checked, each under its own name."""
    result = run("deadlines", "--state", "overdue", "--data", TINY, "--as-of", "2031-07-01")
    states = [line.split()[0] for line in result.out.splitlines() if line[0] != "#"]
    assert states == ["no-outcome-found", "not-checked"]


@pytest.mark.parametrize(
    ("states", "said"),
    [
        (["late"], "1 overdue, 1 with no outcome found, 1 not checked"),
        (["not-checked"], "1 overdue, 1 late, 1 with no outcome found"),
        (["late", "no-outcome-found", "upcoming"], "1 overdue, 1 not checked"),
        (["overdue"], None),
        (["upcoming"], None),
        (["met"], None),
    ],
)
def test_none_late_does_not_hide_what_is_past(states: list[State], said: str | None) -> None:
    """Who asks for some of what is past is told what else is, and how to list it."""
    plain: dict[str, Any] = {"title": "A step", "promised": "2023-02-02", "due": "2025"}
    plain |= {"lead": "dfe", "claims": CLAIM}
    late = {"outcome": {"not-met": "2026-02-20", "claims": CLAIM}}
    steps = {"late": plain | late, "looked": plain | {"looked": LOOKED}, "ours": plain, "n": plain}
    dataset = record({}, milestones=steps)
    dataset.milestones["ours"].mark_own()
    notes = deadlines(dates_of(dataset, REVIEWED), states).sentences
    found = [note for note in notes if note.startswith("Past as well")]
    assert found == ([f"Past as well, and not listed: {said} (--state overdue)."] if said else [])


def test_nothing_else_that_is_past_is_no_note() -> None:
    """Where all that is past is listed, or nothing is, there is nothing to point to."""
    for due in ("2025", "2027"):
        notes = deadlines(dates_of(_one(due=due), REVIEWED), ["not-checked"]).sentences
        assert not [note for note in notes if note.startswith("Past as well")]


LONE = {
    "group": {"title": "Local authorities"},
    "hill": {"title": "Hill Council", "short": "Hill", "member_of": "group"},
    "vale": {"title": "Vale Council", "member_of": "group"},
}


@pytest.mark.parametrize(
    ("asked", "listed", "hidden"),
    [
        ({}, ["all", "both"], 2),
        ({"local": True}, ["all", "both", "led", "lone"], 0),
        ({"acts": ["hill"]}, ["all", "both", "led", "lone"], 0),
        ({"acts": ["vale"]}, ["all", "both", "led"], 0),
        ({"acts": ["group"]}, ["all", "both"], 2),
        ({"chosen": Chosen(leads=("hill",))}, ["led"], 0),
        ({"text": ["hill council"]}, ["all", "both", "led", "lone"], 0),
        ({"text": ["so it is"]}, ["all", "both"], 2),
    ],
)
def test_what_concerns_one_council_alone_is_apart(
    asked: dict[str, Any], listed: list[str], hidden: int
) -> None:
    """It is listed with --local, or where that council is asked for; a note counts it otherwise."""
    step = {"title": "A step", "promised": "2023-02-02", "due": "2027", "claims": CLAIM}
    steps = {
        "all": {**step, "lead": "dfe", "acts": "group", "note": "Hill Council asked for it."},
        "both": {**step, "lead": "dfe", "acts": ["hill", "vale"]},
        "led": {**step, "lead": "hill", "acts": ["hill", "vale"]},
        "lone": {**step, "lead": "dfe", "acts": "hill"},
    }
    dataset = record({}, milestones=steps, bodies={"dfe": {"title": "DfE"}, **LONE})
    report = deadlines(dates_of(dataset, REVIEWED, **asked))
    assert sorted(row.id for row in report.rows) == listed
    note = f"Of one council alone, and not listed: {hidden} (--local)."
    assert (note in report.sentences) is (hidden > 0)
    dataset.milestones["lone"].mark_own()
    if not {*asked} & {"acts", "chosen"}:
        assert "lone" in [row.id for row in deadlines(dates_of(dataset, REVIEWED, **asked)).rows]


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("the survey is done", "not in what is listed here, but in step (met late)"),
        ("moved in a storm", "not in what is listed here, but in step (met late)"),
        ("pilot boats", "not in what is listed here, but in boats (commitment)"),
        ("The Paper", "not in what is listed here, but in paper (source)"),
        ("hill", "not in what is listed here, but in a-1 (commitment), a-2 (commitment), "),
        ("nowhere", "nothing in the record has these words"),
    ],
)
def test_a_name_that_the_record_has_is_never_answered_with_none(word: str, said: str) -> None:
    """--text looks at what moved, what came of it and notes too, and says where else it stands."""
    moved = [
        {"to": "2024", "on": "2023-05-01", "claims": [{**CLAIM[0], "says": "moved in a storm"}]}
    ]
    came = {"met": "2024-02-01", "note": "The survey is done.", "claims": CLAIM}
    plain = {"title": "A step", "promised": "2023-02-02", "lead": "dfe", "claims": CLAIM}
    others = {f"a-{number}": commitment("£1m", title="Up the hill") for number in range(1, 8)}
    dataset = record(
        {"boats": commitment("£1m", title="Pilot boats"), **others},
        milestones={"step": {**plain, "due": "2023", "moved": moved, "outcome": came}},
        sources={"paper": {"title": "The paper", "publisher": "DfE", "published": "2023-02-02"}},
    )
    headline = deadlines(dates_of(dataset, REVIEWED, text=[word])).headline
    assert said in headline
    assert "none" not in headline
    assert ("and 2 more" in headline) is (word == "hill")
    turned = dict(reversed(dataset.commitments.items()))
    other = dataset.model_copy(update={"commitments": turned})
    assert deadlines(dates_of(other, REVIEWED, text=[word])).headline == headline


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"due": "2027"}, ""),
        ({"due": "2027", "conditions": ["money"]}, "subject to money"),
        ({"due": "2027", "confidence": "low"}, "low confidence"),
        ({"due": "2027", "inferred": {"due": "a guess"}}, "the date is our reading"),
        (
            {
                "due": "2025",
                "inferred": {"due": "a guess"},
                "moved": [{"to": "2027", "on": "2024-01-01", "claims": CLAIM}],
            },
            "first promise: 2025 (24 months later)",
        ),
        (
            {"due": "2027", "moved": [{"to": "by 2027", "on": "2024-01-01", "claims": CLAIM}]},
            "first promise: 2027",
        ),
        ({"due": "1 May 2027", "repeats": "yearly"}, "yearly"),
        ({"due": "1 May 2027", "repeats": "yearly", "until": "2030"}, "yearly until 2030"),
    ],
)
def test_how_firm_a_date_is(fields: dict[str, Any], said: str) -> None:
    """Conditions, low confidence, dates of our own reading and repetition stand with the row."""
    assert _remark(_one(**fields), "2026-11-21") == said


@pytest.mark.parametrize(
    ("due", "closely"),
    [
        ("2027-03-01", "to the day"),
        ("by March 2027", "to the month"),
        ("spring 2027", "to the season"),
        ("FY 2027-28", "to the financial year"),
        ("early 2027", "to a third of a year"),
        ("March to May 2027", "between two days"),
        ("after 2027", "no last day"),
        ("in due course", "on a condition"),
        ("within 6 months of step", "on a condition"),
    ],
)
def test_how_closely_words_date(due: str, closely: str) -> None:
    """Each row says how closely its words date."""
    (row,) = deadlines(dates_of(_one(due=due), REVIEWED), ["upcoming", "undated"]).rows
    assert row.dated == closely


def test_a_date_that_counts_from_another(run: Callable[..., Result]) -> None:
    """Undated until the other is met, or for good if it is dropped; then late against that date."""
    other = {"title": "Other", "promised": "2023-02-02", "due": "2024", "lead": "dfe"}
    steps = {
        "other": {**other, "claims": CLAIM, "outcome": {"met": "2024-04-10", "claims": CLAIM}},
        "given-up": {**other, "claims": CLAIM, "outcome": {"dropped": "2024", "claims": CLAIM}},
        "waits": {**other, "due": "within 6 months of given-up", "claims": CLAIM},
        "follows": {
            **other,
            "due": "within 6 months of other",
            "claims": CLAIM,
            "outcome": {"met": "2024-10-20", "claims": CLAIM},
        },
    }
    dataset = record({}, milestones=steps)

    def state(id_: str, day: date) -> str:
        rows = deadlines(dates_of(dataset, day), [*State]).rows
        return {row.id: row.state.value for row in rows}[id_]

    assert state("follows", date(2024, 4, 9)) == "undated"
    assert state("follows", date(2024, 4, 10)) == "due-now"
    assert state("follows", date(2024, 10, 10)) == "due-now"
    assert state("follows", date(2024, 10, 11)) == "not-checked"
    assert state("follows", date(2024, 10, 20)) == "met-late"
    assert state("waits", date(2026, 1, 1)) == "undated"
    (row,) = deadlines(dates_of(dataset, REVIEWED), ["met-late"]).rows
    assert (row.days_late_low, row.days_late_high) == (10, 193)


@pytest.mark.parametrize(
    ("outcome", "day", "said"),
    [
        ([{"partly-met": "2024-04-01", "known": "2024-06-30"}], "2024-06-29", "due-now"),
        ([{"partly-met": "2024-04-01", "known": "2024-06-30"}], "2024-06-30", "partly-met"),
        ([{"partly-met": "2024-04-01", "known": "2024-06-30"}, MET], "2024-06-29", "met"),
        ([{"partly-met": "2024-04-01", "known": "2024-06-30"}, MET], "2024-06-30", "met"),
        ([MET, {"partly-met": "2024-04-01", "known": "2024-06-30"}], "2024-06-30", "met"),
        ([MET, {"dropped": "2024-06-01"}], "2024-05-31", "met"),
        ([MET, {"dropped": "2024-06-01"}], "2024-06-01", "dropped"),
        ([{"partly-met": "2024-05-01"}, MET], "2024-06-01", "met"),
        ([MET, {"partly-met": "2024-05-01"}], "2024-06-01", "met"),
        ([MET, {"not-met": "2025-05-01"}], "2025-06-01", "met"),
        ([{"partly-met": "2024-05-01"}, {"not-met": "2025-05-01"}], "2025-06-01", "late"),
        ([{"partly-met": "2025-05-01"}, {"not-met": "2025-05-01"}], "2025-06-01", "partly-met"),
    ],
)
def test_the_last_outcome_to_happen_counts(outcome: list[Any], day: str, said: str) -> None:
    """Late news of an earlier part changes nothing, and what was met stays met."""
    step = {"title": "A step", "promised": "2023-02-02", "lead": "dfe", "claims": CLAIM}
    outcome = [{**one, "claims": CLAIM} for one in outcome]
    steps = {
        "step": {**step, "due": "2024", "outcome": outcome},
        "follows": {**step, "due": "within 6 months of step"},
    }
    dataset = record({}, milestones=steps)
    rows = deadlines(dates_of(dataset, date.fromisoformat(day)), tuple(State)).rows
    states = {row.id: row.state for row in rows}
    assert states["step"] == said
    met = any("met" in one and one["met"] <= day for one in outcome)
    assert (states["follows"] != "undated") is met


def test_what_is_done_in_part_was_late_as_well() -> None:
    """A part that came 31 days after the day promised was so late, and leaves the step open."""
    dataset = _one(due="2024-05-01", outcome=[{"partly-met": "2024-06-01", "claims": CLAIM}])
    (row,) = deadlines(dates_of(dataset, date(2024, 7, 1))).rows
    assert (row.state, row.days_late_low, row.days_late_high) == ("partly-met", 31, 31)


def test_a_story_is_told_in_the_order_of_its_days() -> None:
    """First promise, each later date, each outcome, the search: by day, whatever the record's."""
    dataset = _one(
        due="spring 2024",
        moved=[
            {"to": "autumn 2024", "on": "2024-02-01", "claims": CLAIM},
            {"to": "by spring 2024", "on": "2024-02-10", "claims": CLAIM},
            {"to": "when it can be", "on": "2024-02-20", "claims": CLAIM},
        ],
        outcome=[
            {"partly-met": "2024-06-01", "known": "2024-07-01", "note": "A part.", "claims": CLAIM},
            {"partly-met": "May 2024 to June 2024", "claims": CLAIM},
            {"dropped": "2024-07-15", "claims": CLAIM},
            {"met": "2030", "claims": CLAIM},
        ],
        looked={"on": "2024-03-01", "searched": "pages"},
    )
    told = [row.value for row in show(Known(dataset, date(2024, 8, 1)), "step").rows][:8]
    assert told == [
        "2 February 2023: first promise: spring 2024",
        "1 February 2024: moved to autumn 2024, 6 months later than first promised",
        "10 February 2024: moved to by spring 2024",
        "20 February 2024: moved to when it can be",
        "1 March 2024: looked, and found no outcome. Searched: pages",
        "1 June 2024: partly met, 1 day to 3 months late, known from 1 July 2024. A part.",
        "between 1 May 2024 and 30 June 2024: partly met, perhaps late",
        "15 July 2024: dropped",
    ]
    early = [row.value for row in show(Known(dataset, date(2023, 8, 1)), "step").rows]
    assert early[1] == "1 August 2023: upcoming, within 10 months"


def test_a_story_of_what_repeats() -> None:
    """The first promise says how often and until when."""
    dataset = _one(due="1 May 2027", repeats="yearly", until="2030")
    rows = show(Known(dataset, REVIEWED), "step").rows
    assert rows[0].value == "2 February 2023: first promise: 1 May 2027, yearly until 2030"
    dataset = _one(due="1 May 2027", repeats="termly", terms=["1 July 2027", "1 May 2028"])
    rows = show(Known(dataset, REVIEWED), "step").rows
    assert rows[0].value.endswith("1 May 2027, termly, then 1 July 2027 and 1 May 2028")


def test_what_came_of_it_is_said_with_its_source() -> None:
    """Of what was done, the day it was done and who says so are shown, not who promised it."""
    done = {"source": "later", "at": "page 9", "says": "it is done"}
    sources = {
        "paper": {"title": "A paper", "publisher": "DfE", "published": "2023-02-02"},
        "later": {"title": "A later one", "publisher": "Hansard", "published": "2024-06-01"},
    }
    step = {"title": "A step", "promised": "2023-02-02", "due": "2024", "lead": "dfe"}
    outcome = {"partly-met": "March 2024", "known": "2024-06-01", "claims": [done]}
    dataset = record(
        {}, sources=sources, milestones={"step": {**step, "claims": CLAIM, "outcome": outcome}}
    )
    (row,) = deadlines(dates_of(dataset, REVIEWED), ["partly-met"]).rows
    assert row.remark == "partly met March 2024"
    assert row.where.startswith("Hansard, 1 June 2024")
    (row,) = deadlines(dates_of(dataset, date(2024, 5, 31))).rows
    assert row.where.startswith("DfE, 2 February 2023")


@pytest.mark.parametrize("kind", ["dropped", "superseded"])
def test_what_was_given_up_is_not_late(kind: Literal["dropped", "superseded"]) -> None:
    """Only what was done can be late, however long after its day it was given up."""
    dataset = _one(due="2024", outcome={kind: "2025-06-01", "claims": CLAIM})
    (row,) = deadlines(dates_of(dataset, REVIEWED), [kind]).rows
    assert (row.days_late_low, row.days_late_high) == (None, None)
    assert not any(
        note.startswith("Late") for note in slipped(dates_of(dataset, REVIEWED)).sentences
    )


def test_what_repeated_until_it_was_dropped_stands_where_it_ended() -> None:
    """The time that was next when it was given up is shown, not one that will never come."""
    dataset = _one(
        due="28 January 2024", repeats="monthly", outcome={"dropped": "2024-06-15", "claims": CLAIM}
    )
    (row,) = deadlines(dates_of(dataset, REVIEWED), ["dropped"]).rows
    assert (row.due, row.days_late_low) == ("28 June 2024", None)


@pytest.mark.parametrize("fields", [{}, {"until": "2198"}])
def test_what_repeats_ends_with_the_calendar(fields: dict[str, Any]) -> None:
    """After the last day that date words reach, what has no end has ended too."""
    dataset = _one(due="January 2024", repeats="monthly", **fields)
    (row,) = deadlines(dates_of(dataset, date(2199, 1, 1)), ["ended"]).rows
    assert row.due == "December 2198"


def test_what_moved_is_ranked(run: Callable[..., Result]) -> None:
    """--slipped lists what was given another date, in any state, with who gave it and when."""
    result = run("deadlines", "--slipped", "--data", TINY, *DAY)
    lines = result.out.splitlines()
    assert lines[0] == "# As of 30 June 2031: 1 date of 7 moved"
    assert lines[2].split("  ")[0] == "9 months later"
    assert "then spring 2031 (Gazette, 15 September 2030); met late 20 April 2031" in lines[2]
    only = run("deadlines", "--slipped", "--state", "overdue", "--data", TINY, *DAY)
    assert "no dates of 1 moved" in only.out


def test_a_date_in_other_words_has_not_slipped() -> None:
    """A later date of the same days is listed, and its last day said to have stayed."""
    moved = [{"to": "by 2027", "on": "2024-01-01", "claims": CLAIM}]
    (row,) = slipped(dates_of(_one(due="2027", moved=moved), REVIEWED)).rows
    assert (row.when, row.slipped_days) == ("the last day stayed", 0)


@pytest.mark.parametrize(
    ("first", "later", "told"),
    [
        ("2027", "March 2027", "dated more closely: March 2027"),
        ("2027", "31 December 2027", "dated more closely: 31 December 2027"),
        ("once it can be", "March 2027", "first dated: March 2027"),
        ("once it can be", "after March 2027", "first dated: after March 2027"),
    ],
)
def test_a_closer_date_is_no_other(first: str, later: str, told: str) -> None:
    """What lies inside the first promise, or dates what had no day, only says it more closely."""
    moved = [{"to": later, "on": "2024-01-01", "claims": CLAIM}]
    dataset = _one(due=first, moved=moved)
    report = slipped(dates_of(dataset, REVIEWED))
    assert report.rows == ()
    assert "First dated later, or more closely, which is no move: step." in report.sentences
    (row,) = deadlines(dates_of(dataset, REVIEWED), [*State]).rows
    assert (row.due, row.slipped_days) == (later, 0)
    story = [row.value for row in show(Known(dataset, REVIEWED), "step").rows]
    assert f"1 January 2024: {told}" in story


def test_a_promise_without_a_date_is_not_quoted() -> None:
    """Where the words for when are ours, the first promise is said to have had none."""
    moved = [{"to": "spring 2027", "on": "2024-01-01", "claims": CLAIM}]
    for inferred, first in (
        ({"due": "no source dates it"}, "without a date"),
        ({}, "in due course"),
    ):
        dataset = _one(due="in due course", moved=moved, inferred=inferred)
        assert _remark(dataset, "2026-11-21") == f"first promise: {first}"
        story = [row.value for row in show(Known(dataset, REVIEWED), "step").rows]
        assert story[0] == f"2 February 2023: first promise: {first}"


def test_what_had_no_date_is_measured_from_its_first() -> None:
    """Lateness and slips count from the first date that was given, whenever that was."""
    moved = [
        {"to": "spring 2024", "on": "2024-01-01", "claims": CLAIM},
        {"to": "autumn 2024", "on": "2024-05-01", "claims": CLAIM},
    ]
    done = {"met": "2024-12-01", "claims": CLAIM}
    dataset = _one(due="once it can be", moved=moved, outcome=done)
    (row,) = slipped(dates_of(dataset, REVIEWED)).rows
    assert (row.first_due, row.slipped_days) == ("once it can be", 183)
    assert (row.state, row.days_late_low, row.days_late_high) == (State.MET_LATE, 184, 275)
    story = [row.value for row in show(Known(dataset, REVIEWED), "step").rows]
    assert story[1:4] == [
        "1 January 2024: first dated: spring 2024",
        "1 May 2024: moved to autumn 2024, 6 months later than first promised",
        "1 December 2024: met, 6 to 9 months late",
    ]


@pytest.mark.parametrize(
    ("first", "later", "days"),
    [
        ("by 2027", "by 2026", -365),
        ("2027", "December 2026 to March 2027", -275),
        ("2027", "early 2028", 121),
        ("2027", "from 2028", 366),
        ("after 2026", "after 2027", None),
        ("2027", "when it can be", None),
    ],
)
def test_a_date_outside_the_first_is_another(first: str, later: str, days: int | None) -> None:
    """Earlier or later, wholly or in part: the promise moved."""
    moved = [{"to": later, "on": "2024-01-01", "claims": CLAIM}]
    (row,) = slipped(dates_of(_one(due=first, moved=moved), REVIEWED)).rows
    assert row.slipped_days == days


def test_what_came_late_without_another_date_is_counted() -> None:
    """A ranking of what moved says how many others came late, or may have, in silence."""
    dataset = _one(due="2024", outcome={"met": "2025", "claims": CLAIM})
    notes = slipped(dates_of(dataset, REVIEWED)).sentences
    assert any(note.startswith("Late, or perhaps late, without another date") for note in notes)


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        (("lamp",), ["lamp-survey", "lamps-counted"]),
        (("LAMPS  that",), ["lamps-counted"]),
        (("in 2033",), ["quays-open"]),
        (("lamps that", "walls"), ["walls-report", "lamps-counted"]),
        (("nowhere",), []),
    ],
)
def test_text_chooses_what_has_the_words(
    words: tuple[str, ...], ids: list[str], run: Callable[..., Result]
) -> None:
    """--text looks in ids, titles and quotations, however written; several widen the choice."""
    options = [part for one in words for part in ("--text", one)]
    answer = json.loads(run("deadlines", *options, "--format", "json", "--data", TINY, *DAY).out)
    assert [row["id"] for row in answer["rows"]] == ids
    assert f'with "{words[0]}"' in answer["headline"]


@pytest.mark.parametrize("slipped", [(), ("--slipped",)])
@pytest.mark.parametrize("width", [None, 80])
def test_words_that_are_looked_for_cannot_harm_the_terminal(
    width: int | None,
    slipped: tuple[str, ...],
    run: Callable[..., Result],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What a terminal would obey, or nobody sees, is refused and named by its number."""
    monkeypatch.setattr("reformcalc.cli.terminal.width", lambda: width)
    monkeypatch.setenv("NO_COLOR", "1")
    asked = ("deadlines", *slipped, "--data", TINY, *DAY, "--text", "walls", "--text")
    for text in ("\x1b[2J", "\u200b"):
        result = run(*asked, text)
        assert (result.code, result.out) == (2, "")
        assert not UNPRINTABLE.search(result.err)
        assert "it has letters that cannot be seen" in result.err


@pytest.mark.parametrize(
    ("options", "failing"),
    [
        (("--fail-on", "overdue"), ""),
        (("--fail-on", "due-now"), "walls-report (due now) and dredger-reviewed (due now)"),
        (("--fail-on", "overdue", "--text", "quays"), ""),
        (("--fail-on", "due-now", "--text", "walls"), "walls-report (due now)"),
        (("--fail-on", "overdue", "--text", "walls"), ""),
        ((), ""),
    ],
)
def test_a_job_fails_on_what_it_is_told_to(
    options: tuple[str, ...], failing: str, run: Callable[..., Result]
) -> None:
    """--fail-on ends with 1, the list and why, if what is listed is due now; never for what was
    only not found, or not checked.
    """
    result = run("deadlines", *options, "--data", TINY, *DAY)
    assert result.code == (1 if failing else 0)
    assert result.err == (f"Failed, as --fail-on due-now asks: {failing}.\n" if failing else "")
    assert result.out.startswith("# As of 30 June 2031")


@pytest.mark.usefixtures("short_record")
@pytest.mark.parametrize("format_", ["table", "json", "ics"])
@pytest.mark.parametrize(
    ("count", "named"),
    [
        (1, "step-1 (overdue)"),
        (5, "step-1 (overdue), step-2 (overdue), step-3 (overdue), step-4 (overdue) and step-5"),
        (7, "step-1 (overdue), step-2 (overdue), step-3 (overdue), step-4 (overdue), step-5"),
    ],
)
def test_a_job_that_fails_says_on_what(
    count: int, named: str, format_: str, run: Callable[..., Result], tmp_path: Path
) -> None:
    """Whatever the format, a line of its own names the first few that made it end with 1."""
    step: dict[str, Any] = {"title": "A step", "promised": "2026-01-01", "due": "2026-02-01"}
    step |= {
        "lead": "dfe",
        "claims": [{"source": "paper", "at": "page 1", "says": "by 1 February 2026"}],
    }
    source = {"title": "A paper", "publisher": "Us", "published": "2026-01-01"}
    steps = {f"step-{number}": step for number in range(1, count + 1)}
    path = tmp_path / "ours.yaml"
    path.write_text(json.dumps({"milestones": steps, "sources": {"paper": source}}), "utf-8")
    asked = ("--data", "bundled", "--data", path, "--as-of", "2026-11-21", "--text", "A step")
    result = run("deadlines", *asked, "--fail-on", "overdue", "--format", format_)
    more = " (overdue) and 2 more" if count > 5 else "" if count == 1 else " (overdue)"
    assert (result.code, result.err) == (
        1,
        f"Failed, as --fail-on overdue asks: {named}{more}.\n",
    )


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--alarm", "7d"), "add --format ics"),
        (("--format", "ics", "--alarm", "soon"), 'write it as "90d", "6m" or "1y"'),
        (("--format", "ics", "--alarm", "9999y"), '"9999y" leads beyond the calendar; write less'),
        (("--slipped", "--within", "6m"), "leave out --within"),
        (("--all", "--state", "met"), "--all: lists every state; leave out --state"),
        (("--fail-on", "met"), "overdue"),
    ],
)
def test_options_that_do_not_fit_are_refused(
    options: tuple[str, ...], said: str, run: Callable[..., Result]
) -> None:
    """What makes no sense together is a usage error, and nothing is answered."""
    result = run("deadlines", *options, "--data", TINY, *DAY)
    assert (result.code, result.out) == (2, "")
    assert said in result.err


def test_the_longest_id_is_kept_whole_at_80_columns(
    run: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A terminal of 80 columns breaks no id, and leaves out no title and no date."""
    long = "a-" * 29 + "ab"
    text = TINY.read_text(encoding="utf-8").replace("  lamp-survey:\n", f"  {long}:\n")
    path = tmp_path / "long.yaml"
    path.write_text(text, encoding="utf-8")
    monkeypatch.setattr("reformcalc.cli.terminal.width", lambda: 80)
    monkeypatch.setenv("NO_COLOR", "1")
    lines = run("deadlines", "--all", "--data", path, *DAY).out.splitlines()
    assert len(long) == 60
    assert any(line.endswith(long) for line in lines)
    assert max(map(len, lines)) <= 80
    flowing = " ".join(" ".join(lines).split())
    for milestone in load(path).valid().milestones.values():
        assert all(word in flowing for word in milestone.title.split())


def _calendar(run: Callable[..., Result], *options: str | Path) -> Any:
    result = run("deadlines", "--format", "ics", *options)
    assert (result.code, result.err) == (0, "")
    return icalendar.Calendar.from_ical(result.out)


def _by_uid(calendar: Any) -> dict[str, Any]:
    return {str(event["uid"]): event for event in calendar.walk("VEVENT")}


def test_a_calendar_is_read_back(run: Callable[..., Result]) -> None:
    """All-day events on the last day, with the span, the state and the source in their text."""
    calendar = _calendar(run, "--all", "--data", TINY, *DAY)
    events = _by_uid(calendar)
    quays = events["quays-open@reformcalc"]
    assert (quays["dtstart"].dt, quays["dtend"].dt) == (date(2033, 12, 31), date(2034, 1, 1))
    assert quays["summary"] == "DUE Open the quays \u2014 HO"
    survey = events["lamp-survey@reformcalc"]
    # It is past and open, and so stands on the day that is answered for as well.
    assert (survey["dtstart"].dt, survey["dtend"].dt) == (date(2030, 12, 31), date(2031, 7, 1))
    assert str(survey["dtstamp"].dt) == "2031-06-30 00:00:00+00:00"
    assert survey["status"] == "CONFIRMED"
    assert survey["summary"] == "NO OUTCOME FOUND Survey the lamps \u2014 Port councils"
    assert events["quays-open@reformcalc"]["status"] == "TENTATIVE"  # subject to money
    quays = str(events["quays-open@reformcalc"]["description"])
    assert "Due 2033: any day from 1 January 2033 to 31 December 2033." in quays
    assert "upcoming (subject to money)" in quays
    assert "Source: Gazette, 1 March 2030, page 9." in quays
    assert "To act: Port councils." in str(survey["description"])
    assert events["dredger-bought@reformcalc"]["summary"] == "MET LATE Buy the dredger \u2014 HO"
    assert "law-on-lights@reformcalc" not in events
    assert "since it has no last day: law-on-lights." in str(calendar["description"])


def test_what_was_done_since_is_not_left_open(run: Callable[..., Result]) -> None:
    """An event of an earlier calendar is in the next one when it is done, and says so first."""
    uid = "agency-rules-in-force@reformcalc"
    asked = ("--all", "--topic", "agency-workers", "--as-of")
    before, after = (
        _by_uid(_calendar(run, *asked, day))[uid] for day in ("2024-06-30", "2024-11-04")
    )
    assert before["sequence"] < after["sequence"]
    assert str(after["summary"]).startswith("IN FORCE ")
    urls = [
        str(event.get("url", ""))
        for event in _by_uid(_calendar(run, *asked, "2026-11-21")).values()
    ]
    assert any(url.startswith("https://") for url in urls)


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("HTTP://example.org/a", "HTTP://example.org/a"),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("data:text/html,https://example.org", ""),
    ],
)
def test_a_calendar_leads_to_the_web_alone(
    address: str, written: str, run: Callable[..., Result], tmp_path: Path
) -> None:
    """As in a page, only an address of the web can be followed; another is left out."""
    text = re.sub(r"(?m)^    (url|accessed): .*\n", "", TINY.read_text(encoding="utf-8"))
    web = f'    url: "{address}"\n    accessed: 2031-06-30\n    publisher:'
    path = tmp_path / "addressed.yaml"
    path.write_text(text.replace("    publisher:", web), encoding="utf-8")
    found = _by_uid(_calendar(run, "--data", path, *DAY))
    assert {str(event.get("url", "")) for event in found.values()} == {written}


def test_failing_on_what_is_not_listed_is_refused(run: Callable[..., Result]) -> None:
    """A job that could never fail is refused, with what to leave out."""
    result = run("deadlines", "--state", "upcoming", "--fail-on", "overdue")
    assert result.code == 2
    assert "overdue is not among the states that are listed" in " ".join(result.err.split())


def test_a_second_import_updates(run: Callable[..., Result]) -> None:
    """When a date moves, the event keeps its UID and its sequence and stamp grow."""
    first, second = (
        _by_uid(_calendar(run, "--all", "--data", TINY, "--as-of", day))[
            "dredger-bought@reformcalc"
        ]
        for day in ("2030-06-01", "2030-12-01")
    )
    assert (first["dtstart"].dt, second["dtstart"].dt) == (date(2030, 8, 31), date(2031, 5, 31))
    assert (first["sequence"], second["sequence"]) == (0, 1)
    assert first["dtstamp"].dt < second["dtstamp"].dt


def test_each_time_that_comes_round_has_its_event(run: Callable[..., Result]) -> None:
    """What repeats has an event for each time within the horizon, named by its day."""
    events = _by_uid(_calendar(run, "--within", "6m", "--data", TINY, *DAY))
    uids = sorted(uid for uid in events if uid.startswith("lamps-counted"))
    assert uids == ["lamps-counted.20310731@reformcalc", "lamps-counted.20311031@reformcalc"]


def test_what_was_given_up_is_cancelled(run: Callable[..., Result]) -> None:
    """A milestone that was dropped or superseded is a cancelled event, with the reason first."""
    day = ("--as-of", "2026-11-21", "--all", "--topic", "early-career-framework")
    event = _by_uid(_calendar(run, *day))["ecf-rollout@reformcalc"]
    assert event["status"] == "CANCELLED"
    assert str(event["summary"]).startswith("DROPPED ")
    assert event["categories"].cats == ["Early career framework"]


def test_each_outcome_is_a_new_revision() -> None:
    """What was partly met and then met updates the event twice, each from the day it is known."""
    claims = [{"source": "paper", "at": "page 1", "says": "in 2023"}]
    step: dict[str, Any] = {"title": "A step", "due": "2023", "lead": "dfe", "claims": claims}
    outcomes: list[dict[str, Any]] = [{"partly-met": "2023-05-01"}, {"met": "2023-06-01"}]
    step |= {"promised": "2023-02-02", "outcome": [one | {"claims": claims} for one in outcomes]}
    dataset = record({}, milestones={"step": step})

    def revision(as_of: date) -> int:
        known = Known(dataset, as_of)
        (event,) = events(known, deadlines(Dates(known), tuple(State)))
        return event.revision

    days = [date(2023, 4, 30), date(2023, 5, 1), date(2023, 6, 1)]
    assert [revision(day) for day in days] == [0, 1, 2]


@pytest.mark.parametrize(("length", "before"), [("7d", 7), ("2w", 14), ("1m", 31)])
def test_an_alarm_goes_off_before(length: str, before: int, run: Callable[..., Result]) -> None:
    """--alarm reminds so long before the last day: a month before 31 December is 30 November."""
    events = _by_uid(_calendar(run, "--alarm", length, "--data", TINY, *DAY))
    (alarm,) = events["quays-open@reformcalc"].walk("VALARM")
    assert not events["lamp-survey@reformcalc"].walk("VALARM")  # it is past
    assert alarm["trigger"].dt == -timedelta(days=before)
    assert alarm["action"] == "DISPLAY"


def test_a_calendar_is_well_formed(run: Callable[..., Result]) -> None:
    """Lines end with CRLF and have at most 75 octets, commas are escaped, no letter is cut."""
    out = run("deadlines", "--format", "ics", "--all", "--as-of", "2026-11-21").out
    lines = out.split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert "\n" not in "".join(lines)
    assert max(len(line.encode()) for line in lines) <= 75
    unfolded = out.replace("\r\n ", "")
    assert "SUMMARY:ENDS Provide £2.4bn over three years\\, kept for prevention" in unfolded
    assert "\\nAs of 21 November 2026: " in unfolded


class _Khal:
    """khal with a calendar of its own, that files are imported into."""

    def __init__(self, folder: Path) -> None:
        self._program = shutil.which("khal")
        need(self._program, "khal")
        self._folder = folder
        (folder / "calendar").mkdir()
        self._config = folder / "config"
        self._config.write_text(
            f"[calendars]\n[[ours]]\npath = {folder / 'calendar'}\n[locale]\n"
            "timeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
            "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
            f"[sqlite]\npath = {folder / 'khal.db'}\n",
            encoding="utf-8",
        )

    def _call(self, *arguments: str) -> str:
        command = [str(self._program), "-c", str(self._config), *arguments]
        environment = {"HOME": str(self._folder), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
        return subprocess.run(
            command, capture_output=True, check=True, text=True, env=environment
        ).stdout

    def take(self, calendar: str) -> None:
        """Import a calendar as it stands in a file."""
        file = self._folder / "deadlines.ics"
        file.write_bytes(calendar.encode())
        self._call("import", "--batch", "-a", "ours", str(file))

    def listed(self, first: str, far: str) -> list[str]:
        """Return each event once, with its first day."""
        form = ("--once", "--format", "{start-date-long} {title}", "-df", "")
        return self._call("list", first, far, *form).splitlines()


def test_khal_reads_the_calendar(run: Callable[..., Result], tmp_path: Path) -> None:
    """khal, a calendar program, imports the file twice and lists each event once, all day."""
    khal = _Khal(tmp_path)
    for _ in range(2):
        khal.take(run("deadlines", "--all", "--format", "ics", "--data", TINY, *DAY).out)
    listed = khal.listed("2030-12-01", "400d")
    assert listed[:2] == [
        "2030-12-31 NO OUTCOME FOUND Survey the lamps \u2014 Port councils",
        "2031-04-20 MET LATE Buy the dredger \u2014 HO",
    ]
    assert sum("Survey the lamps" in one for one in listed) == 1


def _plan(tmp_path: Path, **changes: dict[str, Any]) -> Path:
    """Write a council's own plan of four steps, some of them changed, beside the shipped record."""
    paper = {"source": "dorset-plan", "at": "page 1", "says": "as planned"}
    plain: dict[str, Any] = {
        "promised": "2026-06-01", "lead": "dorset", "pillar": "family-help", "claims": [paper],
    }  # fmt: skip
    due = {"kinship-offer": "2026-12-15", "hubs": "2026-12-01", "panel": "2027-01-10",
           "teams": "December 2026"}  # fmt: skip
    steps = {
        id_: plain
        | {"title": f"Our {id_}", "due": when, "inferred": {"due": "our own plan"}}
        | changes.get(id_, {})
        for id_, when in due.items()
    }
    whole = {
        "bodies": {"dorset": {"title": "Dorset Council", "member_of": "local-authorities"}},
        "sources": {
            "dorset-plan": {
                "title": "Our plan", "publisher": "Dorset Council", "published": "2026-06-01"
            },
            "dorset-minutes": {
                "title": "Minutes", "publisher": "Dorset Council", "published": "2026-12-10"
            },
        },
        "milestones": steps,
    }  # fmt: skip
    path = tmp_path / "ours.yaml"
    path.write_text(json.dumps(whole), "utf-8")
    return path


_AGAIN = {"source": "dorset-minutes", "at": "page 2", "says": "now 2027-02-01"}
_CHANGED: dict[str, Any] = {
    "kinship-offer": {"moved": [{"to": "2027-02-01", "on": "2026-12-10", "claims": [_AGAIN]}]},
    "hubs": {"outcome": {"met": "2026-11-30", "claims": [_AGAIN]}},
    "panel": {"outcome": {"dropped": "2026-12-09", "claims": [_AGAIN]}},
}


def _ours(plan: Path, day: str) -> tuple[str | Path, ...]:
    both = ("--data", "bundled", "--data", plan)
    return ("--acts", "dorset", "--text", "Our ", *both, "--as-of", day)


def test_what_a_second_import_leaves_is_right(run: Callable[..., Result], tmp_path: Path) -> None:
    """After a move, a drop and an outcome, khal holds each step once, and where it now stands."""
    khal = _Khal(tmp_path)
    khal.take(run("deadlines", "--format", "ics", *_ours(_plan(tmp_path), "2026-11-23")).out)
    assert khal.listed("2026-11-01", "200d") == [
        "2026-12-01 DUE Our hubs \u2014 Dorset",
        "2026-12-15 DUE Our kinship-offer \u2014 Dorset",
        "2026-12-31 DUE Our teams \u2014 Dorset",
        "2027-01-10 DUE Our panel \u2014 Dorset",
    ]
    plan = _plan(tmp_path, **_CHANGED)
    khal.take(run("deadlines", "--all", "--format", "ics", *_ours(plan, "2027-01-04")).out)
    assert khal.listed("2026-11-01", "200d") == [
        "2026-11-30 MET Our hubs — Dorset",
        "2026-12-09 DROPPED Our panel — Dorset",
        "2026-12-31 OVERDUE Our teams — Dorset",
        "2027-02-01 DUE Our kinship-offer — Dorset",
    ]
    assert any("OVERDUE Our teams" in one for one in khal.listed("2027-01-04", "1d"))


def test_a_calendar_to_subscribe_to_has_what_is_open_alone(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    """What is settled is left out unless it is asked for; the name says whose days these are."""
    plan = _plan(tmp_path, **_CHANGED)
    calendar = _calendar(run, *_ours(plan, "2027-01-04"))
    assert [*_by_uid(calendar)] == ["dorset.teams@reformcalc", "dorset.kinship-offer@reformcalc"]
    name = 'For Dorset, with "Our " \u2013 Children\'s social care reform in England'
    assert calendar["x-wr-calname"] == name
    every = _by_uid(_calendar(run, "--all", *_ours(plan, "2027-01-04")))
    assert every["dorset.panel@reformcalc"]["status"] == "CANCELLED"
    assert str(_calendar(run, "--as-of", "2027-01-04")["name"]) == (
        "Deadlines – Children's social care reform in England"
    )


def test_an_id_that_names_its_body_does_so_once(run: Callable[..., Result], tmp_path: Path) -> None:
    """The UID of one's own plan carries the body before an id that does not begin with it."""
    path = tmp_path / "named.yaml"
    text = _plan(tmp_path).read_text("utf-8").replace('"kinship-offer"', '"dorset-kinship-offer"')
    path.write_text(text, "utf-8")
    uids = [*_by_uid(_calendar(run, *_ours(path, "2026-11-23")))]
    assert "dorset-kinship-offer@reformcalc" in uids
    assert "dorset.panel@reformcalc" in uids


@pytest.mark.parametrize(("counted", "before"), [("first", 14 + 30), ("last", 14)])
def test_an_alarm_counts_from_either_end(
    counted: str, before: int, run: Callable[..., Result], tmp_path: Path
) -> None:
    """--alarm-from first reminds before "December 2026" begins, last before it ends."""
    asked = _ours(_plan(tmp_path), "2026-11-01")
    events = _by_uid(_calendar(run, "--alarm", "14d", "--alarm-from", counted, *asked))
    (alarm,) = events["dorset.teams@reformcalc"].walk("VALARM")
    assert alarm["trigger"].dt == -timedelta(days=before)


def test_a_calendar_needs_its_extra(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the icalendar package the message says what to install."""
    monkeypatch.setitem(sys.modules, "icalendar", None)
    result = run("deadlines", "--format", "ics", "--data", TINY, *DAY)
    assert (result.code, result.out) == (2, "")
    assert "pip install icalendar (with pipx: pipx inject reformcalc icalendar)" in result.err


_COUNCILS = {
    "dfe": {"title": "Department for Education"},
    "councils": {"title": "All councils"},
    "east": {"title": "Councils of the east", "member_of": "councils"},
    "lowtown": {"title": "Lowtown Council", "member_of": ["east"]},
    "hilltop": {"title": "Hilltop Council", "member_of": "councils"},
}


@pytest.mark.parametrize(
    ("acts", "listed", "said"),
    [
        (["dfe"], {"of-dfe"}, []),
        (
            ["lowtown"],
            {"of-lowtown", "of-east", "of-councils"},
            ["With what falls to councils and east, of which lowtown is a member."],
        ),
        (
            ["hilltop"],
            {"of-councils"},
            ["With what falls to councils, of which hilltop is a member."],
        ),
        (
            ["lowtown", "hilltop"],
            {"of-lowtown", "of-east", "of-councils"},
            ["With what falls to councils and east, of which lowtown and hilltop are members."],
        ),
        (
            ["east"],
            {"of-lowtown", "of-east", "of-councils"},
            [
                "With what falls to councils, of which east is a member.",
                "With what falls to lowtown, as members of east.",
            ],
        ),
        (
            ["councils"],
            {"of-lowtown", "of-east", "of-councils"},
            ["With what falls to east and lowtown, as members of councils."],
        ),
    ],
)
def test_what_a_body_must_do_as_a_member_of_others(
    acts: list[str], listed: set[str], said: list[str]
) -> None:
    """A duty on all councils is each council's; to ask for all is to ask for each of them, but for
    what concerns one of them alone, which --local adds.
    """
    step = {"title": "A step", "promised": "2023-02-02", "due": "2030", "claims": CLAIM}
    steps = {f"of-{id_}": {**step, "lead": id_} for id_ in _COUNCILS if id_ != "hilltop"}
    moved = [{"to": "2031", "on": "2024-01-01", "claims": CLAIM}]
    steps = {id_: {**one, "moved": moved} for id_, one in steps.items()}
    dataset = record({}, bodies=_COUNCILS, milestones=steps)
    for query in (deadlines, slipped):
        report = query(dates_of(dataset, REVIEWED, acts=acts, local=True))
        assert {row.id for row in report.rows} == listed
        assert [note for note in report.sentences if note.startswith("With ")] == said
        report = query(dates_of(dataset, REVIEWED, acts=acts))
        alone = {"of-lowtown"} if "lowtown" not in acts else set()
        assert {row.id for row in report.rows} == listed - alone


def test_who_is_not_listed_is_not_spoken_of() -> None:
    """That a body is a member of another is said only where it lists something more."""
    step = {"title": "A step", "promised": "2023-02-02", "due": "2030", "claims": CLAIM}
    steps = {"step": {**step, "lead": ["lowtown", "dfe"]}}
    dataset = record({}, bodies=_COUNCILS, milestones=steps)
    report = deadlines(dates_of(dataset, REVIEWED, acts=["lowtown"]))
    assert [row.id for row in report.rows] == ["step"]
    assert not [note for note in report.sentences if note.startswith("With ")]


def test_a_body_names_its_members() -> None:
    """What shows a body shows who is a member of it, and what it is a member of."""
    dataset = record({}, bodies=_COUNCILS)
    told = {
        row.field or "named by": row.value for row in show(Known(dataset, REVIEWED), "east").rows
    }
    assert told == {"member of": "councils", "named by": "lowtown: Lowtown Council"}


def test_a_document_names_what_rests_on_it() -> None:
    """What shows a source shows each entry that cites it, once."""
    step = {"title": "A step", "promised": "2023-02-02", "due": "2030", "lead": "dfe"}
    dataset = record({}, milestones={"step": {**step, "claims": CLAIM * 2}})
    rows = show(Known(dataset, REVIEWED), "paper").rows
    assert [row.value for row in rows if row.field == "named by"] == ["step: A step"]


def test_what_tells_of_a_day_was_perhaps_written_later() -> None:
    """A date that only a later document tells is known, and its citation says that it is later."""
    dataset = _one(due="2027")
    (row,) = deadlines(dates_of(dataset, date(2023, 2, 2))).rows
    assert row.where == "DfE, 2 February 2023, page 1"
    later = {"paper": {"title": "A paper", "publisher": "DfE", "published": "2023-02-03"}}
    step = {"title": "A step", "promised": "2023-02-02", "due": "2027", "lead": "dfe"}
    dataset = record({}, sources=later, milestones={"step": {**step, "claims": CLAIM}})
    (row,) = deadlines(dates_of(dataset, date(2023, 2, 2))).rows
    assert row.where == "DfE, 3 February 2023, page 1 (published later)"
    (row,) = deadlines(dates_of(dataset, date(2023, 2, 3))).rows
    assert row.where == "DfE, 3 February 2023, page 1"
    undated = {"paper": {"title": "A paper", "publisher": "DfE", "accessed": "2026-11-21"}}
    dataset = record({}, sources=undated, milestones={"step": {**step, "claims": CLAIM}})
    (row,) = deadlines(dates_of(dataset, date(2023, 2, 2))).rows
    assert row.where.endswith(", undated, page 1")


def test_a_settled_event_stands_on_the_day_of_its_outcome() -> None:
    """What was met stands where it was met, with the address of the document that says so."""
    web = {"title": "A page", "publisher": "DfE", "published": "2024-03-01"}
    sources = {
        "paper": {**web, "url": "https://example.org/promise"},
        "news": {**web, "url": "https://example.org/outcome"},
    }
    told = [{"source": "news", "at": "page", "says": "it is done"}]
    step = {"title": "A step", "promised": "2023-02-02", "due": "2030", "lead": "dfe"}
    met = {"met": "2024-03-01..2024-03-04", "claims": told}
    dataset = record(
        {},
        sources=sources,
        milestones={"step": {**step, "claims": CLAIM, "outcome": met}},
    )
    for day, stands, address in (
        (date(2024, 3, 3), date(2030, 12, 31), "https://example.org/promise"),
        (date(2024, 3, 4), date(2024, 3, 4), "https://example.org/outcome"),
    ):
        known = Known(dataset, day)
        (event,) = events(known, deadlines(Dates(known), tuple(State)))
        assert (event.day, event.url) == (stands, address)


def test_what_is_partly_met_is_counted_apart() -> None:
    """What was done in part is not settled: it is listed, or the list says how many, and how."""
    part = {"partly-met": "2024-03-01", "claims": CLAIM}
    dataset = _one(due="2024", outcome=part)
    report = deadlines(dates_of(dataset, REVIEWED))
    assert [row.state for row in report.rows] == [State.PARTLY_MET]
    assert report.headline.endswith("none late, none due now, none coming, 1 partly met")
    notes = deadlines(dates_of(dataset, REVIEWED), [State.UPCOMING]).sentences
    assert "Partly met: 1 (--state partly-met)." in notes
    assert not any(note.startswith("Met, dropped") for note in notes)


def test_a_row_has_what_a_remark_says() -> None:
    """Conditions, searches and dates of our own reading are fields of their own."""
    looked = {"on": "2025-06-01", "searched": "pages"}
    dataset = _one(due="2024", conditions=["money"], inferred={"due": "a guess"}, looked=looked)
    (row,) = deadlines(dates_of(dataset, date(2025, 6, 1))).rows
    assert (row.searched, row.conditions, row.due_inferred) == ("pages", ("money",), True)
    (row,) = deadlines(dates_of(dataset, date(2025, 5, 31))).rows
    assert (row.looked, row.searched) == (None, None)


def test_a_body_of_ones_own_is_told_how_to_begin(run: Callable[..., Result]) -> None:
    """A body that is not in the record is told how to write itself down."""
    result = run("deadlines", "--acts", "mole-valley")
    assert result.code == 2
    assert 'no body "mole-valley"' in result.err
    assert "reformcalc new milestone" in result.err


def test_a_list_of_nothing_says_so() -> None:
    """Where no state is counted by itself, the headline still ends as a sentence does."""
    report = deadlines(dates_of(_one(due="2027"), REVIEWED), [State.UNDATED])
    assert report.headline == "As of 21 November 2026: none"


def test_our_own_words_are_said_to_be_of_one_day() -> None:
    """A note may tell what came later: an answer of an earlier day says so where it prints one."""
    for fields, warned in (({}, False), ({"note": "It was met in 2026."}, True)):
        dataset = _one(due="2027", **fields)
        notes = show(Known(dataset, date(2024, 1, 1)), "step").sentences
        assert any("may tell what came later" in note for note in notes) is warned
        assert not any(
            "may tell what came later" in note
            for note in show(Known(dataset, REVIEWED), "step").sentences
        )
    record_ = load().valid()
    notes = conflicts(Known(record_, date(2023, 6, 20))).sentences
    assert any("may tell what came later" in note for note in notes)


def test_words_are_looked_for_in_what_was_known_alone() -> None:
    """Before anything of it was known the record has no such word, nor says where it will stand."""
    tiny = load(TINY).valid()
    before = deadlines(dates_of(tiny, date(2019, 1, 1), text=("dredger",)))
    after = deadlines(dates_of(tiny, date(2031, 6, 30), text=("new dredger",)))
    assert not before.rows
    assert "dredger (" not in before.headline
    assert before.headline != after.headline
