"""What falls due next, what is overdue, what was met late, what has moved, and who says so."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta

from reformcalc import words
from reformcalc.errors import Refused, UnknownId
from reformcalc.history import by_then, claims_of, known_by, out_by, outcome_day
from reformcalc.milestones import (
    OPEN,
    PAST,
    State,
    dated_by,
    later_times,
    open_state,
    status,
)
from reformcalc.model import Entry
from reformcalc.printable import printable
from reformcalc.queries.common import Chosen, age, names, singular, stamp
from reformcalc.queries.deadline_words import (
    given,
    history,
    how_closely,
    remark,
    shift,
    when,
    who,
)
from reformcalc.queries.written import title, written
from reformcalc.report import ID, Column, Note, Report, Shape
from reformcalc.rows import Kind, computed, for_people, means

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from reformcalc.milestones import Status
    from reformcalc.model import Claim, Dataset, Milestone


@dataclass(frozen=True, slots=True)
class DeadlineRow:
    """One milestone as it stood on the day; of what repeats, one of its times."""

    id: str = field(metadata=means("the milestone", Kind.ID, names="milestones"))
    title: str = field(metadata=means("what it is", Kind.TEXT))
    nature: str = field(metadata=means("step, duty, programme or aim", Kind.WORD))
    due: str = field(metadata=means("when it falls, in the words now in force", Kind.TEXT))
    first_due: str = field(metadata=means("the words of the first promise", Kind.TEXT))
    moved: tuple[str, ...] = field(
        metadata=means(
            "the later dates in order, each with who gave it and when", Kind.TEXT, many=True
        )
    )
    earliest: date | None = field(metadata=means("the first day that it can be", Kind.DAY))
    latest: date | None = field(metadata=means("the last day that it can be", Kind.DAY))
    edtf: str | None = field(metadata=means("the same days in ISO 8601-2", Kind.TEXT))
    precision: str = field(metadata=means("how closely the words date it", Kind.WORD))
    repeats: str | None = field(
        metadata=means("how often it comes round, as quarterly or every 6 weeks", Kind.TEXT)
    )
    state: State = field(metadata=means("how it stood on the day", Kind.WORD))
    days_left: int | None = field(
        metadata=means("days to the latest day; negative once it is past", Kind.WHOLE)
    )
    slipped_days: int | None = field(
        metadata=means(
            "how far the latest day has moved from the first date promised; 0 if it was "
            "only dated more closely",
            Kind.WHOLE,
        )
    )
    days_late_low: int | None = field(
        metadata=means("by how many days it was or may have been late, at least", Kind.WHOLE)
    )
    days_late_high: int | None = field(metadata=means("the same, at most", Kind.WHOLE))
    lead: tuple[str, ...] = field(
        metadata=means("who promised it", Kind.ID, many=True, names="bodies")
    )
    acts: tuple[str, ...] = field(
        metadata=means("who must act", Kind.ID, many=True, names="bodies")
    )
    pillar: str | None = field(
        metadata=means("the pillar that it serves", Kind.ID, names="pillars")
    )
    topics: tuple[str, ...] = field(
        metadata=means("its subjects", Kind.ID, many=True, names="topics")
    )
    outcome_on: str | None = field(
        metadata=means("when its outcome came, in the record's words", Kind.TEXT)
    )
    looked: date | None = field(
        metadata=means("the day of the search for an outcome that reaches furthest", Kind.DAY)
    )
    reaches: date | None = field(
        metadata=means("the newest day that the pages read then can tell of", Kind.DAY)
    )
    searched: str | None = field(metadata=means("what was searched on that day", Kind.TEXT))
    conditions: tuple[str, ...] = field(
        metadata=means("what it was made subject to", Kind.TEXT, many=True)
    )
    due_inferred: bool = field(
        metadata=means("whether the date is our reading, which no source words so", Kind.TRUTH)
    )
    confidence: str = field(
        metadata=means("how sure the record is of it: high, medium or low", Kind.WORD)
    )
    when: str = field(metadata=for_people("how long it is still, or was, to that day", Kind.TEXT))
    dated: str = field(metadata=for_people("how closely the words date it, in words", Kind.TEXT))
    who: str = field(metadata=for_people("who promised it, and who must act", Kind.TEXT))
    remark: str = field(
        metadata=for_people("what people must know of it beside its date", Kind.SENTENCE)
    )
    where: str = field(
        metadata=means("the source of its outcome, else of the date now in force", Kind.TEXT)
    )
    sources: tuple[str, ...] = field(metadata=means("its id", Kind.ID, many=True, names="sources"))

    @property
    @computed(Kind.CITED)
    def cited(self) -> tuple[words.Cited, ...]:
        """The source with its citation."""
        return ((self.sources[0], self.where),)


def deadlines(
    dataset: Dataset,
    *,
    as_of: date,
    chosen: Chosen | None = None,
    within: str | None = None,
    states: Sequence[str] = OPEN,
    acts: Sequence[str] = (),
    text: Sequence[str] = (),
    local: bool = False,
) -> Report[DeadlineRow]:
    """Return the milestones in some states on a day, by state, then soonest first.

    The state "overdue" stands for all that is past. `within` ("90d", "6m", "1y") leaves out what
    cannot fall due by then; what is due now or past stays, and what repeats is listed each time
    that it comes round in it. `acts` keeps what these bodies must do, with what falls to those that
    they are members of and to members of theirs; `text` what has any of these words. What concerns
    one council alone is there with `local`, or where it is asked for. Raises UnknownId for an id
    that the dataset does not have, Refused for a horizon in no known form.
    """
    chosen = chosen or Chosen()
    states = past_too(states)
    _check(dataset, chosen, states, acts)
    until = horizon(as_of, within) if within else None
    asked = _Asked(as_of, chosen, acts, text, local)
    known, hidden = _known(dataset, asked, until)

    def is_asked(row: DeadlineRow) -> bool:
        return row.state in states and _falls_by(row, until)

    rows = sorted(filter(is_asked, known), key=_soonest)
    limited = _limited(dataset, chosen, acts, text)
    headline = _headline(dataset, rows, states, as_of, until, limited)
    if text and not rows:
        headline = f"As of {words.day(as_of)}{limited}: {_elsewhere(dataset, asked)}"
    return Report(
        name="deadlines",
        as_of=as_of,
        dataset=stamp(dataset),
        headline=headline,
        rows=tuple(rows),
        row_type=DeadlineRow,
        columns=(
            Column("due", "Due", under=(Column("when"), Column("dated"), Column("who"))),
            Column(
                "title",
                shape=Shape.SENTENCE,
                under=(ID, Column("remark"), Column("where", cites="cited")),
            ),
        ),
        group=Column("state"),
        notes=(
            *_kin_notes(dataset, rows, acts),
            *_local_note(sum(map(is_asked, hidden))),
            *_notes(dataset, known, rows, states, until, as_of),
        ),
    )


def slipped(
    dataset: Dataset,
    *,
    as_of: date,
    chosen: Chosen | None = None,
    states: Sequence[str] = tuple(State),
    acts: Sequence[str] = (),
    text: Sequence[str] = (),
    local: bool = False,
) -> Report[DeadlineRow]:
    """Return the milestones that were given another date, the furthest moved first.

    Ranked by how far the last day moved from that of the first date promised; where one of the
    two has none, that cannot be said, and the milestone comes last. A closer date, as "March 2025"
    for "2025", is no other. Raises as `deadlines` does.
    """
    chosen = chosen or Chosen()
    states = past_too(states)
    _check(dataset, chosen, states, acts)
    found, hidden = _known(dataset, _Asked(as_of, chosen, acts, text, local))
    known = [row for row in found if row.state in states]
    then = {row.id: status(dataset, dataset.milestones[row.id], as_of) for row in known}
    moved = (row for row in known if then[row.id].moved)
    rows = sorted((_as_moved(dataset, row, then[row.id]) for row in moved), key=_furthest)
    closer = [id_ for id_, now in then.items() if now.moves and not now.moved]
    limited = _limited(dataset, chosen, acts, text)
    return Report(
        name="deadlines",
        as_of=as_of,
        dataset=stamp(dataset),
        headline=f"As of {words.day(as_of)}{limited}: "
        f"{words.counted(len(rows), 'date')} of {len(known)} moved",
        rows=tuple(rows),
        row_type=DeadlineRow,
        columns=(
            Column("when", "Moved", under=(Column("state"), Column("who"))),
            Column("title", shape=Shape.SENTENCE, under=(ID, Column("remark"))),
        ),
        notes=(
            *_kin_notes(dataset, rows, acts),
            *_local_note(sum(row.state in states for row in hidden)),
            Note(
                "Moved: from the last day of the first date promised to that of the date now in "
                "force."
            ),
            *_unmoved_notes(known, rows, closer),
            *age(dataset, as_of),
        ),
    )


def past_too(states: Sequence[str]) -> tuple[str, ...]:
    """Return some states, where "overdue" stands for all in which a day has passed."""
    also = PAST if State.OVERDUE in states else ()
    return tuple(dict.fromkeys((*states, *also)))


def length(text: str) -> relativedelta:
    """Read a length of time such as "90d", "6m" or "1y". Raises Refused for others."""
    number, unit = text[:-1], text[-1:]
    lengths = {"d": "days", "w": "weeks", "m": "months", "y": "years"}
    if unit not in lengths or not number.isdecimal() or not number.isascii() or len(number) > 4:
        raise Refused(f'"{text}" is not a length of time', 'write it as "90d", "6m" or "1y"')
    return relativedelta(**{lengths[unit]: int(number)})  # type: ignore[arg-type]


def horizon(as_of: date, within: str) -> date:
    """Return the last day of a horizon such as "90d". Raises Refused for what is not one."""
    return _from(as_of, length(within), within)


def notice(as_of: date, alarm: str) -> relativedelta:
    """Return how long before a day to come it is to be reminded of. Raises Refused likewise."""
    before = length(alarm)
    _from(as_of, -before, alarm)
    return before


def _from(day: date, far: relativedelta, said: str) -> date:
    try:
        return day + far
    except (ValueError, OverflowError):
        raise Refused(f'"{said}" leads beyond the calendar', "write less") from None


_OWN_BODY = "write one of your own in a file beside the record: reformcalc new milestone"


def _check(dataset: Dataset, chosen: Chosen, states: Sequence[str], acts: Sequence[str]) -> None:
    chosen.check(dataset)
    for body in acts:
        if body not in dataset.bodies:
            raise UnknownId("body", body, dataset.bodies, _OWN_BODY)
    for state in states:
        if state not in tuple(State):
            raise UnknownId("state", state, State)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a list of deadlines is asked for."""

    as_of: date
    chosen: Chosen
    acts: Sequence[str]
    text: Sequence[str]
    local: bool


