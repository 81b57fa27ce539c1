"""How money is bounded where years matter: which are open to a sum, and to what is new of it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from reformcalc.ledger.measure import Measure
from reformcalc.ledger.prices import Prices
from reformcalc.values.years import FinancialYear
from tests.unit.builders import MILLION, TODAY, commitment, deflators, ledger

if TYPE_CHECKING:
    from reformcalc.ledger.ledger import Ledger
    from reformcalc.values.money import Sum

FIRST, SECOND = FinancialYear(2023), FinancialYear(2024)
TOLD = {"years": "2023-24..2024-25", "profile": {"2023-24": "£4m", "2024-25": "£6m"}}
HALVED = Prices(FIRST, deflators({FIRST: Decimal(100), SECOND: Decimal(200)}))


def _ledger(**fields: Any) -> Ledger:
    return ledger({"a": commitment(**TOLD | fields), "b": "£1m"}, TODAY)


def _bounds(measure: Measure, **fields: Any) -> tuple[Any, Any]:
    return _millions(measure.of(_ledger(**fields), {"a"}))


def _millions(money: Sum) -> tuple[Any, Any]:
    return money.low / MILLION, money.high and money.high / MILLION


@pytest.mark.parametrize(
    ("fields", "low", "high"),
    [
        pytest.param({}, 4, 4, id="each year told"),
        pytest.param({"amount": "£10m"}, 4, 4, id="and their sum"),
        pytest.param({"amount": "£12m"}, 4, 5, id="more in all than told"),
        pytest.param({"amount": "over £10m"}, 4, 4, id="an open sum of told years"),
        pytest.param({"profile": {"2023-24": "£4m"}, "amount": "£10m"}, 4, 4, id="one told"),
        pytest.param({"profile": {"2024-25": "£4m"}, "amount": "£10m"}, 6, 6, id="the other"),
        pytest.param(
            {"profile": {"2024-25": "£4m"}, "amount": "over £10m"}, 6, None, id="the other is open"
        ),
        pytest.param(
            {"profile": {"2024-25": "about £4m"}, "amount": "£10m"}, 5.5, 6.5, id="about so much"
        ),
        pytest.param(
            {"profile": {"2023-24": "up to £4m", "2024-25": "£6m"}}, 0, 4, id="a ceiling told"
        ),
    ],
)
def test_all_money_of_one_year(fields: dict[str, Any], low: float, high: float | None) -> None:
    """What a profile gives a year is fixed, and so is what it leaves to the only other year."""
    assert _bounds(Measure(years=frozenset([FIRST])), **fields) == (low, high)


@pytest.mark.parametrize(
    ("fields", "low", "high"),
    [
        pytest.param({}, 0, 4, id="no source tells new from old"),
        pytest.param({"existing": "£0"}, 4, 4, id="all new"),
        pytest.param({"existing": "all"}, 0, 0, id="none new"),
        pytest.param({"existing": "£3m"}, 1, 4, id="the old may be of either year"),
        pytest.param({"existing": "£8m"}, 0, 2, id="the old does not fit into the other year"),
        pytest.param({"existing": "up to £3m"}, 1, 4, id="less may be old"),
        pytest.param({"existing": "over £8m"}, 0, 2, id="more may be old"),
        pytest.param({"existing": "£0", "continues": "b"}, 4, 4, id="carrying on another"),
    ],
)
def test_new_money_of_one_year(fields: dict[str, Any], low: int, high: int) -> None:
    """What was spent before may lie in any of the years, as far as it fits."""
    assert _bounds(Measure("each-year", years=frozenset([FIRST])), **fields) == (low, high)


def _by_year(first: str, second: str) -> dict[str, str]:
    return {"2023-24": first, "2024-25": second}


@pytest.mark.parametrize(
    ("fields", "low", "high"),
    [
        pytest.param({"existing": _by_year("£3m", "£0")}, 1, 1, id="of this year"),
        pytest.param({"existing": _by_year("£0", "£6m")}, 4, 4, id="of the other"),
        pytest.param({"existing": _by_year("£1m", "£5m")}, 3, 3, id="of both"),
        pytest.param({"existing": _by_year("up to £3m", "£6m")}, 1, 4, id="less may be old"),
        pytest.param({"existing": _by_year("over £1m", "£0")}, 0, 3, id="more may be old"),
        pytest.param(
            {
                "existing": _by_year("£1m", "£2m"),
                "amount": "£10m",
                "profile": {"2024-25": "£4m"},
            },
            5,
            5,
            id="a year that the profile leaves",
        ),
        pytest.param(
            {"existing": _by_year("£1m", "£0"), "profile": _by_year("up to £4m", "£6m")},
            0,
            3,
            id="of a year of open size",
        ),
        pytest.param(
            {"existing": _by_year("£1m", "£0"), "profile": None, "amount": "£10m"},
            0,
            9,
            id="whose money may fall in either",
        ),
        pytest.param({"existing": _by_year("£5m", "£0")}, 0, 2, id="more than the year, excepted"),
        pytest.param(
            {"existing": {"2023-24": "£3m"}}, 1, 4, id="said of one year alone, which is refused"
        ),
    ],
)
def test_new_money_of_one_year_of_which_the_old_is_told(
    fields: dict[str, Any], low: int, high: int
) -> None:
    """money.md 22: a cut through years is not wider than what was there before in each."""
    assert _bounds(Measure("each-year", years=frozenset([FIRST])), **fields) == (low, high)


def test_real_terms_of_new_money_by_year() -> None:
    """Where the old money of each year is told, each year's new money has its own prices."""
    real = Measure("each-year", prices=HALVED)
    assert _bounds(real, existing=_by_year("£3m", "£0")) == (4, 4)  # 1, and half of 6
    assert _bounds(real, existing=_by_year("£0", "£3m")) == (Decimal("5.5"), Decimal("5.5"))
    assert _bounds(real, existing=_by_year("£0", "up to £3m")) == (Decimal("5.5"), 7)
    assert _bounds(real, existing=_by_year("£0", "over £3m")) == (4, Decimal("5.5"))


