"""The documents that the record rests on, and whether its quotations stand in them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.answers.chosen import age
from reformcalc.answers.citing import prints
from reformcalc.printable import printable
from reformcalc.progress import silent
from reformcalc.reading import quotations
from reformcalc.record.history import all_claims
from reformcalc.record.ids import entry_id
from reformcalc.record.references import ENTRY_KINDS
from reformcalc.report import ID, Column, Note, Report, Shape
from reformcalc.rows import Kind, means
from reformcalc.screen import Cell, Head, Line, Listing, Screen
from reformcalc.values.money import NOUGHT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from reformcalc.ledger.known import Known
    from reformcalc.progress import Track
    from reformcalc.record.model import Claim, Entry


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One document, and how many claims rest on it."""

    id: str = field(metadata=means("the document", Kind.ID, names="sources"))
    title: str = field(metadata=means("its title", Kind.TEXT))
    publisher: str = field(metadata=means("who published it", Kind.TEXT))
    kind: str = field(metadata=means("official, copy, other or not stated", Kind.WORD))
    published: str = field(metadata=means("when it was published, in words", Kind.TEXT))
    claims: int = field(metadata=means("how many claims rest on it", Kind.WHOLE))
    licence: str = field(metadata=means("the licence that its words are under", Kind.TEXT))
    file: str | None = field(
        metadata=means("the name of its text among the source documents", Kind.TEXT)
    )
    url: str | None = field(metadata=means("its address on the web", Kind.TEXT))
    accessed: date | None = field(metadata=means("the day on which it was read", Kind.DAY))


class Lookup(StrEnum):
    """What looking a quotation up in its document showed."""

    MISSING = "missing"
    FOUND = "found"
    NOT_CHECKED = "not-checked"


@dataclass(frozen=True, slots=True)
class QuotationRow:
    """One quotation looked up."""

    standing: Lookup = field(metadata=means("found or missing", Kind.WORD))
    entry: str = field(metadata=means("the entry that quotes it", Kind.ID))
    source: str = field(metadata=means("the document that should say it", Kind.ID, names="sources"))
    file: str | None = field(metadata=means("the file that was looked in", Kind.TEXT))
    line: int | None = field(metadata=means("the line of that file on which it begins", Kind.WHOLE))
    says: str = field(metadata=means("the quotation", Kind.TEXT))
    nearest: str = field(metadata=means("of a missing one: the most similar passage", Kind.TEXT))


def sources(record: Known) -> Report[SourceRow]:
    """Return each document that was out by the day, those that most claims rest on first."""
    resting = Counter(claim.source for _, claim in _claims(record))
    rows = [
        SourceRow(
            id=id_,
            title=source.title,
            publisher=source.publisher,
            kind=source.kind or "not stated",
            published=words.published(source.published) if source.published else "undated",
            claims=resting[id_],
            licence=source.licence or "not stated",
            file=source.file,
            url=source.url,
            accessed=source.accessed,
        )
        for id_, source in record.sources.items()
    ]
    rows.sort(key=lambda row: (-row.claims, row.id))
    claims = words.counted(sum(row.claims for row in rows), "claim")
    documents = words.counted(len(rows), "document")
    return Report(
        name="sources",
        as_of=record.as_of,
        dataset=record.stamp,
        headline=f"{claims} rest on {documents} out by {words.day(record.as_of)}",
        rows=tuple(rows),
        row_type=SourceRow,
        columns=(
            Column("claims", "Claims"),
            Column(
                "title",
                "Document",
                Shape.SENTENCE,
                under=(ID, Column("publisher"), Column("url")),
                link="url",
            ),
            Column("published", "Published"),
        ),
        notes=(*_money_resting(record), *age(record)),
        cited=True,
    )


def screen(record: Known, *, every: bool = False) -> Screen:
    """Return the documents as people see them first: a line for each, with a link to it."""
    report = sources(record)
    lines = [
        Line((Cell(str(row.claims)), Cell(row.publisher, link=row.url or ""), Cell(row.title),
              Cell(row.published)))
        for row in report.rows
    ]  # fmt: skip
    heads = (
        Head("Claims", right=True),
        Head("Publisher", most=26),
        Head("Document", grows=True),
        Head("Published", most=16),
    )
    return Screen(
        answer=report.headline,
        said=tuple(note.text for note in _money_resting(record)),
        listings=(Listing(heads, tuple(lines), folded=None if every else _rest, least=5),)
        if lines
        else (),
        ways=(
            ("All", "--all"),
            ("Addresses, ids and licences", "--long"),
            ("What one says", "show ID"),
        ),
        whole=every,
    )


