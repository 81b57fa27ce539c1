"""Where the record has some words, or a sum: in which entries, and where in these."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from reformcalc import words
from reformcalc.answers.chosen import age, singular
from reformcalc.answers.entry_words import figure
from reformcalc.answers.lookup import beside
from reformcalc.answers.lookup.glossary import glossary
from reformcalc.answers.places import ways as to_places
from reformcalc.answers.written import name, title, written
from reformcalc.errors import Refused, nearest
from reformcalc.printable import printable
from reformcalc.record.model import Dataset, Entry
from reformcalc.report import ID, Column, Note, Report, Shape
from reformcalc.rows import Kind, for_people, means
from reformcalc.screen import Cell, Head, Line, LineKind, Listing, Screen, Tone
from reformcalc.values.money import amounts_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from decimal import Decimal

    from pydantic import BaseModel

    from reformcalc.ledger.known import Known

GLOSSARY = "glossary"

# How much a word tells of an entry, by where it stands in it.
_NAMING = ("id", "title", "label", "short", "release")
_FIGURES = ("amount", "profile", "value", "series", "due")
_ASIDE = ("note", "choice", "reason", "inferred", "exceptions", "searched", "looked", "cautions")
_WEIGHTS: dict[str, float] = (
    dict.fromkeys(_NAMING, 8) | dict.fromkeys(_FIGURES, 6) | dict.fromkeys(_ASIDE, 0.5)
) | {"quotation": 3, "publisher": 2, "item": 3, "statement": 3}
_OTHERWISE = 1
_OF_SUMS: dict[str, float] = {"amount": 12, "value": 10, "profile": 10}
_WHOLE_WORD = 2  # times more than a part of one
_TOGETHER = 8  # more, where all words stand side by side in what names an entry
# What is asked for is an entry more often than a word of the record, or a document.
_OF_KIND = {"sources": 0.6, "pillars": 0.9, "topics": 0.9, "bodies": 0.9, "deflators": 0.6}
_SMALL = frozenset(
    ("a", "an", "and", "are", "at", "by", "for", "from", "has", "have", "how", "in", "is", "it",
     "of", "on", "or", "the", "to", "was", "what", "which", "who", "with")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FoundRow:
    """An entry that has what was looked for, or a word of the glossary."""

    kind: str = field(metadata=means("the section that it is in, or glossary", Kind.WORD))
    id: str = field(metadata=means("the entry", Kind.ID))
    title: str = field(metadata=means("its name", Kind.TEXT))
    says: str = field(metadata=means("its figure or date, in words", Kind.TEXT))
    where: str = field(metadata=means("the field in which it was found that says most", Kind.WORD))
    text: str = field(metadata=means("what that field says", Kind.TEXT))
    score: float = field(metadata=for_people("how well it fits", Kind.INSIDE))

    @property
    def names_it(self) -> bool:
        """Whether what was looked for is what the entry is called, or its figure."""
        return self.where in (*_NAMING, *_FIGURES)


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
        notes=(*_known_of_places(record, text), *age(record)),
    )


def _known_of_places(record: Known, text: str) -> Iterator[Note]:
    for called, way in to_places(record, [text]):
        yield Note(f"All that is known of {called}: reformcalc {way}.")


def screen(record: Known, text: str, *, every: bool = False) -> Screen:
    """Return the same as people see it first: what is named so, then what only mentions it."""
    rows = find(record, text)
    groups = (
        ("", [row for row in rows if row.names_it]),
        ("In what is quoted or said of it", [row for row in rows if _tells(row)]),
        ("Mentioned in notes and reasons", [row for row in rows if row.where in _ASIDE]),
    )
    lines: list[Line] = []
    for heading, group in groups:
        if group and heading and lines:
            lines.append(Line((Cell(heading),), LineKind.HEADING))
        lines += map(_line, group)
    heads = (Head(grows=True), Head(most=_MONTH), Head("To see it: show"))
    listings = (Listing(heads, tuple(lines), folded=None if every else _rest, least=5),)
    ways = [(f"All that is known of {called}", way) for called, way in to_places(record, [text])]
    ways += [("To see one", "show ID")] if rows else [("What there is", "list")]
    if len(rows) > _FEW and not every:
        ways.append(("All found", "--all"))
    return Screen(
        answer=_headline(record, text, rows),
        said=tuple(_best(rows)),
        listings=listings if rows else (),
        ways=tuple(ways),
        whole=every,
    )


_MONTH = len("September 2023")
_FEW = 15  # entries that fit any screen


def _tells(row: FoundRow) -> bool:
    return not row.names_it and row.where not in _ASIDE


def _best(rows: Sequence[FoundRow]) -> Iterator[str]:
    """Say what the first one says, where its name does not."""
    if rows and rows[0].where not in _NAMING:
        row = rows[0]
        said = words.quoted(row.text) if row.where == "quotation" else row.text
        yield f"{row.title}, {row.where.replace('_', ' ')}: {shortened(said, 200)}"


def shortened(text: str, most: int) -> str:
    """Return a text, or as many whole words of it as have room, with a mark where some have not."""
    if len(text) <= most:
        return text
    return f"{text[:most].rsplit(' ', 1)[0].rstrip(',;:')} …"


def _line(row: FoundRow) -> Line:
    says = Cell(row.says.partition(" (")[0])
    return Line((Cell(row.title), says, Cell(row.id, Tone.QUIET)))


def _rest(hidden: Sequence[Line]) -> Line:
    number = sum(line.kind is not LineKind.HEADING for line in hidden)
    return Line((Cell(f"and {number} more"),))


def _headline(record: Known, text: str, rows: Sequence[FoundRow]) -> str:
    what = f"\u201c{' '.join(text.split())}\u201d"
    if rows:
        kinds = {kind: sum(row.kind == kind for row in rows) for kind in Dataset.KINDS}
        counted = [words.counted(n, singular(kind), kind) for kind, n in kinds.items() if n]
        explained = sum(row.kind == GLOSSARY for row in rows)
        if explained:
            counted.append(words.counted(explained, "word explained", "words explained"))
        return f"{what} is in {words.listed(counted)}"
    near = _near(record, text)
    return f"Nothing in the record has {what}{f'; near it: {near}' if near else ''}"


def _near(record: Known, text: str) -> str:
    """Return the words of the record that are most like those that were looked for."""
    ids = (id_ for kind in Dataset.KINDS for id_ in record.section(kind))
    known = {word for id_ in ids for word in id_.split("-")}
    every = sorted(known | {word for named in glossary().words for word in named.split()})
    unknown = (word for word in folded(text).split() if word not in every)
    return ", ".join(dict.fromkeys(one for word in unknown for one in nearest(word, every, 3)))


def find(record: Known, text: str) -> list[FoundRow]:
    """Return the entries that have all of some words, and sums, the best first.

    Letters are compared whatever their case and accents; "£555m" finds the sum however it is
    written.
    """
    wanted = Wanted.read(text)
    if not (wanted.words or wanted.sums):
        return []
    found = (
        _found(wanted, kind, id_, entry, record)
        for kind in Dataset.KINDS
        for id_, entry in record.section(kind).items()
    )
    rows = [*filter(None, found), *_explained(wanted)]
    kinds = (*Dataset.KINDS, GLOSSARY)
    return sorted(rows, key=lambda one: (-one.score, kinds.index(one.kind), one.id))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: words, and sums in pounds; and the words as they stand together."""

    words: tuple[str, ...]
    sums: tuple[Decimal, ...]
    together: str

    @classmethod
    def read(cls, text: str) -> Wanted:
        """Take a text apart. Words that say nothing are left out, unless there are no others.

        Raises Refused for a pound sign before what is not a sum: its figures are no words.
        """
        text = _UNSIGNED.sub(r"£\1", text)
        sums = tuple(one.stated for one in amounts_in(text))
        rest = _SUM.sub(" ", text) if sums else text
        if "£" in rest:
            raise Refused(f'"{printable(text)}" has a sum that cannot be read', "write it as £555m")
        spelt = folded(rest).split()
        telling = [word for word in spelt if word not in _SMALL]
        return cls(tuple(dict.fromkeys(telling or ([] if sums else spelt))), sums, " ".join(spelt))


