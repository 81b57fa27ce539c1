"""A question about dates: which milestones of a record it is about, and up to which day."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta

from reformcalc.answers.chosen import Chosen
from reformcalc.answers.deadlines.bodies import acting, called, concerns_one_council
from reformcalc.answers.deadlines.listing import Listing
from reformcalc.answers.deadlines.mentions import any_in, said_of
from reformcalc.errors import Refused, UnknownId
from reformcalc.ledger.milestones import OPEN, PAST, State
from reformcalc.values.due import typed_day

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from reformcalc.ledger.known import Known
    from reformcalc.record.model import Milestone

_LENGTHS = {"d": "days", "w": "weeks", "m": "months", "y": "years"}
_OWN_BODY = "write one of your own in a file beside the record: reformcalc new milestone"


@dataclass(frozen=True)
class Dates:
    """What is asked of the dates of a record.

    `acts` keeps what these bodies must do, with what falls to those that they are members of and to
    members of theirs; `text` what has any of these words. What concerns one council alone is there
    with `local`, or where it is asked for.

    Raises UnknownId where an id is not in the record.
    """

    record: Known
    chosen: Chosen = field(default_factory=Chosen)
    acts: Sequence[str] = ()
    text: Sequence[str] = ()
    local: bool = False

    def __post_init__(self) -> None:
        """Refuse what cannot be asked of this record."""
        self.chosen.check(self.record)
        for body in self.acts:
            if body not in self.record.bodies:
                raise UnknownId("body", body, self.record.bodies, _OWN_BODY)

    @cached_property
    def milestones(self) -> Mapping[str, Milestone]:
        """The milestones that are asked about, whoever they concern."""
        groups = self.record.groups
        acts = {*self.acts, *groups.above(self.acts), *groups.below(self.acts)}
        return {
            id_: milestone
            for id_, milestone in self.record.milestones.items()
            if self.chosen.admits(milestone, also=True)
            and (not acts or acts & {*acting(milestone)})
            and (not self.text or any_in(self.text, said_of(self.record, id_)))
        }

    def listing(self, states: Sequence[str] = OPEN, within: str | None = None) -> Listing:
        """Return what is listed of some states, up to the end of a horizon such as "6m".

        The state "overdue" stands for all that is past. Raises UnknownId for a state that there is
        not, Refused for a horizon in no known form.
        """
        until = horizon(self.record.as_of, within) if within else None
        return Listing(self, past_too(states), until)

    def hides(self, milestone: Milestone) -> bool:
        """Whether a milestone concerns one council alone, and nobody asked for that."""
        if self.local or milestone.own or not concerns_one_council(self.record.groups, milestone):
            return False
        concerned = {*acting(milestone), *milestone.lead}
        named = concerned & {*self.acts, *self.chosen.leads}
        return not named and not any_in(self.text, called(self.record.bodies, concerned))


def past_too(states: Sequence[str]) -> tuple[State, ...]:
    """Return some states, where "overdue" stands for all in which a day has passed.

    Raises UnknownId for what is no state.
    """
    for state in states:
        if state not in tuple(State):
            raise UnknownId("state", state, State)
    also = PAST if State.OVERDUE in states else ()
    return tuple(dict.fromkeys((*map(State, states), *also)))


def horizon(as_of: date, within: str) -> date:
    """Return the last day of a horizon such as "90d". Raises Refused for what is not one."""
    return _counted_from(as_of, parse_length(within), within)


def since_when(as_of: date, since: str) -> date:
    """Return the day that "1w" before another is, or the day that is typed.

    Raises Refused for a length that leads beyond the calendar, ValueError for what is neither.
    """
    if since[:1].isdigit() and since[-1:] in _LENGTHS:
        return _counted_from(as_of, -parse_length(since), since)
    return typed_day(since)


def notice(as_of: date, alarm: str) -> relativedelta:
    """Return how long before a day to come it is to be reminded of. Raises Refused likewise."""
    before = parse_length(alarm)
    _counted_from(as_of, -before, alarm)
    return before


def parse_length(text: str) -> relativedelta:
    """Read a length of time such as "90d", "6m" or "1y". Raises Refused for others."""
    number, unit = text[:-1], text[-1:]
    if unit not in _LENGTHS or not number.isdecimal() or not number.isascii() or len(number) > 4:
        raise Refused(f'"{text}" is not a length of time', 'write it as "90d", "6m" or "1y"')
    return relativedelta(**{_LENGTHS[unit]: int(number)})  # type: ignore[arg-type]


def _counted_from(day: date, far: relativedelta, text: str) -> date:
    try:
        return day + far
    except (ValueError, OverflowError):
        raise Refused(f'"{text}" leads beyond the calendar', "write less") from None
