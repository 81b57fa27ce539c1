"""The arithmetic: each pound once, with bounds, as known on a day.

Commitments form a graph, since one sum can sit in two headlines. An item's *own* money is what it
states less what is inside it, at any depth, each once, never below £0; a total is the sum of own
money over a selection of items. Its bounds come from the envelopes: a floor rises from components
to their envelope, a ceiling comes down. All amounts are pounds, cash.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from reformcalc.ledger.newness import NewMoney
from reformcalc.record.ids import entry_id
from reformcalc.values.money import (
    NOTHING,
    NOUGHT,
    Amount,
    Range,
    Sum,
    exactly,
    in_proportion,
    split,
    total,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import date
    from decimal import Decimal

    from reformcalc.record.model import Commitment
    from reformcalc.values.years import FinancialYear, Years


class Standing(StrEnum):
    """Whether an item's own money counts, and if not, why."""

    COUNTED = "counted"
    UNSURE = "unsure"  # may lie inside something else: shown as perhaps
    SUPERSEDED = "superseded"  # still subtracted from its envelope: its money left with it
    RESTATED = "restated"  # a headline that says others again
    NEVER = "never"


@dataclass(slots=True)
class Item:
    """One commitment as it stood on the day, or the part of one that lies in an envelope.

    `money` is what it states. `own` is what is left after everything inside it, `subtree` its own
    money with that of its members at any depth, both as what is inside bounds them; once all that
    is around bounds them too, they are `settled_own` and `settled_subtree`. `parents` are the
    envelopes that hold it on that day, in the order listed; `holder` is the one of them in which it
    is bounded, `root` the outermost holder, itself if it has none. `years` are those it shares with
    its parents, None if no source says.
    """

    id: str
    entry: Commitment
    money: Sum
    standing: Standing = Standing.COUNTED
    by: tuple[str, ...] = ()  # the ids that the standing is due to
    doubt: tuple[str, ...] = ()  # what it may lie in, whatever its standing
    parents: tuple[str, ...] = ()
    holder: str | None = None
    root: str = ""
    cap: Decimal | None = None  # read an open floor as less than this; None: no ceiling
    rounding: Decimal = NOUGHT  # of a headline: half a unit of its last printed digit
    limit: Decimal | None = None  # the most that a headline, which says it again, leaves it
    ceiling: Decimal | None = None  # the most it can be, by its own words and its envelopes'
    part_in: str | None = None  # the second envelope, where this is a part of a commitment
    years: Years | None = None
    profile: Mapping[FinancialYear, Amount] = field(default_factory=dict)
    members: tuple[str, ...] = ()  # items that are bounded in this one
    apart: tuple[str, ...] = ()  # the outermost of what lies in it but is bounded in others
    carries_on: str | None = None  # the sum that it continues, once that is known
    before: Sum | Literal["all"] | None = None  # what is said of how much was spent before
    own: Sum = NOTHING
    subtree: Sum = NOTHING
    settled_own: Sum = NOTHING
    settled_subtree: Sum = NOTHING

    @property
    def commitment(self) -> str:
        """The id of the commitment that this is, or is a part of."""
        return entry_id(self.id)

    @property
    def is_told(self) -> bool:
        """Whether what is said of it leaves one size for the part that was being spent before."""
        return self.before == "all" or (
            self.before is not None and self.before.low == self.before.high
        )

    @property
    def is_counted(self) -> bool:
        """Whether its own money is in totals."""
        return self.standing is Standing.COUNTED

    @property
    def is_envelope(self) -> bool:
        """Whether anything lies in it."""
        return bool(self.members or self.apart)

    @property
    def holds_money(self) -> bool:
        """Whether it has, or could have, money of its own."""
        return self.settled_own.high != 0

    @property
    def has_profile(self) -> bool:
        """Whether a profile says of its own money how much is in some of its years."""
        if not self.profile or self.is_envelope:
            return False
        return any(year in self.profile for year in self.years or ())

    @property
    def title(self) -> str:
        """What it is, in a line."""
        part = f": the part also in {self.part_in}" if self.part_in else ""
        return f"{self.entry.title}{part}"

    @property
    def before_by_year(self) -> Mapping[FinancialYear, Amount]:
        """What is said of how much of it was spent before in each of its years; empty if nothing.

        Where it shares only some of them with its envelopes, that says nothing of these.
        """
        said = self.entry.existing if self.part_in is None else None
        if isinstance(said, dict) and said.keys() == {*(self.years or ())}:
            return said
        return {}

    def may_be_new(self, *, each_year: bool) -> bool:
        """Whether any of its money can be new: in each year, or once when it was announced."""
        return self.before != "all" and (each_year or not self.carries_on)


