"""What the rows of a comparison rest on: which money, which years, and what they can show."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from reformcalc import compare
from reformcalc.answers.chosen import Chosen
from reformcalc.answers.comparison.comparison import Comparison, Supposed
from reformcalc.answers.comparison.explain import explain
from reformcalc.answers.comparison.over_years import over_years
from reformcalc.answers.comparison.sensitivity import sensitivity
from reformcalc.errors import Refused
from reformcalc.ledger.known import Known
from reformcalc.ledger.measure import Measure
from reformcalc.values.years import FinancialYear, parse_year
from tests.unit.builders import TODAY, asked_of, commitment, comparing, deflators, record

if TYPE_CHECKING:
    from reformcalc.answers.comparison.verdict import CompareRow
    from reformcalc.record.model import Dataset

READ = '"over £45m" read as less than £46m'
HIGHEST = "even at its highest it is less than was asked"
READ_HIGHEST = f"even at its highest, with {READ}, it is less than was asked"
IN_DOUBT = "only what is in doubt could make up the rest"
OF_NONE = "only what is in doubt, of no one pillar or of no known year, could make up the rest"
ALL = "all money includes old money, so reaching the ask proves nothing"
OVERLAP = {"may_overlap": ["promise-0"], "reason": "no source says"}
PRICES = parse_year("2023-24")


def _row(dataset: Dataset, basis: str, **asked: Any) -> CompareRow:
    if "real-terms" in basis:
        asked["prices"] = PRICES
    (row,) = compare(comparing(dataset, TODAY, "ask", **asked), [basis]).rows
    return row


def _with_prices(dataset: Dataset) -> Dataset:
    """Add an index that stays at 100."""
    index = {FinancialYear(year): Decimal(100) for year in range(2020, 2030)}
    return dataset.model_copy(update={"deflators": {"flat": deflators(index)}})


@pytest.mark.parametrize(
    ("promises", "asked", "verdict", "reason"),
    [
        pytest.param(["£44m"], "£50m", "not-met", HIGHEST, id="a firm sum"),
        pytest.param(["over £45m"], "£50m", "not-met", READ_HIGHEST, id="a floor"),
        pytest.param(
            [commitment("£40m"), commitment("over £5m", **OVERLAP)],
            "£50m",
            "not-met",
            READ_HIGHEST.replace("45", "5").replace("46", "6"),
            id="a floor that may lie in another",
        ),
        pytest.param(
            ["up to £40m", commitment("over £5m", part_of="promise-0")],
            "£50m",
            "not-met",
            HIGHEST,
            id="a floor under a ceiling",
        ),
        pytest.param(
            ["£40m", commitment("£15m", **OVERLAP)],
            "£50m",
            "not-decided",
            IN_DOUBT,
            id="a firm sum in doubt",
        ),
        pytest.param(
            ["£40m", commitment("over £15m", **OVERLAP)],
            "£50m",
            "not-decided",
            f'{IN_DOUBT}, with "over £15m" read as less than £16m',
            id="a floor in doubt",
        ),
        pytest.param(
            ["over £44m", "more than £2m", commitment("£15m", **OVERLAP)],
            "£50m",
            "not-decided",
            f'{IN_DOUBT}, with a floor such as "over £44m" read as less than £45m',
            id="a firm sum in doubt beside floors, of which the largest is said",
        ),
        pytest.param(["over £45m"], "£46m", "not-decided", ALL, id="a floor that may reach it"),
        pytest.param(
            ["over £2.40bn"],
            "£2.45bn",
            "not-decided",
            ALL,
            id="a floor printed with a nought",
        ),
    ],
)
def test_a_verdict_says_how_floors_are_read(
    promises: list[Any], asked: str, verdict: str, reason: str
) -> None:
    """For verdicts "over £45m" is less than £46m, and what rests on that says so."""
    row = _row(asked_of(asked, *promises), "headline")
    assert (row.verdict, row.verdict_reason) == (verdict, reason)


@pytest.mark.parametrize(
    ("basis", "fields", "spread"),
    [
        pytest.param("headline", {}, False, id="all of it"),
        pytest.param("new-each-year", {}, False, id="all that is new"),
        pytest.param("per-year-spending", {}, False, id="a year of it"),
        pytest.param("yearly-figures", {}, False, id="all of it against the yearly figures"),
        pytest.param("same-financial-years", {}, True, id="a part of it"),
        pytest.param("first-two-years", {}, True, id="two years of three"),
        pytest.param("first-two-years", {"years": "2023-24..2024-25"}, False, id="two of two"),
        pytest.param("same-financial-years", {"years": "2023-24"}, False, id="one that both have"),
        pytest.param("real-terms", {}, True, id="in the prices of three years"),
        pytest.param("real-terms", {"years": "2024-25"}, False, id="in those of one"),
        pytest.param("new-same-financial-years", {}, True, id="a part of what is new"),
        pytest.param("new-real-terms", {"existing": "all"}, False, id="of nothing new"),
    ],
)
def test_only_a_row_that_spreads_money_says_so(
    basis: str, fields: dict[str, Any], *, spread: bool
) -> None:
    """design.md 4: bounds may be open for what a word leaves open, where no year is cut off."""
    promise = commitment("about £95m", **{"years": "2023-24..2025-26", "existing": "£0"} | fields)
    yearly = {"year 1": "£50m", "year 2": "£50m"}
    dataset = asked_of("£100m", promise, profile=yearly, spending_years="2")
    prices = PRICES if "real-terms" in basis else None
    notes = compare(
        comparing(_with_prices(dataset), TODAY, "ask", year_one=PRICES, prices=prices), [basis]
    ).sentences
    said = [note for note in notes if "evenly" in note]
    assert bool(said) is spread
    assert all("if evenly spread" in note for note in said)


def test_what_a_profile_tells_is_not_spread() -> None:
    """A row of told years has each year's own money, however the yearly figures fall."""
    told = {"2023-24": "£40m", "2024-25": "£30m"}
    dataset = _with_prices(asked_of("£100m", commitment(profile=told, years="2023-24..2024-25")))
    notes = compare(comparing(dataset, TODAY, "ask", prices=PRICES), ["real-terms"]).sentences
    assert not any("evenly" in note for note in notes)


