"""Doubt relative to a selection: what of a sum counts where others of it may hold the rest."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reformcalc import totals
from reformcalc.queries.common import Chosen
from reformcalc.years import FinancialYear, parse_year
from tests.unit.builders import commitment, deflators, record

DAY = date(2025, 3, 31)
MILLION = 10**6
A = Chosen(topics=("a",))


def _sum(amount: str, *topics: str, over: str = "", **fields: Any) -> dict[str, Any]:
    if over:
        fields |= {"may_overlap": over.split(), "reason": "no source says"}
    return commitment(amount, topics=list(topics), **fields)


def _total(sums: dict[str, Any], chosen: Chosen = A, **how: Any) -> tuple[Any, ...]:
    """Return stated, low, high, in doubt, and from outside, in £ million."""
    dataset = record(sums, topics={one: {"title": one} for one in "ab"})
    if "prices" in how:
        index = {FinancialYear(2023): Decimal(100), FinancialYear(2024): Decimal(200)}
        dataset = dataset.model_copy(update={"deflators": {"d": deflators(index)}})
    row = totals(dataset, as_of=DAY, chosen=chosen, **how).total
    assert row is not None
    amount = row.amount
    high = None if amount.high is None else float(amount.high) / MILLION
    ends = (float(amount.stated) / MILLION, float(amount.low) / MILLION, high)
    return (*ends, row.perhaps_gbp / MILLION, row.outside_gbp / MILLION)


@pytest.mark.parametrize(
    ("doubtful", "holder", "expected"),
    [
        # The holder is not chosen: all counts.
        (_sum("£8m", "a", over="h"), _sum("£5m", "b"), (8, 8, 8, 0, 5)),
        # It holds more than the sum, as much, or less.
        (_sum("£8m", "a", over="h"), _sum("£9m", "a"), (9, 9, 9, 8, 0)),
        (_sum("£8m", "a", over="h"), _sum("£8m", "a"), (8, 8, 8, 8, 0)),
        (_sum("£8m", "a", over="h"), _sum("£5m", "a"), (8, 8, 8, 5, 0)),
        # It has no end, so nothing is sure.
        (_sum("£8m", "a", over="h"), _sum("over £5m", "a"), (5, 5, None, 8, 0)),
        # It may be large: what it is at the most counts against the sum.
        (_sum("£8m", "a", over="h"), _sum("£3m to £5m", "a"), (6, 6, 8, 5, 0)),
        # The doubtful sum is open itself: over £8m less £5m, and up to £8m less £5m.
        (_sum("over £8m", "a", over="h"), _sum("£5m", "a"), (8, 8, None, 5, 0)),
        (_sum("up to £8m", "a", over="h"), _sum("£5m", "a"), (8, 5, 8, 5, 0)),
    ],
)
def test_a_sum_is_in_doubt_by_what_the_chosen_can_hold(
    doubtful: dict[str, Any], holder: dict[str, Any], expected: tuple[Any, ...]
) -> None:
    """The rest counts, with its bounds; what was not chosen may pay for it."""
    assert _total({"d": doubtful, "h": holder}) == expected


def test_part_of_what_is_inside_a_holder_is_chosen() -> None:
    """Only the chosen parts of a fund can hold a sum of that topic; the rest may pay for it."""
    sums = {
        "fund": _sum("£20m", "b"),
        "part": _sum("£3m", "a", part_of="fund"),
        "d": _sum("£8m", "a", over="fund"),
    }
    assert _total(sums) == (8, 8, 8, 3, 5)


def test_sums_that_a_headline_adds_up_are_not_in_one_another() -> None:
    """£11m is said to be £8m and £3m: neither is in the other, whichever is asked for."""
    sums = {
        "fund": _sum("£20m", "b"),
        "part": _sum("£3m", "a", part_of="fund"),
        "d": _sum("£8m", "a", over="fund"),
        "said": _sum("£11m", restates=["part", "d"]),
    }
    assert _total(sums)[:4] == (11, 11, 11, 0)
    sums["d"] = _sum("£8m", "a", over="part")
    assert _total(sums, Chosen()) == (28, 28, 28, 0, 0)


def test_what_counts_in_part_by_year_and_in_other_prices() -> None:
    """Each part of a plan bears the doubt; a pound of 2023-24 is two of 2024-25 here."""
    sums = {
        "d": _sum("£8m", "a", over="h", years="2023-24"),
        "inside": _sum("£2m", "a", part_of="d", years="2023-24"),
        "h": _sum("£4m", "a", years="2024-25"),
    }
    assert _total(sums) == (8, 8, 8, 4, 0)
    stated, low, high, perhaps, _ = _total(sums, prices=parse_year("2024-25"))
    assert (stated, perhaps) == (4 + 8, 8)
    assert low <= stated <= high
    assert _total(sums, Chosen(topics=("a",)), by="year")[:4] == (8, 8, 8, 4)


@given(held=st.integers(1, 20), doubtful=st.integers(1, 20), inside=st.integers(0, 20))
def test_the_rows_add_up_however_much_is_in_doubt(held: int, doubtful: int, inside: int) -> None:
    """What counts and what is in doubt make the whole; no row is less than nothing."""
    sums = {
        "d": _sum(f"£{doubtful}m", "a", over="h"),
        "part": _sum(f"£{min(inside, doubtful)}m", "a", part_of="d"),
        "h": _sum(f"£{held}m", "a"),
    }
    dataset = record(sums, topics={one: {"title": one} for one in "ab"})
    report = totals(dataset, as_of=DAY, chosen=A)
    assert report.total is not None
    assert report.total.perhaps_gbp == min(held, doubtful) * MILLION
    assert report.total.adds_gbp == max(held, doubtful) * MILLION
    leaves = {row.id for row in report.rows} - {row.parent for row in report.rows}
    assert all(row.adds_gbp >= 0 and row.perhaps_gbp >= 0 for row in report.rows)
    kept = sum(row.adds_gbp for row in report.rows if row.id in leaves)
    if report.total.adds_gbp > held * MILLION:
        assert abs(kept - report.total.adds_gbp) <= 1