class Restated(NamedTuple):
    """What a headline says again: all that is in the sums that it adds up, and how much that is."""

    ids: frozenset[str]
    bounds: Range


@dataclass(frozen=True)
class Ledger:
    """All commitments as known on a day. `items` has envelopes before their components.

    `unsized` are known too, but no source says how large they are: they are no items.
    `supposed_new` are those whose own money is taken as new where no source tells.
    """

    as_of: date
    items: dict[str, Item]
    not_yet: tuple[str, ...]
    unsized: tuple[str, ...]
    restated: tuple[Restated, ...] = ()
    supposed_new: frozenset[str] = frozenset()
    _money: dict[frozenset[str], Sum] = field(default_factory=dict, compare=False, repr=False)
    _in_years: dict[str, dict[FinancialYear, Decimal]] = field(
        default_factory=dict, compare=False, repr=False
    )
    _new: dict[bool, NewMoney] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def firm(self) -> frozenset[str]:
        """The items of the trees in which every sum has one size: what they hold only adds up."""
        open_ = {item.root for item in self.items.values() if not item.own.is_exact}
        return frozenset(id_ for id_, item in self.items.items() if item.root not in open_)

    @cached_property
    def profiled(self) -> frozenset[str]:
        """The items of which a profile says how much of their own is in some of their years."""
        return frozenset(id_ for id_, item in self.items.items() if item.has_profile)

    @cached_property
    def by_run(self) -> Mapping[Years | None, frozenset[str]]:
        """The items by the years that they cover; None where no source says."""
        found: dict[Years | None, set[str]] = {}
        for id_, item in self.items.items():
            found.setdefault(item.years, set()).add(id_)
        return {years: frozenset(ids) for years, ids in found.items()}

    def counted(self, among: Collection[str] | None = None) -> set[str]:
        """Return the ids whose own money counts, all or among those given."""
        return self._standing(Standing.COUNTED, among)

    def unsure(self, among: Collection[str] | None = None) -> set[str]:
        """Return the ids whose own money may already lie inside something else."""
        return self._standing(Standing.UNSURE, among)

    def _standing(self, standing: Standing, among: Collection[str] | None) -> set[str]:
        return {
            item.id
            for item in self.items.values()
            if item.standing is standing and (among is None or item.id in among)
        }

    def money(self, selected: Collection[str]) -> Sum:
        """Return the own money of the selected items, each pound once, with bounds."""
        money = self._bounded(selected)
        for said in self.restated:
            if some := said.ids.intersection(selected):
                rest, others = said.ids.difference(some), set(selected).difference(some)
                left = said.bounds.without(self._bounded(rest).range)
                both = self._bounded(some).range.meeting(left).plus(self._bounded(others).range)
                money = money.range.meeting(both).holding(money.stated)
        return money

    def _bounded(self, selected: Collection[str]) -> Sum:
        """Return the own money of the selected items, as their envelopes bound it."""
        if len(selected) == 1:
            (id_,) = selected
            return self.items[id_].settled_own
        key = frozenset(selected)
        if key not in self._money:  # a comparison asks for the same money on many bases
            firm = sum((self.items[id_].own.stated for id_ in key & self.firm), NOUGHT)
            roots = {self.items[id_].root for id_ in key - self.firm}
            chosen = (self._chosen(root, key)[root][0] for root in sorted(roots))
            self._money[key] = total([exactly(firm), *chosen])
        return self._money[key]

    def all_in(self, id_: str) -> Sum:
        """Return the own money of an item and of everything in it, each pound once, with bounds."""
        item = self.items[id_]
        whole = item.settled_subtree
        if item.apart:
            apart = (self.items[outermost].settled_subtree for outermost in item.apart)
            whole = _as_stated(total([whole, *apart]), item)
        if not any(id_ in said.ids for said in self.restated):
            return whole
        bounds = self.money({id_, *self.inside(id_)}).range
        return whole.range.meeting(bounds).holding(whole.stated)

    def within(self, id_: str, selected: Collection[str]) -> Sum:
        """Return the selected money in an item, all of which lies in it, with bounds.

        What is bounded in other envelopes is bounded by this one too.
        """
        if not self.items[id_].apart:
            return self.money(selected)
        rest = ({id_} | self.inside(id_)).difference(selected)
        money = share(self.all_in(id_), self.money(selected), self.money(rest))
        # What is bounded elsewhere may state more than there is room for here.
        fits = money.range.nearest(money.stated) == money.stated
        return money if fits else money.range.around(money.stated)

    def inside(self, id_: str) -> set[str]:
        """Return the ids of everything that lies in an item, at any depth."""
        found: set[str] = set()
        waiting = [id_]
        while waiting:
            item = self.items[waiting.pop()]
            new = {*item.members, *item.apart} - found
            found |= new
            waiting += new
        return found

    def all_of(self, commitment: str) -> set[str]:
        """Return the ids of a commitment, of its parts in second envelopes and of all inside.

        What never counts holds nothing, but a part of it may lie in what does.
        """
        these = self._items_of.get(commitment, ())
        return {*these}.union(*map(self.inside, these))

    @cached_property
    def _items_of(self) -> dict[str, list[str]]:
        """The ids of each commitment and of its parts."""
        found: dict[str, list[str]] = {}
        for item in self.items.values():
            found.setdefault(item.commitment, []).append(item.id)
        return found

    def around(self, id_: str) -> set[str]:
        """Return the ids of all envelopes around an item."""
        return envelopes_around(self.items[id_], self.items)

    def in_each(self, values: Mapping[str, Decimal]) -> dict[str, Decimal]:
        """Return what the values of some items, by id, add to in each item: its own and all inside.

        A value counts once in whatever holds it, by however many ways.
        """
        bounded = self.in_each_tree(values)
        return {
            id_: sum((bounded[outermost] for outermost in item.apart), bounded[id_])
            if item.apart
            else bounded[id_]
            for id_, item in self.items.items()
        }

    def in_each_tree(self, values: Mapping[str, Decimal]) -> dict[str, Decimal]:
        """Return the same without what lies in an item, but is bounded in other envelopes."""
        found = {**dict.fromkeys(self.items, NOUGHT), **values}
        for item in reversed(self.items.values()) if values else ():
            if item.holder:
                found[item.holder] += found[item.id]
        return found

    def selected_in_each(self, selected: Collection[str]) -> dict[str, Sum]:
        """Return the selected money in each item: its own and that of all inside it, with bounds.

        It is what `within` says of each; to ask that of all of a deep tree would take a walk over
        the tree for each.
        """
        shared = [item for item in self.items.values() if item.apart]
        bounded = self._selected_in_each_tree(selected)
        rest = self._selected_in_each_tree(self.items.keys() - selected) if shared else {}
        found = dict(bounded)
        for item in shared:
            inside = total(bounded[held] for held in (item.id, *item.apart))
            others = total(rest[held] for held in (item.id, *item.apart))
            found[item.id] = share(self.all_in(item.id), inside, others)
        return found

    def _selected_in_each_tree(self, selected: Collection[str]) -> dict[str, Sum]:
        firm = {id_: self.items[id_].own.stated for id_ in self.firm.intersection(selected)}
        found = {id_: exactly(value) for id_, value in self.in_each_tree(firm).items()}
        for root in self.roots():
            if root not in self.firm:
                for id_, (chosen, others) in self._chosen(root, selected).items():
                    found[id_] = share(self.items[id_].settled_subtree, chosen, others)
        return found

    def new_money(self, *, untold_as_new: bool = False) -> NewMoney:
        """Return what of the money was not being spent before.

        What no source tells from old is new in `supposed_new`, or everywhere if `untold_as_new`.
        """
        if untold_as_new not in self._new:
            supposed = self.items.keys() if untold_as_new else self.supposed_new
            self._new[untold_as_new] = NewMoney(self, supposed)
        return self._new[untold_as_new]

    def supposing_new(self, ids: frozenset[str]) -> Ledger:
        """Return this ledger with the own money of some items as new, where no source tells."""
        return Ledger(
            self.as_of, self.items, self.not_yet, self.unsized, self.restated, supposed_new=ids
        )

    def roots(self) -> list[str]:
        """Return the items that are bounded in no other."""
        return [item.id for item in self.items.values() if item.holder is None]

    def tree(self, id_: str) -> Iterator[str]:
        """Yield an item and all that is bounded in it, at any depth, envelopes first."""
        waiting = [id_]
        while waiting:
            id_ = waiting.pop()
            yield id_
            waiting.extend(reversed(self.items[id_].members))

    def _chosen(self, root: str, selected: Collection[str]) -> dict[str, tuple[Sum, Sum]]:
        """Bound the selected money in each item of a tree, and the rest, by what is inside it.

        At each envelope the money selected and the rest share its floor and its ceiling, so what
        the one must be at least, the other can be at most.
        """
        found: dict[str, tuple[Sum, Sum]] = {}
        for id_ in reversed(list(self.tree(root))):
            item = self.items[id_]
            if not item.members and item.own.is_exact:
                found[id_] = (item.own, NOTHING) if id_ in selected else (NOTHING, item.own)
                continue
            chosen = total(found[member][0] for member in item.members)
            rest = total(found[member][1] for member in item.members)
            if id_ in selected:
                chosen += item.own
            else:
                rest += item.own
            found[id_] = share(item.subtree, chosen, rest), share(item.subtree, rest, chosen)
        return found

    def in_years(self, id_: str) -> dict[FinancialYear, Decimal]:
        """Spread an item's own money over its years, in pence: empty if it has none.

        A profile fixes its years where nothing is inside the item; the rest goes evenly. Where it
        adds to more than the amount, as one under "over £5m" may, each year has its part of that.
        """
        if id_ not in self._in_years:
            self._in_years[id_] = self._spread(self.items[id_])
        return self._in_years[id_]

    def _spread(self, item: Item) -> dict[FinancialYear, Decimal]:
        if item.years is None:
            return {}
        fixed: dict[FinancialYear, Decimal] = {}
        if not item.is_envelope:
            fixed = {year: item.profile[year].stated for year in item.years if year in item.profile}
        printed = sum(fixed.values(), NOUGHT)
        left = item.own.stated - printed
        for year in fixed:
            # What was stated as an "up to", and is less in the sum, is less in that year.
            lowered = max(NOUGHT, min(-left, fixed[year] - item.profile[year].low))
            fixed[year], left = fixed[year] - lowered, left + lowered
        if left < 0:
            shares = in_proportion(item.own.stated, list(fixed.values()))
            fixed, left = dict(zip(fixed, shares, strict=True)), NOUGHT
        # What rounding leaves of a full profile is shared by all its years.
        others = [year for year in item.years if year not in fixed] or list(item.years)
        for year, share in zip(others, split(left, len(others)), strict=True):
            fixed[year] = fixed.get(year, NOUGHT) + share
        return fixed


