"""New money and old: what was being spent before and what was not, as far as is known.

A source says it of a whole sum, with all that is inside it. Of a whole and of each of its parts the
new, the old and both together have bounds, and each bounds the others: of £80m with £10m of old
money £70m is new, wherever in it the old money lies. All amounts are pounds, cash.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, NamedTuple

from reformcalc.values.money import NOUGHT, Range, Sum, with_the_others

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from decimal import Decimal

    from reformcalc.ledger.ledger import Item, Ledger


class Parted(NamedTuple):
    """Some money in its two parts, and both together; each as far as the others bound it."""

    new: Range
    old: Range
    both: Range

    @classmethod
    def of(cls, new: Range, old: Range, both: Range) -> Parted:
        both = both.meeting(new.plus(old))
        new = new.meeting(both.without(old))
        return cls(new, old.meeting(both.without(new)), both)

    def plus(self, other: Parted) -> Parted:
        return Parted(
            self.new.plus(other.new), self.old.plus(other.old), self.both.plus(other.both)
        )

    def share(self, part: Parted, rest: Parted) -> Parted:
        """Tighten the bounds of one part of this by what the rest of it can be."""
        return Parted.of(
            part.new.meeting(self.new.without(rest.new)),
            part.old.meeting(self.old.without(rest.old)),
            part.both.meeting(self.both.without(rest.both)),
        )


_NONE = Range(NOUGHT, NOUGHT)
_ANY = Range(NOUGHT, None)
_NOTHING = Parted(_NONE, _NONE, _NONE)


def _total(parts: Iterable[Parted]) -> Parted:
    return reduce(Parted.plus, parts, _NOTHING)


class NewMoney:
    """What of a ledger's money is new.

    `supposed_new` are the items whose own money is taken as new where no source tells it from old.
    `existing` is how much of each item's own money was being spent before: of what no source says
    as much as what is said of the whole around it allows; an item that nothing tells of has none.
    `contradicted` is, of each item of which more or less is said than its parts can be, what they
    can be.
    """

    def __init__(self, ledger: Ledger, supposed_new: Collection[str]) -> None:
        self.existing = _existing(ledger)
        self.contradicted: dict[str, Range] = {}
        self._ledger = ledger
        self._supposed_new = supposed_new
        self._silent = self._find_silent()
        # Nothing is open in these but how much of each sum is new: it needs no weighing.
        self._plain = frozenset(i for i in ledger.firm if ledger.items[i].root in self._silent)
        self._own: dict[str, Parted] = {}
        self._whole: dict[str, Parted] = {}
        inside: dict[str, Parted] = {}
        for item in reversed(ledger.items.values()):
            if item.root in self._silent:
                inside[item.id] = self._untold(item.root, item.settled_subtree.range)
            else:
                inside[item.id] = self._rise(item, inside)
        for item in ledger.items.values():
            if item.id in self._plain:
                continue
            if item.root in self._silent:
                self._own[item.id] = self._untold(item.root, item.settled_own.range)
                self._whole[item.id] = inside[item.id]
            else:
                self._come_down(item, inside)
        self._money: dict[frozenset[str], Sum] = {}

    def _find_silent(self) -> dict[str, bool]:
        """Return the trees of whose old money nothing is told, with whether all is taken as new."""
        supposed: dict[str, set[bool]] = {}
        told: set[str] = set()
        for item in self._ledger.items.values():
            supposed.setdefault(item.root, set()).add(item.id in self._supposed_new)
            if item.before is not None:
                told.add(item.root)
        return {
            root: True in same
            for root, same in supposed.items()
            if root not in told and len(same) == 1
        }

    def _untold(self, root: str, both: Range) -> Parted:
        """Return money of a silent tree: all of it is new, or any part of it may be."""
        if self._silent[root]:
            return Parted(both, _NONE, both)
        any_part = Range(NOUGHT, both.high)
        return Parted(any_part, any_part, both)

    def _rise(self, item: Item, inside: dict[str, Parted]) -> Parted:
        """Bound an item by what is inside it, and by what is said of it."""
        own = Parted.of(_ANY, _NONE if self.takes_as_new(item.id) else _ANY, item.settled_own.range)
        self._own[item.id] = own
        parts = _total([own, *(inside[member] for member in item.members)])
        if item.before is None:
            return Parted.of(parts.new, parts.old, parts.both.meeting(item.settled_subtree.range))
        apart = reduce(Range.plus, (inside[outermost].old for outermost in item.apart), _NONE)
        new, old, both = Parted.of(
            parts.new, parts.old, parts.both.meeting(item.settled_subtree.range)
        )
        if item.before == "all":
            if new.low > NOUGHT:
                self.contradicted[item.id] = old.plus(apart)
            new = new.meeting(_NONE)
        else:
            said = item.before.range
            if not said.meets(old.plus(apart)):
                self.contradicted[item.id] = old.plus(apart)
            old = old.meeting(said.without(apart))
        return Parted.of(new, old, both)

    def _come_down(self, item: Item, inside: dict[str, Parted]) -> None:
        """Bound own money and each member by the whole that holds it."""
        if item.holder is None:
            self._whole[item.id] = inside[item.id]
        whole = self._whole[item.id]
        if item.members:
            parts = [self._own[item.id], *(inside[member] for member in item.members)]
            self._own[item.id], *wholes = (
                whole.share(part, others)
                for part, others in with_the_others(parts, Parted.plus, _NOTHING)
            )
            self._whole.update(zip(item.members, wholes, strict=True))
        else:
            self._own[item.id] = whole
        if item.id in self.existing:
            # What is said of the whole may leave less, or more, than what is stated of a part.
            self.existing[item.id] = self._own[item.id].old.nearest(self.existing[item.id])

    def old(self, id_: str) -> Sum | None:
        """Return how much of an item's own money was being spent before, None if nothing tells."""
        if id_ not in self.existing:
            return None
        return self._own[id_].old.around(self.existing[id_])

    def takes_as_new(self, id_: str) -> bool:
        """Whether an item's own money is taken as new though no source tells."""
        return id_ in self._supposed_new and id_ not in self.existing

    def stated(self, id_: str) -> Decimal:
        """Return the part of an item's own money that is known, or taken, to be new, as stated."""
        own = self._ledger.items[id_].own.stated
        if id_ in self.existing:
            return max(NOUGHT, own - self.existing[id_])
        return own if self.takes_as_new(id_) else NOUGHT

    def money(self, ids: Collection[str]) -> Sum:
        """Return the new money of some items, each pound once, with bounds."""
        key = frozenset(ids)
        if key not in self._money:  # a comparison asks for the same money on many bases
            stated = sum((self.stated(id_) for id_ in key), NOUGHT)
            self._money[key] = self._bounded(key).around(stated)
        return self._money[key]

    def _bounded(self, ids: frozenset[str]) -> Range:
        if len(ids) == 1 and ids.isdisjoint(self._plain):
            (id_,) = ids
            return self._own[id_].new
        items, plain = self._ledger.items, ids & self._plain
        roots = sorted({items[id_].root for id_ in ids - plain})
        chosen = (self._chosen(root, ids)[root][0].new for root in roots)
        low = sum((self.stated(id_) for id_ in plain), NOUGHT)
        high = sum((items[id_].own.stated for id_ in plain), NOUGHT)
        return reduce(Range.plus, chosen, Range(low, high))

    def in_each(self, ids: Collection[str]) -> dict[str, Sum]:
        """Return the new money of some items in each item: its own and that of all inside it."""
        items, each = self._ledger.items, {id_: self.stated(id_) for id_ in ids}
        stated, plain = self._ledger.in_each(each), self._plain.intersection(ids)
        lows = self._ledger.in_each_tree({id_: each[id_] for id_ in plain})
        highs = self._ledger.in_each_tree({id_: items[id_].own.stated for id_ in plain})
        bounded = {id_: Range(lows[id_], highs[id_]) for id_ in items}
        for root in self._ledger.roots():
            if root not in self._plain:
                for id_, (chosen, rest) in self._chosen(root, ids).items():
                    bounded[id_] = self._whole[id_].share(chosen, rest).new
        apart = {id_: items[id_].apart for id_ in bounded}
        return {
            id_: reduce(Range.plus, (bounded[other] for other in apart[id_]), new).around(
                stated[id_]
            )
            for id_, new in bounded.items()
        }

    def _chosen(self, root: str, ids: Collection[str]) -> dict[str, tuple[Parted, Parted]]:
        """Bound what is chosen in each item of a tree, and the rest, by what is inside the item."""
        found: dict[str, tuple[Parted, Parted]] = {}
        for id_ in reversed(list(self._ledger.tree(root))):
            item, whole = self._ledger.items[id_], self._whole[id_]
            if not item.members:
                found[id_] = (whole, _NOTHING) if id_ in ids else (_NOTHING, whole)
                continue
            chosen = _total(found[member][0] for member in item.members)
            rest = _total(found[member][1] for member in item.members)
            if id_ in ids:
                chosen = chosen.plus(self._own[id_])
            else:
                rest = rest.plus(self._own[id_])
            found[id_] = whole.share(chosen, rest), whole.share(rest, chosen)
        return found


