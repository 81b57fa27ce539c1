"""The questions of `totals`: all of it, selections, groupings, envelopes, years, new money."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reformcalc import Chosen, totals
from reformcalc.answers.question import Question
from reformcalc.answers.recommendations.asking import Asking
from reformcalc.ledger.measure import Measure
from reformcalc.values.years import FinancialYear
from tests.oracle.answers import Said, bounds_of, millions, row_of, total_row
from tests.oracle.records import LEVELS
from tests.oracle.truth import Chosen as Weighed
from tests.oracle.truth import Polytope, last_day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from reformcalc.ledger.known import Known
    from tests.oracle.truth import Item, World

    Choice = Callable[[Item], bool]

UNTOLD = "not-stated"
NOTHING = dict.fromkeys(("amount_gbp", "low_gbp", "high_gbp"), 0)


def of_pillar(id_: str) -> Choice:
    return lambda item: bool(item.entry["pillar"] == id_)


def of_topic(id_: str) -> Choice:
    return lambda item: id_ in item.entry.get("topics", ())


def leads(item: Item) -> list[str]:
    lead = item.entry["lead"]
    return lead if isinstance(lead, list) else [lead]


def led_by(id_: str) -> Choice:
    return lambda item: id_ in leads(item)


def one_of(ids: set[str]) -> Choice:
    return lambda item: item.id in ids


def stage(item: Item, day: date) -> str:
    """Return how far a sum's own money had come."""
    said = item.entry.get("stage", UNTOLD)
    if isinstance(said, str):
        return said
    held = [one["is"] for one in said if last_day(one["from"]) <= day]
    return held[-1] if held else UNTOLD


def year_label(years: frozenset[int]) -> str:
    """Write years as a row's id: "2024-25, 2026-27..2027-28"."""
    runs: list[list[int]] = []
    for year in sorted(years):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    ends = [dict.fromkeys((run[0], run[-1])) for run in runs]
    return ", ".join("..".join(f"{y}-{(y + 1) % 100:02}" for y in end) for end in ends)


