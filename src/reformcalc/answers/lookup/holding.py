"""What is in a sum of money, what it is in, and what of it counts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.answers.question import Question, new_remark
from reformcalc.ledger.ledger import Standing
from reformcalc.ledger.measure import Measure
from reformcalc.record.ids import entry_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal

    from reformcalc.ledger.known import Known
    from reformcalc.ledger.ledger import Item


@dataclass(frozen=True, slots=True)
class Inside:
    """A sum that lies in another: what it states, and what it adds with all that is in itself."""

    id: str
    name: str
    stated: str
    counts: Decimal
    standing: Standing


class _Sums:
    """What is asked of all sums of a record for each of them, worked out once."""

    def __init__(self, record: Known) -> None:
        self.each_year = Question(record, measure=Measure(new="each-year"))
        self.cash = Question(record)
        self.inside: dict[str, list[Item]] = {}
        self.repeating: dict[str, list[Item]] = {}
        self.doubted: dict[str, list[Item]] = {}
        for item in record.ledger.items.values():
            for found, ids in (
                (self.inside, item.parents),
                (self.repeating, item.entry.restates),
                (self.doubted, item.doubt if item.standing is Standing.UNSURE else ()),
            ):
                for id_ in dict.fromkeys(ids):
                    found.setdefault(id_, []).append(item)


@dataclass(frozen=True)
class Holding:
    """A commitment among the others of its record, as known on the day."""

    record: Known
    id: str

    @property
    def _sums(self) -> _Sums:
        return self.record.once(_Sums)

    @property
    def _items(self) -> dict[str, Item]:
        return self.record.ledger.items

    @property
    def item(self) -> Item | None:
        """The sum of it; None where no source gives one."""
        return self._items.get(self.id)

    @cached_property
    def _within(self) -> set[str]:
        return self.record.ledger.all_of(self.id) - {self.id}

    @cached_property
    def parts(self) -> list[Inside]:
        """What lies in it, the largest first."""
        found = [
            Inside(
                item.id,
                item.entry.name,
                words.money(item.money),
                self._adds({item.id, *self.record.ledger.inside(item.id)}),
                item.standing,
            )
            for item in self._sums.inside.get(self.id, ())
        ]
        return sorted(found, key=lambda one: (-self._items[one.id].money.stated, one.id))

    @cached_property
    def counts(self) -> Decimal:
        """What it adds to the total, with all that is in it."""
        return self._adds({self.id, *self._within})

    @cached_property
    def own(self) -> Decimal:
        """What it adds that is broken down nowhere."""
        return self._adds({self.id})

    def _adds(self, ids: Iterable[str]) -> Decimal:
        return self._sums.cash.adds(self._sums.cash.counted.intersection(ids))

    def name(self, id_: str) -> str:
        """Return what a sum is called; of one that is not in the record, its id."""
        entry = self.record.commitments.get(entry_id(id_))
        return entry.name if entry else id_

    def told(self, most: int = 99) -> Iterator[str]:
        """Yield sentences: how it counts, what it lies in, and what shares its money.

        At most so many of the sums that may be part of it are named.
        """
        if self.item is None:
            yield "No source says how much it is, so it is in no total."
            return
        yield self._standing(self.item)
        if self.item.parents:
            yield f"It is part of {self._named(self.item.parents)}."
        yield from self._shared()
        again = [one.id for one in self._sums.repeating.get(self.id, ())]
        if again:
            yield f"Said again in {self._named(again)}, which adds nothing."
        yield from self._may_hold(most)
        if new := new_remark(self._sums.each_year, self.item):
            whole = self.own == self.item.money.stated
            yield f"{words.sentence(new)}." if whole else f"What is counted here: {new}."

    def _may_hold(self, most: int) -> Iterator[str]:
        """Name the outermost sums that may be part of this one, the largest first."""
        found = {one.id: one for one in self._sums.doubted.get(self.id, ())}
        outer = [one for one in found.values() if not found.keys() & {*one.parents}]
        outer.sort(key=lambda one: (-one.money.stated, one.id))
        named = [f"{one.entry.name} ({words.money(one.money)})" for one in outer[:most]]
        if left := len(outer) - len(named):
            named.append(f"{left} smaller")
        if named:
            yield f"In doubt, since it may be part of this: {words.listed(named)}."

    def _standing(self, item: Item) -> str:
        match item.standing:
            case Standing.SUPERSEDED:
                return f"Replaced by {self._named(item.by)}, so it counts no more."
            case Standing.RESTATED:
                return f"It repeats {self._named(item.by)}, so it adds nothing."
            case Standing.UNSURE:
                why = f": {item.entry.reason}" if item.entry.reason else "."
                return f"In doubt, so in no total: it may be part of {self._named(item.doubt)}{why}"
            case Standing.NEVER:
                part = f", but for {words.short(self.counts)} in another sum" if self.counts else ""
                return f"In no total{part}. {item.entry.reason or ''}".strip()
        if not self._within:
            return "Counted in full." if self.own == item.money.stated else self._counted()
        if not self.own:
            return f"All of it is counted in its parts, which add to {words.pounds(self.counts)}."
        if self.own == item.money.stated:
            return "Counted in full: nothing in it counts besides."
        return f"{words.pounds(self.counts - self.own)} is counted in its parts. {self._counted()}"

    def _counted(self) -> str:
        return f"{words.pounds(self.own)}, which no source breaks down, is counted here."

    def _shared(self) -> Iterator[str]:
        """Say what else holds some of what is in it, the outermost of these."""
        others = {above for id_ in self._within for above in self._items[id_].parents}
        others -= {self.id, *self._within}
        outer = {
            one
            for one in others
            if not any(one in self.record.ledger.inside(other) for other in others - {one})
        }
        said = []
        for one in sorted(outer):
            both = self._within & self.record.ledger.inside(one)
            if shared := self._adds(both):
                said.append(f"{words.pounds(shared)} with {self.name(one)}")
        if said:
            yield f"It shares {words.listed(said)}."

    def _named(self, ids: Iterable[str]) -> str:
        return words.listed(dict.fromkeys(self.name(id_) for id_ in ids))
