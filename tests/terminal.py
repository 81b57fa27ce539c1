"""A terminal that a test types into and reads from, as a person would."""

from __future__ import annotations

import codecs
import fcntl
import json
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from typing import TYPE_CHECKING, NamedTuple, Self

from tests.remembering import PROJECT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

# Runs several commands, one after the other, as reading the record once is enough for them all.
_SEVERAL = """
import json, sys
sys.path.insert(0, sys.argv[2])
from tests.remembering import remember
remember()
from reformcalc.cli import main
for arguments in json.loads(sys.argv[1]):
    try:
        main(arguments)
    except SystemExit as end:
        sys.stdout.write(f"\\x1e{end.code or 0}\\x1e")
        sys.stdout.flush()
"""
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
    program = (sys.executable, "-c", _SEVERAL, json.dumps(commands), str(PROJECT))
    with Terminal(program, environment, size) as terminal:
        assert terminal.finish() == 0, terminal.seen
        parts = terminal.text.split("\x1e")
        assert not parts.pop(), terminal.seen
        return [Shown(text, int(code)) for text, code in zip(*[iter(parts)] * 2, strict=True)]


class Terminal:
    """A program on a terminal of its own; `seen` is all that it has written, but bells."""

    def __init__(
        self,
        command: Sequence[str],
        environment: dict[str, str],
        size: tuple[int, int] = (80, 24),  # columns and lines
    ) -> None:
        self._ours, theirs = pty.openpty()
        columns, lines = size
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        self._process = subprocess.Popen(
            command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, close_fds=True,
            start_new_session=True,
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