def ever_stated(entry: Commitment) -> list[Sum]:
    """Return what a commitment has stated, first to last: its amounts, else its years added."""
    if entry.amount:
        return [as_sum(revision.value) for revision in entry.amount]
    return [total(map(as_sum, revision.value.values())) for revision in entry.profile]


def as_sum(amount: Amount) -> Sum:
    """Return one document's amount as money, with its own word kept."""
    return Sum(amount.stated, amount.low, amount.high, amount.word)


def in_all(existing: Amount | Mapping[FinancialYear, Amount]) -> list[Amount]:
    """Return the amounts that what was being spent before is the sum of: one, or each year's."""
    return [existing] if isinstance(existing, Amount) else list(existing.values())


def _as_stated(parts: Sum, item: Item) -> Sum:
    """Bound the whole of an item by what it states, as far as its parts allow that."""
    low, high = max(parts.low, item.money.low), parts.high
    if item.ceiling is not None and item.ceiling >= parts.low:
        high = item.ceiling if high is None else min(high, item.ceiling)
    return Sum(parts.stated, low, high)


def share(whole: Sum, part: Sum, rest: Sum) -> Sum:
    """Tighten the bounds of one part of a whole by what the rest of it can be."""
    if part.is_exact:
        return part
    return Sum(part.stated, *part.range.meeting(whole.range.without(rest.range)))


def envelopes_around(item: Item, items: Mapping[str, Item]) -> set[str]:
    """Return the ids of all envelopes around an item."""
    found: set[str] = set()
    waiting = list(item.parents)
    while waiting:
        id_ = waiting.pop()
        if id_ not in found:
            found.add(id_)
            waiting += items[id_].parents
    return found


def linked_around(items: Mapping[str, Item], id_: str) -> set[str]:
    """Return all that an item lies in as links say, at any height and whether it counts or not."""
    found: set[str] = set()
    waiting = [id_]
    while waiting:
        item = items[waiting.pop()]
        if item.part_in:
            linked = {item.commitment, item.part_in}
        else:
            linked = {part.envelope for part in item.entry.part_of if part.amount is None}
        linked = {one for one in linked - found if one in items and not items[one].entry.restates}
        found |= linked
        waiting += linked
    return found
