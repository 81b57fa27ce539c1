"""The arithmetic: each pound once, with bounds, as known on a day.

Commitments form a graph, since one sum can sit in two headlines. An item's *own* money is what it
states less what is inside it, at any depth, each once, never below £0; a total is the sum of own
money over a selection of items. Its bounds come from the envelopes: a floor rises from components
to their envelope, a ceiling comes down. All amounts are pounds, cash.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from itertools import accumulate
from typing import TYPE_CHECKING, Literal

from reformcalc.known import in_force, known_on
from reformcalc.money import NOTHING, NOUGHT, Amount, Sum, in_proportion, split, total

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import date
    from decimal import Decimal

    from reformcalc.model import Commitment, Dataset
    from reformcalc.years import FinancialYear, Years


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

    `money` is what it states, whole; `own` what is left after everything inside it; `subtree` its
    own money with that of its members at any depth; `alone` and `whole` are these two as all that
    is around them bounds them. `parents` are the envelopes that hold it on that day, in the order
    listed, `root` the first-listed outermost one, itself if it has none; `years` those it shares
    with them, None if no source says.
    """

    id: str
    entry: Commitment
    money: Sum
    standing: Standing = Standing.COUNTED
    by: tuple[str, ...] = ()  # the ids that the standing is due to
    parents: tuple[str, ...] = ()
    root: str = ""
    cap: Decimal | None = None  # read an open floor as less than this; None: no ceiling
    part_in: str | None = None  # the second envelope, where this is a part of a commitment
    years: Years | None = None
    profile: Mapping[FinancialYear, Amount] = field(default_factory=dict)
    inside: frozenset[str] = frozenset()  # everything in it, at any depth
    members: tuple[str, ...] = ()  # items whose first-listed envelope this is
    elsewhere: frozenset[str] = frozenset()  # inside, but a member of another envelope's tree
    before: Amount | Literal["all"] | None = None  # what is said of how much was spent before
    existing: Sum | None = None  # the part of own money that was; None: no source says
    own: Sum = NOTHING
    subtree: Sum = NOTHING
    alone: Sum = NOTHING
    whole: Sum = NOTHING

    @property
    def title(self) -> str:
        """What it is, in a line."""
        part = f": the part also in {self.part_in}" if self.part_in else ""
        return f"{self.entry.title}{part}"

    def may_be_new(self, *, each_year: bool) -> bool:
        """Whether any of its money can be new: in each year, or once when it was announced."""
        return self.before != "all" and (each_year or not self.entry.continues)