def test_a_verdict_of_a_part_says_how_floors_are_read() -> None:
    """Of one pillar, with the envelope's high, what rests on the floor's reading says so."""
    dataset = asked_of(
        "£50m",
        "£200m",
        commitment("over £45m", part_of="promise-0", pillar="help"),
        pillar="help",
    )
    row = _row(dataset, "headline")
    assert row.committed.high == 200 * 10**6
    assert row.verdict_reason == READ_HIGHEST


def test_a_high_that_reaches_the_ask_is_not_said_to_lack_a_rest() -> None:
    """Up to £200m is printed, so no rest is to be made up, though the floor is read as £46m."""
    dataset = asked_of(
        "£100m",
        "£200m",
        commitment("over £45m", part_of="promise-0", pillar="help"),
        commitment("£60m", pillar="help", **OVERLAP),
        pillar="help",
    )
    row = _row(dataset, "headline")
    assert row.verdict_reason == ALL


@pytest.mark.parametrize(
    ("promises", "verdict", "reason"),
    [
        (["£40m"], "not-met", HIGHEST),
        (["over £45m"], "not-met", READ_HIGHEST),
        (
            ["over £45m", commitment("£15m", **OVERLAP)],
            "not-decided",
            f"{IN_DOUBT}, with {READ}",
        ),
    ],
)
def test_a_verdict_of_a_year_is_of_a_year_of_each_bound(
    promises: list[Any], verdict: str, reason: str
) -> None:
    """Over two years, £40m is £20m a year, and what is in doubt is halved as well."""
    first, *more = promises
    dataset = asked_of(
        "£25m", commitment(first, years="2024-25..2025-26"), *more, spending_years="1"
    )
    row = _row(dataset, "per-year-spending")
    assert (row.verdict, row.verdict_reason) == (verdict, reason)


IN_2024 = commitment("£10m", existing="£0", years="2024-25")
UNDATED = commitment("£1bn", existing="£0")
TWO_YEARS = {"profile": {"2024-25": "£300m", "2025-26": "£200m"}}
OF_NO_YEAR = [
    # a basis, what the benchmark says, what may make up the rest
    ("per-year-spending", {"spending_years": "1"}, OF_NONE),
    ("new-per-year-spending", {"spending_years": "1"}, OF_NONE),
    ("per-year-programme", {"programme_years": "2"}, OF_NONE),
    ("same-financial-years", TWO_YEARS, OF_NONE),
    ("new-same-financial-years", TWO_YEARS, OF_NONE),
    ("real-terms", {}, "money without bounds or of no known year could make up the rest"),
    ("new-real-terms", {}, "money without bounds or of no known year could make up the rest"),
]


@pytest.mark.parametrize(("basis", "fields", "reason"), OF_NO_YEAR)
def test_money_of_no_stated_year_could_make_up_the_rest(
    basis: str, fields: dict[str, Any], reason: str
) -> None:
    """£10m of 2024-25 and £1bn of no year are not "not met" against £500m; £10m alone is."""
    both = _with_prices(asked_of("£500m", IN_2024, UNDATED, asks_for="new", **fields))
    row = _row(both, basis)
    assert row.committed.stated == 10 * 10**6
    assert (row.verdict, row.verdict_reason) == ("not-decided", reason)
    alone = _with_prices(asked_of("£500m", IN_2024, asks_for="new", **fields))
    assert _row(alone, basis).verdict == "not-met"


