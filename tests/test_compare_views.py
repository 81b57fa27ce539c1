"""The other answers of `compare`: sensitivity, over the years, what went in, and refusals."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from reformcalc import compare, load, totals
from reformcalc.answers.chosen import Chosen
from reformcalc.answers.comparison.bases import BASES, like_for_like, otherwise
from reformcalc.answers.comparison.explain import explain
from reformcalc.answers.comparison.over_years import YearRow, over_years
from reformcalc.answers.comparison.sensitivity import sensitivity
from reformcalc.errors import Refused, UnknownId
from reformcalc.render.chart import render_chart
from reformcalc.render.grid import grid_of
from reformcalc.values.money import parse_amount
from reformcalc.values.years import FinancialYear, parse_year
from tests.conftest import PROJECT, TINY
from tests.unit.builders import TODAY, ask, asked_of, commitment, comparing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from reformcalc.answers.comparison.verdict import CompareRow
    from reformcalc.record.model import Dataset
    from reformcalc.report import Report
    from tests.conftest import Result

RECORD = load().valid()
DAYS = [date(2023, 6, 20), date(2025, 3, 31), date(2026, 11, 21)]
MILLION = Decimal(10**6)
PRICES = parse_year("2022-23")


@pytest.fixture(scope="module")
def tiny() -> Dataset:
    """Return the invented record."""
    return load(TINY).valid()


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("benchmark", sorted(RECORD.benchmarks))
def test_sensitivity_has_what_each_basis_gives_alone(day: date, benchmark: str) -> None:
    """Every row of the table is the row that --basis gives on its own."""
    prices = parse_year("2022-23")
    rows = sensitivity(comparing(RECORD, day, benchmark, prices=prices)).rows
    asked = RECORD.benchmarks[benchmark]
    alike = "new-per-year-spending" if asked.per_year else "new-each-year"
    assert rows[0].basis == ("new-asked-years" if asked.profile else alike)
    for row in (row for row in rows if row.commitment is None):
        real = prices if "real-terms" in row.basis else None
        (alone,) = compare(comparing(RECORD, day, benchmark, prices=real), [row.basis]).rows
        assert (row.committed, row.benchmark) == (alone.committed, alone.benchmark)
        assert (row.share, row.gap, row.verdict) == (alone.share, alone.gap, alone.verdict)


def test_what_moves_the_share_most_comes_first() -> None:
    """After like for like, rows stand by the larger of the two movements."""
    first, *rows = sensitivity(comparing(RECORD, DAYS[-1])).rows
    assert first.moved_low_points == first.moved_high_points == 0
    sizes = [
        max(abs(row.moved_low_points), abs(row.moved_high_points))
        for row in rows
        if row.moved_high_points is not None
    ]
    assert sizes == sorted(sizes, reverse=True)
    bases = {row.basis for row in rows if row.commitment is None}
    assert bases == {
        "new-each-year",
        "asked-years",
        "new-once-asked-years",
        "new-untold-counted",
        "new-doubtful-counted",
        "new-without-capital",
        "new-yearly-figures",
        "new-same-financial-years",
        "new-per-year-spending",
        "new-per-year-programme",
        "new-real-terms",
        "new-real-terms-asked-in-cash",
    }


def test_what_the_answer_turns_on_is_said() -> None:
    """A sentence names the choices that change the verdict, another what moves the share most."""
    report = sensitivity(comparing(RECORD, DAYS[-1]))
    assert "like for like 29.3% to 96.9%; one choice at a time moves it to" in report.headline
    assert report.sentences[0].startswith("Short like for like. ")
    assert ". Not met when changed so: " in report.sentences[0]
    assert report.sentences[1].startswith("The share moves most with these: ")


def test_real_terms_of_sensitivity_are_in_the_prices_of_the_ask() -> None:
    """Without --prices, they are those of the year in which the ask was published: 2022-23."""
    rows = {row.basis: row for row in sensitivity(comparing(RECORD, DAYS[0])).rows}
    assert "2022-23 prices" in rows["new-real-terms"].assumption
    assert round(rows["new-real-terms"].share_percent, 1) == Decimal("7.2")


def test_choices_that_change_nothing_say_why() -> None:
    """A choice that the record leaves no room for is named with its reason, not shown as a row."""
    report = sensitivity(comparing(RECORD, DAYS[0]))
    assert "new-without-capital" not in {row.basis for row in report.rows}
    assert any("recorded as capital" in note for note in report.sentences)
    no_deflators = RECORD.model_copy(update={"deflators": {}})
    notes = sensitivity(comparing(no_deflators, DAYS[0])).sentences
    assert any("real terms need deflators and the year" in note for note in notes)


@pytest.mark.parametrize("prices", [None, PRICES])
def test_deflators_that_end_early_leave_the_rest_of_sensitivity(
    prices: FinancialYear | None,
) -> None:
    """Where no deflator reaches the money's years, real terms are left out, and it is said."""
    release = RECORD.deflators["gdp-june-2026"]
    index = {year: value for year, value in release.index.items() if year <= PRICES}
    # A name with the mark that stands before a remedy is cut nowhere.
    named = {"index": index, "release": "Deflators; June 2026"}
    short = {"short": release.model_copy(update=named)}
    report = sensitivity(
        comparing(RECORD.model_copy(update={"deflators": short}), DAYS[0], prices=prices)
    )
    whole = sensitivity(comparing(RECORD, DAYS[0]))
    assert report.rows == tuple(row for row in whole.rows if "real-terms" not in row.basis)
    left = [note for note in report.notes if "has no index for 2023-24" in note.text]
    assert [note.text.partition(": ")[0] for note in left] == [
        "Not shown, new money in real terms, asked for in those prices",
        "Not shown, new money in real terms, asked for in cash",
    ]
    for note in left:
        assert ": Deflators; June 2026 has no index for 2023-24: it runs from " in note.text
        assert note.text.endswith(" to 2022-23.")
        assert note.hint


