"""Who must act, and who is a member of whom: a duty on all councils is each council's."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reformcalc.record.model import Body, Milestone


def acting(milestone: Milestone) -> tuple[str, ...]:
    """Return who must act: those who lead, where nobody else is named.

    None of the record's bodies where one's own plan names no one: it is the business of whoever
    has the plan.
    """
    return milestone.acts or milestone.lead


def called(bodies: Mapping[str, Body], ids: Iterable[str]) -> list[str]:
    """Return all that some bodies are called: their ids, their titles, their short names."""
    found = ((id_, bodies[id_]) for id_ in ids)
    return [name for id_, body in found for name in (id_, body.title, body.short or "")]


class Bodies:
    """The bodies of a record, and the groups that they are members of."""

    def __init__(self, bodies: Mapping[str, Body]) -> None:
        """Work out the members of each group."""
        self._groups = {id_: body.member_of for id_, body in bodies.items()}
        self._members: dict[str, list[str]] = {}
        for id_, groups in self._groups.items():
            for group in groups:
                self._members.setdefault(group, []).append(id_)

    def above(self, ids: Iterable[str]) -> set[str]:
        """Return all that some bodies are members of, however far up: its duties are theirs."""
        return _reached(ids, self._groups)

    def below(self, ids: Iterable[str]) -> set[str]:
        """Return all the members of some bodies, however far down."""
        return _reached(ids, self._members)

    def concerns_one_council(self, milestone: Milestone) -> bool:
        """Whether councils alone must act, and one of them alone acts, or leads.

        A council is a member of a group that has no members itself.
        """
        acts, leads = {*acting(milestone)}, {*milestone.lead}
        councils = {id_ for id_ in acts | leads if self._groups[id_] and id_ not in self._members}
        alone = any(len(some) == 1 and some <= councils for some in (acts, leads))
        return alone and acts <= councils


def _reached(starts: Iterable[str], following: Mapping[str, Iterable[str]]) -> set[str]:
    """Return all that some ids lead to, however many steps away; a start only if it is led to."""
    found: set[str] = set()
    waiting = [*starts]
    while waiting:
        reached = {*following.get(waiting.pop(), ())} - found
        found |= reached
        waiting += reached
    return found