def test_money_of_no_stated_year_is_bounded_by_what_holds_it() -> None:
    """Whatever of "up to £15m" has years, and whatever has none, is £15m of them at the most."""
    within = {"part_of": "promise-0", "spending": "revenue"}
    dated = commitment("over £11m", years="2024-25..2026-27", **within)
    dataset = asked_of(
        "£16m", commitment("up to £15m"), dated, commitment("£3m", **within),
        asks_for="all", profile={"2024-25": "£8m", "2025-26": "£8m"},
    )  # fmt: skip
    assert _row(dataset, "same-financial-years").verdict == "not-met"


def test_money_of_no_stated_year_is_divided_by_the_years() -> None:
    """Over two years £1bn is £500m a year, which with £10m a year reaches £509m, not £511m."""
    two = commitment("£20m", existing="£0", years="2024-25..2025-26")
    for asked, verdict in (("£509m", "not-decided"), ("£511m", "not-met")):
        dataset = asked_of(asked, two, UNDATED, asks_for="new", spending_years="1")
        assert _row(dataset, "new-per-year-spending").verdict == verdict


def test_old_money_of_no_stated_year_is_no_new_money() -> None:
    """What was being spent before cannot make up the rest of new money, in any year or prices."""
    old = commitment("£1bn", existing="all")
    dataset = _with_prices(asked_of("£500m", IN_2024, old, asks_for="new", **TWO_YEARS))
    for basis in ("new-same-financial-years", "new-real-terms"):
        assert _row(dataset, basis).verdict == "not-met"
    assert _row(dataset, "real-terms").verdict == "not-decided"


@pytest.mark.parametrize(
    "promises",
    [
        pytest.param(["over £400m"], id="a floor that nothing closes"),
        pytest.param(["£90m", "over £400m"], id="beside a firm sum"),
        pytest.param(
            ["up to £900m", commitment("over £400m", part_of="promise-0", years="2024-25")],
            id="under a ceiling",
        ),
        pytest.param(["£300m", commitment("over £100m", **OVERLAP)], id="in doubt"),
        pytest.param(["£300m", "£250m"], id="none"),
    ],
)
@pytest.mark.parametrize("asked", [f"£{pounds}m" for pounds in (350, 450, 500, 550, 600, 1000)])
def test_no_year_reaches_what_a_verdict_denies(promises: list[Any], asked: str) -> None:
    """Both read an open floor alike: what is not met even at its highest could not be reached.

    What is met is reached for certain.
    """
    given = [
        {**(commitment(one) if isinstance(one, str) else one), "years": "2024-25..2025-26"}
        for one in promises
    ]
    comparison = comparing(asked_of(asked, *given, asks_for="all"), TODAY, "ask")
    (row,) = compare(comparison, ["headline"]).rows
    said = over_years(comparison).finding
    if row.verdict == "not-met":
        assert said.startswith("all money does not reach what was asked for by 2025-26"), row
    elif row.verdict == "met":
        assert "for certain" in said
    if row.standing == "short":
        assert "for certain" not in said


@pytest.mark.parametrize(
    ("amount", "years", "said"),
    [
        pytest.param("£400m", "2024-25", "does not reach IT by 2024-25", id="never"),
        pytest.param("£500m", "2024-25", "reaches IT in 2024-25, for certain", id="at once"),
        pytest.param(
            "£450m to £550m",
            "2024-25",
            "could reach IT in 2024-25 at the earliest; evenly spread, it does not by 2024-25",
            id="at best alone",
        ),
        pytest.param(
            "over £450m",
            "2024-25",
            'does not reach IT by 2024-25, with "over £450m" read as less than £460m',
            id="not by a floor either, as its verdict says",
        ),
        pytest.param(
            "over £490m",
            "2024-25",
            "could reach IT in 2024-25 at the earliest; evenly spread, it does not by 2024-25",
            id="by a floor that its verdict leaves open",
        ),
        pytest.param(
            "up to £600m",
            "2024-25",
            "could reach IT in 2024-25 at the earliest, and does in 2024-25 if evenly spread; by "
            "2024-25 it is not certain",
            id="not for certain",
        ),
        pytest.param(
            "£600m",
            "2024-25..2026-27",
            "could reach IT in 2024-25 at the earliest, does in 2026-27 if evenly spread, and for "
            "certain in 2026-27",
            id="in three ways",
        ),
    ],
)
def test_when_it_is_reached_can_be_read(amount: str, years: str, said: str) -> None:
    """Each way to reach what was asked for is a clause of its own, in the order of their years."""
    promise = commitment(amount, years=years)
    dataset = _with_prices(asked_of("£500m", promise, asks_for="all"))
    report = over_years(comparing(dataset, TODAY, "ask"))
    assert report.finding == f"all money {said.replace('IT', 'what was asked for', 1)}"


