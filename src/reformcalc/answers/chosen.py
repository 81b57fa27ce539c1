"""What the queries share: the record that is asked, what is chosen from it, standing notes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.errors import Refused, Several, UnknownId, need_day
from reformcalc.record.bodies import find
from reformcalc.record.model import Entry
from reformcalc.report import Note

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from pydantic import BaseModel

    from reformcalc.ledger.known import Known
    from reformcalc.ledger.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a question is limited to; empty means everything. Several of a kind widen it."""

    pillars: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    envelope: str | None = None
    announced_after: date | None = None  # sums that were not known on that day

    def __post_init__(self) -> None:
        """Refuse text for a day. Raises NotADay."""
        if self.announced_after is not None:
            need_day("announced_after", self.announced_after)

    def check(self, record: Known) -> None:
        """Raise UnknownId, with the nearest that exists, where an id is not in the record."""
        for kind, names in (
            ("pillars", self.pillars),
            ("topics", self.topics),
            ("bodies", self.leads),
            ("commitments", () if self.envelope is None else (self.envelope,)),
        ):
            for name in names:
                require(record, kind, name)

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
        return chosen & ledger.all_of(self.envelope)

    def described(self, record: Known) -> str:
        """Say in words what is chosen, or nothing for everything."""
        parts = [
            words.listed(record.section(kind)[name].title for name in names)
            for kind, names in (
                ("pillars", self.pillars), ("topics", self.topics), ("bodies", self.leads),
            )
            if names
        ]  # fmt: skip
        if self.envelope:
            parts.append(f"all inside {record.commitments[self.envelope].name}")
        if self.announced_after:
            parts.append(f"announced after {words.day(self.announced_after)}")
        return "; ".join(parts)


EVERYTHING = Chosen()


def admitted(entry: BaseModel, chosen: Chosen) -> bool:
    """Whether something of the record is among what is chosen: a word, or a source, never is."""
    return chosen == EVERYTHING or (isinstance(entry, Entry) and chosen.admits(entry, also=True))


def require(record: Known, kind: str, name: str) -> None:
    """Raise UnknownId if a section has no such entry, Refused if it was not known by the day."""
    every, held = record.ids(kind), record.section(kind)
    if name not in every:
        called = {id_: str(entry.name) for id_, entry in held.items()}
        raise UnknownId(singular(kind), name, every, called=called)
    if name not in held:
        raise Refused(f'"{name}" was not yet known on {record.as_of}', "ask for a later day")


def meant(record: Known, kind: str, word: str) -> str:
    """Return the id that a word stands for: in any case, with spaces, or as a name of one entry.

    An id that an entry had before is followed. The name is a title or a label; of a body, any usual
    one, or a code. Another word is returned as it is. Raises Several where it can be of more than
    one body.
    """
    every, said = record.ids(kind), word.strip().casefold()
    if word in every:
        return word
    if now := record.now_called(kind, said):
        return now
    if kind == "bodies":
        return _meant_body(record, word)
    if (id_ := "-".join(said.split())) in every:
        return id_
    named = [
        id_
        for id_, entry in record.section(kind).items()
        if said in {name.casefold() for name in (entry.title, entry.name)}
    ]
    return named[0] if len(named) == 1 else word


def _meant_body(record: Known, word: str) -> str:
    found = find(record.bodies, word)
    if len(found) > 1:
        offered = [(id_, record.bodies[id_].name) for id_ in found[:_OFFERED]]
        raise Several(word, offered, len(found) - len(offered), "bodies")
    return found[0] if found else word


def names(record: Known, bodies: Iterable[str]) -> str:
    """List some bodies by their names."""
    return words.listed(record.bodies[id_].title for id_ in bodies)


def singular(kind: str) -> str:
    """Return the word for one entry of a kind."""
    return f"{kind.removesuffix('ies')}y" if kind.endswith("ies") else kind.removesuffix("s")


_OFFERED = 5  # bodies that a person looks through
_NAMED = 5  # ids in a note: more of them say no more


def age(record: Known) -> Iterable[Note]:
    """Yield the line that says how old the record is, for a day after its last review.

    For that day and later ones, also what is dated still later: somebody may miss it.
    """
    if record.as_of > record.about.reviewed:
        yield Note(
            f"The record was last reviewed on {words.day(record.about.reviewed)}: what happened "
            "since is not in it."
        )
    later = [*record.later] if record.as_of >= record.about.reviewed else []
    if later:
        named = words.listed(words.few(later, _NAMED))
        yield Note(f"Dated after this day, and so in no answer: {named}.")


def hindsight(record: Known) -> Iterable[Note]:
    """Yield the line that warns of our own words in the answer of an earlier day: they are of one.

    Figures, dates and quotations are as known on the day; notes and reasons carry none.
    """
    if record.as_of < record.about.reviewed:
        yield Note(
            "Notes and reasons are in the record's own words, as of its last review on "
            f"{words.day(record.about.reviewed)}: they may tell what came later."
        )
