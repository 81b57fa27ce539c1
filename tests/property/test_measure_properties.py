"""What must hold of any measure of any record: new money, real terms, some of the years."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import product
from typing import TYPE_CHECKING, Any

from hypothesis import assume, given
from hypothesis import strategies as st

from reformcalc.ledger.measure import NEW, Measure
from reformcalc.ledger.prices import Prices
from reformcalc.ledger.settling import build
from reformcalc.values.years import FinancialYear
from tests.conftest import tries
from tests.property.test_ledger_properties import World, few, graphs, worlds
from tests.unit.builders import MILLION, TODAY, deflators, record

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from reformcalc.ledger.ledger import Ledger
    from reformcalc.ledger.measure import NewMoney

YEARS = [FinancialYear(start) for start in range(2023, 2030)]
PENNY = Decimal("0.01")
_INDEX = st.integers(80, 120)
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
        if "profile" in entry and draw(st.booleans()):
            least = st.sampled_from(("£0", "£1m", "up to £1m"))
            entry["existing"] = {year: draw(least) for year in entry["profile"]}
    return build(record(entries), TODAY)


@st.composite
def measures(draw: st.DrawFn) -> Measure:
    """Draw a way to measure money."""
    years = frozenset(draw(st.sets(st.sampled_from(YEARS), min_size=1)))
    return Measure(
        new=draw(st.sampled_from((None, *NEW))),
        untold_as_new=draw(st.booleans()),
        prices=draw(st.none() | prices()),
        years=years if draw(st.booleans()) else None,
    )


@st.composite
def prices(draw: st.DrawFn) -> Prices:
    """Draw what the cash of each year is worth."""
    return Prices(YEARS[0], deflators({year: Decimal(draw(_INDEX)) for year in YEARS}))


@st.composite
def dated(draw: st.DrawFn, *, items: int = 7, most: int = 30) -> World:
    """Draw what was really promised, most of it for some years."""
    world = draw(worlds(items=items, most=most))
    for entry in world.entries.values():
        first = draw(st.integers(0, 6))
        if draw(st.integers(0, 3)):
            entry["years"] = f"{YEARS[first]}..{YEARS[draw(st.integers(first, 6))]}"
    return world


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
def test_real_is_cash_where_prices_stand_still(ledger: Ledger, new: NewMoney | None) -> None:
    """With an index that never changes, real terms are the cash of what has years."""
    assume(not ledger.new_money().contradicted)
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


@tries(35)
@given(worlds(), st.data())
def test_the_bounds_of_new_money_contain_the_truth(world: World, data: st.DataObject) -> None:
    """Where what is said to have been there before is true, so are the bounds of what is new."""
    old, ledger = _told_of_old(world, data)
    chosen = data.draw(st.sets(st.sampled_from(sorted(ledger.items))))
    real = sum(world.own[id_] - old[id_] for id_ in chosen) * MILLION
    money = ledger.new_money().money(chosen)
    assert money.low <= real
    assert money.high is None or real <= money.high


@tries(35)
@given(dated(), measures(), st.data())
def test_the_bounds_of_some_years_or_prices_contain_the_truth(
    world: World, measure: Measure, data: st.DataObject
) -> None:
    """Where words are true of real sums, the bounds hold whichever of its years each sum is of."""
    assume(measure.by_year)
    old, ledger = _told_of_old(world, data)
    chosen = data.draw(st.sets(st.sampled_from(sorted(ledger.items))))
    real = Decimal(0)
    for id_ in sorted(chosen):
        year = data.draw(st.sampled_from(list(ledger.items[id_].years or [None])))
        if year and (measure.years is None or year in measure.years):
            money = world.own[id_] - (old[id_] if measure.new else 0)
            real += money * MILLION * (measure.prices.factor(year) if measure.prices else 1)
    bounds = replace(measure, untold_as_new=False).of(ledger, chosen)
    assert bounds.low <= real + PENNY
    assert bounds.high is None or real <= bounds.high + PENNY


@few
@given(dated(items=4, most=3), prices(), st.data())
def test_real_terms_are_as_narrow_as_the_words_of_all_sums_allow(
    world: World, prices: Prices, data: st.DataObject
) -> None:
    """Of trees whose stated figures fit into each other, the bounds are those of trying it all."""
    ledger = build(record(world.entries), TODAY)
    assume(_fit(ledger))
    chosen = data.draw(st.sets(st.sampled_from(sorted(ledger.items))))
    money = Measure(prices=prices).of(ledger, chosen)
    assert abs(money.low - _tried(world, ledger, prices, chosen, min)) < PENNY
    if money.high is not None:
        assert abs(money.high - _tried(world, ledger, prices, chosen, max)) < PENNY


@few
@given(dated(), prices(), st.data())
def test_rows_in_real_terms_add_to_bounds_no_narrower_than_the_total(
    world: World, prices: Prices, data: st.DataObject
) -> None:
    """What two selections are at least is no more than both are, and at most no less."""
    ledger = build(record(world.entries), TODAY)
    assume(_fit(ledger))
    one = data.draw(st.sets(st.sampled_from(sorted(ledger.items))))
    real = Measure(prices=prices)
    split = [real.of(ledger, ids) for ids in (one, set(ledger.items) - one)]
    whole = real.of(ledger, ledger.items)
    assert sum(part.low for part in split) <= whole.low + PENNY
    highs = [part.high for part in split if part.high is not None]
    assert len(highs) < 2 or (whole.high is not None and whole.high <= sum(highs) + PENNY)


def _fit(ledger: Ledger) -> bool:
    """Whether the stated figures of all parts fit into what is stated of the wholes."""
    inside = ledger.in_each({id_: item.own.stated for id_, item in ledger.items.items()})
    return all(inside[i] <= item.money.stated for i, item in ledger.items.items() if inside[i])


def _tried(
    world: World,
    ledger: Ledger,
    prices: Prices,
    chosen: Collection[str],
    end: Callable[[Iterable[Decimal]], Decimal],
) -> Decimal:
    """Return the least or the most some items are worth, of all splits in whole millions."""

    def worth(id_: str) -> Decimal:
        years = ledger.items[id_].years if id_ in chosen else None
        return end(MILLION * prices.factor(year) for year in years) if years else Decimal(0)

    def ways(id_: str) -> dict[int, Decimal]:
        """Return the end by what the item is with all inside it."""
        found = {own: own * worth(id_) for own in range(_LARGEST + 1)}
        for member, entry in world.entries.items():
            if entry.get("part_of") == id_:
                found = _added(found, ways(member), end)
        stated = ledger.items[id_].money
        most = _LARGEST if stated.high is None else stated.high / MILLION
        return {
            whole: value for whole, value in found.items() if stated.low / MILLION <= whole <= most
        }

    roots = [id_ for id_, entry in world.entries.items() if not entry.get("part_of")]
    return sum((end(ways(id_).values()) for id_ in roots), Decimal(0))


_LARGEST = 88  # four sums of at most 12 with 10 of slack, in £m


def _added(
    some: dict[int, Decimal],
    others: dict[int, Decimal],
    end: Callable[[Iterable[Decimal]], Decimal],
) -> dict[int, Decimal]:
    """Return the end of each sum of two, by that sum."""
    found: dict[int, Decimal] = {}
    for (one, value), (other, more) in product(some.items(), others.items()):
        whole, both = one + other, value + more
        if whole <= _LARGEST:
            found[whole] = end((both, found.get(whole, both)))
    return found


def _told_of_old(world: World, data: st.DataObject) -> tuple[dict[str, int], Ledger]:
    """Draw how much of each item was there before, and word it as a document might."""
    old = {id_: data.draw(st.sampled_from((0, own, own // 2))) for id_, own in world.own.items()}
    for id_, entry in world.entries.items():
        words = [None, *_said_of(*_whole(world, id_, old), data.draw(st.integers(0, 5)))]
        entry["existing"] = data.draw(st.sampled_from(words))
    said = {
        id_: {name: value for name, value in entry.items() if value is not None}
        for id_, entry in world.entries.items()
    }
    return old, build(record(said), TODAY)


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
