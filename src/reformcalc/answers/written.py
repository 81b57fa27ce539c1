"""An entry of the record in words: its name, each field that is written, each claim."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from reformcalc.values.due import Due
from reformcalc.values.money import Amount, Quantity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reformcalc.ledger.known import Known
    from reformcalc.record.model import Claim, Entry


def name(entry: BaseModel) -> str:
    """Return what an entry is called where there is little room: its label, if it has one."""
    return str(getattr(entry, "name", "") or title(entry))


def title(entry: BaseModel) -> str:
    """Return the name of an entry of any kind."""
    return str(getattr(entry, "title", None) or getattr(entry, "release", ""))


def written(entry: BaseModel, without: Sequence[str] = ()) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield each field that is written, but title and claims, with a line for each of its parts."""
    given = entry.model_fields_set.difference(("claims", "title", *without))
    for name, field in type(entry).model_fields.items():
        if name in given and (value := getattr(entry, name)) not in ((), None):
            yield (field.alias or name).replace("_", " "), tuple(_lines(value))


def figure_as_written(entry: BaseModel) -> str:
    """Return the field that is the figure of an entry, as the model says; "" where it has none."""
    value = getattr(entry, getattr(entry, "figure", None) or "", None)
    return "" if value in ((), None) else "; ".join(_lines(value))


def claims(record: Known, entry: Entry) -> Iterator[tuple[str, Claim]]:
    """Yield the claims whose source was out by the day, each with what of the entry it is for."""
    for route, claim in record.claims(entry):
        yield str(route[0]).replace("_", " ") if route[0] != "claims" else "claim", claim


def quoted(claim: Claim) -> str:
    """Return what a claim says, with what it stands for, and whether it is another figure."""
    means = f" (that is: {claim.means})" if claim.means else ""
    variant = " [differs from what is used]" if claim.variant else ""
    return f'"{claim.says}"{means}{variant}'


def _lines(value: Any) -> Iterator[str]:
    """Write a field's value in words, a line for each of its parts."""
    match value:
        case str():
            yield str(value)
        case Amount() | Due():
            yield value.text
        case Quantity():
            yield value.amount.text
        case dict():
            for key, one in value.items():
                name = f"year {key}" if isinstance(key, int) else str(key).replace("_", " ")
                yield f"{name}: {'; '.join(_lines(one))}"
        case tuple():
            for one in value:
                yield "; ".join(_lines(one))
        case BaseModel():
            yield "; ".join(_parts(value))
        case _:
            yield str(value).lower() if isinstance(value, bool) else str(value)


_ABOUT = ("is", "in", "text")  # the field that a part is about


def _parts(part: BaseModel) -> Iterator[str]:
    """Yield the fields of a part, the one that it is about first."""
    written = [
        (type(part).model_fields[name].alias or name, value)
        for name, value in part
        if name != "claims" and name in part.model_fields_set
    ]
    for label, value in sorted(written, key=lambda field: field[0] not in _ABOUT):
        lines = [*_lines(value)]
        said = (", " if type(value) is tuple else "; ").join(lines).rstrip(".")
        yield said if label in _ABOUT else f"{label.replace('_', ' ')} {said}"
