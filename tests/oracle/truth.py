"""What a record says on a day, by a second implementation of the arithmetic.

It was written from the rules of money alone (counted from 1 to 21 in the comments) without reading
the program's own arithmetic, so that a slip has to be made twice to pass. It is slow and plain.

**An assignment** is one way in which everything that the record says could be true at once. It
gives each sum its *own* money (in it, and in no sum inside it) by financial year, none negative,
and says how much of that was being spent before. Those that the words allow make a polytope:

- A sum is its own money and the own money of everything inside it, at any depth, each once (1).
  Its words bound that: "over £45m" from below, "up to £9m" from above, "about £300m" on both
  sides by half a unit of the last digit that is not a nought before the point (14).
- A sum that lies in several envelopes is the same money in each. `{in: ID, amount: £3m}` is a
  component of £3m in both the sum and that envelope (7).
- A superseded sum, and one in doubt, is money of its envelopes like any other; it is only not
  counted (4, 6). A headline that restates a known sum is no money at all and holds nothing (5).
- What never counts has bounds of its own, is not inside anything, and hands on to its envelopes
  what is inside it and counts by another envelope (4).
- An at-least sum whose parts come to its figure even at their least has no own money (3).
- Money falls in the years of its sum and of all envelopes of that (11a); in answers about years a
  profile bounds what of the whole sum falls in a year (11c). Money of no stated year can be in any.
- `existing` is said of the whole sum with everything inside; of no own money is more old than all
  of it (9).

Where the rules leave a meaning open, the wider reading is taken, since it is the sound one:

- Where even the least that parts can be is more than an envelope's ceiling (rounding, or parts
  newer than its figure: 1, 15), that ceiling is contradicted: the envelope has no own money and is
  as large as its parts. The other reading, that each part is then at its least, would let
  "not met" rest on a figure that is known to be wrong.
- Yearly figures say nothing about sizes in answers that are not about years, nor does what was
  being spent before in answers that are not of new money. Yearly figures of a sum whose size is
  open may be read as open as the sum is: bounds of years need not be exact there.
- What lies in a doubtful sum stays in doubt where that sum is superseded: only own money ends (6).
  For the same reason no superseded envelope makes a part of a doubtful sum sure.
- Which financial years a row is about is said by the record, not by the assignment: those of each
  counted sum that could have money, and of "first two years" the first two that could.
- A never-counted sum bounds what lies in it and counts by another envelope: it is real money.

Where no assignment is left, the words contradict one another and no answer is expected.

All sums are in £ million, as floats: made-up figures have few digits.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tests.oracle.solving import INF, Contradiction, Unknowns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

NEARLY = 1e-5  # £10: the solver is exact to less, and the program to a pound
Record = dict[str, Any]


@dataclass(frozen=True)
class Words:
    """An amount as worded; `unit` is what a floor is exceeded by at the most, for verdicts."""

    stated: float
    low: float
    high: float
    unit: float = 0.0

    @property
    def floor_only(self) -> bool:
        return self.high == INF

    def for_verdicts(self) -> Words:
        """Read "over £45m" as less than £46m (10)."""
        return replace(self, high=self.stated + self.unit) if self.floor_only else self


def read(text: str) -> Words:
    """Read "£8m", "over £8m", "up to £8m", "about £8m" or "£8m to £9m"."""
    figures = re.findall(r"£([\d.]+)m?", text)
    first = float(figures[0])
    point = "." in figures[0]
    digits = figures[0].rstrip("0") if not point else figures[0]
    printed = 10.0 ** -(len(figures[0].split(".")[1]) if point else 0)
    noughts = len(figures[0]) - len(digits)
    significant = printed if point else 10.0**noughts if first else 1.0
    if len(figures) == 2:
        return Words(first, first, float(figures[1]))
    match text.partition("£")[0].strip():
        case "":
            return Words(first, first, first)
        case "over":
            return Words(first, first, INF, significant)
        case "up to":
            return Words(first, 0.0, first)
        case "about":
            return Words(first, max(0.0, first - significant / 2), first + significant / 2)
    raise ValueError(text)


def rounding(text: str) -> float:
    """Return half a unit of the last digit that is printed of an amount's first figure."""
    _, _, decimals = re.findall(r"£([\d.]+)m?", text)[0].partition(".")
    return 10.0 ** -len(decimals) / 2


