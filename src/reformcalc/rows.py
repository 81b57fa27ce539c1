"""What the fields of a row mean and are, said once; and rows as plain values.

Each field of a row carries its meaning: `adds_gbp: int = field(metadata=means("…", Kind.POUNDS))`.
The keys of JSON, CSV and exports, their documents, number formats and alignment are read off that.

A field that holds money becomes whole pounds under keys ending `_gbp`; None means unknown or no
bound. Days stay days, and what is listed is a list.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from enum import Enum, StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast

from reformcalc.values.money import Sum, round_pounds

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

Read = TypeVar("Read")


class Kind(StrEnum):
    """What the field of a row is."""

    ID = "id"
    WORD = "word"  # one of a few
    TEXT = "text"  # a name, or the record's own words
    SENTENCE = "sentence"
    SUM = "sum"  # money with bounds: four keys
    SHORTFALL = "shortfall"  # money between bounds: what is lacking, negative where none is
    POUNDS = "pounds"  # whole, whatever the sign
    PERCENTAGE = "percentage"
    POINTS = "points"  # percentage points, with their sign
    WHOLE = "whole number"
    DAY = "day"
    TRUTH = "true or false"
    CITED = "citations"  # ids of sources, each with the words that cite it
    INSIDE = "inside"  # what other answers are made of: nobody reads it


NUMBERS = frozenset(
    {Kind.SUM, Kind.SHORTFALL, Kind.POUNDS, Kind.PERCENTAGE, Kind.POINTS, Kind.WHOLE}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a field of a row means, and what it is; `many` where it is a list of such.

    `names` is the section, or the answer, whose ids it holds. Plain values leave out what is
    `for_people`: they read what other fields say, or what another answer holds (--explain). Money
    is left empty there `unless` the field of that name, which says why there is none, is empty.
    """

    text: str
    kind: Kind
    many: bool = False
    names: str | None = None
    for_people: bool = False
    unless: str = ""


def means(
    text: str, kind: Kind, *, many: bool = False, names: str | None = None, unless: str = ""
) -> dict[str, Meaning]:
    """Say what a field of a row means and is, as its metadata."""
    return {_MEANS: Meaning(text, kind, many, names, unless=unless)}


def for_people(text: str, kind: Kind, *, many: bool = False) -> dict[str, Meaning]:
    """Say the same of a field that plain values leave out."""
    return {_MEANS: Meaning(text, kind, many, for_people=True)}


def computed(kind: Kind) -> Callable[[Callable[[Any], Read]], Callable[[Any], Read]]:
    """Say what a property of a row is, which people read. Its docstring says what it means."""

    def say(read: Callable[[Any], Read]) -> Callable[[Any], Read]:
        setattr(read, _MEANS, Meaning(read.__doc__ or "", kind, for_people=True))
        return read

    return say


_MEANS = "means"


def meaning(row_type: Any, name: str) -> Meaning:
    """Return what a field, or a computed property, of a type of row means and is."""
    said = {one.name: one.metadata[_MEANS] for one in fields(row_type)}
    says: Meaning = said[name] if name in said else getattr(getattr(row_type, name).fget, _MEANS)
    return says


def kind_of(row_type: Any, name: str) -> Kind:
    """Return what a field, or a computed property, of a type of row is."""
    return meaning(row_type, name).kind


class Key(NamedTuple):
    """One key of the plain values of a row: the field that it is of, what it means and holds.

    `names` is the section, or the answer, that has the one id that it holds; `many` says that it
    holds a list.
    """

    name: str
    field: str
    meaning: str
    kind: Kind
    names: str | None = None
    many: bool = False  # a list of such

    @property
    def type(self) -> Any:
        """The type of its plain values, where they are not None."""
        one = _TYPES.get(self.kind, str)
        return list[one] if self.many else one  # type: ignore[valid-type]


_TYPES: dict[Kind, type] = {
    Kind.POUNDS: int,
    Kind.WHOLE: int,
    Kind.PERCENTAGE: float,
    Kind.POINTS: float,
    Kind.DAY: date,
    Kind.TRUTH: bool,
}


def keys(row_type: Any) -> list[Key]:
    """Return the keys of the plain values of a type of row, in order."""
    return [key for field in _plain_fields(row_type) for key in field.keys]


def key_names(row_type: Any) -> list[str]:
    """Return the names of the keys that a type of row has, in order."""
    return [key.name for key in keys(row_type)]


def flat(row: Any) -> dict[str, Any]:
    """Return a row as plain values, money as whole pounds."""
    result: dict[str, Any] = {}
    for name, unless, keys_ in _plain_fields(cast("Hashable", type(row))):
        value = getattr(row, name)
        if unless and getattr(row, unless):
            values = [None] * len(keys_)
        elif isinstance(value, Sum):
            values = _money(value)
        else:
            values = [_plain(value)] * len(keys_)
        for key, one in zip(keys_, values, strict=True):
            result[key.name] = one
    return result


class _Field(NamedTuple):
    """A field that plain values have, with its keys."""

    name: str
    unless: str
    keys: tuple[Key, ...]


@lru_cache(maxsize=64)
def _plain_fields(row_type: Hashable) -> tuple[_Field, ...]:
    said = ((one.name, one.metadata[_MEANS]) for one in fields(cast("Any", row_type)))
    return tuple(
        _Field(name, says.unless, _keys(name, says)) for name, says in said if not says.for_people
    )


def _keys(name: str, says: Meaning) -> tuple[Key, ...]:
    if says.kind is not Kind.SUM:
        names = None if says.many else says.names
        return (Key(name, name, says.text, says.kind, names, says.many),)
    prefix = "" if name == "amount" else f"{name}_"
    return (
        Key(f"{name}_gbp", name, says.text, Kind.POUNDS),
        Key(f"{prefix}low_gbp", name, "the least that it can be", Kind.POUNDS),
        Key(f"{prefix}high_gbp", name, "the most; empty for no bound", Kind.POUNDS),
        Key(
            f"{prefix}qualifier", name, "exact, at-least, up-to, about or range", Kind.WORD
        ),
    )  # fmt: skip


def _money(value: Sum) -> list[Any]:
    high = None if value.high is None else round_pounds(value.high)
    return [round_pounds(value.stated), round_pounds(value.low), high, value.qualifier.value]


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, Enum):
        return value.value
    return list(value) if isinstance(value, tuple) else value
