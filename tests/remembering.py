"""What is no more than a function of something that never changes, worked out once in a process.

A file's content, a record of a day, typer's commands: thousands of tests ask for the same. Only
what has no other effect is remembered. A test of how often something is worked out asks for a
record of a day that no other asks for.
"""

from __future__ import annotations

import functools
import gc
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import typer.main

from reformcalc.answers import briefing
from reformcalc.answers.comparison import sensitivity, views
from reformcalc.answers.lookup import find
from reformcalc.errors import DatasetUnreadable
from reformcalc.findings import Severity
from reformcalc.ledger import known
from reformcalc.progress import silent
from reformcalc.reading import files
from reformcalc.reading import load as loading
from reformcalc.reading.files import BUNDLED, every_file
from reformcalc.site import front_pages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from pydantic import BaseModel

    from reformcalc.answers.comparison.comparison import Comparison
    from reformcalc.answers.comparison.sensitivity import ChoiceRow
    from reformcalc.ledger.known import Known
    from reformcalc.ledger.prices import Prices
    from reformcalc.progress import Track
    from reformcalc.reading.load import Loaded
    from reformcalc.record.model import Dataset
    from reformcalc.report import Report

PROJECT = Path(__file__).parents[1]
_SMALL, _KEPT = 1 << 20, 4 << 20  # bytes of a file, and of all that is kept
_DAYS = 400  # records of a day that are kept: of the bundled record each is less than 1 MB

_ALL: list[dict[Any, Any]] = []  # all that is remembered, beside what functools does


def forget() -> None:
    """Forget what is remembered here: of functools' caches each has its own way."""
    for kept in _ALL:
        kept.clear()


class _Asked(NamedTuple):
    """What makes a record: the names that it is asked for by, and what their files hold."""

    names: tuple[str | Path, ...]
    folder: Path | None  # which some name is relative to
    files: tuple[tuple[Path, bytes], ...]

    @classmethod
    def by(cls, names: tuple[str | Path, ...]) -> _Asked | None:
        """Look the files up; None where there is anything odd about them."""
        try:
            paths = [one.path for one in every_file(*(names or (BUNDLED,)))]
            if any(not path.is_file() or path.stat().st_size > _SMALL for path in paths):
                return None
            relative = any(name != BUNDLED and not Path(name).is_absolute() for name in names)
            read = tuple((path, _bytes(path)) for path in paths)
            return cls(names or (BUNDLED,), Path.cwd() if relative else None, read)
        except (DatasetUnreadable, OSError):
            return None

    @property
    def size(self) -> int:
        return sum(len(held) for _, held in self.files)

    @property
    def is_of_the_project(self) -> bool:
        return all(path.is_relative_to(PROJECT) for path, _ in self.files)


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read()


def _remembering(load: Callable[..., Loaded]) -> Callable[..., Loaded]:
    """Return `load` that reads what it has just read no second time, however often it is asked.

    A record is frozen, and is what its files hold, so to read the same bytes again shows nothing
    new; the tests would do it two thousand times. What is wrong in a file that a test wrote is
    looked for each time: what is said of it may turn on the files beside it.
    """
    kept: dict[_Asked, Loaded] = {}
    _ALL.append(kept)

    def once(
        *names: str | Path, deflators: str | Path | None = None, track: Track = silent
    ) -> Loaded:
        asked = None if deflators or track is not silent else _Asked.by(names)
        if asked is None:
            return load(*names, deflators=deflators, track=track)
        if found := kept.pop(asked, None):
            kept[asked] = found
            return found
        found = load(*names)
        sound = all(one.finding.severity is Severity.WARNING for one in found.findings)
        if sound or asked.is_of_the_project:
            kept[asked] = found
            while sum(one.size for one in kept) > _KEPT:
                del kept[next(iter(kept))]
        return found

    return once


def _of_one_dataset(make: Callable[[Dataset, date], Known]) -> Callable[[Dataset, date], Known]:
    """Return `make` that makes the same of the same dataset and day, of the last few asked for."""
    kept: dict[tuple[int, object], tuple[Dataset, Known]] = {}  # by identity: it is quick to tell
    _ALL.append(kept)

    def once(dataset: Dataset, as_of: date) -> Known:
        asked = (id(dataset), as_of)
        found = kept.pop(asked, None) or (dataset, make(dataset, as_of))
        kept[asked] = found
        if len(kept) > _DAYS:
            del kept[next(iter(kept))]
        return found[1]

    return once


def _of_one_record(
    texts: Callable[[str, BaseModel, Known], Iterator[find._Place]],
) -> Callable[[str, BaseModel, Known], Iterator[find._Place]]:
    """Return `texts` that takes an entry of one record of a day apart once, however often asked."""
    kept: dict[int, tuple[Known, dict[int, list[find._Place]]]] = {}  # by identity, as above
    _ALL.append(kept)

    def once(id_: str, entry: BaseModel, record: Known) -> Iterator[find._Place]:
        held = kept.pop(id(record), None) or (record, {})
        kept[id(record)] = held
        if len(kept) > 4:
            del kept[next(iter(kept))]
        found = held[1].get(id(entry))
        if found is None:
            found = held[1][id(entry)] = [*texts(id_, entry, record)]
        return iter(found)

    return once


def _of_one_question(
    work_out: Callable[[Comparison], Report[ChoiceRow]],
) -> Callable[[Comparison], Report[ChoiceRow]]:
    """Return what works the sensitivity of the same comparison out once.

    Prices, which are all that it has of a measure, have no hash: their year and release tell.
    """
    kept: dict[tuple[object, ...], tuple[Prices | None, Report[ChoiceRow]]] = {}
    _ALL.append(kept)

    def once(comparison: Comparison) -> Report[ChoiceRow]:
        prices = comparison.measure.prices
        others = [getattr(comparison, one.name) for one in fields(comparison)]
        others.remove(comparison.measure)
        asked = (*others, prices and prices.year, prices and id(prices.release))
        if asked not in kept:
            kept[asked] = prices, work_out(comparison)
        return kept[asked][1]

    return once


@functools.cache
def remember() -> None:
    """Put what remembers in the place of what it remembers of; before the tests are imported."""
    loading.load = _remembering(loading.load)
    # The bundled record's files are read beside each test's own one.
    files.parse = functools.lru_cache(32)(files.parse)  # type: ignore[attr-defined]
    # Of a record of a day the ledger is settled once, and so is what the like for like turns on.
    known.Known = _of_one_dataset(known.Known)  # type: ignore[misc,assignment]
    # What is looked for is looked for in the same texts.
    find._texts = _of_one_record(find._texts)  # type: ignore[assignment]  # noqa: SLF001
    once = _of_one_question(sensitivity.sensitivity)
    for module in (sensitivity, views, briefing, front_pages):
        module.sensitivity = once  # type: ignore[attr-defined]
    briefing.briefing = functools.lru_cache(_DAYS)(briefing.briefing)
    # An app of typer makes the same command each time.
    typer.main.get_command = functools.cache(typer.main.get_command)
    # As in the program, which looks for no garbage: a process that stays has to, now and then.
    gc.set_threshold(100_000, 20, 20)
