"""What the terminal is, and what its user wants of it: size, colour, links, letters, a pager.

The settings are those that other programs know: NO_COLOR, FORCE_COLOR, CLICOLOR, CLICOLOR_FORCE,
TERM, PAGER, LESS.
"""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reformcalc.render.terminal import Terminal

NARROW = 80  # columns where nothing tells how wide the terminal is
_PROMPT = 2  # lines of a terminal that the command and the next prompt take
# Terminals that write the letters of a link's address where they should hide them.
_WITHOUT_LINKS = ("linux", "eterm", "cons25", "vt1", "vt2")


def is_terminal() -> bool:
    """Whether the answer goes to a terminal."""
    return sys.stdout.isatty()


def watched() -> bool:
    """Whether a person reads the answer: on a terminal, or wherever colour is forced."""
    return is_terminal() or forced()


def width() -> int | None:
    """Return how many columns an answer has, or None where it goes to no person."""
    return shutil.get_terminal_size((NARROW, 24)).columns if watched() else None


def height() -> int:
    """Return how many lines an answer can have and be seen at once."""
    return shutil.get_terminal_size().lines - _PROMPT


def seen() -> Terminal | None:
    """Return the terminal that an answer is drawn on, or None where it goes to no person.

    Where colour is forced elsewhere, it is as high as the answer.
    """
    there = width()
    if there is None:
        return None
    from reformcalc.render.terminal import Terminal

    return Terminal(
        width=there,
        height=height() if is_terminal() else None,
        colour=coloured(),
        links=linked(),
        ascii_only=only_ascii(),
    )


def coloured() -> bool:
    """Whether an answer has colour: on a terminal, unless its user wants none.

    The first of these that says anything decides: NO_COLOR (https://no-color.org), FORCE_COLOR
    (https://force-color.org), CLICOLOR_FORCE and CLICOLOR (https://bixense.com/clicolors), TERM.
    """
    if forced():
        return True
    return is_terminal() and moving() and os.environ.get("CLICOLOR") != "0"


def forced() -> bool:
    """Whether colour is wanted wherever the answer goes."""
    wanted = os.environ.get
    force = wanted("FORCE_COLOR") or wanted("CLICOLOR_FORCE", "0") not in ("", "0")
    return bool(force) and not wanted("NO_COLOR")


def linked() -> bool:
    """Whether titles can lead to their pages: on a terminal with colour that knows links."""
    knows = not os.environ.get("TERM", "").startswith(_WITHOUT_LINKS)
    return is_terminal() and coloured() and knows


def moving() -> bool:
    """Whether a terminal can be drawn on more than once, and its user has nothing against it."""
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def only_ascii() -> bool:
    """Whether the terminal is not known to draw more than ASCII."""
    charset = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_CTYPE", "LANG"))), "")
    unknown = os.name != "nt" and "utf" not in charset.lower()
    return unknown or os.environ.get("TERM") == "dumb"


def page(text: str) -> bool:
    """Show a text in the user's pager; return whether there was one to show it.

    There is none outside a terminal, nor where PAGER is empty or cat, or names no program. To
    leave the pager before the end is no failure, nor is what it ends with.
    """
    program = _pager() if is_terminal() else []
    if not program:
        return False
    import subprocess

    # less is told to pass colours, and to leave what fits the screen on it; LESS says otherwise.
    settings = {"LESS": "FRX", "LESSCHARSET": "utf-8", "LV": "-c"} | os.environ
    with _uninterrupted():
        try:
            shown = subprocess.Popen(  # noqa: S603  the user's own setting, and by no shell
                program, stdin=subprocess.PIPE, env=settings
            )
        except OSError:
            return False
        shown.communicate(text.encode())
    return True


def _pager() -> list[str]:
    """Return the user's pager and its options as a command, or nothing if there is none."""
    import shlex

    try:
        name, *options = shlex.split(os.environ.get("PAGER", "less"), posix=os.name != "nt")
    except ValueError:  # it is empty, or its quotes do not close
        return []
    found = shutil.which(name)
    return [found, *options] if found and name != "cat" else []


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Leave Ctrl-C to the pager, which goes on: a search in less is stopped by it."""
    import signal

    # Not SIG_IGN, which a program inherits.
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
