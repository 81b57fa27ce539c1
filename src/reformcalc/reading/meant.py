"""What was most likely meant by what the format does not have: the line to write in its place.

For who keeps a plan and has never seen YAML: each message shows a line that can be written.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reformcalc.values.due import parse_due

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reformcalc.findings import Plain, Route

# A line to write for each field that may be missing.
_LINES = {
    "title": "title: Publish our local offer",
    "due": "due: 2027-03-31",
    "promised": "promised: 2026-03-02",
    "lead": "lead: our-council",
    "source": "source: our-plan-2026",
    "at": "at: page 4",
    "says": "says: we will publish our offer by March 2027",
    "publisher": "publisher: Our council",
    "to": "to: spring 2027",
    "on": "on: 2026-11-02",
    "pillar": "pillar: ID (reformcalc list pillars has those of the record)",
    "by": "by: our-council",
    "announced": "announced: 2026-03-02",
    "amount": "amount: over £1.5m",
    "unit": "unit: a year",
    "kind": "kind: estimate",
    "made": "made: 2026-03-02",
    "chapter": "chapter: 2, What comes next; or where it has none: chapter: not stated",
    "reviewed": "reviewed: 2026-03-02",
    "searched": "searched: the council's minutes, for a report",
}
# What people call the fields of an action, as headings of their sheets have it.
_CALLED = {
    "due": "date deadline by when target target_date due_date by_when end end_date finish "
    "timescale timeframe completion",
    "title": "action name task description what activity item objective summary deliverable",
    "owner": "who responsible responsible_officer person officer lead_officer assigned assignee "
    "contact action_owner accountable sro manager",
    "note": "notes comment comments update updates remarks detail details narrative risk risks",
    "progress": "status rag rag_status state position",
    "done": "completed complete completed_on completion_date closed finished date_completed "
    "done_on actual actual_date",
    "repeats": "frequency recurring repeat recurrence every",
    "serves": "links linked link national duty supports relates_to delivers",
    "topics": "topic theme themes tags tag category area",
    "acts": "act who_acts",
    "label": "short",
}
_FIELD_OF = {called: field for field, names in _CALLED.items() for called in names.split()}
# How work stands, as people say it.
_STANDING = {
    "done": "complete completed done finished closed met delivered achieved yes y true blue "
    "complete. 100%",
    "green": "green g ontrack on-track on-target ontarget good",
    "amber": "amber a yellow orange ongoing in-progress inprogress started underway under-way "
    "atrisk at-risk some-delay partly partial behind slipping open",
    "red": "red r late overdue delayed off-track offtrack blocked stalled missed not-met stuck",
}
_STANDS = {said: progress for progress, names in _STANDING.items() for said in names.split()}
_DAY = "2026-11-20"


def missing_line(name: str, meaning: str) -> str:
    """Say which field is missing, what it is, and how the line is written."""
    line = _LINES.get(name)
    told = f": {meaning}" if meaning else ""
    return f'"{name}" is missing; write it{told}{f"; as {line}" if line else ""}'


def field_of(name: str, fields: Sequence[str]) -> str:
    """Return the field that people call so; "" where there is none such."""
    plain = re.sub(r"[^a-z]+", "_", name.lower()).strip("_")
    field = plain if plain in fields else _FIELD_OF.get(plain, "")
    return field if field in fields else ""


def another_name(name: str, value: Plain | None, fields: Sequence[str]) -> str:
    """Say what was meant by a field that an action does not have; "" where it may be misspelt."""
    field = field_of(name, fields)
    if not field:
        return ""
    if field in ("progress", "done") and isinstance(value, str):
        return f"; {_how_it_stands(value)}"
    line = f"{field}: {value}" if isinstance(value, str) and len(value) < _SHORT else f"{field}:"
    return f'; did you mean "{field}"? write {line}'


_SHORT = 60  # letters of a value that are worth showing again


def _how_it_stands(said: str) -> str:
    """Say how to write how work stands, as somebody said it or dated it."""
    if day := _day_in(said):
        return f"write done: {day}"
    if (progress := progress_of(said)) == "done":
        return f"write progress: done; or the day on which it was done, as done: {_DAY}"
    if progress:
        return f"write progress: {progress}"
    if re.sub(r"[^a-z]", "", said.lower()) in _NOT_BEGUN:
        return "delete the line: what is not done by its day is shown as overdue"
    return f"write progress: red, amber, green or done; or the day, as done: {_DAY}"


_NOT_BEGUN = ("notstarted", "notyetstarted", "notdue", "todo", "planned", "new", "no", "n", "none")


def progress_of(said: str) -> str:
    """Return red, amber, green or done for how people say that work stands; "" for other words."""
    plain = "-".join(said.lower().split())
    return _STANDS.get(plain, "") or _STANDS.get(plain.split("-")[0].strip(",;("), "")


def _day_in(said: str) -> str:
    """Return the day that a text is, as we write it; "" where it is none."""
    try:
        due = parse_due(said)
    except ValueError as error:
        written = re.search(r'(?:write the day as|write it as|did you mean) "([^"]+)"', str(error))
        return written[1] if written else ""
    return said if due.precision == "day" else ""


def of_a_word(route: Route, value: Plain | None) -> str:
    """Say how a text is written where fields belong, or fields where a text does; "" if unknown."""
    match route:
        case ("milestones", _, "outcome", *_) if isinstance(value, str):
            return _of_an_outcome(value)
        case ("milestones", _, "moved", *_) if isinstance(value, str):
            return (
                f'"{value}" is written here, and a later date has two fields; in your own plan '
                "change due itself; or, to keep the first date beside it, write moved: "
                f"{{to: {value}, on: 2026-11-02}}, with the day on which it was changed"
            )
        case (_, _, "claims", *_) if isinstance(value, str):
            return (
                "a claim has three fields; write {source: our-plan-2026, at: page 4, says: "
                "its words}, or in your own plan take the line out: it needs none"
            )
        case (_, name) if isinstance(value, str) and name in _LINES:
            return (
                'a name for the action is missing above this line; write one, as "publish-offer:" '
                "and set its fields in by two spaces more"
            )
        case (_, _) if isinstance(value, str):
            return (
                "fields are expected here, each on a line of its own below, set in by two spaces, "
                "as title: Publish our offer"
            )
        case (_, _, ("owner" | "due" | "title" | "note") as field, *_) if isinstance(value, list):
            listed = ", ".join(map(str, value))
            return f"this is a list, where one text stands; write {field}: {listed}"
        case (_, _, "serves", *_) if isinstance(value, list) and value:
            return (
                f"an action serves one milestone; write serves: {value[0]}, and give another an "
                "action of its own"
            )
        case (section,) if isinstance(value, list) and section in _SECTIONS:
            return NAMED
        case _:
            return ""


NAMED = (
    "each entry stands under a name of its own; in place of the hyphen write a name and a colon, "
    'as "publish-offer:", and its fields on the lines below, two spaces further in'
)
# How a plan is begun.
PLAN = (
    'write "milestones:" above it, below that, set in by two spaces, a name and a colon, as '
    '"publish-offer:", and below that, set in by four spaces, its fields, as '
    '"title: Publish our offer" and "due: 2027-03-31"'
)
_SECTIONS = ("milestones", "commitments", "bodies", "sources", "figures", "benchmarks", "topics")


def _of_an_outcome(said: str) -> str:
    day = _day_in(said)
    if day:
        return f"this is a day, without what it was; write done: {day}"
    if progress_of(said) in ("done", ""):
        return (
            f'"{said}" is written here, without its day; write done: {_DAY}, with the day, in '
            "place of this line; where the day is not known, progress: done"
        )
    return f'"{said}" is no outcome; write progress: {progress_of(said)} in place of this line'


def of_a_choice(route: Route, value: Plain | None) -> str:
    """Say which of the four words of progress was meant; "" of other fields."""
    if route[-1:] != ("progress",) or not isinstance(value, str):
        return ""
    meant = progress_of(value)
    if meant:
        return f'"{value}" is not one of its words; write progress: {meant}'
    return f'"{value}" is not one of its words; {_how_it_stands(value)}'


def of_a_day_done(route: Route, value: Plain | None) -> str:
    """Say what to write under done where no day stands; "" where one was meant."""
    of_done = len(route) > 2 and route[0] == "milestones" and route[2] == "done"
    if not of_done or not isinstance(value, str):
        return ""
    day = _day_in(value)
    if day:
        return f'"{value}" is not a day; write done: {day}'
    if progress_of(value) == "done":
        return (
            f'"{value}" is not a day; write the day on which it was done, as done: {_DAY}; where '
            "that is not known, progress: done"
        )
    if progress_of(value) or value.lower() in ("no", "n", "false", "not yet", "-"):
        return f'"{value}" is not a day; delete this line until it is done'
    return f'"{value}" is not a day; write one, as done: {_DAY}'


def of_a_section(name: str, value: Plain | None) -> str:
    """Say where an entry, or a field of one, belongs that stands where sections do."""
    if name.lower() in ("actions", "action", "plan", "deadlines", "tasks", "milestone"):
        return "; write milestones:"
    if isinstance(value, dict) and ({"title", "due"} & value.keys()):
        return (
            '; above it write the line "milestones:", and set this and the lines below it in by '
            "two spaces more"
        )
    if name.lower() in _LINES or name.lower() in _FIELD_OF:
        return (
            "; begin the line with four spaces, below the action that it belongs to: a line with "
            'two spaces and a name, as "publish-offer:", below the line "milestones:"'
        )
    return ""