def year_run(text: str) -> frozenset[int]:
    """Return the first calendar year of each financial year: "2024-25..2025-26" is 2024, 2025."""
    first, _, last = text.partition("..")
    return frozenset(range(int(first[:4]), int((last or first)[:4]) + 1))


def last_day(text: str) -> date:
    """Return the last day of "2024-01-10" or "March 2024"."""
    if re.match(r"\d{4}-", text):
        return date.fromisoformat(text)
    month, year = text.split()
    number = list(calendar.month_name).index(month)
    return date(int(year), number, calendar.monthrange(int(year), number)[1])


def known_on(entry: Record, sources: Record) -> date:
    """Return the day from which an entry is known (8)."""
    if "announced" in entry:
        return last_day(entry["announced"])
    named = [sources[claim["source"]] for claim in entry["claims"]]
    dated = [last_day(source["published"]) for source in named if "published" in source]
    return min(dated or [last_day(source["accessed"]) for source in named])


def in_force(revised: Any, day: date) -> Any:
    """Return a value, or of dated revisions that of the day; the first before its own day."""
    if not isinstance(revised, list):
        return revised
    value = None
    for one in revised:
        if value is None or last_day(one["from"]) <= day:
            value = one["is"]
    return value


@dataclass(frozen=True)
class Item:
    """A commitment as known on a day, or the part of one that lies in a second envelope."""

    id: str
    words: Words
    entry: Record
    parents: tuple[str, ...]
    own_years: frozenset[int] | None
    profile: dict[int, Words] = field(default_factory=dict)
    existing: str | dict[str, str] | None = None


Terms = dict[tuple[str, int | None], float]  # what each own money in each year counts for


@dataclass(frozen=True)
class Chosen:
    """What of a selection counts, what may be counted already, and what is so up to a limit."""

    sure: list[Item]
    perhaps: list[Item]
    partly: list[tuple[list[Item], float]]

    @property
    def in_doubt(self) -> list[Item]:
        return [*self.perhaps, *(one for items, _ in self.partly for one in items)]


# What some sums may lie in by their own words or their envelopes', and all that could hold them.
Place = tuple[frozenset[str], frozenset[str]]


def _holding(places: Iterable[Place]) -> frozenset[str]:
    return frozenset().union(*(holding for _, holding in places))


def _joined(groups: Mapping[Place, set[str]], ids: set[str]) -> list[list[Place]]:
    """Join what may hold some sums with whatever else may hold others of the same selection."""
    waiting, found = list(groups), []
    while waiting:
        joined = [waiting.pop(0)]
        while near := [one for one in waiting if one[1] & ids & _holding(joined)]:
            joined += near
            waiting = [one for one in waiting if one not in near]
        found.append(joined)
    return found


