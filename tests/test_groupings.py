"""Totals in groups: what a row of one says, whatever it is grouped by."""

from __future__ import annotations

import pytest

from reformcalc import words
from reformcalc.queries.groupings import GROUPINGS
from reformcalc.queries.totals import totals
from tests.unit.builders import TODAY, commitment, record


@pytest.mark.parametrize("by", [by for by in GROUPINGS if by != "envelope"])
def test_a_group_says_how_much_may_be_more(by: str) -> None:
    """money.md 4: what may lie in other sums stands as "perhaps" in every group that has any."""
    overlap = {"may_overlap": ["sure"], "reason": "no source says", "years": "2026-27..2027-28"}
    doubtful = commitment("£4m", pillar="help", topics=["b"], lead="hmt", stage="paid", **overlap)
    sums = {
        "sure": commitment("£9m", topics=["a"], years="2026-27", stage="allocated"),
        "doubtful": doubtful,
        "other": {**doubtful, "amount": "up to £3m"},
    }
    dataset = record(
        sums,
        pillars={id_: {"title": id_} for id_ in ("families", "help")},
        topics={id_: {"title": id_} for id_ in ("a", "b")},
        bodies={id_: {"title": id_} for id_ in ("dfe", "hmt")},
    )
    rows = totals(dataset, as_of=TODAY, by=by).rows
    assert [(row.adds_gbp, row.perhaps_gbp, row.remark) for row in rows] == [
        (9_000_000, 0, ""),
        (0, 7_000_000, "perhaps £7m more"),
    ]


def test_a_pillar_says_what_is_perhaps_beside_what_is_not_assigned() -> None:
    """What may lie in other sums, and what is of no one pillar, are two things: each is said."""
    overlap = {"may_overlap": ["loose"], "reason": "no source says"}
    sums = {
        "loose": commitment("£9m", pillar="cross"),
        "doubtful": commitment("£4m", pillar="families", **overlap),
    }
    pillars = {"families": {"title": "Families"}, "cross": {"title": "X", "unassigned": "true"}}
    rows = totals(record(sums, pillars=pillars), as_of=TODAY, by="pillar").rows
    assert {row.id: row.remark for row in rows} == {
        "cross": "",
        "families": "perhaps £4m more, and £9m not assigned",
    }


@pytest.mark.parametrize("by", ["lead", "stage", "topic"])
def test_a_group_without_a_ceiling_is_shown(by: str) -> None:
    """Of open money no source says how much is new: it may be any sum, and so has its row."""
    sums = {
        "open": commitment("over £20m", topics=["a"], stage="allocated"),
        "told": commitment("£5m", topics=["b"], lead="hmt", stage="paid", existing="£0"),
        "old": commitment("£7m", topics=["c"], lead="moj", stage="announced", existing="all"),
    }
    dataset = record(
        sums,
        topics={id_: {"title": id_} for id_ in "abc"},
        bodies={id_: {"title": id_} for id_ in ("dfe", "hmt", "moj")},
    )
    rows = totals(dataset, as_of=TODAY, by=by, new="each-year").rows
    assert [words.money(row.amount) for row in rows] == ["£5m", "at least £0"]


@pytest.mark.parametrize(
    ("within", "remark"),
    [
        pytest.param("doubtful", "perhaps: may lie in cap; not in the total", id="all perhaps"),
        pytest.param(
            ["doubtful", "other"], "£120m perhaps in cap; adds £45m", id="a part adds here"
        ),
        pytest.param(
            ["other", "doubtful"],
            "£45m counted elsewhere and £120m perhaps in cap; adds £0",
            id="a part counts elsewhere",
        ),
    ],
)
def test_a_doubtful_sum_says_what_of_it_counts(within: str | list[str], remark: str) -> None:
    """A part that lies in a sure sum too counts: what may lie in another is the rest."""
    overlap = {"may_overlap": ["cap"], "reason": "no source says"}
    sums = {
        "cap": "£560m",
        "other": "£50m",
        "doubtful": commitment("£165m", **overlap),
        "rest": commitment("£120m", part_of="doubtful"),
        "part": commitment("£45m", part_of=within),
    }
    rows = {row.id: row for row in totals(record(sums), as_of=TODAY).rows}
    assert rows["doubtful"].remark == remark
    assert rows["rest"].remark == "perhaps: may lie in cap; not in the total"