@pytest.mark.parametrize(
    ("existing", "new"),
    [
        pytest.param(_by_year("£4m", "£0"), 1, id="5 in each year, 4 of it old in the first"),
        pytest.param(_by_year("£0", "£4m"), 5, id="or in the second"),
        pytest.param(_by_year("£6m", "£0"), 2, id="more than half of it: in proportion"),
        pytest.param("£4m", 3, id="said in all: in proportion"),
    ],
)
def test_new_money_is_spread_less_what_each_year_had(existing: Any, new: int) -> None:
    """The stated figure of a year is its even share, less what was there before in that year."""
    fields = {"profile": None, "amount": "£10m", "existing": existing}
    built = _ledger(**fields)
    each = [Measure("each-year", years=frozenset([year])) for year in (FIRST, SECOND)]
    first, second = (one.of(built, {"a"}).stated / MILLION for one in each)
    assert first == new
    assert first + second == Measure("each-year").of(built, {"a"}).stated / MILLION


def test_old_money_by_year_is_of_the_whole_that_holds_others() -> None:
    """What is said by year of an envelope is said of it with its parts, and splits none of them."""
    built = ledger(
        {
            "whole": commitment(**TOLD, existing=_by_year("£4m", "£0")),
            "part": commitment("£4m", part_of="whole"),
        },
        TODAY,
    )
    assert built.items["whole"].before_by_year
    money = Measure("each-year", years=frozenset([FIRST])).of(built, {"whole", "part"})
    assert _millions(money) == (0, 6)


