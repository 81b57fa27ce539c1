"""The 2023 package, against sums worked by hand from the five documents."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from reformcalc import load, totals
from reformcalc.answers.question import Question
from reformcalc.ledger.known import Known
from tests.conftest import PROJECT, need

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Result

JUNE = ("--as-of", "2023-06-20", "--format", "json")
MILLION = 10**6


@pytest.fixture
def ask(run: Callable[..., Result]) -> Callable[..., dict[str, Any]]:
    """Return a function that asks the shipped record for JSON."""

    def call(*arguments: str) -> dict[str, Any]:
        result = run(*arguments)
        assert (result.code, result.err) == (0, "")
        answer: dict[str, Any] = json.loads(result.out)
        return answer

    return call


def test_the_shipped_record_has_no_findings(run: Callable[..., Result]) -> None:
    """The bundled data passes every rule, warnings included."""
    result = run("validate", "--strict")
    assert result.code == 0, result.out


def test_the_package_is_200m(ask: Callable[..., dict[str, Any]]) -> None:
    """£200m exactly, not £311m: "the Government will invest £200 million" (CBP-9818, Summary)."""
    total = ask("totals", *JUNE)["total"]
    assert (total["amount_gbp"], total["low_gbp"], total["high_gbp"]) == (
        200 * MILLION,
        200 * MILLION,
        200 * MILLION,
    )
    assert total["qualifier"] == "exact"
    assert total["perhaps_gbp"] == 0


def test_what_is_not_itemised_is_a_row(ask: Callable[..., dict[str, Any]]) -> None:
    """45 + 30 + 27 + 9 is 111 of 200: up to £89m is not itemised, since parts are floors."""
    rows = ask("totals", *JUNE)["rows"]
    (rest,) = [row for row in rows if row["kind"] == "not-itemised"]
    bounds = (rest["amount_gbp"], rest["low_gbp"], rest["high_gbp"])
    assert bounds == (89 * MILLION, 0, 89 * MILLION)
    assert rest["qualifier"] == "up-to"
    assert [row["id"] for row in rows] == [
        "stable-homes",
        "ffc-pathfinder",
        "family-finding",
        "fostering-recruitment",
        "fostering-wider",
        "fostering-north-east",
        "kinship-training",
        "stable-homes/not-itemised",
    ]


@pytest.mark.parametrize(
    ("pillar", "stated", "low", "high"),
    [
        ("family-help", 45, 45, 134),  # 200 - 27 - 30 - 9
        ("care-and-leavers", 57, 57, 146),  # 30 + 27, and 200 - 45 - 9
        ("family-networks", 9, 9, 9),
        ("cross-cutting", 89, 0, 89),
    ],
)
def test_money_by_pillar(
    pillar: str, stated: int, low: int, high: int, ask: Callable[..., dict[str, Any]]
) -> None:
    """A pillar's bounds come from the envelope: it has what the others cannot have."""
    rows = {row["id"]: row for row in ask("totals", "--by", "pillar", *JUNE)["rows"]}
    row = rows[pillar]
    assert (row["amount_gbp"], row["low_gbp"], row["high_gbp"]) == (
        stated * MILLION,
        low * MILLION,
        high * MILLION,
    )
    assert row["unassigned_gbp"] == (0 if pillar == "cross-cutting" else 89 * MILLION)
    # Of the workforce only a baseline is recorded, and of data nothing: neither is known to be £0.
    for none, why in (
        ("workforce", "recorded, but in no total"),
        ("data-and-improvement", "nothing recorded"),
    ):
        assert rows[none]["amount_gbp"] is rows[none]["low_gbp"] is rows[none]["high_gbp"] is None
        assert rows[none]["missing"] == why
        assert rows[none]["unassigned_gbp"] == 89 * MILLION


def test_fostering_is_27m_and_not_25m(ask: Callable[..., dict[str, Any]]) -> None:
    """£3m in the North East and £24m beyond are the £27m; £25m stands in one report alone."""
    total = ask("totals", "--topic", "fostering", *JUNE)["total"]
    assert (total["amount_gbp"], total["qualifier"]) == (27 * MILLION, "exact")


