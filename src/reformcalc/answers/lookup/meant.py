"""Which entry some words mean: an id in any case, a name, a sum, or a word of the glossary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reformcalc.answers.lookup.find import GLOSSARY, find, folded
from reformcalc.answers.lookup.glossary import glossary
from reformcalc.answers.places import places
from reformcalc.answers.written import name as called
from reformcalc.errors import Refused, Several, UnknownId
from reformcalc.printable import printable
from reformcalc.record.ids import entry_id
from reformcalc.record.model import Dataset
from reformcalc.record.references import ENTRY_KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reformcalc.answers.lookup.find import FoundRow
    from reformcalc.ledger.known import Known

_MONEY = "money"  # what heads of columns leave out: "New" is new money
_OFFERED = 5  # entries that a person looks through


def meant(record: Known, text: str) -> str:
    """Return the id of the one entry that some words mean, or the word of the glossary.

    What totals name as a part of a sum ("ID~ENVELOPE"), or as not itemised ("ID/not-itemised"), is
    told by the sum; a council or a region also by any usual name; an id that an entry had before is
    followed. Raises Several where the words
    mean more than one, UnknownId where they mean none, Refused where what they mean was not known
    by the day.
    """
    id_ = _now_called(record, text) or _typed(text)
    having = [kind for kind in Dataset.KINDS if id_ in record.ids(kind)]
    if any(id_ in record.section(kind) for kind in having):
        return id_
    if having:
        raise Refused(f'"{id_}" was not yet known on {record.as_of}', "ask for a later day")
    words = {folded(one): one for one in glossary().words}
    if word := words.get(folded(text)) or words.get(f"{folded(text)} {_MONEY}"):
        return word
    rows = [row for row in find(record, text) if row.kind != GLOSSARY]
    found = list(dict.fromkeys(row.id for row in _closest(rows, text)))
    if len(found) == 1:
        return found[0]
    if len(named := places(record, text)) == 1:
        return named[0]
    if not found:
        raise UnknownId(
            "entry",
            text,
            dict.fromkeys(name for kind in Dataset.KINDS for name in record.ids(kind)),
            called={
                name: called(entry)
                for kind in reversed(Dataset.KINDS)
                for name, entry in record.section(kind).items()
            },
        )
    told = {row.id: ": ".join(filter(None, (row.title, row.says))) for row in reversed(rows)}
    offered = [(id_, told[id_]) for id_ in found[:_OFFERED]]
    raise Several(text, offered, len(found) - len(offered))


def _typed(text: str) -> str:
    return entry_id(text.strip().lower())


def renamed(record: Known, text: str) -> str:
    """Say which id the entry has that had the one which is asked for; "" where none had it."""
    now = _now_called(record, text)
    return f'"{printable(_typed(text))}" is now called {now}.' if now else ""


def _now_called(record: Known, text: str) -> str | None:
    was = _typed(text)
    return next(filter(None, (record.now_called(kind, was) for kind in Dataset.KINDS)), None)


def _closest(rows: Sequence[FoundRow], text: str) -> Sequence[FoundRow]:
    """Return what is called exactly so, else what has the words in its name or figure, else all.

    A word of the record, as a body, is not what is meant where entries have it in their names too.
    """
    wanted = folded(text)
    named = [row for row in rows if row.names_it]
    exactly = [row for row in named if wanted in (folded(row.title), folded(row.text))]
    if any(row.kind in ENTRY_KINDS for row in exactly) or len(named) == 1:
        return exactly or named
    return named or rows