def test_what_carries_on_is_nothing_new_when_announced() -> None:
    """A sum that carries on another adds nothing in any year, if counted once when announced."""
    once = Measure("announced", years=frozenset([FIRST]))
    assert _bounds(once, existing="£0", continues="b") == (0, 0)


def test_untold_as_new() -> None:
    """Where what no source tells apart is taken as new, all of it is."""
    as_new = Measure("each-year", untold_as_new=True, years=frozenset([FIRST]))
    assert _bounds(as_new) == (4, 4)


def test_one_sum_supposed_new() -> None:
    """One of several that no source tells apart is taken as new, and the others stay open."""
    built = ledger({"a": commitment(**TOLD), "b": commitment(**TOLD), "c": "£9m"}, TODAY)
    supposed = built.supposing_new(frozenset({"a"}))
    measure = Measure("each-year", years=frozenset([FIRST]))
    assert [_millions(measure.of(supposed, {one})) for one in ("a", "b")] == [(4, 4), (0, 4)]
    assert _millions(Measure("each-year").of(supposed, {"a", "b", "c"})) == (10, 29)
    assert _millions(measure.of(built, {"a"})) == (0, 4)


def test_real_terms_of_told_years() -> None:
    """Each year has its own prices; the old money is of the dearer or of the cheaper year."""
    assert _bounds(Measure(prices=HALVED)) == (7, 7)  # 4 and half of 6
    assert _bounds(Measure("each-year", prices=HALVED), existing="£3m") == (4, Decimal("5.5"))
    assert _bounds(Measure("each-year", prices=HALVED), existing="up to £3m") == (4, 7)
    assert _bounds(Measure("each-year", prices=HALVED), existing="all") == (0, 0)


_BOTH = "2023-24..2024-25"


@pytest.mark.parametrize(
    ("envelope", "parts", "low", "high"),
    [
        pytest.param(
            commitment("£145m"),
            [("£45m", FIRST), ("£100m", SECOND)],
            95,
            95,
            id="each part in its own year",
        ),
        pytest.param(
            commitment("£10m", years=_BOTH),
            [("£10m", FIRST)],
            10,
            10,
            id="an envelope with nothing of its own",
        ),
        pytest.param(
            commitment("£145m", years=_BOTH), [("£45m", FIRST)], 95, 145, id="its own in either"
        ),
        pytest.param(
            commitment("£200m", years=_BOTH),
            [("over £45m", FIRST)],
            122.5,  # 45 and half of the rest
            200,
            id="an open part in the dear year",
        ),
        pytest.param(
            commitment("£200m", years=_BOTH),
            [("over £45m", SECOND)],
            100,
            177.5,  # half of 45 and the rest
            id="an open part in the cheap year",
        ),
        pytest.param(
            commitment("£200m"),
            [("over £45m", FIRST), ("over £30m", SECOND), ("up to £89m", SECOND)],
            60,  # 45 and half of 30: the rest may be of no part, and has no year
            185,  # 170 and half of 30
            id="open parts of a firm sum",
        ),
        pytest.param(
            commitment("up to £50m", years=_BOTH), [("£45m", SECOND)], 22.5, 27.5, id="a ceiling"
        ),
        pytest.param(
            commitment("over £50m", years=_BOTH), [("£45m", FIRST)], 47.5, None, id="a floor"
        ),
    ],
)
def test_each_sum_in_real_terms_is_of_a_year_of_its_own(
    envelope: dict[str, Any], parts: list[tuple[str, FinancialYear]], low: float, high: float | None
) -> None:
    """A year open to one sum is not open to others, whatever envelope holds both.

    What the envelope bounds is shared among them: at least by the cheapest, at most by the dearest.
    """
    entries = {
        f"part-{place}": commitment(amount, years=str(year), part_of=["envelope"])
        for place, (amount, year) in enumerate(parts)
    }
    whole = ledger({"envelope": envelope, **entries})
    assert _millions(Measure(prices=HALVED).of(whole, whole.items)) == (low, high)
