"""Standard output and error: what is printed arrives whole, or fails there and then."""

from __future__ import annotations

import errno
import io
import os
import sys
from typing import TYPE_CHECKING, Any

import pytest

from reformcalc.cli.commands import names
from reformcalc.cli.streams import whole
from tests.conftest import PROJECT, TINY

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Result

TEXT = "£45 million\n" * 20


class _Device(io.RawIOBase):
    """Takes so many bytes in all, a few at a time, and then fails or takes none for now."""

    def __init__(self, room: int, then: OSError | None = None) -> None:
        super().__init__()
        self.held = b""
        self._room, self._then = room, then

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return True

    def fileno(self) -> int:
        return 77

    def write(self, data: Any) -> int | None:
        taken = bytes(data[: min(7, self._room - len(self.held))])
        self.held += taken
        if not taken and self._then:
            raise self._then
        return len(taken) or None


FULL = OSError(errno.ENOSPC, "No space left on device")


def _opened(device: Any, *, buffered: bool) -> io.TextIOWrapper:
    """Return what Python makes of a device at its start, with PYTHONUNBUFFERED or without."""
    if buffered:
        return io.TextIOWrapper(io.BufferedWriter(device), encoding="ascii")
    return io.TextIOWrapper(device, encoding="ascii", write_through=True)


@pytest.fixture(params=[True, False], ids=["buffered", "unbuffered"])
def place(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str, _Device], _Device]:
    """Return a function that puts a device in the place of a stream of this process."""

    def put(stream: str, device: _Device) -> _Device:
        monkeypatch.setattr(sys, stream, _opened(device, buffered=request.param))
        return device

    return put


def test_what_is_written_a_little_at_a_time_arrives_whole(
    place: Callable[[str, _Device], _Device],
) -> None:
    """Whatever part of it a device takes at once, it has all when it was printed, in UTF-8."""
    device = place("stdout", _Device(1_000))
    sys.stdout.write("before\n")
    with whole():
        sys.stdout.write(TEXT)
        assert device.held.decode() == f"before\n{TEXT}"
        assert (sys.stdout.isatty(), sys.stdout.fileno()) == (True, 77)


@pytest.mark.parametrize(
    ("then", "raised"), [(FULL, errno.ENOSPC), (None, errno.EAGAIN)], ids=["full", "not waiting"]
)
def test_what_does_not_fit_fails_and_is_forgotten(
    then: OSError | None, raised: int, place: Callable[[str, _Device], _Device]
) -> None:
    """A disk that fills, or a pipe that does not wait: an error at once, and none at the end."""
    device = place("stdout", _Device(100, then))
    with whole():
        with pytest.raises(OSError, match=os.strerror(raised)) as failed:
            sys.stdout.write(TEXT)
        assert failed.value.errno == raised
        sys.stdout.flush()
    sys.stdout.flush()
    assert device.held == TEXT.encode()[:100]


def test_a_reader_that_has_gone_is_no_failure(place: Callable[[str, _Device], _Device]) -> None:
    """What is printed for nobody goes nowhere."""
    device = place("stdout", _Device(10, BrokenPipeError(errno.EPIPE, "Broken pipe")))
    with whole():
        sys.stdout.write(TEXT)
    assert len(device.held) == 10


def test_a_message_that_cannot_be_written_is_no_failure(
    place: Callable[[str, _Device], _Device],
) -> None:
    """Standard error may be full: the exit code has to tell."""
    place("stderr", _Device(10, FULL))
    with whole():
        sys.stderr.write(TEXT)


def test_no_place_for_messages_is_no_failure(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor has a process to have a standard error."""
    monkeypatch.setattr(sys, "stderr", None)
    assert run("totals", "--data", "nowhere.yaml").code == 2
    wrong = PROJECT / "tests" / "rules" / "amount-form" / "bad-not-pounds.yaml"
    assert run("totals", "--data", wrong).code == 2


COMMANDS = {
    "compare": "--data {} --as-of 2031-06-30",
    "conflicts": "--as-of 2023-06-20",
    "deadlines": "--data {} --as-of 2031-06-30",
    "diff": "{} {} --as-of 2031-06-30",
    "list": "--data {} --as-of 2031-06-30",
    "new": "milestone",
    "recommendations": "--as-of 2023-06-20",
    "rule": "amount-form",
    "schema": "",
    "show": "quay-plan --data {} --as-of 2031-06-30",
    "sources": "--data {} --as-of 2031-06-30",
    "find": "quay --data {} --as-of 2031-06-30",
    "for": "north-port --data {} --as-of 2031-06-30",
    "totals": "--data {} --as-of 2031-06-30",
    "validate": "{}",
}
# These write files, and no answer; the last needs the documents' text.
SILENT = {"export", "report", "site", "sources check"}
ASKED = [
    "--help",
    "--version",
    "--show-completion",
    *(f"{name} --help" for name in names()),
    *(f"{name} {options}".format(TINY, TINY) for name, options in COMMANDS.items()),
]


def test_every_command_is_asked() -> None:
    """A new command has its line here, or says why not."""
    assert {*COMMANDS, *SILENT} == set(names())


@pytest.mark.parametrize("asked", ASKED)
def test_no_answer_is_lost_in_silence(
    asked: str,
    run: Callable[..., Result],
    place: Callable[[str, _Device], _Device],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whatever was asked, a disk that is full after a byte ends with 2 and one line."""
    monkeypatch.setattr("shellingham.detect_shell", lambda: ("bash", "/bin/bash"))
    device = place("stdout", _Device(1, FULL))
    result = run(*asked.split())
    message = "Error: the answer cannot be written (No space left on device)\n"
    assert (result.code, result.err, len(device.held)) == (2, message, 1)


@pytest.mark.parametrize("asked", ASKED)
def test_nobody_has_to_read_an_answer(
    asked: str,
    run: Callable[..., Result],
    place: Callable[[str, _Device], _Device],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whatever was asked, a reader that goes after a byte changes neither code nor messages."""
    monkeypatch.setattr("shellingham.detect_shell", lambda: ("bash", "/bin/bash"))
    heard = run(*asked.split())
    place("stdout", _Device(1, BrokenPipeError(errno.EPIPE, "Broken pipe")))
    unheard = run(*asked.split())
    assert (unheard.code, unheard.err) == (heard.code, heard.err)
