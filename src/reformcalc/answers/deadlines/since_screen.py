"""What has changed since a day, on one screen: by what happened, each in a few letters."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.answers.deadlines.rows import rows_of
from reformcalc.answers.deadlines.said import heading, notes, titled
from reformcalc.answers.deadlines.since import HEADINGS, Change
from reformcalc.answers.milestone_words import by_when
from reformcalc.answers.states import TOLD
from reformcalc.ledger.milestones import State
from reformcalc.record.history import last_day
from reformcalc.screen import Cell, Head, Line, LineKind, Screen, Tone
from reformcalc.screen import Listing as Block

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reformcalc.answers.deadlines.since import ChangeRow, Changes
    from reformcalc.ledger.milestones import Status

_TONES = {Change.MOVED: Tone.DOUBT, Change.IN_FORCE: Tone.GOOD}


@dataclass(frozen=True)
class ChangesScreen:
    """What changed as people see it first."""

    changes: Changes

    def screen(self) -> Screen:
        """Return the changes for one screen."""
        rows = self.changes.rows
        return Screen(
            answer=self.changes.headline(rows),
            listings=tuple(self._blocks(rows)),
            notes=tuple(notes(self.changes.listing)),
            ways=(("Sources, ids", "--long"), ("To mail", "--format markdown")) if rows else (),
        )

    def _blocks(self, rows: Sequence[ChangeRow]) -> Iterator[Block]:
        for change in Change:
            if alike := [row for row in rows if row.change is change]:
                yield Block(
                    heads=(Head(most=38), Head(grows=True), Head(most=14)),
                    lines=(
                        heading(HEADINGS[change]),
                        *chain.from_iterable(map(self._lines, alike)),
                    ),
                    folded=_folded,
                    least=2,
                )

    def _lines(self, row: ChangeRow) -> Iterator[Line]:
        """Yield the line of a change, and one of what of one's own and the record it sets apart."""
        yield self._line(row)
        for said in self.changes.beside(row.id):
            yield Line((Cell(f"  {said}", Tone.QUIET),), LineKind.REMARK)

    def _line(self, row: ChangeRow) -> Line:
        now = next(rows_of(self.changes.dates.record, row.id, None))
        tone = Tone.BAD if row.slips else _TONES.get(row.change, Tone.PLAIN)
        if row.state in (State.MET, State.MET_LATE) and row.change is Change.OUTCOME:
            tone = Tone.GOOD
        return Line(
            (titled(self.changes.dates.record, now), Cell(self._in_short(row), tone), Cell(row.who))
        )

    def _in_short(self, row: ChangeRow) -> str:
        """Say a change in the few letters that its heading leaves to say."""
        end = by_when(row.due, row.latest)
        match row.change:
            case Change.MOVED:
                was = self.changes.then.status(row.id).due
                return f"{by_when(was.text, was.latest)} to {end}"
            case Change.DUE if row.state is State.DUE_NOW:
                return f"due now, {end}"
            case Change.DUE:
                return f"{TOLD[row.state].stands}, {end}"
            case Change.OUTCOME if row.says.startswith("kept"):
                return row.says.partition(";")[0]
            case Change.OUTCOME:
                return _came_in_short(self.changes.dates.record.status(row.id))
            case Change.PROMISED if row.latest is None:
                return "no date"
            case _:
                return end


def _folded(gone: Sequence[Line]) -> Line:
    more = sum(line.kind is LineKind.ROW for line in gone)
    return Line((Cell(f"and {more} more: --long" if more else "", Tone.QUIET),), LineKind.HEADING)


def _came_in_short(now: Status) -> str:
    """Say what came of it, and by when, in the few letters that a screen has."""
    outcome = now.not_met or now.outcome
    assert outcome is not None  # or nothing would have come of it
    kind = "not met" if now.not_met else TOLD[now.state].stands
    when = outcome.day
    by = "" if when.earliest == when.latest else "by "
    return f"{kind}, {by}{words.short_day(last_day(when))}"
