"""Words that are looked for: in what is said of a milestone, and wherever else the record has them.

How a word is written does not matter: neither its capitals, nor the room between words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.answers.chosen import singular
from reformcalc.answers.deadlines.bodies import called
from reformcalc.answers.written import title, written
from reformcalc.record.history import claims_of
from reformcalc.record.model import Dataset, Entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pydantic import BaseModel

    from reformcalc.ledger.known import Known

_NAMED = 5  # ids in a sentence


def any_in(text: Iterable[str], said: Iterable[str]) -> bool:
    """Whether any of some words stands in what is said."""
    everything = " | ".join(said).casefold()
    return any(" ".join(phrase.split()).casefold() in everything for phrase in text)


def said_of(record: Known, id_: str) -> list[str]:
    """Return all that is said of a milestone: its promise, where it moved, what came of it."""
    then = record.milestones[id_]
    said = [id_, then.title, then.due.text, *then.conditions, then.note or "", then.choice or ""]
    said += [f"{move.to.text} {move.on.text}" for move in then.moved]
    said += [f"{outcome.day.text} {outcome.note or ''}" for outcome in then.outcome]
    said += [search.searched for search in then.looked]
    said += filter(None, (then.owner, then.progress, then.serves))
    said += [f"{claim.wording} {claim.by or ''}" for _, claim in claims_of(then)]
    return said + called(record.bodies, (*then.lead, *then.acts))


def elsewhere(record: Known, text: Sequence[str]) -> str:
    """Say where the record has some words, if not in what is listed."""
    found = [
        f"{id_} ({record.status(id_).state.replace('-', ' ')})"
        for id_ in record.milestones
        if any_in(text, said_of(record, id_))
    ]
    for kind in Dataset.KINDS:
        if kind != "milestones":
            entries = sorted(record.section(kind).items())
            found += [
                f"{id_} ({singular(kind)})"
                for id_, entry in entries
                if any_in(text, _said_by(id_, entry))
            ]
    if not found:
        return "nothing in the record has these words"
    return f"not in what is listed here, but in {words.listed(words.few(found, _NAMED))}"


def _said_by(id_: str, entry: BaseModel) -> Iterator[str]:
    """Yield all that an entry of another kind says."""
    yield from (id_, title(entry))
    for _, lines in written(entry):
        yield from lines
    if isinstance(entry, Entry):
        yield from (claim.wording for _, claim in claims_of(entry))
