"""Paths to a dataset with everything that is wrong in it. The only reader of datasets.

Files are merged section by section. Findings come with their place: path, line and column.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from reformcalc.errors import DatasetInvalid, DatasetUnreadable
from reformcalc.findings import Finding, Located, Position, Severity
from reformcalc.progress import untold
from reformcalc.references import ENTRY_KINDS
from reformcalc.source import Parsed, parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reformcalc.findings import Route
    from reformcalc.model import Dataset
    from reformcalc.progress import Track
    from reformcalc.source import Plain

BUNDLED = "bundled"  # the word that names the shipped data wherever a path is asked for
_LARGEST = 256 << 20  # bytes; a device such as /dev/zero has no end
_DEFLATORS = "deflators"


@dataclass(frozen=True, slots=True)
class File:
    """One file as read."""

    path: Path
    parsed: Parsed


@dataclass(frozen=True, slots=True)
class Loaded:
    """What paths hold: the dataset (None if it cannot be read at all) and all that is wrong.

    `plain` is the content as written.
    """

    dataset: Dataset | None
    findings: tuple[Located, ...]
    files: tuple[Path, ...]
    plain: Plain

    @property
    def digest(self) -> str:
        """A fingerprint of the content, whatever its order and its files."""
        from reformcalc.fingerprint import fingerprint  # noqa: PLC0415  rarely asked for

        return fingerprint(self.plain)

    def valid(self) -> Dataset:
        """Return the dataset. Raises DatasetInvalid if it has errors; warnings do not count."""
        errors = [one for one in self.findings if one.finding.severity is Severity.ERROR]
        if errors or self.dataset is None:
            raise DatasetInvalid(self.findings, len(self.files))
        return self.dataset


def bundled() -> Path:
    """Return the folder of the shipped data.

    A wheel carries it inside the package; a checkout, even when installed in place, has it beside
    `src/`.
    """
    inside = Path(__file__).parent / "data"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "data"


def load(*names: str | Path, deflators: str | Path | None = None, track: Track = untold) -> Loaded:
    """Load a dataset from files and folders; the word "bundled" names the shipped one.

    `deflators` names a file whose releases of price indices are used instead of the dataset's own.
    `track` is told how far it has come.

    Raises DatasetUnreadable where a path is missing, cannot be opened, or holds no YAML file, or
    the file of deflators holds none.
    """
    # Imported when used: `ids` should not wait for the model.
    from reformcalc.rules import check  # noqa: PLC0415
    from reformcalc.shape import shape  # noqa: PLC0415

    named = [path for name in names or (BUNDLED,) for path in _files(name)]
    # Who else uses an id of the bundled record is to change theirs.
    paths = sorted(dict.fromkeys(named), key=_is_own)
    files = [_read(path) for path in track(paths, "Reading", "Checking")]
    if deflators is not None:
        files = [*map(_without_deflators, files), _only_deflators(Path(deflators))]
        paths.append(Path(deflators))
    merged = _merge(files)
    shaped = shape(merged.plain)
    findings = [*merged.findings, *shaped.findings]
    if any(file.parsed.value is None for file in files):
        # What a file that cannot be read would define is not missing.
        findings = [one for one in findings if not _lacks(one)]
    elif shaped.dataset:
        findings += check(shaped.dataset, whole=shaped.whole)
    located = _located(findings, merged, files)
    if len(files) == 1:
        located = _whole_dataset(located, files[0])
    return Loaded(shaped.dataset, tuple(located), tuple(paths), merged.plain)


def ids(*names: str | Path) -> dict[str, list[str]]:
    """Return the ids in files and folders by section, as written: nothing is checked.

    What is no plain file is passed over, since reading it could wait for ever. Raises
    DatasetUnreadable where a folder holds no YAML file, or a file cannot be opened.
    """
    found: dict[str, list[str]] = {}
    for path in (path for name in names or (BUNDLED,) for path in _files(name) if path.is_file()):
        content = _read(path).parsed.value
        for section, entries in content.items() if isinstance(content, dict) else ():
            if section != "about" and isinstance(entries, dict):
                found.setdefault(section, []).extend(entries)
    return found


def documents(dataset: Dataset, folder: str | Path) -> dict[str, str]:
    """Return the text of the dataset's documents that a folder holds, by file name.

    Raises DatasetUnreadable where there is no such folder, or it holds none of them.
    """
    path = Path(folder)
    named = sorted({source.file for source in dataset.sources.values() if source.file})
    try:
        if not path.is_dir():
            raise DatasetUnreadable(f"{path}: there is no such folder; check the path")
        texts = {
            name: (path / name).read_text(encoding="utf-8-sig")
            for name in named
            if (path / name).is_file()
        }
    except OSError as error:
        raise DatasetUnreadable(f"{path}: {_reason(error)}") from None
    except UnicodeDecodeError:
        raise DatasetUnreadable(f"{path}: a document in it is not UTF-8 text") from None
    if not texts:
        raise DatasetUnreadable(f"{path}: it holds none of {', '.join(named) or 'the documents'}")
    return texts


def template(kind: str) -> str:
    """Return the commented YAML of an entry to start from."""
    path = Path(__file__).parent / "templates" / f"{kind}.yaml"
    return path.read_text(encoding="utf-8")


def _is_own(path: Path) -> bool:
    """Whether a file is not one of the shipped record."""
    return path.parent.resolve() != bundled().resolve()


def _files(name: str | Path) -> list[Path]:
    path = bundled() if name == BUNDLED else Path(name)
    if not str(name):
        raise DatasetUnreadable("an empty path names no dataset; write one, or leave it out")
    try:
        if not path.is_dir():
            return [path]
        found = sorted(one for one in path.iterdir() if one.suffix in (".yaml", ".yml"))
    except OSError as error:
        raise DatasetUnreadable(f"{path}: {_reason(error)}") from None
    if not found:
        raise DatasetUnreadable(f"{path}: this folder holds no .yaml file; name one that does")
    return found


def _read(path: Path) -> File:
    try:
        with path.open("rb") as file:
            raw = file.read(_LARGEST + 1)
    except OSError as error:
        raise DatasetUnreadable(f"{path}: {_reason(error)}") from None
    if len(raw) > _LARGEST:
        raise DatasetUnreadable(f"{path}: it is larger than {_LARGEST >> 20} MB; no dataset is")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        at = Position(before.count(b"\n") + 1, error.start - (before.rfind(b"\n") + 1) + 1)
        message = "this is not UTF-8 text; save the file as UTF-8"
        return File(path, Parsed("", None, (Finding("utf8-text", message, at=at),)))
    return File(path, parse(text))


def _without_deflators(file: File) -> File:
    content = file.parsed.value
    if not isinstance(content, dict):
        return file
    others = {name: entries for name, entries in content.items() if name != _DEFLATORS}
    return replace(file, parsed=replace(file.parsed, value=others))


def _only_deflators(path: Path) -> File:
    """Read a file that holds releases of price indices and nothing else."""
    file = _read(path)
    content = file.parsed.value
    if content is not None and (not isinstance(content, dict) or set(content) != {_DEFLATORS}):
        raise DatasetUnreadable(
            f'{path}: a file of deflators holds one section, "{_DEFLATORS}:"; '
            "data/deflators.yaml is an example"
        )
    return file


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file or folder; check the path"
    return f"it cannot be read ({error.strerror or error})"


@dataclass(slots=True)
class _Merged:
    """The content of all files, and which file each entry is from."""

    plain: dict[str, Plain] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    origin: dict[Route, File] = field(default_factory=dict)
    at: dict[int, File] = field(default_factory=dict)  # the file of a finding without a route


def _merge(files: Iterable[File]) -> _Merged:
    merged = _Merged()
    for file in files:
        for finding in (*file.parsed.findings, *_out_of_order(file)):
            _report(merged, file, finding)
        content = file.parsed.value
        if isinstance(content, dict):
            for section, entries in content.items():
                _merge_section(merged, file, section, entries)
        elif content is not None:
            message = 'a file is a mapping of sections such as "commitments:"'
            _report(merged, file, Finding("field-shape", message, at=file.parsed.locate(())))
    return merged


def _out_of_order(file: File) -> Iterable[Finding]:
    """Yield the first entry of each section that does not stand in order of its id."""
    content = file.parsed.value
    for section in (*ENTRY_KINDS, "sources"):
        entries = content.get(section) if isinstance(content, dict) else None
        ids = list(entries) if isinstance(entries, dict) else []
        place = next((n for n, id_ in enumerate(ids) if ids[n - 1 : n] > [id_]), None)
        if place is not None:
            message = (
                f'"{ids[place]}" stands after "{ids[place - 1]}"; keep ids in order of the '
                "alphabet, so that two people's changes do not meet"
            )
            at = file.parsed.locate((section, ids[place]), on_key=True)
            yield Finding("ids-in-order", message, severity=Severity.WARNING, at=at)


def _merge_section(merged: _Merged, file: File, section: str, entries: Plain) -> None:
    merged.origin.setdefault((section,), file)
    present = merged.plain.get(section)
    if section != "about" and present is not None and not isinstance(entries, dict):
        message = "a section holds entries, each under its id"
        at = file.parsed.locate((section,))
        _report(merged, file, Finding("field-shape", message, at=at))
    elif section != "about" and isinstance(entries, dict) and isinstance(present, dict | None):
        into = merged.plain.setdefault(section, {})
        assert isinstance(into, dict)
        for id_, entry in entries.items():
            if id_ in into:
                _report(merged, file, _twice(merged, file, (section, id_)))
            else:
                into[id_] = entry
                merged.origin[(section, id_)] = file
    elif present is None:
        merged.plain[section] = entries
    else:
        _report(merged, file, _twice(merged, file, (section,)))


def _twice(merged: _Merged, file: File, route: Route) -> Finding:
    first = merged.origin[route]
    line = first.parsed.locate(route, on_key=True).line
    if _is_own(file.path) and not _is_own(first.path):
        message = _NATIONAL if len(route) > 1 else _ABOUT_OF_BUNDLED
        message = message.format(route[-1])
    else:
        remedy = "keep one, or rename one" if len(route) > 1 else "keep one"
        message = f'"{route[-1]}" is also defined in {first.path}:{line}; {remedy}'
    return Finding("duplicate-id", message, at=file.parsed.locate(route, on_key=True))


_NATIONAL = (
    '"{}" is an entry of the bundled record: your files may refer to it, and not change it; give '
    "yours another id"
)
_ABOUT_OF_BUNDLED = (
    '"{}" is written by the bundled record, which this file adds to; take it out here, or read '
    "this file alone"
)


def _report(merged: _Merged, file: File, finding: Finding) -> None:
    merged.findings.append(finding)
    merged.at[id(finding)] = file


def _located(findings: list[Finding], merged: _Merged, files: Sequence[File]) -> list[Located]:
    """Find the place of each finding, and sort them by place.

    Where YAML itself is at fault, what the model makes of the same place is left out.
    """
    located = []
    for finding in findings:
        file = merged.at.get(id(finding)) or merged.origin.get(finding.route[:2])
        file = file or merged.origin.get(finding.route[:1]) or files[0]
        at = finding.at or file.parsed.locate(finding.route, on_key=finding.on_key)
        lines = file.parsed.lines
        excerpt = lines[at.line - 1] if at.line <= len(lines) else ""
        located.append(Located(finding, file.path, at, excerpt))
    faults = {
        (one.path, one.position[:2])
        for one in located
        if id(one.finding) in merged.at and one.finding.severity is Severity.ERROR
    }
    order = {file.path: place for place, file in enumerate(files)}
    return sorted(
        (
            one
            for one in located
            if id(one.finding) in merged.at or (one.path, one.position[:2]) not in faults
        ),
        key=lambda one: (order[one.path], one.position, one.finding.rule, one.finding.message),
    )


def _whole_dataset(located: list[Located], file: File) -> list[Located]:
    """Replace what is missing in a lone file by one finding, if its neighbours define it."""
    lacking = [one for one in located if _lacks(one.finding)]
    if not lacking:
        return located
    try:
        # Reading what is no plain file could wait for ever.
        beside = _files(file.path.parent)
        neighbours = [one for one in beside if one != file.path and one.is_file()]
        content = [_read(one).parsed.value for one in neighbours]
    except DatasetUnreadable:  # nobody asked for them
        return located
    sections = {name for one in content if isinstance(one, dict) for name in one}
    ids = {
        id_
        for one in content
        if isinstance(one, dict)
        for entries in one.values()
        for id_ in (entries if isinstance(entries, dict) else ())
    }
    ids |= sections & {"about"}
    settled = [one for one in lacking if one.finding.names in ids]
    if not any(one.finding.route == () for one in settled):
        return located  # with an `about` of its own it is no part of its neighbours
    named = ", ".join(sorted({f'"{one.finding.names}"' for one in settled}))
    message = (
        f"this file is part of a dataset: what it lacks ({named}) is in its neighbours; give the "
        f"folder, {file.path.parent}"
    )
    one = Located(Finding("whole-dataset", message), file.path, Position(1, 1), "")
    return [one, *(other for other in located if other not in settled)]


def _lacks(finding: Finding) -> bool:
    return finding.names != ""
