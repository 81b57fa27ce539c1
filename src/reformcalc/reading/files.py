"""The files that a dataset is made of, one by one. Nothing else opens files to read.

What they hold is put together in `merge`, and judged in `loading`.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reformcalc.errors import DatasetUnreadable
from reformcalc.findings import Finding, Position
from reformcalc.printable import is_address
from reformcalc.reading.other_kinds import NO_TEXT as _NO_TEXT
from reformcalc.reading.other_kinds import as_a_table, of_another_kind
from reformcalc.reading.source import Parsed, parse, place

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from reformcalc.findings import Plain
    from reformcalc.reading.spreadsheet import Spreadsheet
    from reformcalc.record.model import Dataset

BUNDLED = "bundled"  # the word that names the shipped data wherever a path is asked for
_PACKAGE = Path(__file__).parents[1]
_LARGEST = 256 << 20  # bytes; a device such as /dev/zero has no end
_SMALL = 64 << 10  # bytes of a file of settings
_LARGEST_SHEET = 32 << 20  # bytes; a workbook may unpack to many times as much
# Spreadsheets by their names, those that are not read among them: a message says what to save.
_SHEETS = (".xlsx", ".xlsm", ".csv", ".tsv", ".xls", ".xlsb", ".ods", ".numbers")


class Named(NamedTuple):
    """A file that is to be read, and which sheet of it if one is named: `plan.xlsx#Actions`."""

    path: Path
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class File:
    """One file as read: YAML, or a sheet of one's own plan."""

    path: Path
    parsed: Parsed | Spreadsheet


def bundled() -> Path:
    """Return the folder of the shipped data.

    A wheel carries it inside the package; a checkout, even when installed in place, has it beside
    `src/`.
    """
    inside = _PACKAGE / "data"
    return inside if inside.is_dir() else _PACKAGE.parents[1] / "data"


def is_own(path: Path) -> bool:
    """Whether a file is not one of the shipped record."""
    return os.path.realpath(path.parent) != os.path.realpath(bundled())  # a circle has one too


def is_sheet(path: Path) -> bool:
    """Whether a file is a spreadsheet by its name, be it one that is not read."""
    return path.suffix.lower() in _SHEETS


def files_of(name: str | Path) -> list[Named]:
    """Return the file that a name stands for, or the YAML files of its folder, in order.

    Raises DatasetUnreadable where a folder cannot be opened, or holds none.
    """
    refuse_address(name)
    named = Named(bundled()) if name == BUNDLED else _named(str(name))
    path = named.path
    if not str(name):
        raise DatasetUnreadable("an empty path names no dataset; write one, or leave it out")
    try:
        if not path.is_dir():
            return [named]
        inside = sorted(path.iterdir())
    except OSError as error:
        raise DatasetUnreadable(f"{path}: {_reason(error)}") from None
    found = [Named(one) for one in inside if one.suffix in (".yaml", ".yml")]
    if not found:
        sheet = next((f", as {one}" for one in inside if is_sheet(one)), "")
        raise DatasetUnreadable(
            f"{path}: this folder holds no .yaml file; name one that does, or a file{sheet}"
        )
    return found


def refuse_address(name: str | Path) -> None:
    """Refuse what is no path: an address, of which a path would lose a stroke."""
    if is_address(str(name)):
        raise DatasetUnreadable(
            f"{name}: this is an address; save what is there, and name the file"
        )


def _named(name: str) -> Named:
    """Read the name of a file; what follows a # names a sheet, if the file is no other."""
    parts = name.split("#")  # the name of a sheet may have one too
    for number in range(1, len(parts)):
        file = Path("#".join(parts[:number]))
        if is_sheet(file) and not Path(name).exists():
            return Named(file, "#".join(parts[number:]))
    return Named(Path(name))


def every_file(*names: str | Path) -> list[Named]:
    """Return each file that names stand for: each once, in its first spelling.

    A spreadsheet adds to a record: where nothing else is named, to the shipped one. Raises
    DatasetUnreadable as `files_of` does.
    """
    found: dict[tuple[str, str | None], Named] = {}
    for name in names:
        for one in files_of(name):
            found.setdefault((os.path.realpath(one.path), one.sheet), one)
    if all(is_sheet(one.path) for one in found.values()):
        return [*files_of(BUNDLED), *found.values()]
    return list(found.values())