def _rest(hidden: Sequence[Line]) -> Line:
    return Line((Cell(""), Cell(f"and {len(hidden)} more: --all")))


_NEARNESS = {
    "official": "official pages and documents",
    "copy": "copies of them",
    "other": "the press, councils, charities and others",
    None: "sources of which it is not said",
}


def _money_resting(record: Known) -> Iterator[Note]:
    """Say how much of the money that counts is read where: each sum at the nearest to its origin.

    Of the claims that print a sum the nearest one decides; where none prints it, of all its claims.
    """
    if not any(source.kind for source in record.sources.values()):
        return
    ledger = record.ledger
    money = dict.fromkeys(_NEARNESS, NOUGHT)
    for id_ in ledger.counted():
        item = ledger.items[id_]
        claims = list(_out(record, record.commitments[entry_id(id_)]))
        printing = [claim for claim in claims if prints(claim, item.money.stated)] or claims
        kinds = {record.sources[claim.source].kind for claim in printing}
        money[next((kind for kind in _NEARNESS if kind in kinds), None)] += item.own.stated
    said = [f"{words.millions(sum_)} on {_NEARNESS[kind]}" for kind, sum_ in money.items() if sum_]
    if said:
        total = words.millions(sum(money.values(), NOUGHT))
        yield Note(f"Of {total} promised, each sum at the nearest place: {words.listed(said)}.")


def check_quotations(
    record: Known, texts: Mapping[str, str], track: Track = silent
) -> Report[QuotationRow]:
    """Look up each quotation that was known by the day in its document's text.

    `texts` gives that by the file's name. A source whose text is not among them is not checked, and
    its quotations are not missing. `track` is told how far it has come.
    """
    claims = track(list(_claims(record)), "Looking up quotations")
    read = {name: quotations.read(text) for name, text in texts.items()}
    rows = sorted(
        (_looked_up(record, entry, claim, read) for entry, claim in claims),
        key=lambda row: (list(Lookup).index(row.standing), row.source, row.line or 0, row.entry),
    )
    count = Counter(row.standing for row in rows)
    said = [
        f"{count[standing]} {standing.replace('-', ' ')}"
        for standing in (Lookup.FOUND, Lookup.MISSING, Lookup.NOT_CHECKED)
    ]
    return Report(
        name="sources check",
        as_of=record.as_of,
        dataset=record.stamp,
        headline=(
            f"{words.counted(len(rows), 'quotation')} of documents out by "
            f"{words.day(record.as_of)}: {', '.join(said)}"
        ),
        rows=tuple(row for row in rows if row.standing is not Lookup.NOT_CHECKED),
        row_type=QuotationRow,
        columns=(
            Column("entry", "Entry", Shape.NAME),
            Column("says", "Words", Shape.SENTENCE, under=(Column("nearest"),)),
            Column("file", "File"),
            Column("line", "Line"),
        ),
        group=Column("standing"),
        notes=(*_not_checked(rows), *age(record)),
    )


def _not_checked(rows: list[QuotationRow]) -> Iterator[Note]:
    pages = {row.source for row in rows if row.standing is Lookup.NOT_CHECKED}
    if pages:
        yield Note(
            f"Not checked: {words.counted(len(pages), 'source')} whose text is not in the folder."
        )


def _claims(record: Known) -> Iterator[tuple[str, Claim]]:
    """Yield what was known by the day and stands in a document out by then, with its entry's id."""
    for kind in ENTRY_KINDS:
        for id_, entry in record.section(kind).items():
            for claim in _out(record, entry):
                yield id_, claim


def _out(record: Known, entry: Entry) -> Iterator[Claim]:
    return filter(record.is_out, all_claims(entry))


def _looked_up(
    record: Known, entry: str, claim: Claim, read: Mapping[str, quotations.Text]
) -> QuotationRow:
    file = record.sources[claim.source].file
    text = read.get(file or "")
    line, nearest = None, ""
    standing = Lookup.NOT_CHECKED
    if text is not None:
        line = text.find(claim.says)
        standing = Lookup.FOUND if line else Lookup.MISSING
        if line is None:
            line, passage = text.nearest(claim.says)
            nearest = f'nearest: "{printable(passage)}"'
    return QuotationRow(standing, entry, claim.source, file, line, claim.says, nearest)
