"""Who must act, and what of that is of one place alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reformcalc.record.bodies import Groups
    from reformcalc.record.model import Body, Milestone


def acting(milestone: Milestone) -> tuple[str, ...]:
    """Return who must act: those who lead, where nobody else is named."""
    return milestone.acts or milestone.lead


def called(bodies: Mapping[str, Body], ids: Iterable[str]) -> list[str]:
    """Return all that some bodies are called: their ids, their titles, their short names."""
    found = ((id_, bodies[id_]) for id_ in ids)
    return [name for id_, body in found for name in (id_, body.title, body.short or "")]


def concerns_one_council(groups: Groups, milestone: Milestone) -> bool:
    """Whether councils or regions alone must act, and one of them alone acts, or leads."""
    acts, leads = {*acting(milestone)}, {*milestone.lead}
    local = {id_ for id_ in acts | leads if groups.is_local(id_)}
    alone = any(len(some) == 1 and some <= local for some in (acts, leads))
    return alone and acts <= local
