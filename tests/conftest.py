"""What the tests share: running a command in this process, and the folders of the project.

What is no more than a function of something that never changes is worked out once in a process of
the tests, however many tests ask for it: a file's content, a record of a day, typer's commands.
"""

from __future__ import annotations

import functools
import gc
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
import typer.main
from hypothesis import settings

from reformcalc.answers import briefing
from reformcalc.answers.comparison import sensitivity, views
from reformcalc.cli import main
from reformcalc.errors import DatasetUnreadable
from reformcalc.findings import Severity
from reformcalc.ledger import known
from reformcalc.progress import silent
from reformcalc.reading import files
from reformcalc.reading import load as loading
from reformcalc.reading.files import BUNDLED, every_file
from reformcalc.site import front_pages

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from reformcalc.answers.comparison.comparison import Comparison
    from reformcalc.answers.comparison.sensitivity import ChoiceRow
    from reformcalc.ledger.known import Known
    from reformcalc.progress import Track
    from reformcalc.reading.load import Loaded
    from reformcalc.record.model import Dataset
    from reformcalc.report import Report

DEEP = "DEEP" in os.environ  # set by `make deep`, which takes hours


def tries(number: int) -> settings:
    """Say on how many examples a property is tried, and on a hundred times as many by `make deep`.

    They are the same in every run, so that a change is what fails; `make deep` looks for new ones.
    """
    return settings(
        max_examples=100 * number if DEEP else number, derandomize=not DEEP, deadline=None
    )


settings.register_profile("steady", tries(30))
settings.load_profile("steady")

PROJECT = Path(__file__).parents[1]
TINY = PROJECT / "tests" / "data" / "tiny.yaml"

_SMALL, _KEPT = 1 << 20, 4 << 20  # bytes of a file, and of all that is kept
_DAYS = 32  # records of a day that are kept


class _Asked(NamedTuple):
    """What makes a record: the names that it is asked for by, and what their files hold."""

    names: tuple[str | Path, ...]
    folder: Path
    files: tuple[tuple[Path, bytes], ...]

    @classmethod
    def by(cls, names: tuple[str | Path, ...]) -> _Asked | None:
        """Look the files up; None where there is anything odd about them."""
        try:
            paths = [one.path for one in every_file(*(names or (BUNDLED,)))]
            if any(not path.is_file() or path.stat().st_size > _SMALL for path in paths):
                return None
            return cls(names, Path.cwd(), tuple((path, _bytes(path)) for path in paths))
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

    def once(
        *names: str | Path, deflators: str | Path | None = None, track: Track = silent
    ) -> Loaded:
        asked = None if deflators or track is not silent else _Asked.by(names)
        if asked is None:
            return load(*names, deflators=deflators, track=track)
        found = kept.pop(asked, None) or load(*names)
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

    def once(dataset: Dataset, as_of: date) -> Known:
        asked = (id(dataset), as_of)
        found = kept.pop(asked, None) or (dataset, make(dataset, as_of))
        kept[asked] = found
        if len(kept) > _DAYS:
            del kept[next(iter(kept))]
        return found[1]

    return once


_asked_once = functools.lru_cache(_DAYS)(sensitivity.sensitivity)


def _of_one_question(comparison: Comparison) -> Report[ChoiceRow]:
    """Return the sensitivity of a comparison; in prices, which have no hash, anew each time."""
    of = _asked_once if comparison.measure.prices is None else _asked_once.__wrapped__
    return of(comparison)


loading.load = _remembering(loading.load)
# The bundled record's files are read beside each test's own one.
files.parse = functools.lru_cache(32)(files.parse)
# Of a record of a day the ledger is settled once, and so is what the like for like turns on.
known.Known = _of_one_dataset(known.Known)  # type: ignore[misc,assignment]
for _module in (sensitivity, views, briefing, front_pages):
    _module.sensitivity = _of_one_question  # type: ignore[attr-defined]
# An app of typer makes the same command each time.
typer.main.get_command = functools.cache(typer.main.get_command)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Spare the tests the search for garbage among what stays: the program itself makes none."""
    gc.collect()
    gc.freeze()


gc.set_threshold(100_000, 20, 20)  # for the same reason

# The caller's settings are kept out of the tests, once for all of them.
for _name in (
    "REFORMCALC_DATA", "REFORMCALC_DEBUG", "GITHUB_ACTIONS",
    "NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE",
):  # fmt: skip
    os.environ.pop(_name, None)
os.environ |= {"COLUMNS": "80", "PAGER": "cat"}


@dataclass(frozen=True)
class Result:
    """What a command did."""

    code: int
    out: str
    err: str


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Result]:
    """Return a function that runs the command line with some arguments."""

    def call(*arguments: str | Path) -> Result:
        with pytest.raises(SystemExit) as end:
            main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return Result(int(end.value.code or 0), out, err)

    return call


def tab(line: str, shell: str = "bash") -> dict[str, str]:
    """Return what the script of a shell sets for a press of Tab at the end of a line."""
    *words, word = line.split(" ")
    names = ("_REFORMCALC_COMPLETE", "_REFORMCALC_WORDS", "_REFORMCALC_WORD")
    return dict(zip(names, (shell, "\n".join(words), word), strict=True))


def of_npm(name: str) -> Path:
    """Return the folder of a package of npm, where .ci/run puts it; skip as `need` does."""
    folder = PROJECT / ".tools" / "node_modules" / name
    need(folder.exists(), name)
    return folder


def need(found: object, what: str) -> None:
    """Skip a test that needs another program or document, or fail where all must be there.

    What WITHOUT_TOOLS names could not be had, so it need not be.
    """
    if found:
        return
    excused = what in os.environ.get("WITHOUT_TOOLS", "").split()
    if os.environ.get("REQUIRE_TOOLS") == "1" and not excused:
        pytest.fail(f"needs {what}, and REQUIRE_TOOLS=1 says that nothing is missing")
    pytest.skip(f"needs {what}")
