"""What the tests share: running a command in this process, and the folders of the project."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import settings

from reformcalc.cli import main
from reformcalc.errors import DatasetUnreadable
from reformcalc.findings import Severity
from reformcalc.progress import silent
from reformcalc.reading import load as loading
from reformcalc.reading.files import BUNDLED, every_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from reformcalc.progress import Track
    from reformcalc.reading.load import Loaded

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

HANGS = 600  # seconds after which a command is taken to hang: a busy machine keeps one for minutes

_SMALL, _KEPT = 1 << 20, 4 << 20  # bytes of a file, and of all that is kept


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


loading.load = _remembering(loading.load)

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
