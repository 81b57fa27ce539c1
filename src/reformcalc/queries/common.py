"""What the queries share: the record that is asked, what is chosen from it, standing notes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.errors import UnknownId
from reformcalc.history import known_by
from reformcalc.model import Entry
from reformcalc.report import Note, Stamp

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from pydantic import BaseModel

    from reformcalc.ledger import Ledger
    from reformcalc.model import Dataset


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a question is limited to; empty means everything. Several of a kind widen it."""

    pillars: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    envelope: str | None = None
    announced_after: date | None = None  # sums that were not known on that day

    def check(self, dataset: Dataset) -> None:
        """Raise UnknownId, with the nearest that exists, where an id is not in the dataset."""
        for kind, names in (
            ("pillars", self.pillars),
            ("topics", self.topics),
            ("bodies", self.leads),
            ("commitments", () if self.envelope is None else (self.envelope,)),
        ):
            for name in names:
                require(dataset, kind, name)

    def admits(self, entry: Entry, *, also: bool = False) -> bool:
        """Whether an entry is among what is chosen; `also` looks at its other pillars too."""
        pillars = {entry.pillar, *entry.also_pillars} if also else {entry.pillar}
        return (
            (not self.pillars or bool(pillars & set(self.pillars)))
            and (not self.topics or bool(set(entry.topics) & set(self.topics)))
            and (not self.leads or bool(set(getattr(entry, "lead", ())) & set(self.leads)))
        )

    def items(self, ledger: Ledger) -> set[str]:
        """Return the ids of the items of a ledger that are chosen."""
        chosen = {item.id for item in ledger.items.values() if self.admits(item.entry)}
        if self.envelope is None:
            return chosen
        envelope = ledger.items.get(self.envelope)
        return chosen & {envelope.id, *ledger.inside(envelope.id)} if envelope else set()

    def described(self, dataset: Dataset) -> str:
        """Say in words what is chosen, or nothing for everything."""
        parts = [
            words.listed(getattr(dataset, kind)[name].title for name in names)
            for kind, names in (
                ("pillars", self.pillars), ("topics", self.topics), ("bodies", self.leads),
            )
            if names
        ]  # fmt: skip
        if self.envelope:
            parts.append(f"all inside {self.envelope}")
        if self.announced_after:
            parts.append(f"announced after {words.day(self.announced_after)}")
        return "; ".join(parts)


def admitted(entry: BaseModel, chosen: Chosen) -> bool:
    """Whether something of the record is among what is chosen: a word, or a source, never is."""
    return chosen == Chosen() or (isinstance(entry, Entry) and chosen.admits(entry, also=True))


def require(dataset: Dataset, kind: str, name: str) -> None:
    """Raise UnknownId if a section has no such entry."""
    known: Collection[str] = getattr(dataset, kind)
    if name not in known:
        raise UnknownId(singular(kind), name, known)


def names(dataset: Dataset, bodies: Iterable[str]) -> str:
    """List some bodies by their names."""
    return words.listed(dataset.bodies[id_].title for id_ in bodies)


def singular(kind: str) -> str:
    """Return the word for one entry of a kind."""
    return "body" if kind == "bodies" else kind.removesuffix("s")


def stamp(dataset: Dataset) -> Stamp:
    """Say which dataset an answer comes from."""
    return Stamp(dataset.about.title, dataset.about.version)


_NAMED = 5  # ids in a note: more of them say no more


def age(dataset: Dataset, as_of: date) -> Iterable[Note]:
    """Yield the line that says how old the record is, for a day after its last review.

    For that day and later ones, also what is dated still later: somebody may miss it.
    """
    if as_of > dataset.about.reviewed:
        yield Note(
            f"The record was last reviewed on {words.day(dataset.about.reviewed)}: what happened "
            "since is not in it."
        )
    later = _later(dataset, as_of) if as_of >= dataset.about.reviewed else []
    if later:
        more = [f"{len(later) - _NAMED} more"] if len(later) > _NAMED else []
        named = words.listed([*later[:_NAMED], *more])
        yield Note(f"Dated after this day, and so in no answer: {named}.")


def hindsight(dataset: Dataset, as_of: date) -> Iterable[Note]:
    """Yield the line that warns of our own words in the answer of an earlier day: they are of one.

    Figures, dates and quotations are as known on the day; notes and reasons carry none.
    """
    if as_of < dataset.about.reviewed:
        yield Note(
            "Notes and reasons are in the record's own words, as of its last review on "
            f"{words.day(dataset.about.reviewed)}: they may tell what came later."
        )


def _later(dataset: Dataset, as_of: date) -> list[str]:
    """Return the ids of the commitments and milestones that are dated after a day, in order."""
    dated = (*dataset.commitments.items(), *dataset.milestones.items())
    return sorted({id_ for id_, entry in dated if not known_by(dataset, entry, as_of)})
