"""Rules on what an entry of the record must say, and on what only one's own plan has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reformcalc.record.model import Milestone
from reformcalc.record.parts import fields_of
from reformcalc.rules.registry import Violation, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reformcalc.findings import Route
    from reformcalc.record.model import Dataset

_NO_CLAIM = "no claim is given; write at least one: its source, the place in it, its words"
# What only one's own plan has, and what the record must have that a plan may leave out.
_OF_A_PLAN = ("owner", "progress", "serves")
_OF_THE_RECORD = ("promised", "lead")


@rule("missing-field")
def missing_field(dataset: Dataset) -> Iterator[Violation]:
    """Every field that an entry needs is written.

    Of a milestone in one's own plan, title and due are enough.
    """
    meanings = {one.name: one.meaning.partition(";")[0] for one in fields_of(Milestone)}
    for id_, milestone in dataset.milestones.items():
        for name in () if milestone.own else _OF_THE_RECORD:
            if not getattr(milestone, name):
                message = f'"{name}" is missing; write it: {meanings[name]}'
                yield Violation(("milestones", id_), message, on_key=True)


@rule("claims-given")
def claims_given(dataset: Dataset) -> Iterator[Violation]:
    """Every entry, later date and outcome of the record has at least one claim.

    A claim names a source, a place in it, and its words. What no source says is not in the record.
    A milestone in one's own plan needs none: the file is the source.
    """
    for id_, milestone in dataset.milestones.items():
        if milestone.own:
            continue
        route: Route = ("milestones", id_)
        if not milestone.claims:
            yield Violation(route, _NO_CLAIM, on_key=True)
        for name in ("moved", "outcome"):
            for place, part in enumerate(getattr(milestone, name)):
                if not part.claims:
                    yield Violation((*route, name, place), _NO_CLAIM, on_key=True)


@rule("plan-fields")
def plan_fields(dataset: Dataset) -> Iterator[Violation]:
    """What only one's own plan has stands there, and serves an entry of the record.

    `owner`, `progress` and `serves` say how one's own work stands, and which milestone of the
    record it carries out. What repeats is ticked by the days under `done`, time by time, so its
    `progress` is not done as a whole.
    """
    for id_, milestone in dataset.milestones.items():
        route: Route = ("milestones", id_)
        if not milestone.own:
            for name in _OF_A_PLAN:
                if getattr(milestone, name):
                    message = f"{name} is for one's own plan, in a file beside the record"
                    yield Violation((*route, name), message, on_key=True)
            continue
        if milestone.serves and dataset.milestones[milestone.serves].own:
            message = (
                f'"{milestone.serves}" is of your own plan too; name the milestone of the record '
                "that this carries out, or leave serves out"
            )
            yield Violation((*route, "serves"), message)
        if milestone.repeats and milestone.progress == "done":
            message = (
                f"this comes round {milestone.repeats}, so it is never done as a whole; write the "
                "days on which it was done, as done: [2026-09-30, 2026-12-18]"
            )
            yield Violation((*route, "progress"), message)


RULES = (missing_field, claims_given, plan_fields)
