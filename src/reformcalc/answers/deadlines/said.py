"""What the screens of dates say alike: what is asked about, whose it is, how a row is named."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta

from reformcalc import words
from reformcalc.answers.deadlines.mentions import elsewhere
from reformcalc.answers.milestone_words import by_when, length
from reformcalc.answers.places import led_on
from reformcalc.answers.states import counted_together
from reformcalc.ledger.milestones import State
from reformcalc.printable import on_the_web, printable
from reformcalc.record.history import last_day
from reformcalc.screen import Cell, Line, LineKind, Tone

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from reformcalc.answers.deadlines.dates import Dates
    from reformcalc.answers.deadlines.listing import Listing
    from reformcalc.answers.deadlines.rows import DeadlineRow
    from reformcalc.ledger.known import Known

NOT_NOTHING = "That no outcome is known does not mean that nothing was done."
A_YEAR = relativedelta(years=1)  # ago, the score is compared; older, what is past is folded


def heading(text: str) -> Line:
    """Return the line that heads a part of a screen."""
    return Line((Cell(text),), LineKind.HEADING)


def titled(record: Known, row: DeadlineRow) -> Cell:
    """Return what a row is called, as a link to its source."""
    address = (row.sources and record.source(row.sources[0]).url) or ""
    link = address if on_the_web(address) else ""
    return Cell(record.milestones[row.id].name, link=link)


def short_names(record: Known, bodies: Sequence[str]) -> str:
    """List some bodies by what a row of a screen calls them; "" for none."""
    return words.listed(record.bodies[id_].name for id_ in bodies)


def described(dates: Dates) -> str:
    """Say what is asked about, to begin a sentence with, or nothing for everything."""
    record, chosen = dates.record, dates.chosen
    parts = [
        words.listed(record.section(kind)[id_].name for id_ in ids)
        for kind, ids in (("pillars", chosen.pillars), ("topics", chosen.topics))
        if ids
    ]
    if chosen.leads:
        parts.append(f"promised by {short_names(record, chosen.leads)}")
    if dates.acts:
        parts.append(f"for {short_names(record, dates.acts)}")
    if dates.text:
        parts.append("with " + " or ".join(f'"{printable(phrase)}"' for phrase in dates.text))
    said = ", ".join(parts)
    return f"{said[:1].upper()}{said[1:]}: " if said else ""


def nothing(listing: Listing) -> str:
    """Say why nothing is listed: not yet recorded, not of what was asked, or under other words."""
    record, dates = listing.dates.record, listing.dates
    day = words.day(record.as_of)
    if not record.milestones:
        return f"No promise with a date is recorded by {day}"
    about = described(dates)
    if dates.text:
        return f"{about}{elsewhere(record, dates.text)}{led_on(record, dates.text)}"
    theirs = replace(dates, chosen=replace(dates.chosen, leads=()), acts=dates.chosen.leads)
    other = ""
    if dates.chosen.leads and not dates.acts and theirs.milestones:
        options = " ".join(f"--acts {id_}" for id_ in dates.chosen.leads)
        other = f"; what they must do: {options}"
    other = led_on(record, (*dates.acts, *dates.chosen.leads)) or other
    return f"{about}no deadline is recorded by {day}{other}"


def notes(listing: Listing) -> Iterator[str]:
    """Yield of which day the answer is, and whose duties are listed as well."""
    record, dates = listing.dates.record, listing.dates
    if not listing.in_any_state:
        return
    reviewed = record.about.reviewed
    last = f"; last reviewed {words.day(reviewed)}" if record.as_of > reviewed else ""
    yield f"As known on {words.day(record.as_of)}{last}."
    acting = {body for row in listing.in_any_state for body in row.acts}
    if above := sorted(acting & dates.record.groups.above(dates.acts) - {*dates.acts}):
        yield f"With what falls to {short_names(record, above)}."


def score(dates: Dates) -> str:
    """Say how many were met of how many by the day, and a year before."""
    now = _states(dates)
    before = _states(replace(dates, record=dates.record.on(dates.record.as_of - A_YEAR)))
    late = now.count(State.MET_LATE)
    told = f"{_met(now)} of {len(now)} met" + (f", {late} of them late" if late else "")
    ago = f"; {_met(before)} of {len(before)} a year ago" if before else ""
    return f"{told}{ago}."


def not_listed(listing: Listing) -> str:
    """Say how all stand that are neither listed nor met, so that the counts add up to all.

    Nothing of a list up to a day, which leaves out some of every state.
    """
    listed = (*listing.states, State.MET, State.MET_LATE)
    others = [state for state in _states(listing.dates) if state not in listed]
    if not others or listing.until:
        return ""
    together = counted_together(state for state in State if state in others)
    counts = (f"{sum(map(others.count, some))} {name}" for name, some in together.items())
    return f"Not listed: {', '.join(counts)}."


def _states(dates: Dates) -> list[State]:
    """Return how each of what is asked about stands, as known on its day."""
    return [
        dates.record.status(id_).state
        for id_, milestone in dates.milestones.items()
        if not dates.hides(milestone)
    ]


def _met(states: Sequence[State]) -> int:
    return states.count(State.MET) + states.count(State.MET_LATE)


# What has a day of its own: that of its outcome.
_SETTLED_ON = (State.MET, State.MET_LATE, State.IN_FORCE, State.DROPPED, State.SUPERSEDED)


def settled_on(record: Known, row: DeadlineRow) -> date | None:
    """Return the last day on which what settles a row can have come; None where nothing does."""
    outcome = record.status(row.id).outcome
    return last_day(outcome.day) if outcome and row.state in _SETTLED_ON else None


def when_of(record: Known, row: DeadlineRow, tone: Tone) -> tuple[str, str, Tone]:
    """Return the day of a row, how long it is to that day or since, and the colour of both."""
    if settled := settled_on(record, row):
        late = length(row.days_late_low) if row.days_late_low and row.days_late_low > 0 else ""
        return words.short_day(settled), late, tone
    if row.earliest is None and row.latest is None:
        return "no date", "", tone
    day = by_when(row.due, row.latest)
    if row.state is State.DUE_NOW:
        return day, "due now", Tone.DOUBT
    return day, "" if row.days_left is None else length(abs(row.days_left)), tone