def _left_out(item: Item) -> tuple[bool, bool]:
    """Order what every answer has before what fewer have, and that before what none has."""
    return not item.is_counted, item.carries_on is not None


def _existing(ledger: Ledger) -> dict[str, Decimal]:
    """Return how much of each item's own money was being spent before, as far as anything tells.

    What is said of a whole and not of its parts is of those parts first of which nothing is said,
    since so much of them at the most is not known to be new, and then of its own money.
    """
    found: dict[str, Decimal] = {}
    told: dict[str, Decimal] = {}  # what is told of each item and of what is bounded in it
    for item in reversed(ledger.items.values()):
        told[item.id] = sum((told[member] for member in item.members), NOUGHT)
        if item.before is None:
            continue
        apart = sum((told[outermost] for outermost in item.apart), NOUGHT)
        left = item.money.stated if item.before == "all" else item.before.stated
        left -= told[item.id] + apart
        # What is nothing new when announced is in fewer answers, and what does not count in fewer
        # still: old money that may be anywhere is of the rest first.
        silent = _silent_in(item, ledger, found)
        for id_ in sorted(silent, key=lambda id_: _left_out(ledger.items[id_])):
            found[id_] = max(NOUGHT, min(left, ledger.items[id_].own.stated))
            left -= found[id_]
            told[item.id] += found[id_]
    return found


def _silent_in(item: Item, ledger: Ledger, told: Collection[str]) -> list[str]:
    """Return an item and what is bounded in it of which nothing is told yet, inner ones first."""
    silent: list[str] = []
    waiting = [item.id]
    while waiting:
        silent.append(waiting.pop())
        waiting += [id_ for id_ in ledger.items[silent[-1]].members if id_ not in told]
    return silent[::-1]