@dataclass(frozen=True, slots=True)
class Ledger:
    """All commitments as known on a day. `items` has envelopes before their components."""

    as_of: date
    items: Mapping[str, Item]
    not_yet: tuple[str, ...]

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
        if len(selected) == 1:
            (id_,) = selected
            return self.items[id_].alone
        roots = {self.root(id_) for id_ in selected}
        return total(self._in_tree(root, selected) for root in sorted(roots))

    def whole(self, id_: str) -> Sum:
        """Return the own money of an item and of everything in it, each pound once, with bounds."""
        item = self.items[id_]
        return self.money({id_, *item.inside}) if item.elsewhere else item.whole

    def new_money(self, selected: Collection[str], *, each_year: bool, untold: bool = False) -> Sum:
        """Return the selected money that was not being spent before the reform.

        A sum that carries on another is new in each year that it lasts, and nothing new when it
        was announced. Of a sum that was all spent before nothing is new, whatever its bounds. What
        no source says is neither new nor old: it widens the high only, and the stated figure is
        the part that is known to be new. `untold` counts it as new.
        """
        new = {id_ for id_ in selected if self.items[id_].may_be_new(each_year=each_year)}
        trees: dict[str, set[str]] = {}
        for id_ in new:
            trees.setdefault(self.root(id_), set()).add(id_)
        return total(self._new_in_tree(ids, untold=untold) for ids in trees.values())

    def _new_in_tree(self, ids: set[str], *, untold: bool) -> Sum:
        known = {id_ for id_ in ids if untold or self.items[id_].existing is not None}
        before = total(self.items[id_].existing or NOTHING for id_ in known)
        # What is said of a whole can be of a part of which no source says, and is not selected.
        silent = set() if untold else {inside for id_ in known for inside in self._silent(id_)}
        least = _at_least(before.low, total(self.items[id_].own for id_ in silent - ids).high)
        sure, most = self.money(known), self.money(ids).high
        return Sum(
            max(NOUGHT, sure.stated - before.stated),
            _at_least(sure.low, before.high),
            _less(most, least),
        )

    def _silent(self, id_: str) -> list[str]:
        """Return what lies in an item of which no source says what was spent before."""
        return [part for part in self.items[id_].inside if self.items[part].existing is None]

    def root(self, id_: str) -> str:
        """Return the first-listed outermost envelope of an item, itself if it has none."""
        return self.items[id_].root

    def tree(self, id_: str) -> Iterator[str]:
        """Yield an item and all whose first-listed envelope is in it, envelopes first."""
        waiting = [id_]
        while waiting:
            id_ = waiting.pop()
            yield id_
            waiting.extend(reversed(self.items[id_].members))

    def _in_tree(self, root: str, selected: Collection[str]) -> Sum:
        """Bound the selected money within one tree.

        At each envelope the money selected and the rest share its floor and its ceiling, so what
        the one must be at least, the other can be at most.
        """
        chosen: dict[str, Sum] = {}
        rest: dict[str, Sum] = {}
        for id_ in reversed(list(self.tree(root))):
            item = self.items[id_]
            chosen_here = total(chosen.pop(member) for member in item.members)
            rest_here = total(rest.pop(member) for member in item.members)
            if id_ in selected:
                chosen_here += item.own
            else:
                rest_here += item.own
            chosen[id_] = _share(item.subtree, chosen_here, rest_here)
            rest[id_] = _share(item.subtree, rest_here, chosen_here)
        return chosen[root]

    def spread(self, id_: str) -> dict[FinancialYear, Decimal]:
        """Spread an item's own money over its years, in pence: empty if it has none.

        A profile fixes its years where nothing is inside the item; the rest goes evenly. Where it
        adds to more than the amount, as one under "over £5m" may, each year has its part of that.
        """
        item = self.items[id_]
        if item.years is None:
            return {}
        fixed: dict[FinancialYear, Decimal] = {}
        if not item.inside:
            fixed = {year: item.profile[year].stated for year in item.years if year in item.profile}
        printed = sum(fixed.values(), NOUGHT)
        left = item.own.stated - printed
        if left < 0:
            shares = in_proportion(item.own.stated, list(fixed.values()))
            fixed, left = dict(zip(fixed, shares, strict=True)), NOUGHT
        # What rounding leaves of a full profile is shared by all its years.
        others = [year for year in item.years if year not in fixed] or list(item.years)
        for year, share in zip(others, split(left, len(others)), strict=True):
            fixed[year] = fixed.get(year, NOUGHT) + share
        return fixed


def build(
    dataset: Dataset,
    as_of: date,
    *,
    only: Collection[str] | None = None,
    also: Collection[str] = (),
    floors_capped: bool = False,
) -> Ledger:
    """Set up the ledger as known on a day, of all commitments or of those in `only`.

    `also` names some that count as known, at their first figure, though they were announced later.

    `floors_capped` reads "over £45m" as less than £46m, and "over £2.40bn" as less than £2.5bn: one
    more unit of the last digit that is not a nought. For verdicts only, which no floor would
    otherwise allow.
    """
    among = dataset.commitments if only is None else {id_: dataset.commitments[id_] for id_ in only}
    items, not_yet = _known_items(dataset, among, as_of, also=also, floors_capped=floors_capped)
    _settle_standing(items)
    ordered = {id_: items[id_] for id_ in envelopes_first(items)}
    children: dict[str, list[Item]] = {id_: [] for id_ in ordered}
    for item in ordered.values():
        item.root = ordered[item.parents[0]].root if item.parents else item.id
        item.years, item.before = _years(item, ordered), _before(item, ordered)
        for parent in item.parents:
            children[parent].append(item)
    for item in reversed(list(ordered.values())):
        _settle_money(item, children[item.id], ordered)
        item.existing = _existing(item, ordered)
    for item in ordered.values():
        _bound_parts(item, [ordered[member] for member in item.members])
    return Ledger(as_of, ordered, tuple(sorted(not_yet)))


