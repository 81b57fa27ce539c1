"""Where the record has some words, or a sum: in which entries, and where in these."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.answers.chosen import age, singular
from reformcalc.answers.entry_words import figure
from reformcalc.answers.written import name, title, written
from reformcalc.errors import did_you_mean
from reformcalc.record.model import Dataset, Entry
from reformcalc.report import ID, Column, Report, Shape
from reformcalc.rows import Kind, for_people, means
from reformcalc.screen import Cell, Head, Line, Listing, Screen, Tone
from reformcalc.values.money import amounts_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from decimal import Decimal

    from pydantic import BaseModel

    from reformcalc.ledger.known import Known

# How much a word tells of an entry, by where it stands in it.
_WEIGHTS = {"id": 8, "title": 8, "label": 8, "short": 8, "amount": 6, "quotation": 3}
_OTHERWISE = 1
_WHOLE_WORD = 2  # times more than a part of one


@dataclass(frozen=True, slots=True)
class FoundRow:
    """An entry that has what was looked for."""

    kind: str = field(metadata=means("the section that it is in", Kind.WORD))
    id: str = field(metadata=means("the entry", Kind.ID))
    title: str = field(metadata=means("its name", Kind.TEXT))
    says: str = field(metadata=means("its figure or date, in words", Kind.TEXT))
    where: str = field(metadata=means("the field in which it was found that says most", Kind.WORD))
    text: str = field(metadata=means("what that field says", Kind.TEXT))
    score: float = field(metadata=for_people("how well it fits", Kind.INSIDE))


def report(record: Known, text: str) -> Report[FoundRow]:
    """Return the entries that have all of some words, and sums, the best first."""
    rows = find(record, text)
    return Report(
        name="find",
        as_of=record.as_of,
        dataset=record.stamp,
        headline=_headline(record, text, rows),
        rows=tuple(rows),
        row_type=FoundRow,
        columns=(
            ID,
            Column("title", shape=Shape.SENTENCE, under=(Column("text"),)),
            Column("says"),
            Column("where"),
        ),
        notes=tuple(age(record)),
    )


def screen(record: Known, text: str) -> Screen:
    """Return the same as people see it first."""
    rows = find(record, text)
    lines = [_line(row) for row in rows]
    heads = (Head(grows=True), Head(most=16), Head("Found in"), Head("To see it: show", most=26))
    return Screen(
        answer=_headline(record, text, rows),
        listings=(Listing(heads, tuple(lines), folded=_rest, least=5),) if rows else (),
        ways=(("All of one", f"show {rows[0].id}"),) if rows else (("What there is", "list"),),
    )


def _line(row: FoundRow) -> Line:
    says = Cell(row.says.partition(" (")[0])
    return Line((Cell(row.title), says, Cell(row.where), Cell(row.id, Tone.QUIET)))


def _rest(hidden: Sequence[Line]) -> Line:
    return Line((Cell(f"and {len(hidden)} more: add a word"),))


def _headline(record: Known, text: str, rows: Sequence[FoundRow]) -> str:
    what = f'"{" ".join(text.split())}"'
    if rows:
        kinds = {kind: sum(row.kind == kind for row in rows) for kind in Dataset.KINDS}
        counted = [words.counted(n, singular(kind), kind) for kind, n in kinds.items() if n]
        return f"{what} is in {words.listed(counted)}"
    every = [*(folded(word) for kind in Dataset.KINDS for id_ in record.section(kind)
               for word in id_.split("-"))]  # fmt: skip
    near = [did_you_mean(word, sorted({*every})) for word in folded(text).split()]
    return f"Nothing in the record has {what}{next(filter(None, near), '')}"


def find(record: Known, text: str) -> list[FoundRow]:
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


def _found(
    wanted: _Wanted, kind: str, id_: str, entry: BaseModel, record: Known
) -> FoundRow | None:
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
    says = figure(record, kind, id_)
    return FoundRow(kind, id_, name(entry), says, best[0], best[1], score)


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
    for field_, lines in written(entry):
        sums = {one.stated for line in lines for one in amounts_in(line)}
        yield _place(field_, "; ".join(lines), sums)
    if isinstance(entry, Entry):
        for _, claim in record.claims(entry):
            said = [one.stated for one in amounts_in(claim.wording)]
            yield _place("quotation", claim.says, said)
