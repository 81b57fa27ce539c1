"""Councils, regions and groups: which one is meant by some words, and what leads to its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reformcalc.errors import Refused, Several, UnknownId
from reformcalc.record.bodies import find

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reformcalc.ledger.known import Known

_OFFERED = 5  # bodies that a person looks through


def places(record: Known, said: str) -> list[str]:
    """Return the bodies of a place, or of several, that are meant by a name or a code."""
    return [id_ for id_ in find(record.bodies, said) if is_place(record, id_)]


def is_place(record: Known, id_: str) -> bool:
    """Whether a body is a council, or what councils are members of."""
    return record.groups.is_local(id_) or bool(record.groups.below([id_]))


def place(record: Known, said: str) -> str:
    """Return the one body that is meant by a name or a code.

    Raises Several where it may be more than one, Refused for a body that is no place, UnknownId
    for what is none.
    """
    found = places(record, said)
    if len(found) == 1:
        return found[0]
    if found:
        offered = [(id_, record.bodies[id_].title) for id_ in found[:_OFFERED]]
        raise Several(said, offered, len(found) - len(offered), "bodies")
    if others := find(record.bodies, said):
        name = record.bodies[others[0]].name
        raise Refused(
            f"{name} is no council, and no group of them",
            f"what it promised: reformcalc deadlines --lead {others[0]}",
        )
    local = {id_: body for id_, body in record.bodies.items() if is_place(record, id_)}
    called = {id_: body.title for id_, body in local.items()}
    councils = sum(body.kind == "council" for body in local.values())
    there = f"there are {councils} councils, their regions and groups: reformcalc list bodies"
    raise UnknownId("council or region", said, local, there, called=called)


def ways(record: Known, said: Iterable[str]) -> list[tuple[str, str]]:
    """Return, for each of some words that name one place, what it is called and what answers."""
    found = (places(record, one) for one in said)
    ids = dict.fromkeys(some[0] for some in found if len(some) == 1)
    return [(record.bodies[id_].name, f"for {id_}") for id_ in ids]


def led_on(record: Known, said: Iterable[str]) -> str:
    """Return the rest of a sentence that leads to what answers for a place; "" for none."""
    return "".join(
        f"; all that is known of {name}: reformcalc {command}"
        for name, command in ways(record, said)
    )
