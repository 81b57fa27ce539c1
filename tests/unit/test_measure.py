"""How a sum is bounded whose profile tells its years: what of it is new need not be told."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from reformcalc.queries.measure import Measure
from reformcalc.queries.prices import Prices
from reformcalc.years import FinancialYear
from tests.unit.builders import MILLION, TODAY, commitment, deflators, ledger

if TYPE_CHECKING:
    from reformcalc.ledger import Ledger

FIRST, SECOND = FinancialYear(2023), FinancialYear(2024)
TOLD = {"years": "2023-24..2024-25", "profile": {"2023-24": "£4m", "2024-25": "£6m"}}
HALVED = Prices(FIRST, deflators({FIRST: Decimal(100), SECOND: Decimal(200)}))


def _ledger(**fields: Any) -> Ledger:
    return ledger({"a": commitment(**TOLD | fields)}, TODAY)


def _bounds(measure: Measure, **fields: Any) -> tuple[Any, Any]:
    money = measure.of(_ledger(**fields), {"a"})
    return money.low / MILLION, money.high and money.high / MILLION


@pytest.mark.parametrize(
    ("fields", "low", "high"),
    [
        pytest.param({}, 4, 4, id="each year told"),
        pytest.param({"amount": "£10m"}, 4, 4, id="and their sum"),
        pytest.param({"amount": "£12m"}, 0, 12, id="more in all than told"),
        pytest.param({"amount": "over £10m"}, 0, None, id="an open sum"),
        pytest.param({"profile": {"2023-24": "£4m"}, "amount": "£10m"}, 0, 10, id="one told"),
        pytest.param(
            {"profile": {"2023-24": "up to £4m", "2024-25": "£6m"}}, 0, 10, id="a ceiling told"
        ),
    ],
)
def test_all_money_of_one_year(fields: dict[str, Any], low: int, high: int | None) -> None:
    """Only a profile that gives each year exactly, and their sum, fixes what a year has."""
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


def test_what_carries_on_is_nothing_new_when_announced() -> None:
    """A sum that carries on another adds nothing in any year, if counted once when announced."""
    once = Measure("announced", years=frozenset([FIRST]))
    assert _bounds(once, existing="£0", continues="b") == (0, 0)


def test_untold_as_new() -> None:
    """Where what no source tells apart is taken as new, all of it is."""
    as_new = Measure("each-year", untold=True, years=frozenset([FIRST]))
    assert _bounds(as_new) == (4, 4)


def test_real_terms_of_told_years() -> None:
    """Each year has its own prices; the old money is of the dearer or of the cheaper year."""
    assert _bounds(Measure(prices=HALVED)) == (7, 7)  # 4 and half of 6
    assert _bounds(Measure("each-year", prices=HALVED), existing="£3m") == (4, Decimal("5.5"))
    assert _bounds(Measure("each-year", prices=HALVED), existing="up to £3m") == (4, 7)
    assert _bounds(Measure("each-year", prices=HALVED), existing="all") == (0, 0)
