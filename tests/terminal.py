"""A terminal that a test types into and reads from, as a person would."""

from __future__ import annotations

import codecs
import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
import traceback
import warnings
from typing import TYPE_CHECKING, NamedTuple, NoReturn, Self

from reformcalc.__main__ import run
from reformcalc.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from types import TracebackType

PATIENCE = 60  # seconds: a test waits for what must come, and never for a length of time


class Shown(NamedTuple):
    """What a terminal of some size shows of a command, and the exit code of it."""

    text: str
    code: int

    @property
    def lines(self) -> list[str]:
        """The lines of it."""
        return self.text.removesuffix("\n").split("\n")

    @property
    def words(self) -> str:
        """All of it in one line, wherever it was broken."""
        return " ".join(self.text.split())


def shown(
    commands: Sequence[Sequence[str]], size: tuple[int, int], environment: dict[str, str]
) -> list[Shown]:
    """Return what each command shows on a terminal of so many columns and lines."""

    def each() -> None:
        for arguments in commands:
            try:
                main([*arguments])
            except SystemExit as end:
                sys.stdout.write(f"\x1e{end.code or 0}\x1e")
                sys.stdout.flush()

    with Terminal(each, environment, size) as terminal:
        assert terminal.finish() == 0, terminal.seen
        parts = terminal.text.split("\x1e")
        assert not parts.pop(), terminal.seen
        return [Shown(text, int(code)) for text, code in zip(*[iter(parts)] * 2, strict=True)]


def ours(*arguments: str) -> Callable[[], None]:
    """Return what a process does that runs the command line with some arguments."""

    def start() -> None:
        sys.argv = ["reformcalc", *arguments]
        run()

    return start


class _Fork:
    """A process that goes on from where this one is: what was imported and read, it has.

    To the terminal it is like any other, which it is the first of, and is controlled by.
    """

    def __init__(
        self, work: Callable[[], None], terminal: int, environment: Mapping[str, str]
    ) -> None:
        with warnings.catch_warnings():
            # From Python 3.12 on: another thread may hold a lock. None does that the work needs.
            warnings.simplefilter("ignore", DeprecationWarning)
            self._process = os.fork()
        self._code: int | None = None
        if not self._process:
            self._go_on(work, terminal, environment)

    @staticmethod
    def _go_on(work: Callable[[], None], terminal: int, environment: Mapping[str, str]) -> NoReturn:
        code = 1
        try:
            os.setsid()
            fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)
            for place in range(3):
                os.dup2(terminal, place)
            os.environ.clear()
            os.environ.update(environment)
            sys.stdin = open(0, encoding="utf-8")  # noqa: SIM115
            sys.stdout = open(1, "w", 1, encoding="utf-8")  # noqa: SIM115
            sys.stderr = open(2, "w", 1, encoding="utf-8")  # noqa: SIM115
            work()
            code = 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
        except BaseException:  # noqa: BLE001  what is told of it is seen on the terminal
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            os._exit(code)  # what this process was to do at its end is still its own

    def kill(self) -> None:
        if self._code is None:
            os.kill(self._process, signal.SIGKILL)

    def wait(self, seconds: float = 60) -> int:
        end = time.monotonic() + seconds
        while self._code is None:
            ended, status = os.waitpid(self._process, os.WNOHANG)
            if ended:
                self._code = os.waitstatus_to_exitcode(status)
                break
            assert time.monotonic() < end, "the process does not end"
            time.sleep(0.002)
        return self._code


class Terminal:
    """A program on a terminal of its own; `seen` is all that it has written, but bells.

    It is started by a command, or is our own and does what it is given.
    """

    def __init__(
        self,
        command: Sequence[str] | Callable[[], None],
        environment: dict[str, str],
        size: tuple[int, int] = (80, 24),  # columns and lines
    ) -> None:
        self._ours, theirs = pty.openpty()
        columns, lines = size
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        self._process: subprocess.Popen[bytes] | _Fork
        if callable(command):
            self._process = _Fork(command, theirs, environment)
        else:
            self._process = subprocess.Popen(
                command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment,
                close_fds=True, start_new_session=True,
            )  # fmt: skip
        os.close(theirs)
        self.seen = ""
        # A letter of several bytes can come in two parts.
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._ours)

    def type(self, text: str) -> None:
        os.write(self._ours, text.encode())

    def expect(self, text: str) -> None:
        """Wait until the program has written a text."""
        end = time.monotonic() + PATIENCE
        while text not in self.seen:
            assert time.monotonic() < end, f"{text!r} did not come; seen: {self.seen!r}"
            assert self._read(), f"{text!r} did not come before the end; seen: {self.seen!r}"

    @property
    def text(self) -> str:
        """What was written, with its line ends as a program writes them."""
        return self.seen.replace("\r\n", "\n")

    def finish(self) -> int:
        """Wait until the program ends, and return its exit code."""
        while self._read():
            pass
        return self._process.wait(PATIENCE)

    def _read(self) -> bool:
        """Read what there is, if anything soon is; False once the program has gone."""
        ready, _, _ = select.select([self._ours], [], [], 1)
        if not ready:
            return True
        try:
            read = os.read(self._ours, 65536)
        except OSError:  # how Linux says that nobody is at the other end
            return False
        self.seen += self._decoder.decode(read).replace("\a", "")
        return bool(read)
