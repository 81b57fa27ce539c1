"""The sentences of a list of deadlines: what was found, and what a reader should know beside it.

A caution is a function of the list and the rows shown of it. Those of an answer stand in one list,
in the order in which they are printed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from reformcalc import words
from reformcalc.answers.chosen import age
from reformcalc.answers.deadlines.listing import Listing
from reformcalc.answers.deadlines.rows import DeadlineRow, soonest
from reformcalc.answers.states import TOLD
from reformcalc.ledger.milestones import OPEN, PAST, State
from reformcalc.report import Note

Rows: TypeAlias = Sequence[DeadlineRow]
Caution: TypeAlias = Callable[[Listing, Rows], Iterator[Note]]

_ALWAYS = (State.LATE, State.DUE_NOW, State.UPCOMING)  # worth saying where there is none
# What is not settled, and no deadline either.
_APART = (State.UNDATED, State.PARTLY_MET, State.UNDER_WAY, State.IN_FORCE)


def counted_by_state(listing: Listing) -> str:
    """Say how many rows are listed of each state; of some also that there are none."""
    by = f" by {words.day(listing.until)}" if listing.until else ""
    own = any(milestone.own for milestone in listing.dates.record.milestones.values())
    always = (State.OVERDUE, *_ALWAYS) if own else _ALWAYS
    said = []
    for state, told in TOLD.items():
        count = _count(listing.rows, state)
        if count or (state in always and state in listing.states):
            said.append(f"{count or 'none'} {told.spoken}{by if state is State.UPCOMING else ''}")
    return ", ".join(said) or "none"


def _count(rows: Rows, state: State) -> int:
    return sum(row.state is state for row in rows)


def _above_and_below(listing: Listing, rows: Rows) -> Iterator[Note]:
    """Say which bodies are listed beside those that were asked for, and why."""
    acts, bodies = listing.dates.acts, listing.dates.record.groups
    named = {body for row in rows for body in row.acts} - {*acts}
    if above := sorted(named & bodies.above(acts)):
        members = [body for body in acts if bodies.above([body]) & {*above}]
        verb = "is a member" if len(members) == 1 else "are members"
        yield Note(
            f"With what falls to {words.listed(above)}, of which {words.listed(members)} {verb}."
        )
    if below := sorted(named & bodies.below(acts)):
        yield Note(f"With what falls to {words.listed(below)}, as members of {words.listed(acts)}.")


def _of_one_council(listing: Listing, _rows: Rows) -> Iterator[Note]:
    if listing.of_one_council:
        yield Note(f"Of one council alone, and not listed: {listing.of_one_council}.", " (--local)")


def _later_than_that(listing: Listing, _rows: Rows) -> Iterator[Note]:
    """Say what comes after the day that the list ends with."""
    later = [
        row
        for row in listing.in_any_state
        if row.state is State.UPCOMING and not listing.begins_by_then(row)
    ]
    if later and State.UPCOMING in listing.states:
        following = min(later, key=soonest)
        start = following.earliest and words.day(following.earliest)
        yield Note(
            f"Later than that: {len(later)}, the next from {start}.", " (leave out --within)"
        )


def _past_too(listing: Listing, _rows: Rows) -> Iterator[Note]:
    """Count, where some of what is past was asked for, what else is past."""
    others = [state for state in PAST if state not in listing.states]
    counts = {state: _count(listing.in_any_state, state) for state in others}
    said = [
        f"{count} {TOLD[state].spoken.removeprefix('past ').removeprefix('and ')}"
        for state, count in counts.items()
        if count
    ]
    if said and len(others) < len(PAST):
        yield Note(f"Past as well, and not listed: {', '.join(said)}.", " (--state overdue)")


def _no_deadline(listing: Listing, rows: Rows) -> Iterator[Note]:
    """Count what is not settled and no deadline either, where none of it is listed."""
    shown = {row.state for row in rows}
    for state in _APART:
        count = _count(listing.in_any_state, state)
        if count and state not in shown:
            yield Note(f"{TOLD[state].spoken.capitalize()}: {count}.", f" (--state {state})")


def _settled(listing: Listing, rows: Rows) -> Iterator[Note]:
    """Count what is settled, where only what is open is listed."""
    settled = sum(row.state not in (*OPEN, *_APART) for row in listing.in_any_state)
    if settled and {row.state for row in rows} <= {*OPEN}:
        yield Note(f"Met, dropped, superseded or ended by then: {settled}.", " (--all)")


def _what_past_means(_listing: Listing, rows: Rows) -> Iterator[Note]:
    shown = {row.state for row in rows}
    if meant := [TOLD[state].meant for state in PAST if state in shown]:
        yield Note(f"{'; '.join(meant)}.", "; reformcalc show ID gives the sources of the promise")


def _what_repeats(listing: Listing, rows: Rows) -> Iterator[Note]:
    if listing.until is None and any(row.repeats for row in rows):
        yield Note("What repeats is listed for its next time.", "; --within lists each")


def _how_moves_count(_listing: Listing, _rows: Rows) -> Iterator[Note]:
    yield Note(
        "Moved: from the last day of the first date promised to that of the date now in force."
    )


def _dated_more_closely(listing: Listing, _rows: Rows) -> Iterator[Note]:
    """Name what has another date than was first promised, though it did not move."""
    now = {row.id: listing.dates.record.status(row.id) for row in listing.rows}
    closer = [id_ for id_, status in sorted(now.items()) if status.moves and not status.moved]
    if closer:
        yield Note(f"First dated later, or more closely, which is no move: {words.listed(closer)}.")


def _late_in_silence(listing: Listing, rows: Rows) -> Iterator[Note]:
    """Count what came late, or may have, and was never given another date."""
    moved = {row.id for row in rows}
    silent = sum(bool(row.days_late_high) and row.id not in moved for row in listing.rows)
    if silent:
        yield Note(
            f"Late, or perhaps late, without another date being given: {silent}.",
            " (deadlines --all has them, with by how much)",
        )


def _age(listing: Listing, _rows: Rows) -> Iterator[Note]:
    yield from age(listing.dates.record)


OF_WHAT_FALLS_DUE: Sequence[Caution] = (
    _above_and_below,
    _of_one_council,
    _later_than_that,
    _past_too,
    _no_deadline,
    _settled,
    _what_past_means,
    _what_repeats,
    _age,
)
OF_WHAT_MOVED: Sequence[Caution] = (
    _above_and_below,
    _of_one_council,
    _how_moves_count,
    _dated_more_closely,
    _late_in_silence,
    _age,
)
