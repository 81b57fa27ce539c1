"""Everything that the record says of one entry, with a line to cite it by."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.answers.chosen import age, hindsight
from reformcalc.answers.citing import citing, prints
from reformcalc.answers.entry_words import words_of
from reformcalc.answers.lookup import beside
from reformcalc.answers.lookup.cite import reference
from reformcalc.answers.lookup.find import GLOSSARY
from reformcalc.answers.lookup.glossary import glossary
from reformcalc.answers.lookup.holding import Holding
from reformcalc.answers.lookup.meant import meant, renamed
from reformcalc.answers.lookup.named import users
from reformcalc.answers.lookup.series import beside_promises
from reformcalc.answers.places import is_place
from reformcalc.answers.serving import pair, pairs
from reformcalc.answers.written import claims, quoted, title, written
from reformcalc.record.model import Dataset
from reformcalc.record.references import ENTRY_KINDS
from reformcalc.report import Column, Note, Report, Shape
from reformcalc.rows import Kind, computed, means

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reformcalc.ledger.known import Known


# The fields that are told in the record's own words.
_OURS = ("note", "choice", "reason", "inferred")


@dataclass(frozen=True, slots=True)
class DetailRow:
    """One thing that the record says of an entry: a field, or a claim with where it stands."""

    kind: str = dataclasses.field(metadata=means("the section that the entry is in", Kind.WORD))
    id: str = dataclasses.field(metadata=means("the entry", Kind.ID))
    field: str = dataclasses.field(
        metadata=means("which field; empty where a field goes on", Kind.TEXT)
    )
    value: str = dataclasses.field(metadata=means("what it holds, in words", Kind.SENTENCE))
    source: str = dataclasses.field(
        default="",
        metadata=means("of a claim: the document that says it", Kind.ID, names="sources"),
    )
    place: str = dataclasses.field(
        default="", metadata=means("of a claim: where it stands, as a citation", Kind.TEXT)
    )

    @property
    @computed(Kind.CITED)
    def cited(self) -> tuple[words.Cited, ...]:
        """The source with its citation, where there is one."""
        return ((self.source, self.place),) if self.source else ()


def show(record: Known, text: str) -> Report[DetailRow]:
    """Return everything that the record says of what some words mean, of any kind, with its claims.

    A word of the glossary is explained. Raises as `meant` does.
    """
    id_ = meant(record, text)
    found = [kind for kind in Dataset.KINDS if id_ in record.section(kind)]
    if not found:
        return _explained(record, id_)
    report, now = of_entry(record, id_, found), renamed(record, text)
    return replace(report, notes=(Note(now), *report.notes)) if now else report


def of_entry(record: Known, id_: str, kinds: Sequence[str]) -> Report[DetailRow]:
    """Return everything that the record says of an id, in each of some sections that have it."""
    rows = [row for kind in kinds for row in _details(record, kind, id_)]
    kind = kinds[0]
    entry = record.section(kind)[id_]
    figure = words_of(kind).figure(record, id_, entry)
    return Report(
        name="show",
        as_of=record.as_of,
        dataset=record.stamp,
        headline=f"{title(entry)}{': ' + figure if figure else ''}",
        rows=tuple(rows),
        row_type=DetailRow,
        columns=(
            Column("field"),
            Column("value", shape=Shape.SENTENCE, under=(Column("place", cites="cited"),)),
        ),
        group=Column("kind"),
        notes=(
            Note(f"As of {words.day(record.as_of)}."),
            *_for_a_place(record, kind, id_),
            *age(record),
            *(hindsight(record) if any(row.field in _OURS for row in rows) else ()),
            *map(Note, to_cite(record, kind, id_)),
        ),
    )


def _for_a_place(record: Known, kind: str, id_: str) -> Iterator[Note]:
    """Lead from what is called so to what is known of it."""
    if kind == "bodies" and is_place(record, id_):
        yield Note(f"What it is in, gets and must do: reformcalc for {id_}.")


def _explained(record: Known, word: str) -> Report[DetailRow]:
    """Return what a word of the glossary means."""
    meaning = glossary().words[word]
    return Report(
        name="show",
        as_of=record.as_of,
        dataset=record.stamp,
        headline=f"{word}: {meaning}",
        rows=(DetailRow(GLOSSARY, word, "meaning", meaning),),
        row_type=DetailRow,
        columns=(Column("field"), Column("value", shape=Shape.SENTENCE)),
        group=Column("kind"),
    )


def to_cite(record: Known, kind: str, id_: str) -> Iterator[str]:
    """Yield one line to paste: what is said, in which words, by whom, where, and when it was read.

    What has several things to cite, as a milestone its date and what came of it, has them all.
    """
    entry, said = record.section(kind)[id_], words_of(kind)
    figure = said.figure(record, id_, entry)
    if not figure or kind not in ENTRY_KINDS:
        return
    if said.apart:
        several = (one for one in said.apart(record, id_, entry) if record.is_out(one[1]))
        if cited := "; ".join(reference(record, *one) for one in several):
            yield f"To cite: {cited}."
        return
    value = said.value(entry)
    found = citing(record, entry, value)
    if not found:
        if value is not None:
            yield f"To cite: no document dated by then prints {figure}."
    elif value is not None and not prints(found[0], value):
        yield f"To cite: no one source prints {figure}; the claims above give its parts."
    else:
        yield f"To cite: {reference(record, figure, found[0])}."


def _money(holding: Holding) -> Iterator[DetailRow]:
    """Yield how a sum counts, what is in it, and what shares its money."""
    label = "counts"
    for sentence in holding.told():
        yield DetailRow("commitments", holding.id, label, sentence)
        label = ""
    label = "holds"
    for part in holding.parts:
        adds = f"{words.pounds(part.counts)} counted" if part.counts else part.standing
        told = f"{part.id}: {part.name}, {part.stated}, {adds}"
        yield DetailRow("commitments", holding.id, label, told)
        label = ""


def _serving(record: Known, id_: str) -> Iterator[DetailRow]:
    """Yield how far a milestone is from what it serves, and from what of one's own serves it."""
    if served := pair(record, id_):
        yield DetailRow("milestones", id_, "beside it", served.sentence)
    for one in pairs(record):
        if one.served == id_:
            told = f"{one.own}: {title(record.milestones[one.own])}, {one.told}"
            yield DetailRow("milestones", id_, "served by", told)