def _known_items(
    dataset: Dataset,
    among: Mapping[str, Commitment],
    as_of: date,
    *,
    also: Collection[str],
    floors_capped: bool,
) -> tuple[dict[str, Item], list[str]]:
    items: dict[str, Item] = {}
    not_yet = []
    for id_, entry in sorted(among.items()):
        since = known_on(dataset, entry)
        if since is None or (since > as_of and id_ not in also):
            not_yet.append(id_)
            continue
        stated = _amounts(entry, max(since, as_of))
        if not stated:
            not_yet.append(id_)
            continue
        profile = in_force(entry.profile, as_of)
        money = as_sum(stated[0]) if entry.amount else total(as_sum(one) for one in stated)
        cap = sum((_capped(one) for one in stated), NOUGHT) if floors_capped else None
        items[id_] = Item(id_, entry, money, cap=cap, profile=profile.value if profile else {})
    for item in list(items.values()):
        whole = [part.envelope for part in item.entry.part_of if part.amount is None]
        item.parents = tuple(id_ for id_ in whole if id_ in items)
        for part in item.entry.part_of:
            if part.amount is not None and part.envelope in items:
                shared = Item(f"{item.id}~{part.envelope}", item.entry, as_sum(part.amount))
                shared.parents, shared.part_in = (item.id, part.envelope), part.envelope
                items[shared.id] = shared
    return items, not_yet


def _amounts(entry: Commitment, as_of: date) -> list[Amount]:
    """Return what a commitment states on a day: its amount, else one for each of its years."""
    if entry.amount:
        revision = in_force(entry.amount, as_of)
        return [revision.value] if revision else []
    profile = in_force(entry.profile, as_of)
    return list(profile.value.values()) if profile else []


def ever_stated(entry: Commitment) -> list[Sum]:
    """Return what a commitment has stated, first to last: its amounts, else its years added."""
    if entry.amount:
        return [as_sum(one.value) for one in entry.amount]
    return [total(as_sum(amount) for amount in one.value.values()) for one in entry.profile]


def _capped(amount: Amount) -> Decimal:
    """Return what an amount is at most, if "over £45m" is less than £46m."""
    return amount.stated + amount.figure.nonzero if amount.high is None else amount.high


def as_sum(amount: Amount) -> Sum:
    """Return one document's amount as money, with its own word kept."""
    return Sum(amount.stated, amount.low, amount.high, amount.word)


def _settle_standing(items: dict[str, Item]) -> None:
    """Decide what counts, envelopes before components, and drop links that carry no money."""
    superseding: dict[str, list[str]] = {}
    for item in items.values():
        for replaced in item.entry.supersedes if item.part_in is None else ():
            superseding.setdefault(replaced, []).append(item.id)
    for id_ in envelopes_first(items):
        item = items[id_]
        envelopes = [items[parent] for parent in item.parents]
        item.parents = tuple(e.id for e in envelopes if e.standing not in _NO_ENVELOPE)
        item.standing, item.by = _standing(item, envelopes, items, superseding)
        if item.standing in _NO_ENVELOPE:
            item.parents = ()


_NO_ENVELOPE = (Standing.NEVER, Standing.RESTATED)


def _standing(
    item: Item,
    envelopes: list[Item],
    items: Mapping[str, Item],
    superseding: Mapping[str, list[str]],
) -> tuple[Standing, tuple[str, ...]]:
    """Return an item's standing and the ids that it is due to."""
    if item.part_in is not None:
        whole = envelopes[0]
        return whole.standing, whole.by
    if not item.entry.counted:
        return Standing.NEVER, ()
    if envelopes and all(e.standing is Standing.NEVER for e in envelopes):
        return Standing.NEVER, tuple(e.id for e in envelopes)
    if restated := [id_ for id_ in item.entry.restates if id_ in items]:
        return Standing.RESTATED, tuple(restated)
    if by := superseding.get(item.id):
        return Standing.SUPERSEDED, tuple(by)
    if overlapped := [id_ for id_ in item.entry.may_overlap if id_ in items]:
        return Standing.UNSURE, tuple(overlapped)
    doubtful = [e for e in envelopes if e.standing is Standing.UNSURE]
    if doubtful and not any(e.standing is Standing.COUNTED for e in envelopes):
        return Standing.UNSURE, tuple(id_ for e in doubtful for id_ in e.by)
    return Standing.COUNTED, ()


def _years(item: Item, items: Mapping[str, Item]) -> Years | None:
    """Return the years that an item shares with the envelopes that hold it."""
    years = item.entry.years if item.part_in is None else None
    for parent in item.parents:
        around = items[parent].years
        if years is None or around is None:
            years = years or around
        else:
            years = years.shared(around) or years
    return years


