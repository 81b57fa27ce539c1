"""Every row of `compare` on 21 November 2026, worked by hand from twelve sums. £ million."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from reformcalc import compare, load
from reformcalc.answers.comparison.sensitivity import sensitivity
from reformcalc.values.years import parse_year
from tests.unit.builders import comparing

RECORD = load().valid()
TODAY = date(2026, 11, 21)
MILLION = 10**6


@dataclass(frozen=True)
class One:
    """A sum of the record: its name, years (first and last), and what was spent before."""

    name: str
    money: Decimal
    first: int
    last: int
    before: Decimal | None = Decimal(0)  # None: no source says
    carries_on: bool = False
    capital: bool = False
    by_year: tuple[str, ...] = ()
    told: bool = False  # each year is known, and its old money, as nothing else is inside

    def in_year(self, year: int) -> Decimal:
        """Spread the sum evenly, or as a source splits it."""
        if not self.first <= year <= self.last:
            return Decimal(0)
        if self.by_year:
            return Decimal(self.by_year[year - self.first])
        return self.money / (self.last - self.first + 1)

    @property
    def new(self) -> Decimal:
        """What is known to be new of it."""
        return Decimal(0) if self.before is None else self.money - self.before


def _d(text: str) -> Decimal:
    return Decimal(text)


# Each with the source that gives it; the years are those in which the financial year begins.
ITEMS = [
    # Commons Library, 20 June 2023; its split is on the Department's page of funding for 2024-25
    One("stable-homes", _d("200"), 2023, 2024, by_year=("96.6", "103.4")),
    # the kinship strategy's £20m less the £16m pathfinder that was superseded: 3.8 and 0.2
    One("kinship", _d("4"), 2024, 2024),
    # Families First 2025-26: the prevention grant, the former Supporting Families money, a top-up
    One("prevention-grant", _d("270"), 2025, 2025),
    One("supporting-families", _d("253.5"), 2025, 2025, before=_d("253.5")),
    One("transformation-grant", _d("18"), 2025, 2025),
    One("fostering-2025-26", _d("15"), 2025, 2025, before=None),
    One("fostering-2026-28", _d("25"), 2026, 2027),
    # Spending Review 2025: £555m less the 300 and 18 that are also elsewhere
    One("transformation-fund", _d("237"), 2025, 2027),
    # 3 x 523 carries on 2025-26, of which 253.5 a year was there before
    One(
        "families-first-continued",
        _d("1569"),
        2026,
        2028,
        before=_d("760.5"),
        carries_on=True,
        by_year=("523", "523", "523"),
        told=True,
    ),
    One("families-first-top-up", _d("300"), 2026, 2027),
    One("families-first-uplift", _d("547"), 2026, 2028),
    One("capital", _d("560"), 2026, 2029, before=None, capital=True),
]
# HM Treasury, June 2026, index by the year in which a financial year begins.
INDEX = {
    2022: _d("88.2512"), 2023: _d("92.8945"), 2024: _d("96.6694"), 2025: _d("100"),
    2026: _d("102.0057"), 2027: _d("103.9867"), 2028: _d("105.9264"), 2029: _d("107.9012"),
}  # fmt: skip
ASKED = {2023: _d("46"), 2024: _d("987"), 2025: _d("1257"), 2026: _d("233")}
UNTOLD = _d("575")  # 15 and 560: no source says how much of them is new

Bounds = tuple[Decimal, Decimal, Decimal]


def _exact(money: Decimal) -> Bounds:
    return money, money, money


def _real(*, new: bool, of: range = range(2022, 2030)) -> Bounds:
    """In 2022-23 prices: evenly; each sum in the cheapest of its years; each in the dearest.

    Of some years the least has what lies wholly inside them, and the most what could.
    """
    worth = {year: INDEX[2022] / index for year, index in INDEX.items()}
    stated = low = high = Decimal(0)
    for one in (one for one in ITEMS if not one.told):
        years = [year for year in range(one.first, one.last + 1) if year in of]
        if not years:
            continue
        known = one.new if new else one.money
        untold = one.money if new and one.before is None else Decimal(0)
        low += known * min(worth[year] for year in years) if one.last in of else 0
        high += (known + untold) * max(worth[year] for year in years)
        stated += sum(known / one.money * one.in_year(year) * worth[year] for year in years)
    # 523 in each of three years, of which 253.5 was being spent before.
    told = sum(
        (_d("269.5") if new else 523) * worth[year] for year in (2026, 2027, 2028) if year in of
    )
    return stated + told, low + told, high + told


def _same_years(*, new: bool) -> Bounds:
    """Of 2023-24 to 2026-27: evenly; wholly inside; what could fall in them."""
    inside = [one for one in ITEMS if one.last <= 2026]
    touching = [one for one in ITEMS if one.first <= 2026 and not one.told]
    evenly = sum(
        one.in_year(year) * ((one.new / one.money) if new else 1) for one in ITEMS for year in ASKED
    )
    low = sum(one.new if new else one.money for one in inside)
    could = [one.new if one.before is not None else one.money for one in touching]
    high = sum(could) if new else sum(one.money for one in touching)
    # 523 of the told sum is of 2026-27, and 253.5 of that was being spent before.
    told = _d("269.5") if new else Decimal(523)
    return Decimal(evenly), Decimal(low) + told, Decimal(high) + told


def _divided(bounds: Bounds, by: int) -> Bounds:
    stated, low, high = bounds
    return stated / by, low / by, high / by


ALL = sum((one.money for one in ITEMS), Decimal(0))
EACH_YEAR = sum((one.new for one in ITEMS), Decimal(0))
ONCE = sum((one.new for one in ITEMS if not one.carries_on), Decimal(0))
NEW = (EACH_YEAR, EACH_YEAR, EACH_YEAR + UNTOLD)
CASH_ASKED = sum((money * INDEX[2022] / INDEX[year] for year, money in ASKED.items()), Decimal(0))
YEARLY = _exact(sum(ASKED.values(), Decimal(0)))
HEADLINE = _exact(_d("2600"))
SAME_ASKED = (_d("2523"), _d("2523"), _d("2600"))
REAL_ASKED = (CASH_ASKED, CASH_ASKED, CASH_ASKED + 77 * INDEX[2022] / INDEX[2023])

# The sums that are in doubt, beside their ceilings: over 53 read as less than 54, over 0.7 as less
# than 0.8.
DOUBTFUL = (EACH_YEAR, EACH_YEAR, EACH_YEAR + UNTOLD + _d("471.14") + 1 + _d("0.1"))
# New money of the four years, evenly spread: 1,264 and a third.
FOUR_EVENLY = (
    _d("200") + 4 + 270 + 18 + 237 * _d("2") / 3 + _d("25") / 2 + _d("300") / 2
    + _d("547") / 3 + _d("269.5")
)  # fmt: skip
FOUR_LOW = _d("761.5")  # wholly inside: 200 + 4 + 270 + 18 + 269.5
FOUR_HIGH = _d("2445.5")  # with 237, 25, 300, 547 and the untold 15 and 560
FOUR = (FOUR_EVENLY, FOUR_LOW, FOUR_HIGH)
FOUR_ASKED = (_d("2600"), _d("2523"), _d("2600"))
# In doubt, of years: the fostering plan's 25 + 12.8 + 12.4 + 18.1 + 8.9 + 10.8, Kinship Zones, and
# older sums; 228 more are of no stated year.
IN_DOUBT = _d("88") + 126 + 10 + _d("8.5") + _d("3.46")
ONCE_LOW = FOUR_LOW - _d("269.5")

BY_HAND: dict[str, tuple[Bounds, Bounds]] = {
    "headline": (_exact(ALL), HEADLINE),
    "yearly-figures": (_exact(ALL), YEARLY),
    "per-year-spending": (_exact(ALL / 7), _exact(_d("650"))),
    "per-year-programme": (_exact(ALL / 7), _exact(_d("520"))),
    # 46 + 987, and up to the 77 that no yearly figure has
    "first-two-years": (_exact(_d("204")), (_d("1033"), _d("1033"), _d("1110"))),
    "same-financial-years": (_same_years(new=False), SAME_ASKED),
    "new-when-announced": ((ONCE, ONCE, ONCE + UNTOLD), HEADLINE),
    "new-each-year": (NEW, HEADLINE),
    "without-capital": (_exact(ALL - 560), HEADLINE),
    "real-terms": (_real(new=False), HEADLINE),
    "real-terms-asked-in-cash": (_real(new=False), REAL_ASKED),
    "new-asked-years": (FOUR, FOUR_ASKED),
    "asked-years": (_same_years(new=False), FOUR_ASKED),
    "new-once-asked-years": (
        (FOUR_EVENLY - _d("269.5"), ONCE_LOW, FOUR_HIGH - _d("269.5")),
        FOUR_ASKED,
    ),
    "new-untold-counted": ((FOUR_EVENLY + 15 + 140, FOUR_LOW + 15, FOUR_HIGH), FOUR_ASKED),
    "new-doubtful-counted": ((FOUR_EVENLY, FOUR_LOW, FOUR_HIGH + IN_DOUBT), FOUR_ASKED),
    "new-without-capital": ((FOUR_EVENLY, FOUR_LOW, FOUR_HIGH - 560), FOUR_ASKED),
    "new-yearly-figures": (FOUR, YEARLY),
    "new-same-financial-years": (_same_years(new=True), SAME_ASKED),
    "new-per-year-spending": (_divided(NEW, 7), _exact(_d("650"))),
    "new-per-year-programme": (_divided(NEW, 7), _exact(_d("520"))),
    "new-real-terms": (_real(new=True, of=range(2023, 2027)), FOUR_ASKED),
    "new-real-terms-asked-in-cash": (_real(new=True, of=range(2023, 2027)), REAL_ASKED),
}


@pytest.mark.parametrize("basis", BY_HAND)
def test_every_row_of_today(basis: str) -> None:
    """Each basis and each choice, to the pound, from the twelve sums."""
    prices = parse_year("2022-23")
    real = prices if "real-terms" in basis else None
    (row,) = compare(comparing(RECORD, TODAY, prices=real), [basis]).rows
    for ours, theirs in zip((row.committed, row.benchmark), BY_HAND[basis], strict=True):
        assert ours.high is not None
        found = [round(money) for money in (ours.stated, ours.low, ours.high)]
        assert found == [round(money * MILLION) for money in theirs]


def test_nothing_is_left_out() -> None:
    """What is worked by hand is every row that there is."""
    prices = parse_year("2022-23")
    rows = compare(comparing(RECORD, TODAY, prices=prices)).rows
    every = {row.basis for row in rows}
    choices = sensitivity(comparing(RECORD, TODAY, prices=prices)).rows
    every |= {row.basis for row in choices if row.commitment is None}
    assert every == set(BY_HAND)


def test_like_for_like_is_new_money_in_the_years_asked_for() -> None:
    """money.md 22: £761.5m to £2,445.5m, 29.3% to 96.9%; £1,264m if evenly spread."""
    (row,) = (row for row in compare(comparing(RECORD, TODAY)).rows if row.like_for_like)
    assert row.basis == "new-asked-years"
    assert row.committed.low == 761_500_000
    assert row.committed.high == 2_445_500_000
    assert round(row.committed.stated / MILLION) == 1264
    assert round(FOUR_EVENLY) == round(
        200 + 4 + 288 + 158 + _d("12.5") + 150 + _d("269.5") + _d("182.3")
    )
    assert (round(row.share_percent_low, 1), round(row.share_percent_high or 0, 1)) == (
        _d("29.3"),
        _d("96.9"),
    )
    assert row.verdict == "not-decided"


def test_what_would_settle_it() -> None:
    """money.md 23: what is missing, of which unknown, and the sums that this consists of."""
    rows = {row.basis: row for row in compare(comparing(RECORD, TODAY)).rows}
    each_year, four = rows["new-each-year"], rows["new-asked-years"]
    # over all years 2,600 - 2,409.5, of 560 of capital and 15 for fostering
    assert each_year.short_gbp == 190_500_000
    assert each_year.unknown_gbp == UNTOLD * MILLION
    assert each_year.unknown_of == ("childrens-homes-capital-2026-30", "fostering-2025-26")
    assert each_year.would_settle is not None
    assert each_year.would_settle.startswith(
        "£190.5m of the £575m that may or may not be new (Children's homes, fostering: capital, "
        "£560m; Fostering recruitment, 2025-26, £15m) would be enough, or as much of the £471.1m "
        "in doubt ("
    )
    # in four years 2,523 - 2,445.5
    assert four.short_gbp == 77_500_000
    assert four.unknown_gbp == (FOUR_HIGH - FOUR_LOW) * MILLION
    assert four.would_settle is not None
    assert four.would_settle.startswith(
        "£77.5m short of £2,523m even if all £575m that may or may not be new is new and every sum "
        "falls in these years as far as it can; reached only if £77.5m of the £471.1m in doubt is "
        "extra (Kinship Zones, 2026-28, £126m; "
    )
    # the 228 of no stated year with it, and the grants for Working Together, 6.48 and over 0.7
    for row in (each_year, four):
        assert row.in_doubt_gbp == (IN_DOUBT + 228 + _d("7.18")) * MILLION == 471_140_000
        assert len(row.in_doubt_of) == 16
        assert "kinship-zones" in row.in_doubt_of


def test_what_is_decided_or_cannot_be_needs_nothing() -> None:
    """Only a row that more could decide says what would."""
    rows = compare(comparing(RECORD, TODAY)).rows
    assert {row.basis for row in rows if row.would_settle} == {"new-each-year", "new-asked-years"}
    for row in rows:
        assert (row.would_settle is None) == (row.short_gbp is None) == (row.in_doubt_gbp is None)


def test_inferred_links_are_choices() -> None:
    """money.md 24: with the grant separate £4,204.5m; if that is new too, met over all years."""
    report = sensitivity(comparing(RECORD, TODAY))
    (first, *_) = report.rows
    grant = {row.basis: row for row in report.rows if row.commitment == "prevention-grant-2025-26"}
    name = "prevention-grant-2025-26-outside-autumn-budget-2024"
    assert {*grant} == {
        f"new-asked-years-{name}",
        f"new-asked-years-{name}-and-new",
        f"new-each-year-{name}-and-new",
    }
    # 250 less the 44 for kinship and fostering
    freed = 206
    for row in grant.values():
        assert row.envelope == "autumn-budget-2024"
        assert row.all_money_gbp == (ALL + freed) * MILLION == 4_204_500_000
    over_all = grant[f"new-each-year-{name}-and-new"]
    assert over_all.committed.low == (EACH_YEAR + freed) * MILLION == 2_615_500_000
    assert (over_all.verdict, first.verdict) == ("met", "not-decided")
    separate = grant[f"new-asked-years-{name}"]
    assert separate.committed.low == first.committed.low  # no source says whether it is new
    assert separate.committed.high == (FOUR_HIGH + 216) * MILLION  # "over £250m" below £260m
    as_new = grant[f"new-asked-years-{name}-and-new"]
    assert as_new.committed.low == (FOUR_LOW + freed) * MILLION


def test_links_that_move_little_are_counted() -> None:
    """Each inferred link of what counts is a row or one of a number; baselines are not tried."""
    report = sensitivity(comparing(RECORD, TODAY))
    rows = {(row.commitment, row.envelope) for row in report.rows if row.commitment}
    few = "places in envelopes that no source states, tried as separate, would move the share by"
    (said,) = [note for note in report.sentences if few in note]
    assert rows == {
        ("prevention-grant-2025-26", "autumn-budget-2024"),
        ("family-finding", "stable-homes"),
        ("ffc-pathfinder", "stable-homes"),
    }
    # in the £44m, the £541.5m (2), the £45m (2), the £27m (2), the £9m, the £200m, the £555m
    assert said.startswith("10 ")


def test_what_it_takes_to_stand_still_is_set_against_a_year() -> None:
    """The Local Government Association asks for a sum in each year: no total is set against it."""
    report = compare(comparing(RECORD, TODAY, "extra-funding-lga"))
    alike = [row for row in report.rows if row.like_for_like]
    assert [row.basis for row in alike] == ["new-per-year-spending"]
    assert {row.basis for row in report.rows} == {"per-year-spending", "new-per-year-spending"}
    assert alike[0].benchmark.stated == 1_600_000_000
    assert any(note.text.startswith("It is what it takes to keep") for note in report.notes)
