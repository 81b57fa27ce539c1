"""The whole record against sums worked by hand, on four days. £ million unless it says pounds."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from reformcalc import compare, deadlines, load, totals
from reformcalc.answers.chosen import Chosen
from reformcalc.answers.comparison.verdict import CompareRow, Verdict
from reformcalc.answers.totals.explain import explain
from reformcalc.ledger.milestones import State
from reformcalc.record.history import known_on
from reformcalc.values.years import parse_year
from tests.conftest import PROJECT, need

if TYPE_CHECKING:
    from pathlib import Path
from tests.unit.builders import ask, comparing, dates_of

RECORD = load().valid()
MILLION = Decimal(10**6)
JUNE, DECEMBER = date(2023, 6, 20), date(2023, 12, 31)
MARCH, TODAY = date(2025, 3, 31), date(2026, 11, 21)


def _total(day: date, **chosen: tuple[str, ...] | str) -> tuple[Decimal, Decimal, Decimal | None]:
    """Return stated, low and high of a total."""
    report = totals(ask(RECORD, day, chosen=Chosen(**chosen)))  # type: ignore[arg-type]
    assert report.total is not None
    amount = report.total.amount
    return (
        amount.stated / MILLION,
        amount.low / MILLION,
        None if amount.high is None else amount.high / MILLION,
    )


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        # 200: Stable Homes (Commons Library, 20 June 2023, Summary)
        (JUNE, "200"),
        # and 20 for kinship (statement of 15 December 2023): 16 + 3.8 + 0.2
        (DECEMBER, "220"),
        # 200; 4.0 of the 20, its 16 superseded by the £40m pilot (30 October 2024); 165 of March
        # 2024; 523.5 Families First = 270 + 253.5; 44 of the Budget and the pilot's other 11; 25
        (MARCH, "972.5"),
        # The sum of 200, 4.0, 541.5, 15, 25, 2,416 (1,569, 300 and 547), 237 (555 less 318) and 560
        (TODAY, "3998.5"),
    ],
)
def test_totals_of_four_days(day: date, expected: str) -> None:
    """Each pound once: the sums in the comments, to the pound."""
    stated, low, high = _total(day)
    assert (stated, low, high) == (Decimal(expected),) * 3


@pytest.mark.parametrize(
    ("day", "perhaps"),
    [
        (JUNE, "0"),
        (DECEMBER, "18.5"),  # 10 for court delays, up to 8.5 for fostering
        # and 3.46 with up to 10 for regional care co-operatives; 6.48 and over 0.7 of other grants
        (MARCH, "39.14"),
        # and over 53, 165 (once the 560 is known), 126 and 88
        (TODAY, "471.14"),
    ],
)
def test_what_may_be_counted_already(day: date, perhaps: str) -> None:
    """Money that may lie in another sum is beside the total, not in it."""
    report = totals(ask(RECORD, day))
    assert report.total is not None
    assert report.total.perhaps_gbp == Decimal(perhaps) * MILLION


@pytest.mark.parametrize(
    ("envelope", "day", "expected"),
    [
        ("stable-homes", JUNE, "200"),
        ("families-first-2025-26", MARCH, "523.5"),  # 270 + 253.5
        ("families-first-2025-26", TODAY, "541.5"),  # and 18, announced on 11 September 2025
        ("transformation-fund", TODAY, "555"),  # 300 and 18 of it also elsewhere
        ("families-first-2026-29", TODAY, "2416"),  # 1,569 + 300 + 547, though "over £2.4bn"
        ("kinship-strategy-2024-25", TODAY, "4"),  # 3.8 + 0.2: the 16 never came
        ("autumn-budget-2024", TODAY, "285"),  # 270, and the 15 that is left of the 44
    ],
)
def test_totals_by_envelope(envelope: str, day: date, expected: str) -> None:
    """An envelope asked for alone is whole, whatever else holds a part of it."""
    assert _total(day, envelope=envelope)[0] == Decimal(expected)


def test_an_envelope_in_real_terms_has_each_sum_in_its_own_years() -> None:
    """In 2022-23 prices: 523 in each of three years, 300 in one of the first two, 547 in any."""
    first, second, third = (
        Decimal("88.2512") / Decimal(index) for index in ("102.0057", "103.9867", "105.9264")
    )
    real = totals(
        ask(
            RECORD,
            TODAY,
            chosen=Chosen(envelope="families-first-2026-29"),
            prices=parse_year("2022-23"),
        )
    )
    told = 523 * (first + second + third)
    assert real.total is not None
    amount = real.total.amount
    assert amount.high is not None
    assert round(amount.low) == round((told + 300 * second + 547 * third) * MILLION)
    assert round(amount.high) == round((told + 300 * first + 547 * first) * MILLION)
    parts = [row for row in real.rows if row.depth]
    assert round(sum(row.amount.low for row in parts)) == round(amount.low)


@pytest.mark.parametrize(
    ("pillar", "day", "stated", "low", "high"),
    [
        ("family-help", JUNE, "45", "45", "134"),  # 200 - 27 - 30 - 9
        ("family-help", DECEMBER, "45", "45", "122.3"),  # and 11.7 for apprentices
        ("family-help", MARCH, "568.5", "568.5", "645.8"),  # and 523.5
        ("family-help", TODAY, "2994.7", "2994.7", "3072"),  # 45 - 7.8 + 541.5 + 2,416
        ("workforce", JUNE, "0", "0", "0"),
        ("workforce", DECEMBER, "11.7", "11.7", "11.7"),
        ("family-networks", DECEMBER, "29", "29", "29"),  # 9 + 20
        ("family-networks", TODAY, "146.8", "146.8", "146.8"),  # 9 + 4.0 + 7.8 + 126
    ],
)
def test_totals_by_pillar(pillar: str, day: date, stated: str, low: str, high: str) -> None:
    """A pillar has what its sums state; its ceiling is what the other pillars leave."""
    found = _total(day, pillars=(pillar,))
    assert found == (Decimal(stated), Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    ("topic", "day", "stated"),
    [
        ("fostering", JUNE, "27"),
        # 27 and 8.5: that may lie in the £200m, but not in the 27, since the £36m adds the two up
        ("fostering", DECEMBER, "35.5"),
        # 35.5, 15, 25, and of the plan's 88 all but the 25 in which it may lie
        ("fostering", TODAY, "138.5"),
        ("kinship", DECEMBER, "29"),
        ("kinship", date(2026, 2, 26), "53"),  # 9 + 4.0 + 40
        # 9 + 4.0 + 126, which may lie in the Transformation Fund: that is no kinship sum
        ("kinship", date(2026, 2, 27), "139"),
        ("kinship", TODAY, "139"),
        ("families-first", TODAY, "2957.5"),  # 541.5 + 2,416
    ],
)
def test_totals_by_topic(topic: str, day: date, stated: str) -> None:
    """A topic has the sums that are about it."""
    assert _total(day, topics=(topic,))[0] == Decimal(stated)


@pytest.mark.parametrize(
    ("topic", "day", "perhaps", "outside"),
    [
        ("kinship", TODAY, "0", "126"),
        # 8.5 of the £200m; of the plan 63 count, and may be the Fund's or capital for homes
        ("fostering", TODAY, "25", "71.5"),
        # 53 and 165 may lie in the 560, and 10 in that or in the £200m
        ("childrens-homes", TODAY, "228", "0"),
    ],
)
def test_doubt_is_relative_to_the_topic(topic: str, day: date, perhaps: str, outside: str) -> None:
    """A sum is in doubt by what the sums of its topic can hold, whether asked for or grouped."""
    report = totals(ask(RECORD, day, chosen=Chosen(topics=(topic,))))
    grouped = {row.id: row for row in totals(ask(RECORD, day), by="topic").rows}
    for row in (report.total, grouped[topic]):
        assert row is not None
        assert row.perhaps_gbp == Decimal(perhaps) * MILLION
        assert row.outside_gbp == Decimal(outside) * MILLION
    assert grouped[topic].amount == report.total.amount  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("day", "stated", "low", "high"),
    [
        ("2023-11-15", "0", "0", "0"),
        ("2023-11-16", "10", "10", "10"),  # pilots against delays, perhaps of the £200m
        ("2024-01-31", "16.48", "16.48", "16.48"),  # and 6.48 for safeguarding partners
        # and over 0.7: with the 6.48 that reaches the "over 7", so nothing else is in that
        ("2024-10-11", "17.18", "17.18", None),
    ],
)
def test_grants_to_embed_working_together(
    day: str, stated: str, low: str, high: str | None
) -> None:
    """Child protection counts them, since the £200m that may hold them is of no one pillar."""
    found = _total(date.fromisoformat(day), pillars=("child-protection",))
    assert found == (Decimal(stated), Decimal(low), None if high is None else Decimal(high))


@pytest.mark.parametrize(
    ("day", "low", "high"),
    [
        ("2023-12-14", "27", "27"),  # 3 and 24, as the Commons Library prints them
        ("2023-12-15", "35.5", "35.5"),  # and up to 8.5: the £36m is 35.5 at the least
        # "over £27m" and up to 8.5 are below £36.5m together; 15, 25, and 63 of the plan's 88
        ("2026-11-21", "138.5", "139.5"),
    ],
)
def test_a_headline_bounds_what_it_says_again(day: str, low: str, high: str) -> None:
    """Two sources restate fostering in 2023-25 as £36m, and no more than that can have been."""
    found = _total(date.fromisoformat(day), topics=("fostering",))
    assert found[1:] == (Decimal(low), Decimal(high))


def test_what_is_not_itemised_of_a_restated_sum() -> None:
    """Of £36m, below £36.5m, 21.88 and 3.3 are itemised, and the uplift may be nothing."""
    rows = {row.id: row.amount for row in totals(ask(RECORD, TODAY)).rows}
    left = rows["fostering-recruitment/not-itemised"]
    assert left.low == Decimal("1.82") * MILLION  # 27 - 25.18
    assert left.high == Decimal("11.32") * MILLION  # 36.5 - 25.18


def test_the_second_wave_is_inside_the_pathfinder() -> None:
    """Of over 45 in all, 7.8 and up to 19.5 are itemised, 17.7 are not: no total moves."""
    rows = {row.id: row.amount.stated / MILLION for row in totals(ask(RECORD, TODAY)).rows}
    assert rows["ffc-pathfinder"] == 45
    assert rows["ffc-second-wave"] == Decimal("19.5")
    assert rows["ffc-pathfinder/not-itemised"] == Decimal("17.7")  # 45 - 7.8 - 19.5


def test_an_extra_year_of_unknown_size_is_named() -> None:
    """No source gives a sum for the ten areas' extra year: a line names it, and nothing counts."""
    id_, name = "ffc-pathfinder-2025-26", "Families First pathfinder, 2025-26"
    for chosen, named in (((), True), (("pathfinders",), True), (("kinship",), False)):
        report = totals(ask(RECORD, TODAY, chosen=Chosen(topics=chosen)))
        assert any(name in note for note in report.sentences) is named
        assert id_ not in {row.id for row in report.rows}
    early = totals(ask(RECORD, date(2025, 1, 30)))
    assert not any(name in note for note in early.sentences)
    (row,) = [one for one in explain(ask(RECORD, TODAY)).to_dicts() if one["id"] == id_]
    assert row["amount_gbp"] is row["low_gbp"] is row["high_gbp"] is None
    assert row["counts_gbp"] == 0


