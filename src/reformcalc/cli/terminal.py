"""What the terminal is, and what its user wants of it: size, colour, letters, a pager.

The settings are those that other programs know: NO_COLOR, FORCE_COLOR, CLICOLOR, TERM, PAGER, LESS.
"""

from __future__ import annotations

import os
import shutil
import sys

NARROW = 80  # columns where nothing tells how wide the terminal is
_PROMPT = 2  # lines of a terminal that the command and the next prompt take


def is_terminal() -> bool:
    """Whether the answer goes to a terminal."""
    return sys.stdout.isatty()


def width() -> int | None:
    """Return how many columns the terminal has, or None where the answer goes elsewhere."""
    return shutil.get_terminal_size().columns if is_terminal() else None


def height() -> int:
    """Return how many lines an answer can have and be seen at once."""
    return shutil.get_terminal_size().lines - _PROMPT


def coloured() -> bool:
    """Whether an answer has colour, and links: on a terminal, unless its user wants none.

    NO_COLOR, where it says anything, wins over FORCE_COLOR (https://no-color.org,
    https://force-color.org); CLICOLOR=0 asks for none too.
    """
    wanted = os.environ.get
    if wanted("NO_COLOR"):
        return False
    if forced():
        return True
    return is_terminal() and moving() and wanted("CLICOLOR") != "0"


def forced() -> bool:
    """Whether colour is wanted wherever the answer goes."""
    return bool(os.environ.get("FORCE_COLOR")) and not os.environ.get("NO_COLOR")


def moving() -> bool:
    """Whether a terminal can be drawn on more than once, and its user has nothing against it."""
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def only_ascii() -> bool:
    """Whether the terminal is not known to draw more than ASCII."""
    charset = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_CTYPE", "LANG"))), "")
    unknown = os.name != "nt" and "utf" not in charset.lower()
    return unknown or os.environ.get("TERM") == "dumb"


def pages() -> bool:
    """Whether what is longer than the screen goes through a pager: not if PAGER is empty or cat."""
    return (
        is_terminal() and sys.stdin.isatty() and os.environ.get("PAGER", "less") not in ("", "cat")
    )


def page(text: str) -> None:
    """Show a text in the user's pager; less, told to pass colours and to end on a short text."""
    from pydoc import pager

    os.environ.setdefault("LESS", "FRX")
    pager(text)
