"""The growth of a total: each day on which it changed, with why. £ million."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from reformcalc import load, totals
from reformcalc.answers.chosen import Chosen
from reformcalc.answers.totals.over_time import over_time
from reformcalc.errors import Refused
from tests.unit.builders import ask, commitment, labelled, record

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Result

RECORD = load().valid()
TODAY = date(2026, 11, 21)
MILLION = 10**6


def test_each_row_is_the_total_of_its_day() -> None:
    """What a row says is what `totals` says as of that day; the changes add up to the last."""
    rows = over_time(ask(RECORD, TODAY)).rows
    for row in rows:
        total = totals(ask(RECORD, row.day)).total
        assert total is not None
        assert (row.amount, row.perhaps_gbp) == (total.amount, total.perhaps_gbp)
    assert sum(row.change_gbp for row in rows) == rows[-1].amount.stated
    assert all(row.why for row in rows)


@pytest.mark.parametrize(
    ("day", "stated"),
    [
        ("2023-02-02", 200),
        ("2023-12-15", 220),
        ("2024-12-18", 687),
        ("2025-06-11", 3491.5),
        ("2025-11-30", 4322.5),
        ("2026-02-27", 3998.5),
    ],
)
def test_the_growth_of_the_whole(day: str, stated: float) -> None:
    """The totals that took nine commands by hand."""
    rows = {str(row.day): row for row in over_time(ask(RECORD, TODAY)).rows}
    assert float(rows[day].amount.stated) / MILLION == stated


def test_why_it_fell_after_december_2025() -> None:
    """£324m: £284m of one sum in two, and £40m replaced by what is in doubt."""
    top_up, zones = (row for row in over_time(ask(RECORD, TODAY)).rows if row.change_gbp < 0)
    assert (top_up.change_gbp, zones.change_gbp) == (-284 * MILLION, -40 * MILLION)
    assert "in Families First Partnership, 2026-29 and Transformation Fund, 2025-28" in top_up.why
    assert "replaced: Kinship allowance pilot (£40m) by Kinship Zones, 2026-28" in zones.why
    assert (
        "Kinship Zones, 2026-28 (£126m), may be part of Transformation Fund, 2025-28" in zones.why
    )


def test_each_kind_of_change_is_named() -> None:
    """Announced, corrected, repeated, in doubt, counted from then on, of something else."""
    overlap = {"may_overlap": ["later"], "reason": "no source says", "topics": ["a"]}
    sums = {
        "first": commitment("£10m", announced="2024-01-01", topics=["a"]),
        "doubtful": commitment("£3m", announced="2024-01-01", **overlap),
        "later": commitment("£4m", announced="2024-02-01", topics=["a"]),
        "other": commitment("£1m", announced="2024-03-01", part_of="first"),
        "baseline": commitment(
            "£9m", announced="2024-01-01", topics=["a"], counted="false", reason="old"
        ),
        "moved": commitment(
            "£2m", announced="2024-01-01", topics=["a"], part_of=["baseline", "pot"]
        ),
        "pot": commitment("£2m", announced="2024-04-01", topics=["a"]),
        "said": commitment("£14m", announced="2024-05-01", restates=["first", "later"]),
        "revised": commitment(
            [{"from": "2024-01-01", "is": "£5m"}, {"from": "2024-06-01", "is": "£6m"}],
            announced="2024-01-01",
            topics=["a"],
        ),
    }
    dataset = record(labelled(sums), topics={"a": {"title": "A"}})
    report = over_time(ask(dataset, TODAY, chosen=Chosen(topics=("a",))))
    whys = {str(row.day): row.why for row in report.rows}
    assert whys["2024-02-01"] == (
        "in doubt: doubtful (£3m) may be part of later; announced: later (£4m)"
    )
    assert whys["2024-03-01"] == "of something else: other (£1m), in first"
    assert whys["2024-04-01"] == ("counts from then on: moved (£2m), in pot; announced: pot (£2m)")
    assert whys["2024-06-01"] == "corrected: revised, £5m to £6m"
    assert "2024-05-01" not in whys


def test_an_envelope_grows_from_the_day_it_is_known() -> None:
    """Before an envelope is known there is no row of it; asked for too early, it is refused."""
    chosen = Chosen(envelope="transformation-fund")
    rows = over_time(ask(RECORD, TODAY, chosen=chosen)).rows
    assert [str(row.day) for row in rows][:1] == ["2025-06-11"]
    with pytest.raises(Refused):
        over_time(ask(RECORD, date(2024, 1, 1), chosen=chosen))


def test_nothing_known_has_no_rows() -> None:
    """Before anything was promised nothing has changed."""
    assert over_time(ask(RECORD, date(2000, 1, 1))).rows == ()


def test_what_was_announced_after_a_day() -> None:
    """Only what was not known then, with its part in another envelope."""
    after = Chosen(announced_after=date(2024, 10, 29))
    report = totals(ask(RECORD, date(2024, 12, 31), chosen=after))
    ids = {row.id for row in report.rows}
    assert {"kinship-allowance-pilot", "autumn-budget-2024"} <= ids
    assert "kinship-allowance-pilot~autumn-budget-2024-kinship-fostering" in ids
    assert "stable-homes" not in ids
    assert "announced after 29 October 2024" in report.headline
    assert not any("Of unknown size" in note for note in report.sentences)


def test_by_spending() -> None:
    """Revenue, capital, mixed and not stated add up to the whole, and so does what is in doubt."""
    report = totals(ask(RECORD, TODAY), by="spending")
    assert report.total is not None
    assert {row.id for row in report.rows} == {"revenue", "capital", "mixed", "not-stated"}
    assert sum(row.adds_gbp for row in report.rows) == report.total.adds_gbp
    assert sum(row.perhaps_gbp for row in report.rows) == report.total.perhaps_gbp


@pytest.mark.parametrize("option", [["--explain"], ["--by", "topic"], ["--new", "each-year"]])
def test_over_time_is_of_all_cash(option: list[str], run: Callable[..., Result]) -> None:
    """What sets a total out otherwise is refused beside --over-time."""
    result = run("totals", "--over-time", *option)
    assert (result.code, result.out) == (2, "")
    assert "leave out --explain, --by, --new and --prices" in result.err


def test_the_command_line_asks_for_both(run: Callable[..., Result]) -> None:
    """--over-time and --announced-after are answered as in Python."""
    grown = json.loads(
        run("totals", "--over-time", "--as-of", "2023-12-31", "--format", "json").out
    )
    assert [row["day"] for row in grown["rows"]] == ["2023-02-02", "2023-11-16", "2023-12-15"]
    late = run("totals", "--announced-after", "2023-12-14", "--as-of", "2023-12-31")
    assert "£20m promised" in late.out


def test_a_day_that_is_none_is_said_of_its_own_option(run: Callable[..., Result]) -> None:
    """Where two options take days, the message names the one that is wrong."""
    result = run("totals", "--announced-after", "soon", "--as-of", "2026-11-21")
    assert result.code == 2
    assert 'Invalid value for --announced-after: "soon" is not a day' in result.err
