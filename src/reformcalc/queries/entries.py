"""What is in the record: its entries, by kind."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.errors import UnknownId
from reformcalc.history import known_by
from reformcalc.model import Dataset
from reformcalc.queries.common import Chosen, admitted, age, singular, stamp
from reformcalc.queries.written import says, title
from reformcalc.report import ID, Column, Report, Shape
from reformcalc.rows import Kind, means

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry of the record."""

    kind: str = field(metadata=means("the section that it is in", Kind.WORD))
    id: str = field(metadata=means("the entry", Kind.ID))
    title: str = field(metadata=means("its name", Kind.TEXT))
    says: str = field(metadata=means("its figure or date, in words", Kind.TEXT))


def entries(
    dataset: Dataset,
    kind: str | None = None,
    *,
    as_of: date,
    chosen: Chosen | None = None,
) -> Report[EntryRow]:
    """Return the entries of one kind, or of all, that were known on a day.

    Raises UnknownId for a kind that does not exist.
    """
    if kind is not None and kind not in Dataset.KINDS:
        raise UnknownId("kind", kind, Dataset.KINDS)
    chosen = chosen or Chosen()
    chosen.check(dataset)
    rows = tuple(
        EntryRow(section, id_, title(entry), says(dataset, entry, as_of))
        for section in ([kind] if kind else Dataset.KINDS)
        for id_, entry in sorted(getattr(dataset, section).items())
        if known_by(dataset, entry, as_of) and admitted(entry, chosen)
    )
    counts = {section: sum(row.kind == section for row in rows) for section in Dataset.KINDS}
    said = [words.counted(count, singular(kind), kind) for kind, count in counts.items() if count]
    return Report(
        name="list",
        as_of=as_of,
        dataset=stamp(dataset),
        headline=f"As of {words.day(as_of)}: {', '.join(said) or 'nothing'}",
        rows=rows,
        row_type=EntryRow,
        columns=(
            ID,
            Column("says", shape=Shape.SENTENCE),
            Column("title", shape=Shape.SENTENCE),
        ),
        group=Column("kind"),
        notes=tuple(age(dataset, as_of)),
    )