def _known(
    dataset: Dataset, asked: _Asked, until: date | None = None
) -> tuple[list[DeadlineRow], list[DeadlineRow]]:
    """Return the rows of what was promised by a day and is chosen, and those that are hidden.

    Hidden is what concerns one council alone that was not asked for.
    """
    acts = {*asked.acts, *_above(dataset, asked.acts), *_below(dataset, asked.acts)}
    groups = {group for body in dataset.bodies.values() for group in body.member_of}
    rows: list[DeadlineRow] = []
    hidden: list[DeadlineRow] = []
    for id_, milestone in dataset.milestones.items():
        if (
            not known_by(dataset, milestone, asked.as_of)
            or not asked.chosen.admits(milestone, also=True)
            or (acts and not acts & {*_acting(milestone)})
            or (asked.text and not _has(dataset, id_, milestone, asked))
        ):
            continue
        shown = asked.local or milestone.own or not _hides(dataset, milestone, groups, asked)
        into = rows if shown else hidden
        into += _rows(dataset, id_, milestone, asked.as_of, until)
    return rows, hidden


def _acting(milestone: Milestone) -> tuple[str, ...]:
    return milestone.acts or milestone.lead


def _hides(dataset: Dataset, milestone: Milestone, groups: set[str], asked: _Asked) -> bool:
    """Whether a milestone concerns one council alone, and nobody asked for that."""
    acting, leading = _acting(milestone), milestone.lead
    bodies = {*acting, *leading}
    councils = {body for body in bodies if dataset.bodies[body].member_of and body not in groups}
    alone = any(len(few) == 1 and councils.issuperset(few) for few in (acting, leading))
    lone = alone and councils.issuperset(acting)
    named = {*asked.acts, *asked.chosen.leads}
    return lone and not bodies & named and not _any_in(asked.text, _names(dataset, bodies))