@pytest.mark.parametrize("prices", [None, PRICES])
def test_at_the_earliest_counts_money_of_no_stated_year(prices: FinancialYear | None) -> None:
    """It might all be of the first year; evenly spread and for certain it is in none."""
    dataset = _with_prices(asked_of("£500m", IN_2024, UNDATED, asks_for="new"))
    report = over_years(comparing(dataset, TODAY, "ask", prices=prices))
    assert report.finding == (
        "new money in each year could reach what was asked for in 2024-25 at the "
        "earliest; evenly spread, it does not by 2024-25"
    )
    assert (
        "Without A promise (£1bn): no source says which years it is for. Only at the earliest is "
        "it counted, as of the first year."
    ) in report.sentences
    short = _with_prices(asked_of("£500m", IN_2024, commitment("£489m", existing="£0")))
    reached = [row.reached for row in over_years(comparing(short, TODAY, "ask")).rows]
    assert reached == [(), ()]


@pytest.mark.parametrize(
    ("asks_for", "basis", "reason"),
    [
        ("new", "new-when-announced", "money counted once can only show that the ask is met"),
        ("all", "new-when-announced", "money counted once can only show that the ask is met"),
        ("all", "new-each-year", "new money can only show that the ask is met"),
        ("new", "new-each-year", HIGHEST),
        ("all", "headline", HIGHEST),
    ],
)
def test_what_a_measure_can_show_is_said_in_its_own_words(
    asks_for: str, basis: str, reason: str
) -> None:
    """Money counted once, and new money in each year, each say why they show no ask unmet."""
    dataset = asked_of("£50m", commitment("£40m", existing="£0"), asks_for=asks_for)
    assert _row(dataset, basis).verdict_reason == reason


APART = (commitment("£10m", years="2022-23"), commitment("£20m", years="2025-26"))
NUMBERED = {"year 1": "£15m", "year 2": "£15m", "year 3": "£25m", "year 4": "£25m"}
READ_AS = {"is": "2022-23", "reason": "so that it is"}


def _numbered(*promises: Any) -> Dataset:
    """Ask for four numbered years, the first read as 2022-23."""
    return asked_of("£80m", *promises, profile=NUMBERED, year_one=READ_AS)


def test_the_first_two_years_have_money() -> None:
    """£10m of 2022-23 and £20m of 2025-26 are the first two years, with £30m."""
    row = _row(_numbered(*APART), "first-two-years")
    assert [row.committed.stated, row.benchmark.stated] == [30 * 10**6, 30 * 10**6]
    assert (row.committed_years, row.lengths) == ("2022-23, 2025-26", "2 years against 2")
    assert "money of 2022-23 and 2025-26;" in row.assumption


def test_the_same_years_are_those_that_both_cover() -> None:
    """Of four years asked for, only the first and the last have money."""
    row = _row(_numbered(*APART), "same-financial-years")
    assert [row.committed.stated, row.benchmark.stated] == [30 * 10**6, 40 * 10**6]
    assert row.committed_years == row.benchmark_years == "2022-23, 2025-26"
    assert "money of 2022-23, 2025-26; what was asked for those years" in row.assumption


def test_a_year_is_counted_in_which_money_could_be() -> None:
    """Of a sum that is not split, any year could have it; a year told to have £0 has none."""
    for profile, years in (
        (None, "2022-23..2025-26"),
        ({"2023-24": "£0"}, "2022-23, 2024-25..2025-26"),
        (
            {"2022-23": "£10m", "2023-24": "£0", "2024-25": "£0", "2025-26": "£20m"},
            "2022-23, 2025-26",
        ),
    ):
        one = commitment("£30m", years="2022-23..2025-26", profile=profile)
        assert _row(_numbered(one), "same-financial-years").committed_years == years


def test_a_year_of_money_is_of_the_whole_run() -> None:
    """Per year is over the years from first to last, with those between."""
    dataset = asked_of("£80m", *APART, spending_years="4")
    row = _row(dataset, "per-year-spending")
    assert (row.committed.stated, row.lengths) == (Decimal("7.5") * 10**6, "4 years against 4")
    years = [row.year for row in over_years(comparing(dataset, TODAY, "ask")).rows]
    assert years == ["2022-23", "2023-24", "2024-25", "2025-26"] * 2


def test_dated_years_have_no_first_two() -> None:
    """Where the ask dates its years, its first two may not be those of the money: it says so."""
    dataset = asked_of("£80m", *APART, profile={"2023-24": "£40m", "2024-25": "£40m"})
    with pytest.raises(Refused, match=r"its years are dated, .*; ask for same-financial-years"):
        _row(dataset, "first-two-years")
    notes = compare(comparing(dataset, TODAY, "ask")).sentences
    assert any(note.startswith("Without first-two-years: its years are dated") for note in notes)


BUILDINGS = commitment("£20m", existing="£0", spending="capital")
PLAIN = commitment("£40m", existing="£0", spending="revenue")
LESS = "money with some left out can only show that the ask is met"