def test_kinship_on_every_day_on_which_it_changed() -> None:
    """No announcement lowers it by doubt: the two falls replace money, and tell it apart.

    £53m fell to £13m on the day of £126m more, which may come from a fund for all services.
    """
    days = {known_on(RECORD, one) for one in RECORD.commitments.values()} | {
        change.since for one in RECORD.commitments.values() for change in one.amount
    }
    changes: list[tuple[str, Decimal | int]] = []
    for day in sorted(filter(None, days)):
        stated, *_ = _total(day, topics=("kinship",))
        if stated != (changes[-1][1] if changes else 0):
            changes.append((str(day), stated))
    assert changes == [
        ("2023-02-02", 9),  # training
        ("2023-12-15", 29),  # and the strategy's 20
        ("2024-10-27", 73),  # and the 44 for kinship and fostering
        # 11 of the pilot's 40 are not in the 44, and it replaces the pathfinder's 16
        ("2024-10-30", 68),
        ("2025-04-30", 53),  # 15 of the 44 are told to be for fostering alone
        ("2026-02-27", 139),  # the zones' 126 replace the pilot's 40
    ]


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2024-11-28", "250"), ("2024-12-18", "263"), ("2025-02-03", "270")],
)
def test_one_grant_in_three_figures(day: str, expected: str) -> None:
    """The prevention grant is one sum: £250m, then £263m, then £270m."""
    assert _total(date.fromisoformat(day), envelope="prevention-grant-2025-26")[0] == Decimal(
        expected
    )