def test_an_open_share_has_no_movement(tiny: Dataset) -> None:
    """Where a floor has no ceiling, the high of the share does not move by any number."""
    plan = tiny.commitments["pilot-boats"]
    opened = plan.model_copy(
        update={"amount": (plan.amount[0].model_copy(update={"value": parse_amount("over £20m")}),)}
    )
    dataset = tiny.model_copy(update={"commitments": tiny.commitments | {"pilot-boats": opened}})
    report = sensitivity(comparing(dataset, date(2031, 6, 30)))
    assert report.rows[1].moved_high_points is None
    assert " or more" in report.headline or "at least" in report.headline


@pytest.mark.parametrize(
    ("promised", "asked", "share", "gap"),
    [
        ("£60m", "£90m", "66.7%", "£30m short"),
        ("£60m", "over £90m", "0.0% to 66.7%", "at least £30m short"),
        ("over £60m", "£90m", "at least 66.7%", "at most £30m short"),
        ("over £60m", "over £90m", "at least 0.0%", "no bound"),
    ],
)
def test_an_open_side_leaves_no_bound(promised: str, asked: str, share: str, gap: str) -> None:
    """A floor without a ceiling, on either side or both, opens the share and the gap, in words."""
    dataset = asked_of(asked, promised)
    report = compare(comparing(dataset, DAYS[-1], "ask"), ["headline"])
    assert ([row.share for row in report.rows], _gaps(report)) == ([share], [gap])


@pytest.mark.parametrize(
    ("promised", "old", "asked", "gaps"),
    [
        (
            "£45m",
            "£44.7m",
            "£45.5m",
            ["£0.5m short", "£0.5m short", "£45.2m short", "£45.2m short"],
        ),
        ("£45m", "£5m", "£44m", ["£1m over", "£1m over", "£4m short", "£4m short"]),
        (
            "over £45m",
            "£44.7m",
            "£45.5m",
            ["at most £0.5m short"] * 2 + ["at most £45.2m short"] * 2,
        ),
        ("£45m", None, "£44.5m", ["£0.5m over"] * 2 + ["£44.5m short to £0.5m over"] * 2),
        ("£1.05m", "£0", "£2.5m", ["£1.45m short"] * 4),
        ("£12.50", "£0", "£20", ["£7.50 short"] * 4),
    ],
)
def test_gaps_have_one_unit(promised: str, old: str | None, asked: str, gaps: list[str]) -> None:
    """One unit and precision for all gaps of an answer, as for what they are of."""
    dataset = asked_of(asked, commitment(promised, existing=old), asks_for="all")
    assert _gaps(compare(comparing(dataset, DAYS[-1], "ask"))) == gaps


def _gaps(report: Report[CompareRow]) -> list[str]:
    (cells,) = [one for one in grid_of(report).columns if one.field == "gap"]
    return list(cells.texts)


def test_a_chart_shows_small_sums() -> None:
    """A sum that is little beside what was asked for is never drawn as £0 of it."""
    dataset = asked_of("£2m", commitment("£9,500", years="2023-24"))
    chart = render_chart(over_years(comparing(dataset, DAYS[-1], "ask")), width=80, ascii_only=True)
    assert "£0.01m of £2.00m" in chart


@pytest.mark.parametrize(
    ("promised", "written"),
    [("£5m", "£1.3m"), ("£4.2m", "£1.1m"), ("£1m", "£250,000"), ("£160,000", "£40,000")],
)
def test_an_even_spread_is_rounded_halves_up(promised: str, written: str) -> None:
    """A quarter of the money of four years is said as a gap is."""
    dataset = asked_of(
        "£10m",
        commitment(promised, years="2023-24..2026-27"),
        profile={"2023-24": "£10m"},
    )
    notes = compare(comparing(dataset, DAYS[-1], "ask"), ["same-financial-years"]).sentences
    assert any(f"({written}, " in note and "if evenly spread" in note for note in notes)


