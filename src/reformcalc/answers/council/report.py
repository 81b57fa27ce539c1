"""What it means for one council, as a report: every row and note, for files and other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.answers.chosen import age, hindsight
from reformcalc.answers.council.rows import ForRow
from reformcalc.answers.council.screen import answer, notes
from reformcalc.report import ID, Column, Note, Report, Shape

if TYPE_CHECKING:
    from reformcalc.answers.council.council import Council


def for_council(council: Council) -> Report[ForRow]:
    """Return all that is known of a council, aspect by aspect."""
    record = council.record
    return Report(
        name="for",
        as_of=record.as_of,
        dataset=record.stamp,
        headline=f"As of {words.day(record.as_of)}: {answer(council)}",
        rows=council.rows,
        row_type=ForRow,
        columns=(
            Column("when", "When", under=(Column("state"), Column("who"))),
            Column(
                "title",
                shape=Shape.SENTENCE,
                under=(ID, Column("says"), Column("inferred"), Column("where", cites="cited")),
            ),
        ),
        group=Column("heading"),
        notes=(*map(Note, list(notes(council))[1:]), *age(record), *hindsight(record)),
    )
