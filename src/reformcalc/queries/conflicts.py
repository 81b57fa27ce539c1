"""Where sources differ: who says what, which is used, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.known import all_claims, known_by, out_by
from reformcalc.model import Benchmark, Entry
from reformcalc.queries.common import Chosen, age, stamp
from reformcalc.queries.entries import admitted, says
from reformcalc.references import ENTRY_KINDS
from reformcalc.report import Column, Report

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from reformcalc.model import Dataset


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """One thing said of a disputed entry.

    `stand` is `used` or `differs` for a claim, `gap` for what is unreconciled, `why` for the
    reason of the choice.
    """

    entry: str
    kind: str
    stand: str
    says: str
    source: str
    place: str


def conflicts(
    dataset: Dataset, *, as_of: date, chosen: Chosen | None = None, digest: str = ""
) -> Report[ConflictRow]:
    """Return every disagreement known on a day: entries whose sources differ or do not add up."""
    chosen = chosen or Chosen()
    chosen.check(dataset)
    disputed = [
        (kind, id_, entry)
        for kind in ENTRY_KINDS
        for id_, entry in sorted(getattr(dataset, kind).items())
        if known_by(dataset, entry, as_of)
        and admitted(entry, chosen)
        and (_differs(dataset, entry, as_of) or getattr(entry, "unreconciled", None))
    ]
    rows = [row for kind, id_, entry in disputed for row in _rows(dataset, kind, id_, entry, as_of)]
    return Report(
        name="conflicts",
        as_of=as_of,
        dataset=stamp(dataset, digest),
        headline=(
            f"Sources differ on {words.counted(len(disputed), 'entry', 'entries')}, "
            f"as of {words.day(as_of)}"
        ),
        rows=tuple(rows),
        row_type=ConflictRow,
        columns=(Column("stand", ""), Column("says", "", under=("place",))),
        group="entry",
        notes=tuple(age(dataset, as_of)),
    )


def _differs(dataset: Dataset, entry: Entry, as_of: date) -> bool:
    """Whether the sources that were out by a day differ, or leave a choice."""
    variants = [claim for claim in all_claims(entry) if claim.variant]
    if variants:
        return any(out_by(dataset, claim, as_of) for claim in variants)
    return entry.choice is not None


def _rows(
    dataset: Dataset, kind: str, id_: str, entry: Entry, as_of: date
) -> Iterator[ConflictRow]:
    """Yield what is used, what each source says, what does not add up, and why."""
    figure = f"{entry.title}: {says(dataset, entry, as_of)}"
    yield ConflictRow(id_, kind, "in use", figure, "", "")
    claims = [claim for claim in entry.claims if out_by(dataset, claim, as_of)]
    for claim in sorted(claims, key=lambda claim: claim.variant):
        stand = "differs" if claim.variant else "used"
        place = words.citation(dataset, claim)
        yield ConflictRow(id_, kind, stand, f'"{claim.says}"', claim.source, place)
    if isinstance(entry, Benchmark) and entry.unreconciled:
        gap = words.pounds(entry.unreconciled.amount.stated)
        yield ConflictRow(id_, kind, "gap", f"{gap}: {entry.unreconciled.reason}", "", "")
    if entry.choice and _differs(dataset, entry, as_of):
        yield ConflictRow(id_, kind, "why", entry.choice, "", "")