@pytest.mark.parametrize(
    ("old", "moved"),
    [("£250,000", "+0.3"), ("£350,000", "+0.4"), ("£240,000", "+0.2"), ("£40,000", "0")],
)
def test_a_movement_is_rounded_halves_up(old: str, moved: str) -> None:
    """What all money adds to new money moves the share, in points with one decimal."""
    dataset = asked_of("£100m", commitment("£40m", existing=old), asks_for="new")
    rows = {row.basis: row for row in sensitivity(comparing(dataset, DAYS[-1], "ask")).rows}
    assert rows["headline"].movement == moved


@pytest.mark.parametrize(
    ("asks_for", "asked", "headline", "each_year", "announced"),
    [
        # £60m, of which £40m is new
        ("new", "£30m", "not-decided", "met", "met"),
        ("new", "£50m", "not-decided", "not-met", "not-decided"),
        ("new", "£70m", "not-met", "not-met", "not-decided"),
        ("all", "£30m", "met", "met", "met"),
        ("all", "£50m", "met", "not-decided", "not-decided"),
        ("all", "£70m", "not-met", "not-decided", "not-decided"),
        (None, "£30m", "not-decided", "met", "met"),
        (None, "£50m", "not-decided", "not-decided", "not-decided"),
        (None, "£70m", "not-met", "not-decided", "not-decided"),
    ],
)
def test_what_was_asked_for_says_what_a_basis_can_show(
    asks_for: str | None, asked: str, headline: str, each_year: str, announced: str
) -> None:
    """Counted as the ask is, money shows either; more only "not met", less only "met"."""
    fields = {"asks_for": asks_for} if asks_for else {}
    dataset = asked_of(asked, commitment("£60m", existing="£20m"), **fields)
    report = compare(comparing(dataset, DAYS[-1], "ask"))
    verdicts = {row.basis: row.verdict for row in report.rows}
    assert verdicts["headline"] == headline
    assert verdicts["new-each-year"] == each_year
    assert verdicts["new-when-announced"] == announced
    alike = {"new": ["new-each-year"], "all": ["headline"], None: []}[asks_for]
    assert [row.basis for row in report.rows if row.like_for_like] == alike
    assert [row.basis for row in report.rows if "like for like" in row.label] == alike
    assert [row.basis for row in report.rows if "in the same way" in row.assumption] == alike
    said = [note for note in report.sentences if "No source says whether new money" in note]
    assert len(said) == (asks_for is None)


def test_sensitivity_starts_from_what_was_asked_for(tiny: Dataset) -> None:
    """Of an ask for all, the table starts from all money, and new money is a choice."""
    report = sensitivity(comparing(tiny, date(2031, 6, 30), "lamp-society", prices=None))
    assert report.rows[0].basis == "asked-years"
    assert {"new-asked-years", "new-once-asked-years"} <= {row.basis for row in report.rows}
    assert all("new" not in row.label or "only what is new" in row.label for row in report.rows)
    for row in report.rows[1:]:
        if "real-terms" not in row.basis:
            (alone,) = compare(comparing(tiny, date(2031, 6, 30), "lamp-society"), [row.basis]).rows
            assert (row.committed, row.share) == (alone.committed, alone.share)


def test_doubtful_money_is_a_choice_of_either_start() -> None:
    """What may lie in another sum is counted as separate, with all money as with new."""
    overlap = {"may_overlap": ["promise-0"], "reason": "no source says"}
    doubtful = commitment("£30m", existing="£9m", **overlap)
    promises = (commitment("£60m", existing="£20m"), doubtful)
    counted = (("new", "new-doubtful-counted", 61), ("all", "doubtful-counted", 90))
    for asks_for, basis, millions in counted:
        dataset = asked_of("£100m", *promises, asks_for=asks_for)
        rows = {row.basis: row for row in sensitivity(comparing(dataset, DAYS[-1], "ask")).rows}
        assert rows[basis].committed.stated == millions * MILLION


def test_without_like_for_like_there_is_nothing_to_start_from() -> None:
    """An ask of unknown kind, or for more than is chosen, has no like for like: it says why."""
    with pytest.raises(Refused, match="no source says whether new money was asked for or all"):
        sensitivity(comparing(asked_of("£50m", "£60m"), DAYS[-1], "ask"))
    chosen = Chosen(topics=("fostering",))
    with pytest.raises(Refused, match=r"a part of the money \(Fostering\), against all"):
        sensitivity(comparing(RECORD, DAYS[-1], chosen=chosen))


