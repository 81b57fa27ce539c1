"""A question about money: the ledger of a day, and what was chosen from it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.answers.chosen import Chosen
from reformcalc.ledger.doubt import Doubt, Doubtful, most_worth, no_more_than_all
from reformcalc.ledger.measure import Measure
from reformcalc.record.ids import part_id
from reformcalc.rows import Kind, for_people, means
from reformcalc.values.money import NOTHING, NOUGHT, Sum, round_pounds

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import date
    from decimal import Decimal

    from reformcalc.ledger.known import Known
    from reformcalc.ledger.ledger import Item, Ledger
    from reformcalc.record.model import Commitment


@dataclass(frozen=True, slots=True)
class TotalsRow:
    """One envelope, component or remainder, or one group of them."""

    id: str = field(
        metadata=means(
            "a commitment, a part of one (ID~ENVELOPE), what is not itemised "
            "(ENVELOPE/not-itemised), or a group",
            Kind.ID,
        )
    )
    title: str = field(metadata=means("what it is", Kind.TEXT))
    kind: str = field(
        metadata=means(
            "envelope, component, commitment, part, not-itemised, group or total", Kind.WORD
        )
    )
    parent: str | None = field(
        metadata=means("the row that it lies under", Kind.ID, names="totals")
    )
    depth: int = field(metadata=means("how many rows it lies under", Kind.WHOLE))
    amount: Sum = field(
        metadata=means(
            "what it states, whole. Sums lie in one another, so these do not add up",
            Kind.SUM,
            unless="missing",
        )
    )
    adds_gbp: int = field(
        metadata=means(
            "what it and the rows under it add to the total; of depth 0 alone these add up to it",
            Kind.POUNDS,
        )
    )
    elsewhere_gbp: int = field(
        default=0, metadata=means("what lies in it, but counts in another row", Kind.POUNDS)
    )
    perhaps_gbp: int = field(
        default=0,
        metadata=means("what may already lie in another sum, and is in no total", Kind.POUNDS),
    )
    unassigned_gbp: int = field(
        default=0,
        metadata=means("by pillar: money of no one pillar that might belong here", Kind.POUNDS),
    )
    remark: str = field(
        default="",
        metadata=for_people("what people must know of it beside its figure", Kind.SENTENCE),
    )
    where: str | None = field(
        default=None,
        metadata=means(
            "the source of what it states; none of groups, and of what no one source prints",
            Kind.TEXT,
        ),
    )
    sources: tuple[str, ...] = field(
        default=(),
        metadata=means(
            "its id; several where no one source prints the sum",
            Kind.ID,
            many=True,
            names="sources",
        ),
    )
    cited: tuple[words.Cited, ...] = field(
        default=(),
        metadata=for_people(
            "the same as citations that lead to their sources", Kind.CITED, many=True
        ),
    )
    prices: str | None = field(
        default=None,
        metadata=means(
            "the year whose prices all of these are in, and by which release; empty for cash",
            Kind.TEXT,
        ),
    )
    outside_gbp: int = field(
        default=0,
        metadata=means(
            "what of that which counts may be paid from sums that were not chosen", Kind.POUNDS
        ),
    )
    missing: str | None = field(
        default=None,
        metadata=means(
            "why there is no figure, where £0 would be read as one; empty where there is one",
            Kind.TEXT,
        ),
    )

    @property
    def addressable(self) -> bool:
        """Whether the id is that of an entry or a group, which commands can be asked about."""
        return self.kind not in ("not-itemised", "part")


@dataclass(frozen=True)
class Question:
    """What is asked of the money of a record: what is limited to, and how it is measured.

    `only` keeps to some of what is chosen, in doubt by these alone; None for all of it.

    Raises UnknownId where `chosen` names an id that the record does not have, Refused where the
    envelope asked for was not yet known on the day.
    """

    record: Known
    chosen: Chosen = field(default_factory=Chosen)
    measure: Measure = field(default_factory=Measure)
    only: frozenset[str] | None = None

    def __post_init__(self) -> None:
        """Refuse what cannot be asked of this record."""
        self.chosen.check(self.record)

    @property
    def ledger(self) -> Ledger:
        """All money of the day."""
        return self.record.ledger

    @cached_property
    def _among(self) -> frozenset[str]:
        return frozenset(self.chosen.items(self.ledger))

    @cached_property
    def selected(self) -> frozenset[str]:
        """The ids of the items that are asked about."""
        if self.only is not None:
            return self.only
        if self.chosen.announced_after is None:
            return self._among
        return self._among.intersection(self._announced_after(self.chosen.announced_after))

    @cached_property
    def doubt(self) -> Doubt:
        """What of the selected items counts, and what may be counted already."""
        if self.only is not None:
            return Doubt.of(self.ledger, self.only)
        # What is new since a day may lie in what was known before: it is in doubt all the same.
        whole = replace(self.chosen, announced_after=None) == Chosen()
        return Doubt.of(self.ledger, self.selected, self._among, in_full=whole)

    def among(self, ids: Collection[str]) -> Question:
        """Return the same question of some of what was chosen, in doubt by these alone."""
        return replace(self, only=self.selected.intersection(ids))

    @property
    def counted(self) -> frozenset[str]:
        """What counts, in full or in part."""
        return self.doubt.counted

    @property
    def unsure(self) -> frozenset[str]:
        """What may be counted already, in full or in part."""
        return self.doubt.unsure

    def called(self, id_: str) -> str:
        """Return what a sentence calls a commitment, or the part of one in a second envelope."""
        item = self.ledger.items.get(id_)
        if item is None or item.part_in is None:
            return (item.entry if item else self.record.commitment(id_)).name
        return f"{item.entry.name}: the part in {self._entry(item.part_in).name}"

    def titled(self, item: Item) -> str:
        """Return the title of an item; of a part, with the name of what it is the part in."""
        if item.part_in is None:
            return item.title
        return f"{item.entry.title}: the part in {self._entry(item.part_in).name}"

    def named(self, ids: Iterable[str]) -> str:
        """List some commitments by their names."""
        return words.listed(dict.fromkeys(map(self.called, ids)))

    def money(self, ids: Collection[str]) -> Sum:
        """Return what counts of some items as it is measured: all or new, in cash or real terms."""
        money = self._weighed(self.measure, ids)
        if self.measure.new is None:
            return money
        return no_more_than_all(money, self._weighed(replace(self.measure, new=None), ids))

    def _weighed(self, measure: Measure, ids: Collection[str]) -> Sum:
        def of(some: Collection[str]) -> Sum:
            if measure == Measure() and self.chosen.envelope in self.ledger.items:
                return self.ledger.within(self.chosen.envelope, some)
            return measure.of(self.ledger, some)

        def part(id_: str) -> Decimal:
            return measure.part(self.ledger, id_)

        return self.doubt.weighed(of, ids, part, most_worth(measure, self.ledger, ids))

    def untold(self, ids: Collection[str]) -> list[str]:
        """Return of which of some items with money of their own nothing tells what is new."""
        items, told = self.ledger.items, self.ledger.new_money().existing
        return sorted(id_ for id_ in ids if id_ not in told and items[id_].holds_money)

    @cached_property
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
            remark=f"up to {self.written(perhaps)} more is in doubt" if perhaps else "",
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
        linking = self.record.linked_later
        if not linking:
            return 0
        later = self.record.ledger_also(linking)
        same = self.ledger.counted(self.selected)
        then = later.money(later.counted(same | linking)).stated
        now = self.ledger.money(same).stated
        return max(0, round_pounds(now - then))

    def unsized(self) -> list[str]:
        """Return what was chosen and known, but of no known size."""
        chosen, around, ids = self.chosen, self.chosen.envelope, set(self.ledger.unsized)
        if chosen.announced_after:
            ids.intersection_update(self._announced_after(chosen.announced_after))
        return [
            id_
            for id_ in sorted(ids)
            if chosen.admits(self._entry(id_))
            and around in (None, id_, *(one.envelope for one in self._entry(id_).part_of))
        ]

    def missing_sums(self) -> list[str]:
        """Return the same without what would not count if its size were known."""
        return [id_ for id_ in self.unsized() if self._entry(id_).counted]

    def _entry(self, id_: str) -> Commitment:
        return self.record.commitments[id_]

    def _announced_after(self, day: date) -> Iterator[str]:
        """Yield the items that were not known on a day, with the parts of them elsewhere."""
        for id_, entry in self.record.commitments.items():
            known = self.record.since(entry)
            if known and known > day:
                yield id_
                yield from (part_id(id_, one.envelope) for one in entry.part_of if one.amount)

    def states(self, ids: Collection[str]) -> Decimal:
        """Return the money of some items, chosen or not, in doubt or not."""
        return sum((one for _, one in self._parts(ids, self.measure)), NOUGHT)

    def adds(self, ids: Collection[str]) -> Decimal:
        """Return what some items add, with its pence."""
        parts = self._parts(ids, self.measure)
        return sum((self.doubt.counted_of(id_, one) for id_, one in parts), NOUGHT)

    def adds_each(self) -> dict[str, Decimal]:
        """Return what each item that counts adds, with its pence."""
        doubt, ledger, part = self.doubt, self.ledger, self.measure.part
        return {id_: doubt.counted_of(id_, part(ledger, id_)) for id_ in self.counted}

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


def paid_from(question: Question, doubt: Doubtful) -> str:
    """Say from what outside the question doubtful sums that count in it may be paid."""
    return f"may be part of {question.named(doubt.outside)}, outside what is chosen"


def parts_of(question: Question, item: Item) -> str:
    """Say what the parts of an envelope add to, where that is more than it states."""
    if not (excess := question.excess_of(item)):
        return ""
    parts = words.pounds(item.money.stated + excess)
    stated = "" if item.money.high is None else f", {words.pounds(excess)} more than stated"
    return f"parts add to {parts}{stated}"


def new_remark(question: Question, item: Item) -> str:
    """Say how much of an item's own money is new, and how that is known."""
    if item.id not in question.counted or not item.own.stated:
        return ""
    if item.carries_on and question.measure.new == "announced":
        return f"carries on {question.called(item.carries_on)}: nothing new when it was announced"
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
