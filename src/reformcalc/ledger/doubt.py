"""Doubt relative to a question: how much of a doubtful sum may lie in what else was chosen.

A sum that may lie in another is in doubt only as far as that other is in the answer too. Kinship
money that may come out of a fund for all children's services is kinship money all the same: asked
for kinship, it counts, and a line says what may pay for it. All amounts are pounds, cash.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from reformcalc.ledger.ledger import Standing, linked_around
from reformcalc.ledger.settling import adds_up, headlines
from reformcalc.values.money import NOUGHT, PENNY, Range, Sum, in_proportion

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from reformcalc.ledger.ledger import Item, Ledger
    from reformcalc.ledger.measure import Measure


_ONE = Decimal(1)
_WITHOUT_MONEY = (Standing.SUPERSEDED, Standing.RESTATED)
_FEW = 30  # of more sums the rounding might come to more than the share of one


@dataclass(frozen=True, slots=True)
class Doubtful:
    """Sums of a selection that may lie in the same others, weighed as one.

    `inside` are those others that were selected too, `outside` those that were not. `within` and
    `beyond` are the most that these can hold of the sums, in pounds; None stands for no end.
    """

    ids: frozenset[str]
    named: tuple[str, ...]  # those that lie in no other of them
    money: Sum
    inside: tuple[str, ...]
    within: Decimal | None
    outside: tuple[str, ...]
    beyond: Decimal | None

    @property
    def in_doubt(self) -> Decimal:
        """What of the stated money may be counted already."""
        stated = self.money.stated
        return stated if self.within is None else min(stated, self.within)

    @property
    def is_partly(self) -> bool:
        """Whether some of it counts, and some is in doubt."""
        return NOUGHT < self.in_doubt < self.money.stated

    @property
    def is_free(self) -> bool:
        """Whether all of it counts."""
        return self.within == NOUGHT

    @property
    def any_counts(self) -> bool:
        """Whether any of it counts."""
        return self.is_free or self.is_partly

    @property
    def from_outside(self) -> Decimal:
        """How much of it may be paid from what was not chosen, as stated."""
        return self.money.stated if self.beyond is None else min(self.money.stated, self.beyond)


class _Place(NamedTuple):
    """What a sum may lie in: the `others` that are named, and all of these that could hold it."""

    others: frozenset[str]
    holding: frozenset[str]


@dataclass(frozen=True)
class Doubt:
    """The doubtful sums of a selection, with what of each counts there."""

    ledger: Ledger
    selected: frozenset[str]
    groups: tuple[Doubtful, ...]

    @classmethod
    def of(
        cls,
        ledger: Ledger,
        selected: frozenset[str],
        among: frozenset[str] | None = None,
        *,
        in_full: bool = False,
    ) -> Doubt:
        """Weigh the doubtful sums of a selection, or leave each in doubt `in_full`, unweighed.

        `among` is what they may lie in, where that is more than the selection.
        """
        within = selected if among is None else among
        together: dict[_Place, set[str]] = {}
        restating = headlines(ledger.items)
        for id_ in sorted(ledger.unsure(selected)):
            others = frozenset(ledger.items[id_].doubt)
            holding = frozenset() if in_full else _holding(ledger, id_, others, restating)
            together.setdefault(_Place(others, holding), set()).add(id_)
        if in_full:
            groups = [
                _group(ledger, within, frozenset(ids), place, in_full=True)
                for place, ids in together.items()
            ]
            return cls(ledger, selected, tuple(groups))
        return cls(ledger, selected, tuple(_weighed_together(ledger, within, together)))

    def settled(self) -> Doubt:
        """Return the same with every doubtful sum as separate from what it may lie in."""
        free = tuple(replace(group, within=NOUGHT) for group in self.groups)
        return Doubt(self.ledger, self.selected, free)

    @cached_property
    def counted(self) -> frozenset[str]:
        """What counts, in full or in part."""
        freed = (group.ids for group in self.groups if group.any_counts)
        return frozenset(self.ledger.counted(self.selected)).union(*freed)

    @cached_property
    def unsure(self) -> frozenset[str]:
        """What may be counted already, in full or in part."""
        return frozenset().union(*(group.ids for group in self.groups if not group.is_free))

    @cached_property
    def _kept(self) -> dict[str, Decimal]:
        """What counts of the own money of each sum of which a part does.

        No source says which part of a plan's £88m may be another's £25m: each of its sums bears
        the doubt in proportion, to four digits, so that no figure seems finer than it is.
        """
        kept: dict[str, Decimal] = {}
        for group in self._partly:
            ids = sorted(group.ids, key=lambda id_: (-self._own(id_), id_))
            counts = group.money.stated - group.in_doubt
            unit = PENNY if len(ids) > _FEW else _ONE.scaleb(group.in_doubt.adjusted() - 3)
            weights = [self._own(id_) for id_ in ids]
            kept |= zip(ids, in_proportion(counts, weights, unit), strict=True)
        return kept

    @cached_property
    def _partly(self) -> list[Doubtful]:
        return [group for group in self.groups if group.is_partly]

    def _own(self, id_: str) -> Decimal:
        return self.ledger.items[id_].own.stated

    def counted_of(self, id_: str, value: Decimal) -> Decimal:
        """Return what counts of some value of a sum, such as that of a year or of its new money."""
        if id_ not in self._kept:
            return value if id_ in self.counted else NOUGHT
        return value * self._kept[id_] / self._own(id_) if value else value

    def may_add(self, id_: str, value: Decimal) -> Decimal:
        """Return what of some value of a sum may be counted already."""
        return value - self.counted_of(id_, value) if id_ in self.unsure else NOUGHT

    def weighed(
        self,
        money: Callable[[Collection[str]], Sum],
        ids: Collection[str],
        part: Callable[[str], Decimal],
        worth: Decimal = _ONE,
    ) -> Sum:
        """Bound what counts of some sums, by a way to measure money, with what it states of each.

        What is in doubt is in none of it. Where only some of a group is asked for, or some of its
        money, the doubt may be about the rest. A pound is `worth` so much at the most.
        """
        some = self.counted.intersection(ids)
        partly = [group for group in self._partly if group.ids & some]
        if not partly:
            return money(some)
        every, firm = money(some), money(some.difference(*(group.ids for group in partly)))
        asked = [(money(group.ids & some), group) for group in partly]
        in_doubt = worth * sum((group.in_doubt for group in partly), NOUGHT)
        low, high = max(NOUGHT, every.low - in_doubt), every.high
        if worth == _ONE and all(one == group.money for one, group in asked):
            # All the money of each is asked for: what is in doubt is out of that.
            if high is not None and all(one.low >= group.in_doubt for one, group in asked):
                high -= in_doubt
            else:
                high = _added(high, firm, asked)
        least = (max(NOUGHT, one.low - group.in_doubt * worth) for one, group in asked)
        stated = sum((self.counted_of(id_, part(id_)) for id_ in sorted(some)), NOUGHT)
        return Range(max(low, sum(least, firm.low)), high).holding(stated)

    def about(self, id_: str) -> Doubtful | None:
        """Return what the doubt about a sum is, None where there is none."""
        return next((group for group in self.groups if id_ in group.ids), None)

    def from_outside(self, ids: Collection[str]) -> Decimal:
        """Return what of that which counts of some sums may be paid from what was not chosen."""
        found = NOUGHT
        for group in self.groups:
            if asked := group.ids.intersection(ids):
                counts = (self.counted_of(id_, self._own(id_)) for id_ in sorted(asked))
                found += min(group.from_outside, sum(counts, NOUGHT))
        return found


def _added(
    high: Decimal | None, firm: Sum, asked: Sequence[tuple[Sum, Doubtful]]
) -> Decimal | None:
    """Return the most of firm money and of what each doubtful sum has beyond what is in doubt."""
    highs = [firm.high, *(part.high for part, _ in asked)]
    bounded = [one for one in highs if one is not None]
    if high is None or len(bounded) < len(highs):
        return None
    return min(high, sum(bounded, NOUGHT) - sum((one.in_doubt for _, one in asked), NOUGHT))


def no_more_than_all(new: Sum, every: Sum) -> Sum:
    """Return new money, which is no more than all the money of the same sums, new or not."""
    if every.high is None or (new.high is not None and new.high <= every.high):
        return new
    high = Range(NOUGHT, new.high).meeting(Range(NOUGHT, every.high)).high
    return Range(new.low, high).holding(new.stated)


def most_worth(measure: Measure, ledger: Ledger, ids: Collection[str]) -> Decimal:
    """Return the most that a pound of some sums is worth in the prices that are measured."""
    prices = measure.prices
    if prices is None:
        return _ONE
    years = {year for id_ in ids for year in ledger.items[id_].years or ()}
    return max((prices.factor(year) for year in years), default=_ONE)


def _holding(
    ledger: Ledger, id_: str, among: Iterable[str], restating: Sequence[Item]
) -> frozenset[str]:
    """Return all in which a sum may lie: what it may overlap, with whatever is inside that.

    Sums that one headline adds up are not in one another; nor is a sum in the own money of what
    holds it.
    """
    # What was superseded, or repeats others, has no money left for anything to be part of.
    holders = [one for one in among if ledger.items[one].standing not in _WITHOUT_MONEY]
    around = {one for holder in holders for one in (holder, *ledger.inside(holder))}
    around -= linked_around(ledger.items, id_)
    return frozenset(one for one in around if not adds_up(ledger.items, restating, id_, one))


def _weighed_together(
    ledger: Ledger,
    selected: frozenset[str],
    together: Mapping[_Place, set[str]],
) -> Iterator[Doubtful]:
    """Weigh sums that may lie in the same; those of which some may lie in the same, as one.

    What one of them takes of an envelope no other can: they are in doubt together by no more than
    all of it can hold, nor by more than each by itself.
    """
    waiting = list(together)
    while waiting:
        joined = [waiting.pop(0)]
        holding = joined[0].holding & selected
        while near := [one for one in waiting if one.holding & holding]:
            joined += near
            waiting = [one for one in waiting if one not in near]
            holding = holding.union(*(one.holding & selected for one in near))
        ids = frozenset().union(*(together[one] for one in joined))
        place = _Place(*(frozenset().union(*sets) for sets in zip(*joined, strict=True)))
        group = _group(ledger, selected, ids, place, in_full=False)
        if len(joined) > 1:
            parts = [
                _group(ledger, selected, frozenset(together[one]), one, in_full=False)
                for one in joined
            ]
            each = sum((one.in_doubt for one in parts), NOUGHT)
            within = each if group.within is None else min(each, group.within)
            group = replace(group, within=within)
        yield group


def _group(
    ledger: Ledger, selected: frozenset[str], ids: frozenset[str], place: _Place, *, in_full: bool
) -> Doubtful:
    def holds(chosen: Collection[str]) -> tuple[str, ...]:
        return tuple(
            one for one in sorted(place.others) if {one, *ledger.inside(one)}.intersection(chosen)
        )

    chosen, others = (place.holding & selected) - ids, place.holding - selected - ids
    return Doubtful(
        ids=ids,
        named=tuple(id_ for id_ in sorted(ids) if not ids.intersection(ledger.items[id_].parents)),
        money=ledger.money(ids),
        inside=holds(selected if in_full else chosen),
        within=None if in_full else _room(ledger, chosen, place.others),
        outside=() if in_full else holds(others),
        beyond=NOUGHT if in_full else ledger.money(others).high,
    )


def _room(ledger: Ledger, chosen: Collection[str], others: Iterable[str]) -> Decimal | None:
    """Return the most that what was chosen in some others can hold; None for no end.

    What lies in one of them, and is bounded elsewhere, is no more than that one either.
    """
    most = ledger.money(chosen).high
    if not any(ledger.items[one].apart for one in others):
        return most
    each = [
        ledger.within(one, ({one} | ledger.inside(one)).intersection(chosen)).high for one in others
    ]
    if any(high is None for high in each):
        return most
    room = sum((high for high in each if high is not None), NOUGHT)
    return room if most is None else min(room, most)
