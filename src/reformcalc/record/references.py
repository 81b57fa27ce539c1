"""Which ids entries name, and which of those nothing defines.

Works on plain values, so that an entry with another fault still has its references checked.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from reformcalc.errors import did_you_mean, nearest
from reformcalc.findings import Finding
from reformcalc.record.model import About, Dataset, Entry
from reformcalc.record.parts import fields_of, sections_naming

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from reformcalc.findings import Plain, Route
    from reformcalc.record.fields import Names
    from reformcalc.record.model import Part

# The sections whose entries carry claims, and those whose entries name others.
ENTRY_KINDS = tuple(kind for kind in Dataset.KINDS if issubclass(Dataset.kind(kind), Entry))
NAMING = tuple(sections_naming())


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
    search.follow(plain.get("about"), _Naming(None, _within(About)), ("about",), "")
    for kind in NAMING:
        entries = _Naming(None, _within(Dataset.kind(kind)))
        for id_, entry in _ids(plain, kind).items():
            search.follow(entry, entries, (kind, id_), "")
    return search.found


def unknown(plain: Mapping[str, Plain]) -> Iterator[Finding]:
    """Say of each dangling reference what is missing, with the nearest id that exists.

    The nearest is looked for only as long as that takes no time to speak of.
    """
    left = _COMPARISONS
    for one in dangling(plain):
        left -= len(_ids(plain, one.section))
        yield _unknown(plain, one, hinted=left > 0)


_LISTED = ("pillars", "topics", "bodies", "milestones")
_BY_BODIES = ("lead", "acts")  # fields of bodies where people write who sees to it
_COMPARISONS = 50_000  # of a misspelt id with one that exists: half a second


def _unknown(plain: Mapping[str, Plain], reference: Reference, *, hinted: bool) -> Finding:
    route, field, section, name = reference
    near = {id_: one for id_, one in _ids(plain, section).items() if route[:2] != (section, id_)}
    others = (
        kind for kind in plain if kind not in (section, "about") and name in _ids(plain, kind)
    )
    elsewhere = next(others, None)
    hint = _near(name, near) if hinted and not elsewhere else ""
    unlike = not hint or hint.startswith("; there are")
    if unlike and field in _BY_BODIES and route[0] == "milestones":
        hint = f"; a person is written as owner: {name}, and a body is defined under bodies"
    listed = f" (reformcalc list {section} has them)" if section in _LISTED else ""
    if elsewhere:
        hint = f", but {elsewhere} does; name one of {section}{listed}"
    hint = hint or f"; correct it{listed}, or define it under {section}"
    message = f'{field} names "{name}", which no entry in {section} defines{hint}'
    return Finding("unknown-reference", message, route, names=name)


def _near(name: str, entries: Mapping[str, Plain]) -> str:
    """Offer the entry that was meant by its id, title or short name in whatever letters."""
    plain = _plain(name)
    for id_, entry in entries.items():
        called = entry if isinstance(entry, dict) else {}
        names = (id_, called.get("title", ""), called.get("short", ""))
        if plain in map(_plain, map(str, names)):
            return f'; did you mean "{id_}"?'
    if near := did_you_mean(plain.replace(" ", "-"), entries):
        return near
    words = {*plain.split()}
    held = [id_ for id_ in entries if words & {*id_.split("-")} - _COMMON]
    offered = held[:4] or nearest(plain, entries, 3)
    if offered:
        return f"; did you mean {_either(offered)}?"
    return f"; there are {', '.join(sorted(entries))}" if 0 < len(entries) <= _FEW else ""


_FEW = 16  # ids that a message has room for
_COMMON = {"and", "the", "of", "for", "in", "our", "care", "council"}


def _either(ids: Iterable[str]) -> str:
    *first, last = (f'"{one}"' for one in ids)
    return f"{', '.join(first)} or {last}" if first else last


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", text.lower()))


def _ids(plain: Mapping[str, Plain], section: str) -> Mapping[str, Plain]:
    entries = plain.get(section)
    return entries if isinstance(entries, dict) else {}


class _Naming(NamedTuple):
    """Where ids are found in what is written: in text, and in the fields of a part."""

    text: Names | None
    fields: Mapping[str, _Naming]
    in_short: str = ""  # the field that a text alone gives


@lru_cache(maxsize=64)
def _within(part: type[Part]) -> Mapping[str, _Naming]:
    """Return the fields of a part, as written, that ids may be found in."""
    found = {}
    for one in fields_of(part):
        fields = _within(one.part) if one.part else {}
        if one.names or fields:
            in_short = one.part.in_short if one.part else ""
            found[one.written] = _Naming(one.names, fields, in_short)
    return found


class _Search:
    """Looks references up in what is `defined`, and keeps those that are not in it."""

    def __init__(self, defined: Mapping[str, Mapping[str, Plain]]) -> None:
        self.found: list[Reference] = []
        self._defined = defined

    def follow(self, value: Plain | None, naming: _Naming, route: Route, field: str) -> None:
        """Follow what is written at a route, under a field: an id, fields, or a list of either."""
        if isinstance(value, dict):
            fields = naming.fields
            for name, held in value.items():
                if name in fields:
                    step = field if name == naming.in_short else name
                    self._step(held, fields[name], route, name, step)
        elif isinstance(value, list):
            for place, held in enumerate(value):
                if not isinstance(held, list):
                    self._step(held, naming, route, place, field)
        elif isinstance(value, str):
            self._name(value, naming, route, field)

    def _step(
        self, value: Plain, naming: _Naming, route: Route, step: str | int, field: str
    ) -> None:
        """Follow what is written a step further; a route is made only where it is needed."""
        if not isinstance(value, str):
            self.follow(value, naming, (*route, step), field)
        elif naming.text and value not in self._defined.get(naming.text.section, ()):
            self._name(value, naming, (*route, step), field)

    def _name(self, text: str, naming: _Naming, route: Route, field: str) -> None:
        names = naming.text
        named = names.named_by(text) if names else None
        if names and named is not None and named not in self._defined.get(names.section, ()):
            self.found.append(Reference(route, field, names.section, named))
