"""What falls due next, what is overdue, what was met late, what has moved, and who says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta

from reformcalc import words
from reformcalc.errors import Refused, UnknownId
from reformcalc.known import last_day, outcome_day, outcome_known_on
from reformcalc.model import OUTCOME_KINDS
from reformcalc.queries.common import Chosen, age, find, stamp
from reformcalc.report import Column, Report

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reformcalc.due import Due
    from reformcalc.model import Dataset, Milestone, Outcome


class State(StrEnum):
    """Where a milestone stands on a day: computed from its dates and outcomes, never typed."""

    OVERDUE = "overdue"
    DUE_NOW = "due-now"
    UPCOMING = "upcoming"
    UNDATED = "undated"
    MET = "met"
    MET_LATE = "met-late"
    PARTLY_MET = "partly-met"
    DROPPED = "dropped"
    SUPERSEDED = "superseded"


OPEN = (State.OVERDUE, State.DUE_NOW, State.UPCOMING)  # what a list shows unless asked otherwise


@dataclass(frozen=True, slots=True)
class DeadlineRow:
    """One milestone as it stood on the day.

    Days count to the latest day: `days_left` is negative once it is past. `slipped_days` is how
    far the latest day has moved from the first promise. `days_late_low` and `_high` say how late
    it came at least and at most, where it was or may have been late.
    """

    id: str
    title: str
    due: str
    first_due: str
    earliest: date | None
    latest: date | None
    edtf: str | None
    precision: str
    state: State
    days_left: int | None
    slipped_days: int | None
    days_late_low: int | None
    days_late_high: int | None
    lead: tuple[str, ...]
    acts: tuple[str, ...]
    pillar: str | None
    topics: tuple[str, ...]
    outcome_on: str | None
    when: str
    remark: str
    where: str


def deadlines(
    dataset: Dataset,
    *,
    as_of: date,
    chosen: Chosen | None = None,
    within: str | None = None,
    states: Sequence[str] = OPEN,
    acts: Sequence[str] = (),
    digest: str = "",
) -> Report[DeadlineRow]:
    """Return the milestones in some states on a day, soonest first.

    `within` ("90d", "6m", "1y") leaves out what cannot fall due by then; what is due now or
    overdue stays. `acts` keeps what these bodies must do. Raises UnknownId for an id that the
    dataset does not have, Refused for a horizon in no known form.
    """
    chosen = chosen or Chosen()
    chosen.check(dataset)
    for body in acts:
        find(dataset, "bodies", body)
    for state in states:
        if state not in tuple(State):
            raise UnknownId("state", state, State)
    until = horizon(as_of, within) if within else None
    known = [
        _row(dataset, id_, milestone, as_of)
        for id_, milestone in dataset.milestones.items()
        if last_day(milestone.promised) <= as_of
        and chosen.admits(milestone, also=True)
        and (not acts or set(acts) & set(milestone.acts or milestone.lead))
    ]
    rows = sorted(
        (row for row in known if row.state in states and _falls_by(row, until)), key=_soonest
    )
    return Report(
        name="deadlines",
        as_of=as_of,
        dataset=stamp(dataset, digest),
        headline=_headline(rows, states, as_of, until, _limited(dataset, chosen, acts)),
        rows=tuple(rows),
        row_type=DeadlineRow,
        columns=(
            Column("due", "Due", under=("when",)),
            Column("title", "", under=("id", "remark")),
            Column("lead", "Lead"),
        ),
        group="state",
        notes=tuple(_notes(dataset, known, rows, states, until, as_of)),
    )


def horizon(as_of: date, within: str) -> date:
    """Return the last day of a horizon such as "90d", "6m" or "1y". Raises Refused for others."""
    number, unit = within[:-1], within[-1:]
    lengths = {"d": "days", "w": "weeks", "m": "months", "y": "years"}
    if unit not in lengths or not number.isdecimal() or not number.isascii() or len(number) > 4:
        raise Refused(f'"{within}" is not a length of time; write it as "90d", "6m" or "1y"')
    try:
        return as_of + relativedelta(**{lengths[unit]: int(number)})  # type: ignore[arg-type]
    except (ValueError, OverflowError):
        raise Refused(f'"{within}" leads past the last day of the calendar; write less') from None


def state_of(milestone: Milestone, as_of: date) -> State:
    """Return where a milestone stands on a day, from what was known by then."""
    outcome = outcome_by(milestone, as_of)
    if outcome:
        kind = next(k for k in OUTCOME_KINDS if getattr(outcome, k.replace("-", "_")))
        late = _lateness(milestone, outcome)
        return State.MET_LATE if kind == "met" and late and late[0] > 0 else State(kind)
    due = due_by(milestone, as_of)
    if not due.dated:
        return State.UNDATED
    if due.latest and as_of > due.latest:
        return State.OVERDUE
    return State.UPCOMING if due.earliest and as_of < due.earliest else State.DUE_NOW


def due_by(milestone: Milestone, as_of: date) -> Due:
    """Return when it is due as known on a day: the last date given by then."""
    moved = [move.to for move in milestone.moved if last_day(move.on) <= as_of]
    return moved[-1] if moved else milestone.due


def outcome_by(milestone: Milestone, as_of: date) -> Outcome | None:
    """Return the last outcome known by a day, if any."""
    known = [one for one in milestone.outcome if outcome_known_on(one) <= as_of]
    return max(known, key=outcome_known_on) if known else None


def _lateness(milestone: Milestone, outcome: Outcome) -> tuple[int, int] | None:
    """Return how many days late an outcome came, at least and at most, against the first promise.

    None if it was on time, or the promise had no last day. Moving a date keeps no promise.
    """
    first, came = milestone.due, outcome_day(outcome)
    if not (first.earliest and first.latest and came.earliest and came.latest):
        return None
    if came.latest <= first.latest:
        return None
    return (came.earliest - first.latest).days, (came.latest - first.earliest).days


def _row(dataset: Dataset, id_: str, milestone: Milestone, as_of: date) -> DeadlineRow:
    due, first = due_by(milestone, as_of), milestone.due
    outcome, state = outcome_by(milestone, as_of), state_of(milestone, as_of)
    late = _lateness(milestone, outcome) if outcome else None
    slipped = (due.latest - first.latest).days if due.latest and first.latest else None
    return DeadlineRow(
        id=id_,
        title=milestone.title,
        due=due.text,
        first_due=first.text,
        earliest=due.earliest,
        latest=due.latest,
        edtf=due.edtf,
        precision=due.precision,
        state=state,
        days_left=(due.latest - as_of).days if due.latest else None,
        slipped_days=slipped,
        days_late_low=late[0] if late else None,
        days_late_high=late[1] if late else None,
        lead=milestone.lead,
        acts=milestone.acts or milestone.lead,
        pillar=milestone.pillar,
        topics=milestone.topics,
        outcome_on=outcome_day(outcome).text if outcome else None,
        when=_when(state, due, as_of),
        remark=_remark(milestone, state, slipped, late, as_of, dataset.about.reviewed),
        where=words.citation(dataset, milestone.claims[0]),
    )


def _when(state: State, due: Due, as_of: date) -> str:
    """Say in how long, or since when."""
    if state is State.OVERDUE and due.latest:
        return f"{words.counted((as_of - due.latest).days, 'day')} over"
    if state is State.DUE_NOW:
        return f"until {due.latest.day} {due.latest:%b %Y}" if due.latest else "open-ended"
    if state is State.UPCOMING and due.earliest:
        soon = f"in {_span((due.earliest - as_of).days)}"
        if due.latest and (due.latest - due.earliest).days > _LONG:
            return f"{soon}, until {due.latest.day} {due.latest:%b %Y}"
        return soon
    return ""


_LONG = 100  # days: words that span more than a season are told with their last day


def _span(days: int) -> str:
    """Write a number of days in the unit that a person would use."""
    if days < 21:
        return words.counted(days, "day")
    if days < 7 * 20:
        return words.counted(days // 7, "week")
    if days < 365 * 2:
        return f"over {words.counted(int(days / 30.44), 'month')}"
    return f"over {words.counted(int(days / 365.25), 'year')}"


def _remark(
    milestone: Milestone,
    state: State,
    slipped: int | None,
    late: tuple[int, int] | None,
    as_of: date,
    reviewed: date,
) -> str:
    """Say what the dates alone do not: what moved, how late it came, what a search found."""
    parts = []
    if slipped:
        parts.append(f"first promise: {milestone.due.text}")
    if late and late[0] > 0 and state in (State.MET_LATE, State.PARTLY_MET):
        days = f"{late[0]}" if late[0] == late[1] else f"{late[0]} to {late[1]}"
        parts.append(f"{days} days late")
    elif late and state in (State.MET, State.PARTLY_MET):
        parts.append("may have been late")
    if state is State.OVERDUE:
        parts.append(_found_nothing(milestone, as_of, reviewed))
    if milestone.conditions and state in (*OPEN, State.UNDATED):
        parts.append(f"subject to {words.listed(milestone.conditions)}")
    return "; ".join(parts)


def _found_nothing(milestone: Milestone, as_of: date, reviewed: date) -> str:
    """Say why no outcome is known: none was found, nobody looked since, or none is recorded."""
    if milestone.looked and milestone.looked.on <= as_of:
        return f"no outcome found (looked {words.day(milestone.looked.on)})"
    last = due_by(milestone, as_of).latest
    if last and last > reviewed:
        return "fell due after the record was last reviewed"
    return "no outcome recorded"


def _falls_by(row: DeadlineRow, until: date | None) -> bool:
    return until is None or row.earliest is None or row.earliest <= until


def _soonest(row: DeadlineRow) -> tuple[int, date, date, str]:
    """Sort by state, then by the latest day, or the earliest where there is none; then by id."""
    last = row.latest or row.earliest or date.max
    return list(State).index(row.state), last, row.earliest or date.max, row.id


def _limited(dataset: Dataset, chosen: Chosen, acts: Sequence[str]) -> str:
    """Say what the list is limited to, and who must act."""
    parts = [chosen.described(dataset)]
    if acts:
        parts.append(f"{words.listed(dataset.bodies[body].title for body in acts)} to act")
    return "; ".join(filter(None, parts))


def _headline(
    rows: Sequence[DeadlineRow],
    states: Sequence[str],
    as_of: date,
    until: date | None,
    chosen: str,
) -> str:
    by = f" by {words.day(until)}" if until else ""
    said = []
    for state, name in _SPOKEN.items():
        count = sum(row.state is state for row in rows)
        if count or (state in OPEN and state in states):
            said.append(f"{count or 'none'} {name}{by if state is State.UPCOMING else ''}")
    limited = f" ({chosen})" if chosen else ""
    return f"As of {words.day(as_of)}{limited}: {', '.join(said)}"


_SPOKEN = {
    State.OVERDUE: "overdue",
    State.DUE_NOW: "due now",
    State.UPCOMING: "coming",
    State.UNDATED: "without a date",
    State.MET: "met",
    State.MET_LATE: "met late",
    State.PARTLY_MET: "partly met",
    State.DROPPED: "dropped",
    State.SUPERSEDED: "superseded",
}


def _notes(
    dataset: Dataset,
    known: Sequence[DeadlineRow],
    rows: Sequence[DeadlineRow],
    states: Sequence[str],
    until: date | None,
    as_of: date,
) -> Iterator[str]:
    shown = {row.state for row in rows}
    hidden = {state: sum(row.state is state for row in known) for state in State}
    later = [row for row in known if row.state is State.UPCOMING and not _falls_by(row, until)]
    if later and State.UPCOMING in states:
        following = min(later, key=_soonest)
        when = following.earliest and words.day(following.earliest)
        yield f"Later than that: {len(later)}, the next from {when} (leave out --within)."
    if hidden[State.UNDATED] and State.UNDATED not in shown:
        yield f"Without a date: {hidden[State.UNDATED]} (--state undated)."
    settled = sum(hidden[state] for state in State if state not in (*OPEN, State.UNDATED))
    if settled and not shown - set(OPEN):
        yield f"Met, dropped or superseded by then: {settled} (--all)."
    if State.OVERDUE in shown:
        yield (
            "Overdue means that the last day has passed and the record holds no outcome known by "
            "then; reformcalc show ID gives the sources of the promise."
        )
    yield from age(dataset, as_of)
