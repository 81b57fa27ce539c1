"""Lines of a terminal: text that is broken to its width, and styles that have a meaning."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from reformcalc.screen import Tone

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

wide = cell_len  # how many columns a text takes: a letter may need two, or none

_LOOKS = {
    Tone.STRONG: "bold",
    Tone.GOOD: "green",
    Tone.BAD: "red",
    Tone.DOUBT: "yellow",
    Tone.QUIET: "dim",
}


class Piece(NamedTuple):
    """A part of a line that looks alike. `link` is a web address, for terminals that have links."""

    text: str
    tone: Tone = Tone.PLAIN
    link: str = ""


def wrapped(text: str, width: int) -> Iterator[str]:
    """Yield text as lines: broken at its spaces, and within a word that is wider than a line."""
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
        *full, rest = _chopped(word if taken else word.lstrip(), width - taken)
        yield from full
        parts.append(rest)
        taken += wide(rest)
    yield "".join(parts)


def written(lines: Iterable[Sequence[Piece]], *, colour: bool) -> str:
    """Return lines as text, in the styles of a terminal that has `colour`."""
    if not colour:
        return "".join(f"{''.join(piece.text for piece in line).rstrip()}\n" for line in lines)
    from rich.color import ColorSystem  # noqa: PLC0415
    from rich.style import Style as Look  # noqa: PLC0415

    looks = {tone: Look.parse(look) for tone, look in _LOOKS.items()}

    def shown(piece: Piece) -> str:
        look = looks.get(piece.tone, Look.null())
        if piece.link:
            look += Look(link=piece.link)
        return look.render(piece.text, color_system=ColorSystem.STANDARD) if look else piece.text

    return "".join(f"{''.join(map(shown, line)).rstrip()}\n" for line in lines)


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