@pytest.mark.parametrize(
    ("asks_for", "first"), [("new", "new money"), ("all", "all money"), (None, "new money")]
)
def test_the_years_are_told_first_of_what_was_asked_for(asks_for: str | None, first: str) -> None:
    """The headline says when the money that was asked for reaches the ask, a note the other."""
    fields = {"asks_for": asks_for} if asks_for else {}
    promise = commitment("£60m", existing="£20m", years="2023-24")
    report = over_years(comparing(asked_of("£50m", promise, **fields), DAYS[-1], "ask"))
    assert report.finding.startswith(first)
    assert report.sentences[0].startswith("New money" if asks_for == "all" else "All money")


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("prices", [None, "2022-23"])
def test_what_went_in_adds_up(day: date, prices: str | None) -> None:
    """The parts of every basis and choice add up to its stated figure."""
    year = parse_year(prices) if prices else None
    rows = compare(comparing(RECORD, day, prices=year)).rows
    if year:
        rows += sensitivity(comparing(RECORD, day, prices=year)).rows
    for row in rows:
        counts = sum(counts for counts, _ in row.parts().values())
        assert abs(counts - row.committed.stated) < Decimal("0.01"), row.basis


def test_what_went_in_is_listed() -> None:
    """--explain lists each commitment of a basis, largest first, with what it could add."""
    report = explain(comparing(RECORD, DAYS[-1]), ["new-each-year"])
    assert {row.basis for row in report.rows} == {"new-each-year"}
    counts = [row.counts_gbp for row in report.rows]
    assert counts == sorted(counts, reverse=True)
    assert sum(counts) == 2_409_500_000
    assert sum(row.could_gbp for row in report.rows) == 2_984_500_000
    capital = {row.id: row for row in report.rows}["childrens-homes-capital-2026-30"]
    assert (capital.counts_gbp, capital.could_gbp) == (0, 560_000_000)
    assert "supporting-families-2025-26" not in {row.id for row in report.rows}


def _reached(rows: tuple[YearRow, ...], counts: str) -> dict[str, str]:
    return {word: row.year for row in rows if row.counts == counts for word in row.reached}


def test_when_it_is_reached() -> None:
    """All money reaches £2.6bn in 2027-28 if evenly spread; new money may never by 2029-30."""
    report = over_years(comparing(RECORD, DAYS[-1]))
    assert _reached(report.rows, "all") == {
        "earliest": "2026-27",  # 2,985 could fall by then, and 560 of capital
        "evenly": "2027-28",
        "latest": "2028-29",  # all but the 560 that runs to 2029-30
    }
    # 2,445.5 could be new by 2026-27, with 269.5 of the 523 that is carried on
    assert _reached(report.rows, "new") == {"earliest": "2027-28"}
    assert report.finding == (
        "new money in each year could reach what was asked for in 2027-28 at the "
        "earliest; evenly spread, it does not by 2029-30"
    )


def test_the_years_of_today() -> None:
    """Each year's new money, worked by hand, in £ million; 4.0 of kinship lies in 2024-25."""
    rows = [row for row in over_years(comparing(RECORD, DAYS[-1])).rows if row.counts == "new"]
    third = Decimal(237) / 3
    later = 150 + Decimal(547) / 3 + Decimal("808.5") / 3
    by_hand = {
        "2023-24": Decimal("96.6"),
        "2024-25": Decimal("103.4") + 4,
        "2025-26": 270 + 18 + third,
        "2026-27": later + third + Decimal("12.5"),
        "2027-28": later + third + Decimal("12.5"),
        "2028-29": later - 150,
        "2029-30": Decimal(0),
    }
    assert {row.year: round(row.committed.stated / MILLION, 1) for row in rows} == {
        year: round(money, 1) for year, money in by_hand.items()
    }
    assert [row.benchmark.stated / MILLION for row in rows if row.benchmark] == [
        46, 987, 1257, 233, 0, 0, 0,
    ]  # fmt: skip
    last = rows[-1]
    assert last.committed_so_far.stated / MILLION == Decimal("2409.5")
    assert last.benchmark_so_far is not None
    assert last.benchmark_so_far.high == 2600 * MILLION  # with the 77 that no year has


def test_what_is_reached_moves_with_the_first_year() -> None:
    """--year-one moves the ask, and the note that gives the record's own reason goes."""
    report = over_years(comparing(RECORD, DAYS[-1], year_one=FinancialYear(2022)))
    asked = {row.year: row.benchmark for row in report.rows if row.counts == "all"}
    assert asked["2022-23"] is not None
    assert asked["2022-23"].stated == 46 * MILLION
    assert "What was asked for by year; year 1 is read as 2022-23." in report.sentences
    assert not any("NYAS" in note for note in report.sentences)


def test_years_without_yearly_figures() -> None:
    """A benchmark of one sum still has the year in which it is reached, and no asked column."""
    report = over_years(comparing(RECORD, DAYS[-1], "care-review-workforce"))
    assert {row.benchmark for row in report.rows} == {None}
    assert {row.gap_gbp for row in report.rows} == {None}
    assert "new money in each year does not reach what was asked for by" in report.headline
    assert "No source gives what was asked for in each year." in report.sentences
    assert {row.benchmark_so_far for row in report.rows} == {None}