def refuse_strangers(paths: Iterable[Path], names: Iterable[str | Path]) -> None:
    """Refuse what lies in a folder and is no file of it: only what is named is read.

    To read a named pipe could wait for ever, and a link may lead anywhere. Each is taken where it
    is itself among the `names`. Raises DatasetUnreadable.
    """
    named = {Path(name) for name in names}
    for path in paths:
        if path not in named and path.exists():
            if not path.is_file():
                raise DatasetUnreadable(f"{path}: this is not a file; take it out of the folder")
            _refuse_link_out(path, "name the file that it leads to")


def _refuse_link_out(path: Path, remedy: str) -> None:
    """Refuse a link that leads out of its folder, which may itself be a link."""
    if not path.resolve().is_relative_to(path.parent.resolve()):
        raise DatasetUnreadable(f"{path}: this link leads out of its folder; {remedy}")


def read(path: Path) -> File:
    """Read one file; what is no YAML of ours is a finding in it.

    Raises DatasetUnreadable where it cannot be opened, or is larger than any dataset.
    """
    raw = _bytes(path)
    if other := of_another_kind(raw):
        return File(path, Parsed("", None, (Finding("utf8-text", other, at=Position(1, 1)),)))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return File(path, Parsed("", None, (Finding("utf8-text", _NO_TEXT, at=_place(error)),)))
    if table := as_a_table(text):
        return File(path, Parsed(text, None, (Finding("field-shape", table, at=Position(1, 1)),)))
    return File(path, parse(text))


def read_sheet(named: Named, beside: Sequence[File] = ()) -> File:
    """Read a sheet of one's own plan, whose actions may serve milestones of files beside it.

    Raises DatasetUnreadable as `read` does.
    """
    # Few records have one, and what reads it takes a while to import.
    from reformcalc.reading.plan import Others  # noqa: PLC0415
    from reformcalc.reading.spreadsheet import read_spreadsheet  # noqa: PLC0415

    called: dict[str, list[str]] = {}
    taken: set[str] = set()
    for file in beside:
        content = file.parsed.value
        entries = content.get("milestones") if isinstance(content, dict) else None
        for id_, entry in entries.items() if isinstance(entries, dict) else ():
            taken.add(id_)
            if not file.parsed.account and isinstance(entry, dict):
                called[id_] = [str(entry[one]) for one in ("title", "label") if entry.get(one)]
    raw = _bytes(named.path, _LARGEST_SHEET)
    read = read_spreadsheet(raw, named.path.name, named.sheet, Others(called, taken))
    return File(named.path, read)


def _bytes(path: Path, most: int = _LARGEST) -> bytes:
    try:
        with path.open("rb") as file:
            raw = file.read(most + 1)
    except OSError as error:
        raise DatasetUnreadable(f"{path}: {_reason(error)}") from None
    if len(raw) > most:
        limit = "any file of settings" if most == _SMALL else f"{most >> 20} MB; no dataset is"
        raise DatasetUnreadable(f"{path}: it is larger than {limit}")
    return raw


def titles(*names: str | Path) -> dict[str, dict[str, str]]:
    """Return the ids in files and folders by section, as written: nothing is checked.

    With each goes the shortest of what it is called, or "". What is no plain file is passed over,
    since reading it could wait for ever. Raises DatasetUnreadable where a folder holds no YAML
    file, or a file cannot be opened.
    """
    found: dict[str, dict[str, str]] = {}
    for section, entries in _sections(*names):
        found.setdefault(section, {}).update({id_: _called(one) for id_, one in entries.items()})
    return found


def _called(entry: Plain) -> str:
    held = entry if isinstance(entry, dict) else {}
    said = (held.get(name) for name in ("label", "short", "title"))
    return next((one for one in said if isinstance(one, str)), "")


def named_in(fields: Collection[str], *names: str | Path) -> set[str]:
    """Return the texts of some fields of all entries in files and folders, as written."""
    entries = [one for _, held in _sections(*names) for one in held.values()]
    held = [one[name] for one in entries if isinstance(one, dict) for name in fields if name in one]
    listed = [one for value in held for one in (value if isinstance(value, list) else [value])]
    return {one for one in listed if isinstance(one, str)}


