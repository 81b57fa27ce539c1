"""The record as known on a day: the one value that every question starts from."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from reformcalc import words
from reformcalc.errors import need_day
from reformcalc.ledger.milestones import status
from reformcalc.ledger.settling import build
from reformcalc.record.bodies import Groups
from reformcalc.record.history import (
    all_claims,
    by_then,
    claims_of,
    complete,
    known_by,
    known_on,
    out_by,
)
from reformcalc.record.model import Dataset, Entry
from reformcalc.record.parts import named
from reformcalc.record.references import NAMING
from reformcalc.record.renaming import former, renames, under
from reformcalc.report import Stamp

if TYPE_CHECKING:
    from collections.abc import (
        Callable,
        Collection,
        Hashable,
        Iterable,
        Iterator,
        Mapping,
        Sequence,
    )

    from reformcalc.ledger.ledger import Ledger
    from reformcalc.ledger.milestones import Status
    from reformcalc.record.history import Model, RoutedClaim
    from reformcalc.record.model import (
        About,
        Benchmark,
        Body,
        Claim,
        Commitment,
        Deflators,
        FigureEntry,
        Milestone,
        Part,
        Pillar,
        Recommendation,
        Source,
        Word,
    )
    from reformcalc.record.renaming import Renames

Made = TypeVar("Made")


class Known:
    """The record as known on a day: nothing in it came later.

    Each section has what was known by then, every entry with its figures, its links and what came
    of it by that day. An entry can be quoted from a document that came out after it was announced:
    `claims` has what was out. Figures are settled, and milestones given their states, once, when
    that is first asked for.
    """

    def __init__(self, dataset: Dataset, as_of: date) -> None:
        """Look at a dataset as of a day. Raises NotADay where that is text, or has an hour."""
        need_day("as_of", as_of)
        self._dataset = dataset
        self._sections: dict[str, Mapping[str, Any]] = {}
        self._statuses: dict[str, Status] = {}
        self._other: Known | None = None
        self._made: dict[tuple[Any, ...], Any] = {}
        self.as_of = as_of

    @property
    def about(self) -> About:
        """What the record is, and who keeps it."""
        return self._dataset.about

    @property
    def pillars(self) -> Mapping[str, Pillar]:
        return self.section("pillars")

    @property
    def topics(self) -> Mapping[str, Word]:
        return self.section("topics")

    @property
    def bodies(self) -> Mapping[str, Body]:
        return self.section("bodies")

    @property
    def deflators(self) -> Mapping[str, Deflators]:
        return self.section("deflators")

    @property
    def commitments(self) -> Mapping[str, Commitment]:
        return self.section("commitments")

    @property
    def benchmarks(self) -> Mapping[str, Benchmark]:
        return self.section("benchmarks")

    @property
    def figures(self) -> Mapping[str, FigureEntry]:
        return self.section("figures")

    @property
    def milestones(self) -> Mapping[str, Milestone]:
        return self.section("milestones")

    @property
    def recommendations(self) -> Mapping[str, Recommendation]:
        return self.section("recommendations")

    @property
    def sources(self) -> Mapping[str, Source]:
        return self.section("sources")

    def section(self, kind: str) -> Mapping[str, Any]:
        """Return what is known of one section, by id, in order."""
        if kind not in self._sections:
            self._sections[kind] = self._by_then(getattr(self._dataset, kind))
        return self._sections[kind]

    def _by_then(self, entries: Mapping[str, Model]) -> Mapping[str, Model]:
        return {
            id_: by_then(self._dataset, entry, self.as_of)
            for id_, entry in sorted(entries.items())
            if known_by(self._dataset, entry, self.as_of)
        }

    @cached_property
    def groups(self) -> Groups:
        """Who is a member of whom."""
        return Groups(self.bodies)

    @cached_property
    def users(self) -> Mapping[tuple[str, str], Sequence[tuple[str, str]]]:
        """By section and id: the section and id of each entry that names one, or rests on it."""
        found: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for section in NAMING:
            for user, entry in self.section(section).items():
                for one in dict.fromkeys(_named(entry)):
                    found.setdefault(one, []).append((section, user))
        return found

    @cached_property
    def later(self) -> Mapping[str, Commitment | Milestone]:
        """The commitments and milestones that are dated after the day: to be named, not counted."""
        found: dict[str, Commitment | Milestone] = {
            id_: entry
            for kind in ("commitments", "milestones")
            for id_, entry in getattr(self._dataset, kind).items()
            if not known_by(self._dataset, entry, self.as_of)
        }
        return dict(sorted(found.items()))

    def ids(self, kind: str) -> Collection[str]:
        """Return the ids of a section, of whatever day: so that a misspelt one is told apart."""
        found: Collection[str] = getattr(self._dataset, kind).keys()
        return found

    def former(self, kind: str) -> Mapping[str, str]:
        """Return the ids of a section by those that its entries had before, of whatever day."""
        return self._former.get(kind, {})

    @cached_property
    def _former(self) -> Renames:
        return former(self._dataset)

    def now_called(self, kind: str, was: str) -> str | None:
        """Return the id of the entry of a section that had another before; None where none had.

        What is typed for an id may have capitals, and spaces for its hyphens.
        """
        return self.former(kind).get("-".join(was.casefold().split()))

    def under_ids_of(self, other: Known) -> tuple[Known, Renames]:
        """Return this record under the ids that another has, and what was called otherwise."""
        ids = renames(self._dataset, other._dataset)
        if not any(ids.values()):
            return self, ids
        return Known(under(self._dataset, ids), self.as_of), ids

    def commitment(self, id_: str) -> Commitment:
        """Return a commitment, known on the day or not: what it is called is the same.

        Of one that came later its figures are those of later days; ask it for none.
        """
        known = self.commitments.get(id_)
        return known or self._dataset.commitments[id_]

    def source(self, id_: str) -> Source:
        """Return a document, whether or not it was out: it can tell of the day all the same."""
        return self._dataset.sources[id_]

    def since(self, entry: Part) -> date | None:
        """Return the day from which an entry, or a part of one, is known; None if undated."""
        return known_on(self._dataset, entry)

    def is_complete(self, kind: str, id_: str) -> bool:
        """Whether no figure, date or the like of a known entry came later."""
        return complete(getattr(self._dataset, kind)[id_], self.section(kind)[id_])

    def days_of_money(self) -> list[date]:
        """Return every day, up to that of the record, on which any of the money became known."""
        days: set[date | None] = set()
        for entry in self.commitments.values():
            days.add(self.since(entry))
            days.update(one.since for one in (*entry.amount, *entry.profile))
        return sorted(day for day in days if day)

    def is_out(self, claim: Claim) -> bool:
        """Whether the document that makes a claim was out by the day."""
        return out_by(self._dataset, claim, self.as_of)

    def claims(self, entry: Entry, *, as_evidence: bool = False) -> Iterator[RoutedClaim]:
        """Yield the claims of an entry whose documents were out, each with its route in it.

        As evidence, only those that can say a figure or a date of the entry.
        """
        every = claims_of(entry, as_evidence=as_evidence)
        return ((route, claim) for route, claim in every if self.is_out(claim))

    def citation(self, claim: Claim) -> str:
        """Write where a claim stands."""
        return words.citation(self._dataset, claim)

    def cited(self, claims: Iterable[Claim]) -> tuple[words.Cited, ...]:
        """Return where several claims stand, each place once, with the id of its source."""
        return words.cited(self._dataset, claims)

    def citations(self, claims: Iterable[Claim]) -> str:
        """Write where several claims stand, each place once."""
        return words.citations(self._dataset, claims)

    @cached_property
    def ledger(self) -> Ledger:
        """All money of the day, settled."""
        return build(self._dataset, self.as_of)

    @cached_property
    def capped(self) -> Ledger:
        """The same with open floors read as less than one more unit: for verdicts only."""
        return build(self._dataset, self.as_of, floors_capped=True)

    @cached_property
    def linked_later(self) -> frozenset[str]:
        """The sums of later days that were then said to lie in two envelopes of this one."""
        held, every = self.ledger.items.keys(), self._dataset.commitments
        return frozenset(
            id_
            for id_ in self.ledger.not_yet
            if len({part.envelope for part in every[id_].part_of} & held) > 1
        )

    def ledger_also(self, ids: Collection[str]) -> Ledger:
        """Return the ledger as if some sums of later days had been known already."""
        return build(self._dataset, self.as_of, also=ids)

    def status(self, id_: str) -> Status:
        """Return where a milestone stands on the day."""
        if id_ not in self._statuses:
            self._statuses[id_] = status(self._dataset, self._dataset.milestones[id_], self.as_of)
        return self._statuses[id_]

    def is_of_the_same_record(self, other: Known) -> bool:
        """Whether another looks at a dataset that says the same, of whatever day."""
        return self._dataset == other._dataset

    @property
    def stamp(self) -> Stamp:
        """Which dataset an answer comes from."""
        return Stamp(self.about.title, self.about.version)

    def on(self, day: date) -> Known:
        """Return the same record as known on another day: of the last one asked for, the same."""
        if self._other is None or self._other.as_of != day:
            self._other = Known(self._dataset, day)
        return self._other

    @cached_property
    def ever(self) -> Known:
        """The whole record, whatever its days: to say of something that it came later."""
        return Known(self._dataset, date.max)

    def once(self, make: Callable[..., Made], *of: Hashable) -> Made:
        """Return what `make` makes of this record and of what else is named.

        It is made for the first that asks, and kept for the others as long as the record is.
        """
        if (make, *of) not in self._made:
            self._made[make, *of] = make(self, *of)
        made: Made = self._made[make, *of]
        return made

    def changed(self, change: Callable[[Dataset], Dataset]) -> Known:
        """Return a record that says otherwise, as known on the same day: for what-if questions."""
        return Known(change(self._dataset), self.as_of)


def _named(entry: Part) -> Iterator[tuple[str, str]]:
    """Yield what an entry names, and the sources that it rests on, each as its section and id."""
    for kind in Dataset.KINDS:
        yield from ((kind, id_) for id_ in named(entry, kind))
    if isinstance(entry, Entry):
        yield from (("sources", claim.source) for claim in all_claims(entry))
