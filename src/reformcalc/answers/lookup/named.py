"""The entries that name a word of the record, or rest on a source."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reformcalc.ledger.known import Known
    from reformcalc.record.model import Part


def users(record: Known, kind: str, id_: str) -> Iterator[tuple[str, str, Part]]:
    """Yield the entries that name one, or rest on a source: section, id and entry."""
    for section, user in record.users.get((kind, id_), ()):
        yield section, user, record.section(section)[user]
