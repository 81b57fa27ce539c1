"""Rules on what was asked for and answered: in which order, and what was looked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reformcalc.findings import Severity
from reformcalc.record.history import known_by, last_day
from reformcalc.rules.registry import LOOKED, REACHES, Violation, rule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from reformcalc.record.model import Dataset, Response
    from reformcalc.values.due import Due

_SECTION = "recommendations"


@rule("response-in-order")
def response_in_order(dataset: Dataset) -> Iterator[Violation]:
    """A recommendation is made first, then answered, in order of the days.

    Of several responses the last is the one that stands, so none is dated before the one above it.
    """
    for id_, entry in dataset.recommendations.items():
        before = entry.made
        for place, one in enumerate(entry.responses):
            if last_day(one.on) < _first(before):
                what = "made" if before is entry.made else "answered before"
                message = (
                    f"answered {one.on.text}, and it was {what} {before.text}; put the days in "
                    "order"
                )
                yield Violation((_SECTION, id_, "responses", place, "on"), message)
            before = one.on


@rule("asked-before-in-order")
def asked_before_in_order(dataset: Dataset) -> Iterator[Violation]:
    """What was asked before was made on an earlier day.

    The later of two recommendations names the earlier one; the story of either tells of both.
    """
    for id_, entry in dataset.recommendations.items():
        for place, other in enumerate(entry.asked_before):
            made = dataset.recommendations[other].made
            if last_day(made) >= _first(entry.made):
                message = (
                    f'"{other}" was made {made.text}, not before this one; let the later of two '
                    "name the earlier"
                )
                yield Violation((_SECTION, id_, "asked_before", place), message)


@rule("response-names-later")
def response_names_later(dataset: Dataset) -> Iterator[Violation]:
    """What a response names was not promised before it was asked for.

    Money and steps that carry an answer out were announced with it or after. What is older did not
    come of it, unless `inferred` says why it is named all the same.
    """
    for id_, entry in dataset.recommendations.items():
        for place, one in enumerate(entry.responses):
            for field, other, day in _named_in(dataset, one):
                if day and day < _first(entry.made) and not one.inferred:
                    message = (
                        f'"{other}" is of {day}, before this was asked for; name what came of the '
                        "answer, or say under inferred why it belongs here"
                    )
                    yield Violation((_SECTION, id_, "responses", place, field), message)


def _named_in(dataset: Dataset, response: Response) -> Iterator[tuple[str, str, date | None]]:
    """Yield what a response names: in which field, its id, and by when it was promised."""
    for id_ in response.commitments:
        announced = dataset.commitments[id_].announced
        yield "commitments", id_, last_day(announced) if announced else None
    for id_ in response.milestones:
        promised = dataset.milestones[id_].promised
        yield "milestones", id_, last_day(promised) if promised else None


@rule("answer-looked-for", Severity.WARNING)
def answer_looked_for(dataset: Dataset) -> Iterator[Violation]:
    """What has no answer was looked for, and its search says how far it reaches.

    Of each recommendation without a response by the last review, `looked` says when somebody looked
    for one, what was searched, and under `reaches` the newest day that the pages read can tell of.
    Without, nobody can tell what was not answered from what was not looked for. One's own plan is
    its own evidence.
    """
    for id_, entry in dataset.recommendations.items():
        reviewed = dataset.about.reviewed
        if entry.own or not known_by(dataset, entry, reviewed):
            continue
        if any(last_day(one.on) <= reviewed for one in entry.responses):
            continue
        if not entry.looked:
            message = f"no answer is recorded, and nobody is said to have looked; {LOOKED}"
            yield Violation((_SECTION, id_), message, on_key=True)
        elif not any(one.reaches for one in entry.looked):
            message = f"this search does not say how far it reaches; {REACHES}"
            yield Violation((_SECTION, id_, "looked"), message, on_key=True)


def _first(when: Due) -> date:
    assert when.earliest is not None, when.text  # parse_when dates all that it accepts
    return when.earliest


RULES = (
    response_in_order,
    asked_before_in_order,
    response_names_later,
    answer_looked_for,
)
