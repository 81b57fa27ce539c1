"""Doubt relative to a question: what of doubtful sums may lie in what else was chosen."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from reformcalc import compare, totals
from reformcalc.answers.chosen import Chosen
from reformcalc.answers.totals.explain import explain
from tests.unit.builders import MILLION, TODAY, ask, commitment, comparing, labelled, record

PILLARS = {id_: {"title": id_.capitalize()} for id_ in ("families", "help")}
TOPICS = {"boats": {"title": "Boats"}}
ASK = {
    "title": "An ask",
    "by": "dfe",
    "announced": "2023-02-02",
    "amount": "£100m",
    "asks_for": "all",
    "pillar": "families",
    "claims": [{"source": "paper", "at": "page 1", "says": "an ask"}],
}


def _doubtful(amount: str, *others: str, **fields: Any) -> dict[str, Any]:
    return commitment(amount, may_overlap=list(others), reason="it may", **fields)


def _totals(entries: dict[str, Any], **chosen: Any) -> tuple[float, float]:
    """Return what counts of a selection and what is in doubt, in millions."""
    dataset = record(entries, pillars=PILLARS, topics=TOPICS, benchmarks={"ask": ASK})
    row = totals(ask(dataset, TODAY, chosen=Chosen(**chosen))).total
    assert row is not None
    return float(row.amount.stated / MILLION), row.perhaps_gbp / MILLION


@pytest.mark.parametrize(
    ("entries", "counts", "doubt"),
    [
        pytest.param(
            {
                "pot": "£25m",
                "plan": _doubtful("£88m", "pot"),
                "fund": _doubtful("£30m", "pot", "elsewhere"),
            },
            118,
            25,
            id="two that may lie in the same are in it once",
        ),
        pytest.param(
            {
                "pot": "£40m",
                "inner": commitment("£20m", part_of="pot"),
                "plan": _doubtful("£30m", "inner"),
                "fund": _doubtful("£30m", "pot"),
            },
            60,
            40,
            id="one may lie in a part of what the other may",
        ),
        pytest.param(
            {
                "pot": "£40m",
                "inner": commitment("£20m", part_of="pot"),
                "plan": _doubtful("£80m", "inner"),
                "fund": _doubtful("£1m", "pot"),
            },
            100,
            21,
            id="neither takes more than it can alone",
        ),
        pytest.param(
            {
                "pot": "over £40m",
                "more": "over £1m",
                "plan": _doubtful("£30m", "pot"),
                "fund": _doubtful("£30m", "pot", "more"),
            },
            41,
            60,
            id="what has no end can hold them all",
        ),
        pytest.param(
            {
                "pot": "£30m",
                "plan": _doubtful(
                    "£20m", "pot", part_of=[{"in": "pot", "amount": "£4m", "reason": "read"}]
                ),
            },
            30,
            16,
            id="the rest of a sum that is partly in it for certain",
        ),
        pytest.param(
            {
                "pot": commitment("£30m", counted="false", reason="a baseline"),
                "sure": "£30m",
                "plan": _doubtful("£20m", "pot", part_of=["pot", "sure"]),
            },
            30,
            0,
            id="a sum is not in doubt in what holds it",
        ),
        pytest.param(
            {
                "pot": commitment("£30m", counted="false", reason="a baseline"),
                "plan": _doubtful("£20m", "pot"),
                "shared": commitment("£8m", part_of=["pot", "plan"]),
                "inner": commitment("£5m", part_of="shared"),
            },
            8,
            12,
            id="nor in what holds that in turn",
        ),
        pytest.param(
            {
                "pot": "£13m to £15m",
                "other": "£32m",
                "shared": commitment("up to £12m", part_of=["other", "pot"]),
                "plan": _doubtful("£19m", "pot"),
            },
            37,
            15,
            id="a pot holds no more for what is shown elsewhere",
        ),
        pytest.param(
            {
                "pot": "£40m",
                "next": commitment("£50m", supersedes=["pot"], pillar="help"),
                "plan": _doubtful("£30m", "pot"),
            },
            30,
            0,
            id="what was replaced holds nothing",
        ),
    ],
)
def test_doubt_within_a_pillar(entries: dict[str, Any], counts: float, doubt: float) -> None:
    """Within a selection sums are in doubt by no more than what is selected can hold of them."""
    entries = {"elsewhere": commitment("£500m", pillar="help"), **entries}
    assert _totals(entries, pillars=("families",)) == (counts, doubt)


def test_sums_that_one_headline_adds_up_are_not_in_one_another() -> None:
    """£8m in doubt lies beside the £27m that are asked for, if a headline says £35m of both."""
    boats = {"topics": ["boats"]}
    entries = {
        "pot": "£50m",
        "recruits": commitment("£27m", part_of="pot", **boats),
        "uplift": _doubtful("£8m", "pot", **boats),
    }
    assert _totals(entries, topics=("boats",)) == (27, 8)
    both = {**entries, "headline": commitment("£35m", restates=["recruits", "uplift"])}
    assert _totals(both, topics=("boats",)) == (35, 0)
    baseline = commitment("£50m", counted="false", reason="a baseline")
    beside = {
        "pot": baseline,
        "recruits": commitment("£27m", part_of="pot"),
        "uplift": _doubtful("£8m", "recruits"),
        "headline": commitment("£58m", restates=["pot", "uplift"]),
    }
    assert _totals(beside) == (8, 0)


def test_what_counts_in_part_has_an_end() -> None:
    """Of "up to £88m", £25m of it in doubt, and the £25m that may hold these £88m count at most."""
    entries = {"pot": "£25m", "plan": _doubtful("up to £88m", "pot")}
    dataset = record(entries, pillars=PILLARS, topics=TOPICS, benchmarks={"ask": ASK})
    row = totals(ask(dataset, TODAY, chosen=Chosen(pillars=("families",)))).total
    assert row is not None
    assert row.amount.stated == row.amount.high == 88 * MILLION


def test_each_doubtful_sum_has_its_reason() -> None:
    """In doubt, in part, or counted and perhaps paid from outside: the reason says which."""
    entries = {
        "pot": "£25m",
        "fund": commitment("£500m", pillar="help"),
        "plan": _doubtful("£88m", "pot"),
        "paid": _doubtful("£3m", "fund"),
        "small": _doubtful("£2m", "pot", "plan", pillar="help"),
    }
    dataset = record(labelled(entries), pillars=PILLARS, topics=TOPICS)
    rows = explain(ask(dataset, TODAY, chosen=Chosen(pillars=("families",)))).rows
    reasons = {row.id: row.reason for row in rows}
    share = "in doubt for its share of £25m of £88m, which may be part of pot"
    assert reasons["plan"].startswith(share)
    assert reasons["paid"].startswith("counted in full; ")
    assert "fund" in reasons["paid"]
    (whole,) = [row for row in explain(ask(dataset, TODAY)).rows if row.id == "plan"]
    assert whole.reason.startswith("in doubt: may be part of pot")


def test_what_would_settle_it_names_what_is_in_doubt_in_part() -> None:
    """Of £88m that counts in part, £25m in doubt could reach the ask."""
    entries = {"pot": "£25m", "plan": _doubtful("£88m", "pot")}
    dataset = record(entries, pillars=PILLARS, topics=TOPICS, benchmarks={"ask": ASK})
    rows = {row.basis: row for row in compare(comparing(dataset, TODAY, "ask")).rows}
    assert rows["headline"].would_settle == (
        "£12m short of £100m at its highest; reached only if £12m of the £25m in doubt is extra "
        "(A promise, £25m)"
    )


@pytest.mark.parametrize(
    ("topic", "shared"),
    [("boats", {"topics": ["boats"]}), ("boats", {})],
    ids=["of the same topic", "of another"],
)
def test_what_was_counted_twice_is_what_two_sums_share(topic: str, shared: dict[str, Any]) -> None:
    """£10m that two sums of a topic were later said to hold was in both, and nothing more was."""
    entries = {
        "one": commitment("£40m", topics=["boats"]),
        "two": commitment("£30m", topics=["boats"]),
        "shared": commitment("£10m", part_of=["one", "two"], announced="2025-06-01", **shared),
    }
    dataset = record(entries, pillars=PILLARS, topics=TOPICS)
    notes = totals(ask(dataset, date(2024, 12, 1), chosen=Chosen(topics=(topic,)))).sentences
    assert any("£10m was counted twice" in note for note in notes)


def test_a_row_of_new_money_is_no_more_than_its_envelope() -> None:
    """Of £100m at most £100m is new, whatever may also lie in another sum."""
    entries = {
        "pot": "£100m",
        "fund": "£40m",
        "shared": commitment("up to £50m", part_of=["pot", "fund"]),
    }
    report = totals(ask(record(entries), TODAY, new="each-year"))
    highs = {row.id: row.amount.high for row in report.rows}
    assert highs["pot"] == 100 * MILLION


def test_a_headline_that_its_sums_exceed_limits_nothing() -> None:
    """At least £40m and £10m are more than £48m, also where a part of the one lies elsewhere."""
    entries = {
        "floor": "at least £40m",
        "ten": "£10m",
        "five": commitment("£5m", part_of=[{"in": "floor", "amount": "£2m", "reason": "read"}]),
        "headline": commitment("£48m", restates=["floor", "ten"]),
    }
    assert totals(ask(record(entries), TODAY)).total.amount.low == 53 * MILLION  # type: ignore[union-attr]
