"""Rules on how entries are put together."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from reformcalc.errors import did_you_mean
from reformcalc.record.model import Benchmark, Commitment, Dataset
from reformcalc.record.parts import fields_of
from reformcalc.record.references import ENTRY_KINDS, NAMING
from reformcalc.rules.registry import Violation, rule

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from reformcalc.findings import Route
    from reformcalc.record.model import Part
    from reformcalc.record.parts import Held


@rule("inferred-field")
def inferred_field(dataset: Dataset) -> Iterator[Violation]:
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
                    yield Violation((kind, id_, "inferred", name), message, on_key=True)


@rule("listed-once", on=NAMING)
def listed_once(dataset: Dataset) -> Iterator[Violation]:
    """A list of ids names each once."""
    for kind in NAMING:
        holders = [
            one
            for one in fields_of(Dataset.kind(kind))
            if one.part and one.many and _lists_of(one.part)
        ]
        for id_, entry in getattr(dataset, kind).items():
            yield from _listed_twice((kind, id_), entry)
            for holder in holders:
                for place, part in enumerate(getattr(entry, holder.name)):
                    yield from _listed_twice((kind, id_, holder.written, place), part)


def _listed_twice(route: Route, part: Part) -> Iterator[Violation]:
    for field in _lists_of(type(part)):
        if len(getattr(part, field.name)) > 1:  # rarely so, and there are many
            ids = field.ids_in(part)
            for place, one in enumerate(ids):
                if one in ids[:place]:
                    message = f'"{one}" is listed twice; take one out'
                    yield Violation((*route, field.name, place), message)


@lru_cache(maxsize=64)
def _lists_of(kind: type[Part]) -> tuple[Held, ...]:
    """Return the fields of a part that list ids."""
    return tuple(one for one in fields_of(kind) if one.section and one.many)


@rule("acyclic-envelopes")
def acyclic_envelopes(dataset: Dataset) -> Iterator[Violation]:
    """No entry lies inside itself, however many envelopes are between.

    The message names the circle; take one of its links out.
    """
    for kind in ("commitments", "benchmarks"):
        entries = getattr(dataset, kind).items()
        holders = {id_: _holders(entry) for id_, entry in entries if entry.part_of}
        yield from _circles(kind, *_naming(holders, "part_of", "is in"))


def _holders(entry: Commitment | Benchmark) -> Sequence[str]:
    if isinstance(entry, Commitment):
        return [part.envelope for part in entry.part_of]
    return [entry.part_of] if entry.part_of else []


@rule("acyclic-links", on=("commitments", "milestones", "bodies"))
def acyclic_links(dataset: Dataset) -> Iterator[Violation]:
    """No entry leads back to itself by its links, however many are between, and of what kinds.

    In a circle of sums that restate, replace, carry on or may overlap one another none would count:
    money would vanish from the total. Of sums that may overlap, one is certain: only the doubtful
    one names the other, and what lies in it is as doubtful. Milestones that each count from another
    would never fall due, and a body is no member of its own members.
    """
    yield from _circles("commitments", *_standing(dataset.commitments))
    carried = {id_: [one.continues] for id_, one in dataset.commitments.items() if one.continues}
    yield from _circles("commitments", *_naming(carried, "continues", "continues"))
    waits = {
        id_: [due.waits_for for due in (one.due, *(move.to for move in one.moved)) if due.waits_for]
        for id_, one in dataset.milestones.items()
    }
    yield from _circles("milestones", *_naming(waits, "due", "waits for"))
    bodies = {id_: one.member_of for id_, one in dataset.bodies.items() if one.member_of}
    yield from _circles("bodies", *_naming(bodies, "member_of", "is a member of"))


class _Link(NamedTuple):
    """A step to another entry, as a verb, and the entry and field where it is written."""

    to: str
    verb: str
    said_by: str
    field: str


def _naming(
    links: Mapping[str, Sequence[str]], field: str, verb: str
) -> tuple[set[str], Callable[[str], Iterator[_Link]]]:
    """Lead from each entry to those that one field of it names."""
    linked = {one for following in links.values() for one in following}
    # What is in a circle leads on, and is led to.
    return links.keys() & linked, lambda id_: (
        _Link(one, verb, id_, field) for one in links.get(id_, ())
    )


def _standing(
    sums: Mapping[str, Commitment],
) -> tuple[set[str], Callable[[str], Iterator[_Link]]]:
    """Lead from each sum to those on account of which it would not count."""
    replacing: dict[str, list[str]] = {}
    named: set[str] = set()
    for id_, entry in sums.items():
        named.update(entry.restates, entry.may_overlap)
        for replaced in entry.supersedes:
            replacing.setdefault(replaced, []).append(id_)
            named.add(id_)
    return named, lambda step: _on_account_of(step, sums, replacing)


def _on_account_of(
    step: str, sums: Mapping[str, Commitment], replacing: Mapping[str, Sequence[str]]
) -> Iterator[_Link]:
    """Follow what a sum's standing turns on, as the ledger decides it.

    An envelope hands its doubt on to what is wholly in it, but not that another replaces it; and
    one that restates holds nothing. So a sum leads to its envelope as `_DOUBT` alone.
    """
    id_ = step.removeprefix(_DOUBT)
    entry = sums[id_]
    if step == id_:
        for one in replacing.get(id_, ()):
            yield _Link(one, "is superseded by", one, "supersedes")
        for one in entry.restates:
            yield _Link(one, "restates", id_, "restates")
    elif entry.restates:
        return
    for one in entry.may_overlap:
        yield _Link(one, "may overlap", id_, "may_overlap")
    for part in entry.part_of:
        if part.amount is None:
            yield _Link(_DOUBT + part.envelope, "is in", id_, "part_of")


_DOUBT = "?"  # no id begins so


def _circles(
    kind: str, starts: Collection[str], following: Callable[[str], Iterator[_Link]]
) -> Iterator[Violation]:
    """Yield a finding for each link that closes a circle. Walks without recursion.

    Each circle must pass one of the `starts`.
    """
    done: set[str] = set()
    for start in sorted(starts):
        path: dict[str, str] = {start: ""}  # each step with the verb that led to it
        walk = [] if start in done else [following(start)]
        while walk:
            link = next(walk[-1], None)
            if link is None:
                walk.pop()
                done.add(path.popitem()[0])
            elif link.to in path:
                steps = [*path.items()][[*path].index(link.to) + 1 :]
                said = [f" {verb} {step}" for step, verb in (*steps, link[:2])]
                circle = "".join([link.to, *said]).replace(_DOUBT, "")
                message = f"this leads round in a circle: {circle}; take one of these links out"
                yield Violation((kind, link.said_by, link.field), message)
            elif link.to not in done:
                path[link.to] = link.verb
                walk.append(following(link.to))


RULES = (inferred_field, listed_once, acyclic_envelopes)
