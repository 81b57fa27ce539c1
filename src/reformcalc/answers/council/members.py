"""What it means for several councils, a line each: those of a region, or of another group."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.answers.chosen import age
from reformcalc.answers.council.council import Council
from reformcalc.answers.council.rows import MemberRow
from reformcalc.report import ID, Column, Note, Report, Shape
from reformcalc.screen import Cell, Head, Line, Listing, Screen, Tone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reformcalc.ledger.known import Known

_BRIEF = 2  # names of programmes in a line
_SAME_FOR_ALL = Note("What all councils must do is the same for each.", ": for COUNCIL lists it")


@dataclass(frozen=True)
class Members:
    """What is asked: what a record says of each council that is a member of a body."""

    record: Known
    body: str

    @cached_property
    def rows(self) -> tuple[MemberRow, ...]:
        """A row for each council, by what it is called."""
        ids = self.record.groups.ends(self.body)
        councils = {id_: Council(self.record, id_) for id_ in ids}
        named = {id_: _programmes(council) for id_, council in councils.items()}
        shared = Counter(name for names in named.values() for name in names)
        rows = []
        for id_, council in councils.items():
            # What few of them are in says most of each.
            programmes = sorted(named[id_], key=lambda name: shared[name])
            rows.append(self._row(council, programmes))
        return tuple(sorted(rows, key=lambda row: row.title))

    def _row(self, council: Council, programmes: Sequence[str]) -> MemberRow:
        id_, body = council.body, self.record.bodies[council.body]
        return MemberRow(
            id=id_,
            title=body.name,
            code=next(iter(body.gss), ""),
            takes_part=tuple(dict.fromkeys(row.id for row in council.takes_part)),
            allocated=tuple(dict.fromkeys(row.id for row in council.gets)),
            programmes=words.listed(words.few(programmes, _BRIEF)) if programmes else "",
            got="; ".join(row.says for row in council.gets),
        )

    @property
    def headline(self) -> str:
        """Say of how many councils the record names a programme, and of how many some money."""
        inside = sum(bool(row.takes_part) for row in self.rows)
        got = sum(bool(row.allocated) for row in self.rows)
        name = words.sentence(self.record.bodies[self.body].name)
        return (
            f"{name}: {inside} of {words.counted(len(self.rows), 'council')} named in a programme, "
            f"an allocation known of {got or 'none'}"
        )

    def report(self) -> Report[MemberRow]:
        """Return all of them, a row each."""
        return Report(
            name="for-members",
            as_of=self.record.as_of,
            dataset=self.record.stamp,
            headline=f"As of {words.day(self.record.as_of)}: {self.headline}",
            rows=self.rows,
            row_type=MemberRow,
            columns=(
                ID,
                Column("title", "Council"),
                Column("code"),
                Column("programmes", "In", shape=Shape.SENTENCE),
                Column("got"),
            ),
            notes=(_SAME_FOR_ALL, *age(self.record)),
        )

    def screen(self, *, every: bool = False) -> Screen:
        """Return the same for one screen."""
        lines = tuple(
            Line((Cell(row.title), Cell(row.programmes or "named in none"), Cell(row.got)))
            for row in self.rows
        )
        heads = (Head("Council", most=24), Head("In", grows=True), Head("Got", most=20))
        return Screen(
            answer=self.headline,
            listings=(Listing(heads, lines, folded=None if every else _rest),),
            notes=(f"As known on {words.day(self.record.as_of)}.", str(_SAME_FOR_ALL)),
            ways=(("All", "--all"), ("Ids, codes", "--long"), ("One", f"for {self.rows[0].id}")),
            whole=every,
        )


def _programmes(council: Council) -> list[str]:
    """Return the names of what a council is in, the newest first, each once."""
    sections = council.record.section
    return list(dict.fromkeys(sections(row.kind)[row.id].name for row in council.takes_part))


def _rest(gone: Sequence[Line]) -> Line:
    return Line((Cell(f"and {len(gone)} more: --all", Tone.QUIET),))