@pytest.mark.parametrize(
    ("asks_for", "basis", "asked", "verdict", "reason"),
    [
        ("new", "new-without-capital", "£50m", "not-decided", LESS),
        (
            "new",
            "new-without-capital",
            "£40m",
            "met",
            "even at its lowest it reaches what was asked",
        ),
        ("all", "without-capital", "£50m", "not-decided", LESS),
        ("all", "without-capital", "£40m", "met", "even at its lowest it reaches what was asked"),
        *(
            (
                asks_for,
                "without-capital",
                asked,
                "not-decided",
                "all money, old money too, with some left out can show neither",
            )
            for asks_for in ("new", None)
            for asked in ("£40m", "£90m")
        ),
        (
            "all",
            "new-without-capital",
            "£90m",
            "not-decided",
            "new money can only show that the ask is met",
        ),
    ],
)
def test_capital_that_is_left_out_shows_no_ask_unmet(
    asks_for: str | None, basis: str, asked: str, verdict: str, reason: str
) -> None:
    """£40m and £20m of capital: what is left out might be what the ask lacks."""
    fields = {"asks_for": asks_for} if asks_for else {}
    row = _row(asked_of(asked, PLAIN, BUILDINGS, **fields), basis)
    assert row.committed.stated == 40 * 10**6
    assert (row.verdict, row.verdict_reason) == (verdict, reason)


def test_where_there_is_no_capital_nothing_is_left_out() -> None:
    """Then the row shows what all money shows, also where capital is itemised in full."""
    itemised = (
        commitment("£40m", spending="capital"),
        commitment("£40m", spending="revenue", part_of="promise-0"),
    )
    for promises in ((PLAIN,), itemised):
        row = _row(asked_of("£50m", *promises), "without-capital")
        assert (row.verdict, row.verdict_reason) == ("not-met", HIGHEST)
        assert "none of it recorded as capital" in row.assumption


@pytest.mark.parametrize(
    ("asks_for", "start", "others"),
    [
        ("new", "new-per-year-spending", {"per-year-spending", "new-same-financial-years"}),
        ("all", "per-year-spending", {"new-per-year-spending", "same-financial-years"}),
    ],
)
def test_a_yearly_ask_has_a_like_for_like(asks_for: str, start: str, others: set[str]) -> None:
    """£60m over two years, £40m of it new: what is counted as it was asked for can show either."""
    promise = commitment("£60m", existing="£20m", years="2023-24..2024-25")
    profile = {"2023-24": "£90m", "2024-25": "£90m"}
    dataset = asked_of("£90m", promise, asks_for=asks_for, per_year="true", profile=profile)
    rows = {row.basis: row for row in compare(comparing(dataset, TODAY, "ask")).rows}
    assert rows["per-year-spending"].committed.stated == 30 * 10**6
    assert rows["new-per-year-spending"].committed.stated == 20 * 10**6
    assert [row.basis for row in rows.values() if row.like_for_like] == [start]
    assert [id_ for id_, row in rows.items() if "in the same way" in row.assumption] == [start]
    assert rows[start].verdict == "not-met"
    report = sensitivity(comparing(dataset, TODAY, "ask"))
    assert report.rows[0].basis == start
    assert {row.basis for row in report.rows[1:]} == others
    assert not any(note.startswith("Not shown") for note in report.sentences)


def test_like_for_like_that_cannot_be_had_is_no_start() -> None:
    """An ask in the prices of a year is not set against cash: --sensitivity says what to ask."""
    dataset = asked_of("£90m", "£60m", asks_for="new", price_basis="2023-24")
    with pytest.raises(Refused, match="no like-for-like basis to start from: it was asked for in"):
        sensitivity(comparing(dataset, TODAY, "ask"))


def test_what_has_no_like_for_like_has_no_hint_at_sensitivity() -> None:
    """A command that would be refused is not hinted at; where it would not be, it is."""
    promise = commitment("£60m", existing="£20m", pillar="help")

    def hints(dataset: Dataset, **asked: Any) -> list[bool]:
        notes = compare(comparing(dataset, TODAY, "ask", **asked)).sentences
        return ["--sensitivity" in note for note in notes if "turns on the basis" in note]

    whole = asked_of("£90m", promise, asks_for="new")
    assert hints(whole) == [True]
    assert hints(whole, chosen=Chosen(pillars=("help",))) == [False]
    assert hints(asked_of("£90m", promise)) == [False]


def test_money_of_another_pillar_is_refused() -> None:
    """One of two pillars is not the benchmark's: the two together are refused, its own is not."""
    own = asked_of("£90m", commitment("£60m", pillar="help"), "£30m", pillar="help")
    with pytest.raises(Refused, match='"ask" is about help, and not families; leave out --pillar'):
        compare(comparing(own, TODAY, "ask", chosen=Chosen(pillars=("help", "families"))))
    for pillars in ((), ("help",)):
        row = _row(own, "headline", chosen=Chosen(pillars=pillars))
        assert row.committed.stated == 60 * 10**6
        assert row.verdict == "not-met"


def test_money_of_another_topic_is_refused() -> None:
    """Of an ask about two topics one is a part of it; one beside them is refused."""
    dataset = asked_of("£90m", commitment("£60m", topics=["boats"]), topics=["boats", "lamps"])
    assert _row(dataset, "headline", chosen=Chosen(topics=("boats",))).verdict == "not-decided"
    with pytest.raises(Refused, match="about boats and lamps, and not nets; leave out --topic"):
        compare(comparing(dataset, TODAY, "ask", chosen=Chosen(topics=("boats", "nets"))))


