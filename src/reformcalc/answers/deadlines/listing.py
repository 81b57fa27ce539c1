"""What a question about dates lists, and what it leaves out: the rows that an answer is made of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.answers.chosen import names
from reformcalc.answers.deadlines.rows import rows_of, soonest
from reformcalc.printable import printable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from reformcalc.answers.deadlines.dates import Dates
    from reformcalc.answers.deadlines.rows import DeadlineRow
    from reformcalc.ledger.milestones import State


@dataclass(frozen=True)
class Listing:
    """The milestones that are asked about and stand in some states, up to a day if there is one.

    What is due now or past is listed whatever that day is: it leaves out what begins later.
    """

    dates: Dates
    states: Sequence[State]
    until: date | None = None

    @cached_property
    def in_any_state(self) -> tuple[DeadlineRow, ...]:
        """All that is asked about, also what is not listed."""
        return self._found(self.until)

    @cached_property
    def next_times(self) -> tuple[DeadlineRow, ...]:
        """The same, of what repeats only its next time."""
        return self._found(None)

    def _found(self, until: date | None) -> tuple[DeadlineRow, ...]:
        return tuple(
            row
            for id_, milestone in self.dates.milestones.items()
            if not self.dates.hides(milestone)
            for row in rows_of(self.dates.record, id_, until)
        )

    @cached_property
    def rows(self) -> tuple[DeadlineRow, ...]:
        """What is listed, by state, then soonest first."""
        return tuple(sorted(filter(self._lists, self.in_any_state), key=soonest))

    @cached_property
    def of_one_council(self) -> int:
        """How many rows more there were, if it did not hide what concerns one council alone."""
        return sum(
            self._lists(row)
            for id_, milestone in self.dates.milestones.items()
            if self.dates.hides(milestone)
            for row in rows_of(self.dates.record, id_, self.until)
        )

    def _lists(self, row: DeadlineRow) -> bool:
        return row.state in self.states and self.begins_by_then(row)

    def begins_by_then(self, row: DeadlineRow) -> bool:
        """Whether something can fall due up to the day that the list ends with, if it has one."""
        return self.until is None or row.earliest is None or row.earliest <= self.until

    @property
    def limits(self) -> str:
        """What the list is limited to, in brackets, or nothing."""
        dates = self.dates
        parts = [dates.chosen.described(dates.record)]
        if dates.acts:
            parts.append(f"{names(dates.record, dates.acts)} to act")
        if dates.text:
            parts.append("with " + " or ".join(f'"{printable(phrase)}"' for phrase in dates.text))
        said = "; ".join(filter(None, parts))
        return f" ({said})" if said else ""

    def headline(self, finding: str) -> str:
        """Say of which day and of what something was found."""
        return f"As of {words.day(self.dates.record.as_of)}{self.limits}: {finding}"
