"""How a ledger is made: which commitments were known on a day, what counts, and what bounds each.

What states money becomes an item; links say what lies in what. Standing comes first, since what
does not count holds nothing; then the one envelope that each item is bounded in; then ceilings,
from the outermost down, floors, from the innermost up, and last what each leaves of the others.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from functools import reduce
from itertools import chain
from typing import TYPE_CHECKING, Literal

from reformcalc.ledger.ledger import (
    Item,
    Ledger,
    Restated,
    Standing,
    as_sum,
    envelopes_around,
    in_all,
    linked_around,
    share,
)
from reformcalc.record.history import in_force, known_on
from reformcalc.record.ids import part_id
from reformcalc.values.money import NOTHING, NOUGHT, Amount, Range, Sum, total, with_the_others

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from reformcalc.record.model import Commitment, Dataset
    from reformcalc.values.years import Years


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
    items, not_yet, unsized = _known_items(
        dataset, among, as_of, also=also, floors_capped=floors_capped
    )
    ordered = _settle_standing(items)
    settle_holders(ordered)
    exceeded, size = _exceeded(ordered)
    for item in headlines(ordered):
        if item.standing is Standing.RESTATED:
            _limit_restated(item, ordered, size)
    for item in ordered.values():
        item.ceiling = _ceiling(item, ordered, exceeded)
    for item in reversed(ordered.values()):
        _settle_money(item, ordered)
    for item in ordered.values():
        _bound_parts(item, [ordered[member] for member in item.members])
    ledger = Ledger(as_of, ordered, tuple(sorted(not_yet)), tuple(sorted(unsized)))
    restated = tuple(_restated(ledger))
    return replace(ledger, restated=restated) if restated else ledger


def _known_items(
    dataset: Dataset,
    among: Mapping[str, Commitment],
    as_of: date,
    *,
    also: Collection[str],
    floors_capped: bool,
) -> tuple[dict[str, Item], list[str], list[str]]:
    items: dict[str, Item] = {}
    not_yet, unsized = [], []
    for id_, entry in sorted(among.items()):
        since = known_on(dataset, entry)
        if since is None or (since > as_of and id_ not in also):
            not_yet.append(id_)
            continue
        if entry.is_unsized:
            unsized.append(id_)
            continue
        stated = states(entry, max(since, as_of))
        if not stated:
            not_yet.append(id_)
            continue
        profile = in_force(entry.profile, as_of)
        money = as_sum(stated[0]) if entry.amount else total(as_sum(amount) for amount in stated)
        cap = sum((_capped(amount) for amount in stated), NOUGHT) if floors_capped else None
        printed = [amount.figure.printed for amount in stated] if entry.restates else []
        items[id_] = Item(
            id_,
            entry,
            money,
            cap=cap,
            rounding=sum(printed, NOUGHT) / 2,
            profile=profile.value if profile else {},
        )
    put_in_envelopes(items)
    for item in items.values():
        if item.entry.continues in items:
            item.carries_on = item.entry.continues
    return items, not_yet, unsized


def put_in_envelopes(items: dict[str, Item]) -> None:
    """Say which envelopes hold each item, and add the parts of items that lie in other envelopes.

    An envelope that is no item holds nothing.
    """
    for item in list(items.values()):
        for place in item.entry.part_of:
            if place.envelope not in items:
                continue
            if place.amount is None:
                item.parents += (place.envelope,)
                continue
            part = Item(part_id(item.id, place.envelope), item.entry, as_sum(place.amount))
            part.parents, part.part_in = (item.id, place.envelope), place.envelope
            items[part.id] = part


def states(entry: Commitment, as_of: date) -> list[Amount]:
    """Return what a commitment states on a day: its amount, else one for each of its years."""
    if entry.amount:
        revision = in_force(entry.amount, as_of)
        return [revision.value] if revision else []
    profile = in_force(entry.profile, as_of)
    return list(profile.value.values()) if profile else []


def _capped(amount: Amount) -> Decimal:
    """Return what an amount is at most, if "over £45m" is less than £46m."""
    return amount.stated + amount.figure.nonzero if amount.high is None else amount.high


def _settle_standing(items: dict[str, Item]) -> dict[str, Item]:
    """Decide what counts, and drop links that carry no money; return envelopes before components.

    What never counts holds nothing: its components are in what it lies in itself, if anything.
    """
    restating = headlines(items)
    superseding: dict[str, list[str]] = {}
    for item in items.values():
        for replaced in item.entry.supersedes if item.part_in is None else ():
            superseding.setdefault(replaced, []).append(item.id)
    around: dict[str, tuple[str, ...]] = {}  # of what never counts: the envelopes that hold it
    ordered = envelopes_first(items)
    for id_ in ordered:
        item = items[id_]
        envelopes = [items[parent] for parent in item.parents]
        item.doubt = _doubt(item, envelopes, items, restating)
        item.standing, item.by = _standing(item, envelopes, items, superseding)
        item.years, item.before = _years(item, envelopes), _before(item, envelopes)
        if not around.keys().isdisjoint(item.parents):
            held_by = (around.get(parent, (parent,)) for parent in item.parents)
            item.parents = tuple(dict.fromkeys(chain.from_iterable(held_by)))
        if item.standing in _NO_ENVELOPE:
            around[id_] = item.parents if item.standing is Standing.NEVER else ()
            item.parents = ()
    if around:
        ordered = envelopes_first(items)
    return {id_: items[id_] for id_ in ordered}


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
        if whole.standing in (Standing.SUPERSEDED, Standing.RESTATED):
            return whole.standing, whole.by
        if by := superseding.get(whole.id):  # of what never counts, as of what does
            return Standing.SUPERSEDED, tuple(by)
    elif restated := [id_ for id_ in item.entry.restates if id_ in items]:
        return Standing.RESTATED, tuple(restated)
    elif not item.entry.counted:
        return Standing.NEVER, ()
    if envelopes and all(e.standing is Standing.NEVER for e in envelopes):
        return Standing.NEVER, tuple(e.id for e in envelopes)
    if item.part_in is None and (by := superseding.get(item.id)):
        return Standing.SUPERSEDED, tuple(by)
    return (Standing.UNSURE, item.doubt) if item.doubt else (Standing.COUNTED, ())


def _doubt(
    item: Item, envelopes: list[Item], items: Mapping[str, Item], restating: Sequence[Item]
) -> tuple[str, ...]:
    """Return what an item may lie in by its own words, or as its envelopes do if none is sure."""
    if item.part_in is None and item.entry.may_overlap:
        overlapped = tuple(
            id_
            for id_ in item.entry.may_overlap
            if id_ in items and not adds_up(items, restating, item.id, id_)
        )
        if overlapped:
            return overlapped
    if not envelopes or any(envelope.standing is Standing.COUNTED for envelope in envelopes):
        return ()
    return tuple(dict.fromkeys(id_ for envelope in envelopes for id_ in envelope.doubt))


def headlines(items: Mapping[str, Item]) -> list[Item]:
    """Return the items that say others again, and not what of one lies in another envelope."""
    return [item for item in items.values() if item.entry.restates and item.part_in is None]


def adds_up(items: Mapping[str, Item], restating: Sequence[Item], one: str, other: str) -> bool:
    """Whether a headline adds two items up, or what holds them: neither is then in the other."""
    for headline in restating:
        restated = {id_ for id_ in headline.entry.restates if id_ in items}
        first = restated & {one, *linked_around(items, one)}
        second = restated & {other, *linked_around(items, other)}
        if first and second and not first & second:
            return True
    return False


def settle_holders(items: dict[str, Item]) -> None:
    """Say in which of its envelopes each item is bounded, and what lies in each but is not.

    That is the first-listed, and for most sums the only one. A shared sum of open size is bounded
    in the envelope that says most of it, whatever the order, so that no order changes a total.
    """
    shared = [item for item in items.values() if len(item.parents) > 1]
    open_ = _open(items) if shared else set()
    members: dict[str, list[str]] = {}
    for item in items.values():
        if item.parents:
            tightest = len(item.parents) > 1 and item.id in open_
            item.holder = _tightest(item, items) if tightest else item.parents[0]
            members.setdefault(item.holder, []).append(item.id)
        item.root = items[item.holder].root if item.holder else item.id
    for id_, inside in members.items():
        items[id_].members = tuple(inside)
    if shared:
        _settle_apart(items)


def _open(items: dict[str, Item]) -> set[str]:
    """Return the shared sums whose size, or whose new part, is open, and all that holds one."""
    told: set[str] = set()  # of what is said what was spent before, and all inside that
    for item in items.values():
        if item.before is not None or not told.isdisjoint(item.parents):
            told.add(item.id)
    found: set[str] = set()
    parts: defaultdict[str, Decimal] = defaultdict(Decimal)  # in each, at the least
    for item in reversed(items.values()):
        money, least = item.money, max(item.money.low, parts[item.id])
        for parent in item.parents:
            parts[parent] += least
        # What its parts exceed is as large as they are.
        open_ = not money.is_exact or least > money.low or (item.id in told and not item.is_told)
        if item.id in found or (len(item.parents) > 1 and open_):
            found |= {item.id, *item.parents}
    return found


def _tightest(item: Item, items: Mapping[str, Item]) -> str:
    """Return the envelope that bounds an item best, by the size of either or by what is new."""
    parents = [items[parent] for parent in item.parents]
    outer = {around for parent in parents for around in envelopes_around(parent, items)}

    def tight(held_by: Item) -> tuple[bool | Decimal | str, ...]:
        ids, money = (held_by.id, *envelopes_around(held_by, items)), held_by.money
        silent = not any(items[id_].before for id_ in ids)
        size = (not money.is_exact, money.high is None, money.high or NOUGHT)
        return (silent, *size, held_by.id) if item.money.is_exact else (*size, silent, held_by.id)

    # An inner one says at least as much as those around it.
    return min((parent for parent in parents if parent.id not in outer), key=tight).id


def _settle_apart(items: dict[str, Item]) -> None:
    """Find the outermost of what lies in each item, but is bounded outside it."""
    place = {id_: n for n, id_ in enumerate(_walk(items))}
    last: dict[str, int] = {}  # the place of the last item of each tree
    outside: dict[str, set[str]] = {}  # what lies in an item and is bounded outside a part of it
    for item in reversed(items.values()):
        last[item.id] = max((last[member] for member in item.members), default=place[item.id])
        apart: list[str] = []
        for id_ in sorted(outside.pop(item.id, ()), key=place.__getitem__):
            here = place[item.id] <= place[id_] <= last[item.id]
            if not here and (not apart or place[id_] > last[apart[-1]]):
                apart.append(id_)
        item.apart = tuple(apart)
        for parent in item.parents:
            beside = () if parent == item.holder else (item.id,)
            if apart or beside:
                outside.setdefault(parent, set()).update(apart, beside)


def _walk(items: dict[str, Item]) -> Iterator[str]:
    """Yield all ids, each before those that are bounded in it, and these before any others."""
    waiting = [id_ for id_, item in items.items() if item.holder is None]
    while waiting:
        id_ = waiting.pop()
        yield id_
        waiting += items[id_].members


def _years(item: Item, envelopes: list[Item]) -> Years | None:
    """Return the years that an item shares with the envelopes that hold it, counted or not."""
    years = item.entry.years if item.part_in is None else None
    for envelope in envelopes:
        if years is None or envelope.years is None:
            years = years or envelope.years
        else:
            years = years.shared(envelope.years) or years
    return years


def _settle_money(item: Item, items: dict[str, Item]) -> None:
    """Compute own money and bounds, once everything inside the item has its own."""
    if item.standing is Standing.RESTATED:
        return
    if item.money.is_exact and item.ceiling == item.money.high and not item.is_envelope:
        # Nearly always: one size, of which nothing lies around or inside.
        money = item.money
        item.own = item.subtree = replace(money, word="") if money.word else money
        return
    parts = total(items[member].subtree for member in item.members)
    apart = total(items[outermost].subtree for outermost in item.apart)
    least, high = parts.low + apart.low, item.ceiling
    if item.money.high is None:
        nothing_left = least >= item.money.stated
    else:
        nothing_left = high is None or least > high
    if item.is_envelope and nothing_left:
        # The parts of an "over £2.4bn" reach its floor, or those of a sum exceed it.
        item.own, item.subtree = NOTHING, parts
        return
    stated = item.money.stated if high is None else min(item.money.stated, high)
    own = max(NOUGHT, stated - parts.stated - apart.stated)
    low = max(parts.low, item.money.range.without(apart.range).low)
    if high is not None:
        high = max(low, high - apart.low)
        if parts.stated > high:
            _lower(item.members, parts.stated - high, items)
            parts = total(items[member].subtree for member in item.members)
    item.subtree = Sum(own + parts.stated, low, high)
    item.own = Sum(
        own,
        NOUGHT if parts.high is None else min(own, max(NOUGHT, low - parts.high)),
        None if high is None else max(own, high - parts.low),
    )


def _says_again(item: Item, items: Mapping[str, Item]) -> list[Item]:
    """Return the sums that a headline adds up; nothing until each of them is known."""
    sums = [items[id_] for id_ in item.entry.restates if id_ in items]
    whole = len(sums) == len(item.entry.restates)
    return sums if whole and all(held.standing is not Standing.RESTATED for held in sums) else []


def _printed(item: Item) -> Range:
    """Return what a headline can be with its printed rounding: £36m is £35.5m to £36.5m."""
    high = _ceiling_in_words(item)
    low = max(NOUGHT, item.money.low - item.rounding)
    return Range(low, None if high is None else high + item.rounding)


def _limit_restated(item: Item, items: Mapping[str, Item], size: Mapping[str, Range]) -> None:
    """Limit each sum that a headline says again to what the others leave of it at the most.

    A headline that even the least of them exceed is contradicted, and limits nothing.
    """
    sums, most = _says_again(item, items), _printed(item).high
    if len(sums) > 1 and any(held.apart for held in sums):
        return  # what two of them hold is in it once: only all of them together are bounded
    ids = {held.id for held in sums}
    sums = [held for held in sums if ids.isdisjoint(envelopes_around(held, items))]
    least = {held.id: _least(held, size) for held in sums}
    together = sum(least.values(), NOUGHT)
    if most is None or together > most:
        return
    for held in sums:
        left = most - together + least[held.id]
        held.limit = left if held.limit is None else min(held.limit, left)


def _least(item: Item, size: Mapping[str, Range]) -> Decimal:
    """Return the least that an item is, with what lies in it and is bounded elsewhere."""
    return size[item.id].low + sum((size[outermost].low for outermost in item.apart), NOUGHT)


def _restated(ledger: Ledger) -> Iterator[Restated]:
    """Yield what each headline bounds more closely than the envelopes of its sums do."""
    for item in headlines(ledger.items):
        if item.standing is not Standing.RESTATED or not (sums := _says_again(item, ledger.items)):
            continue
        ids = frozenset(id_ for held in sums for id_ in (held.id, *ledger.inside(held.id)))
        bounds, now = _printed(item), ledger.money(ids).range
        if bounds.meets(now) and now.low != now.high:
            yield Restated(ids, bounds)


def _exceeded(items: dict[str, Item]) -> tuple[set[str], dict[str, Range]]:
    """Return what holds more than its words allow, by rounding or as an exception; and the sizes.

    The latter are of each item with what is bounded in it: what lies in it, and is bounded
    elsewhere, is left out.
    """
    found = set()
    size: dict[str, Range] = {}
    for item in reversed(items.values()):
        if len(item.parents) <= 1 and not item.is_envelope:
            size[item.id] = Range(item.money.low, _ceiling_in_words(item))
            continue
        parts = sum((size[inner].low for inner in item.members), NOUGHT)
        apart = reduce(
            Range.plus, (size[outermost] for outermost in item.apart), Range(NOUGHT, NOUGHT)
        )
        if item.money.high is None and parts + apart.low >= item.money.stated:
            item.cap = None  # the parts reach the floor, and are as large as they are
        high = _ceiling_in_words(item)
        if high is not None and parts + apart.low + _more_with_apart(item, items, size) > high:
            found.add(item.id)
            high = None
        stated = Range(item.money.low, high).without(apart)
        if len(item.parents) > 1:
            # A shared sum is no more than any envelope that holds it.
            for parent in item.parents:
                stated = stated.meeting(Range(NOUGHT, _ceiling_in_words(items[parent])))
        size[item.id] = Range(max(parts, stated.low), stated.high)
    return found, size


def _more_with_apart(item: Item, items: Mapping[str, Item], size: Mapping[str, Range]) -> Decimal:
    """Return by how much what is inside an item is more than its parts are at the least each.

    A member is at least what it states with what lies in it and is bounded elsewhere; where the
    item holds that too, and no other member does, both are in it.
    """
    more, free = NOUGHT, set(item.apart)
    for member in (items[id_] for id_ in item.members if free):
        if member.apart and free.issuperset(member.apart):
            free.difference_update(member.apart)
            least = size[member.id].low + sum(
                (size[outermost].low for outermost in member.apart), NOUGHT
            )
            more += max(NOUGHT, member.money.low - least)
    return more


def _ceiling_in_words(item: Item) -> Decimal | None:
    return item.cap if item.money.high is None else item.money.high


def _ceiling(item: Item, items: Mapping[str, Item], exceeded: Collection[str]) -> Decimal | None:
    """Return the most that an item can be by its own words and those of all that holds it.

    What its parts exceed is as large as these.
    """
    if item.id in exceeded:
        return None
    highs = [items[parent].ceiling for parent in item.parents]
    own = (_ceiling_in_words(item), item.limit)
    ceilings = [high for high in (*highs, *own) if high is not None]
    return min(ceilings) if ceilings else None


def _lower(ids: Iterable[str], by: Decimal, items: Mapping[str, Item]) -> None:
    """Take from what open parts state so much as their envelope cannot hold.

    An "up to £9m" in an envelope of £1m is at most £1m of it. From each as much as its own bounds
    allow, what it holds itself before its parts; together they always allow it.
    """
    waiting = [(list(ids), by)]
    while waiting:
        members, left = waiting.pop()
        for id_ in members:
            item = items[id_]
            taken = min(left, item.subtree.stated - item.subtree.low)
            if not taken:
                continue
            left -= taken
            item.subtree = replace(item.subtree, stated=item.subtree.stated - taken)
            from_own = min(taken, item.own.stated - item.own.low)
            item.own = replace(item.own, stated=item.own.stated - from_own)
            if taken > from_own:
                waiting.append((list(item.members), taken - from_own))


def _bound_parts(item: Item, members: list[Item]) -> None:
    """Bound own money and that of each member by the whole, once that has its own bounds.

    It is what `Ledger.money` says of each alone: there, to ask it of all of a deep tree would take
    a walk over the tree for each.
    """
    if item.holder is None:
        item.settled_subtree = item.subtree
    if not members:
        item.settled_own = share(item.settled_subtree, item.own, NOTHING)
        return
    parts = [item.own, *(member.subtree for member in members)]
    if all(part.is_exact for part in parts):
        item.settled_own = item.own
        for member in members:
            member.settled_subtree = member.subtree
        return
    item.settled_own, *wholes = (
        share(item.settled_subtree, part, others)
        for part, others in with_the_others(parts, Sum.__add__, NOTHING)
    )
    for member, whole in zip(members, wholes, strict=True):
        member.settled_subtree = whole


def _before(item: Item, envelopes: list[Item]) -> Sum | Literal["all"] | None:
    """Return what is said of how much was being spent before, by an item or by what holds it.

    What an envelope says as £0 or all, counted or not, holds for the components that say nothing
    themselves.
    """
    existing = item.entry.existing
    if existing is not None and item.part_in is None:
        return existing if existing == "all" else total(map(as_sum, in_all(existing)))
    around = (envelope.before for envelope in envelopes)
    return next((said for said in around if said == "all" or (said and said.high == 0)), None)


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
