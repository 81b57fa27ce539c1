"""Makes a record on which two answers differ as small as it can be while they still do."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.oracle.truth import Record

NEEDED = ("title", "lead", "pillar", "claims", "amount", "announced")
LINKS = ("part_of", "may_overlap", "supersedes", "restates")


def shrunk(record: Record, differs: Callable[[Record], bool]) -> Record:
    """Drop entries, links and fields one at a time, as long as `differs` holds of what is left."""
    smaller = True
    while smaller:
        smaller = False
        for candidate in _smaller(record):
            if differs(candidate):
                record, smaller = candidate, True
                break
    return record


def _smaller(record: Record) -> Iterator[Record]:
    for id_ in record["commitments"]:
        yield _without(record, id_)
    for id_, entry in record["commitments"].items():
        for name in LINKS:
            for place in range(len(entry.get(name, ()))):
                candidate = copy.deepcopy(record)
                found = candidate["commitments"][id_]
                del found[name][place]
                if not found[name]:
                    _drop(found, name)
                yield candidate
        yield from _plainer(record, "commitments", id_)
    yield from _plainer(record, "benchmarks", "ask")


def _plainer(record: Record, section: str, id_: str) -> Iterator[Record]:
    """Leave out a field, or give it its plainest value."""
    entry: Record = record[section][id_]
    for name, value in entry.items():
        if name in {"pillar", "lead"}:
            plain: Any = {"pillar": "p1", "lead": "b1"}[name]
        elif name == "announced":
            plain = "2023-12-31" if section == "benchmarks" else "2024-01-10"
        elif name == "amount" and not isinstance(value, str):
            plain = value[0]["is"]
        elif name in {*NEEDED, "by", "inferred", "title", "spending_years", "programme_years"}:
            continue
        else:
            plain = None
        if value == plain or (
            section == "benchmarks" and name == "pillar" and plain == "p1" == value
        ):
            continue
        candidate = copy.deepcopy(record)
        if plain is None or (section == "benchmarks" and name == "pillar"):
            _drop(candidate[section][id_], name)
        else:
            candidate[section][id_][name] = plain
        yield candidate


def _drop(entry: Record, name: str) -> None:
    del entry[name]
    entry.get("inferred", {}).pop(name, None)
    if not {"may_overlap", "counted"} & set(entry):
        entry.pop("reason", None)


def _without(record: Record, id_: str) -> Record:
    candidate = copy.deepcopy(record)
    del candidate["commitments"][id_]
    for entry in candidate["commitments"].values():
        for name in LINKS:
            kept = [
                o for o in entry.get(name, ()) if (o["in"] if isinstance(o, dict) else o) != id_
            ]
            if name in entry and not kept:
                _drop(entry, name)
            elif name in entry:
                entry[name] = kept
        if entry.get("continues") == id_:
            del entry["continues"]
    return candidate