def test_money_of_another_place_is_left_out_and_named() -> None:
    """Of an ask for England, what is for Wales is left out; a region goes with its envelope."""
    dataset = asked_of(
        "£90m",
        commitment("£60m"),
        commitment("£20m", part_of="promise-0", scope="North East of England"),
        commitment("£50m", scope="Wales"),
        commitment("£5m", part_of="promise-2"),
        commitment("£70m", scope="Wales", may_overlap=["promise-0"], reason="no source says"),
    )
    said = "Left out: A promise (£50m), for Wales; what was asked for is for England."
    report = compare(comparing(dataset, TODAY, "ask"))
    assert report.headline.startswith("£60m promised")
    assert report.rows[0].verdict == "not-met"
    assert said in report.sentences
    assert said in explain(comparing(dataset, TODAY, "ask")).sentences
    for note in compare(comparing(_numbered("£60m"), TODAY, "ask")).sentences:
        assert not note.startswith("Left out")
    with pytest.raises(Refused, match="is for England, and the money is for Wales, so no share"):
        compare(comparing(asked_of("£90m", commitment("£50m", scope="Wales")), TODAY, "ask"))


def test_an_envelope_is_a_part_of_the_money() -> None:
    """What is chosen by an envelope is set against the ask as any part is: without a verdict."""
    dataset = asked_of("£90m", "£60m", commitment("£20m", part_of="promise-0"), "£10m")
    report = compare(comparing(dataset, TODAY, "ask", chosen=Chosen(envelope="promise-0")))
    assert "£60m promised (all inside A promise), £90m asked for" in report.headline
    assert {row.verdict for row in report.rows} == {"not-decided"}
    assert {row.committed.stated for row in report.rows if row.basis == "headline"} == {60 * 10**6}


@pytest.mark.parametrize(
    ("promise", "verdict"),
    [
        pytest.param("up to £9m", "not-decided", id="only its stated figure reaches it"),
        pytest.param("about £8m", "not-decided", id="half a unit below"),
        pytest.param("over £8m", "met", id="the floor reaches it"),
        pytest.param("£8m", "met", id="exactly"),
        pytest.param("£7m to £9m", "not-decided", id="a range around it"),
    ],
)
def test_an_ask_is_met_only_by_the_least_that_is_promised(promise: str, verdict: str) -> None:
    """What a document states decides nothing: the least that its words allow does."""
    dataset = asked_of("£8m", commitment(promise, existing="£0"), asks_for="new")
    assert _row(dataset, "new-each-year").verdict == verdict


def test_doubtful_money_of_no_one_pillar_may_be_of_the_one_that_is_asked_for() -> None:
    """£2m and £9m in doubt could be the £9m that are asked for; £1m in doubt could not."""
    pillars = {
        "families": {"title": "Families"},
        "help": {"title": "Help"},
        "all": {"title": "All", "unassigned": "true"},
    }
    for doubtful, verdict in (("£9m", "not-decided"), ("£1m", "not-met")):
        dataset = asked_of(
            "£9m",
            "£2m",
            commitment("£1m", pillar="help"),
            commitment(doubtful, pillar="all", may_overlap=["promise-1"], reason="it may"),
            pillar="families",
            asks_for="all",
        )
        more = dataset.model_copy(update={"pillars": record({}, pillars=pillars).pillars})
        assert _row(more, "headline").verdict == verdict


