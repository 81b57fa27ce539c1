"""How each state of milestones is told, wherever an answer tells of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reformcalc.ledger.milestones import State
from reformcalc.screen import Tone

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Told(NamedTuple):
    """How a state is told.

    `spoken` and `counted` follow a number: in a report, and on a screen, where states that are
    counted alike are counted together. `heading` heads the part of a screen, which has the colour
    `tone`. `stands` is said of one milestone, in a few letters; `event` before its title in a
    calendar. `meant` says what is known of what is past.
    """

    spoken: str
    counted: str
    heading: str
    stands: str
    event: str
    tone: Tone
    meant: str


def _told(state: State, heading: str, tone: Tone = Tone.PLAIN, meant: str = "") -> Told:
    """Return how a state is told by its own words."""
    said = state.words
    return Told(said, said, heading, said, said.upper(), tone, meant)


TOLD: Mapping[State, Told] = {
    State.OVERDUE: _told(
        State.OVERDUE,
        "Overdue, by your own plan",
        Tone.BAD,
        "Overdue: past its last day and not done, by your own plan",
    ),
    State.LATE: _told(
        State.LATE,
        "Late: a source says that it had not happened",
        Tone.BAD,
        "Late: a source says of a day after the last one that it had not happened",
    ),
    State.NO_OUTCOME_FOUND: _told(
        State.NO_OUTCOME_FOUND,
        "Past, no outcome found (that does not mean that nothing was done)",
        Tone.BAD,
        "No outcome found: looked for, in pages that reach beyond the last day",
    )._replace(
        spoken="past with no outcome found",
        counted="past with no outcome found",
        stands="past, no outcome found",
    ),
    State.NOT_CHECKED: _told(
        State.NOT_CHECKED,
        "Not checked since they fell due",
        meant="Not checked: past its last day, and no search reaches beyond it",
    )._replace(
        spoken="past and not checked",
        counted="unchecked",
        stands="past, not checked",
        event="PAST, NOT CHECKED",
    ),
    State.DUE_NOW: _told(State.DUE_NOW, "To come")._replace(counted="to come", event="DUE"),
    State.UPCOMING: _told(State.UPCOMING, "To come")._replace(
        spoken="coming", counted="to come", event="DUE"
    ),
    State.PARTLY_MET: _told(State.PARTLY_MET, "Partly met", Tone.DOUBT),
    State.UNDATED: _told(State.UNDATED, "No date given")._replace(spoken="without a date"),
    State.UNDER_WAY: _told(State.UNDER_WAY, "Under way, to")._replace(event="ENDS"),
    State.IN_FORCE: _told(State.IN_FORCE, "In force", Tone.GOOD),
    State.MET: _told(State.MET, "Met", Tone.GOOD),
    State.MET_LATE: _told(State.MET_LATE, "Met late, by at least", Tone.GOOD),
    State.DROPPED: _told(State.DROPPED, "Dropped")._replace(counted="dropped or replaced"),
    State.SUPERSEDED: _told(State.SUPERSEDED, "Replaced by another promise")._replace(
        counted="dropped or replaced", stands="replaced", event="REPLACED"
    ),
    State.ENDED: _told(State.ENDED, "Ended"),
}


def counted_together(states: Iterable[State]) -> Mapping[str, list[State]]:
    """Return some states by the words in which they are counted, in order."""
    together: dict[str, list[State]] = {}
    for state in states:
        together.setdefault(TOLD[state].counted, []).append(state)
    return together
