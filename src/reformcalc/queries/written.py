"""An entry of the record in words: its name, its figure or date, each field that is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from reformcalc import words
from reformcalc.due import Due
from reformcalc.history import by_then, claims_of, in_force, out_by
from reformcalc.ledger import as_sum
from reformcalc.milestones import status
from reformcalc.model import Benchmark, Commitment, FigureEntry, Milestone, Source
from reformcalc.money import Amount, Quantity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from reformcalc.model import Claim, Dataset, Entry


def title(entry: BaseModel) -> str:
    """Return the name of an entry of any kind."""
    return str(getattr(entry, "title", None) or getattr(entry, "release", ""))


def says(dataset: Dataset, entry: BaseModel, as_of: date) -> str:
    """Return an entry's figure or date on a day, in words."""
    match entry:
        case Commitment():
            if revision := in_force(entry.amount, as_of):
                return words.money(as_sum(revision.value))
            if entry.is_unsized:
                return "not known"
            return "no figure yet" if entry.amount else "by year"
        case Benchmark():
            return words.money(as_sum(entry.amount))
        case FigureEntry():
            entry = by_then(dataset, entry, as_of)
            if entry.value:
                return f"{entry.value.amount.text} {entry.unit}"
            return "by year" if entry.series else "no figure yet"
        case Milestone():
            now = status(dataset, entry, as_of)
            return f"{now.due.text} ({now.state})"
        case Source():
            return words.published(entry.published) if entry.published else "undated"
        case _:
            return ""


def written(entry: BaseModel, without: Sequence[str] = ()) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield each field that is written, but title and claims, with a line for each of its parts."""
    left_out = ("claims", "title", *without)
    for name, value in entry:
        if name not in left_out and name in entry.model_fields_set and value not in ((), None):
            label = type(entry).model_fields[name].alias or name
            yield label.replace("_", " "), tuple(_lines(value))


def claims_by_then(dataset: Dataset, entry: Entry, as_of: date) -> Iterator[tuple[str, Claim]]:
    """Yield the claims whose source was out by a day, each with what of the entry it is for."""
    for route, claim in claims_of(entry):
        if out_by(dataset, claim, as_of):
            yield str(route[0]).replace("_", " ") if route[0] != "claims" else "claim", claim


def quoted(claim: Claim) -> str:
    """Return what a claim says, with what it stands for, and whether it is another figure."""
    means = f" (that is: {claim.means})" if claim.means else ""
    variant = " [differs from what is used]" if claim.variant else ""
    return f'"{claim.says}"{means}{variant}'


def _lines(value: Any) -> Iterator[str]:
    """Write a field's value in words, a line for each of its parts."""
    match value:
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
        said = "; ".join(_lines(value)).rstrip(".")
        yield said if label in _ABOUT else f"{label.replace('_', ' ')} {said}"