def test_numbered_years_without_a_first() -> None:
    """Where no source says which year is year 1, that is said, and no year has its own ask."""
    dataset = _with_benchmark(RECORD, "care-review", year_one=None)
    report = over_years(comparing(dataset, DAYS[-1], "changed"))
    assert {row.benchmark for row in report.rows} == {None}
    said = "No source says which financial year is year 1; say which, as --year-one 2023-24."
    assert said in report.sentences


def test_unknown_sums_are_null_in_json(run: Callable[..., Result]) -> None:
    """Where no source gives yearly figures, the keys of what was asked for are there, and null."""
    asked = ("compare", "care-review-workforce", "--over-years", "--as-of", "2026-11-21")
    row = json.loads(run(*asked, "--format", "json").out)["rows"][0]
    assert row["benchmark_gbp"] is None
    assert row["benchmark_so_far_low_gbp"] is None
    assert "benchmark" not in row


def test_years_in_real_terms() -> None:
    """With --prices, each year's money is deflated, and the notes name the release."""
    prices = parse_year("2022-23")
    report = over_years(comparing(RECORD, DAYS[0], prices=prices))
    first = report.rows[0]
    half = 100 * Decimal("88.2512") / Decimal("92.8945")
    assert round(first.committed.stated / MILLION, 4) == round(half, 4)
    assert any("June 2026" in note for note in report.sentences)


def test_years_need_years(tiny: Dataset) -> None:
    """Money without any stated year cannot be set out by year; undated parts are named."""
    with pytest.raises(Refused, match="which years"):
        over_years(comparing(tiny, date(2029, 12, 31)))
    report = over_years(comparing(tiny, date(2031, 6, 30)))
    assert any("Beacon loans" in note and "which years" in note for note in report.sentences)


def _with_benchmark(dataset: Dataset, name: str, **changes: Any) -> Dataset:
    changed = dataset.benchmarks[name].model_copy(update=changes)
    return dataset.model_copy(update={"benchmarks": dataset.benchmarks | {"changed": changed}})


REFUSALS: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    # case: what is changed in the benchmark, what is asked, what is said
    "cash against real": (
        {"price_basis": PRICES},
        {},
        r"in 2022-23 prices, and this is cash; ask for real-terms with --prices 2022-23",
    ),
    "real against other prices": (
        {"price_basis": PRICES},
        {"prices": parse_year("2024-25"), "bases": ["real-terms"]},
        r"in 2022-23 prices; ask with --prices 2022-23",
    ),
    "real against cash": (
        {"price_basis": "cash"},
        {"prices": PRICES, "bases": ["real-terms"]},
        "ask for real-terms-asked-in-cash",
    ),
    "deflating what is real": (
        {"price_basis": PRICES},
        {"prices": PRICES, "bases": ["real-terms-asked-in-cash"]},
        "ask for real-terms",
    ),
    "real without prices": ({}, {"bases": ["real-terms"]}, "--prices 2022-23"),
    "per year against total": (
        {"per_year": True},
        {"bases": ["headline"]},
        "in each year, and this is a total; ask for per-year-spending",
    ),
    "per year over a programme": (
        {"per_year": True},
        {"bases": ["per-year-programme"]},
        "ask for per-year-spending",
    ),
    "new money per year over a programme": (
        {"per_year": True},
        {"bases": ["new-per-year-programme"]},
        "ask for per-year-spending",
    ),
    "England against wider": (
        {"scope": "the United Kingdom"},
        {},
        "is for the United Kingdom, and the money is for England.*that is: care-review,",
    ),
    "no yearly figures": (
        {"profile": {}, "unreconciled": None},
        {"bases": ["yearly-figures"]},
        "no source gives what was asked for in each year",
    ),
    "no length": (
        {"spending_years": None},
        {"bases": ["per-year-spending"]},
        "over how many such years",
    ),
    "numbered years without a first": (
        {"year_one": None},
        {"bases": ["same-financial-years"]},
        "--year-one 2023-24",
    ),
    "prices without a basis in them": (
        {},
        {"prices": PRICES, "bases": ["headline"]},
        "none of these bases is in real terms; leave out --prices",
    ),
    "no year in common": (
        {},
        {"bases": ["same-financial-years"], "year_one": FinancialYear(2040)},
        "no money is promised for the years asked for, 2040-41 to 2043-44",
    ),
    "no doubt in June 2023": (
        {},
        {"bases": ["new-doubtful-counted"], "as_of": DAYS[0]},
        "no money is in doubt",
    ),
    "nothing untold in June 2023": (
        {},
        {"bases": ["new-untold-counted"], "as_of": DAYS[0]},
        "sources tell of all the money whether it is new",
    ),
    "a year 1 of dated years": (
        {"profile": {FinancialYear(2023): parse_amount("£46m")}},
        {"year_one": FinancialYear(2026)},
        '"changed" dates its years, so none of them is year 1; leave out --year-one',
    ),
    "a year 1 of no years": (
        {"profile": {}},
        {"year_one": FinancialYear(2026)},
        '"changed" has no yearly figures, so none of them is year 1; leave out --year-one',
    ),
    "nothing asked for": ({"amount": parse_amount("£0")}, {}, "asks for £0, of which nothing"),
    "nothing asked for in any year": (
        {"profile": {1: parse_amount("£0")}},
        {"bases": ["yearly-figures"]},
        "£0 was asked for so, and of nothing there is no share",
    ),
    "one year alone": (
        {"profile": {1: parse_amount("£46m")}},
        {"bases": ["first-two-years"]},
        "in one year alone",
    ),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_unlike_things_are_refused(case: str) -> None:
    """What cannot be compared is refused, with what to ask for instead."""
    changes, asked, said = REFUSALS[case]
    dataset = _with_benchmark(RECORD, "care-review", **changes)
    asked = {"as_of": DAYS[-1]} | asked
    bases = asked.pop("bases", ())
    with pytest.raises(Refused, match=said):
        compare(comparing(dataset, benchmark_id="changed", **asked), bases)