@pytest.mark.parametrize(
    ("promises", "fields", "said"),
    [
        pytest.param(
            [commitment("£30m", existing="£0"), "£40m"],
            {"asks_for": "new"},
            "£20m of the £40m that may or may not be new (A promise, £40m) would be enough",
            id="what may be new",
        ),
        pytest.param(
            [commitment("£30m", existing="£0"), "£40m", commitment("£25m", **OVERLAP)],
            {"asks_for": "new"},
            "£20m of the £40m that may or may not be new (A promise, £40m) would be enough, or as "
            "much of the £25m in doubt (A promise, £25m)",
            id="or what is in doubt",
        ),
        pytest.param(
            [commitment("£30m", existing="£0"), "£40m", commitment("£5m", **OVERLAP)],
            {"asks_for": "new"},
            "£20m of the £40m that may or may not be new (A promise, £40m) would be enough",
            id="too little is in doubt to do it",
        ),
        pytest.param(
            ["£60m", commitment("up to £30m", existing="£0", part_of="promise-0")],
            {"asks_for": "new"},
            "£50m of the £60m that may or may not be new (A promise, not broken down; A promise) "
            "would be enough",
            id="sums that share what is open",
        ),
        pytest.param(
            [commitment("£40m", existing="£0"), commitment("£15m", **OVERLAP)],
            {"asks_for": "new"},
            "£10m short of £50m at its highest; reached only if £10m of the £15m in doubt is extra "
            "(A promise, £15m)",
            id="what is in doubt alone",
        ),
        pytest.param(
            ["£40m", commitment("£15m", **OVERLAP)],
            {"asks_for": "all"},
            "£10m short of £50m at its highest; reached only if £10m of the £15m in doubt is extra "
            "(A promise, £15m)",
            id="of all money",
        ),
        pytest.param(
            ["£40m to £60m"],
            {"asks_for": "all"},
            "£10m of the £20m that is left open by its wording (A promise, £20m) would be enough",
            id="what words leave open",
        ),
        pytest.param(
            ["about £40m", "over £9m"],
            {"asks_for": "all"},
            "£6m of the £11m that is left open by its wording (A promise, without bound; A "
            "promise, £10m) would be enough",
            id="a floor",
        ),
        pytest.param([commitment("£60m", existing="£0")], {"asks_for": "new"}, None, id="met"),
        pytest.param(["£40m"], {"asks_for": "all"}, None, id="not met"),
    ],
)
def test_a_row_says_what_would_settle_it(
    promises: list[Any], fields: dict[str, Any], said: str | None
) -> None:
    """money.md 23: the least that would decide, of what, how large, and of which sums."""
    dataset = asked_of("£50m", *promises, **fields)
    basis = {"new": "new-each-year", "all": "headline"}[fields["asks_for"]]
    assert _row(dataset, basis).would_settle == said


def test_an_ask_of_open_size_says_what_both_would_settle() -> None:
    """Where what is open alone does not meet the most that is asked for, more has to come."""
    dataset = asked_of(
        "£50m to £70m",
        commitment("£40m to £60m"),
        commitment("£15m", **OVERLAP),
        asks_for="all",
    )
    assert _row(dataset, "headline").would_settle == (
        "all of the £20m that is left open by its wording (A promise, £20m) and £10m more would be "
        "enough, or what is missing of the £15m in doubt (A promise, £15m)"
    )


def test_what_would_settle_years_names_money_of_no_year() -> None:
    """A sum that no source gives years for might be of the years asked for."""
    dataset = asked_of(
        "£50m",
        commitment("£40m", existing="£0", years="2023-24"),
        commitment("over £15m", existing="£0"),
        asks_for="new",
        profile={"2023-24": "£50m"},
    )
    assert _row(dataset, "new-asked-years").would_settle == (
        "£10m short of £50m at its highest; reached only if £10m of the £15m in doubt, of no one "
        "pillar or of no known year is extra (A promise, £15m)"
    )


def test_a_part_of_the_money_is_settled_by_nothing() -> None:
    """Of a part against the whole ask no verdict can come."""
    promises = (commitment("£30m", pillar="help"), commitment("£40m", pillar="help"))
    dataset = asked_of("£50m", *promises, asks_for="new")
    row = _row(dataset, "new-each-year", chosen=Chosen(pillars=("help",)))
    assert (row.verdict, row.would_settle, row.unknown_of) == ("not-decided", None, ())


def _inside(envelope: str = "promise-0") -> dict[str, Any]:
    return {"part_of": [{"in": envelope, "inferred": "our reading"}]}


@pytest.mark.parametrize(
    ("promises", "rows"),
    [
        pytest.param(
            ["£50m", commitment("£30m", existing="£0", **_inside())],
            {"promise-0": [(30, 80), (80, 80)]},
            id="what is freed may be new or not",
        ),
        pytest.param(
            [commitment("£50m", existing="£0"), commitment("£30m", **_inside())],
            {"promise-0": [(50, 80), (80, 80)]},
            id="the sum itself may be new or not, once nothing around it says so",
        ),
        pytest.param(
            [
                commitment("£50m", existing="£0"),
                commitment("£30m", existing="£0", **_inside()),
            ],
            {"promise-0": [(80, 80)]},
            id="all of it is told",
        ),
        pytest.param(
            [
                commitment("£50m", existing="£0"),
                commitment(
                    "£30m", existing="£0", part_of="promise-0", inferred={"part_of": "our reading"}
                ),
            ],
            {"promise-0": [(80, 80)]},
            id="said of the field",
        ),
        pytest.param(
            [
                commitment("£50m", existing="£0"),
                commitment("£60m", existing="£0"),
                commitment(
                    "£30m",
                    existing="£0",
                    part_of=["promise-0", *_inside("promise-1")["part_of"]],
                ),
            ],
            {"promise-1": [(110, 110)]},
            id="of one link of two",
        ),
        pytest.param(
            [
                commitment("over £50m", existing="£0"),
                commitment("£30m", existing="£0", **_inside()),
            ],
            {"promise-0": [(80, 90)]},
            id="a floor is read as for verdicts",
        ),
        pytest.param(
            ["£50m", commitment("£30m", existing="£0", part_of="promise-0")], {}, id="stated"
        ),
        pytest.param(
            [
                commitment("£50m", counted="false", reason="a baseline"),
                commitment("£60m", existing="£0"),
                commitment(
                    "£30m",
                    existing="£0",
                    part_of=["promise-1", *_inside()["part_of"]],
                ),
            ],
            {},
            id="in what never counts",
        ),
        pytest.param(
            [
                commitment("£50m", existing="£0"),
                commitment(
                    "£30m",
                    existing="£0",
                    part_of=[{"in": "promise-0", "amount": "£20m", "inferred": "x", "reason": "x"}],
                ),
            ],
            {"promise-0": [(80, 80)]},
            id="a part of it",
        ),
    ],
)
def test_inferred_links_are_tried_as_separate(
    promises: list[Any], rows: dict[str, list[tuple[int, int]]]
) -> None:
    """money.md 24: with a sum outside what our reading puts it in, more is counted, new or not."""
    report = sensitivity(comparing(asked_of("£200m", *promises, asks_for="new"), TODAY, "ask"))
    found: dict[str, list[tuple[int, int]]] = {}
    for row in report.rows:
        if row.envelope:
            assert row.committed.high is not None
            ends = (round(one / 10**6) for one in (row.committed.low, row.committed.high))
            low, high = ends
            found.setdefault(row.envelope, []).append((low, high))
            assert (row.all_money_gbp or 0) > 0
    assert {envelope: sorted(ends) for envelope, ends in found.items()} == rows