def _names(dataset: Dataset, bodies: Collection[str]) -> list[str]:
    """Return all that some bodies are called: their ids, their titles, their short names."""
    found = ((body, dataset.bodies[body]) for body in bodies)
    return [name for id_, body in found for name in (id_, body.title, body.short or "")]


def _above(dataset: Dataset, bodies: Collection[str]) -> set[str]:
    """Return all that some bodies are members of, however far up: its duties are theirs."""
    return _reached(bodies, {id_: body.member_of for id_, body in dataset.bodies.items()})


def _reached(starts: Collection[str], following: Mapping[str, Sequence[str]]) -> set[str]:
    """Return all that some ids lead to, however many steps away; a start only if it is led to."""
    found: set[str] = set()
    waiting = [*starts]
    while waiting:
        reached = {*following.get(waiting.pop(), ())} - found
        found |= reached
        waiting += reached
    return found


def _below(dataset: Dataset, bodies: Collection[str]) -> set[str]:
    """Return all the members of some bodies, however far down."""
    members: dict[str, list[str]] = {}
    for id_, body in dataset.bodies.items():
        for one in body.member_of:
            members.setdefault(one, []).append(id_)
    return _reached(bodies, members)


def _has(dataset: Dataset, id_: str, milestone: Milestone, asked: _Asked) -> bool:
    """Whether any of some words stands in what is said of a milestone, however written."""
    then = by_then(dataset, milestone, asked.as_of)
    return _any_in(asked.text, _said(dataset, id_, then))