def test_each_item_has_one_reason_and_they_add_up(ask: Callable[..., dict[str, Any]]) -> None:
    """--explain gives every commitment once, and what it counts adds up to the total."""
    answer = ask("totals", "--explain", *JUNE)
    ids = [row["id"] for row in answer["rows"]]
    assert sorted(ids) == sorted(set(ids))
    assert all(row["reason"] for row in answer["rows"])
    assert sum(row["counts_gbp"] for row in answer["rows"]) == 200 * MILLION
    reasons = {row["id"]: row["reason"] for row in answer["rows"]}
    assert reasons["stable-homes"] == "not broken down: £89m of £200m"
    assert reasons["fostering-recruitment"] == "counted in its parts"
    assert reasons["court-delay-pilots"] == "not yet known (announced 2023-02-02..2023-11-16)"
    assert reasons["ffc-pathfinder"].startswith("counted in full; at most £134m")


def test_the_court_money_may_be_inside(ask: Callable[..., dict[str, Any]]) -> None:
    """£10m is first seen on 16 November 2023, and no document says whether it is in the £200m."""
    total = ask("totals", "--as-of", "2023-11-16", "--format", "json")["total"]
    assert (total["amount_gbp"], total["perhaps_gbp"]) == (200 * MILLION, 10 * MILLION)