def test_what_is_no_benchmark_is_refused() -> None:
    """A figure or a commitment is named for what it is; a basis that does not exist is too."""
    with pytest.raises(Refused, match='"adcs-gap-2021" is a figure, not a sum that was asked for'):
        compare(comparing(RECORD, DAYS[-1], "adcs-gap-2021"))
    with pytest.raises(Refused, match='"stable-homes" is a commitment'):
        compare(comparing(RECORD, DAYS[-1], "stable-homes"))
    with pytest.raises(UnknownId, match='did you mean "headline"'):
        compare(comparing(RECORD, DAYS[-1]), ["headlin"])


def test_another_subject_is_refused() -> None:
    """Money of another pillar or topic is not set against a benchmark of its own."""
    for chosen in (Chosen(pillars=("family-help",)), Chosen(topics=("kinship",))):
        with pytest.raises(Refused, match=r"is about .*, and not .*; leave out --"):
            compare(comparing(RECORD, DAYS[-1], "care-review-foster-carers", chosen=chosen))


def test_new_money_in_real_terms_is_a_row() -> None:
    """With --prices there are rows of new money too, and the age of the deflators is said."""
    report = compare(comparing(RECORD, DAYS[0], prices=PRICES))
    assert {"real-terms", "new-real-terms"} <= {row.basis for row in report.rows}
    assert any(
        note.startswith("The deflators are newer than this day") for note in report.sentences
    )
    later = compare(comparing(RECORD, DAYS[-1], prices=PRICES))
    assert not any("newer than this day" in note for note in later.sentences)


def test_what_keeps_a_sum_from_being_not_met_is_said() -> None:
    """£11.7m of £253m is not "not met": money of no one pillar could make up the rest."""
    row = compare(comparing(RECORD, DAYS[-1], "care-review-workforce")).rows[0]
    assert row.verdict == "not-decided"
    assert "in doubt, of no one pillar or of no known year, could make" in row.verdict_reason


def test_a_basis_that_is_left_out_says_why() -> None:
    """Without --basis, what cannot be had is named in a note with its reason."""
    notes = compare(comparing(RECORD, DAYS[0], year_one=FinancialYear(2040))).sentences
    assert any(note.startswith("Without same-financial-years: no money is") for note in notes)


def test_a_yearly_ask_is_set_against_a_year() -> None:
    """What was asked for in each year is compared with a year's money, and with nothing else."""
    dataset = _with_benchmark(RECORD, "care-review", per_year=True, profile={}, unreconciled=None)
    report = compare(comparing(dataset, DAYS[-1], "changed"))
    assert [(row.basis, row.label) for row in report.rows] == [
        ("per-year-spending", "yearly average"),
        ("new-per-year-spending", "new money, yearly average (like for like)"),
    ]
    assert {row.benchmark.stated for row in report.rows} == {2600 * MILLION}
    assert "£2.6bn a year asked for" in report.headline
    with pytest.raises(Refused, match="cannot be set against years"):
        over_years(comparing(dataset, DAYS[-1], "changed"))


def test_an_ask_in_stated_prices_is_compared_in_them() -> None:
    """Asked for in 2022-23 prices, it stands against money in those prices, and says so."""
    dataset = _with_benchmark(RECORD, "care-review", price_basis=PRICES)
    report = compare(comparing(dataset, DAYS[0], "changed", prices=PRICES))
    assert [row.basis for row in report.rows] == ["real-terms", "new-real-terms"]
    for row in report.rows:
        assert row.assumption.endswith("the amount asked for, which is in those prices")
    assert any("are those of 2022-23" in note for note in report.sentences)


