"""A progress bar: there when something takes long on a terminal, and gone without a trace."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from reformcalc.cli import bar as module
from reformcalc.progress import silent
from tests.conftest import HANGS, TINY

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Result


class _Screen(io.StringIO):
    """A standard error that is a terminal."""

    def isatty(self) -> bool:
        return True


def _screen(monkeypatch: pytest.MonkeyPatch) -> _Screen:
    made = _Screen()
    monkeypatch.setattr(sys, "stderr", made)
    monkeypatch.setenv("TERM", "xterm")
    return made


def _shown_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the bar shown before the work begins, in the same thread."""

    class Timer:
        def __init__(self, _: float, show: Callable[[], None]) -> None:
            self.start, self.cancel, self.daemon = show, lambda: None, False

    monkeypatch.setattr("threading.Timer", Timer)


def test_it_tells_how_far_the_work_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bar names what is done, fills with each item, and is wiped at the end."""
    screen = _screen(monkeypatch)
    _shown_at_once(monkeypatch)
    with module.bar() as track:
        for item in track(["one", "two"], "Reading", "Checking"):
            assert item in ("one", "two")
    text = screen.getvalue()
    assert "Checking" in text
    assert text.endswith("\x1b[2K")


def test_quick_work_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is over in less than the bar's patience leaves the terminal alone."""
    screen = _screen(monkeypatch)
    with module.bar() as track:
        assert list(track([1, 2, 3], "Reading")) == [1, 2, 3]
    assert screen.getvalue() == ""


def test_a_bar_that_comes_too_late_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """A timer that goes off as the work ends shows nothing after it."""
    screen = _screen(monkeypatch)
    late = []

    class Timer:
        def __init__(self, _: float, show: Callable[[], None]) -> None:
            self.start, self.cancel, self.daemon = (lambda: None), (lambda: late.append(show)), True

    monkeypatch.setattr("threading.Timer", Timer)
    with module.bar():
        pass
    late[0]()
    assert screen.getvalue() == ""


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_a_plain_terminal_gets_none(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """NO_COLOR and a dumb terminal ask for no decoration."""
    _screen(monkeypatch)
    monkeypatch.setenv(name, value)
    with module.bar() as track:
        assert track is silent


def test_a_pipe_gets_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where standard error is no terminal, or is not there, nothing is shown."""
    for stream in (io.StringIO(), None):
        monkeypatch.setattr(sys, "stderr", stream)
        with module.bar() as track:
            assert track is silent


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["totals"], "Working out the answer"),
        (["totals", "--json"], "Working out the answer"),
        (["totals", "--over-time", "-o", "OUT/growth.svg"], "Working out the answer"),
        (["diff", "--was", "2030-06-30"], "Working out the answer"),
        (["report", "OUT/page.html"], "Writing the paper"),
        (["export", "OUT/tables"], "Writing the tables"),
        (["export", "OUT/tables.sqlite"], "Writing the tables"),
        (["site", "OUT/site"], "Writing the pages"),
    ],
)
def test_what_takes_long_after_the_reading_is_told(
    words: list[str],
    told: str,
    run: Callable[..., Result],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """Of a large record an answer takes as long as reading it, and what is written longer."""
    screen = _screen(monkeypatch)
    _shown_at_once(monkeypatch)
    line = [word.replace("OUT", str(tmp_path)) for word in words]
    assert run(*line, "--data", TINY, "--as-of", "2031-06-30").code == 0
    assert told in screen.getvalue()


def test_looking_up_quotations_is_told(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """`sources check` tells how far it has come, as reading does."""
    (tmp_path / "gazette.txt").write_text("£3m in grants", encoding="utf-8")
    record = tmp_path / "record.yaml"
    text = TINY.read_text(encoding="utf-8")
    record.write_text(
        text.replace("The Gazette of 2030\n", "The Gazette of 2030\n    file: gazette.txt\n"),
        encoding="utf-8",
    )
    told = []

    def track(items: list[object], what: str, then: str = "") -> list[object]:
        told.append((what, then, len(items)))
        return items

    monkeypatch.setattr(module, "silent", track)
    asked = ("sources", "check", tmp_path, "--data", record, "--as-of", "2031-06-30")
    assert run(*asked).code == 1
    assert [one[:2] for one in told] == [
        ("Reading", "Checking"),
        ("Looking up quotations", ""),
        ("Working out the answer", ""),
    ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_slow_command_shows_it_on_a_terminal(tmp_path: Path) -> None:
    """While a record is long in coming there is a bar; with the answer it is gone."""
    from tests.terminal import Terminal, ours

    slow = tmp_path / "slow.yaml"
    os.mkfifo(slow)
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "80"}
    with Terminal(ours("validate", str(slow)), environment) as terminal:
        terminal.expect("Reading")
        slow.write_bytes(TINY.read_bytes())
        assert terminal.finish() == 0
    shown, left = terminal.seen.rsplit("\x1b[2K", 1)
    assert "Reading" in shown
    assert left == "no findings in 1 file\r\n"
    assert shown.count("\x1b[?25l") == terminal.seen.count("\x1b[?25h")  # the cursor is back


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_slow_command_shows_nothing_in_a_pipe(tmp_path: Path) -> None:
    """However long it takes, a pipe gets the answer and nothing else."""
    slow = tmp_path / "slow.yaml"
    os.mkfifo(slow)
    process = subprocess.Popen(
        [sys.executable, "-m", "reformcalc", "validate", str(slow)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "TERM": "xterm"},
    )
    with slow.open("wb") as writing:  # waits until the command reads
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(module.PATIENCE * 1.5)
        writing.write(TINY.read_bytes())
    out, err = process.communicate(timeout=HANGS)
    assert (out, err) == (b"no findings in 1 file\n", b"")
