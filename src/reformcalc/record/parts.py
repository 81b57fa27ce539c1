"""What the parts of a record hold, read off the model: once for each, and remembered.

References, what is known on a day, rules on lists, and exports follow what is said there, so that
a new field or kind of entry needs no word here.
"""

from __future__ import annotations

from functools import lru_cache
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from reformcalc.record.fields import Names
from reformcalc.record.model import ALWAYS, Claim, Dataset, Part

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


class Held(NamedTuple):
    """A field of a part: its name here and as written, what it means, and what it holds.

    That is one value of a `type`, `many` of them, or one for each key of the type `by`. The type is
    `object` where it may be of several. `names` is what it holds ids of: of parts, by the field
    `short` that a text alone can give.
    """

    name: str
    written: str
    meaning: str
    type: Any
    many: bool = False
    by: Any = None
    names: Names | None = None
    short: str = ""

    @property
    def part(self) -> type[Part] | None:
        """The part that it holds, where it holds one or many."""
        return self.type if isinstance(self.type, type) and issubclass(self.type, Part) else None

    @property
    def section(self) -> str | None:
        """The section that it names entries of, by ids alone."""
        return self.names.section if self.names and self.names.within is None else None

    def ids_in(self, entry: Part) -> tuple[str, ...]:
        """Return the ids that it holds in an entry, where it holds such."""
        value = getattr(entry, self.name)
        listed = value if self.many else () if value is None else (value,)
        return tuple(getattr(one, self.short) for one in listed) if self.short else listed


@lru_cache(maxsize=64)
def fields_of(part: type[Part]) -> tuple[Held, ...]:
    """Return the fields of a part, in order."""
    return tuple(
        Held(name, one.alias or name, one.description or "", **_held(one.annotation, one.metadata))
        for name, one in part.model_fields.items()
    )


def _held(type_: Any, said: Sequence[Any] = ()) -> dict[str, Any]:
    """Take a type apart, with what is said of it, until what a field holds is plain."""
    held: dict[str, Any]
    origin = get_origin(type_)
    if origin is Annotated:
        return _held(type_.__origin__, (*said, *type_.__metadata__))
    arguments = get_args(type_)
    if origin in (Union, UnionType):
        options = [one for one in arguments if one is not type(None)]
        held = _held(options[0]) if len(options) == 1 else {"type": object}
    elif origin is tuple:
        held = _held(arguments[0]) | {"many": True}
    elif origin is dict:
        held = _held(arguments[1]) | {"by": _held(arguments[0])["type"]}
    elif origin is None and issubclass(type_, Part) and type_.in_short:
        (gives,) = (one for one in fields_of(type_) if one.written == type_.in_short)
        held = {"type": type_, "names": gives.names, "short": gives.name}
    else:
        held = {"type": str if origin is Literal else type_}
    for one in said:
        if isinstance(one, Names):
            held["names"] = one
    return held


@lru_cache(maxsize=64)
def links_of(kind: type[Part]) -> tuple[Held, ...]:
    """Return the fields of a kind of part that name entries which are not always known."""
    return tuple(
        one
        for one in fields_of(kind)
        if one.section and Dataset.kind(one.section).dated_by != ALWAYS
    )


@lru_cache(maxsize=64)
def dated_parts_of(kind: type[Part]) -> tuple[Held, ...]:
    """Return the fields of a kind of entry whose parts have a day of their own."""
    return tuple(one for one in fields_of(kind) if one.part and one.part.dated_by != ALWAYS)


@lru_cache(maxsize=16)
def claiming_parts_of(kind: type[Part]) -> tuple[Held, ...]:
    """Return the fields of a kind of entry whose parts carry claims."""
    return tuple(one for one in fields_of(kind) if one.part and "claims" in one.part.model_fields)


def sections_naming() -> Iterator[str]:
    """Yield the sections whose entries name others, by ids or in the words of a date."""
    for section in Dataset.KINDS:
        if any(one.names for one in fields_of(Dataset.kind(section))):
            yield section


@lru_cache(maxsize=64)
def naming(kind: type[Part], section: str) -> tuple[Held, ...]:
    """Return the fields of a kind of part that name entries of one section."""
    return tuple(one for one in fields_of(kind) if one.section == section)


@lru_cache(maxsize=64)
def parts_naming(kind: type[Part], section: str) -> tuple[Held, ...]:
    """Return the fields of a kind of part that hold parts which name entries of one section."""
    return tuple(
        one for one in fields_of(kind) if one.many and one.part and naming(one.part, section)
    )


def named_in(parts: Iterable[Part], section: str) -> Iterator[str]:
    """Yield the ids of one section that some parts name."""
    for part in parts:
        yield from named(part, section)


def named(part: Part, section: str) -> Iterator[str]:
    """Yield the ids of one section that a part names, itself or in the parts that it holds."""
    for one in _leading_to(type(part), section):
        if one.section == section:
            yield from one.ids_in(part)
        else:
            held = getattr(part, one.name)
            for inner in held if one.many else filter(None, [held]):
                yield from named(inner, section)


@lru_cache(maxsize=256)
def _leading_to(kind: type[Part], section: str) -> tuple[Held, ...]:
    """Return the fields of a part that name entries of a section, or hold parts that do."""
    return tuple(
        one
        for one in fields_of(kind)
        if one.section == section
        or (one.part and one.part is not Claim and not one.by and _leading_to(one.part, section))
    )
