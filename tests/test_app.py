"""What the commands share: how an answer is written, and how the process ends."""

from __future__ import annotations

import errno
import io
import os
import runpy
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import typer

from reformcalc import __main__ as start
from reformcalc.cli import app, output, terminal
from tests.conftest import TINY, tab

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Result


class _Gone(io.StringIO):
    """An output that cannot be written, for one reason or another."""

    def __init__(self, reason: int) -> None:
        super().__init__()
        self._reason = reason

    def write(self, _: str) -> int:
        raise OSError(self._reason, os.strerror(self._reason))


@pytest.mark.parametrize(
    ("command", "option", "value"),
    [
        ("totals", "--pillar", "quays"),
        ("totals", "--topic", "lamps"),
        ("totals", "--lead", "port-councils"),
        ("compare", "--basis", "headline"),
        ("deadlines", "--acts", "port-councils"),
        ("deadlines", "--state", "overdue"),
        ("deadlines", "--text", "lamps"),
    ],
)
def test_to_say_a_thing_twice_is_no_more(
    command: str, option: str, value: str, run: Callable[..., Result]
) -> None:
    """What a repeatable option names twice is counted, and named, once."""
    asked = (command, "--data", TINY, "--as-of", "2031-06-30", option, value)
    once = run(*asked)
    assert once.code == 0
    assert run(*asked, option, value) == once


def test_an_interrupt_ends_with_130(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C ends with 130 and says nothing of a fault."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(app, "read", interrupt)
    result = run("totals")
    assert result.code == 130
    assert "fault" not in result.err
    monkeypatch.setattr(app, "app", interrupt_app)
    assert run("totals").code == 130


def interrupt_app(**_: object) -> None:
    """Stand in for a command that is interrupted before Typer can see it."""
    raise KeyboardInterrupt


def test_a_command_that_returns_ends_with_nought(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A command that comes back without a code is done."""
    monkeypatch.setattr(app, "app", lambda **_: None)
    assert run("totals").code == 0


@pytest.mark.parametrize("asked", ["rule", "--version", "--help", "totals --help", "sources -h"])
def test_no_output_at_all_is_a_failure(
    asked: str, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process without a standard output says that nothing can be written, whatever is asked."""
    monkeypatch.setattr(sys, "stdout", None)
    result = run(*asked.split())
    message = "Error: the answer cannot be written (there is no standard output)\n"
    assert (result.code, result.err) == (2, message)


def test_an_interrupt_at_the_start_is_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C before the command line has started ends with 130 as well."""
    monkeypatch.setattr("reformcalc.cli.main", interrupt_app)
    with pytest.raises(SystemExit) as end:
        start.run()
    assert end.value.code == 130


def test_what_is_done_is_said_somewhere(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where a line on what was written cannot be printed, it goes to standard error."""
    monkeypatch.setattr(sys, "stdout", _Gone(errno.EBADF))
    output.say("wrote a page")
    assert capsys.readouterr().err == "wrote a page\n"
    monkeypatch.setattr(sys, "stdout", _Gone(errno.ENOSPC))
    with pytest.raises(typer.Exit) as end:
        output.say("wrote a page")
    assert end.value.exit_code == 2
    assert capsys.readouterr().err.startswith("Error: wrote a page; but that cannot be written")


def test_an_output_without_an_encoding_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """An output that cannot be set to UTF-8 is written as it is."""
    out = io.StringIO()
    monkeypatch.setattr(sys, "stdout", out)
    with pytest.raises(SystemExit):
        app.main(["--version"])
    assert out.getvalue().startswith("reformcalc ")


def test_a_terminal_says_how_wide_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """A table is as wide as the terminal, and a pipe has no width."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("COLUMNS", "97")
    assert terminal.width() == 97
    monkeypatch.setattr(sys.stdout, "isatty", lambda: False, raising=False)
    assert terminal.width() is None


def test_colour_is_for_terminals_that_want_it(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A terminal gets colour unless NO_COLOR or a dumb terminal says otherwise."""
    monkeypatch.setattr(terminal, "is_terminal", lambda: True)
    monkeypatch.setenv("TERM", "xterm-256color")
    asked = ("totals", "--as-of", "2023-06-20")
    assert "\x1b[" in run(*asked).out
    monkeypatch.setenv("NO_COLOR", "")  # which is as if it were not set
    assert "\x1b[" in run(*asked).out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in run(*asked).out


def test_the_module_can_be_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """`python -m reformcalc` is the command."""
    monkeypatch.setattr(sys, "argv", ["reformcalc", "--version"])
    monkeypatch.delitem(sys.modules, "reformcalc.__main__")
    with pytest.raises(SystemExit) as end:
        runpy.run_module("reformcalc", run_name="__main__")
    assert end.value.code == 0


HEAVY = ("pydantic", "yaml", "rich", "reformcalc.record.model", "reformcalc.values.money")


@pytest.mark.parametrize(
    ("words", "line"),
    [
        pytest.param(["--version"], "", id="the version"),
        pytest.param(["--help"], "", id="the help"),
        pytest.param(["compare", "--help"], "", id="the help of a command"),
        pytest.param([], "reformcalc to", id="completing a command"),
        pytest.param([], "reformcalc totals --e", id="completing an option"),
    ],
)
def test_what_needs_no_record_loads_nothing_of_it(words: list[str], line: str) -> None:
    """Help, version and completion load neither the libraries that read a record nor its model."""
    program = (
        "import atexit, sys; from reformcalc.__main__ import run; "
        f"atexit.register(lambda: print('LOADED', *(n for n in {HEAVY} if sys.modules.get(n)))); "
        f"sys.argv = ['reformcalc', *{words}]; run()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | (tab(line) if line else {}),
        capture_output=True,
        text=True,
        check=True,
    )
    *answer, loaded = done.stdout.splitlines()
    assert any(answer)
    assert (loaded.split(), done.stderr) == (["LOADED"], "")
