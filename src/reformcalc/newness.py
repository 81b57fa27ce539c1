"""New money and old: what was being spent before the reform and what was not, as far as is known.

A source says it of a whole sum, with all that is inside it. Of a whole and of each of its parts the
new, the old and both together have bounds, and each bounds the others: of £80m with £10m of old
money £70m is new, wherever in it the old money lies. All amounts are pounds, cash.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from reformcalc.money import NOUGHT, Range, Sum

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from decimal import Decimal

    from reformcalc.ledger import Item, Ledger


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

    def share(self, one: Parted, other: Parted) -> Parted:
        """Tighten the bounds of one part of this by what the other part can be."""
        return Parted.of(
            one.new.meeting(self.new.without(other.new)),
            one.old.meeting(self.old.without(other.old)),
            one.both.meeting(self.both.without(other.both)),
        )


_NONE = Range(NOUGHT, NOUGHT)
_ANY = Range(NOUGHT, None)
_NOTHING = Parted(_NONE, _NONE, _NONE)


def _total(parts: Iterable[Parted]) -> Parted:
    return reduce(Parted.plus, parts, _NOTHING)


@dataclass(frozen=True, slots=True)
class NewMoney:
    """What of a ledger's money is new. `untold` counts as new what no source tells from old.

    `existing` is how much of each item's own money was being spent before: of what no source says
    as much as what is said of the whole around it allows; an item that nothing tells of has none.
    """

    ledger: Ledger
    existing: dict[str, Decimal]
    contradicted: dict[str, Range]  # of what is said of a whole: what its parts can be instead
    untold: bool
    _own: dict[str, Parted]
    _whole: dict[str, Parted]
    _inside: dict[str, Parted]  # as what is inside each item bounds it
    _money: dict[frozenset[str], Range]

    @classmethod
    def of(cls, ledger: Ledger, *, untold: bool = False) -> NewMoney:
        known = cls(ledger, _existing(ledger), {}, untold, {}, {}, {}, {})
        known._rise()
        known._come_down()
        return known

    def _rise(self) -> None:
        """Bound each item by what is inside it, and by what is said of it."""
        for item in reversed(self.ledger.items.values()):
            old = _NONE if self.takes_as_new(item.id) else _ANY
            own = Parted.of(_ANY, old, item.alone.range)
            parts = _total([own, *(self._inside[member] for member in item.members)])
            apart = _total(self._inside[outermost] for outermost in item.apart)
            new, old, both = Parted.of(*parts[:2], parts.both.meeting(item.whole.range))
            if item.before == "all":
                if new.low > NOUGHT:
                    self.contradicted[item.id] = old.plus(apart.old)
                new = new.meeting(_NONE)
            elif item.before is not None:
                said = Range(item.before.low, item.before.high)
                if not said.meets(old.plus(apart.old)):
                    self.contradicted[item.id] = old.plus(apart.old)
                old = old.meeting(said.without(apart.old))
            self._own[item.id] = own
            self._inside[item.id] = Parted.of(new, old, both)

    def _come_down(self) -> None:
        """Bound own money and each member by the whole that holds it."""
        for item in self.ledger.items.values():
            if item.holder is None:
                self._whole[item.id] = self._inside[item.id]
            if item.members:
                parts = [self._own[item.id], *(self._inside[member] for member in item.members)]
                self._own[item.id], *wholes = _shared(self._whole[item.id], parts)
                self._whole.update(zip(item.members, wholes, strict=True))
            else:
                self._own[item.id] = self._whole[item.id]
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
        supposed = self.untold or id_ in self.ledger.supposed_new
        return supposed and id_ not in self.existing

    def stated(self, id_: str) -> Decimal:
        """Return the part of an item's own money that is known, or taken, to be new, as stated."""
        own = self.ledger.items[id_].own.stated
        return max(NOUGHT, own - self.existing.get(id_, NOUGHT if self.takes_as_new(id_) else own))

    def money(self, ids: Collection[str]) -> Sum:
        """Return the new money of some items, each pound once, with bounds."""
        if len(ids) == 1:
            (id_,) = ids
            return self._own[id_].new.around(self.stated(id_))
        key = frozenset(ids)
        if key not in self._money:  # a comparison asks for the same money on many bases
            roots = sorted({self.ledger.items[id_].root for id_ in key})
            self._money[key] = _total(self._chosen(root, key)[root][0] for root in roots).new
        return self._money[key].around(sum((self.stated(id_) for id_ in ids), NOUGHT))

    def in_each(self, ids: Collection[str]) -> dict[str, Sum]:
        """Return the new money of some items in each item: its own and that of all inside it."""
        stated = self.ledger.in_each({id_: self.stated(id_) for id_ in ids})
        bounded = {
            id_: self._whole[id_].share(chosen, rest)
            for root in self.ledger.roots()
            for id_, (chosen, rest) in self._chosen(root, ids).items()
        }
        apart = {id_: self.ledger.items[id_].apart for id_ in bounded}
        return {
            id_: _total([one, *(bounded[other] for other in apart[id_])]).new.around(stated[id_])
            for id_, one in bounded.items()
        }

    def _chosen(self, root: str, ids: Collection[str]) -> dict[str, tuple[Parted, Parted]]:
        """Bound what is chosen in each item of a tree, and the rest, by what is inside the item."""
        found: dict[str, tuple[Parted, Parted]] = {}
        for id_ in reversed(list(self.ledger.tree(root))):
            item = self.ledger.items[id_]
            chosen = _total(found[member][0] for member in item.members)
            rest = _total(found[member][1] for member in item.members)
            if id_ in ids:
                chosen = chosen.plus(self._own[id_])
            else:
                rest = rest.plus(self._own[id_])
            whole = self._whole[id_]
            found[id_] = whole.share(chosen, rest), whole.share(rest, chosen)
        return found


def _shared(whole: Parted, parts: Sequence[Parted]) -> Iterator[Parted]:
    """Tighten the bounds of each part of a whole by what the others can be."""
    before = accumulate(parts, Parted.plus, initial=_NOTHING)
    after = [*accumulate(reversed(parts), Parted.plus, initial=_NOTHING)][-2::-1]
    for part, some, others in zip(parts, before, after, strict=False):
        yield whole.share(part, some.plus(others))


def _is_left_out(item: Item) -> bool:
    return not item.counts or item.carries_on is not None


def _existing(ledger: Ledger) -> dict[str, Decimal]:
    """Return how much of each item's own money was being spent before, as far as anything tells.

    What is said of a whole and not of its parts is of those parts first of which nothing is said,
    since so much of them at the most is not known to be new, and then of its own money.
    """
    found: dict[str, Decimal] = {}
    told: dict[str, Decimal] = {}  # what is told of each item and of what is bounded in it
    silent: dict[str, list[str]] = {}  # and of which of these nothing is told
    for item in reversed(ledger.items.values()):
        told[item.id] = sum((told[one] for one in item.members), NOUGHT)
        waiting = [id_ for one in item.members for id_ in silent.pop(one)]
        waiting.append(item.id)
        if item.before is None:
            silent[item.id] = waiting
            continue
        silent[item.id] = []
        apart = sum((told[one] for one in item.apart), NOUGHT)
        left = item.money.stated if item.before == "all" else item.before.stated
        left -= told[item.id] + apart
        # What does not count, or is nothing new when announced, is in fewer answers: old money that
        # may be anywhere is of the rest first.
        for id_ in sorted(waiting, key=lambda id_: _is_left_out(ledger.items[id_])):
            found[id_] = max(NOUGHT, min(left, ledger.items[id_].own.stated))
            left -= found[id_]
            told[item.id] += found[id_]
    return found
