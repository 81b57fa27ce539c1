"""One's own plan on the screen of dates: before the record, each beside what it serves."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.answers.deadlines.said import (
    described,
    heading,
    settled_on,
    short_names,
    titled,
    when_of,
)
from reformcalc.answers.serving import pair
from reformcalc.answers.states import TOLD
from reformcalc.ledger.milestones import State
from reformcalc.screen import Cell, Head, Line, LineKind, Tone
from reformcalc.screen import Listing as Block

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from reformcalc.answers.deadlines.listing import Listing
    from reformcalc.answers.deadlines.rows import DeadlineRow
    from reformcalc.ledger.known import Known

# The longest date and the longest length of time, as in what stands below; then how it stands, and
# who sees to it.
_DAY, _SPAN = 11, 9
_HEADS = (Head(most=_DAY), Head(most=_SPAN), Head(grows=True), Head(most=5), Head(most=14))
_TO_COME = (State.DUE_NOW, State.UPCOMING)
# What is counted and listed together, in order: how it is counted, and what heads it.
_PARTS: tuple[tuple[tuple[State, ...], str, str], ...] = (
    ((State.OVERDUE,), "overdue", "Your own plan, overdue"),
    (_TO_COME, "to come", "Your own plan, to come"),
    ((State.UNDER_WAY,), "under way", "Your own plan, under way"),
    ((State.PARTLY_MET,), "partly done", "Your own plan, partly done"),
    ((State.IN_FORCE,), "in force", "Your own plan, in force"),
    ((State.UNDATED,), "without a date", "Your own plan, without a date"),
    ((State.MET, State.MET_LATE, State.ENDED), "done", "Your own plan, done"),
    ((State.DROPPED, State.SUPERSEDED), "dropped or replaced", "Your own plan, dropped"),
)
_FIRST = (State.OVERDUE, *_TO_COME, State.UNDER_WAY)  # what is listed unless more is asked for
_LEAST = 3  # lines of a part: its heading, and an action with what it serves
_TONES = {"red": Tone.BAD, "amber": Tone.DOUBT, "green": Tone.GOOD, "done": Tone.GOOD}


@dataclass(frozen=True)
class OwnPlan:
    """What is listed of one's own plan: in some states, all of it, or else what comes first."""

    listing: Listing
    states: Sequence[State] | None

    @cached_property
    def rows(self) -> Sequence[DeadlineRow]:
        """All of one's own plan that is asked about."""
        return [
            row for row in self.listing.in_any_state if row.own and self.listing.begins_by_then(row)
        ]

    @property
    def answer(self) -> str:
        """How many there are of each kind; of what is overdue also that there are none."""
        counts = {
            counted: sum(row.state in states for row in self.rows) for states, counted, _ in _PARTS
        }
        if until := self.listing.until:
            counts[f"may fall due by {words.day(until)}"] = counts.pop("to come")
        said = [
            f"{count or 'none'} {counted}"
            for counted, count in counts.items()
            if count or counted == "overdue"
        ]
        about = described(self.listing.dates).removesuffix(": ")
        plan = ", ".join(filter(None, (about, "your own plan")))
        return words.sentence(f"{plan}: {', '.join(said)}")

    def blocks(self) -> Iterator[Block]:
        """Yield the parts of the screen that are one's own, with what each line serves below it."""
        states = _FIRST if self.states is None else self.states
        for part, _, name in _PARTS:
            rows = sorted(
                (row for row in self.rows if row.state in part and row.state in states),
                key=self._soonest,
                reverse=part not in (_TO_COME, (State.UNDER_WAY,)),
            )
            if rows:
                yield self._block(name, rows)

    def _soonest(self, row: DeadlineRow) -> tuple[bool, date, str]:
        day = settled_on(self._record, row) or row.latest
        return day is None, day or self._record.as_of, row.id

    def _block(self, name: str, rows: Sequence[DeadlineRow]) -> Block:
        lines = [line for row in rows for line in self._lines(row)]

        def folded(gone: Sequence[Line]) -> Line:
            more = sum(line.kind is LineKind.ROW for line in gone)
            said = f"and {more} more of your own plan" if more else ""
            return Line((Cell(said, Tone.QUIET),), LineKind.HEADING)

        fold = None if self.states is not None else folded
        return Block(_HEADS, (heading(name), *lines), folded=fold, least=_LEAST)

    @cached_property
    def _leads_differ(self) -> bool:
        """Whether the plan is that of several bodies, so that it must be said whose a row is."""
        return len({row.lead for row in self.rows}) > 1

    @property
    def _record(self) -> Known:
        return self.listing.dates.record

    def _lines(self, row: DeadlineRow) -> Iterator[Line]:
        """Yield the line of a row, and one of what it serves: how far the two are apart."""
        record = self._record
        day, span, tone = when_of(record, row, TOLD[row.state].tone)
        yield Line(
            (
                Cell(f"{day:<{_DAY}}", tone),
                Cell(f"{span:<{_SPAN}}", tone),
                titled(record, row),
                Cell(row.progress or "", _TONES.get(row.progress or "", Tone.PLAIN)),
                Cell(row.owner or (short_names(record, row.lead) if self._leads_differ else "")),
            )
        )
        if served := pair(record, row.id):
            yield Line((Cell(f"  {served.sentence}", Tone.QUIET),), LineKind.REMARK)