def test_totals_in_real_terms() -> None:
    """The total in 2022-23 prices has the bounds that compare has, and its spread is said."""
    report = totals(ask(RECORD, DAYS[-1], prices=PRICES))
    (row,) = compare(comparing(RECORD, DAYS[-1], prices=PRICES), ["real-terms"]).rows
    assert report.total is not None
    assert report.total.amount == row.committed
    assert report.headline.startswith("£3,400.1m to £3,464.9m in 2022-23 prices promised")
    assert any("it is £3,432.1m" in note for note in report.sentences)
    assert any(
        "Homes for complex needs" in note and "for which years" in note for note in report.sentences
    )


def test_all_money_has_years_in_june() -> None:
    """Where every sum has years, nothing is said to be left out of real terms."""
    report = totals(ask(RECORD, DAYS[0], prices=PRICES))
    assert not any(note.startswith("Without") for note in report.sentences)


def test_cash_is_the_default_price(run: Callable[..., Result]) -> None:
    """`--prices cash` is what no option gives."""
    asked = ("totals", "--as-of", "2023-06-20")
    assert run(*asked, "--prices", "cash").out == run(*asked).out


def test_another_release_of_deflators(run: Callable[..., Result], tmp_path: Path) -> None:
    """--deflators reads a release instead of the bundled one, even an older one."""
    text = (PROJECT / "data" / "deflators.yaml").read_text(encoding="utf-8")
    path = tmp_path / "march.yaml"
    path.write_text(
        text.replace("gdp-june-2026", "gdp-march-2023")
        .replace("June 2026", "March 2023")
        .replace("forecast_from: 2026-27", "forecast_from: 2022-23")
        .replace("2022-23: 88.2512", "2022-23: 90"),
        encoding="utf-8",
    )
    asked = ("compare", "--as-of", "2023-06-20", "--prices", "2022-23", "--basis", "real-terms")
    answer = json.loads(run(*asked, "--deflators", path, "--format", "json").out)
    half = Decimal(100 * 90)
    money = (half / Decimal("92.8945") + half / Decimal("96.6694")) * MILLION
    assert answer["rows"][0]["committed_gbp"] == round(money)
    assert "March 2023, HM Treasury, a forecast from 2022-23" in answer["rows"][0]["assumption"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("sources:\n", 'holds one section, "deflators:"'),
        ("- a list\n", 'holds one section, "deflators:"'),
        ("deflators: [\n", "error[valid-yaml]"),
        ("deflators:\n  mine: {release: Mine}\n", "error[missing-field]"),
    ],
)
def test_a_wrong_file_of_deflators(
    content: str, said: str, run: Callable[..., Result], tmp_path: Path
) -> None:
    """A file of anything else is refused with what it must hold; a broken one with its place."""
    path = tmp_path / "wrong.yaml"
    path.write_text(content, encoding="utf-8")
    result = run("totals", "--prices", "2022-23", "--deflators", path)
    assert result.code == 2
    assert said in result.err


def test_a_broken_dataset_beside_deflators(run: Callable[..., Result], tmp_path: Path) -> None:
    """What is wrong in the dataset is said with its place, whatever deflators are asked for."""
    path = tmp_path / "list.yaml"
    path.write_text("- not sections", encoding="utf-8")
    release = PROJECT / "data" / "deflators.yaml"
    result = run("totals", "--data", path, "--deflators", release)
    assert result.code == 2
    assert "list.yaml:1:1: error[field-shape]" in result.err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--sensitivity", "--chart"), "does not go with --chart"),
        (("--over-years", "--explain"), "ask for one at a time"),
        (("--sensitivity", "--basis", "headline"), "leave one out"),
        (("--chart", "--format", "json"), "is drawn for a terminal"),
    ],
)
def test_views_do_not_mix(options: tuple[str, ...], said: str, run: Callable[..., Result]) -> None:
    """Two answers at once are refused with what to leave out."""
    result = run("compare", *options)
    assert result.code == 2
    assert said in " ".join(result.err.replace("│", "").split())


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("ascii_only", [True, False])
def test_a_chart_fits(width: int, *, ascii_only: bool) -> None:
    """No line of a chart is wider than the terminal; in ASCII its bars are ASCII."""
    report = over_years(comparing(RECORD, DAYS[-1]))
    lines = render_chart(report, width=width, ascii_only=ascii_only).splitlines()
    assert max(map(len, lines)) <= width
    years = {row.year for row in report.rows}
    bars = [line for line in lines if line[:7] in years and line[7:9] == "  "]
    assert len(bars) == len(report.rows)
    if ascii_only:
        assert all(line.replace("£", "").isascii() for line in bars)