def test_a_sum_later_said_to_be_in_two() -> None:
    """On 30 November 2025 £284m was counted twice: the £300m was said to be in both in January."""
    report = totals(ask(RECORD, date(2025, 11, 30)))
    assert report.total is not None
    assert report.total.amount.low == Decimal("4322.5") * MILLION
    assert report.total.amount.high is None
    assert any("£284m was counted twice" in note for note in report.sentences)
    assert _total(date(2026, 1, 29))[0] == Decimal("4038.5")


def test_existing_money_counts_once_its_programme_is_known() -> None:
    """£253.5m lies in a grant that never counts, until Families First holds it (20 March 2025)."""
    before = totals(ask(RECORD, date(2025, 3, 19))).total
    after = totals(ask(RECORD, date(2025, 3, 20))).total
    assert before is not None
    assert after is not None
    assert after.adds_gbp - before.adds_gbp == Decimal("253.5") * MILLION


def _compared(basis: str) -> CompareRow:
    return {row.basis: row for row in compare(comparing(RECORD, TODAY)).rows}[basis]


@pytest.mark.parametrize(
    ("how", "low", "high"),
    [
        # 200, 4.0, 270, 18, 25, 237, 300, 547 and 808.5 (3 x 523 less 3 x 253.5); the high has the
        # 15 for fostering and the 560 of capital too, of which no source says how much is new
        ("each-year", "2409.5", "2984.5"),
        # the same without the 808.5, which carries on the level of 2025-26
        ("announced", "1601", "2176"),
    ],
)
def test_new_money_today(how: Any, low: str, high: str) -> None:
    """New in each year, and new when announced: each worked from the sums in the comments."""
    report = totals(ask(RECORD, TODAY, new=how))
    assert report.total is not None
    assert report.total.perhaps_gbp == Decimal("471.14") * MILLION  # nothing says that it is old
    amount = report.total.amount
    assert amount.high is not None
    assert (amount.stated / MILLION, amount.low / MILLION, amount.high / MILLION) == (
        Decimal(low),
        Decimal(low),
        Decimal(high),
    )