class World:
    """A record as known on a day."""

    def __init__(self, record: Record, day: date) -> None:
        self.day = day
        entries: Record = record["commitments"]
        self._entries = entries
        sources = record["sources"]
        self.known = {id_ for id_, one in entries.items() if known_on(one, sources) <= day}
        self.headlines = {
            id_ for id_ in self.known if self.known & set(entries[id_].get("restates", ()))
        }
        real = self.known - self.headlines
        self.items: dict[str, Item] = {}
        for id_ in sorted(real):
            self._add(id_, entries[id_], real)
        # What the answers to each recommendation name.
        self.recommendations = {
            id_: {
                named
                for answer in one["responses"]
                if last_day(answer["on"]) <= day
                for named in answer["commitments"]
            }
            for id_, one in record.get("recommendations", {}).items()
        }
        self.superseded = {
            one.id
            for one in self.items.values()
            for id_ in self.known
            if one.id.partition("~")[0] in entries[id_].get("supersedes", ())
        }

    def _add(self, id_: str, entry: Record, real: set[str]) -> None:
        links = [one if isinstance(one, dict) else {"in": one} for one in entry.get("part_of", ())]
        wholes = tuple(one["in"] for one in links if "amount" not in one and one["in"] in real)
        years = year_run(entry["years"]) if "years" in entry else None
        profile = {
            int(year[:4]): read(said)
            for year, said in (in_force(entry.get("profile", {}), self.day) or {}).items()
        }
        if "amount" in entry:
            words = read(in_force(entry["amount"], self.day))
        else:
            each = profile.values()
            stated, low, high, careful = (
                sum(ends)
                for ends in zip(
                    *((o.stated, o.low, o.high, o.for_verdicts().high) for o in each), strict=True
                )
            )
            words = Words(stated, low, high, careful - stated)
        existing = entry.get("existing")
        self.items[id_] = Item(id_, words, entry, wholes, years, profile, existing)
        for one in links:
            if "amount" in one and one["in"] in real:
                part = f"{id_}~{one['in']}"
                self.items[part] = Item(part, read(one["amount"]), entry, (id_, one["in"]), None)

    # What lies in what, and what counts.

    @cached_property
    def order(self) -> list[str]:
        """Return the ids, each before its envelopes."""
        done: list[str] = []
        below = {id_: [o.id for o in self.items.values() if id_ in o.parents] for id_ in self.items}

        def visit(id_: str) -> None:
            if id_ not in done:
                for child in below[id_]:
                    visit(child)
                done.append(id_)

        for id_ in self.items:
            visit(id_)
        return done

    @cached_property
    def above(self) -> dict[str, set[str]]:
        """The envelopes of each, at any height."""
        found: dict[str, set[str]] = {}
        for id_ in reversed(self.order):
            parents = self.items[id_].parents
            found[id_] = set(parents).union(*(found[parent] for parent in parents))
        return found

    @cached_property
    def never(self) -> set[str]:
        """What never counts: said so, or with no envelope that could count (4)."""
        found: set[str] = set()
        for id_ in reversed(self.order):
            item = self.items[id_]
            said = item.entry.get("counted") == "false" and "~" not in id_
            if said or (item.parents and found >= set(item.parents)):
                found.add(id_)
        return found

    @cached_property
    def doubtful(self) -> set[str]:
        """What may already be in another sum; components follow unless one envelope is sure."""
        found: set[str] = set()
        for id_ in reversed(self.order):
            item = self.items[id_]
            said = "~" not in id_ and self._overlapped(id_)
            over = set(item.parents) - self.never
            if said or (over & found and over <= found | self.superseded):
                found.add(id_)
        return found

    def _overlapped(self, id_: str) -> set[str]:
        said = self.known & {*self.items[id_].entry.get("may_overlap", ())}
        return {one for one in said if not self.added_up(id_, one)}

    def added_up(self, one: str, other: str) -> bool:
        """Whether a headline adds up what two sums are, or lie in: neither is in the other (20)."""
        if other in self.headlines:
            return False
        first, second = {one, *self.above[one]}, {other, *self.above[other]}
        for id_ in self.headlines:
            said = {*self._entries[id_]["restates"]} & self.known
            if said & first and said & second and not said & first & second:
                return True
        return False

    def may_be_in(self, id_: str) -> frozenset[str]:
        """Return what a doubtful sum may lie in, by its own words or else by its envelopes' (4)."""
        if "~" not in id_ and (said := self._overlapped(id_)):
            return frozenset(said)
        parents = [one for one in self.items[id_].parents if one in self.doubtful]
        return frozenset().union(*map(self.may_be_in, parents))

    def chosen(self, among: Iterable[Item]) -> Chosen:
        """Weigh the doubt of a selection: as far as what is selected can hold the sums (20)."""
        ids = {one.id for one in among}
        groups: dict[Place, set[str]] = {}
        for item in self.perhaps:
            if item.id in ids:
                place = self.may_be_in(item.id), self._could_hold(item.id)
                groups.setdefault(place, set()).add(item.id)
        found = Chosen([one for one in self.sure if one.id in ids], [], [])
        for joined in _joined(groups, ids):
            some = {id_ for place in joined for id_ in groups[place]}
            items = [self.items[id_] for id_ in sorted(some)]
            stated, most = self._capacity(_holding(joined) & ids, some)
            # What one sum takes of what may hold it no other can.
            each = [self._capacity(place[1] & ids, groups[place]) for place in joined]
            most = min(most, sum(min(one) for one in each)) if len(joined) > 1 else most
            if most <= NEARLY:
                found.sure.extend(items)
            elif most >= stated - NEARLY:
                found.perhaps.extend(items)
            else:
                found.partly.append((items, most))
        return found

    def _capacity(self, holding: Iterable[str], some: set[str]) -> tuple[float, float]:
        """Return what some sums state, and how much of them what may hold them can hold."""
        held = self.own(self.items[id_] for id_ in sorted(set(holding) - some))
        for id_ in self.never.intersection(holding):  # as large as it is, whatever lies in it
            held |= self.whole(id_)
        items = [self.items[id_] for id_ in sorted(some)]
        (_, most), (_, at_most) = Polytope(self).solve([held, self.own(items)])
        # A stated figure that the words rule out is brought within them.
        return min(sum(self.stated[id_] for id_ in some), at_most), most

    def _could_hold(self, id_: str) -> frozenset[str]:
        around = {
            one
            for holder in self.may_be_in(id_) & self.items.keys()
            if holder not in (self.superseded - self.never) | self.headlines
            for one in (holder, *self.inside[holder])
            if one == holder or holder not in self.never
        }
        around -= self.above[id_]  # own money of what holds it is not in it
        return frozenset(one for one in around if not self.added_up(id_, one))

    @cached_property
    def inside(self) -> dict[str, list[str]]:
        """What is inside each, at any depth, without what never counts."""
        return {
            id_: [one for one in self.order if id_ in self.above[one] and one not in self.never]
            for id_ in self.items
        }

    @cached_property
    def nothing(self) -> set[str]:
        """What counts nothing, neither surely nor perhaps."""
        return self.never | self.superseded

    @cached_property
    def sure(self) -> list[Item]:
        out = self.nothing | self.doubtful
        return [one for one in self.items.values() if one.id not in out]

    @cached_property
    def perhaps(self) -> list[Item]:
        return [
            o for o in self.items.values() if o.id in self.doubtful and o.id not in self.nothing
        ]

    @cached_property
    def years(self) -> dict[str, frozenset[int] | None]:
        """The years of each sum's own money: shared with all its envelopes; None for not stated."""
        found: dict[str, frozenset[int] | None] = {}
        for id_ in self.items:
            runs = [self.items[one].own_years for one in (id_, *sorted(self.above[id_]))]
            stated = [run for run in runs if run is not None]
            found[id_] = frozenset.intersection(*stated) if stated else None
            if stated and not found[id_]:
                raise Contradiction
        return found

    # Stated figures.

    @cached_property
    def stated(self) -> dict[str, float]:
        """Own money by stated figures (1)."""
        own: dict[str, float] = {}
        for id_ in self.order:
            own[id_] = max(
                0.0, self.items[id_].words.stated - sum(own[one] for one in self.inside[id_])
            )
        return own

    @cached_property
    def stated_fits(self) -> bool:
        """Whether stated figures fit what holds them: else it is open which of them is less.

        "Up to £9m" and "up to £3m" in £11m are stated as more than there can be.
        """
        return all(
            self.stated[id_] + sum(self.stated[one] for one in inside)
            <= self.items[id_].words.high + NEARLY
            for id_, inside in self.inside.items()
            if inside
        )

    @property
    def weighs_rough_figures(self) -> bool:
        """Whether how much of a doubtful sum counts in a selection rests on figures that are open.

        It rests on what is stated (20), and no rule says which of some that do not fit is less.
        """
        return bool(self.perhaps) and not self.stated_fits

    def known_new(self, items: Iterable[Item], how: str) -> float | None:
        """Return what is known to be new of stated figures (9), None where words leave that open.

        That is the least there can be where all own money is what stated figures make it.
        """
        every = [one.existing for one in self.items.values() if one.existing not in (None, "all")]
        said = [
            read(words)
            for one in every
            for words in (one.values() if isinstance(one, dict) else [one])
            if words
        ]
        if self.contradicted or any(one.low != one.high for one in said):
            return None
        fixed = Polytope.of_no_words(self)
        for id_, own in self.stated.items():
            fixed.between(self.own([self.items[id_]]), own, own)
        fixed.say_what_was_spent_before()
        try:
            return fixed.solve([self.new(items, how)])[0][0]
        except Contradiction:
            return None

    # Assignments.

    def restated(self, *, verdicts: bool = False) -> Iterator[tuple[list[str], float, float]]:
        """Yield the sums that a headline says again, with what it says of them together (21).

        Half a unit of the last printed digit on both sides; "up to" gives no floor.
        """
        for id_ in self.headlines:
            entry = self._entries[id_]
            said = set(entry["restates"])
            text = in_force(entry.get("amount"), self.day)
            if not said <= self.items.keys() or not text:
                continue
            words, half = read(text), rounding(text)
            words = words.for_verdicts() if verdicts else words
            ids = {one for held in said for one in (held, *self.inside[held])}
            yield sorted(ids), max(0.0, words.low - half), words.high + half

    @cached_property
    def filled(self) -> dict[str, bool]:
        """The envelopes whose parts leave them no own money, and whether that contradicts them.

        They are looked for from the innermost outwards: a floor that its parts reach (3), or a
        ceiling that they exceed even at their least.
        """
        found: dict[str, bool] = {}
        self.__dict__["filled"] = found  # the inner ones bound the outer ones
        bounds = Polytope.of_no_words(self)
        for id_ in self.order:
            words = self.items[id_].words
            if inside := self.inside[id_]:
                parts = self.own(self.items[one] for one in inside)
                least = bounds.solve([parts])[0][0]
                if least > words.high + NEARLY or (
                    words.floor_only and least >= words.stated - NEARLY
                ):
                    found[id_] = not words.floor_only
            bounds.bound(id_, words, without_own=id_ in found)
        return found

    @property
    def contradicted(self) -> bool:
        return any(self.filled.values())

    @property
    def tight(self) -> bool:
        """Whether exact bounds are expected: each sum in one envelope, or exact where in more."""
        return not any(
            (len(one.parents) > 1 and one.words.low != one.words.high)
            or (one.id in self.never and one.parents)
            or self.never & set(one.parents)
            for one in self.items.values()
        ) and not any(
            self.items[one].words.low != self.items[one].words.high
            for ids, _, _ in self.restated()
            for one in ids
        )

    @property
    def tight_by_year(self) -> bool:
        """Likewise in answers about years: exact figures for some years of an open sum are odd.

        Yearly figures of a sum that holds others bound those others too; outer bounds will do.
        """
        told = [one for one in self.items.values() if one.profile]
        plain = (one.words.low == one.words.high and not self.inside[one.id] for one in told)
        return self.tight and all(plain)

    @property
    def tight_when_new(self) -> bool:
        """Likewise in answers about new money: old money of a shared sum can be of either envelope.

        What the one says of it and what the other says bound it together; outer bounds will do.
        """
        shared = any(len(one.parents) > 1 for one in self.items.values())
        said = any(one.existing not in (None, "all", "£0") for one in self.items.values())
        return self.tight and not (shared and said)

    def slots(self, id_: str) -> list[tuple[str, int | None]]:
        """Return the own money of a sum by year, or as one where none is stated."""
        years = self.years[id_]
        return [(id_, year) for year in sorted(years)] if years else [(id_, None)]

    def own(self, items: Iterable[Item], years: Iterable[int] | None = None) -> Terms:
        """Return the own money of sums, of some years or of all."""
        wanted = None if years is None else set(years)
        return {
            slot: 1.0
            for one in items
            for slot in self.slots(one.id)
            if wanted is None or slot[1] in wanted
        }

    def new(
        self, items: Iterable[Item], how: str, years: Iterable[int] | None = None
    ) -> dict[Any, float]:
        """Return the new money of sums; once announced, none of what carries another on (9)."""
        counted = [
            one
            for one in items
            if how == "each-year" or one.entry.get("continues") not in self.known
        ]
        own = self.own(counted, years)
        return {**own, **{(slot, "before"): -1.0 for slot in own}}

    def whole(self, id_: str) -> Terms:
        return self.own([self.items[id_], *(self.items[one] for one in self.inside[id_])])


