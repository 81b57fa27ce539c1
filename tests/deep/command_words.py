"""Any words as a line of the program: it ends with 0, 1 or 2, and says why in plain letters.

Each line runs in this process, in a folder of its own that is put back after it. Nothing is written
outside that folder, and nothing outside it and the project is read or listed: an audit hook refuses
it, as a disk that may not be written or read would.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any

import typer

from reformcalc.cli import commands, main
from reformcalc.printable import UNPRINTABLE
from tests.conftest import PROJECT, TINY

if TYPE_CHECKING:
    from collections.abc import Iterator

# What stands beside an option in the first lines: right, nearly right, and hostile.
VALUES = (
    "", "-", "--", "bundled", "record.yaml", "plan.csv", "plan.xlsx", "plan.xlsx#Plan", ".", "..",
    "documents", "out.html", "out.md", "out.csv", "out.json", "out.xlsx", "out.sqlite", "out.ics",
    "out", "new/out", "~", "/dev/null", "con", "nul.csv", "quays", "north-port", "harbour-inquiry",
    "dredger", "gazette-2030", "a-new-quay", "2030-03-01", "2030-31", "0000-00-00", "9999-12-31",
    "9999-99", "90d", "0d", "1w", "99999999999999y", "-1d", "£12m", "£", "12%", "year", "envelope",
    "announced", "each-year", "json", "csv", "markdown", "ics", "csl", "bibtex", "sarif", "table",
    "overdue", "changed", "met", "accepted", "milestone", "plan", "E06000001", "the", "\u202e",
    "\x1b[31m", "\udcff", "a" * 300, "[" * 60, "*", "?", "%s", "{0}", "$HOME", "'", '"', "<b>",
    "https://example.org/", "javascript:alert(1)", "\u00e9", "e\u0301", "\uff11", "1e9", "0x10",
)  # fmt: skip
_NEVER = {"--install-completion", "--show-completion"}  # typer's own, which write to a home
CALLED = ["", *commands.names()]
_PLAN = "Action,Due,Owner,Status\nPaint,31/03/2031,Jo,Red\n"
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC
_CHANGES = {
    "os.chmod", "os.chown", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir",
    "os.symlink", "os.truncate", "os.utime", "shutil.rmtree", "shutil.copymode", "shutil.copyfile",
}  # fmt: skip
_NEVER_DONE = ("socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn")


class Sandbox:
    """A folder in which lines are run."""

    def __init__(self) -> None:
        self.path = Path(os.path.realpath(mkdtemp(prefix="fuzz-")))
        self._files = {
            "record.yaml": TINY.read_bytes(),
            "plan.csv": _PLAN.encode(),
            "plan.xlsx": (PROJECT / "tests/data/sheets/plan.xlsx").read_bytes(),
            "documents/gazette.txt": b"Page 1. \xc2\xa312m for a dredger.\n",
        }
        self._readable = tuple(
            os.path.realpath(one)
            for one in (self.path, PROJECT, sys.prefix, sys.base_prefix, "/dev/null")
        )
        self._watching = False
        sys.addaudithook(self._watch)
        os.environ |= {
            "REFORMCALC_DATA": "record.yaml", "REFORMCALC_DEBUG": "1", "HOME": str(self.path),
        }  # fmt: skip
        os.chdir(self.path)
        self._restore()

    def run(self, arguments: list[str]) -> tuple[int, str, str]:
        """Run a line; return its code and what it printed."""
        out_bytes, err_bytes = io.BytesIO(), io.BytesIO()
        out, err = io.TextIOWrapper(out_bytes, "utf-8"), io.TextIOWrapper(err_bytes, "utf-8")
        with self._instead(out, err):
            try:
                main(arguments)
            except SystemExit as end:
                code = end.code
        self._restore()
        texts = [one.getvalue().decode("utf-8") for one in (out_bytes, err_bytes)]
        assert isinstance(code, int)
        return code, texts[0], texts[1]

    @contextmanager
    def _instead(self, out: io.TextIOWrapper, err: io.TextIOWrapper) -> Iterator[None]:
        held = sys.stdin, sys.stdout, sys.stderr
        sys.stdin, sys.stdout, sys.stderr = io.TextIOWrapper(io.BytesIO(b"")), out, err
        self._watching = True
        try:
            yield
        finally:
            self._watching = False
            sys.stdin, sys.stdout, sys.stderr = held

    def _restore(self) -> None:
        """Put the folder back as it was."""
        for one in self.path.iterdir():
            if one.name not in self._files and one.name != "documents":
                shutil.rmtree(one) if one.is_dir() and not one.is_symlink() else one.unlink()
        for name, content in self._files.items():
            path = self.path / name
            if not path.is_file() or path.read_bytes() != content:
                path.parent.mkdir(exist_ok=True)
                path.write_bytes(content)

    def _watch(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self._watching:
            return
        if event == "open":
            writes = bool((arguments[2] or 0) & _WRITING)
            self._hold(arguments[0], (str(self.path), "/dev/null") if writes else self._readable)
        elif event in ("os.listdir", "os.scandir"):
            self._hold(arguments[0], self._readable)
        elif event in _CHANGES:
            for one in arguments[: 2 if event in ("os.rename", "os.link", "os.symlink") else 1]:
                self._hold(one, (str(self.path),))
        elif event.startswith(_NEVER_DONE):
            raise AssertionError(event)

    def _hold(self, path: str | bytes | int | None, within: tuple[str, ...]) -> None:
        """Refuse what is outside some places. Raises PermissionError."""
        if isinstance(path, int) or path is None:
            return
        with suppress(ValueError):  # a name with NUL is refused by the system itself
            real = os.path.realpath(os.fsdecode(path))
            if not any(real == one or real.startswith(f"{one}/") for one in within):
                raise PermissionError(13, "Permission denied", path)


def lines() -> Iterator[list[str]]:
    """Yield lines to begin with: every option of every command, beside each of the values."""
    for called in CALLED:
        words = called.split()
        yield words
        options = [name for one in _parameters(words) for name in one.opts if name.startswith("-")]
        for place, option in enumerate(options):
            if option not in _NEVER:
                yield [*words, option]
                yield from ([*words, option, value] for value in VALUES[place % 3 :: 3])
        yield from ([*words, value] for value in VALUES)


def _parameters(words: list[str]) -> list[Any]:
    """Return the parameters of a command, or of the program itself."""
    if not words:
        return list(typer.main.get_command(commands_app()).params)
    found: Any = typer.main.get_command(commands._COMMANDS[words[0]])  # noqa: SLF001
    if len(words) > 1:
        found = found.commands[words[1]]
    return list(found.params)


def commands_app() -> Any:
    """Return the program as typer has it."""
    from reformcalc.cli.app import app

    return app


def line(sandbox: Sandbox, words: list[str]) -> None:
    """Run one line: it ends with a code, and prints nothing that a terminal obeys."""
    if _NEVER & {word.partition("=")[0] for word in words}:
        return
    code, out, err = sandbox.run(words)
    assert code in (0, 1, 2), code
    for text in (out, err):  # a calendar ends its lines as its standard says
        assert not UNPRINTABLE.search(text.replace("\r\n", "\n")), "printed what a terminal obeys"
    assert code != 2 or err, "refused without a word"
