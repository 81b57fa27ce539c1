"""Where the record has some words, or a sum: in which entries, and where in these."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reformcalc.model import Dataset, Entry
from reformcalc.money import amounts_in
from reformcalc.queries.written import title, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal

    from pydantic import BaseModel

    from reformcalc.known import Known

# How much a word tells of an entry, by where it stands in it.
_WEIGHTS = {"id": 8, "title": 8, "label": 8, "short": 8, "amount": 6, "quotation": 3}
_OTHERWISE = 1
_WHOLE_WORD = 2  # times more than a part of one


@dataclass(frozen=True, slots=True)
class Found:
    """An entry that has what was looked for. `where` names the field that says most, `text` it."""

    kind: str
    id: str
    title: str
    where: str
    text: str
    score: float


def find(record: Known, text: str) -> list[Found]:
    """Return the entries that have all of some words, and sums, the best first.

    Letters are compared whatever their case and accents; "£555m" finds the sum however it is
    written.
    """
    wanted = _Wanted.read(text)
    found = (
        _found(wanted, kind, id_, entry, record)
        for kind in Dataset.KINDS
        for id_, entry in record.section(kind).items()
    )
    return sorted(filter(None, found), key=lambda one: (-one.score, one.kind, one.id))


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is looked for: words, and sums in pounds."""

    words: tuple[str, ...]
    sums: tuple[Decimal, ...]

    @classmethod
    def read(cls, text: str) -> _Wanted:
        sums = tuple(one.stated for one in amounts_in(text))
        without = _SUM.sub(" ", text) if sums else text
        return cls(tuple(folded(without).split()), sums)


_SUM = re.compile(r"£\s*[\d.,]+\s*(?:bn|billion|mn|million|m|k)?\b", re.IGNORECASE)


def folded(text: str) -> str:
    """Return text in small letters without accents and signs, words apart by one space."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[\w£%.]+", re.sub("['\u2019]", "", kept)))


def _found(wanted: _Wanted, kind: str, id_: str, entry: BaseModel, record: Known) -> Found | None:
    """Score an entry: each word and sum by the best place that has it; None if one is nowhere."""
    places = list(_texts(id_, entry, record))
    score, best = 0.0, ("", "", 0.0)
    for word in wanted.words:
        place = max(places, key=lambda one: _score(word, one), default=None)
        if place is None or not (worth := _score(word, place)):
            return None
        score += worth
        best = max(best, (place.where, place.text, worth), key=lambda one: one[2])
    for value in wanted.sums:
        place = next((one for one in places if value in one.sums), None)
        if place is None:
            return None
        worth = float(_WEIGHTS.get(place.where, _OTHERWISE))
        score += worth
        best = max(best, (place.where, place.text, worth), key=lambda one: one[2])
    return Found(kind, id_, title(entry), best[0], best[1], score)


@dataclass(frozen=True, slots=True)
class _Place:
    """A text of an entry, with where it stands, its words to compare, and its sums."""

    where: str
    text: str
    plain: str
    sums: frozenset[Decimal]


def _score(word: str, place: _Place) -> float:
    if word not in place.plain:
        return 0
    weight = _WEIGHTS.get(place.where, _OTHERWISE)
    whole = f" {word} " in f" {place.plain} "
    return weight * (_WHOLE_WORD if whole else 1)


def _place(where: str, text: str, sums: Iterable[Decimal] = ()) -> _Place:
    return _Place(where, text, folded(text), frozenset(sums))


def _texts(id_: str, entry: BaseModel, record: Known) -> Iterator[_Place]:
    """Yield all that is said of an entry by the day, from what names it to what is quoted."""
    yield _place("id", id_.replace("-", " "))
    yield _place("title", title(entry))
    for name, lines in written(entry):
        sums = {one.stated for line in lines for one in amounts_in(line)}
        yield _place("amount" if name == "amount" else name, "; ".join(lines), sums)
    if isinstance(entry, Entry):
        for _, claim in record.claims(entry):
            said = [one.stated for one in amounts_in(claim.wording)]
            yield _place("quotation", claim.says, said)
