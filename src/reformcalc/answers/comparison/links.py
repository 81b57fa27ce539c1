"""Places in envelopes that are our reading: what a comparison says where the sum is separate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reformcalc.ledger.ledger import Standing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reformcalc.answers.comparison.comparison import Comparison
    from reformcalc.record.model import Commitment, Dataset, Membership


@dataclass(frozen=True, slots=True)
class Link:
    """A commitment's place in an envelope that no source states."""

    commitment: str
    envelope: str


def inferred_links(comparison: Comparison) -> Iterator[Link]:
    """Yield the inferred links of the money that counts.

    What never counts holds nothing, so whether a sum lies in it makes no difference.
    """
    items = comparison.ledger.items
    for id_ in sorted(comparison.counted):
        item = items[id_]
        for part in item.entry.part_of if item.part_in is None else ():
            held = part.envelope in items and items[part.envelope].standing is not Standing.NEVER
            if held and is_inferred(item.entry, part):
                yield Link(id_, part.envelope)


def is_inferred(entry: Commitment, part: Membership) -> bool:
    """Whether a commitment's place in an envelope is our reading.

    That is said of the link, or else of all links of the entry together.
    """
    said = any(link.inferred for link in entry.part_of)
    return part.inferred is not None if said else "part_of" in entry.inferred


def without(dataset: Dataset, link: Link) -> Dataset:
    """Return a record in which a sum does not lie in an envelope."""
    entry = dataset.commitments[link.commitment]
    kept = tuple(part for part in entry.part_of if part.envelope != link.envelope)
    changed = entry.model_copy(update={"part_of": kept})
    commitments = dataset.commitments | {link.commitment: changed}
    return dataset.model_copy(update={"commitments": commitments})


def left_untold(before: Comparison, apart: Comparison) -> frozenset[str]:
    """Return what is no longer told to be old once a link is gone: it might all be new.

    That is what an envelope then holds itself, and a sum of which only the envelope told.
    """
    told, items = apart.ledger.new_money().existing, apart.ledger.items
    told_then, then = before.ledger.new_money().existing, before.ledger.items
    return frozenset(
        id_
        for id_ in apart.counted & then.keys() - told.keys()
        if id_ in told_then or items[id_].own.stated > then[id_].own.stated
    )
