"""The bundled record cut down to a few entries, for tests of what stands beside it.

It is read in a thirtieth of the time, and has no findings either.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

from reformcalc import load
from reformcalc.record.model import Dataset

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reformcalc.findings import Plain

# What the tests name; what these name themselves comes with them.
NAMED = (
    "advocacy-standards", "agency-rules-full-implementation", "dfe", "dorset",
    "families-first-2026-29", "families-first-operational", "kinship-local-offer-duty",
    "kinship-strategy", "local-authorities", "multi-agency-teams-duty",
)  # fmt: skip
WHOLE = ("pillars", "topics")


def write_short_record(folder: Path) -> None:
    """Write the entries named above, and all that any of them names, into a folder."""
    plain = load().plain
    assert isinstance(plain, dict)
    sections = {kind: _section(plain, kind) for kind in Dataset.KINDS if kind in plain}
    kept: set[str] = set()
    left = {*NAMED, *_words(plain["about"])}
    while left:
        kept |= left
        entries = [section[id_] for section in sections.values() for id_ in left & section.keys()]
        left = {word for entry in entries for word in _words(entry)} - kept
    short: dict[str, Plain] = {"about": plain["about"]}
    for kind, section in sections.items():
        short[kind] = {id_: one for id_, one in section.items() if kind in WHOLE or id_ in kept}
    text = yaml.safe_dump(short, allow_unicode=True, sort_keys=False)
    (folder / "record.yaml").write_text(text, encoding="utf-8")


def _section(plain: dict[str, Plain], kind: str) -> dict[str, Plain]:
    section = plain[kind]
    assert isinstance(section, dict)
    return section


def _words(written: Plain) -> Iterator[str]:
    """Yield all that can be an id in what is written."""
    if isinstance(written, dict):
        for name, value in written.items():
            yield name
            yield from _words(value)
    elif isinstance(written, list):
        for one in written:
            yield from _words(one)
    else:
        yield from re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)*", str(written))
