"""Ids that entries had before: what each is called now, and a record under the ids of another."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from reformcalc.record.model import Dataset, Part
from reformcalc.record.parts import fields_of
from reformcalc.values.due import WAITS, Due

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TypeAlias

    from reformcalc.record.parts import Held

    Renames: TypeAlias = Mapping[str, Mapping[str, str]]

P = TypeVar("P", bound=Part)

# The sections whose entries can have had another id.
NAMED = tuple(kind for kind in Dataset.KINDS if "formerly" in Dataset.kind(kind).model_fields)


def former(dataset: Dataset) -> Renames:
    """Return of each section which id had another before, by the one that it had."""
    return {
        kind: {was: id_ for id_, one in getattr(dataset, kind).items() for was in one.formerly}
        for kind in NAMED
    }


def renames(old: Dataset, new: Dataset) -> Renames:
    """Return what has one id in an old record and another in a new one, by the old one.

    Either can say so: the way back from a record that has renamed something is a renaming too. Of
    several that became one, the first that it names is that one.
    """
    led, left = former(new), former(old)
    found: dict[str, dict[str, str]] = {kind: {} for kind in NAMED}
    for kind, ids in found.items():
        had, has = getattr(old, kind), getattr(new, kind)
        pairs = [*led[kind].items(), *((now, was) for was, now in left[kind].items())]
        for was, now in pairs:
            gone, came = was in had and was not in has, now in has and now not in had
            if gone and came and was not in ids and now not in ids.values():
                ids[was] = now
    return found


def under(dataset: Dataset, ids: Renames) -> Dataset:
    """Return a record that calls its entries by other ids, and names them so wherever it does."""
    sections = {
        kind: {
            ids.get(kind, {}).get(id_, id_): _renamed(entry, ids)
            for id_, entry in getattr(dataset, kind).items()
        }
        for kind in Dataset.KINDS
    }
    # Not a copy, which would keep what was worked out of the ids.
    return Dataset.model_construct(
        dataset.model_fields_set, about=_renamed(dataset.about, ids), **sections
    )


def _renamed(part: P, ids: Renames) -> P:
    changed = {}
    for field in fields_of(type(part)):
        if (value := getattr(part, field.name)) and (field.part or field.names):
            named = _in_field(value, field, ids)
            if named != value:
                changed[field.name] = named
    return part.model_copy(update=changed) if changed else part


def _in_field(value: Any, field: Held, ids: Renames) -> Any:
    if isinstance(value, tuple):
        return tuple(_in_field(one, field, ids) for one in value)
    if isinstance(value, Part):
        return _renamed(value, ids)
    mapped = ids.get(field.names.section, {}) if field.names else {}
    if isinstance(value, Due):
        return _counted_from(value, mapped)
    return mapped.get(value, value) if isinstance(value, str) else value


def _counted_from(due: Due, ids: Mapping[str, str]) -> Due:
    """Return words that count from a milestone with the id that it has now."""
    now = ids.get(due.waits_for or "")
    if now is None:
        return due
    found = WAITS.fullmatch(due.text)
    assert found, due.text
    text = f"{due.text[: found.start('id')]}{now}{due.text[found.end('id') :]}"
    return replace(due, text=text, waits_for=now)
