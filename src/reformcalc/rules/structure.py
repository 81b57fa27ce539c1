"""Rules on how entries are put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reformcalc.errors import did_you_mean
from reformcalc.findings import Finding
from reformcalc.references import ENTRY_KINDS
from reformcalc.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reformcalc.model import Dataset


@rule("inferred-field")
def inferred_field(dataset: Dataset) -> Iterator[Finding]:
    """What is marked as inferred is a field of the entry.

    `inferred` names a field and says what its value was read from, where no source states it.
    """
    for kind in ENTRY_KINDS:
        for id_, entry in getattr(dataset, kind).items():
            written = type(entry).model_fields
            for name in entry.inferred:
                if name.replace("-", "_") not in written:
                    message = f'"{name}" is not a field{did_you_mean(name, written)}'
                    yield Finding("", message, (kind, id_, "inferred", name), on_key=True)


@rule("acyclic-envelopes")
def acyclic_envelopes(dataset: Dataset) -> Iterator[Finding]:
    """No commitment lies inside itself, however many envelopes are between.

    The message names the circle; take one of its links out.
    """
    holders = {
        id_: [part.envelope for part in entry.part_of] for id_, entry in dataset.commitments.items()
    }
    yield from _circles("commitments", holders)
    yield from _circles(
        "benchmarks",
        {
            id_: [entry.part_of] if entry.part_of else []
            for id_, entry in dataset.benchmarks.items()
        },
    )


def _circles(kind: str, holders: dict[str, list[str]]) -> Iterator[Finding]:
    """Yield a finding for each link that closes a circle. Walks without recursion."""
    done: set[str] = set()
    for start in sorted(holders):
        path = [start]
        walk = [iter(holders[start])]
        while walk and start not in done:
            following = next(walk[-1], None)
            if following is None:
                walk.pop()
                done.add(path.pop())
            elif following in path:
                circle = " is in ".join([*path[path.index(following) :], following])
                message = f"an envelope holds itself: {circle}; take one of these links out"
                yield Finding("", message, (kind, path[-1], "part_of"))
            elif following in holders and following not in done:
                path.append(following)
                walk.append(iter(holders[following]))


RULES = (inferred_field, acyclic_envelopes)
