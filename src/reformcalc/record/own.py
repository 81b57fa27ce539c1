"""One's own plan as the record has it: what may be left out there is put in, and it is marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reformcalc.record.model import Outcome
from reformcalc.values.due import parse_when

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from reformcalc.record.model import Dataset, Entry, Milestone


def mark_own(
    dataset: Dataset, kinds: Mapping[str, Collection[str]], bodies: Collection[str]
) -> None:
    """Say of entries, by the ids of each kind, that they are of one's own plan.

    `bodies` are those that its files define: where there is one, what names no lead is led by it.
    No file can say whose plan it is; only loading knows.
    """
    lead = tuple(bodies) if len(bodies) == 1 else ()
    for kind, ids in kinds.items():
        entries: dict[str, Entry] = getattr(dataset, kind)
        for id_ in entries.keys() & ids:
            if kind == "milestones":
                dataset.milestones[id_] = _completed(dataset.milestones[id_], lead)
            entries[id_].mark_own()


def _completed(milestone: Milestone, lead: tuple[str, ...]) -> Milestone:
    """Return a milestone of one's own with its lead, and with the day on which it was done.

    What does not repeat is met on the one day that `done` has; repeats-fit is about others.
    """
    said: dict[str, object] = {} if milestone.lead else {"lead": lead}
    if milestone.done and not milestone.repeats and not milestone.outcome:
        (first, *others) = milestone.done
        if not others and not first.time:
            met = Outcome.model_construct(met=parse_when(str(first.on)), claims=first.claims)
            said |= {"outcome": (met,), "done": ()}
    return milestone.model_copy(update=said)
