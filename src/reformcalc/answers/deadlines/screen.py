"""What falls due, on one screen: what is to come, then what is past, by what is known of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.answers.deadlines.own_screen import OwnPlan
from reformcalc.answers.deadlines.said import (
    A_YEAR,
    described,
    heading,
    not_listed,
    notes,
    nothing,
    score,
    settled_on,
    short_names,
    titled,
    when_of,
)
from reformcalc.answers.places import led_on, ways
from reformcalc.answers.states import TOLD, counted_together
from reformcalc.ledger.milestones import PAST, State
from reformcalc.screen import Cell, Head, Line, LineKind, Screen, Tone
from reformcalc.screen import Listing as Block

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reformcalc.answers.deadlines.listing import Listing
    from reformcalc.answers.deadlines.rows import DeadlineRow
    from reformcalc.ledger.known import Known

# The longest date that `by_when` writes with a footnote's mark, the longest length of time, and the
# short name of a body.
HEADS = (Head(most=15), Head(most=9), Head(grows=True, wraps=True), Head(most=14))
_NAMES = 66  # letters of a line that names what is in force
_EACH = 4  # lines, where each is named in one
_NEWEST = 2  # rows of what is long past, where there is nothing newer


_TO_COME = (State.DUE_NOW, State.UPCOMING)
# The parts of the screen, in order, by the states that are in them.
_PARTS: tuple[tuple[State, ...], ...] = (
    _TO_COME,
    (State.OVERDUE,),
    (State.LATE,),
    (State.NO_OUTCOME_FOUND,),
    (State.NOT_CHECKED,),
    (State.PARTLY_MET,),
    (State.IN_FORCE,),
    (State.UNDER_WAY,),
    (State.UNDATED,),
    (State.MET,),
    (State.MET_LATE,),
    (State.DROPPED,),
    (State.SUPERSEDED,),
    (State.ENDED,),
)
# Of these at least a few rows keep their place where there is no room for all.
_FIRST = (*_TO_COME, State.OVERDUE, State.LATE)
# What is folded once it is long past: of these nothing says that it is still to be done.
_FADING = (State.NO_OUTCOME_FOUND, State.NOT_CHECKED)
# In a line each, unless they were asked for; and what is listed only where it was.
_IN_A_LINE = (State.IN_FORCE, State.UNDER_WAY)
_SHOWN = (*_TO_COME, *PAST, *_IN_A_LINE)


@dataclass(frozen=True)
class DeadlinesScreen:
    """A list of deadlines as people see it first.

    `chosen` says that the states were asked for: all of what is in them is listed, and nothing is
    folded.
    """

    listing: Listing
    chosen: bool = False

    def screen(self) -> Screen:
        """Return the answer for one screen."""
        own = self._own
        return Screen(
            answer=own.answer if own.rows else self._answer,
            said=tuple(self._said()),
            listings=(*own.blocks(), *self._blocks()),
            notes=tuple(notes(self.listing)),
            ways=tuple(self._ways()),
            whole=self.chosen,
        )

    @property
    def _record(self) -> Known:
        return self.listing.dates.record

    @cached_property
    def _own(self) -> OwnPlan:
        return OwnPlan(self.listing, self.listing.states if self.chosen else None)

    @property
    def _beside_own(self) -> bool:
        """Whether the record stands below one's own plan, and so in fewer lines."""
        return bool(self._own.rows) and not self.chosen

    @cached_property
    def _states(self) -> Sequence[State]:
        return self.listing.states if self.chosen else _SHOWN

    @cached_property
    def _every(self) -> Sequence[DeadlineRow]:
        """All of the record that is asked about, in any state; one's own plan stands before it."""
        return [row for row in self.listing.in_any_state if not row.own]

    def _rows(self, states: Iterable[State]) -> list[DeadlineRow]:
        """Return the rows in some states: to come soonest first, of what is past newest first."""
        rows = [
            row for row in self._every if row.state in states and self.listing.begins_by_then(row)
        ]
        shown = {row.id: settled_on(self._record, row) or row.latest for row in rows}
        undated = [row for row in rows if shown[row.id] is None]
        dated = [row for row in rows if shown[row.id]]
        coming = {*_TO_COME, State.UNDER_WAY} & {*states}
        dated.sort(
            # What had no date and was done has but the day on which it was done.
            key=lambda row: (shown[row.id], row.earliest or row.latest or shown[row.id]),
            reverse=not coming,
        )
        return [*dated, *undated]

    @property
    def _answer(self) -> str:
        """Say how many there are of each state that is shown."""
        if not self.listing.in_any_state:
            return nothing(self.listing)
        return f"{described(self.listing.dates)}{self._counted}"

    @property
    def _counted(self) -> str:
        listing = self.listing
        apart = [state for state in State if state in self._states and state not in _FADING]
        said = [
            f"{len(rows) or 'none'} {name}"
            for name, states in counted_together(apart).items()
            if (rows := self._rows(states)) or (self.chosen and len(self._states) <= 1)
        ]
        past = [
            f"{len(rows)} {TOLD[state].counted}"
            for state in _FADING
            if state in self._states and (rows := self._rows([state]))
        ]
        if past and "past" not in past[0]:
            past[0] = past[0].replace(" ", " past and ", 1)
        counts = "; ".join(filter(None, (", ".join(said), ", ".join(past))))
        if not counts:
            counts = f"none is open{led_on(self._record, listing.dates.text)}"
        if listing.until:
            counts = counts.replace("to come", f"may fall due by {words.day(listing.until)}")
        return counts

    def _said(self) -> Iterator[str]:
        """Yield how all stand that are asked about, whether listed or not."""
        every = self._every
        if self._own.rows:
            if every:
                yield f"Nationally: {self._counted}."
            return
        settled = counted_together(_SETTLED).items()
        counts = {name: sum(row.state in states for row in every) for name, states in settled}
        said = [f"{count} {name}" for name, count in counts.items() if count]
        undated = sum(row.state is State.UNDATED for row in every)
        if self.chosen:
            if every:
                yield " ".join(filter(None, (score(self.listing.dates), not_listed(self.listing))))
        elif said or undated:
            without = f"{undated} undated" if undated else ""
            told = "; ".join(filter(None, (", ".join(said), without)))
            yield f"Of {len(every)}: {told}."

    def _blocks(self) -> Iterator[Block]:
        lines: list[Line] = []
        for part in (_TO_COME,) if self._beside_own else _PARTS:
            states = [state for state in part if state in self._states]
            rows = self._rows(states)
            if not rows:
                continue
            if not self.chosen and states[0] in _IN_A_LINE:
                heading = TOLD[part[0]].heading.removesuffix(", to")
                for named in self._named(rows):
                    lines.append(Line((Cell(heading, Tone.STRONG), Cell(named))))
                    heading = ""
            else:
                yield self._block(part[0], rows)
        if lines:
            yield Block((Head(), Head(grows=True)), tuple(lines))

    def _block(self, part: State, rows: Sequence[DeadlineRow]) -> Block:
        """Return a part of the screen, by its first state, with what is long past in a line."""
        past = [] if self.chosen or part not in _FADING else [*filter(self._old, rows)]
        if len(past) == len(rows):
            past = past[_NEWEST:]  # a heading over nothing but a number shows nothing
        if len(past) == 1:
            past = []
        recent = rows[: len(rows) - len(past)]
        told = TOLD[part]
        named = f"{told.heading} nationally" if self._beside_own else told.heading
        lines = [heading(named), *(self._line(row, told.tone) for row in recent)]
        if past:
            lines.append(self._rest(part, past))

        def folded(gone: Sequence[Line]) -> Line:
            shown = len(lines) - 1 - len(gone)
            return self._rest(part, rows[shown:])

        least = 4 if part in _FIRST and not self._beside_own else 2
        return Block(HEADS, tuple(lines), folded=None if self.chosen else folded, least=least)

    def _old(self, row: DeadlineRow) -> bool:
        """Whether it was due more than a year ago."""
        return row.latest is not None and row.latest < self._record.as_of - A_YEAR

    def _rest(self, part: State, rows: Sequence[DeadlineRow]) -> Line:
        """Return the line that stands for rows which have no room, or are long past."""
        ends = [row.latest for row in rows if row.latest]
        last = f"{max(ends):%B %Y}" if ends else ""
        if part in _TO_COME:
            said = f"and {len(rows)} more" + (f", the last in {last}" if last else "")
        else:
            kind = "older than a year" if all(map(self._old, rows)) else "more"
            said = f"and {len(rows)} {kind}: --state {part}"
        return Line((Cell(said, Tone.QUIET),), LineKind.HEADING)

    def _line(self, row: DeadlineRow, tone: Tone) -> Line:
        record = self._record
        day, span, tone = when_of(record, row, tone)
        # Of what has no day, what it waits for would be a footnote to each.
        doubt = words.sentence(row.doubt) if row.earliest else ""
        when = Cell(day, tone, note=doubt and f"{doubt}.")
        cells = when, Cell(span, tone), titled(record, row), Cell(self._who(row))
        return Line(cells, cites=row.cited)

    def _who(self, row: DeadlineRow) -> str:
        """Say who promised it: unless that is known, who must act, or whether they must."""
        dates = self.listing.dates
        if dates.acts and row.acts != row.lead:
            return "duty" if row.nature == "duty" else "expected"
        if dates.chosen.leads and row.lead == dates.chosen.leads:
            return short_names(self._record, [id_ for id_ in row.acts if id_ not in row.lead])
        return short_names(self._record, row.lead)

    def _named(self, rows: Sequence[DeadlineRow]) -> list[str]:
        """Name a few in a line, as many as it has room for, and count the others.

        Those who must act see each in a line of its own: what binds them is what they ask about.
        """
        named = [self._since_when(row) for row in rows]
        if self.listing.dates.acts:
            more = [f"and {len(named) - _EACH} more"] if len(named) > _EACH else []
            return [*named[:_EACH], *more]
        few = 1
        while few < len(named) and len(", ".join(named[: few + 1])) + len(" and 10 more") < _NAMES:
            few += 1
        return [words.listed(words.few(named, few))]

    def _since_when(self, row: DeadlineRow) -> str:
        """Return what a row is called, with the day since when it is in force."""
        name, day = self._record.milestones[row.id].name, settled_on(self._record, row)
        return f"{name} ({words.short_day(day)})" if day else name

    def _ways(self) -> Iterator[tuple[str, str]]:
        every, dates = len(self.listing.in_any_state), self.listing.dates
        if not every:
            return
        for name, command in ways(self._record, (*dates.chosen.leads, *dates.text)):
            yield f"What else is known of {name}", command
        if any(row.state not in self._states for row in self.listing.in_any_state):
            yield f"All {every}", "--all"
        yield "Sources, ids, searches", "--long"
        yield "Changed", "--since 1w"
        if self._beside_own and self._rows(_FADING):
            yield "Past nationally", "--state overdue"
        if self.listing.of_one_council:
            yield f"{self.listing.of_one_council} of one council alone", "--local"


_SETTLED = (
    State.MET, State.MET_LATE, State.PARTLY_MET, State.DROPPED, State.SUPERSEDED, State.ENDED,
)  # fmt: skip
