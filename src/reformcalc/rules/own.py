"""The rule on what only one's own plan has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reformcalc.rules.registry import Violation, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reformcalc.findings import Route
    from reformcalc.record.model import Dataset

_OF_A_PLAN = ("owner", "progress", "serves")


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


RULES = (plan_fields,)
