"""Rules on how entries are put together."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args, get_origin

from reformcalc.errors import did_you_mean
from reformcalc.findings import Finding
from reformcalc.model import Benchmark, Commitment, Dataset, Membership
from reformcalc.references import ENTRY_KINDS, NAMED_IN, NAMING
from reformcalc.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pydantic import BaseModel


@rule("inferred-field")
def inferred_field(dataset: Dataset) -> Iterator[Finding]:
    """What is marked as inferred is a field of the entry.

    `inferred` names a field and says what its value was read from, where no source states it.
    """
    for kind in ENTRY_KINDS:
        for id_, entry in getattr(dataset, kind).items():
            for name in entry.inferred:
                written = type(entry).model_fields
                if name not in written:
                    hint = did_you_mean(name, written)
                    message = f'"{name}" is not a field of a {kind.removesuffix("s")}{hint}'
                    yield Finding("", message, (kind, id_, "inferred", name), on_key=True)


@rule("listed-once")
def listed_once(dataset: Dataset) -> Iterator[Finding]:
    """A list of ids names each once."""
    for kind in NAMING:
        lists = _lists_of_ids(get_args(Dataset.model_fields[kind].annotation)[1])
        for id_, entry in getattr(dataset, kind).items():
            fields = vars(entry)
            for name in lists:
                listed = fields[name]
                if len(listed) > 1:
                    ids = [one.envelope if isinstance(one, Membership) else one for one in listed]
                    for place, one in enumerate(ids):
                        if one in ids[:place]:
                            message = f'"{one}" is listed twice; take one out'
                            yield Finding("", message, (kind, id_, name, place))


def _lists_of_ids(model: type[BaseModel]) -> list[str]:
    """Return the fields of a kind of entry that list ids."""
    return [
        name
        for name, field in model.model_fields.items()
        if (name in NAMED_IN or name == "part_of") and get_origin(field.annotation) is tuple
    ]


@rule("acyclic-envelopes")
def acyclic_envelopes(dataset: Dataset) -> Iterator[Finding]:
    """No entry lies inside itself, however many envelopes are between.

    The message names the circle; take one of its links out.
    """
    for kind in ("commitments", "benchmarks"):
        entries = getattr(dataset, kind).items()
        holders = {id_: _holders(entry) for id_, entry in entries if entry.part_of}
        yield from _circles(kind, "part_of", holders, "is in")


def _holders(entry: Commitment | Benchmark) -> Sequence[str]:
    if isinstance(entry, Commitment):
        return [part.envelope for part in entry.part_of]
    return [entry.part_of] if entry.part_of else []


@rule("acyclic-links")
def acyclic_links(dataset: Dataset) -> Iterator[Finding]:
    """No entry leads back to itself by its links, however many are between.

    In a circle of sums that restate, replace, carry on or may overlap one another none would count:
    money would vanish from the total. Of sums that may overlap, one is certain: only the doubtful
    one names the other. Milestones that each count from another would never fall due, and a body
    is no member of its own members.
    """
    sums = dataset.commitments.items()
    for name, verb in _LEADING.items():
        links = {id_: getattr(entry, name) for id_, entry in sums if getattr(entry, name)}
        yield from _circles("commitments", name, links, verb)
    carried = {id_: [one.continues] for id_, one in sums if one.continues}
    yield from _circles("commitments", "continues", carried, "continues")
    waits = {
        id_: [due.waits_for for due in (one.due, *(move.to for move in one.moved)) if due.waits_for]
        for id_, one in dataset.milestones.items()
    }
    yield from _circles("milestones", "due", waits, "waits for")
    bodies = {id_: one.member_of for id_, one in dataset.bodies.items() if one.member_of}
    yield from _circles("bodies", "member_of", bodies, "is a member of")


# The fields of a commitment that list others on which its standing turns, as a sentence says them.
_LEADING = {"restates": "restates", "supersedes": "supersedes", "may_overlap": "may overlap"}


def _circles(
    kind: str, field: str, links: Mapping[str, Sequence[str]], verb: str
) -> Iterator[Finding]:
    """Yield a finding for each link that closes a circle. Walks without recursion."""
    done: set[str] = set()
    linked = {one for following in links.values() for one in following}
    for start in sorted(links.keys() & linked):  # what is in a circle leads on, and is led to
        path = [start]
        walk = [] if start in done else [iter(links[start])]
        while walk:
            following = next(walk[-1], None)
            if following is None:
                walk.pop()
                done.add(path.pop())
            elif following in path:
                circle = f" {verb} ".join([*path[path.index(following) :], following])
                message = f"this leads round in a circle: {circle}; take one of these links out"
                yield Finding("", message, (kind, path[-1], field))
            elif following not in done:
                path.append(following)
                walk.append(iter(links.get(following, ())))


RULES = (inferred_field, listed_once, acyclic_envelopes, acyclic_links)
