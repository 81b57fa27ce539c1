"""Where the page of each entry stands: an address made of its section and id, for good."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reformcalc.answers.written import name
from reformcalc.record.model import Dataset

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reformcalc.ledger.known import Known


# What Windows has for a device, whatever follows it: no such file can be written there.
_DEVICE = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9]")


def address(kind: str, id_: str) -> str:
    """Return where the page of an entry stands, under a name that a file can have on any system."""
    return f"{kind}/{id_}{'-' if _DEVICE.fullmatch(id_) else ''}.html"


def entries(record: Known) -> Mapping[tuple[str, str], tuple[str, str]]:
    """Return the address and the name of each entry's page, by section and id."""
    return {
        (kind, id_): (address(kind, id_), str(name(entry)))
        for kind in Dataset.KINDS
        for id_, entry in record.section(kind).items()
    }


def former(record: Known) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield each address that an entry had under a former id, and the section and id it has."""
    for kind in Dataset.KINDS:
        for was, id_ in record.former(kind).items():
            if id_ in record.section(kind):
                yield address(kind, was), (kind, id_)
