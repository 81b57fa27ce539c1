"""Rules on what a milestone is, who acts, what came of it, and how far it was looked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reformcalc.findings import Severity
from reformcalc.ledger.milestones import MOST_STEPS_BACK, OPEN, State, status
from reformcalc.record.history import known_by
from reformcalc.rules.dates import kinds_of
from reformcalc.rules.registry import LOOKED, REACHES, Violation, rule
from reformcalc.rules.rounds import cannot_come_round

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reformcalc.findings import Route
    from reformcalc.record.model import Dataset, Milestone
    from reformcalc.values.due import Due


@rule("duty-has-acts")
def duty_has_acts(dataset: Dataset) -> Iterator[Violation]:
    """A duty says on whom it is.

    Who leads brought it in; who must act under it is somebody else, most often the councils.
    """
    for id_, milestone in dataset.milestones.items():
        if milestone.nature == "duty" and not milestone.acts:
            message = "this duty does not say on whom it is; write acts"
            yield Violation(("milestones", id_, "nature"), message)


@rule("programme-has-ends")
def programme_has_ends(dataset: Dataset) -> Iterator[Violation]:
    """A programme has both its ends in `due`, as FROM..TO, and does not come round.

    "FY 2026-27..FY 2028-29", "September 2023..March 2025". Where only its end is known, that end
    is a step. One whose dates are not known yet is on a condition, as anything else.
    """
    for id_, milestone in dataset.milestones.items():
        if milestone.nature != "programme":
            continue
        route: Route = ("milestones", id_)
        if milestone.repeats:
            message = "a programme does not come round; write repeats at a step or a duty"
            yield Violation((*route, "repeats"), message)
        dues = [((*route, "due"), milestone.due)]
        dues += [((*route, "moved", n, "to"), one.to) for n, one in enumerate(milestone.moved)]
        for place, due in dues:
            if due.dated and due.ends is None:
                message = f'"{due.text}" is not both ends of a programme; write them as FROM..TO'
                yield Violation(place, message)


@rule("outcome-fits")
def outcome_fits(dataset: Dataset) -> Iterator[Violation]:
    """A duty alone comes into force; and what was not met was due before.

    `not-met` is for a day after the last day of a date that was given: a source says that it had
    not happened by then.
    """
    for id_, milestone in dataset.milestones.items():
        dues = (milestone.due, *(move.to for move in milestone.moved))
        for place, outcome in enumerate(milestone.outcome):
            route: Route = ("milestones", id_, "outcome", place)
            if outcome.in_force and milestone.nature != "duty":
                message = f"a {milestone.nature} is not in force; write met, or nature: duty"
                yield Violation((*route, "in-force"), message, on_key=True)
            day = outcome.not_met and outcome.not_met.earliest
            if day and not any(one.latest and one.latest < day for one in dues):
                # What counts from another milestone has a last day once that has one.
                if any(one.waits_for for one in dues):
                    continue
                message = (
                    f"no date that was given had passed by {day}, so nothing was late; check the "
                    "days, or leave it out"
                )
                yield Violation((*route, "not-met"), message)


@rule("look-in-order")
def look_in_order(dataset: Dataset) -> Iterator[Violation]:
    """No search reaches beyond the day on which it was made."""
    for kind in ("milestones", "recommendations"):
        for id_, entry in getattr(dataset, kind).items():
            for place, one in enumerate(entry.looked):
                if one.reaches and one.reaches > one.on:
                    message = (
                        f"this search of {one.on} cannot tell of {one.reaches}; check both days"
                    )
                    yield Violation((kind, id_, "looked", place, "reaches"), message)


@rule("look-given", Severity.WARNING)
def look_given(dataset: Dataset) -> Iterator[Violation]:
    """What is open was looked for, and its search says how far it reaches.

    Of each milestone of the record that is open on the day of its last review, `looked` says when
    somebody looked for what came of it, what was searched, and under `reaches` the newest day that
    the pages read can tell of. Without, nobody can tell what did not happen from what was not
    looked for. One's own plan is its own evidence.
    """
    fit = {id_: one for id_, one in dataset.milestones.items() if _can_be_asked(one)}
    if len(fit) < len(dataset.milestones):
        return  # other rules say why; where one stands may turn on another
    for id_, milestone in fit.items():
        if milestone.own or not known_by(dataset, milestone, dataset.about.reviewed):
            continue
        now = status(dataset, milestone, dataset.about.reviewed)
        if now.state not in (*OPEN, State.UNDATED):
            continue
        route: Route = ("milestones", id_)
        if not milestone.looked:
            message = f"this is open, and nobody is said to have looked for an outcome; {LOOKED}"
            yield Violation(route, message, on_key=True)
        elif not any(one.reaches for one in milestone.looked):
            message = f"this search does not say how far it reaches; {REACHES}"
            yield Violation((*route, "looked"), message, on_key=True)


def _can_be_asked(milestone: Milestone) -> bool:
    """Whether the dates and outcomes of a milestone are so that its state can be told."""
    outcomes = all(len(kinds_of(one)) == 1 for one in milestone.outcome)
    return outcomes and not (milestone.repeats and cannot_come_round(milestone))


@rule("few-steps-back")
def few_steps_back(dataset: Dataset) -> Iterator[Violation]:
    """What counts back from another milestone comes to a day in a few steps.

    The one it names may count back from a third, and so on; count a long chain from a nearer one.
    """
    for id_, milestone in dataset.milestones.items():
        dues: list[tuple[Route, Due]] = [(("due",), milestone.due)]
        dues += [(("moved", place, "to"), one.to) for place, one in enumerate(milestone.moved)]
        for route, due in dues:
            if _steps_back(dataset, due) > MOST_STEPS_BACK:
                message = (
                    f"this counts back through more than {MOST_STEPS_BACK} others; count from a "
                    "nearer one"
                )
                yield Violation(("milestones", id_, *route), message)


def _steps_back(dataset: Dataset, due: Due) -> int:
    """Return through how many others a date counts back; a circle is another rule's."""
    others: list[str] = []
    while due.back and due.waits_for and len(others) <= MOST_STEPS_BACK:
        others.append(due.waits_for)
        other = dataset.milestones[due.waits_for]
        due = other.moved[-1].to if other.moved else other.due
    return len({*others})


RULES = (
    duty_has_acts,
    programme_has_ends,
    outcome_fits,
    look_in_order,
    look_given,
    few_steps_back,
)
