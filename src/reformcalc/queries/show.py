"""Everything that the record says of one entry, with a line to cite it by."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.errors import Refused, UnknownId
from reformcalc.history import all_claims, by_then, in_force, known_by, out_by, outcome_day
from reformcalc.known import Known
from reformcalc.ledger import as_sum
from reformcalc.milestones import dated_by, outcome_kind, status
from reformcalc.model import Benchmark, Commitment, Dataset, Entry, Milestone
from reformcalc.queries.citing import citing, prints
from reformcalc.queries.common import age, hindsight, stamp
from reformcalc.queries.deadlines.story import TOLD, story
from reformcalc.queries.written import claims_by_then, quoted, says, title, written
from reformcalc.references import NAMED_IN, NAMING
from reformcalc.report import Column, Note, Report, Shape
from reformcalc.rows import Kind, means

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from decimal import Decimal

    from pydantic import BaseModel

    from reformcalc.milestones import Status
    from reformcalc.model import Claim


# The fields that are told in the record's own words.
_OURS = ("note", "choice", "reason", "inferred")


@dataclass(frozen=True, slots=True)
class DetailRow:
    """One thing that the record says of an entry: a field, or a claim with where it stands."""

    kind: str = dataclasses.field(metadata=means("the section that the entry is in", Kind.WORD))
    id: str = dataclasses.field(metadata=means("the entry", Kind.ID))
    field: str = dataclasses.field(
        metadata=means("which field; empty where a field goes on", Kind.TEXT)
    )
    value: str = dataclasses.field(metadata=means("what it holds, in words", Kind.SENTENCE))
    source: str = dataclasses.field(
        default="",
        metadata=means("of a claim: the document that says it", Kind.ID, names="sources"),
    )
    place: str = dataclasses.field(
        default="", metadata=means("of a claim: where it stands, as a citation", Kind.TEXT)
    )


def show(dataset: Dataset, id_: str, *, as_of: date) -> Report[DetailRow]:
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
        raise Refused(f'"{id_}" was not yet known on {as_of}', "ask for a later day")
    rows = [row for kind, one in shared.items() for row in _details(dataset, kind, id_, one, as_of)]
    entry = next(iter(shared.values()))
    figure = says(dataset, entry, as_of)
    return Report(
        name="show",
        as_of=as_of,
        dataset=stamp(dataset),
        headline=f"{title(entry)}{': ' + figure if figure else ''}",
        rows=tuple(rows),
        row_type=DetailRow,
        columns=(
            Column("field"),
            Column("value", shape=Shape.SENTENCE, under=(Column("place"),)),
        ),
        group=Column("kind"),
        notes=(
            Note(f"As of {words.day(as_of)}."),
            *age(dataset, as_of),
            *(hindsight(dataset, as_of) if any(row.field in _OURS for row in rows) else ()),
            *_paste(dataset, entry, figure, as_of),
        ),
    )


def _paste(dataset: Dataset, entry: BaseModel, figure: str, as_of: date) -> Iterator[Note]:
    """Yield one line to paste: what is said, in which words, by whom, where, and when it was read.

    A milestone has two things to cite: its date, and what came of it.
    """
    if not isinstance(entry, Entry) or not figure:
        return
    if isinstance(entry, Milestone):
        cited = [
            _reference(dataset, said, claim)
            for said, claim in _said_of(status(dataset, entry, as_of), entry)
            if out_by(dataset, claim, as_of)
        ]
        if cited:
            yield Note(f"To cite: {'; '.join(cited)}.")
        return
    value = _value(entry, as_of)
    claims = citing(Known(dataset, as_of), entry, value)
    if not claims:
        if value is not None:
            yield Note(f"To cite: no document dated by then prints {figure}.")
    elif value is not None and not prints(claims[0], value):
        yield Note(f"To cite: no one source prints {figure}; the claims above give its parts.")
    else:
        yield Note(f"To cite: {_reference(dataset, figure, claims[0])}.")


def _said_of(now: Status, milestone: Milestone) -> Iterator[tuple[str, Claim]]:
    """Yield the date of a milestone, and what came of it, each with the claim that says so."""
    yield now.due.text, dated_by(milestone, now)
    if now.outcome:
        came = f"{outcome_kind(now.outcome)} {words.published(outcome_day(now.outcome))}"
        yield came.replace("-", " "), now.outcome.claims[0]


def _reference(dataset: Dataset, said: str, claim: Claim) -> str:
    """Write what is said with the words that say it, and where these are found."""
    source = dataset.sources[claim.source]
    parts = [
        f'{said}: "{claim.says}"',
        claim.by,
        source.publisher,
        source.title,
        words.published(source.published) if source.published else "undated",
        None if claim.at == words.WHOLE_PAGE else claim.at,
        source.url,
        f"read on {words.day(source.accessed)}" if source.accessed else None,
    ]
    return ", ".join(part for part in parts if part)


def _value(entry: Entry, as_of: date) -> Decimal | None:
    """Return the sum that a citation must print; None where what is said is no sum of money."""
    match entry:
        case Commitment() if revision := in_force(entry.amount, as_of):
            return as_sum(revision.value).stated
        case Benchmark():
            return as_sum(entry.amount).stated
        case _:
            return None


def _details(
    dataset: Dataset, kind: str, id_: str, entry: BaseModel, as_of: date
) -> Iterator[DetailRow]:
    """Yield an entry's fields and claims as known on a day; for a word, the entries that use it."""
    entry = by_then(dataset, entry, as_of)
    told: tuple[str, ...] = ()
    if isinstance(entry, Milestone):
        told = TOLD
        label = "story"
        for step in story(Known(dataset, as_of), id_):
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