def _said(dataset: Dataset, id_: str, then: Milestone) -> list[str]:
    """Return all that is said of a milestone: its promise, where it moved, what came of it."""
    said = [id_, then.title, then.due.text, *then.conditions, then.note or "", then.choice or ""]
    said += [f"{move.to.text} {move.on.text}" for move in then.moved]
    said += [f"{outcome_day(one).text} {one.note or ''}" for one in then.outcome]
    said += [one.searched for one in then.looked]
    said += [f"{claim.wording} {claim.by or ''}" for _, claim in claims_of(then)]
    return said + _names(dataset, (*then.lead, *then.acts))


def _any_in(text: Sequence[str], said: Sequence[str]) -> bool:
    """Whether any of some words stands in what is said, however written."""
    whole = " | ".join(said).casefold()
    return any(" ".join(one.split()).casefold() in whole for one in text)


_NAMED_HERE = 5  # ids in a sentence


def _elsewhere(dataset: Dataset, asked: _Asked) -> str:
    """Say where the record has some words, if not in what is listed."""
    found = []
    for id_, milestone in sorted(dataset.milestones.items()):
        if known_by(dataset, milestone, asked.as_of) and _has(dataset, id_, milestone, asked):
            state = status(dataset, milestone, asked.as_of).state.replace("-", " ")
            found.append(f"{id_} ({state})")
    for kind in dataset.KINDS:
        if kind == "milestones":
            continue
        for id_, entry in sorted(getattr(dataset, kind).items()):
            if known_by(dataset, entry, asked.as_of):
                then = by_then(dataset, entry, asked.as_of)
                said = [id_, title(then), *(line for _, lines in written(then) for line in lines)]
                if isinstance(then, Entry):
                    said += [claim.wording for _, claim in claims_of(then)]
                if _any_in(asked.text, said):
                    found.append(f"{id_} ({singular(kind)})")
    if not found:
        return "nothing in the record has these words"
    more = [f"{len(found) - _NAMED_HERE} more"] if len(found) > _NAMED_HERE else []
    return f"not in what is listed here, but in {words.listed([*found[:_NAMED_HERE], *more])}"


def _rows(
    dataset: Dataset, id_: str, milestone: Milestone, as_of: date, until: date | None
) -> Iterator[DeadlineRow]:
    """Yield the row of a milestone; for what repeats, one for each time in the horizon."""
    now = status(dataset, milestone, as_of)
    yield _row(dataset, id_, milestone, now, as_of)
    if milestone.repeats and until and now.state in OPEN:
        then = by_then(dataset, milestone, as_of)
        for due in later_times(then, now, as_of, until):
            state = open_state(then, due, as_of)
            later = replace(now, first=due, first_dated=due, due=due, state=state)
            yield _row(dataset, id_, milestone, later, as_of)


