"""A question about money: the ledger of a day, and what was chosen from it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.errors import Refused, UnknownId
from reformcalc.ledger import Item, Ledger, Standing, build
from reformcalc.money import NOTHING, NOUGHT, Sum, round_pounds
from reformcalc.queries.measure import NEW, Measure
from reformcalc.queries.prices import Prices
from reformcalc.rows import FOR_PEOPLE

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date
    from decimal import Decimal

    from reformcalc.model import Commitment, Dataset
    from reformcalc.queries.common import Chosen
    from reformcalc.years import FinancialYear


@dataclass(frozen=True, slots=True)
class TotalsRow:
    """One envelope, component or remainder, or one group of them.

    `amount` is what it states, whole. The rest is in whole pounds: `adds_gbp` is what it and its
    rows below add to the total, `elsewhere_gbp` what lies in it but is counted in another row,
    `perhaps_gbp` what may already lie in something else and is in no total, `unassigned_gbp` money
    of no single pillar that might belong here. `where` is the source of what it states, `sources`
    its id: several where no one source prints the sum, none where it is a group or a remainder.
    `prices` says in which prices all of these are, by which release, None for cash.
    """

    id: str
    title: str
    kind: str
    parent: str | None
    depth: int
    amount: Sum
    adds_gbp: int
    elsewhere_gbp: int = 0
    perhaps_gbp: int = 0
    unassigned_gbp: int = 0
    remark: str = field(default="", metadata=FOR_PEOPLE)
    where: str | None = None
    sources: tuple[str, ...] = ()
    cited: tuple[words.Cited, ...] = field(default=(), metadata=FOR_PEOPLE)
    prices: str | None = None

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
    counted: frozenset[str]
    unsure: frozenset[str]
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
        selected = frozenset(chosen.items(ledger))
        counted, unsure = ledger.counted(selected), ledger.unsure(selected)
        measure = Measure(new, prices=Prices.of(dataset, prices) if prices else None)
        return cls(
            dataset, ledger, chosen, selected, frozenset(counted), frozenset(unsure), measure
        )

    def money(self, ids: Collection[str]) -> Sum:
        """Return the money of some items as it is measured: all or new, in cash or real terms."""
        if self.stated and self.chosen.envelope:
            return self.ledger.within(self.chosen.envelope, ids)
        return self.measure.of(self.ledger, ids)

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
        )

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
        chosen = self.chosen.items(later)
        then = later.money(later.counted(chosen)).stated
        return max(0, round_pounds(self.ledger.money(self.counted).stated - then))

    def _entry(self, id_: str) -> Commitment:
        return self.dataset.commitments[id_]

    def own(self, ids: Collection[str]) -> int:
        """Return what some items add, in whole pounds."""
        return round_pounds(self.adds(ids))

    def adds(self, ids: Collection[str]) -> Decimal:
        """Return what some items add, with its pence."""
        return self._parts(ids, self.measure)

    def perhaps(self, ids: Collection[str]) -> int:
        """Return what is in no total as it may be in others, in whole pounds."""
        return round_pounds(self.may_add(self.unsure & set(ids)))

    def may_add(self, ids: Collection[str]) -> Decimal:
        """Return what some items would add if they are in no others, with its pence.

        Of new money, all that no source shows to have been spent before.
        """
        return self._parts(ids, replace(self.measure, untold=True))

    def _parts(self, ids: Collection[str], measure: Measure) -> Decimal:
        return sum((measure.part(self.ledger, id_) for id_ in sorted(ids)), NOUGHT)

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


def new_remark(question: Question, item: Item) -> str:
    """Say how much of an item's own money is new, and how that is known."""
    if item.standing is not Standing.COUNTED or not item.own.stated:
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
            own, before = words.money(item.alone), words.money(old)
        return f"{before} of {own} was being spent before"
    return "new in full"


def gbp(value: int) -> str:
    """Write whole pounds in words."""
    return words.pounds(NOUGHT + value)
