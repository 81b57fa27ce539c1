"""What decides where no option does: the environment, then the file of settings of the folder."""

from __future__ import annotations

import os
from functools import cached_property
from typing import TYPE_CHECKING, Any

from reformcalc.printable import is_address, printable
from reformcalc.render import OF_SOME, Format

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from reformcalc.reading import settings as read
    from reformcalc.report import Obeyed

_FORMATS = tuple(one for one in Format if one not in OF_SOME)  # those that every answer has


class Settings:
    """The settings of one command: what is asked of them decides, and is said to have decided.

    The file is looked for when something is first asked of it, and everything that is wrong in it
    is told then.
    """

    def __init__(self) -> None:
        """Begin with nothing obeyed, and nothing read."""
        self._obeyed: set[str] = set()
        self.read: list[Path] = []  # the files that were read for the answer, which it must not be

    def data(self, given: Sequence[str] | None) -> Sequence[str]:
        """Return the paths that options name, else the environment, else the file; none for ours.

        The environment joins them as PATH does.
        """
        return given or joined(os.environ.get("REFORMCALC_DATA", "")) or self._take("data") or ()

    @property
    def body(self) -> str | None:
        """The body that the file asks for, None where it asks for none."""
        body: str | None = self._take("for")
        return body

    @property
    def format(self) -> Format | None:
        """The format that the file asks for, None where it asks for none."""
        named = self._take("format")
        return Format(named) if named else None

    @property
    def obeyed(self) -> Obeyed | None:
        """The file, with the keys that decided something; None where none did."""
        if not self._obeyed:
            return None
        from reformcalc.report import Obeyed

        assert self._file
        return Obeyed(printable(self._file.path.as_posix()), tuple(sorted(self._obeyed)))

    @property
    def place(self) -> Path | None:
        """Where the file is, None where there is none."""
        from reformcalc.reading.settings import found

        return found()

    @property
    def told(self) -> str:
        """A sentence that names the file and what of it decided; nothing where none did."""
        return str(self.obeyed or "")

    @cached_property
    def _file(self) -> read.Settings | None:
        from reformcalc.reading import settings as read

        path = read.found()
        return read.read_settings(path, _FORMATS) if path else None

    def _take(self, key: str) -> Any:
        """Return what the file says for a key, and keep that it decided; None where it does not."""
        said = getattr(self._file, _FIELDS[key]) if self._file else None
        if said:
            self._obeyed.add(key)
        return said or None


# The keys by the fields that hold them: "for" is a word of Python.
_FIELDS = {"data": "data", "for": "body", "format": "format"}


def joined(paths: str) -> list[str]:
    """Return the paths that are written as one, as in PATH; an address, which is no path, whole."""
    if is_address(paths):
        return [paths]
    return [name for name in paths.split(os.pathsep) if name]
