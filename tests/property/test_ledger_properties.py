"""What must hold of the ledger whatever the record: each pound once, with honest bounds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from hypothesis import assume, given
from hypothesis import strategies as st

from reformcalc.ledger.ledger import Standing
from reformcalc.ledger.settling import build
from reformcalc.rules.contents import exceeded
from reformcalc.values.money import NOUGHT, Sum
from tests.conftest import tries
from tests.unit.builders import MILLION, TODAY, commitment, record

if TYPE_CHECKING:
    from random import Random

    from reformcalc.ledger.ledger import Ledger
    from reformcalc.record.model import Dataset

few = tries(15)

Entries = dict[str, dict[str, Any]]

_QUALIFIERS = ("", "over ", "up to ", "about ", "nearly ", "a minimum of ", "no more than ")


@st.composite
def amounts(draw: st.DrawFn) -> str:
    """Draw an amount of up to £100m as a document words it, or a range."""
    figure = draw(st.integers(0, 100))
    if draw(st.integers(0, 7)) == 0:
        return f"£{figure}m to £{figure + draw(st.integers(1, 20))}m"
    return f"{draw(st.sampled_from(_QUALIFIERS))}£{figure}m"


def _around(entries: Entries, id_: str) -> set[str]:
    """Return an id and every envelope around it, as written."""
    around, waiting = set(), [id_]
    while waiting:
        one = waiting.pop()
        if one not in around:
            around.add(one)
            waiting.extend(
                part if isinstance(part, str) else part["in"]
                for part in entries[one].get("part_of", ())
            )
    return around


@st.composite
def graphs(draw: st.DrawFn, *, plain: bool = False) -> Entries:
    """Draw an acyclic record that the rules of the dataset allow; `plain`: all of it counts."""
    ids = draw(st.permutations([f"c{place}" for place in range(draw(st.integers(1, 9)))]))
    entries: Entries = {}
    headlines: set[str] = set()
    for place, id_ in enumerate(ids):
        entry = commitment(draw(amounts()))
        holders = [one for one in ids[:place] if one not in headlines]
        parents = draw(st.permutations(holders))[: draw(st.sampled_from((0, 1, 1, 2, 3)))]
        part_of: list[Any] = list(parents)
        if len(parents) > 1 and draw(st.booleans()):
            last = {"in": parents[-1], "amount": f"£{draw(st.integers(1, 40))}m", "reason": "read"}
            part_of[-1] = last
        entry["part_of"] = part_of
        entries[id_] = entry
        if plain or not place:
            continue
        kind = draw(st.sampled_from(("", "", "", "", "may_overlap", "never", "restates", "super")))
        other = draw(st.sampled_from(ids[:place]))
        if kind == "may_overlap":
            entry |= {"may_overlap": [other], "reason": "may be the same"}
        elif kind == "never":
            entry |= {"counted": "false", "reason": "another scope"}
        elif kind == "restates":
            entry["restates"] = [other]
            headlines.add(id_)
        elif kind == "super" and not _around(entries, id_) & _around(entries, other):
            entry["supersedes"] = [other]
    return entries


def _ledger(entries: Entries) -> Ledger:
    return build(record(entries), TODAY)


def _ordered(money: Sum) -> bool:
    return money.low <= money.stated and (money.high is None or money.stated <= money.high)


def _total(ledger: Ledger) -> Decimal:
    return ledger.money(ledger.counted()).stated


@few
@given(graphs())
def test_own_money_is_never_negative(entries: Entries) -> None:
    """Whatever lies inside an envelope, its own money is £0 or more, and so is its low."""
    for item in _ledger(entries).items.values():
        assert item.own.stated >= 0
        assert item.own.low >= 0


@few
@given(graphs())
def test_the_bounds_of_every_item_contain_its_stated_figure(entries: Entries) -> None:
    """Low, stated and high stand in that order, for own money and for subtrees."""
    for item in _ledger(entries).items.values():
        assert _ordered(item.own), (item.id, item.own)
        assert _ordered(item.subtree), (item.id, item.subtree)


@few
@given(graphs(), st.data())
def test_the_bounds_of_every_selection_contain_its_stated_figure(
    entries: Entries, data: st.DataObject
) -> None:
    """Low, stated and high stand in that order, for any selection of items."""
    ledger = _ledger(entries)
    chosen = data.draw(st.sets(st.sampled_from(sorted(ledger.items))))
    assert _ordered(ledger.money(chosen))


@few
@given(graphs(), st.data())
def test_a_selection_is_the_sum_of_own_money(entries: Entries, data: st.DataObject) -> None:
    """What a selection states is the own money of its items, added: no path counts twice."""
    ledger = _ledger(entries)
    chosen = data.draw(st.sets(st.sampled_from(sorted(ledger.items))))
    own = sum((ledger.items[id_].own.stated for id_ in chosen), NOUGHT)
    assert ledger.money(chosen).stated == own
    counted = [item for item in ledger.items.values() if item.standing is Standing.COUNTED]
    assert _total(ledger) == sum((item.own.stated for item in counted), NOUGHT)


@few
@given(graphs())
def test_own_money_is_what_is_stated_less_all_that_is_inside(entries: Entries) -> None:
    """own(e) = max(0, stated(e) - own of everything inside, each once), found by another way."""
    ledger = _ledger(entries)
    for item in ledger.items.values():
        if item.standing is Standing.RESTATED:
            assert item.own == Sum()
            continue
        inside = {
            other
            for other in ledger.items
            if other != item.id and item.id in _ancestors(ledger, other)
        }
        assert ledger.inside(item.id) == inside
        within = sum((ledger.items[other].own.stated for other in inside), NOUGHT)
        # What is open is stated as no more than what holds it allows.
        ceiling = item.money.stated if item.ceiling is None else item.ceiling
        most = max(NOUGHT, min(ceiling, item.money.stated) - within)
        assert item.own.stated <= most
        if item.money.low == item.money.high:
            assert item.own.stated == most


def _ancestors(ledger: Ledger, id_: str) -> set[str]:
    found: set[str] = set()
    for parent in ledger.items[id_].parents:
        found |= {parent} | _ancestors(ledger, parent)
    return found


@few
@given(graphs(), st.randoms(use_true_random=False))
def test_the_order_of_entries_changes_nothing(entries: Entries, random: Random) -> None:
    """A record in any order of entries gives the same ledger, item by item."""
    shuffled = list(entries.items())
    random.shuffle(shuffled)
    one, other = _ledger(entries), _ledger(dict(shuffled))
    assert one.items == other.items
    assert list(one.items) == list(other.items)


@few
@given(graphs())
def test_the_order_of_part_of_changes_no_total(entries: Entries) -> None:
    """Listing the envelopes of a sum the other way round moves rows, and no money."""
    reverse = {id_: {**one, "part_of": one["part_of"][::-1]} for id_, one in entries.items()}
    one, other = _ledger(entries), _ledger(reverse)
    assert one.money(one.counted()) == other.money(other.counted())
    for id_, item in one.items.items():
        assert item.own.stated == other.items[id_].own.stated
        assert item.standing is other.items[id_].standing


@few
@given(graphs(), st.data())
def test_a_component_with_one_parent_never_changes_a_total(
    entries: Entries, data: st.DataObject
) -> None:
    """Itemising money that an envelope still has of its own leaves the total as it is."""
    before = _ledger(entries)
    room = [
        id_
        for id_ in sorted(before.counted())
        if before.items[id_].part_in is None and before.items[id_].own.stated >= MILLION
    ]
    assume(room)
    parent = data.draw(st.sampled_from(room))
    most = int(before.items[parent].own.stated // MILLION)
    text = data.draw(st.sampled_from(("", "over ", "up to ")))
    added = commitment(f"{text}£{data.draw(st.integers(1, most))}m", part_of=[parent])
    assert _total(_ledger({**entries, "added": added})) == _total(before)


@few
@given(graphs(), st.data())
def test_a_component_of_two_unrelated_envelopes_lowers_the_total_by_itself(
    entries: Entries, data: st.DataObject
) -> None:
    """A sum found to lie in two envelopes was counted twice: the total falls by that sum."""
    rooms = {f"room{place}": commitment(f"£{amount}m") for place, amount in ((1, 60), (2, 80))}
    before = _ledger({**entries, **rooms})
    amount = data.draw(st.integers(1, 60))
    added = commitment(f"£{amount}m", part_of=data.draw(st.permutations(list(rooms))))
    after = _ledger({**entries, **rooms, "added": added})
    assert _total(before) - _total(after) == amount * MILLION


@few
@given(graphs(), st.data())
def test_a_wider_selection_never_lowers_money(entries: Entries, data: st.DataObject) -> None:
    """Taking more items into a selection lowers neither its figure nor its bounds."""
    ledger = _ledger(entries)
    wide = data.draw(st.sets(st.sampled_from(sorted(ledger.items)), min_size=1))
    narrow = data.draw(st.sets(st.sampled_from(sorted(wide))))
    less, more = ledger.money(narrow), ledger.money(wide)
    assert less.stated <= more.stated
    assert less.low <= more.low
    assert more.high is None or (less.high is not None and less.high <= more.high)


@few
@given(graphs(), st.data())
def test_disjoint_selections_add_up(entries: Entries, data: st.DataObject) -> None:
    """What two selections without a common item state is what both together state."""
    ledger = _ledger(entries)
    one = data.draw(st.sets(st.sampled_from(sorted(ledger.items))))
    other = set(ledger.items) - one
    together = ledger.money(one | other)
    assert ledger.money(one).stated + ledger.money(other).stated == together.stated


@few
@given(graphs())
def test_perhaps_is_never_negative(entries: Entries) -> None:
    """Counting the unsure sums as separate adds to a total, or leaves it."""
    ledger = _ledger(entries)
    assert ledger.money(ledger.counted() | ledger.unsure()).stated >= _total(ledger)
    assert not ledger.counted() & ledger.unsure()


@few
@given(graphs())
def test_every_item_is_in_exactly_one_tree(entries: Entries) -> None:
    """The trees by first-listed envelope hold every item once, so that rows add up."""
    ledger = _ledger(entries)
    roots = {item.root for item in ledger.items.values()}
    shown = [id_ for root in roots for id_ in ledger.tree(root)]
    assert sorted(shown) == sorted(ledger.items)


_LINKS = ("part_of", "may_overlap", "restates", "supersedes")


@few
@given(graphs(), st.data())
def test_what_is_announced_later_changes_nothing(entries: Entries, data: st.DataObject) -> None:
    """The ledger of a day is that of a record without what was not known, and without its links."""
    later = data.draw(st.sets(st.sampled_from(sorted(entries))))
    dated = {
        id_: {**entry, "announced": "2027-01-01"} if id_ in later else entry
        for id_, entry in entries.items()
    }
    without = {
        id_: {**entry, **{name: _not_of(later, entry.get(name, [])) for name in _LINKS}}
        for id_, entry in entries.items()
        if id_ not in later
    }
    one, other = _ledger(dated), _ledger(without)
    assert set(one.items) == set(other.items)
    for id_, item in one.items.items():
        same = other.items[id_]
        assert (item.standing, item.by, item.parents) == (same.standing, same.by, same.parents)
        assert (item.own, item.subtree) == (same.own, same.subtree)


def _not_of(later: set[str], linked: list[Any]) -> list[Any]:
    return [one for one in linked if (one if isinstance(one, str) else one["in"]) not in later]


@dataclass(frozen=True)
class World:
    """What was really promised: own money of each item in £m, with a record that words it."""

    own: dict[str, int]
    entries: Entries


@st.composite
def worlds(draw: st.DrawFn, *, items: int = 7, most: int = 30) -> World:
    """Draw the truth first, trees of own money, then word each whole as a document might.

    An "over" envelope keeps own money above its floor, since one whose parts reach the floor is
    taken to be used up.
    """
    ids = [f"c{place}" for place in range(draw(st.integers(1, items)))]
    parents = [None if not n else draw(st.sampled_from((None, *ids[:n]))) for n in range(len(ids))]
    own = {id_: draw(st.integers(0, most)) for id_ in ids}
    whole = dict(own)
    for id_, parent in reversed(list(zip(ids, parents, strict=True))):
        if parent:
            whole[parent] += whole[id_]
    entries: Entries = {}
    for id_, parent in zip(ids, parents, strict=True):
        figure = whole[id_]
        slack = draw(st.integers(0, 10))
        words = [f"£{figure}m", f"up to £{figure + slack}m"]
        if own[id_]:
            words.append(f"over £{figure - min(slack, own[id_] - 1)}m")
        if slack:
            words.append(f"£{max(0, figure - slack)}m to £{figure + slack}m")
        entries[id_] = commitment(draw(st.sampled_from(words)), part_of=parent)
    return World(own, entries)


@tries(35)
@given(worlds(), st.data())
def test_bounds_contain_the_truth(world: World, data: st.DataObject) -> None:
    """Where words are true of real sums, the bounds of any selection contain its real sum."""
    ledger = _ledger(world.entries)
    chosen = data.draw(st.sets(st.sampled_from(sorted(ledger.items))))
    real = sum(world.own[id_] for id_ in chosen) * MILLION
    money = ledger.money(chosen)
    assert money.low <= real
    assert money.high is None or real <= money.high


@tries(40)
@given(st.one_of(graphs(), worlds().map(lambda world: world.entries)))
def test_one_item_is_bounded_as_any_selection_is(entries: Entries) -> None:
    """The bounds of one item are those of the same money beside a sum of £0."""
    ledger = _ledger({**entries, "nought": commitment("£0m")})
    for id_ in ledger.items:
        if id_ != "nought":
            assert ledger.money({id_}) == ledger.money({id_, "nought"})


def _more_inside_than_it_holds(dataset: Dataset, day: date) -> dict[str, Decimal]:
    """Return what is inside the envelopes of a day that are surely exceeded, by their ledger."""
    ledger = build(dataset, day)
    found = {}
    for item in ledger.items.values():
        parts = [ledger.items[part] for part in (*item.members, *item.apart)]
        least = sum((part.subtree.low for part in parts), NOUGHT)
        leaves = [one for one in ledger.inside(item.id) if not ledger.items[one].is_envelope]
        # All figures here are printed in whole millions.
        slack = Decimal(len(leaves) + 1) * MILLION / 2
        high = item.money.high if item.part_in is None else None
        if high is not None and leaves and least - slack > high:
            found[item.id] = least
    return found


@tries(40)
@given(graphs(plain=True), st.data())
def test_the_rule_on_components_finds_what_the_ledger_of_some_day_shows(
    entries: Entries, data: st.DataObject
) -> None:
    """Of trees all that is so on any day is found, and what is found is so on its day."""
    days = [date(2023, month, 1) for month in (2, 4, 6)]
    for entry in entries.values():
        entry["announced"] = str(data.draw(st.sampled_from(days)))
        if data.draw(st.booleans()):
            later = {"from": "2024-05-01", "is": data.draw(amounts())}
            entry["amount"] = [{"from": "2023-01-01", "is": entry["amount"]}, later]
    dataset = record(entries)
    found = {one.envelope: one for one in exceeded(dataset)}
    on_days = {day: _more_inside_than_it_holds(dataset, day) for day in (*days, date(2024, 5, 1))}
    if all(len(entry["part_of"]) < 2 for entry in entries.values()):
        assert found.keys() == {id_ for ids in on_days.values() for id_ in ids}
        for id_, one in found.items():
            assert one.least <= on_days[one.day][id_]