_SUM = re.compile(r"£\s*[\d.,]+\s*(?:bn|billion|mn|million|m|k)?\b", re.IGNORECASE)
# A sum as it is typed where the keyboard has no pound sign.
_UNSIGNED = re.compile(r"(?<![\w£.,])(\d[\d.,]*\s*(?:bn|billion|mn|million|m)\b)", re.IGNORECASE)


def folded(text: str) -> str:
    """Return text in small letters without accents and signs, words apart by one space."""
    text = text.casefold()
    if not text.isascii():
        plain = unicodedata.normalize("NFKD", text.replace("\u2019", ""))
        text = "".join(letter for letter in plain if not unicodedata.combining(letter))
    kept = _WORDS.findall(text.replace("'", ""))
    return " ".join(word.rstrip(".") for word in kept)


_WORDS = re.compile(r"[\w£%][\w£%.]*")


def _found(wanted: Wanted, kind: str, id_: str, entry: BaseModel, record: Known) -> FoundRow | None:
    """Score an entry: each word and sum by the best place that has it; None if one is nowhere."""
    places = list(_texts(id_, entry, record))
    best = _best_places(wanted, places)
    if best is None:
        return None
    score, place = best
    score *= _OF_KIND.get(kind, 1)
    says = figure(record, kind, id_)
    return FoundRow(kind, id_, name(entry), says, place.where, place.text, score)


