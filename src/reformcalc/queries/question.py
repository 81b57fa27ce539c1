"""A question about money: the ledger of a day, and what was chosen from it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.errors import Refused, UnknownId
from reformcalc.history import known_on
from reformcalc.ledger import Item, Ledger, build, part_id
from reformcalc.money import NOTHING, NOUGHT, Sum, round_pounds
from reformcalc.queries.common import Chosen
from reformcalc.queries.doubt import Doubt, Doubtful, most_worth, no_more_than_all
from reformcalc.queries.measure import NEW, Measure
from reformcalc.queries.prices import Prices
from reformcalc.rows import FOR_PEOPLE, UNLESS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date
    from decimal import Decimal

    from reformcalc.model import Commitment, Dataset
    from reformcalc.years import FinancialYear


@dataclass(frozen=True, slots=True)
class TotalsRow:
    """One envelope, component or remainder, or one group of them.

    `amount` is what it states, whole. The rest is in whole pounds: `adds_gbp` is what it and its
    rows below add to the total, `elsewhere_gbp` what lies in it but is counted in another row,
    `perhaps_gbp` what may already lie in something else and is in no total, `outside_gbp` what of
    that which counts may be paid from sums that were not chosen, `unassigned_gbp` money of no
    single pillar that might belong here. `missing` says in words why there is no figure, where £0
    would be read as one. `where` is the source of what it states, `sources`
    its id: several where no one source prints the sum, none where it is a group or a remainder.
    `prices` says in which prices all of these are, by which release, None for cash.
    """

    id: str
    title: str
    kind: str
    parent: str | None
    depth: int
    amount: Sum = field(metadata={UNLESS: "missing"})
    adds_gbp: int
    elsewhere_gbp: int = 0
    perhaps_gbp: int = 0
    unassigned_gbp: int = 0
    remark: str = field(default="", metadata=FOR_PEOPLE)
    where: str | None = None
    sources: tuple[str, ...] = ()
    cited: tuple[words.Cited, ...] = field(default=(), metadata=FOR_PEOPLE)
    prices: str | None = None
    outside_gbp: int = 0
    missing: str | None = None

    @property
    def addressable(self) -> bool:
        """Whether the id is that of an entry or a group, which commands can be asked about."""
        return self.kind not in ("not-itemised", "part")


@dataclass(frozen=True)
class Question:
    """The ledger of the day with what is chosen from it, sorted into what counts."""

    dataset: Dataset
    ledger: Ledger
    chosen: Chosen
    selected: frozenset[str]
    doubt: Doubt
    measure: Measure

    @classmethod
    def ask(
        cls,
        dataset: Dataset,
        as_of: date,
        chosen: Chosen,
        new: str | None = None,
        prices: FinancialYear | None = None,
    ) -> Question:
        chosen.check(dataset)
        if new is not None and new not in NEW:
            raise UnknownId("kind of new money", new, NEW)
        ledger = build(dataset, as_of)
        if chosen.envelope and chosen.envelope not in ledger.items:
            raise Refused(
                f'"{chosen.envelope}" was not yet known on {as_of}', "ask for a later day"
            )
        measure = Measure(new, prices=Prices.of(dataset, prices) if prices else None)
        return cls.on(dataset, ledger, chosen, measure)

    @classmethod
    def on(
        cls, dataset: Dataset, ledger: Ledger, chosen: Chosen, measure: Measure | None = None
    ) -> Question:
        """Ask of a ledger that is built already."""
        selected = among = frozenset(chosen.items(ledger))
        if chosen.announced_after:
            # What is new since a day may lie in what was known before: it is in doubt all the same.
            selected = among.intersection(_announced_after(dataset, chosen.announced_after))
        whole = replace(chosen, announced_after=None) == Chosen()
        doubt = Doubt.of(ledger, selected, among, in_full=whole)
        return cls(dataset, ledger, chosen, selected, doubt, measure or Measure())

    def among(self, ids: Collection[str]) -> Question:
        """Return the same question of some of what was chosen, in doubt by these alone."""
        selected = self.selected.intersection(ids)
        return replace(self, selected=selected, doubt=Doubt.of(self.ledger, selected))

    @property
    def counted(self) -> frozenset[str]:
        """What counts, in full or in part."""
        return self.doubt.counted

    @property
    def unsure(self) -> frozenset[str]:
        """What may be counted already, in full or in part."""
        return self.doubt.unsure

    def money(self, ids: Collection[str]) -> Sum:
        """Return what counts of some items as it is measured: all or new, in cash or real terms."""
        money = self._weighed(self.measure, ids)
        if self.measure.new is None:
            return money
        return no_more_than_all(money, self._weighed(replace(self.measure, new=None), ids))

    def _weighed(self, measure: Measure, ids: Collection[str]) -> Sum:
        def of(some: Collection[str]) -> Sum:
            if measure == Measure() and self.chosen.envelope:
                return self.ledger.within(self.chosen.envelope, some)
            return measure.of(self.ledger, some)

        stated = sum((self.doubt.counted_of(i, measure.part(self.ledger, i)) for i in ids), NOUGHT)
        return self.doubt.weighed(of, ids, stated, most_worth(measure, self.ledger, ids))

    def untold(self, ids: Collection[str]) -> list[str]:
        """Return of which of some items with money of their own nothing tells what is new."""
        items, told = self.ledger.items, self.ledger.new_money().existing
        return sorted(id_ for id_ in ids if id_ not in told and items[id_].holds_money)

    @property
    def stated(self) -> bool:
        """Whether figures are those that sources state: all money, in cash."""
        return self.measure == Measure()

    @property
    def prices(self) -> str | None:
        """Say in which prices the money is, and by which release of which index; None for cash."""
        prices = self.measure.prices
        return f"{prices.year} prices by {prices.described}" if prices else None

    def without_years(self) -> list[str]:
        """Return what counts, or may, and cannot be put into the prices of a year."""
        items, could = self.ledger.items, self.counted | self.unsure
        return sorted(id_ for id_ in could if items[id_].holds_money and not items[id_].years)

    def written(self, value: int) -> str:
        """Write whole pounds in words; what a deflator made of them with one decimal."""
        return words.millions(NOUGHT + value) if self.measure.prices else gbp(value)

    @cached_property
    def total(self) -> TotalsRow:
        return self.row("", "", "total", self.selected)

    def row(self, id_: str, title: str, kind: str, ids: Collection[str]) -> TotalsRow:
        """Sum the own money of some items into a row of a group."""
        counted = self.counted & set(ids)
        amount, perhaps = self.money(counted), self.perhaps(ids)
        outside = round_pounds(self.doubt.from_outside(counted))
        return TotalsRow(
            id=id_,
            title=title,
            kind=kind,
            parent=None,
            depth=0,
            amount=amount,
            adds_gbp=round_pounds(amount.stated),
            perhaps_gbp=perhaps,
            remark=f"perhaps {self.written(perhaps)} more" if perhaps else "",
            prices=self.prices,
            outside_gbp=outside,
            missing=self._missing(ids, counted) if amount == NOTHING else None,
        )

    def _missing(self, ids: Collection[str], counted: Collection[str]) -> str | None:
        """Say why some items have no money in this answer; nothing where it is known to be £0."""
        items = self.ledger.items
        holding = [id_ for id_ in counted if items[id_].holds_money]
        if holding:
            timeless = self.measure.prices and not any(items[id_].years for id_ in holding)
            return "no years to deflate" if timeless else None
        if counted:
            return None
        if self.unsure.intersection(ids):
            return "in doubt alone"
        return "recorded, but in no total" if ids else "nothing recorded"

    def corrected(self) -> int:
        """Return by how much what was learnt since lowers the total, in whole pounds.

        A sum that lies in two envelopes known on the day, but was said to only later, was counted
        in both until then.
        """
        linking = {
            id_
            for id_ in self.ledger.not_yet
            if len({p.envelope for p in self._entry(id_).part_of} & set(self.ledger.items)) > 1
        }
        if not linking:
            return 0
        later = build(self.dataset, self.ledger.as_of, also=linking)
        same = self.ledger.counted(self.selected)
        then = later.money(later.counted(same | linking)).stated
        now = self.ledger.money(same).stated
        return max(0, round_pounds(now - then))

    def unsized(self) -> list[str]:
        """Return what was chosen and known, but of no known size."""
        chosen, around, ids = self.chosen, self.chosen.envelope, set(self.ledger.unsized)
        if chosen.announced_after:
            ids.intersection_update(_announced_after(self.dataset, chosen.announced_after))
        return [
            id_
            for id_ in sorted(ids)
            if chosen.admits(self._entry(id_))
            and (around is None or around in {one.envelope for one in self._entry(id_).part_of})
        ]

    def _entry(self, id_: str) -> Commitment:
        return self.dataset.commitments[id_]

    def states(self, ids: Collection[str]) -> Decimal:
        """Return the money of some items, chosen or not, in doubt or not."""
        return sum((one for _, one in self._parts(ids, self.measure)), NOUGHT)

    def adds(self, ids: Collection[str]) -> Decimal:
        """Return what some items add, with its pence."""
        parts = self._parts(ids, self.measure)
        return sum((self.doubt.counted_of(id_, one) for id_, one in parts), NOUGHT)

    def perhaps(self, ids: Collection[str]) -> int:
        """Return what is in no total as it may be in others, in whole pounds."""
        return round_pounds(self.may_add(ids))

    def may_add(self, ids: Collection[str]) -> Decimal:
        """Return what some items would add if they are in no others, with its pence.

        Of new money, all that no source shows to have been spent before.
        """
        parts = self._parts(
            self.unsure.intersection(ids), replace(self.measure, untold_as_new=True)
        )
        return sum((self.doubt.may_add(id_, one) for id_, one in parts), NOUGHT)

    def _parts(self, ids: Collection[str], measure: Measure) -> Iterator[tuple[str, Decimal]]:
        return ((id_, measure.part(self.ledger, id_)) for id_ in sorted(ids))

    def excess_of(self, item: Item) -> Decimal:
        """Return by how much the stated parts of an envelope exceed it, £0 where they do not."""
        inside = self._stated_in_each[item.id] - item.own.stated
        return max(NOUGHT, inside - item.money.stated) if item.is_envelope else NOUGHT

    @cached_property
    def _stated_in_each(self) -> dict[str, Decimal]:
        return self.ledger.in_each({id_: i.own.stated for id_, i in self.ledger.items.items()})

    def own_money(self, ids: Collection[str]) -> int:
        """Return the stated money of some items beyond what is inside them, in whole pounds."""
        return round_pounds(sum((self.ledger.items[id_].own.stated for id_ in ids), NOUGHT))


def _announced_after(dataset: Dataset, day: date) -> Iterator[str]:
    """Yield the items that were not known on a day, with the parts of them in other envelopes."""
    for id_, entry in dataset.commitments.items():
        known = known_on(dataset, entry)
        if known and known > day:
            yield id_
            yield from (part_id(id_, one.envelope) for one in entry.part_of if one.amount)


def paid_from(doubt: Doubtful) -> str:
    """Say from what outside the question doubtful sums that count in it may be paid."""
    return f"may be part of {words.listed(doubt.outside)}, outside what is chosen"


def new_remark(question: Question, item: Item) -> str:
    """Say how much of an item's own money is new, and how that is known."""
    if item.id not in question.counted or not item.own.stated:
        return ""
    if item.carries_on and question.measure.new == "announced":
        return f"carries on {item.carries_on}: nothing new when it was announced"
    old = question.ledger.new_money().old(item.id)
    if old is None:
        return "no source says how much of it is new"
    if old != NOTHING:
        if item.before == "all":
            own = before = words.pounds(item.own.stated)
        else:
            own, before = words.money(item.settled_own), words.money(old)
        return f"{before} of {own} was being spent before"
    return "new in full"


def gbp(value: int) -> str:
    """Write whole pounds in words."""
    return words.pounds(NOUGHT + value)
