"""Ids that are made of others: what answers call the parts of a sum.

An id of the record has small letters, digits and hyphens alone, so the marks here are in none.
"""

from __future__ import annotations

import re

_MARKS = re.compile("[~/]")


def part_id(id_: str, envelope: str) -> str:
    """Return the id of the part of a commitment that lies in a second envelope."""
    return f"{id_}~{envelope}"


def rest_id(id_: str) -> str:
    """Return the id of what no source itemises of an envelope."""
    return f"{id_}/not-itemised"


def entry_id(id_: str) -> str:
    """Return the id of the entry that is meant: of a part of a sum, that of the sum."""
    return _MARKS.split(id_, maxsplit=1)[0]