def test_a_chart_without_yearly_figures_or_ceiling(tiny: Dataset) -> None:
    """Without yearly figures the target is the whole; a sum without a ceiling ends in an arrow."""
    chart = render_chart(
        over_years(comparing(RECORD, DAYS[-1], "care-review-workforce")), width=80, ascii_only=False
    )
    assert "│ asked for in all" in chart
    assert "£11.7m of £253.0m" in chart
    (bar,) = [line for line in chart.splitlines() if line.startswith("2024-25")][:1]
    assert bar.count("█") < 5  # 4.6% of the way
    boats = tiny.commitments["pilot-boats"]
    last = boats.amount[-1].model_copy(update={"value": parse_amount("over £6m")})
    opened = boats.model_copy(update={"amount": (*boats.amount[:-1], last), "profile": ()})
    dataset = tiny.model_copy(update={"commitments": {"pilot-boats": opened}})
    chart = render_chart(
        over_years(comparing(dataset, date(2031, 6, 30), year_one=FinancialYear(2030))),
        width=80,
        ascii_only=True,
    )
    assert ">" in chart


@pytest.mark.parametrize(
    ("settings", "ascii_only"),
    [
        ({"LANG": "en_GB.UTF-8", "TERM": "xterm"}, False),
        ({"LANG": "C", "TERM": "xterm"}, True),
        ({"LC_ALL": "C.UTF-8", "LANG": "C", "TERM": "dumb"}, True),
        ({}, True),
    ],
)
def test_where_a_terminal_has_only_ascii(
    settings: dict[str, str],
    *,
    ascii_only: bool,
    run: Callable[..., Result],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Blocks are drawn only where the locale is known to have them."""
    for name in ("LC_ALL", "LC_CTYPE", "LANG", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    drawn = run("compare", "--chart", "--as-of", "2023-06-20").out
    assert ("█" not in drawn) is ascii_only


def test_the_library_series_cannot_be_reproduced() -> None:
    """Deflated by this release, its cash differs from its real terms by up to £0.176bn, 1.82%."""
    index = RECORD.deflators["gdp-june-2026"].index
    cash, real = RECORD.figures["spending-cash"].series, RECORD.figures["spending-real"].series
    worth = index[parse_year("2022-23")]
    ours = {year: one.amount.stated * worth / index[year] for year, one in cash.items()}
    off = {year: ours[year] - one.amount.stated for year, one in real.items()}
    worst = max(off, key=lambda year: abs(off[year]))
    assert round(abs(off[worst]) / 10**9, 3) == Decimal("0.176")
    share = max(abs(off[year]) / real[year].amount.stated for year in off)
    assert round(share * 100, 2) == Decimal("1.82")


def test_a_basis_is_a_pair_of_its_own() -> None:
    """No two bases set the same money against the same; those of new money say so in their name."""
    pairs = {(basis.money, basis.against) for basis in BASES.values()}
    assert len(pairs) == len(BASES)
    for id_, basis in BASES.items():
        assert (basis.id, basis.is_new) == (id_, id_.startswith("new-"))


FROM = {
    ("new", True, False): "new-asked-years",
    ("all", True, False): "asked-years",
    ("new", False, False): "new-each-year",
    ("all", False, False): "headline",
    ("new", False, True): "new-per-year-spending",
    ("all", False, True): "per-year-spending",
}


@pytest.mark.parametrize("case", FROM)
def test_a_choice_changes_one_thing_of_like_for_like(case: tuple[str, bool, bool]) -> None:
    """That is the money or what it is set against; of an ask for each year no total is a choice."""
    asks_for, in_years, per_year = case
    fields: dict[str, Any] = {"profile": {"2024-25": "£10m"}} if in_years else {}
    fields |= {"per_year": "true"} if per_year else {}
    comparison = comparing(asked_of("£10m", "£5m", asks_for=asks_for, **fields), TODAY, "ask")
    base = like_for_like(comparison)
    assert base is not None
    assert base.id == FROM[case]
    changes = dict(otherwise(comparison, base))
    assert base not in changes
    assert len({*changes.values()}) == len(changes)
    for basis in changes:
        other_money = basis.money.measure != base.money.measure
        assert other_money != (basis.against is not base.against)
        assert not per_year or "per-year" in basis.id or "same-financial" in basis.id


def test_a_wider_filter_never_lowers_the_money() -> None:
    """Limiting the money to one pillar or topic gives no more, on any basis."""
    for day in DAYS:
        whole = {row.basis: row.committed for row in compare(comparing(RECORD, day)).rows}
        for pillar in RECORD.pillars:
            if ask(RECORD, day, chosen=Chosen(pillars=(pillar,))).total.missing:
                continue
            part = compare(comparing(RECORD, day, chosen=Chosen(pillars=(pillar,)))).rows
            for row in part:
                if "per-year" not in row.basis and "years" not in row.basis:
                    assert row.committed.stated <= whole[row.basis].stated
