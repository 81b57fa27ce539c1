"""The entries that name a word of the record, or rest on a source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reformcalc.record.history import all_claims
from reformcalc.record.model import Entry
from reformcalc.record.parts import named
from reformcalc.record.references import NAMING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reformcalc.ledger.known import Known
    from reformcalc.record.model import Part


def users(record: Known, kind: str, id_: str) -> Iterator[tuple[str, str, Part]]:
    """Yield the entries that name a pillar, topic, body or source: section, id and entry."""
    for section in NAMING:
        for user, entry in record.section(section).items():
            if id_ in _named(entry, kind):
                yield section, user, entry


def _named(entry: Part, kind: str) -> Iterator[str]:
    """Yield the ids of one section that an entry names."""
    if kind == "sources" and isinstance(entry, Entry):
        yield from (claim.source for claim in all_claims(entry))
    yield from named(entry, kind)
