"""How to cite what the record says of an entry: the documents, where in them, in which words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.answers.chosen import age
from reformcalc.answers.citing import citing
from reformcalc.answers.entry_words import words_of
from reformcalc.answers.lookup.meant import meant
from reformcalc.answers.written import title
from reformcalc.errors import Refused
from reformcalc.record.model import Dataset
from reformcalc.record.references import ENTRY_KINDS
from reformcalc.report import Column, Note, Report, Shape, Work
from reformcalc.rows import Kind, means

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reformcalc.ledger.known import Known
    from reformcalc.record.model import Claim


@dataclass(frozen=True, slots=True)
class CiteRow:
    """One document to cite for what an entry says on the day."""

    id: str = field(metadata=means("the document", Kind.ID, names="sources"))
    cites: str = field(metadata=means("what it is cited for, in words", Kind.TEXT))
    says: str | None = field(
        metadata=means("the words that say so; empty where it is the document itself", Kind.TEXT)
    )
    reference: str = field(
        metadata=means("the same in a line, with who says it, where and when", Kind.SENTENCE)
    )


def cite(record: Known, text: str) -> Report[CiteRow]:
    """Return what to cite for what some words mean: of each document a line to paste.

    Raises as `meant` does, and Refused for what no document says.
    """
    id_ = meant(record, text)
    rows = tuple(_rows(record, id_))
    if not rows:
        raise Refused(
            f"there is nothing to cite for {id_} on {words.day(record.as_of)}",
            f"what the record says of it: reformcalc show {id_}",
        )
    about, documents = record.about, len({row.id for row in rows})
    return Report(
        name="cite",
        as_of=record.as_of,
        dataset=record.stamp,
        headline=f"To cite for {_called(record, id_)}: {words.counted(documents, 'document')}",
        rows=rows,
        row_type=CiteRow,
        columns=(Column("reference", shape=Shape.SENTENCE),),
        notes=(
            Note(
                f"The record itself: {about.publisher}, {about.title}, version {about.version}, "
                f"as known on {words.day(record.as_of)}."
            ),
            *age(record),
        ),
    )


def works_of(record: Known, text: str) -> list[Work]:
    """Return the documents to cite for what some words mean. Raises as `cite` does."""
    return works(record, dict.fromkeys(row.id for row in cite(record, text).rows))


def works(record: Known, ids: Iterable[str]) -> list[Work]:
    """Return some documents as a list of references has them."""
    found = ((id_, record.source(id_)) for id_ in ids)
    return [
        Work(
            id_,
            one.title,
            one.publisher,
            one.published.earliest if one.published else None,
            one.published.latest if one.published else None,
            one.url,
            one.accessed,
        )
        for id_, one in found
    ]


def _called(record: Known, id_: str) -> str:
    kind = next(one for one in Dataset.KINDS if id_ in record.section(one))
    called: str = title(record.section(kind)[id_])
    return called


def _rows(record: Known, id_: str) -> Iterator[CiteRow]:
    for kind in (one for one in ENTRY_KINDS if id_ in record.section(one)):
        for said, claim in _claims(record, kind, id_):
            yield CiteRow(claim.source, said, claim.says, reference(record, said, claim))
    if source := record.sources.get(id_):
        whole = ", ".join(_document(record, id_))
        yield CiteRow(id_, source.title, None, whole)


def _claims(record: Known, kind: str, id_: str) -> Iterator[tuple[str, Claim]]:
    """Yield what to cite of an entry: what is said, and the claim that has it."""
    entry, said = record.section(kind)[id_], words_of(kind)
    if said.apart:
        yield from (one for one in said.apart(record, id_, entry) if record.is_out(one[1]))
        return
    figure = said.figure(record, id_, entry) or title(entry)
    yield from ((figure, claim) for claim in citing(record, entry, said.value(entry)))


def reference(record: Known, said: str, claim: Claim) -> str:
    """Write what is said with the words that say it, and where these are found."""
    place = None if claim.at == words.WHOLE_PAGE else claim.at
    parts = [f'{said}: "{claim.says}"', claim.by, *_document(record, claim.source, place)]
    return ", ".join(part for part in parts if part)


def _document(record: Known, id_: str, place: str | None = None) -> list[str]:
    """Return who published a document, what it is called, when it came out, and where it is."""
    source = record.source(id_)
    parts = [
        source.publisher,
        source.title,
        words.published(source.published) if source.published else "undated",
        place,
        source.url,
        f"read on {words.day(source.accessed)}" if source.accessed else None,
    ]
    return [part for part in parts if part]
