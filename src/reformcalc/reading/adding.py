"""An entry put into a file that somebody keeps: at the end of its section, all else as it was."""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING

from reformcalc.errors import Unwritable
from reformcalc.reading.source import parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from reformcalc.findings import Plain

_SECTION = "milestones"
_NAME = "new-action"
_BEGINS = re.compile(rf"\ufeff?{_SECTION}:[ \t]*(?:#.*)?")
_ENTRY = re.compile(r"(?P<indent> +)[\w-]+ *:")


def with_action(text: str, action: str, path: Path) -> tuple[str, str]:
    """Return the text of a file with one more action, under a name that it has not, and that name.

    `action` is what is added, with {id} for the name. Comments, order, line ends and all else stay
    as they are. Raises Unwritable where the text cannot be read, or its actions do not stand each
    on lines of their own.
    """
    before = parse(text)
    content = before.value if text.strip("\ufeff \t\r\n") else {}
    if not isinstance(content, dict):
        if content is None and before.findings and before.findings[-1].rule == "not-empty":
            content = {}  # nothing but comments
        else:
            raise Unwritable(f"{path}: it cannot be read; reformcalc validate says why")
    present = content.get(_SECTION, {})
    ids = present if isinstance(present, dict) else {}
    id_ = next(one for one in _names(_NAME) if one not in ids)
    end = "\r\n" if "\r\n" in text else "\n"
    lines = text.splitlines(keepends=True)
    begins = next((at for at, one in enumerate(lines) if _BEGINS.fullmatch(one.rstrip())), None)
    if begins is None:
        place, indent, added = len(lines), 2, [f"{_SECTION}:"]
        if content:
            added = ["", *added]
    else:
        place, indent = _end_of(lines, begins)
        added = []
    added += [" " * indent + line for line in action.format(id=id_).splitlines()]
    new = "".join(line + end for line in added)
    if place and not lines[place - 1].endswith(("\n", "\r")):
        new = end + new.removesuffix(end)
    whole = "".join((*lines[:place], new, *lines[place:]))
    if not _adds(whole, content, id_):
        raise Unwritable(
            f'{path}: its {_SECTION} do not stand each on lines of their own; write "{_SECTION}:" '
            "on a line, and each below it"
        )
    return whole, id_


def _names(name: str) -> Iterator[str]:
    yield name
    yield from (f"{name}-{number}" for number in count(2))


def _end_of(lines: list[str], begins: int) -> tuple[int, int]:
    """Return the line after the last of a section, and how far its entries are set in."""
    place, indent = begins + 1, 0
    for at in range(begins + 1, len(lines)):
        line = lines[at]
        if line.strip() and not line[0].isspace():
            if line.startswith("#"):
                continue
            break
        if line.strip():
            place = at + 1
            entry = _ENTRY.match(line)
            indent = indent or (len(entry["indent"]) if entry else 0)
    return place, indent or 2


def _adds(text: str, content: Mapping[str, Plain], id_: str) -> bool:
    """Whether a text says what was said before, and one action more."""
    now = parse(text).value
    if not isinstance(now, dict):
        return False
    actions = now.pop(_SECTION, None)
    if not isinstance(actions, dict) or id_ not in actions:
        return False
    actions.pop(id_)
    before = content.get(_SECTION) or {}
    others = {name: one for name, one in content.items() if name != _SECTION}
    return now == others and actions == before
