"""What must hold of any measure of any record: new money, real terms, some of the years."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from reformcalc.ledger import build
from reformcalc.queries.measure import NEW, Measure
from reformcalc.queries.prices import Prices
from reformcalc.years import FinancialYear
from tests.property.test_ledger_properties import World, few, graphs, worlds
from tests.unit.builders import MILLION, TODAY, deflators, record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reformcalc.ledger import Ledger

YEARS = [FinancialYear(start) for start in range(2023, 2030)]
PENNY = Decimal("0.01")
_EXISTING = ("£0", "all", "£3m", "up to £9m", "over £2m", "about £20m", "£1m to £8m")


@st.composite
def ledgers(draw: st.DrawFn) -> Ledger:
    """Draw a record whose sums may have years, and may say what was spent before."""
    entries: dict[str, dict[str, Any]] = draw(graphs())
    for entry in entries.values():
        if not entry.get("part_of") and draw(st.booleans()):
            first = draw(st.integers(0, 4))
            last = draw(st.integers(first, 6))
            entry["years"] = f"{YEARS[first]}..{YEARS[last]}"
            if draw(st.booleans()):  # each year is told, and the amount with it
                del entry["amount"]
                millions = st.integers(1, 9).map("£{}m".format)
                entry["profile"] = {str(year): draw(millions) for year in YEARS[first : last + 1]}
        if draw(st.booleans()):
            entry["existing"] = draw(st.sampled_from(_EXISTING))
    return build(record(entries), TODAY)


@st.composite
def measures(draw: st.DrawFn) -> Measure:
    """Draw a way to measure money."""
    index = {year: Decimal(draw(st.integers(80, 120))) for year in YEARS}
    prices = Prices(YEARS[0], deflators(index)) if draw(st.booleans()) else None
    years = frozenset(draw(st.sets(st.sampled_from(YEARS), min_size=1)))
    return Measure(
        new=draw(st.sampled_from((None, *NEW))),
        untold=draw(st.booleans()),
        prices=prices,
        years=years if draw(st.booleans()) else None,
    )


@few
@given(ledgers(), measures())
def test_bounds_contain_the_stated_figure(ledger: Ledger, measure: Measure) -> None:
    """Low, stated and high stand in that order, to a penny of rounding."""
    money = measure.of(ledger, ledger.counted())
    assert money.low <= money.stated + PENNY
    assert money.high is None or money.stated <= money.high + PENNY


@few
@given(ledgers(), measures())
def test_the_parts_add_up(ledger: Ledger, measure: Measure) -> None:
    """What each item adds comes to the stated figure."""
    ids = ledger.counted()
    money = measure.of(ledger, ids).stated
    assert abs(sum(measure.part(ledger, id_) for id_ in ids) - money) < PENNY


@few
@given(ledgers(), measures(), st.data())
def test_more_items_are_never_less_money(
    ledger: Ledger, measure: Measure, data: st.DataObject
) -> None:
    """A wider filter never lowers the stated money."""
    ids = sorted(ledger.counted())
    some = data.draw(st.sets(st.sampled_from(ids))) if ids else set()
    assert measure.of(ledger, some).stated <= measure.of(ledger, ids).stated + PENNY


@few
@given(ledgers(), st.sampled_from((None, *NEW)))
def test_real_is_cash_where_prices_stand_still(ledger: Ledger, new: str | None) -> None:
    """With an index that never changes, real terms are the cash of what has years."""
    flat = Prices(YEARS[0], deflators(dict.fromkeys(YEARS, Decimal(100))))
    ids = {id_ for id_ in ledger.counted() if ledger.items[id_].years}
    cash, real = Measure(new).of(ledger, ids), Measure(new, prices=flat).of(ledger, ids)
    assert abs(cash.stated - real.stated) < PENNY
    assert (cash.low, cash.high) == (real.low, real.high)


@few
@given(ledgers(), measures())
def test_new_is_never_more_than_all(ledger: Ledger, measure: Measure) -> None:
    """New money, however it is counted, is a part of all money."""
    ids = ledger.counted()
    everything = Measure(prices=measure.prices, years=measure.years).of(ledger, ids)
    assert measure.of(ledger, ids).stated <= everything.stated + PENNY


@settings(max_examples=150, deadline=None)
@given(worlds(), st.data())
def test_the_bounds_of_new_money_contain_the_truth(world: World, data: st.DataObject) -> None:
    """Where what is said to have been there before is true, so are the bounds of what is new."""
    old = {id_: data.draw(st.sampled_from((0, own, own // 2))) for id_, own in world.own.items()}
    for id_, entry in world.entries.items():
        words = [None, *_said_of(*_whole(world, id_, old), data.draw(st.integers(0, 5)))]
        entry["existing"] = data.draw(st.sampled_from(words))
    said = {
        id_: {name: value for name, value in entry.items() if value is not None}
        for id_, entry in world.entries.items()
    }
    ledger = build(record(said), TODAY)
    chosen = data.draw(st.sets(st.sampled_from(sorted(ledger.items))))
    real = sum(world.own[id_] - old[id_] for id_ in chosen) * MILLION
    money = ledger.new_money(chosen, each_year=True)
    assert money.low <= real
    assert money.high is None or real <= money.high


def _whole(world: World, id_: str, old: dict[str, int]) -> tuple[int, int]:
    """Return how much of an item and all inside it was there before, and how much it is."""
    inside = [one for one in world.own if id_ in _holders(world, one)]
    return sum(old[one] for one in inside), sum(world.own[one] for one in inside)


def _holders(world: World, id_: str | None) -> Iterator[str]:
    """Yield an item and what holds it, outwards."""
    while id_:
        yield id_
        id_ = world.entries[id_].get("part_of")


def _said_of(old: int, whole: int, slack: int) -> Iterator[str]:
    """Yield true words for what was there before."""
    yield from (f"£{old}m", f"up to £{old + slack}m", f"over £{max(0, old - slack)}m")
    if slack:
        yield f"£{max(0, old - slack)}m to £{old + slack}m"
    if old == whole:
        yield "all"
