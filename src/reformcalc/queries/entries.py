"""What is in the record: its entries by kind, and everything about one of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from reformcalc import words
from reformcalc.due import Due
from reformcalc.errors import Refused, UnknownId
from reformcalc.known import (
    all_claims,
    by_then,
    claims_of,
    in_force,
    known_by,
    out_by,
)
from reformcalc.ledger import as_sum
from reformcalc.milestones import standing
from reformcalc.model import (
    Benchmark,
    Commitment,
    Dataset,
    Entry,
    FigureEntry,
    Milestone,
    Source,
)
from reformcalc.money import Amount, Quantity
from reformcalc.queries.citing import citing, prints
from reformcalc.queries.common import Chosen, age, singular, stamp
from reformcalc.queries.story import TOLD, story
from reformcalc.references import NAMED_IN, NAMING
from reformcalc.report import Column, Report

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from decimal import Decimal

    from reformcalc.model import Claim


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry of the record: `says` is its figure or date in words."""

    kind: str
    id: str
    title: str
    says: str


@dataclass(frozen=True, slots=True)
class DetailRow:
    """One thing that the record says of an entry: a field, or a claim with where it stands."""

    kind: str
    id: str
    field: str
    value: str
    source: str = ""
    place: str = ""


def entries(
    dataset: Dataset,
    kind: str | None = None,
    *,
    as_of: date,
    chosen: Chosen | None = None,
    digest: str = "",
) -> Report[EntryRow]:
    """Return the entries of one kind, or of all, that were known on a day.

    Raises UnknownId for a kind that does not exist.
    """
    if kind is not None and kind not in Dataset.KINDS:
        raise UnknownId("kind", kind, Dataset.KINDS)
    chosen = chosen or Chosen()
    chosen.check(dataset)
    rows = tuple(
        EntryRow(section, id_, title(entry), says(dataset, entry, as_of))
        for section in ([kind] if kind else Dataset.KINDS)
        for id_, entry in sorted(getattr(dataset, section).items())
        if known_by(dataset, entry, as_of) and admitted(entry, chosen)
    )
    counts = {section: sum(row.kind == section for row in rows) for section in Dataset.KINDS}
    said = [words.counted(count, singular(kind), kind) for kind, count in counts.items() if count]
    return Report(
        name="list",
        as_of=as_of,
        dataset=stamp(dataset, digest),
        headline=f"As of {words.day(as_of)}: {', '.join(said) or 'nothing'}",
        rows=rows,
        row_type=EntryRow,
        columns=(Column("id", ""), Column("says", ""), Column("title", "")),
        group="kind",
        notes=tuple(age(dataset, as_of)),
    )


def show(dataset: Dataset, id_: str, *, as_of: date, digest: str = "") -> Report[DetailRow]:
    """Return everything that the record says of an entry, of any kind, with its claims.

    What totals name as a part of a sum ("ID~ENVELOPE"), or as not itemised ("ID/not-itemised"), is
    told by the sum. Raises UnknownId where no entry has that id.
    """
    id_ = re.split("[~/]", id_)[0]
    found = [kind for kind in Dataset.KINDS if id_ in getattr(dataset, kind)]
    if not found:
        names = [name for kind in Dataset.KINDS for name in getattr(dataset, kind)]
        raise UnknownId("entry", id_, names)
    shared = {kind: getattr(dataset, kind)[id_] for kind in found}
    shared = {kind: one for kind, one in shared.items() if known_by(dataset, one, as_of)}
    if not shared:
        raise Refused(f'"{id_}" was not yet known on {as_of}; ask for a later day')
    rows = [row for kind, one in shared.items() for row in _details(dataset, kind, id_, one, as_of)]
    entry = next(iter(shared.values()))
    figure = says(dataset, entry, as_of)
    return Report(
        name="show",
        as_of=as_of,
        dataset=stamp(dataset, digest),
        headline=f"{title(entry)}{': ' + figure if figure else ''}",
        rows=tuple(rows),
        row_type=DetailRow,
        columns=(Column("field", ""), Column("value", "", under=("place",))),
        group="kind",
        notes=(
            f"As of {words.day(as_of)}.",
            *age(dataset, as_of),
            *_paste(dataset, entry, figure, as_of),
        ),
    )


