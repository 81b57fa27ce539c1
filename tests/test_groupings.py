"""Totals in groups: what a row of one says, whatever it is grouped by."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reformcalc import words
from reformcalc.answers.totals.groupings import GROUPINGS
from reformcalc.answers.totals.totals import totals
from reformcalc.values.years import FinancialYear, Years
from tests.unit.builders import MILLION, TODAY, ask, commitment, labelled, record


@pytest.mark.parametrize("by", [by for by in GROUPINGS if by != "envelope"])
def test_a_group_says_how_much_may_be_more(by: Any) -> None:
    """What may be part of other sums is said to be in doubt in every group that has any."""
    overlap = {"may_overlap": ["sure"], "reason": "no source says", "years": "2026-27..2027-28"}
    doubtful = commitment(
        "£4m", pillar="help", topics=["b"], lead="hmt", stage="paid", spending="capital", **overlap
    )
    sums = {
        "sure": commitment(
            "£9m", topics=["a"], years="2026-27", stage="allocated", spending="revenue"
        ),
        "doubtful": doubtful,
        "other": {**doubtful, "amount": "up to £3m"},
    }
    dataset = record(
        sums,
        pillars={id_: {"title": id_} for id_ in ("families", "help")},
        topics={id_: {"title": id_} for id_ in ("a", "b")},
        bodies={id_: {"title": id_} for id_ in ("dfe", "hmt")},
    )
    rows = totals(ask(dataset, TODAY), by=by).rows
    # What it may lie in is of another topic: asked for its own, it counts.
    second = (7_000_000, 0, "") if by == "topic" else (0, 7_000_000, "up to £7m more is in doubt")
    assert [(row.adds_gbp, row.perhaps_gbp, row.remark) for row in rows] == [
        (9_000_000, 0, ""),
        second,
    ]


def test_a_pillar_says_what_is_perhaps_beside_what_is_not_assigned() -> None:
    """What may lie in other sums, and what is of no one pillar, are two things: each is said."""
    overlap = {"may_overlap": ["loose"], "reason": "no source says"}
    sums = {
        "loose": commitment("£9m", pillar="cross"),
        "doubtful": commitment("£4m", pillar="families", **overlap),
    }
    pillars = {"families": {"title": "Families"}, "cross": {"title": "X", "unassigned": "true"}}
    rows = totals(ask(record(sums, pillars=pillars), TODAY), by="pillar").rows
    assert {row.id: row.remark for row in rows} == {
        "cross": "",
        "families": "up to £4m more is in doubt, and £9m not assigned",
    }


@pytest.mark.parametrize("by", ["lead", "stage", "topic"])
def test_a_group_without_a_ceiling_is_shown(by: Any) -> None:
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
    rows = totals(ask(dataset, TODAY, new="each-year"), by=by).rows
    assert [words.money(row.amount) for row in rows] == ["£5m", "at least £0"]


@pytest.mark.parametrize(
    ("within", "remark"),
    [
        pytest.param(
            "doubtful", "in doubt, so not in the total: may be part of cap", id="all in doubt"
        ),
        pytest.param(
            ["doubtful", "other"],
            "£45m counted here, £120m in doubt, as it may be part of cap",
            id="a part adds here",
        ),
        pytest.param(
            ["other", "doubtful"],
            "£0 counted here, £45m under other and £120m in doubt, as it may be part of cap",
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
    rows = {row.id: row for row in totals(ask(record(labelled(sums)), TODAY)).rows}
    assert rows["doubtful"].remark == remark
    assert rows["rest"].remark == "in doubt, so not in the total: may be part of cap"


@pytest.mark.parametrize(
    ("amount", "years", "profile", "rows"),
    [
        pytest.param(
            "£12m",
            "2023-24..2026-27",
            {"2024-25": "£3m"},
            {"2023-24, 2025-26..2026-27": (9, "no yearly split"), "2024-25": (3, "")},
            id="the rest is for the years on both sides",
        ),
        pytest.param(
            "£12m",
            "2023-24..2025-26",
            {"2024-25": "£3m"},
            {"2023-24, 2025-26": (9, "no yearly split"), "2024-25": (3, "")},
            id="for one on each side",
        ),
        pytest.param(
            "£12m",
            "2023-24..2025-26",
            {"2023-24": "£3m"},
            {"2023-24": (3, ""), "2024-25..2025-26": (9, "no yearly split")},
            id="for those that follow",
        ),
        pytest.param(
            "£5m", "2024-25", {"2024-25": "£3m"}, {"2024-25": (5, "")}, id="a sum of one year"
        ),
        pytest.param(
            "£5m",
            None,
            {"2024-25": "£3m"},
            {"2024-25": (3, ""), "not-stated": (2, "no source says which years")},
            id="a sum of no stated years",
        ),
        pytest.param(
            "about £10m",
            None,
            {"2023-24": "£12m"},
            {"not-stated": (10, "no source says which years")},
            id="a year that is more than the sum",
        ),
        pytest.param(
            "£36m",
            "2023-24..2024-25",
            {"2023-24": "£27m", "2024-25": "£9.4m"},
            {"2023-24..2024-25": (36, "no yearly split")},
            id="years that round to more",
        ),
    ],
)
def test_what_is_left_of_a_profile_is_of_the_other_years(
    amount: str, years: str | None, profile: dict[str, str], rows: dict[str, tuple[int, str]]
) -> None:
    """A partial profile fixes its years; what adds to more than the sum fixes none."""
    dataset = record({"a": commitment(amount, years=years, profile=profile)})
    report = totals(ask(dataset, TODAY), by="year")
    assert {row.id: (row.adds_gbp / MILLION, row.title) for row in report.rows} == rows
    assert "or whose years add to more" in report.sentences[0]


@given(
    st.integers(1, 40),
    st.integers(0, 3),
    st.dictionaries(st.integers(2023, 2027), st.integers(0, 30), max_size=4),
)
def test_years_add_up_to_the_total_and_are_never_negative(
    amount: int, more: int, profile: dict[int, int]
) -> None:
    """Whatever a source puts in which years, each pound is in one row."""
    told = {str(FinancialYear(year)): f"£{value}m" for year, value in profile.items()}
    years = Years(FinancialYear(2023), FinancialYear(2023 + more))
    dataset = record({"a": commitment(f"£{amount}m", years=str(years), profile=told or None)})
    report = totals(ask(dataset, TODAY), by="year")
    assert sum(row.adds_gbp for row in report.rows) == amount * MILLION
    assert all(row.amount.low >= 0 and row.adds_gbp >= 0 for row in report.rows)


@pytest.mark.parametrize(
    ("existing", "rows"),
    [
        ({"2024-25": "£1m", "2025-26": "£4m"}, {"2024-25": 3, "2025-26": 2}),
        ("£0", {"2024-25": 4, "2025-26": 6}),
        ("all", {"2024-25": 0, "2025-26": 0}),
        ("£5m", {"2024-25..2025-26": 5}),
        ({"2024-25": "up to £1m", "2025-26": "£4m"}, {"2024-25..2025-26": 5}),
    ],
)
def test_new_money_is_split_where_its_years_are_told(
    existing: str | dict[str, str], rows: dict[str, int]
) -> None:
    """All of it new or old, or so much of each year: else nothing says of which year the new is."""
    profile = {"2024-25": "£4m", "2025-26": "£6m"}
    told = commitment("£10m", years="2024-25..2025-26", profile=profile, existing=existing)
    found = totals(ask(record({"a": told}), TODAY, new="each-year"), by="year").rows
    assert {row.id: row.adds_gbp / MILLION for row in found} == rows


def test_what_never_counts_is_not_among_sums_of_unknown_size() -> None:
    """A sum is named as unknown where that leaves a total open, which no other scope does."""
    sums = {
        "sure": commitment("£9m"),
        "lost": commitment("unknown", label="The lost sum", reason="no source says"),
        "other": commitment("unknown", label="Other scope", reason="no source", counted="false"),
    }
    (said,) = [one for one in totals(ask(record(sums), TODAY)).sentences if "unknown size" in one]
    assert "The lost sum" in said
    assert "Other scope" not in said