@pytest.mark.parametrize(
    ("basis", "committed", "asked", "verdict"),
    [
        ("headline", "3998.5", "2600", Verdict.NOT_DECIDED),
        ("yearly-figures", "3998.5", "2523", Verdict.NOT_DECIDED),
        # 3,998.5 over the 7 years to 2029-30; even with what is perhaps, 637 a year
        ("per-year-spending", "571.214", "650", Verdict.NOT_MET),
        ("per-year-programme", "571.214", "520", Verdict.NOT_DECIDED),
        # 200 and 4.0, and nothing of later years, against 46 + 987
        ("first-two-years", "204", "1033", Verdict.NOT_MET),
        ("new-when-announced", "1601", "2600", Verdict.NOT_DECIDED),
        ("new-each-year", "2409.5", "2600", Verdict.NOT_DECIDED),
        ("without-capital", "3438.5", "2600", Verdict.NOT_DECIDED),
    ],
)
def test_the_ask_today(basis: str, committed: str, asked: str, verdict: Verdict) -> None:
    """Each basis of comparison today, from sums worked by hand."""
    row = _compared(basis)
    assert round(row.committed.stated / MILLION, 3) == Decimal(committed)
    assert row.benchmark.stated / MILLION == Decimal(asked)
    assert row.verdict is verdict


