"""What was given another date, on one screen: by how it stands now, the furthest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.answers.deadlines.rows import furthest
from reformcalc.answers.deadlines.said import described, heading, notes, nothing, score, titled
from reformcalc.answers.milestone_words import by_when, how_far, length
from reformcalc.ledger.milestones import PAST, State
from reformcalc.screen import Cell, Head, Line, LineKind, Screen, Tone
from reformcalc.screen import Listing as Block

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reformcalc.answers.deadlines.listing import Listing
    from reformcalc.answers.deadlines.rows import DeadlineRow


@dataclass(frozen=True)
class MovedScreen:
    """What was given another date as people see it: how far it moved, from when to when."""

    listing: Listing
    rows: Sequence[DeadlineRow]

    def screen(self) -> Screen:
        """Return the answer for one screen, the furthest first; nothing that moved is left out."""
        listing, count = self.listing, len(self.rows)
        dates = listing.dates
        moved = f"{words.counted(count, 'date')} of {len(listing.rows)} moved"
        return Screen(
            answer=f"{described(dates)}{moved}" if listing.rows else nothing(listing),
            said=(score(dates),) if listing.rows else (),
            listings=tuple(self._blocks()),
            notes=tuple(notes(listing)),
            ways=(("Sources, ids, who moved it", "--long"), ("Changed", "--since 1w")),
        )

    def _blocks(self) -> Iterator[Block]:
        lines: list[Line] = []
        for name, states in _STANDING:
            rows = sorted((row for row in self.rows if row.state in states), key=furthest)
            if rows:
                lines += [heading(name), *map(self._line, rows)]
        if lines:
            heads = (Head("Moved", most=10), Head("First said", most=11), Head("Now", most=11))
            yield Block(
                (*heads, Head(grows=True)),
                tuple(lines),
                folded=lambda gone: Line(
                    (
                        Cell(
                            f"and {sum(one.kind is LineKind.ROW for one in gone)} more: --long",
                            Tone.QUIET,
                        ),
                    ),
                    LineKind.HEADING,
                ),
                least=4,
            )

    def _line(self, row: DeadlineRow) -> Line:
        record = self.listing.dates.record
        now = record.status(row.id)
        far = how_far(row.slipped_days).removesuffix(" later") if row.slipped_days else ".."
        if row.slipped_days is not None and row.slipped_days < 0:
            far = f"\u2212{length(-row.slipped_days)}"
        first = now.first_dated
        return Line(
            (
                Cell(far),
                Cell(by_when(first.text, first.latest)),
                Cell(by_when(now.due.text, now.due.latest)),
                titled(record, row),
            )
        )


# Where what was moved stands now.
_STANDING: tuple[tuple[str, tuple[State, ...]], ...] = (
    ("Still to come", (State.DUE_NOW, State.UPCOMING, State.UNDER_WAY, State.UNDATED)),
    ("Past its later date too", PAST),
    ("Partly met", (State.PARTLY_MET,)),
    ("In force", (State.IN_FORCE,)),
    ("Met", (State.MET, State.MET_LATE)),
    ("Dropped, replaced or ended", (State.DROPPED, State.SUPERSEDED, State.ENDED)),
)
