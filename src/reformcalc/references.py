"""Which ids entries name, and which of those nothing defines.

Works on plain values, so that an entry with another fault still has its references checked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reformcalc.due import WAITS
from reformcalc.errors import did_you_mean
from reformcalc.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reformcalc.findings import Route
    from reformcalc.source import Plain

ENTRY_KINDS = ("commitments", "benchmarks", "figures", "milestones")
# The section that each field names ids of; part_of names entries of its own kind.
_NAMED_IN = {
    "pillar": "pillars", "also_pillars": "pillars", "topics": "topics", "lead": "bodies",
    "by": "bodies", "acts": "bodies", "restates": "commitments", "may_overlap": "commitments",
    "supersedes": "commitments", "continues": "commitments", "commitment": "commitments",
}  # fmt: skip


class Reference(NamedTuple):
    """An id that a field names, and the section that should define it."""

    route: Route
    field: str
    section: str
    name: str


def dangling(plain: Mapping[str, Plain]) -> list[Reference]:
    """Return every reference that leads nowhere."""
    return [one for one in _references(plain) if one.name not in _ids(plain, one.section)]


def unknown(plain: Mapping[str, Plain]) -> Iterator[Finding]:
    """Say of each dangling reference what is missing, with the nearest id that exists.

    The nearest is looked for only as long as that takes no time to speak of.
    """
    left = _COMPARISONS
    for one in dangling(plain):
        left -= len(_ids(plain, one.section))
        yield _unknown(plain, one, hinted=left > 0)


_COMPARISONS = 50_000  # of a misspelt id with one that exists: half a second


def _unknown(plain: Mapping[str, Plain], reference: Reference, *, hinted: bool) -> Finding:
    route, field, section, name = reference
    near = _ids(plain, section) if hinted else ()
    others = (
        kind for kind in plain if kind not in (section, "about") and name in _ids(plain, kind)
    )
    elsewhere = next(others, None)
    hint = f", but {elsewhere} does" if elsewhere else did_you_mean(name, near)
    hint = hint or f"; define it under {section}, or correct it"
    message = f'{field} names "{name}", which no entry in {section} defines{hint}'
    return Finding("unknown-reference", message, route)


def _ids(plain: Mapping[str, Plain], section: str) -> Mapping[str, Plain]:
    entries = plain.get(section)
    return entries if isinstance(entries, dict) else {}


def _references(plain: Mapping[str, Plain]) -> Iterator[Reference]:
    about = plain.get("about")
    if isinstance(about, dict) and isinstance(benchmark := about.get("benchmark"), str):
        yield Reference(("about", "benchmark"), "benchmark", "benchmarks", benchmark)
    for kind in ENTRY_KINDS:
        for id_, entry in _ids(plain, kind).items():
            yield from _in_entry(kind, entry, (kind, id_))


def _in_entry(kind: str, entry: Plain, route: Route) -> Iterator[Reference]:
    """Yield the references of an entry: those of its own fields, and its claims wherever."""
    for field, value in entry.items() if isinstance(entry, dict) else ():
        if field == "part_of":
            yield from _envelopes(value, kind, (*route, field))
        elif field in _NAMED_IN:
            yield from _named(value, field, _NAMED_IN[field], (*route, field))
    yield from _wherever(entry, route)


def _wherever(value: Plain, route: Route) -> Iterator[Reference]:
    """Yield the source of every claim, and the milestone of every date that counts from one."""
    steps = enumerate(value) if isinstance(value, list) else ()
    for step, one in value.items() if isinstance(value, dict) else steps:
        if step == "source" and route[-2:-1] == ("claims",):
            yield from _named(one, "source", "sources", (*route, step))
        elif not isinstance(one, str):
            yield from _wherever(one, (*route, step))
        elif step in ("due", "to") and (match := WAITS.fullmatch(" ".join(one.split()))):
            yield Reference((*route, step), str(step), "milestones", match["milestone"])


def _envelopes(value: Plain, kind: str, route: Route) -> Iterator[Reference]:
    """Yield the ids under part_of, each alone or as the `in` of a mapping."""
    if isinstance(value, list):
        for place, one in enumerate(value):
            yield from _envelopes(one, kind, (*route, place))
    elif isinstance(value, dict):
        yield from _named(value.get("in", []), "part_of", kind, (*route, "in"))
    else:
        yield from _named(value, "part_of", kind, route)


def _named(value: Plain, field: str, section: str, route: Route) -> Iterator[Reference]:
    if isinstance(value, str):
        yield Reference(route, field, section, value)
    for place, one in enumerate(value if isinstance(value, list) else ()):
        if isinstance(one, str):
            yield Reference((*route, place), field, section, one)
