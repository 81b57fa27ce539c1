"""Rules on how entries name each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reformcalc.errors import did_you_mean
from reformcalc.findings import Finding
from reformcalc.known import claims_of
from reformcalc.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reformcalc.findings import Route
    from reformcalc.model import Dataset, Entry

ENTRY_KINDS = ("commitments", "benchmarks", "figures", "milestones")
# Where each field that names an id looks for it.
_NAMED_IN = {
    "pillar": "pillars", "also_pillars": "pillars", "topics": "topics", "lead": "bodies",
    "by": "bodies", "acts": "bodies", "restates": "commitments", "may_overlap": "commitments",
    "supersedes": "commitments", "continues": "commitments", "commitment": "commitments",
}  # fmt: skip


class Dangling(NamedTuple):
    """An id that nothing defines: where it is named, and in which section it was looked for."""

    route: Route
    field: str
    section: str
    name: str


def dangling(dataset: Dataset) -> Iterator[Dangling]:
    """Yield every id that an entry names and no entry defines."""
    benchmark = dataset.about.benchmark
    if benchmark and benchmark not in dataset.benchmarks:
        yield Dangling(("about", "benchmark"), "benchmark", "benchmarks", benchmark)
    for kind in ENTRY_KINDS:
        for id_, entry in getattr(dataset, kind).items():
            for named in (*_names(kind, entry), *_sources(entry)):
                if named.name not in getattr(dataset, named.section):
                    yield named._replace(route=(kind, id_, *named.route))


@rule("unknown-reference")
def unknown_reference(dataset: Dataset) -> Iterator[Finding]:
    """Every id that an entry names is defined.

    Ids name bodies, pillars, topics, sources, commitments and benchmarks. Define the one that is
    missing, or put right its spelling.
    """
    for route, field, section, name in dangling(dataset):
        elsewhere = next(
            (kind for kind in type(dataset).KINDS if name in getattr(dataset, kind)), None
        )
        hint = f", but {elsewhere} does" if elsewhere else ""
        hint = hint or did_you_mean(name, getattr(dataset, section))
        message = f'{field} names "{name}", which no entry in {section} defines{hint}'
        yield Finding("", message, route)


def _names(kind: str, entry: Entry) -> Iterator[Dangling]:
    """Yield each id that an entry names beside its sources, with the route inside the entry."""
    for field, section in _NAMED_IN.items():
        value = getattr(entry, field, None)
        if isinstance(value, str):
            yield Dangling((field,), field, section, value)
        for place, name in enumerate(value if isinstance(value, tuple) else ()):
            yield Dangling((field, place), field, section, name)
    envelopes = getattr(entry, "part_of", None)
    if isinstance(envelopes, str):
        yield Dangling(("part_of",), "part_of", kind, envelopes)
    for place, part in enumerate(envelopes if isinstance(envelopes, tuple) else ()):
        yield Dangling(("part_of", place, "in"), "part_of", kind, part.envelope)


def _sources(entry: Entry) -> Iterator[Dangling]:
    for route, claim in claims_of(entry):
        yield Dangling((*route, "source"), "source", "sources", claim.source)


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
        id_: [part.envelope for part in entry.part_of]
        for id_, entry in dataset.commitments.items()
    }
    yield from _circles("commitments", holders)
    yield from _circles(
        "benchmarks",
        {id_: [entry.part_of] if entry.part_of else [] for id_, entry in dataset.benchmarks.items()},
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


RULES = (unknown_reference, inferred_field, acyclic_envelopes)