def test_a_link_that_moves_little_is_counted() -> None:
    """Below a point of the ask, and with the same verdict, a link is one of a number."""
    little = commitment("£1m", existing="£0", **_inside())
    dataset = asked_of("£200m", commitment("£50m", existing="£0"), little, asks_for="new")
    report = sensitivity(comparing(dataset, TODAY, "ask"))
    assert not any(row.commitment for row in report.rows)
    assert any(
        note.startswith("1 place in an envelope that no source") for note in report.sentences
    )


def test_a_link_that_changes_the_verdict_is_a_row() -> None:
    """However little it moves the share."""
    little = commitment("£1m", existing="£0", **_inside())
    dataset = asked_of("£200m", commitment("£199m", existing="£0"), little, asks_for="new")
    (row,) = (row for row in sensitivity(comparing(dataset, TODAY, "ask")).rows if row.commitment)
    assert row.verdict == "met"


def test_links_of_a_yearly_ask_are_tried_against_it() -> None:
    """An ask in each year has no row over all years beside it."""
    dataset = asked_of(
        "£50m",
        commitment("£40m", existing="£0", years="2023-24"),
        commitment("£30m", existing="£0", **_inside()),
        asks_for="new",
        per_year="true",
    )
    rows = sensitivity(comparing(dataset, TODAY, "ask")).rows
    assert {row.basis.partition("-promise")[0] for row in rows if row.commitment} <= {
        "new-per-year-spending"
    }


def test_money_announced_since_a_day_is_a_part() -> None:
    """Against all that was asked for, what was announced after a day can show neither."""
    since = commitment("£40m", announced="2024-05-01")
    dataset = asked_of("£90m", "£60m", since, asks_for="all")
    comparison = comparing(dataset, TODAY, "ask", chosen=Chosen(announced_after=date(2024, 1, 1)))
    report = compare(comparison, ["headline"])
    assert report.headline.startswith("£40m promised (announced after 1 January 2024), £90m asked")
    assert report.rows[0].verdict == "not-decided"


def test_a_comparison_takes_no_kind_of_money() -> None:
    """Each basis says which money it counts, so to ask for new money alone is refused."""
    known = Known(asked_of("£90m", "£60m"), TODAY)
    with pytest.raises(Refused, match="each basis says itself which money it counts"):
        Comparison(known, measure=Measure(new="each-year"), benchmark_id="ask")


def test_a_basis_of_real_terms_in_the_years_asked_for_takes_prices() -> None:
    """It is in real terms like those that a comparison shows by itself."""
    promise = commitment("£60m", years="2023-24..2024-25")
    profile = {"2023-24": "£50m", "2024-25": "£40m"}
    dataset = _with_prices(asked_of("£90m", promise, asks_for="all", profile=profile))
    real = comparing(dataset, TODAY, "ask", prices=PRICES)
    for basis in ("asked-years-real-terms", "asked-years-real-terms-asked-in-cash"):
        (row,) = compare(real, [basis]).rows
        assert row.basis == basis
        assert row.committed.stated == 60_000_000


def test_what_is_supposed_of_the_money_leaves_the_question_as_it_is() -> None:
    """To read doubtful sums as separate changes what counts, not what is in doubt."""
    dataset = asked_of("£90m", "£60m", commitment("£20m", **OVERLAP), asks_for="all")
    comparison = comparing(dataset, TODAY, "ask")
    separate = replace(comparison, supposed=Supposed(separate=True))
    assert comparison.all_money.stated == 60_000_000
    assert separate.all_money.stated == 80_000_000
    assert separate.unsure == comparison.unsure == {"promise-1"}