def _row(dataset: Dataset, id_: str, milestone: Milestone, now: Status, as_of: date) -> DeadlineRow:
    due = now.due
    came = now.not_met or now.outcome
    told = came.claims[0] if came else dated_by(milestone, now)
    return DeadlineRow(
        id=id_,
        title=milestone.title,
        nature=milestone.nature,
        due=due.text,
        first_due=now.first.text,
        moved=tuple(given(dataset, move) for move in now.moves),
        earliest=due.earliest,
        latest=due.latest,
        edtf=due.edtf,
        precision=due.precision,
        repeats=milestone.repeats,
        state=now.state,
        days_left=(due.latest - as_of).days if due.latest else None,
        slipped_days=now.slipped,
        days_late_low=now.late[0] if now.late else None,
        days_late_high=now.late[1] if now.late else None,
        lead=milestone.lead,
        acts=milestone.acts or milestone.lead,
        pillar=milestone.pillar,
        topics=milestone.topics,
        outcome_on=outcome_day(now.outcome).text if now.outcome else None,
        looked=now.looked.on if now.looked else None,
        reaches=now.looked.reaches if now.looked else None,
        searched=now.looked.searched if now.looked else None,
        conditions=milestone.conditions,
        due_inferred="due" in milestone.inferred and not now.moves,
        confidence=milestone.confidence,
        when=when(due, now.state, as_of),
        dated=how_closely(due),
        who=who(words.listed(milestone.lead), words.listed(milestone.acts or milestone.lead)),
        remark=remark(dataset, milestone, now),
        where=_where(dataset, told, as_of),
        sources=(told.source,),
    )


def _where(dataset: Dataset, claim: Claim, as_of: date) -> str:
    """Cite a claim; a dated document that tells of the day may have been written after it."""
    dated_later = dataset.sources[claim.source].published and not out_by(dataset, claim, as_of)
    return words.citation(dataset, claim) + (" (published later)" if dated_later else "")


def _as_moved(dataset: Dataset, row: DeadlineRow, now: Status) -> DeadlineRow:
    """Return a row that tells how it moved instead of when it is due."""
    told = history(dataset, dataset.milestones[row.id], now)
    return replace(row, when=shift(row.slipped_days), remark=told)


def _falls_by(row: DeadlineRow, until: date | None) -> bool:
    return until is None or row.earliest is None or row.earliest <= until


def _soonest(row: DeadlineRow) -> tuple[int, date, date, str]:
    """Sort by state, then by the latest day, or the earliest where there is none; then by id."""
    last = row.latest or row.earliest or date.max
    return list(State).index(row.state), last, row.earliest or date.max, row.id


def _furthest(row: DeadlineRow) -> tuple[bool, int, str]:
    return row.slipped_days is None, -(row.slipped_days or 0), row.id


def _limited(dataset: Dataset, chosen: Chosen, acts: Sequence[str], text: Sequence[str]) -> str:
    """Say in brackets what the list is limited to, or nothing."""
    parts = [chosen.described(dataset)]
    if acts:
        parts.append(f"{names(dataset, acts)} to act")
    if text:
        parts.append("with " + " or ".join(f'"{printable(one)}"' for one in text))
    said = "; ".join(filter(None, parts))
    return f" ({said})" if said else ""


def _local_note(hidden: int) -> Iterator[Note]:
    if hidden:
        yield Note(f"Of one council alone, and not listed: {hidden}.", " (--local)")


def _headline(
    dataset: Dataset,
    rows: Sequence[DeadlineRow],
    states: Sequence[str],
    as_of: date,
    until: date | None,
    limited: str,
) -> str:
    by = f" by {words.day(until)}" if until else ""
    said = []
    own = any(one.own for one in dataset.milestones.values())
    always = (State.OVERDUE, *_ALWAYS) if own else _ALWAYS
    for state, name in _SPOKEN.items():
        count = sum(row.state is state for row in rows)
        if count or (state in always and state in states):
            said.append(f"{count or 'none'} {name}{by if state is State.UPCOMING else ''}")
    return f"As of {words.day(as_of)}{limited}: {', '.join(said) or 'none'}"


