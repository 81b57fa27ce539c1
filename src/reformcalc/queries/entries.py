"""What is in the record: its entries by kind, and everything about one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from reformcalc import words
from reformcalc.due import Due
from reformcalc.errors import UnknownId
from reformcalc.known import claims_of, commitment_known_on, in_force, last_day, published_on
from reformcalc.ledger import as_sum
from reformcalc.model import Benchmark, Commitment, Dataset, Entry, FigureEntry, Milestone, Source
from reformcalc.money import Amount, Quantity
from reformcalc.queries.common import Chosen, age, singular, stamp
from reformcalc.queries.deadlines import due_by, state_of
from reformcalc.report import Column, Report

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

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
        EntryRow(section, id_, _title(entry), _says(entry, as_of))
        for section in ([kind] if kind else Dataset.KINDS)
        for id_, entry in sorted(getattr(dataset, section).items())
        if _known(dataset, entry, as_of) and _admitted(entry, chosen)
    )
    counts = {section: sum(row.kind == section for row in rows) for section in Dataset.KINDS}
    said = [words.counted(count, singular(kind), kind) for kind, count in counts.items() if count]
    return Report(
        name="list",
        as_of=as_of,
        dataset=stamp(dataset, digest),
        headline=f"As of {words.day(as_of)}: {', '.join(said) or 'nothing'}",
        rows=rows,
        columns=(Column("id", ""), Column("says", ""), Column("title", "")),
        group="kind",
        notes=tuple(age(dataset, as_of)),
    )


def show(dataset: Dataset, id_: str, *, as_of: date, digest: str = "") -> Report[DetailRow]:
    """Return everything that the record says of an entry, of any kind, with its claims.

    Raises UnknownId where no entry has that id.
    """
    found = [kind for kind in Dataset.KINDS if id_ in getattr(dataset, kind)]
    if not found:
        known = [name for kind in Dataset.KINDS for name in getattr(dataset, kind)]
        raise UnknownId("entry", id_, known)
    rows = [
        row for kind in found for row in _details(dataset, kind, id_, getattr(dataset, kind)[id_])
    ]
    entry = getattr(dataset, found[0])[id_]
    says = _says(entry, as_of)
    return Report(
        name="show",
        as_of=as_of,
        dataset=stamp(dataset, digest),
        headline=f"{_title(entry)}{': ' + says if says else ''}",
        rows=tuple(rows),
        columns=(Column("field", ""), Column("value", "", under=("place",))),
        group="kind",
        notes=(f"As of {words.day(as_of)}.", *age(dataset, as_of)),
    )


def _title(entry: BaseModel) -> str:
    return str(getattr(entry, "title", None) or getattr(entry, "release", ""))


def _known(dataset: Dataset, entry: BaseModel, as_of: date) -> bool:
    """Whether an entry was known on a day; the words that others use always are."""
    match entry:
        case Commitment():
            known_on = commitment_known_on(dataset, entry)
        case Milestone():
            known_on = last_day(entry.promised)
        case Benchmark() | FigureEntry() if entry.announced:
            known_on = last_day(entry.announced)
        case Source():
            known_on = published_on(entry)
        case _:
            known_on = None
    return known_on is None or known_on <= as_of


def _admitted(entry: BaseModel, chosen: Chosen) -> bool:
    if chosen == Chosen():
        return True
    if isinstance(entry, Commitment | Milestone):
        return chosen.admits(entry, also=True)
    return isinstance(entry, Entry) and not chosen.leads and (
        (not chosen.pillars or entry.pillar in chosen.pillars)
        and (not chosen.topics or bool(set(entry.topics) & set(chosen.topics)))
    )  # fmt: skip


def _says(entry: BaseModel, as_of: date) -> str:
    """Return an entry's figure or date on a day, in words."""
    match entry:
        case Commitment():
            revision = in_force(entry.amount, as_of) or (entry.amount[0] if entry.amount else None)
            return words.money(as_sum(revision.value)) if revision else "by year"
        case Benchmark():
            return words.money(as_sum(entry.amount))
        case FigureEntry():
            return f"{entry.value.amount.text} {entry.unit}" if entry.value else "by year"
        case Milestone():
            return f"{due_by(entry, as_of).text} ({state_of(entry, as_of)})"
        case Source():
            return words.published(entry.published) if entry.published else "undated"
        case _:
            return ""


def _details(dataset: Dataset, kind: str, id_: str, entry: BaseModel) -> Iterator[DetailRow]:
    for name, value in entry:
        if name in ("claims", "title") or name not in entry.model_fields_set:
            continue
        label = type(entry).model_fields[name].alias or name
        for line in _lines(value):
            yield DetailRow(kind, id_, label.replace("_", " "), line)
            label = ""
    if not isinstance(entry, Entry):
        return
    for route, claim in claims_of(entry):
        of = str(route[0]).replace("_", " ") if route[0] != "claims" else "claim"
        yield DetailRow(
            kind, id_, of, _quoted(claim), claim.source, words.citation(dataset, claim)
        )  # fmt: skip


def _quoted(claim: Claim) -> str:
    means = f" (that is: {claim.means})" if claim.means else ""
    variant = " [differs from the figure used]" if claim.variant else ""
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
            yield ", ".join(_parts(value))
        case _:
            yield str(value).lower() if isinstance(value, bool) else str(value)


def _parts(part: BaseModel) -> Iterator[str]:
    for name, value in part:
        if name == "claims" or name not in part.model_fields_set:
            continue
        label = type(part).model_fields[name].alias or name
        said = "; ".join(_lines(value))
        yield said if label in ("is", "in", "text") else f"{label.replace('_', ' ')} {said}"
