"""What the tests share: running a command in this process, and the folders of the project."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from reformcalc.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable

# The same examples in every run, so that a change is what fails; `make deep` looks for new ones.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")

PROJECT = Path(__file__).parents[1]
TINY = PROJECT / "tests" / "data" / "tiny.yaml"


@dataclass(frozen=True)
class Result:
    """What a command did."""

    code: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the caller's settings out of the tests."""
    for name in (
        "REFORMCALC_DATA", "REFORMCALC_DEBUG", "GITHUB_ACTIONS",
        "NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE",
    ):  # fmt: skip
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("PAGER", "cat")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Result]:
    """Return a function that runs the command line with some arguments."""

    def call(*arguments: str | Path) -> Result:
        with pytest.raises(SystemExit) as end:
            main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return Result(int(end.value.code or 0), out, err)

    return call


def need(found: object, what: str) -> None:
    """Skip a test that needs another program or document, or fail where all must be there."""
    if found:
        return
    if os.environ.get("REQUIRE_TOOLS") == "1":
        pytest.fail(f"needs {what}, and REQUIRE_TOOLS=1 says that nothing is missing")
    pytest.skip(f"needs {what}")
