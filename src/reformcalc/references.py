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
NAMED_IN = {
    "pillar": "pillars", "also_pillars": "pillars", "topics": "topics", "lead": "bodies",
    "acts": "bodies", "by": "bodies", "member_of": "bodies", "restates": "commitments",
    "may_overlap": "commitments", "supersedes": "commitments", "continues": "commitments",
    "commitment": "commitments", "milestone": "milestones",
}  # fmt: skip
NAMING = (*ENTRY_KINDS, "bodies")  # the sections whose entries name others
_OUR_WORDS = ("inferred", "exceptions")  # fields that say why, of names that are no ids
_WAITING = ("due", "to")  # fields whose date may count from a milestone


class Reference(NamedTuple):
    """An id that a field names, and the section that should define it."""

    route: Route
    field: str
    section: str
    name: str


def dangling(plain: Mapping[str, Plain]) -> list[Reference]:
    """Return every reference that leads nowhere."""
    return _not_in(plain, {section: _ids(plain, section) for section in plain})


def references(plain: Mapping[str, Plain]) -> list[Reference]:
    """Return every reference, wherever it leads."""
    return _not_in(plain, {})


def _not_in(
    plain: Mapping[str, Plain], defined: Mapping[str, Mapping[str, Plain]]
) -> list[Reference]:
    search = _Search(defined)
    about = plain.get("about")
    if isinstance(about, dict) and isinstance(benchmark := about.get("benchmark"), str):
        search.follow(benchmark, "benchmarks", ("about",), "benchmark")
    for kind in NAMING:
        for id_, entry in _ids(plain, kind).items():
            search.entry(kind, entry, (kind, id_))
    return search.found


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
    near = [id_ for id_ in _ids(plain, section) if route[:2] != (section, id_)] if hinted else []
    others = (
        kind for kind in plain if kind not in (section, "about") and name in _ids(plain, kind)
    )
    elsewhere = next(others, None)
    hint = f", but {elsewhere} does" if elsewhere else did_you_mean(name, near)
    hint = hint or f"; define it under {section}, or correct it"
    message = f'{field} names "{name}", which no entry in {section} defines{hint}'
    return Finding("unknown-reference", message, route, names=name)


def _ids(plain: Mapping[str, Plain], section: str) -> Mapping[str, Plain]:
    entries = plain.get(section)
    return entries if isinstance(entries, dict) else {}


class _Search:
    """Looks references up in what is `defined`, and keeps those that are not in it."""

    def __init__(self, defined: Mapping[str, Mapping[str, Plain]]) -> None:
        self.found: list[Reference] = []
        self._defined = defined

    def entry(self, kind: str, entry: Plain, route: Route) -> None:
        """Follow the references of an entry: those of its own fields, and its claims wherever."""
        for field, value in entry.items() if isinstance(entry, dict) else ():
            if field in NAMED_IN:
                self.follow(value, NAMED_IN[field], route, field)
            elif field == "part_of":
                self._envelopes(value, kind, route)
            elif field == "claims":
                self._claims(value, (*route, field))
            elif field in _OUR_WORDS:
                continue
            elif not isinstance(value, str):
                self._inside(value, (*route, field))
            elif field in _WAITING:
                self._wait(value, route, field)

    def follow(
        self, value: Plain, section: str, route: Route, field: str, *steps: int | str
    ) -> None:
        """Follow an id, or a list of them: what stands at `steps` in the `field` of a route."""
        if isinstance(value, str):
            if value not in self._defined.get(section, ()):
                self.found.append(Reference((*route, field, *steps), field, section, value))
        elif isinstance(value, list):
            for place, one in enumerate(value):
                if isinstance(one, str):
                    self.follow(one, section, route, field, *steps, place)

    def _inside(self, value: list[Plain] | dict[str, Plain], route: Route) -> None:
        """Follow the claims of a part, and the milestone that a date counts from."""
        for step, one in value.items() if isinstance(value, dict) else enumerate(value):
            if step == "claims":
                self._claims(one, (*route, step))
            elif not isinstance(one, str):
                self._inside(one, (*route, step))
            elif step in _WAITING:
                self._wait(one, route, str(step))

    def _claims(self, claims: Plain, route: Route) -> None:
        for place, claim in enumerate(claims):
            if isinstance(claim, dict) and "source" in claim:
                self.follow(claim["source"], "sources", (*route, place), "source")

    def _wait(self, words: str, route: Route, field: str) -> None:
        if match := WAITS.fullmatch(" ".join(words.split())):
            self.follow(match["milestone"], "milestones", route, field)

    def _envelopes(self, value: Plain, kind: str, route: Route, *steps: int | str) -> None:
        """Follow the ids under part_of, each alone or as the `in` of a mapping."""
        if isinstance(value, list):
            for place, one in enumerate(value):
                self._envelopes(one, kind, route, *steps, place)
        elif isinstance(value, dict):
            self.follow(value.get("in", []), kind, route, "part_of", *steps, "in")
        else:
            self.follow(value, kind, route, "part_of", *steps)
