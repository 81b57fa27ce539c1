"""What lies in each envelope at the least, day by day: on which days that is more than it holds.

One pass over the days on which anything changes. A ledger for each of them would take the square of
the time where the parts of a sum are announced one by one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING, NamedTuple

from reformcalc.ledger.ledger import Item, as_sum, ever_stated
from reformcalc.ledger.settling import envelopes_first, put_in_envelopes, settle_holders, states
from reformcalc.record.history import in_force, known_on
from reformcalc.record.ids import part_id
from reformcalc.values.money import NOTHING, NOUGHT, total

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from reformcalc.record.model import Commitment, Dataset


class Excess(NamedTuple):
    """An envelope with more in it than it holds, on the first day of that.

    `least` is what is inside it at the least, in pounds; `parts` are the commitments known by then
    that lie in it; `newer` is whether one became known after the envelope's figure was given.
    """

    envelope: str
    day: date
    least: Decimal
    parts: tuple[str, ...]
    newer: bool


class _Least(NamedTuple):
    """The least that some money is, and how much of that printed rounding may account for."""

    money: Decimal = NOUGHT
    slack: Decimal = NOUGHT

    def plus(self, other: _Least) -> _Least:
        return _Least(self.money + other.money, self.slack + other.slack)

    def minus(self, other: _Least) -> _Least:
        return _Least(self.money - other.money, self.slack - other.slack)


_NOTHING = _Least()


@dataclass(slots=True)
class _Node:
    """A commitment, or a part of one that lies in an envelope, on the day that has come."""

    item: Item
    beside: list[str] = field(default_factory=list)  # envelopes that it lies in, bounded elsewhere
    own: _Least | None = None  # what it states; None where it is not known, or repeats others
    inside: _Least = _NOTHING  # what is bounded in it
    apart: _Least = _NOTHING  # what lies in it, and is bounded elsewhere
    counts: _Least = _NOTHING  # what it adds to what holds it

    def least(self) -> _Least:
        """Return what it is at the least, with what is bounded in it."""
        if self.own is None:
            return _NOTHING
        slack = self.inside.slack or self.own.slack
        stated = NOUGHT if self.item.apart else self.own.money
        return _Least(max(self.inside.money, stated), slack)


def exceeded(dataset: Dataset) -> list[Excess]:
    """Return the envelopes that ever hold less than what is inside them, inner ones first.

    Of each the first day on which all parts were known before its figure was given, else the first
    day of all. Printed rounding is allowed for, and what has no ceiling holds anything.
    """
    scope = _maybe_exceeded(dataset)
    if not scope:
        return []  # nearly always, and there are many
    days = _Days(dataset, scope)
    found: dict[str, Excess] = {}
    for day, changed in sorted(days.changes().items()):
        touched = {one: None for id_ in sorted(changed) for one in days.update(id_, day)}
        for id_ in touched:
            if id_ in found and not found[id_].newer:
                continue
            one = days.excess(id_, day)
            if one and (id_ not in found or not one.newer):
                found[id_] = one
    return [found[id_] for id_ in reversed(days.nodes) if id_ in found]


def _maybe_exceeded(dataset: Dataset) -> dict[str, Commitment]:
    """Return the envelopes that may ever hold less than what is inside them, and all that is.

    What an item and all inside it are at the least is never more than the larger of what it has
    ever stated and what is inside it. That is soon worked out, once for all days, and rules most
    envelopes out.
    """
    commitments = dataset.commitments
    inside: defaultdict[str, list[tuple[str, Decimal | None]]] = defaultdict(list)
    for id_, entry in commitments.items():
        for part in entry.part_of:
            apart = part.amount.low if part.amount else None
            inside[part.envelope].append((id_, apart))
    envelopes = {id_: [one for one, _ in parts if one in inside] for id_, parts in inside.items()}
    least: dict[str, Decimal] = {}
    found: dict[str, Commitment] = {}
    for id_ in TopologicalSorter(envelopes).static_order():
        entry = commitments[id_]
        stated = ever_stated(entry)
        within = sum((one.amount.low for one in entry.part_of if one.amount), NOUGHT)
        for one, apart in inside[id_]:
            if apart is not None:
                within += apart
            else:
                within += least[one] if one in least else _least_ever(commitments[one])
        least[id_] = max(within, _least_ever(entry))
        highs = (one.high for one in stated if one.high is not None)
        if within > min(highs, default=within):
            found[id_] = entry
    waiting = list(found)
    while waiting:
        new = {one for one, _ in inside[waiting.pop()]} - found.keys()
        found |= {one: commitments[one] for one in new}
        waiting += new
    # A part that also lies elsewhere is there once that envelope is known.
    parts = [part for entry in found.values() for part in entry.part_of if part.amount]
    return found | {part.envelope: commitments[part.envelope] for part in parts}


def _least_ever(entry: Commitment) -> Decimal:
    """Return the largest of all that a commitment has ever been at the least."""
    if len(entry.amount) == 1:  # nearly always, and there are many
        return entry.amount[0].value.low
    return max((stated.low for stated in ever_stated(entry)), default=NOUGHT)


class _Days:
    """Some commitments of a record as the days go by."""

    def __init__(self, dataset: Dataset, scope: dict[str, Commitment]) -> None:
        self._commitments = scope
        restated = {other for entry in scope.values() for other in entry.restates}
        self._known = {
            id_: known_on(dataset, dataset.commitments[id_]) or date.max
            for id_ in (*scope, *sorted(restated - scope.keys()))
        }
        self.nodes = self._set_up()
        self._parts: dict[str, tuple[list[date], list[str]]] = {}

    def _set_up(self) -> dict[str, _Node]:
        """Return all that counts, and the parts of it in envelopes, envelopes first."""
        items = {
            id_: Item(id_, entry, NOTHING)
            for id_, entry in sorted(self._commitments.items())
            if entry.counted
        }
        put_in_envelopes(items)
        for item in items.values():
            # Sizes change by the day: each is bounded where it is listed first.
            item.money = NOTHING
        ordered = {id_: items[id_] for id_ in envelopes_first(items)}
        settle_holders(ordered)
        nodes = {id_: _Node(item) for id_, item in ordered.items()}
        for id_, item in ordered.items():
            for outermost in item.apart:
                nodes[outermost].beside.append(id_)
        return nodes

    def changes(self) -> dict[date, set[str]]:
        """Return which commitments change on which day: known, revised, or repeating others."""
        found: defaultdict[date, set[str]] = defaultdict(set)
        for id_, entry in self._commitments.items():
            if id_ not in self.nodes:
                continue
            days = {one.since for one in (*entry.amount, *entry.profile) if one.since}
            days |= {self._known[other] for other in entry.restates}
            days |= {self._known.get(one.envelope, date.max) for one in entry.part_of if one.amount}
            for day in (self._known[id_], *days):
                found[max(day, self._known[id_])].add(id_)
        return found

    def update(self, id_: str, day: date) -> Iterator[str]:
        """Bring a commitment and its parts in envelopes up to a day; yield what that touches."""
        entry = self._commitments[id_]
        stated = states(entry, day)
        if stated and not any(self._known[other] <= day for other in entry.restates):
            slack = sum((one.figure.printed / 2 for one in stated), NOUGHT)
            money = total(as_sum(one) for one in stated)
            self.nodes[id_].own = _Least(money.low, slack if entry.amount else NOUGHT)
        else:
            self.nodes[id_].own = None
        yield id_
        yield from self._carry_up(id_)
        for part in entry.part_of:
            shared = self.nodes.get(part_id(id_, part.envelope))
            if shared and part.amount and self._known[part.envelope] <= day:
                shared.own = _Least(part.amount.low, part.amount.figure.printed / 2)
                yield from self._carry_up(shared.item.id)

    def _carry_up(self, id_: str) -> Iterator[str]:
        """Add what changed of an item to all that holds it, as far up as it changes anything."""
        holder: str | None = id_
        while holder is not None:
            node = self.nodes[holder]
            before, node.counts = node.counts, node.least()
            change = node.counts.minus(before)
            if change == _NOTHING:
                return
            for envelope in node.beside:
                self.nodes[envelope].apart = self.nodes[envelope].apart.plus(change)
                yield envelope
            holder = node.item.holder
            if holder is not None:
                self.nodes[holder].inside = self.nodes[holder].inside.plus(change)
                yield holder

    def excess(self, id_: str, day: date) -> Excess | None:
        """Return what is inside an envelope on a day, where that is surely more than it holds."""
        node, entry = self.nodes[id_], self._commitments.get(id_)
        least = node.inside.plus(node.apart)
        if entry is None or node.own is None or not least.money:
            return None
        high = total(as_sum(one) for one in states(entry, day)).high
        if high is None or least.money - least.slack - node.own.slack <= high:
            return None
        days, parts = self._known_parts(id_)
        count = bisect_right(days, day)
        if not count:  # all that is inside it is parts of itself, which are another rule's
            return None
        revision = in_force(entry.amount, day)
        given = (revision.since if revision else None) or self._known[id_]
        return Excess(id_, day, least.money, tuple(parts[:count]), days[count - 1] > given)

    def _known_parts(self, id_: str) -> tuple[list[date], list[str]]:
        """Return the commitments inside an envelope in the order in which they became known."""
        if id_ not in self._parts:
            inside: set[str] = set()
            waiting = [id_]
            while waiting:
                item = self.nodes[waiting.pop()].item
                new = {*item.members, *item.apart} - inside
                inside |= new
                waiting += new
            of = {one: self.nodes[one].item for one in inside}
            commitments = {of[one].parents[0] if of[one].part_in else one for one in inside}
            parts = sorted(commitments - {id_}, key=lambda one: (self._known[one], one))
            self._parts[id_] = [self._known[one] for one in parts], parts
        return self._parts[id_]
