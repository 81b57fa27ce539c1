"""What falls due next, what is past, what was met late, what has moved, and who says so."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.answers.deadlines.mentions import elsewhere
from reformcalc.answers.deadlines.notes import OF_WHAT_FALLS_DUE, OF_WHAT_MOVED, counted_by_state
from reformcalc.answers.deadlines.rows import DeadlineRow, furthest
from reformcalc.answers.milestone_words import how_far, moves_in_a_line
from reformcalc.answers.places import led_on
from reformcalc.ledger.milestones import OPEN, State
from reformcalc.report import ID, Column, Report, Shape

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reformcalc.answers.deadlines.dates import Dates
    from reformcalc.answers.deadlines.listing import Listing
    from reformcalc.answers.deadlines.notes import Caution
    from reformcalc.ledger.known import Known
    from reformcalc.ledger.milestones import StateWord

# What makes a check of a state fail: that state or a worse one. One's own plan is its own evidence;
# of the record, only what a source says is late.
FAILING: Mapping[State, tuple[State, ...]] = {
    State.OVERDUE: (State.OVERDUE, State.LATE),
    State.DUE_NOW: (State.OVERDUE, State.LATE, State.DUE_NOW),
}


def deadlines(
    dates: Dates, states: Sequence[State | StateWord] = OPEN, within: str | None = None
) -> Report[DeadlineRow]:
    """Return the milestones in some states on a day, by state, then soonest first.

    The state "overdue" stands for all that is past. `within` ("90d", "6m", "1y") leaves out what
    cannot fall due by then; what is due now or past stays, and what repeats is listed each time
    that it comes round in it. Raises UnknownId for a state that there is not, Refused for a horizon
    in no known form.
    """
    return of_what_falls_due(dates.listing(states, within))


def of_what_falls_due(listing: Listing) -> Report[DeadlineRow]:
    """Return what is listed, by state, then soonest first."""
    dates = listing.dates
    found = counted_by_state(listing)
    if dates.text and not listing.rows:
        found = elsewhere(dates.record, dates.text) + led_on(dates.record, dates.text)
    return _report(listing, listing.rows, found, _FALLS_DUE)


def slipped(
    dates: Dates, states: Sequence[State | StateWord] = tuple(State)
) -> Report[DeadlineRow]:
    """Return the milestones that were given another date, the furthest moved first.

    Raises UnknownId for a state that there is not.
    """
    return of_what_moved(dates.listing(states))


def of_what_moved(listing: Listing) -> Report[DeadlineRow]:
    """Return what is listed and was given another date, the furthest moved first.

    Ranked by how far the last day moved from that of the first date promised; where one of the
    two has none, that cannot be said, and the milestone comes last. A closer date, as "March 2025"
    for "2025", is no other.
    """
    record = listing.dates.record
    moved = (row for row in listing.rows if record.status(row.id).moved)
    rows = sorted((_as_moved(record, row) for row in moved), key=furthest)
    found = f"{words.counted(len(rows), 'date')} of {len(listing.rows)} moved"
    return _report(listing, rows, found, _MOVED)


def _as_moved(record: Known, row: DeadlineRow) -> DeadlineRow:
    """Return a row that tells how it moved instead of when it is due."""
    told = moves_in_a_line(record, record.milestones[row.id], record.status(row.id))
    return replace(row, when=how_far(row.slipped_days), remark=told)


@dataclass(frozen=True, slots=True)
class _Look:
    """How one of the answers is seen, and what is said below it."""

    columns: tuple[Column, ...]
    group: Column | None
    cautions: Sequence[Caution]


_FALLS_DUE = _Look(
    columns=(
        Column("due", "Due", under=(Column("when"), Column("dated"), Column("who"))),
        Column(
            "title",
            shape=Shape.SENTENCE,
            under=(ID, Column("remark"), Column("where", cites="cited")),
        ),
    ),
    group=Column("state"),
    cautions=OF_WHAT_FALLS_DUE,
)
_MOVED = _Look(
    columns=(
        Column("when", "Moved", under=(Column("state"), Column("who"))),
        Column("title", shape=Shape.SENTENCE, under=(ID, Column("remark"))),
    ),
    group=None,
    cautions=OF_WHAT_MOVED,
)


def _report(
    listing: Listing, rows: Sequence[DeadlineRow], found: str, look: _Look
) -> Report[DeadlineRow]:
    record = listing.dates.record
    return Report(
        name="deadlines",
        as_of=record.as_of,
        dataset=record.stamp,
        headline=listing.headline(found),
        rows=tuple(rows),
        row_type=DeadlineRow,
        columns=look.columns,
        group=look.group,
        notes=tuple(note for caution in look.cautions for note in caution(listing, rows)),
    )