def _paste(dataset: Dataset, entry: BaseModel, figure: str, as_of: date) -> Iterator[str]:
    """Yield one line to paste beside the figure: figure, words, source, place, day of access."""
    if not isinstance(entry, Entry) or not figure:
        return
    value = _value(entry, as_of)
    claims = citing(dataset, entry, as_of, value)
    if not claims:
        return
    claim = claims[0]
    if value is not None and not prints(claim, value):
        yield f"To cite: no one source prints {figure}; the claims above give its parts."
        return
    source = dataset.sources[claim.source]
    parts = [
        f'{figure}: "{claim.says}"',
        claim.by,
        source.publisher,
        source.title,
        words.published(source.published) if source.published else "undated",
        claim.at,
        source.url,
        f"read on {words.day(source.accessed)}" if source.accessed else None,
    ]
    yield f"To cite: {', '.join(part for part in parts if part)}."


def _value(entry: Entry, as_of: date) -> Decimal | None:
    """Return the sum that a citation must print; None where what is said is no sum of money."""
    match entry:
        case Commitment() if revision := in_force(entry.amount, as_of):
            return as_sum(revision.value).stated
        case Benchmark():
            return as_sum(entry.amount).stated
        case _:
            return None


def title(entry: BaseModel) -> str:
    return str(getattr(entry, "title", None) or getattr(entry, "release", ""))


def admitted(entry: BaseModel, chosen: Chosen) -> bool:
    return chosen == Chosen() or (isinstance(entry, Entry) and chosen.admits(entry, also=True))


def says(dataset: Dataset, entry: BaseModel, as_of: date) -> str:
    """Return an entry's figure or date on a day, in words."""
    match entry:
        case Commitment():
            if revision := in_force(entry.amount, as_of):
                return words.money(as_sum(revision.value))
            return "no figure yet" if entry.amount else "by year"
        case Benchmark():
            return words.money(as_sum(entry.amount))
        case FigureEntry():
            entry = by_then(dataset, entry, as_of)
            return f"{entry.value.amount.text} {entry.unit}" if entry.value else "by year"
        case Milestone():
            now = standing(dataset, entry, as_of)
            return f"{now.due.text} ({now.state})"
        case Source():
            return words.published(entry.published) if entry.published else "undated"
        case _:
            return ""


def _details(
    dataset: Dataset, kind: str, id_: str, entry: BaseModel, as_of: date
) -> Iterator[DetailRow]:
    """Yield an entry's fields and claims as known on a day; for a word, the entries that use it."""
    entry = by_then(dataset, entry, as_of)
    told: tuple[str, ...] = ()
    if isinstance(entry, Milestone):
        told = TOLD
        label = "story"
        for step in story(dataset, entry, as_of):
            source = step.claim.source if step.claim else ""
            place = words.citation(dataset, step.claim) if step.claim else ""
            yield DetailRow(kind, id_, label, step.told, source, place)
            label = ""
    for label, lines in written(entry, told):
        for number, line in enumerate(lines):
            yield DetailRow(kind, id_, "" if number else label, line)
    if not isinstance(entry, Entry):
        for user, other in _users(dataset, kind, id_, as_of):
            yield DetailRow(kind, id_, "named by", f"{user}: {title(other)}")
        return
    for of, claim in claims_by_then(dataset, entry, as_of):
        place = words.citation(dataset, claim)
        yield DetailRow(kind, id_, of, quoted(claim), claim.source, place)


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


def _users(dataset: Dataset, kind: str, id_: str, as_of: date) -> Iterator[tuple[str, BaseModel]]:
    """Yield the entries known by a day that name a pillar, topic, body or source."""
    for section in NAMING:
        for user, entry in sorted(getattr(dataset, section).items()):
            if id_ in _named(entry, kind) and known_by(dataset, entry, as_of):
                yield user, entry


def _named(entry: BaseModel, kind: str) -> Iterator[str]:
    """Yield the ids of one section that an entry names."""
    if kind == "sources" and isinstance(entry, Entry):
        yield from (claim.source for claim in all_claims(entry))
    for field, section in NAMED_IN.items():
        if section == kind:
            value = getattr(entry, field, None)
            yield from (value,) if isinstance(value, str) else value or ()


def quoted(claim: Claim) -> str:
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