def test_five_shares_of_the_ask(ask: Callable[..., dict[str, Any]]) -> None:
    """200/2,600, 200/2,523, 100/650, 100/520 and 200/(46 + 987), each with its assumption."""
    rows = ask("compare", *JUNE)["rows"][:5]
    assert [(row["basis"], row["share_percent"]) for row in rows] == [
        ("headline", 7.6923),
        ("yearly-figures", 7.9271),
        ("per-year-spending", 15.3846),
        ("per-year-programme", 19.2308),
        ("first-two-years", 19.3611),
    ]
    assert [row["gap_gbp"] // MILLION for row in rows] == [2400, 2323, 550, 420, 833]
    assert all(row["assumption"] for row in rows)
    assert {row["verdict"] for row in rows} == {"not-met"}


def test_new_money_in_june(ask: Callable[..., dict[str, Any]]) -> None:
    """The £200m is called additional, so all of it is new, once and in each year: 7.7%."""
    rows = {row["basis"]: row for row in ask("compare", *JUNE)["rows"]}
    assert (rows["new-each-year"]["share_percent"], rows["new-each-year"]["verdict"]) == (
        7.6923,
        "not-met",
    )
    like = rows["new-asked-years"]  # 200 of 2,600, of which 77 are of no year
    assert (like["benchmark_low_gbp"], like["benchmark_gbp"], like["benchmark_high_gbp"]) == (
        2523 * MILLION,
        2600 * MILLION,
        2600 * MILLION,
    )
    assert (like["share_percent"], like["verdict"], like["like_for_like"]) == (
        7.6923,
        "not-met",
        True,
    )
    once = rows["new-when-announced"]
    assert (once["share_percent"], once["verdict"]) == (7.6923, "not-decided")
    same = rows["same-financial-years"]  # 46 + 987, and up to 77 that no year has
    assert (same["benchmark_low_gbp"], same["benchmark_high_gbp"]) == (
        1033 * MILLION,
        1110 * MILLION,
    )


def test_real_terms_in_june(ask: Callable[..., dict[str, Any]]) -> None:
    """In 2022-23 prices: half of the £200m in each of two years, 7.2% of an ask in those prices.

    Index 88.2512, 92.8945, 96.6694, 100 and 102.0057 (HM Treasury, June 2026 release).
    """
    answer = ask("compare", "--prices", "2022-23", *JUNE)
    rows = {row["basis"]: row for row in answer["rows"]}
    half, first, second = 100 * MILLION * 88.2512, 92.8945, 96.6694
    real = rows["real-terms"]
    assert real["committed_gbp"] == round(half / first + half / second)
    assert real["committed_low_gbp"] == round(2 * half / second)
    assert real["committed_high_gbp"] == round(2 * half / first)
    assert round(real["share_percent"], 1) == 7.2
    assert real["verdict"] == "not-met"
    asked = 88.2512 * MILLION * (46 / first + 987 / second + 1257 / 100 + 233 / 102.0057)
    assert rows["real-terms-asked-in-cash"]["benchmark_gbp"] == round(asked)
    assert any("(£186.3m, 7.2%, if evenly spread)" in note for note in answer["notes"])
    assert "June 2026" in real["assumption"]
    assert "forecast from 2026-27" in real["assumption"]


def test_another_first_year(ask: Callable[..., dict[str, Any]]) -> None:
    """If year one were 2022-23 the years of both are years two and three: 200 of 2,244 is 8.9%."""
    rows = {row["basis"]: row for row in ask("compare", "--year-one", "2022-23", *JUNE)["rows"]}
    assert rows["same-financial-years"]["share_percent"] == 8.9127


def test_what_is_said_of_the_ask_is_in_its_entry(run: Callable[..., Result]) -> None:
    """The minister's warning and the £77m reach the answer from the benchmark's entry."""
    answer = run("compare", "--as-of", "2023-06-20").out
    assert "£77m less than the headline" in answer
    assert "Baroness Barran, minister, 8 February 2023" in answer
    code = "".join(path.read_text(encoding="utf-8") for path in (PROJECT / "src").rglob("*.py"))
    assert "Barran" not in code
    assert "77m" not in code


def test_what_has_no_date_stands_apart(ask: Callable[..., dict[str, Any]]) -> None:
    """A promise on a condition is undated: never overdue, and listed when it is asked for."""
    rows = ask("deadlines", "--state", "undated", *JUNE)["rows"]
    by_id = {row["id"]: row for row in rows}
    assert by_id["corporate-parenting-legislation"]["due"] == "when parliamentary time allows"
    assert by_id["kinship-training-access"]["due"] == "by the end of the Parliament"
    assert {row["latest"] for row in rows} == {None}


def test_the_response_came_in_september(ask: Callable[..., dict[str, Any]]) -> None:
    """Thurrock's report of November 2023 tells of the response in September: met in its month."""
    rows = ask("deadlines", "--all", "--as-of", "2023-11-16", "--format", "json")["rows"]
    states = {row["id"]: row["state"] for row in rows}
    assert states["strategy-consultation-response"] == "met"
    assert states["full-response"] == "met-late"  # the end of 2022, met on 2 February 2023


def test_late_by_how_much(ask: Callable[..., dict[str, Any]]) -> None:
    """A response promised by 31 December 2022 and given on 2 February 2023 was 33 days late."""
    rows = ask("deadlines", "--state", "met-late", *JUNE)["rows"]
    (row,) = [row for row in rows if row["id"] == "full-response"]
    assert (row["days_late_low"], row["days_late_high"]) == (33, 33)


def test_hledger_agrees() -> None:
    """A journal written by hand from the documents comes to the same parts and to £200m."""
    hledger = shutil.which("hledger")
    need(hledger, "hledger")
    journal = PROJECT / "tests" / "dataset" / "june-2023.journal"
    command = [str(hledger), "-f", str(journal), "balance", "commitments", "--flat", "-N"]
    lines = subprocess.run(command, capture_output=True, check=True, text=True).stdout.splitlines()
    theirs = {name.split(":")[-1]: int(sum_) for sum_, name in (line.split() for line in lines)}
    assert sum(theirs.values()) == 200
    ours = _own_money_of_june()
    assert theirs == {id_: pounds // MILLION for id_, pounds in ours.items() if pounds}


def _own_money_of_june() -> dict[str, int]:
    """Return what each row of June 2023 adds by itself."""
    rows = totals(Question(Known(load().valid(), date(2023, 6, 20)))).rows
    parents = {row.parent for row in rows}
    own = {row.id.split("/")[-1]: row.adds_gbp for row in rows if row.id not in parents}
    return {id_: pounds for id_, pounds in own.items() if pounds}
