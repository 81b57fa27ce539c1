"""Where milestones stand: what outcomes say of when, and the days on which there were none."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from reformcalc.ledger.milestones import State, says_due, status
from reformcalc.values.due import parse_due
from tests.unit.builders import TODAY, record

CLAIM = [{"source": "paper", "at": "page 1", "says": "so it is"}]


def _step(**said: Any) -> dict[str, Any]:
    """Write a promise for 1 May to 1 July 2025, with what else is said of it."""
    outcomes = [{**one, "claims": CLAIM} for one in said.pop("outcome", ())]
    return {
        "title": "A step", "promised": "2023-02-02", "due": "1 May 2025 to 1 July 2025",
        "lead": "dfe", "claims": CLAIM, "nature": "duty", "outcome": outcomes, **said,
    }  # fmt: skip


def _search(reaches: str) -> dict[str, str]:
    return {"on": "2025-07-20", "reaches": reaches, "searched": "the papers"}


@pytest.mark.parametrize(
    ("outcomes", "late"),
    [
        pytest.param([{"met": "summer 2025"}], (-30, 122), id="nothing said of a day"),
        pytest.param(
            [{"not-met": "2025-08-01"}, {"met": "summer 2025"}], (31, 122), id="undone on a day"
        ),
        pytest.param(
            [{"met": "summer 2025"}, {"not-met": "2025-08-01"}], (31, 122), id="in either order"
        ),
        pytest.param(
            [{"not-met": "2025-07-05"}, {"not-met": "2025-08-01"}, {"met": "summer 2025"}],
            (31, 122),
            id="undone on two days",
        ),
        pytest.param(
            [{"not-met": "August 2025"}, {"met": "summer 2025"}], (31, 122), id="undone in a month"
        ),
        pytest.param(
            [{"not-met": "2025-08-31"}, {"met": "summer 2025"}], (61, 122), id="on its last day"
        ),
        pytest.param(
            [{"not-met": "2025-05-01"}, {"met": "summer 2025"}], (-30, 122), id="seen before"
        ),
        pytest.param(
            [{"not-met": "2025-09-01"}, {"met": "summer 2025"}], (-30, 122), id="seen after"
        ),
        pytest.param(
            [{"not-met": "2025-08-01"}, {"partly-met": "summer 2025"}], (-30, 122), id="a part"
        ),
        pytest.param(
            [{"not-met": "2025-08-01"}, {"in-force": "summer 2025"}], (31, 122), id="in force"
        ),
        pytest.param([{"not-met": "2025-08-01"}, {"dropped": "summer 2025"}], None, id="given up"),
        pytest.param([{"met": "2025-07-01"}], None, id="on the last day"),
        pytest.param([{"met": "June 2025 to 2 July 2025"}], (-30, 62), id="perhaps in time"),
        pytest.param([{"not-met": "2025-08-01"}, {"met": "2025-07-31"}], (30, 91), id="one day"),
    ],
)
def test_what_had_not_happened_on_a_day_came_no_earlier(
    outcomes: list[dict[str, str]], late: tuple[int, int] | None
) -> None:
    """Promised for 1 May to 1 July 2025: so many days late, at least and at most."""
    dataset = record({}, milestones={"step": _step(outcome=outcomes)})
    assert status(dataset, dataset.milestones["step"], TODAY).late == late


@pytest.mark.parametrize(
    ("day", "said", "state"),
    [
        ("2025-04-30", {}, State.UPCOMING),
        ("2025-05-01", {}, State.DUE_NOW),
        ("2025-07-01", {}, State.DUE_NOW),
        ("2025-07-02", {}, State.NOT_CHECKED),
        ("2025-08-01", {"looked": _search("2025-07-01")}, State.NOT_CHECKED),
        ("2025-08-01", {"looked": _search("2025-07-02")}, State.NO_OUTCOME_FOUND),
        ("2025-08-01", {"outcome": [{"met": "2025-07-01"}]}, State.MET),
        ("2025-08-01", {"outcome": [{"met": "2025-07-02"}]}, State.MET_LATE),
        ("2025-08-01", {"outcome": [{"met": "July 2025"}]}, State.MET),
        ("2025-08-01", {"outcome": [{"not-met": "2025-07-01"}]}, State.NOT_CHECKED),
        ("2025-08-01", {"outcome": [{"not-met": "2025-07-02"}]}, State.LATE),
        (
            "2025-08-01",
            {"outcome": [{"partly-met": "2025-07-03"}, {"not-met": "2025-07-03"}]},
            State.PARTLY_MET,
        ),
        (
            "2025-08-01",
            {"outcome": [{"partly-met": "2025-07-02"}, {"not-met": "2025-07-03"}]},
            State.LATE,
        ),
        ("2025-05-01", {"due": "after 1 May 2025"}, State.UPCOMING),
        ("2025-05-02", {"due": "after 1 May 2025"}, State.DUE_NOW),
        ("2026-05-01", {"due": "after 1 May 2025"}, State.DUE_NOW),
        ("2026-05-02", {"due": "after 1 May 2025"}, State.UNDATED),
        ("2025-07-01", {"nature": "programme"}, State.UNDER_WAY),
        ("2025-07-02", {"nature": "programme"}, State.ENDED),
    ],
)
def test_a_state_begins_on_its_day(day: str, said: dict[str, Any], state: State) -> None:
    """Of what is due from 1 May to 1 July 2025: its first and its last day are not late."""
    known = record({}, milestones={"step": _step(**said)})
    assert status(known, known.milestones["step"], date.fromisoformat(day)).state is state


@pytest.mark.parametrize(
    ("due", "moved", "slipped"),
    [
        ("1 July 2025", "2 July 2025", 1),
        ("1 July 2025", "30 June 2025", -1),
        ("July 2025", "31 July 2025", 0),  # only a closer date
        ("July 2025", "1 July 2025", 0),
        ("July 2025", "1 July 2025 to 31 July 2025", 0),
        ("July 2025", "1 July 2025 to 1 August 2025", 1),
        ("July 2025", "30 June 2025 to 31 July 2025", 0),
        ("1 July 2025", "after 1 July 2025", None),
        ("after 1 July 2025", "1 August 2025", None),
        ("undated: in due course", "1 July 2025", 0),  # dated for the first time
    ],
)
def test_a_date_slips_by_days(due: str, moved: str, slipped: int | None) -> None:
    """By those from one last day to the other; a closer date of the same promise has not moved."""
    move = {"to": moved, "on": "2025-01-01", "claims": CLAIM}
    known = record({}, milestones={"step": _step(due=due, moved=[move])})
    assert status(known, known.milestones["step"], TODAY).slipped == slipped


@pytest.mark.parametrize(
    ("due", "says", "whether"),
    [
        ("1 May 2024", "by 1 May 2024", True),
        ("1 May 2024", "1 May 2024", True),
        ("1 May 2024", "by 31 May 2024", False),
        ("in due course", "not in due courses", False),
        ("in due course", "in due courses, or in due course", True),
        ("in due course", "in due coursein due course", False),
        ("Spring 2024", "in SPRING of 2024", False),
        ("spring 2024", "by March to May 2024", True),  # the same days
    ],
)
def test_a_claim_says_a_date_in_whole_words(due: str, says: str, *, whether: bool) -> None:
    """In the same words, wherever they stand in it, or in words for the same days."""
    said = record({}, milestones={"step": _step(claims=[{**CLAIM[0], "says": says}])})
    claim = said.milestones["step"].claims[0]
    assert says_due(parse_due(due), claim) is whether
