"""Standard output and standard error that lose nothing in silence.

Python's own keep what they could not write, and fail once more as the process ends: with 120, and a
noise. Unbuffered (`PYTHONUNBUFFERED`, which container images set as a rule) they write once, and
drop what did not fit. Here what is printed is written at once and whole, or fails there and then.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, NoReturn, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def whole() -> Iterator[None]:
    """Have all that is printed meanwhile written whole, in UTF-8.

    A reader that has gone away (`| head`) is no failure of an answer, and nothing is one of a
    message: where nobody can read it, the exit code alone has to tell.
    """
    out, err = sys.stdout, sys.stderr
    sys.stdout = _Nowhere() if out is None else _text(out, BrokenPipeError)
    sys.stderr = io.StringIO() if err is None else _text(err, OSError)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = out, err


def _text(stream: TextIO, forgiven: type[OSError]) -> TextIO:
    """Return a stream to where another one goes, or that one if it does not say where."""
    binary: Any = getattr(stream, "buffer", None)
    if binary is None:
        return stream
    stream.flush()  # what was printed before comes first
    written: Any = _Whole(getattr(binary, "raw", binary), forgiven)
    return io.TextIOWrapper(written, encoding="utf-8", errors="replace", write_through=True)


class _Whole(io.BufferedIOBase):
    """Bytes that are written to the last, or raise OSError where it is not `forgiven`."""

    def __init__(self, raw: Any, forgiven: type[OSError]) -> None:
        self._raw, self._forgiven = raw, forgiven

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return bool(self._raw.isatty())

    def fileno(self) -> int:
        return int(self._raw.fileno())

    def write(self, data: Any, /) -> int:
        left = memoryview(data)
        with suppress(self._forgiven):
            while left:
                left = left[self._part(left) :]
        return len(data)

    def _part(self, data: memoryview) -> int:
        """Write as much as can be at once. Raises OSError where that is nothing.

        A pipe that does not wait for its reader takes nothing while it is full.
        """
        if written := self._raw.write(data):
            return int(written)
        raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))


class _Nowhere(io.TextIOBase):
    """The standard output of a process that was given none: to write to it fails.

    Typer would leave out its help in silence, and end as if somebody could read it.
    """

    def write(self, _: str) -> NoReturn:
        raise OSError(errno.EBADF, "there is no standard output")