_ALWAYS = (State.LATE, State.DUE_NOW, State.UPCOMING)  # worth saying where there is none
_SPOKEN = {
    State.OVERDUE: "overdue",
    State.LATE: "late",
    State.NO_OUTCOME_FOUND: "past with no outcome found",
    State.NOT_CHECKED: "past and not checked",
    State.DUE_NOW: "due now",
    State.UPCOMING: "coming",
    State.PARTLY_MET: "partly met",
    State.UNDATED: "without a date",
    State.UNDER_WAY: "under way",
    State.IN_FORCE: "in force",
    State.MET: "met",
    State.MET_LATE: "met late",
    State.DROPPED: "dropped",
    State.SUPERSEDED: "superseded",
    State.ENDED: "ended",
}


def _kin_notes(
    dataset: Dataset, rows: Sequence[DeadlineRow], acts: Sequence[str]
) -> Iterator[Note]:
    """Say which bodies are listed beside those that were asked for, and why."""
    named = {body for row in rows for body in row.acts} - {*acts}
    if above := sorted(named & _above(dataset, acts)):
        below = [one for one in acts if _above(dataset, [one]) & {*above}]
        verb = "is a member" if len(below) == 1 else "are members"
        yield Note(
            f"With what falls to {words.listed(above)}, of which {words.listed(below)} {verb}."
        )
    if below := sorted(named & _below(dataset, acts)):
        yield Note(f"With what falls to {words.listed(below)}, as members of {words.listed(acts)}.")


def _notes(
    dataset: Dataset,
    known: Sequence[DeadlineRow],
    rows: Sequence[DeadlineRow],
    states: Sequence[str],
    until: date | None,
    as_of: date,
) -> Iterator[Note]:
    shown = {row.state for row in rows}
    hidden = {state: sum(row.state is state for row in known) for state in State}
    later = [row for row in known if row.state is State.UPCOMING and not _falls_by(row, until)]
    if later and State.UPCOMING in states:
        following = min(later, key=_soonest)
        start = following.earliest and words.day(following.earliest)
        yield Note(
            f"Later than that: {len(later)}, the next from {start}.", " (leave out --within)"
        )
    for state, said in _APART.items():
        if hidden[state] and state not in shown:
            yield Note(f"{said}: {hidden[state]}.", f" (--state {state})")
    settled = sum(hidden[state] for state in State if state not in (*OPEN, *_APART))
    if settled and not shown - set(OPEN):
        yield Note(f"Met, dropped, superseded or ended by then: {settled}.", " (--all)")
    if meant := [_MEANT[state] for state in PAST if state in shown]:
        yield Note(f"{'; '.join(meant)}.", "; reformcalc show ID gives the sources of the promise")
    if until is None and any(row.repeats for row in rows):
        yield Note("What repeats is listed for its next time.", "; --within lists each")
    yield from age(dataset, as_of)


# What is not settled, and no deadline either.
_APART = {
    State.UNDATED: "Without a date",
    State.PARTLY_MET: "Partly met",
    State.UNDER_WAY: "Under way",
    State.IN_FORCE: "In force",
}
_MEANT = {
    State.OVERDUE: "Overdue: past its last day and not done, by your own plan",
    State.LATE: "Late: a source says of a day after the last one that it had not happened",
    State.NO_OUTCOME_FOUND: (
        "No outcome found: looked for, in pages that reach beyond the last day"
    ),
    State.NOT_CHECKED: "Not checked: past its last day, and no search reaches beyond it",
}


def _unmoved_notes(
    known: Sequence[DeadlineRow], moved: Sequence[DeadlineRow], closer: Sequence[str]
) -> Iterator[Note]:
    """Say what else has another date than was first promised, or should have had one."""
    if closer:
        yield Note(f"First dated later, or more closely, which is no move: {words.listed(closer)}.")
    listed = {row.id for row in moved}
    silent = sum(bool(row.days_late_high) and row.id not in listed for row in known)
    if silent:
        yield Note(
            f"Late, or perhaps late, without another date being given: {silent}.",
            " (deadlines --all has them, with by how much)",
        )
