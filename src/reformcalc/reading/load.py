"""Paths to a dataset with everything that is wrong in it, each finding with its place."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reformcalc.errors import DatasetInvalid, DatasetUnreadable
from reformcalc.findings import Finding, Located, Position, Severity
from reformcalc.progress import silent
from reformcalc.reading.files import (
    BUNDLED,
    every_file,
    files_of,
    is_own,
    is_sheet,
    read,
    read_sheet,
    refuse_address,
    refuse_strangers,
)
from reformcalc.reading.merge import located, merge
from reformcalc.reading.shape import shape
from reformcalc.record.own import mark_own
from reformcalc.record.references import ENTRY_KINDS
from reformcalc.rules import check, graded

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from reformcalc.findings import Plain
    from reformcalc.progress import Track
    from reformcalc.reading.files import File, Named
    from reformcalc.reading.merge import Merged
    from reformcalc.reading.plan import Account
    from reformcalc.record.model import Dataset

_DEFLATORS = "deflators"
# Sections that are no record without others, and those of them that say what is done or paid.
_OF_A_PLAN = {"milestones", "commitments", "bodies", "sources"}
_IN_A_PLAN = {"milestones", "commitments"}


class Plan(NamedTuple):
    """A sheet that was read, and what as what."""

    path: Path
    account: Account


@dataclass(frozen=True, slots=True)
class Loaded:
    """What paths hold: the dataset (None if it cannot be read at all) and all that is wrong.

    `plain` is the content as written. `plans` are the sheets that were read. `named` is how many of
    the files somebody asked for: the shipped record is read with a plan unasked.
    """

    dataset: Dataset | None
    findings: tuple[Located, ...]
    files: tuple[Path, ...]
    plain: Plain
    named: int
    plans: tuple[Plan, ...] = ()

    @property
    def digest(self) -> str:
        """A fingerprint of the content, whatever its order and its files."""
        from reformcalc.record.fingerprint import fingerprint  # noqa: PLC0415  rarely asked for

        return fingerprint(self.plain)

    @property
    def added(self) -> tuple[Path, ...]:
        """The files that were read beside the shipped record, none where that was not read."""
        own = tuple(path for path in self.files if is_own(path))
        return own if len(own) < len(self.files) else ()

    def valid(self) -> Dataset:
        """Return the dataset. Raises DatasetInvalid if it has errors; warnings do not count."""
        errors = [one for one in self.findings if one.finding.severity is Severity.ERROR]
        if errors or self.dataset is None:
            raise DatasetInvalid(self.findings, self.named)
        return self.dataset


def load(*names: str | Path, deflators: str | Path | None = None, track: Track = silent) -> Loaded:
    """Load a dataset from files and folders; the word "bundled" names the shipped one.

    One's own plan alone, which is no record, is read together with that.

    `deflators` names a file whose releases of price indices are used instead of the dataset's own.
    `track` is told how far it has come.

    Raises DatasetUnreadable where a path is missing, cannot be opened, or holds no YAML file, where
    a folder holds what is no file of its own, or the file of deflators holds none.
    """
    # Who else uses an id of the bundled record is to change theirs.
    named = sorted(every_file(*(names or (BUNDLED,))), key=lambda one: is_own(one.path))
    refuse_strangers([one.path for one in named], names)
    sheets = [one for one in named if is_sheet(one.path)]
    paths = [one.path for one in named if one not in sheets]
    files = [read(path) for path in track(paths, "Reading", "Checking")]
    if _is_a_plan(files):
        record = [one.path for one in every_file(BUNDLED)]
        paths, files = [*record, *paths], [*map(read, record), *files]
    for one in sheets:
        sheet = read_sheet(one, files)
        if not any(_same_sheet(sheet, other) for other in files):
            files.append(sheet)
    paths += [one.path for one in sheets]
    if deflators is not None:
        refuse_address(deflators)
        files = [*map(_without_deflators, files), _only_deflators(Path(deflators))]
        paths.append(Path(deflators))
    asked = {path for name in names or (BUNDLED,) for path in _real(files_of(name))}
    own = _own_files(names, files)
    merged = merge(files, own)
    merged.findings = [(file, graded(one)) for file, one in merged.findings]
    shaped = shape(merged.plain, _ids_of(merged, own, "milestones"))
    findings = [graded(one) for one in shaped.findings]
    if any(file.parsed.value is None for file in files):
        # What a file that cannot be read would define is not missing.
        findings = [one for one in findings if not _lacks(one)]
    elif shaped.dataset:
        kinds = {kind: _ids_of(merged, own, kind) for kind in ENTRY_KINDS}
        mark_own(shaped.dataset, kinds, _ids_of(merged, own, "bodies"))
        findings += check(shaped.dataset, whole=shaped.whole)
    found = located(findings, merged, files)
    if len(files) == 1:
        found = _whole_dataset(found, files[0])
    plans = tuple(Plan(file.path, file.parsed.account) for file in files if file.parsed.account)
    read_of = tuple(dict.fromkeys(paths))
    return Loaded(shaped.dataset, tuple(found), read_of, merged.plain, len(asked), plans)


def _same_sheet(one: File, other: File) -> bool:
    """Whether two files are one sheet, that was named and found as well."""
    if one.path != other.path or not (one.parsed.account and other.parsed.account):
        return False
    return one.parsed.account.sheet == other.parsed.account.sheet


def _is_a_plan(files: Sequence[File]) -> bool:
    """Whether some files are one's own plan and no record: nothing but what adds to one.

    A file that lies beside the rest of a record is a part of that.
    """
    content = [file.parsed.value for file in files if file.parsed.value is not None]
    plan = bool(content) and all(
        isinstance(one, dict) and one.keys() & _IN_A_PLAN and one.keys() <= _OF_A_PLAN
        for one in content
    )
    if not plan or not all(is_own(file.path) for file in files):
        return False
    return len(files) > 1 or not any(
        isinstance(one, dict) and "about" in one for one in _beside(files[0])
    )


def _beside(file: File) -> list[Plain | None]:
    """Return what the neighbours of a file hold, as far as they can be read."""
    try:
        # Reading what is no plain file could wait for ever.
        beside = [one.path for one in files_of(file.path.parent)]
        return [read(one).parsed.value for one in beside if one != file.path and one.is_file()]
    except DatasetUnreadable:  # nobody asked for them
        return []


def _own_files(names: Sequence[str | Path], files: Sequence[File]) -> set[Path]:
    """Return the files of one's own plan: those that came by a name without an `about`."""
    national = {
        os.path.realpath(file.path)
        for file in files
        if not is_own(file.path)
        or (isinstance(file.parsed.value, dict) and "about" in file.parsed.value)
    }
    named = [_real(files_of(name)) for name in names]
    record = {path for paths in named if paths & national for path in paths}
    own = {path for paths in named for path in paths} - record
    return {file.path for file in files if os.path.realpath(file.path) in own}