def _best_places(wanted: Wanted, places: Sequence[_Place]) -> tuple[float, _Place] | None:
    """Return what the places that have all that is wanted are worth, and the best of them."""
    chosen: list[tuple[float, _Place]] = []
    for word in wanted.words:
        worth, place = max(((one.worth(word), one) for one in places), key=lambda one: one[0])
        if not worth:
            return None
        chosen.append((worth, place))
    for value in wanted.sums:
        having = [(_OF_SUMS.get(one.where, one.weight), one) for one in places if one.has(value)]
        if not having:
            return None
        chosen.append(max(having, key=lambda one: one[0]))
    score, best = sum(worth for worth, _ in chosen), max(chosen, key=lambda one: one[0])[1]
    for one in places:
        if one.where in _NAMING and len(wanted.words) and one.plain == wanted.together:
            return score + 2 * _TOGETHER, one
    if len(wanted.words) > 1 and any(
        one.where in _NAMING and f" {wanted.together} " in f" {one.plain} " for one in places
    ):
        score += _TOGETHER
    return score, best


class Indexed(NamedTuple):
    """All that an entry is found by, for who looks without the program.

    `names` are compared one by one, `texts` and `sums` each with what it tells of the entry to have
    a word or a sum there; `factor` is what its kind makes of that.
    """

    kind: str
    id: str
    name: str
    says: str
    factor: float
    names: Sequence[str]
    texts: Mapping[float, str]
    sums: Mapping[Decimal, float]


# What a search by an index needs to know besides: see `_Place.worth` and `_best_places`.
SMALL, NAMING, WHOLE_WORD, TOGETHER = _SMALL, _WEIGHTS["id"], _WHOLE_WORD, _TOGETHER


def index(record: Known) -> Iterator[Indexed]:
    """Yield what each entry of a record is found by."""
    for kind in Dataset.KINDS:
        for id_, entry in record.section(kind).items():
            names: list[str] = []
            texts: dict[float, list[str]] = {}
            sums: dict[Decimal, float] = {}
            for place in _texts(id_, entry, record):
                if place.where in _NAMING:
                    names.append(place.plain)
                else:
                    texts.setdefault(place.weight, []).append(place.plain)
                worth = _OF_SUMS.get(place.where, place.weight)
                for one in (one for line in place.sums for one in amounts_in(line)):
                    sums[one.stated] = max(worth, sums.get(one.stated, 0))
            yield Indexed(
                kind=kind,
                id=id_,
                name=name(entry),
                says=figure(record, kind, id_),
                factor=_OF_KIND.get(kind, 1),
                names=list(dict.fromkeys(names)),
                # No word runs over the bar, which stands in no folded text.
                texts={weight: " | ".join(dict.fromkeys(many)) for weight, many in texts.items()},
                sums=sums,
            )


def _explained(wanted: Wanted) -> Iterator[FoundRow]:
    """Yield the words of the glossary that are what is looked for."""
    for word, meaning in glossary().words.items():
        if not wanted.sums and folded(word) == wanted.together:
            score = 3.0 * _TOGETHER + 2 * _WEIGHTS["id"] * len(wanted.words)
            yield FoundRow(GLOSSARY, word, word, "", "meaning", meaning, score)


@dataclass(frozen=True, slots=True)
class _Place:
    """A text of an entry, with where it stands and its words to compare."""

    where: str
    text: str
    plain: str
    sums: Iterable[str]  # the lines in which sums are looked for

    @property
    def weight(self) -> float:
        return _WEIGHTS.get(self.where, _OTHERWISE)

    def worth(self, word: str) -> float:
        """Return how much it tells that a word is here; 0 where it is not."""
        if word not in self.plain:
            return 0
        whole = f" {word} " in f" {self.plain} "
        return self.weight * (_WHOLE_WORD if whole else 1)

    def has(self, value: Decimal) -> bool:
        """Whether a sum stands here, however it is written."""
        return any(value == one.stated for line in self.sums for one in amounts_in(line))


def _place(where: str, text: str, sums: Iterable[str] = ()) -> _Place:
    return _Place(where, text, folded(text), sums)


def _texts(id_: str, entry: BaseModel, record: Known) -> Iterator[_Place]:
    """Yield all that is said of an entry by the day, from what names it to what is quoted."""
    yield _place("id", id_.replace("-", " "))
    yield _place("title", title(entry), (title(entry),))
    for field_, lines in written(entry, beside.TOLD):
        yield _place(field_, "; ".join(lines), lines)
    if isinstance(entry, Entry):
        yield from _beside(entry, record)
        for route, claim in record.claims(entry):
            if route[0] not in beside.TOLD:
                told = f"{claim.says} ({claim.by})" if claim.by else claim.says
                said = folded(f"{claim.wording} | {claim.by or ''}")
                yield _Place("quotation", told, said, (claim.wording,))


def _beside(entry: Entry, record: Known) -> Iterator[_Place]:
    """Yield what an entry counts, one by one, and each thing that was said of it."""
    for item in beside.items_of(entry):
        claims = " | ".join(claim.wording for claim in item.claims)
        plain = folded(f"{item.title} | {beside.item_is(item).replace('-', ' ')} | {claims}")
        yield _Place("item", beside.item_in_words(item), plain, (item.title, claims))
    for one in entry.statements:
        said = [claim.wording for claim in one.claims]
        yield _place("statement", beside.spoken(record, one), said)
