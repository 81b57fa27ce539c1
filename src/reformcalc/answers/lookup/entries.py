"""What is in the record: its entries, by kind."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.answers.chosen import EVERYTHING, Chosen, admitted, age, singular
from reformcalc.answers.entry_words import figure
from reformcalc.answers.written import title
from reformcalc.errors import UnknownId
from reformcalc.record.model import Dataset
from reformcalc.report import ID, Column, Report, Shape
from reformcalc.rows import Kind, means

if TYPE_CHECKING:
    from reformcalc.ledger.known import Known


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry of the record."""

    kind: str = field(metadata=means("the section that it is in", Kind.WORD))
    id: str = field(metadata=means("the entry", Kind.ID))
    title: str = field(metadata=means("its name", Kind.TEXT))
    says: str = field(metadata=means("its figure or date, in words", Kind.TEXT))


def entries(
    record: Known, kind: str | None = None, chosen: Chosen = EVERYTHING
) -> Report[EntryRow]:
    """Return the entries of one kind, or of all, that were known on the day.

    Raises UnknownId for a kind that does not exist.
    """
    if kind is not None and kind not in Dataset.KINDS:
        raise UnknownId("kind", kind, Dataset.KINDS)
    chosen.check(record)
    rows = tuple(
        EntryRow(section, id_, title(entry), figure(record, section, id_))
        for section in ([kind] if kind else Dataset.KINDS)
        for id_, entry in record.section(section).items()
        if admitted(entry, chosen)
    )
    counts = {section: sum(row.kind == section for row in rows) for section in Dataset.KINDS}
    said = [words.counted(count, singular(kind), kind) for kind, count in counts.items() if count]
    return Report(
        name="list",
        as_of=record.as_of,
        dataset=record.stamp,
        headline=f"As of {words.day(record.as_of)}: {', '.join(said) or 'nothing'}",
        rows=rows,
        row_type=EntryRow,
        columns=(
            ID,
            Column("says", shape=Shape.SENTENCE),
            Column("title", shape=Shape.SENTENCE),
        ),
        group=Column("kind"),
        notes=tuple(age(record)),
    )