def _settle_money(item: Item, children: list[Item], items: Mapping[str, Item]) -> None:
    """Compute own money and bounds, once everything inside the item has its own."""
    members = [child for child in children if child.parents[0] == item.id]
    item.members = tuple(member.id for member in members)
    item.inside = frozenset(id_ for child in children for id_ in (child.id, *child.inside))
    if item.standing is Standing.RESTATED:
        return
    shown_here = {
        id_ for member in members for id_ in (member.id, *member.inside - member.elsewhere)
    }
    item.elsewhere = item.inside - shown_here
    own = max(NOUGHT, item.money.stated - _own_money(item.inside, items))
    parts = total(member.subtree for member in members)
    # What a second envelope also holds is a known quantity here: its stated money.
    elsewhere = _own_money(item.elsewhere, items)
    floor = item.money.low - elsewhere
    stated = own + parts.stated
    if item.money.high is None and item.inside and parts.low >= item.money.stated - elsewhere:
        # The parts of an "over £2.4bn" reach its floor: it holds nothing of its own.
        item.own, item.subtree = NOTHING, parts
        return
    low = min(stated, max(parts.low, floor))
    ceiling = item.cap if item.money.high is None else item.money.high
    high = None if ceiling is None else max(stated, ceiling - elsewhere)
    item.subtree = Sum(stated, low, high)
    item.own = Sum(
        own,
        NOUGHT if parts.high is None else min(own, max(NOUGHT, low - parts.high)),
        None if high is None else max(own, high - parts.low),
    )


def _bound_parts(item: Item, members: list[Item]) -> None:
    """Bound own money and that of each member by the whole, once that has its own bounds.

    It is what `Ledger.money` says of each alone: there, to ask it of all of a deep tree would take
    a walk over the tree for each.
    """
    if not item.parents:
        item.whole = item.subtree
    parts = [item.own, *(member.subtree for member in members)]
    before = accumulate(parts, initial=NOTHING)
    *after, _ = accumulate(reversed(parts), initial=NOTHING)
    item.alone, *wholes = (
        _share(item.whole, part, some + others)
        for part, some, others in zip(parts, before, reversed(after), strict=False)
    )
    for member, whole in zip(members, wholes, strict=True):
        member.whole = whole


def _before(item: Item, items: Mapping[str, Item]) -> Amount | Literal["all"] | None:
    """Return what is said of how much was being spent before, by an item or by what holds it.

    What an envelope says as £0 or all holds for the components that say nothing themselves.
    """
    if item.entry.existing is not None:
        return item.entry.existing
    around = (items[parent].before for parent in item.parents)
    return next((said for said in around if said == "all" or (said and said.high == 0)), None)


def _existing(item: Item, items: Mapping[str, Item]) -> Sum | None:
    """Return how much of an item's own money was being spent before, None if no source says.

    An amount is said of the whole sum: what lies inside it is taken out with its own.
    """
    if item.before is None:
        return None
    if item.before == "all":
        return item.own
    said = item.before
    inside = total(items[id_].existing or NOTHING for id_ in sorted(item.inside))
    stated = min(item.own.stated, max(NOUGHT, said.stated - inside.stated))
    low = min(stated, _at_least(said.low, inside.high))
    return Sum(stated, low, _less(said.high, inside.low))


def _own_money(ids: Iterable[str], items: Mapping[str, Item]) -> Decimal:
    return sum((items[id_].own.stated for id_ in ids), NOUGHT)


def _share(whole: Sum, one: Sum, other: Sum) -> Sum:
    """Tighten the bounds of one part of a whole by what the other part can be."""
    low = one.low if other.high is None else max(one.low, whole.low - other.high)
    highs = [high for high in (one.high, _less(whole.high, other.low)) if high is not None]
    return Sum(one.stated, low, min(highs) if highs else None)


def _less(high: Decimal | None, low: Decimal) -> Decimal | None:
    """Return what is left at most once at least so much is taken out, None where that is open."""
    return None if high is None else max(NOUGHT, high - low)


def _at_least(low: Decimal, high: Decimal | None) -> Decimal:
    """Return what is left at least once at most so much is taken out."""
    return NOUGHT if high is None else max(NOUGHT, low - high)


def envelopes_first(items: Mapping[str, Item]) -> list[str]:
    """Order ids so that every envelope comes before what it holds.

    Raises ValueError if an envelope holds itself, which the rule acyclic-envelopes refuses.
    """
    children: dict[str, list[str]] = {id_: [] for id_ in items}
    waiting_for = {id_: len(item.parents) for id_, item in items.items()}
    for id_, item in items.items():
        for parent in item.parents:
            children[parent].append(id_)
    ready = sorted((id_ for id_, count in waiting_for.items() if count == 0), reverse=True)
    ordered = []
    while ready:
        id_ = ready.pop()
        ordered.append(id_)
        for child in sorted(children[id_], reverse=True):
            waiting_for[child] -= 1
            if waiting_for[child] == 0:
                ready.append(child)
    if len(ordered) < len(items):
        raise ValueError("an envelope holds itself")
    return ordered