class Totals:
    """The questions of one record on one day."""

    def __init__(self, world: World, known: Known) -> None:
        self.world, self.record, self.day = world, known, world.day

    def ask(self, by: Any = "envelope", chosen: Chosen | None = None, **measured: Any) -> Any:
        measure = Measure.asked(self.record, **measured)
        return totals(Question(self.record, chosen or Chosen(), measure), by)

    def _stated(self, items: list[Item]) -> float:
        return sum(self.world.stated[one.id] for one in items)

    def _said(
        self, family: str, question: str, row: dict[str, Any], choice: Choice, *, whole: bool
    ) -> Iterator[Said]:
        """Ask what counts of a choice; `whole`: in doubt as in the answer of all (20)."""
        if not whole and self.world.weighs_rough_figures:
            return
        chosen = self._chosen(choice, whole=whole)
        items = [*chosen.sure, *(one for some, _ in chosen.partly for one in some)]
        limit = sum(most for _, most in chosen.partly)
        stated, low, high = (end + limit for end in bounds_of(row))
        # Where a sum could be less than what may hold it, what counts of it has a kink there.
        if all(self._least(some) >= most for some, most in chosen.partly):
            yield Said(
                family, question, stated, low, high, self.world.own(items), self._stated(items)
            )

    def _chosen(self, choice: Choice, *, whole: bool) -> Weighed:
        if whole:
            sure, doubt = ([o for o in some if choice(o)] for some in self._all)
            return Weighed(sure, doubt, [])
        return self.world.chosen(one for one in self.world.items.values() if choice(one))

    @property
    def _all(self) -> tuple[list[Item], list[Item]]:
        return self.world.sure, self.world.perhaps

    def _least(self, items: list[Item]) -> float:
        return Polytope(self.world).solve([self.world.own(items)])[0][0]

    def plain(self) -> Iterator[Said]:
        """Ask for all of it and for selections of it."""
        yield from self._total("totals", lambda _: True, whole=True)
        for id_ in ("p1", "p2", "px"):
            yield from self._total("totals --pillar", of_pillar(id_), pillars=(id_,))
        for id_ in ("t1", "t2"):
            yield from self._total("totals --topic", of_topic(id_), topics=(id_,))
        for id_ in ("b1", "b2"):
            yield from self._total("totals --lead", led_by(id_), leads=(id_,))
        for item in (*self.world.sure, *self.world.perhaps):
            if self.world.inside[item.id] and "~" not in item.id:
                within = {item.id, *self.world.inside[item.id]}
                yield from self._total("totals --envelope", one_of(within), envelope=item.id)
        yield from self._groups()
        yield from self._rows()

    def _total(
        self, family: str, choice: Choice, *, whole: bool = False, **chosen: Any
    ) -> Iterator[Said]:
        if not whole and self.world.weighs_rough_figures:
            return
        row = total_row(self.ask(chosen=Chosen(**chosen)))
        question = " ".join((family, *("+".join(one) for one in chosen.values())))
        yield from self._said(family, question, row, choice, whole=whole)
        weighed = self._chosen(choice, whole=whole)
        doubt = weighed.perhaps
        perhaps, terms, more = millions(row["perhaps_gbp"]), self.world.own(doubt), "perhaps of "
        stated = self._stated(doubt)
        perhaps -= sum(most for _, most in weighed.partly)
        yield Said(more + family, more + question, perhaps, None, 0, terms, stated)

    def _groups(self) -> Iterator[Said]:
        """Ask for each grouping; a group without a row has nothing."""
        groups: dict[str, dict[str, Choice]] = {
            "pillar": {one: of_pillar(one) for one in ("p1", "p2", "px")},
            "topic": {one: of_topic(one) for one in ("t1", "t2")}
            | {"none": lambda item: not item.entry.get("topics")},
            "lead": {
                one: lambda item, o=one: "+".join(leads(item)) == o  # type: ignore[misc]
                for one in ("b1", "b2", "b1+b2")
            },
            "spending": {
                one: lambda item, o=one: item.entry.get("spending", UNTOLD) == o  # type: ignore[misc]
                for one in ("revenue", "capital", "mixed", UNTOLD)
            },
            "stage": {
                one: lambda item, o=one: stage(item, self.day) == o  # type: ignore[misc]
                for one in ("announced", "allocated", "paid", UNTOLD)
            },
        }
        for by, choices in groups.items():
            rows = {row["id"]: row for row in self.ask(by=by).to_dicts()}
            for id_, choice in choices.items():
                family = f"totals --by {by}"
                question, row = f"row {id_} of {family}", rows.get(id_, NOTHING)
                yield from self._said(family, question, row, choice, whole=by != "topic")

    def _rows(self) -> Iterator[Said]:
        """Ask how large each sum is, and how much of it no source itemises."""
        for row in self.ask().to_dicts():
            id_, _, rest = row["id"].partition("/")
            if id_ in self.world.items and id_ not in self.world.nothing:
                item = self.world.items[id_]
                terms = self.world.own([item]) if rest else self.world.whole(id_)
                family = "row of what is not itemised" if rest else "row of a sum"
                yield Said(family, f"row {row['id']} of totals", *bounds_of(row), terms)

    def years(self) -> Iterator[Said]:
        """Ask for rows of years.

        Not where a sum with yearly figures holds others: which of its years its own money is of
        then depends on theirs, and the rules do not say how such a row is named.
        """
        world = self.world
        if any(one.profile and world.inside[one.id] for one in world.items.values()):
            return
        wanted: dict[str, dict[Any, float]] = {}
        for item in world.sure:
            years = world.years[item.id]
            if years is None:
                wanted.setdefault("not-stated", {}).update(world.own([item]))
                continue
            fixed = years & set(item.profile)
            for some in (*({year} for year in fixed), years - fixed):
                if some:
                    row = wanted.setdefault(year_label(frozenset(some)), {})
                    row.update(world.own([item], some))
        rows = {row["id"]: row for row in self.ask(by="year").to_dicts()}
        for id_ in dict.fromkeys((*rows, *wanted)):
            row = rows.get(id_, NOTHING)
            question = f"row {id_} of totals --by year"
            terms, sharp = wanted.get(id_, {}), world.tight_by_year
            yield Said("totals --by year", question, *bounds_of(row), terms, sharp=sharp)

    def named(self) -> Iterator[Said]:
        """Ask for the money that answers to recommendations name, of each and of all (27)."""
        asking, entries = Asking(self.record), self.world.recommendations
        for ids in (*([one] for one in entries), [*entries]):
            named = {one for id_ in ids for one in entries[id_]}
            these = {one for one in self.world.items if one.partition("~")[0] in named}
            holding = these - self.world.never  # what never counts holds nothing (4)
            within = these.union(*(self.world.inside[one] for one in holding))
            question = f"money of {'+'.join(ids)} in recommendations"
            row = row_of(asking.money(ids))
            yield from self._said("recommendations", question, row, one_of(within), whole=True)

    def in_prices(self) -> Iterator[Said]:
        """Ask for money in the prices of a year: that of stated years alone (17)."""
        world = self.world
        row = total_row(self.ask(prices=FinancialYear(2025)))
        terms: dict[Any, float] = {
            slot: LEVELS[2025] / LEVELS[slot[1]]
            for slot in world.own(world.sure)
            if slot[1] is not None
        }
        family = "totals --prices"
        yield Said(family, family, *bounds_of(row), terms, sharp=False)

    def new(self) -> Iterator[Said]:
        """Ask for new money, in all and by pillar."""
        for how in ("announced", "each-year"):
            family = f"totals --new {how}"
            row = total_row(self.ask(new=how))
            sure = self.world.sure
            known, terms = self.world.known_new(sure, how), self.world.new(sure, how)
            # Of a shared sum less may be known than all that is said of its envelopes shows.
            less = not self.world.tight_when_new
            yield Said(family, family, *bounds_of(row), terms, known, at_most=less)
            family = f"{family} --by pillar"
            for row in self.ask(new=how, by="pillar").to_dicts():
                items = [one for one in self.world.sure if one.entry["pillar"] == row["id"]]
                question = f"row {row['id']} of {family}"
                yield Said(family, question, *bounds_of(row), self.world.new(items, how))
