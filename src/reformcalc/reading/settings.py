"""The file of settings of a folder: what to ask, for whom and in which form, unless it is said.

It is looked for in the working folder and in those above it, up to the root of a repository (a
folder that holds `.git`) or one's home. Outside both only the folder itself is looked in: what lies
above it may be somebody else's.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reformcalc.errors import SettingsInvalid, did_you_mean
from reformcalc.findings import Finding, Located, Position
from reformcalc.printable import is_address
from reformcalc.reading.files import BUNDLED, small_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

NAME = "reformcalc.toml"
# The keys, each with what it takes.
_KEYS = {
    "data": 'a path, or a list of paths: ["bundled", "ours.yaml"]',
    "for": 'the name or code of a body: "NAME"',
    "format": "one of the formats: {formats}",
}


@dataclass(frozen=True, slots=True)
class Settings:
    """What a file of settings says; paths as they are from the working folder. Empty: not said."""

    path: Path
    data: tuple[str, ...] = ()
    body: str = ""
    format: str = ""


def found() -> Path | None:
    """Return the file of settings that the working folder is under, None if there is none."""
    for folder in _folders():
        if os.path.lexists(folder / NAME):
            return Path(os.path.relpath(folder)) / NAME
    return None


def _folders() -> list[Path]:
    """Return the folders to look in, the innermost first."""
    try:
        here = Path.cwd()
    except OSError:  # it was removed
        return []
    home = os.path.realpath(os.path.expanduser("~"))  # noqa: PTH111  Path.home can fail
    looked = []
    for folder in (here, *here.parents):
        looked.append(folder)
        if os.path.lexists(folder / ".git") or os.path.realpath(folder) == home:
            return looked
    return [here]


def read_settings(path: Path, formats: Sequence[str]) -> Settings:
    """Read a file of settings, in which a format is one of some.

    Raises DatasetUnreadable where it is no plain, small file of UTF-8 text, SettingsInvalid with
    all that is wrong in it.
    """
    import tomllib  # noqa: PLC0415  few folders have such a file

    text = small_text(path)
    try:
        said = tomllib.loads(text)
    except ValueError as error:  # no TOML, or a number of thousands of digits
        raise SettingsInvalid([_not_toml(path, text, str(error))]) from None
    except RecursionError:
        wrong = "values nest too deep; a setting is a text, or a list of texts"
        raise SettingsInvalid([_at(path, text, Position(1, 1), wrong)]) from None
    if wrong_keys := list(_wrong(said, formats)):
        raise SettingsInvalid(
            sorted(
                (_at(path, text, _place(text, key), message) for key, message in wrong_keys),
                key=lambda one: one.position,
            )
        )
    named = said.get("data", [])
    return Settings(
        path,
        tuple(_from_here(path, one) for one in ([named] if isinstance(named, str) else named)),
        said.get("for", ""),
        said.get("format", ""),
    )


def _wrong(said: dict[str, Any], formats: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the keys that are wrong, each with what is, and how to put it right."""
    for key, value in said.items():
        if key not in _KEYS:
            near = did_you_mean(key, _KEYS) or f"; the settings are {', '.join(_KEYS)}"
            yield key, f'there is no setting "{key}"{near}'
            continue
        takes = _KEYS[key].format(formats=", ".join(formats))
        texts = value if key == "data" and isinstance(value, list) else [value]
        if not texts or not all(isinstance(one, str) and one.strip() for one in texts):
            yield key, f'"{key}" takes {takes}; leave it out to have none'
        elif any("\0" in one for one in texts):
            yield key, f'"{key}" has a letter that no name has (\\u0000); write it without'
        elif key == "format" and value not in formats:
            yield key, f'there is no format "{value}"; it is {takes}{did_you_mean(value, formats)}'


def _from_here(settings: Path, path: str) -> str:
    """Return a path that is relative to the file of settings as it is from the working folder."""
    return path if path == BUNDLED or is_address(path) else str(settings.parent / path)


def _not_toml(path: Path, text: str, said: str) -> Located:
    """Say that a text is no TOML, in the reader's own words and at the place that they name."""
    told, _, place = said.removesuffix(")").partition(" (at ")
    numbers = [*map(int, re.findall(r"\d+", place))]
    last = text.count("\n") + 1
    line, column = numbers if len(numbers) == 2 else (last, 1)
    remedy = 'a setting is written: data = ["bundled", "ours.yaml"]'
    if "\\" in "".join(text.splitlines()[line - 1 : line]):
        remedy = "a path with \\ stands in single quotes: data = 'C:\\plans\\ours.yaml'"
    told = f"this is not TOML ({told}); {remedy}"
    return _at(path, text, Position(line, column), told)


def _place(text: str, key: str) -> Position:
    """Return where a key is written at the top of a file: as itself, in quotes, or as a table."""
    name = re.escape(key)
    written = re.search(rf"""^[ \t\[]*(["']?)({name})\1[ \t]*[\].=]""", text, re.MULTILINE)
    if not written:
        return Position(1, 1)
    start = written.start(2)
    line_start = text.rfind("\n", 0, start) + 1
    return Position(text.count("\n", 0, start) + 1, start - line_start + 1, len(key))


def _at(path: Path, text: str, place: Position, message: str) -> Located:
    lines = text.splitlines() or [""]
    excerpt = lines[place.line - 1] if place.line <= len(lines) else ""
    return Located(Finding("", message), path, place, excerpt)