class Polytope:
    """All assignments. `verdicts` reads floors as rule 10 does.

    `years` has yearly figures bound them, `new` says what was being spent before.
    """

    def __init__(
        self, world: World, *, verdicts: bool = False, years: bool = False, new: bool = False
    ) -> None:
        self._begin(world)
        for id_, item in world.items.items():
            words = item.words.for_verdicts() if verdicts else item.words
            self.bound(id_, words, without_own=id_ in world.filled)
            for year, said in item.profile.items() if years else ():
                whole = {slot: one for slot, one in world.whole(id_).items() if slot[1] == year}
                words = said.for_verdicts() if verdicts else said
                self.between(whole, words.low, words.high)
        for ids, low, high in world.restated(verdicts=verdicts):
            self.between(world.own(world.items[one] for one in ids), low, high)
        if new:
            self.say_what_was_spent_before()

    @classmethod
    def of_no_words(cls, world: World) -> Polytope:
        """Return all assignments of own money, whatever the words say."""
        self = cls.__new__(cls)
        self._begin(world)
        return self

    def _begin(self, world: World) -> None:
        self.world, self._unknowns = world, Unknowns()
        slots = [slot for id_ in world.items for slot in world.slots(id_)]
        self.names: dict[Any, int] = {slot: self._unknowns.more() for slot in slots}

    def bound(self, id_: str, words: Words, *, without_own: bool) -> None:
        """Say how large a sum is; `without_own` as large as its parts, whatever its ceiling."""
        world = self.world
        if without_own:
            self._at_most(world.own([world.items[id_]]), 0.0)
        self.between(world.whole(id_), words.low, INF if without_own else words.high)

    def _at_most(self, terms: dict[Any, float], most: float) -> None:
        self._unknowns.at_most({self.names[name]: one for name, one in terms.items()}, most)

    def between(self, terms: dict[Any, float], low: float, high: float) -> None:
        self._at_most(terms, high)
        if low > 0:
            self._at_most({name: -one for name, one in terms.items()}, -low)

    def say_what_was_spent_before(self) -> None:
        for slot in [slot for id_ in self.world.items for slot in self.world.slots(id_)]:
            self.names[slot, "before"] = self._unknowns.more()
        for id_ in self.world.items:
            self._spent_before(id_)

    def _spent_before(self, id_: str) -> None:
        world, item = self.world, self.world.items[id_]
        for slot in world.slots(id_):
            self._at_most({slot: -1.0, (slot, "before"): 1.0}, 0.0)
        if item.existing is None:
            return
        before: dict[Any, float] = {(slot, "before"): 1.0 for slot in world.whole(id_)}
        if item.existing == "all":
            self._at_most({**world.whole(id_), **{k: -v for k, v in before.items()}}, 0.0)
        else:
            by_year = item.existing if isinstance(item.existing, dict) else {None: item.existing}
            for year, words in by_year.items():  # of a year as of the whole (22)
                said, wanted = read(words), year and int(year[:4])
                of = {name: 1.0 for name in before if wanted in (None, name[0][1])}
                self.between(of, said.low, said.high)

    def solve(self, questions: list[Any]) -> list[tuple[float, float]]:
        """Return the least and the most of each."""
        asked = [{self.names[name]: one for name, one in terms.items()} for terms in questions]
        return self._unknowns.bounds(asked)
