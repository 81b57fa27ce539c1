"""Lines of a terminal: text that is broken to its width, and styles that have a meaning."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from rich.cells import cell_len

from reformcalc.printable import on_the_web
from reformcalc.screen import Tone

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_OF_ADDRESSES = "!#$%&'()*+,/:;=?@[]~"  # what an address is written with beside letters
_ADDRESS = re.compile(r"https?://\S*[\w/=&%#+~-]", re.IGNORECASE)

_LOOKS = {
    Tone.STRONG: "bold",
    Tone.GOOD: "green",
    Tone.BAD: "red",
    Tone.DOUBT: "yellow",
    Tone.QUIET: "dim",
}


@dataclass(frozen=True, slots=True)
class Terminal:
    """What an answer is drawn on. A screen is folded to its `height`, unless that is None.

    Where it has `links`, titles lead to their pages; `ascii_only` has no box letters.
    """

    width: int
    height: int | None = None
    colour: bool = False
    links: bool = False
    ascii_only: bool = False


class Piece(NamedTuple):
    """A part of a line that looks alike. `link` is a web address, for terminals that have links."""

    text: str
    tone: Tone = Tone.PLAIN
    link: str = ""


def wide(text: str) -> int:
    """Return how many columns a text takes: a letter may need two, or none."""
    return len(text) if text.isascii() and text.isprintable() else cell_len(text)


def is_address(text: str) -> bool:
    """Whether there is a web address in a text."""
    return _ADDRESS.search(text) is not None


def wrapped(text: str, width: int) -> Iterator[str]:
    """Yield text as lines: broken at its spaces, and within a word that is wider than a line.

    A web address stays whole, as a part of it leads nowhere: it may be wider than the line.
    """
    for line in text.split("\n"):
        if wide(line) <= width:
            yield line
        else:
            yield from _filled(line, width)


def _filled(line: str, width: int) -> Iterator[str]:
    parts: list[str] = []
    taken = 0
    for word in re.findall(r"\s*\S+", line):
        if taken and taken + wide(word) > width:
            yield "".join(parts)
            parts, taken = [], 0
        piece = word if taken else word.lstrip()
        *full, rest = [piece] if is_address(piece) else _chopped(piece, width - taken)
        yield from full
        parts.append(rest)
        taken += wide(rest)
    yield "".join(parts)


def written(lines: Iterable[Sequence[Piece]], *, colour: bool, links: bool = False) -> str:
    """Return lines as text, in the styles of a terminal that has `colour`.

    Where it has `links` (OSC 8), what leads to a page is one, and so is every web address.
    """
    if not colour:
        return "".join(f"{''.join(piece.text for piece in line).rstrip()}\n" for line in lines)
    from rich.color import ColorSystem  # noqa: PLC0415
    from rich.style import Style as Look  # noqa: PLC0415

    looks = {tone: Look.parse(look) for tone, look in _LOOKS.items()}

    def shown(piece: Piece) -> str:
        text = _linked(piece) if links else piece.text
        look = looks.get(piece.tone)
        return look.render(text, color_system=ColorSystem.STANDARD) if look else text

    return "".join(f"{''.join(map(shown, line)).rstrip()}\n" for line in lines)


def _linked(piece: Piece) -> str:
    """Return a piece as a link to its page, or with every address in it as one."""
    if on_the_web(piece.link):
        return _link(piece.text, piece.link)
    return _ADDRESS.sub(lambda found: _link(found[0], found[0]), piece.text)


def _link(text: str, address: str) -> str:
    """Write a link as terminals read it. No letter of an address can end it, or be obeyed."""
    return f"\x1b]8;;{quote(address, safe=_OF_ADDRESSES)}\x1b\\{text}\x1b]8;;\x1b\\"


def _chopped(word: str, width: int) -> Iterator[str]:
    """Yield the pieces of a word that fill a line each, and what is left of it."""
    begins = taken = 0
    for place, letter in enumerate(word):
        needs = wide(letter)
        if taken and taken + needs > width:
            yield word[begins:place]
            begins, taken = place, 0
        taken += needs
    yield word[begins:]