def test_a_warning_is_given_once_its_sources_are_out() -> None:
    """What was said of the ask in 2025 and 2026 is no part of an answer for 2023."""
    for day, warned in ((JUNE, False), (TODAY, True)):
        notes = compare(comparing(RECORD, day)).sentences
        assert any(note.startswith("Disputed: ") for note in notes) is warned


def test_the_years_of_both_today() -> None:
    """Of 2023-24 to 2026-27: 1,283.5 at least; evenly spread 1,926.3; at most 2,952.5."""
    row = _compared("same-financial-years")
    # 200 + 4.0 + 541.5 + 15 lie inside, and 523 of 2026-27. Spread: 150, 547/3, 25/2, 237 x 2/3
    # and 560/4. At most all but the 523 of each of the two years after.
    assert row.committed.low / MILLION == Decimal("1283.5")
    assert row.committed.high is not None
    assert row.committed.high / MILLION == Decimal("3998.5") - 2 * 523
    assert round(row.committed.stated / MILLION, 1) == Decimal("1926.3")
    assert row.benchmark.low == row.benchmark.stated == 2523 * MILLION


@pytest.mark.parametrize(
    ("id_", "day", "state"),
    [
        ("agency-rules-in-force", "2024-06-30", State.UPCOMING),
        ("agency-rules-in-force", "2024-11-01", State.IN_FORCE),
        ("national-framework", "2023-12-31", State.MET),  # published 15 December 2023
        ("kinship-strategy", "2023-12-31", State.MET),
        ("working-together-consultation", "2023-06-20", State.NOT_CHECKED),
        ("working-together-consultation", "2023-06-21", State.MET_LATE),  # opened that day
        ("ecf-rollout", "2025-04-01", State.DROPPED),
        ("full-response", "2023-02-02", State.MET_LATE),
        ("framework-further-detail", "2023-02-02", State.MET_LATE),  # "later in 2022"
        ("information-sharing-guidance", "2024-04-18", State.UNDATED),
        ("information-sharing-guidance", "2024-04-19", State.MET),
        ("mandatory-reporting-response", "2024-05-09", State.MET_LATE),  # 12 weeks: 22 February
        ("eastern-region-fostering-hub", "2024-05-28", State.NOT_CHECKED),  # due April 2024
        ("eastern-region-fostering-hub", "2024-05-29", State.MET_LATE),
        ("corporate-parenting-legislation", "2025-03-17", State.MET),
        ("mandatory-reporting-legislation", "2026-04-29", State.MET),
        ("mandatory-reporting-duty", "2026-11-30", State.UNDATED),
        ("kinship-local-offer-duty", "2026-06-28", State.UPCOMING),
        ("kinship-local-offer-duty", "2026-06-29", State.IN_FORCE),  # two months from 29 April
        # The law of May 2023 keeps a promise of 2019, and none of 2023.
        ("legal-aid-kinship-carers", "2026-11-30", State.UNDATED),
        # Looked for in pages up to July 2025, past spring 2025, and not up to October 2025.
        ("agency-price-caps", "2026-11-30", State.NO_OUTCOME_FOUND),
        ("agency-rules-full-implementation", "2026-11-30", State.NOT_CHECKED),
    ],
)
def test_what_came_of_promises(id_: str, day: str, state: State) -> None:
    """States follow from the dates and outcomes known by the day."""
    rows = deadlines(dates_of(RECORD, date.fromisoformat(day), local=True), list(State)).rows
    assert {row.id: row.state for row in rows}[id_] is state