def _details(record: Known, kind: str, id_: str) -> Iterator[DetailRow]:
    """Yield an entry's fields and claims as known on a day; for a word, the entries that use it."""
    entry, said = record.section(kind)[id_], words_of(kind)
    label = "story"
    for step in said.story(record, id_) if said.story else ():
        source = step.claim.source if step.claim else ""
        place = record.citation(step.claim) if step.claim else ""
        yield DetailRow(kind, id_, label, step.in_full, source, place)
        label = ""
    for label, lines in written(entry, (*said.told, *beside.TOLD)):
        for number, line in enumerate(lines):
            yield DetailRow(kind, id_, "" if number else label, line)
    if kind == "commitments":
        yield from _money(Holding(record, id_))
    yield from _beside(record, kind, id_)
    if kind == "milestones":
        yield from _serving(record, id_)
    if kind not in ENTRY_KINDS:
        for _, user, other in users(record, kind, id_):
            yield DetailRow(kind, id_, "named by", f"{user}: {title(other)}")
        return
    for part, claim in claims(record, entry):
        if part not in beside.TOLD:
            yield DetailRow(kind, id_, part, quoted(claim), claim.source, record.citation(claim))


def _beside(record: Known, kind: str, id_: str) -> Iterator[DetailRow]:
    """Yield what a figure counts, a year of promises beside it, and what was said."""
    if kind == "figures":
        for sentence in beside_promises(record, record.figures[id_]):
            yield DetailRow(kind, id_, "promised", sentence)
    yield from _items(record, kind, id_)
    yield from _said(record, kind, id_)


def _items(record: Known, kind: str, id_: str) -> Iterator[DetailRow]:
    """Yield what a figure counts, numbered, each with the words that name it."""
    entry = record.section(kind)[id_]
    for number, item in enumerate(beside.items_of(entry), 1):
        label = "items" if number == 1 else ""
        which = f" [{beside.item_is(item)}]" if beside.item_is(item) else ""
        said = " … ".join(quoted(claim) for claim in item.claims)
        told = f"{number}. {beside.item_in_words(item)}{which}: {said}"
        claim = item.claims[0]
        yield DetailRow(kind, id_, label, told, claim.source, record.citation(claim))


def _said(record: Known, kind: str, id_: str) -> Iterator[DetailRow]:
    """Yield what was said of an entry, or by a body, with the first document that has the words."""
    label = "said"
    for sentence, statement in beside.told(record, kind, id_):
        claim = statement.claims[0]
        yield DetailRow(kind, id_, label, sentence, claim.source, record.citation(claim))
        label = ""
