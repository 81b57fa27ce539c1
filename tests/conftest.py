"""What the tests share: running a command in this process, and the folders of the project."""

from __future__ import annotations

import gc
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from hypothesis import settings

DEEP = "DEEP" in os.environ  # set by `make deep`, which takes hours


def tries(number: int) -> settings:
    """Say on how many examples a property is tried, and on 150 times as many by `make deep`.

    They are the same in every run, so that a change is what fails; `make deep` looks for new ones.
    """
    from hypothesis import settings

    return settings(
        max_examples=150 * number if DEEP else number, derandomize=not DEEP, deadline=None
    )


PROJECT = Path(__file__).parents[1]
TINY = PROJECT / "tests" / "data" / "tiny.yaml"

HANGS = 600  # seconds after which a command is taken to hang: a busy machine keeps one for minutes


@cache
def _prepare() -> None:
    from hypothesis import settings

    from tests.remembering import remember

    settings.register_profile("steady", tries(20))
    settings.load_profile("steady")
    remember()


def pytest_collectstart() -> None:
    """Prepare for the tests before they are read; a process that only hands them out spares it."""
    _prepare()


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Spare the tests the search for garbage among what stays: the program itself makes none."""
    gc.collect()
    gc.freeze()


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

    from reformcalc.cli import main

    def call(*arguments: str | Path) -> Result:
        with pytest.raises(SystemExit) as end:
            main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return Result(int(end.value.code or 0), out, err)

    return call


@pytest.fixture(scope="session")
def _short_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from tests.short_record import write_short_record

    folder = tmp_path_factory.mktemp("short")
    write_short_record(folder)
    return folder


@pytest.fixture
def short_record(_short_record: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Have a few of its entries stand for the bundled record, where only one's own is asked."""
    monkeypatch.setattr("reformcalc.reading.files.bundled", lambda: _short_record)
    return _short_record


@pytest.fixture(scope="session")
def _exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("exported")


@pytest.fixture
def exported_whole(run: Callable[..., Result], _exported: Path) -> Callable[[str], Path]:
    """Return a function that exports the bundled record of 21 November 2026 to a name, once.

    What it returns the path of is only to be read.
    """

    def call(name: str) -> Path:
        out = _exported / name
        if not out.exists():
            asked = ("--data", "bundled", "--as-of", "2026-11-21")
            result = run("export", f"{_exported}/{name}", *asked)
            assert (result.code, result.err) == (0, "")
        return out

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