def _sections(*names: str | Path) -> Iterator[tuple[str, Mapping[str, Plain]]]:
    for one in every_file(*(names or (BUNDLED,))):
        if not one.path.is_file():
            continue
        file = read_sheet(one) if is_sheet(one.path) else read(one.path)
        content = file.parsed.value
        for section, entries in content.items() if isinstance(content, dict) else ():
            if section != "about" and isinstance(entries, dict):
                yield section, entries


def members(*names: str | Path) -> dict[str, str]:
    """Return the bodies in files and folders that are members of others, or have any: their titles.

    As written, and read as by `ids`.
    """
    bodies: dict[str, dict[str, Plain]] = {}
    for section, entries in _sections(*names):
        if section == "bodies":
            bodies |= {id_: one for id_, one in entries.items() if isinstance(one, dict)}
    groups = {id_: body.get("member_of", []) for id_, body in bodies.items()}
    found = {id_ for id_, of in groups.items() if of}
    for of in groups.values():
        found |= {*bodies} & {*([of] if isinstance(of, str) else filter(_is_text, of))}
    return {id_: _called(bodies[id_]) for id_ in bodies if id_ in found}


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def documents(dataset: Dataset, folder: str | Path) -> dict[str, str]:
    """Return the text of the dataset's documents that a folder holds, by file name.

    Raises DatasetUnreadable where there is no such folder, it holds none of them, or one of them
    is no text, or a link that leads out of it: its passages would be printed.
    """
    refuse_address(folder)
    path = Path(folder)
    named = sorted({source.file for source in dataset.sources.values() if source.file})
    try:
        if not path.is_dir():
            raise DatasetUnreadable(f"{path}: there is no such folder; check the path")
        texts = {name: _text(path / name) for name in named if (path / name).is_file()}
    except OSError as error:
        raise DatasetUnreadable(f"{path}: {_reason(error)}") from None
    if not texts:
        raise DatasetUnreadable(f"{path}: it holds none of {', '.join(named) or 'the documents'}")
    return texts


def _text(path: Path) -> str:
    _refuse_link_out(path, "put the document itself there")
    return _decoded(path, _bytes(path))


def small_text(path: Path) -> str:
    """Return the text of a small file that nobody named: a file of settings.

    Raises DatasetUnreadable for what is no plain file, which reading could wait on for ever, for
    what is large, and for what is no UTF-8 text.
    """
    try:
        kind = path.stat().st_mode
    except OSError as error:
        raise DatasetUnreadable(f"{path}: {_reason(error)}") from None
    if not stat.S_ISREG(kind):
        raise DatasetUnreadable(f"{path}: this is not a file; take it away, or write one")
    return _decoded(path, _bytes(path, _SMALL))


def _decoded(path: Path, raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        at = _place(error)
        raise DatasetUnreadable(f"{path}:{at.line}:{at.column}: {_NO_TEXT}") from None


def _place(error: UnicodeDecodeError) -> Position:
    """Return the place of the first byte that is no text. A byte order mark is not counted."""
    return place(error.object[: error.start].decode("utf-8"))


def written(path: Path) -> str:
    """Return the text of a file, with its byte order mark if it has one; "" where there is none.

    Raises DatasetUnreadable where it is no text.
    """
    try:
        return as_it_is(path).decode("utf-8")
    except UnicodeDecodeError:
        raise DatasetUnreadable(f"{path}: {_NO_TEXT}") from None


def as_it_is(path: Path) -> bytes:
    """Return what a file holds, in whatever letters; nothing where there is none.

    Raises DatasetUnreadable as `small_text` does for what is no plain file.
    """
    try:
        there = path.exists()
    except OSError as error:
        raise DatasetUnreadable(f"{path}: {_reason(error)}") from None
    if there and not path.is_file():
        raise DatasetUnreadable(f"{path}: this is not a file; name another")
    return _bytes(path) if there else b""


def template(kind: str) -> str:
    """Return the commented YAML of an entry to start from."""
    return template_text(f"{kind}.yaml")


def template_text(name: str) -> str:
    """Return the text of a file to start from."""
    return (_PACKAGE / "templates" / name).read_text(encoding="utf-8")


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file or folder; check the path"
    return f"it cannot be read ({error.strerror or error})"