def test_days_late_are_those_from_the_promise() -> None:
    """To 9 May from 22 February 2024, 77 days; to 29 May from the end of April, 29."""
    late = {
        row.id: (row.days_late_low, row.days_late_high)
        for row in deadlines(dates_of(RECORD, date(2026, 11, 30), local=True), ["met-late"]).rows
    }
    assert late["mandatory-reporting-response"] == (77, 77)
    assert late["eastern-region-fostering-hub"] == (29, 58)


def test_every_open_promise_was_looked_for() -> None:
    """Each open national entry has a search that says how far it reaches, on the day of review."""
    assert [one.finding.rule for one in load().findings] == []
    rows = deadlines(dates_of(RECORD, RECORD.about.reviewed), ["no-outcome-found"]).rows
    for row in rows:
        looks = RECORD.milestones[row.id].looked
        assert row.latest is not None
        assert max(one.reaches for one in looks if one.reaches) > row.latest


@pytest.mark.parametrize("kind", ["commitments", "benchmarks", "milestones"])
@pytest.mark.parametrize("path", [None, PROJECT / "examples" / "family-hubs.yaml"])
def test_every_row_of_a_screen_has_a_name_of_its_own(path: Path | None, kind: str) -> None:
    """What a row calls an entry has 38 characters at most, and no other of its kind has it."""
    record = load(path).valid() if path else RECORD
    names = [one.name for one in getattr(record, kind).values()]
    assert [name for name in names if len(name) > 38] == []
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("kind", ["bodies", "pillars", "topics"])
def test_every_column_has_a_name_for_who_and_what(kind: str) -> None:
    """Bodies, pillars and topics have names of 22 characters at most, each its own."""
    names = [one.name for one in getattr(RECORD, kind).values()]
    assert [name for name in names if len(name) > 22] == []
    assert len(set(names)) == len(names)


def test_the_agency_rules_slipped_and_came_late() -> None:
    """From spring to autumn 2024; in force on 31 October, 153 to 244 days after the promise."""
    (row,) = [
        row
        for row in deadlines(dates_of(RECORD, date(2024, 6, 30)), ["upcoming"]).rows
        if row.id == "agency-rules-in-force"
    ]
    assert (row.due, row.first_due) == ("autumn 2024", "spring 2024")
    (late,) = [
        row
        for row in deadlines(dates_of(RECORD, date(2024, 11, 1)), ["in-force"]).rows
        if row.id == "agency-rules-in-force"
    ]
    assert (late.days_late_low, late.days_late_high) == (153, 244)


def test_hledger_agrees_on_three_days() -> None:
    """A journal written by hand from the public record comes to the same totals."""
    hledger = shutil.which("hledger")
    need(hledger, "hledger")
    journal = PROJECT / "tests" / "dataset" / "record.journal"
    command = [str(hledger), "-f", str(journal), "balance", "--depth", "1", "-N", "not:total"]
    out = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    theirs = dict(re.findall(r"([\d.]+) GBPm\s+d(\S+)", out))
    theirs = {day: Decimal(amount) for amount, day in theirs.items()}
    assert len(theirs) == 3
    for day, amount in theirs.items():
        assert _total(date.fromisoformat(day))[0] == amount
