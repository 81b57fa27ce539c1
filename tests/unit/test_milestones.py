"""Where milestones stand: what outcomes say of when, and the days on which there were none."""

from __future__ import annotations

from typing import Any

import pytest

from reformcalc.ledger.milestones import status
from tests.unit.builders import TODAY, record

CLAIM = [{"source": "paper", "at": "page 1", "says": "so it is"}]


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
        pytest.param([{"not-met": "2025-08-01"}, {"met": "2025-07-31"}], (30, 91), id="one day"),
    ],
)
def test_what_had_not_happened_on_a_day_came_no_earlier(
    outcomes: list[dict[str, str]], late: tuple[int, int] | None
) -> None:
    """Promised for 1 May to 1 July 2025: so many days late, at least and at most."""
    step: dict[str, Any] = {
        "title": "A step", "promised": "2023-02-02", "due": "1 May 2025 to 1 July 2025",
        "lead": "dfe", "claims": CLAIM, "nature": "duty",
        "outcome": [{**one, "claims": CLAIM} for one in outcomes],
    }  # fmt: skip
    dataset = record({}, milestones={"step": step})
    assert status(dataset, dataset.milestones["step"], TODAY).late == late