def _real(files: Iterable[Named]) -> set[str]:
    return {os.path.realpath(one.path) for one in files}


def _ids_of(merged: Merged, own: Collection[Path], section: str) -> set[str]:
    """Return the ids of a section that one's own plan defines."""
    entries = merged.plain.get(section) if own else None
    ids = entries if isinstance(entries, dict) else ()
    return {id_ for id_ in ids if merged.origin[section, id_].path in own}


def _without_deflators(file: File) -> File:
    content = file.parsed.value
    if not isinstance(content, dict):
        return file
    others = {name: entries for name, entries in content.items() if name != _DEFLATORS}
    return replace(file, parsed=replace(file.parsed, value=others))


def _only_deflators(path: Path) -> File:
    """Read a file that holds releases of price indices and nothing else."""
    file = read(path)
    content = file.parsed.value
    if content is not None and (not isinstance(content, dict) or set(content) != {_DEFLATORS}):
        raise DatasetUnreadable(
            f'{path}: a file of deflators holds one section, "{_DEFLATORS}:"; '
            "data/deflators.yaml is an example"
        )
    return file


def _whole_dataset(found: list[Located], file: File) -> list[Located]:
    """Replace what is missing in a lone file by one finding, if its neighbours define it."""
    lacking = [one for one in found if _lacks(one.finding)]
    if not any(one.finding.route == () for one in lacking):
        return found  # with an `about` of its own it is no part of its neighbours
    content = _beside(file)
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
        return found  # what it is part of is not beside it
    named = ", ".join(sorted({f'"{one.finding.names}"' for one in settled}))
    message = (
        f"this file is part of a dataset: what it lacks ({named}) is in its neighbours; give the "
        f"folder, {file.path.parent}"
    )
    one = Located(graded(Finding("whole-dataset", message)), file.path, Position(1, 1), "")
    return [one, *(other for other in found if other not in settled)]


def _lacks(finding: Finding) -> bool:
    return finding.names != ""
