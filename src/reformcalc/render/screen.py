"""A screen as text: set to a width, folded to a height, in colour where that is wanted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from textwrap import wrap
from typing import TYPE_CHECKING

from rich.cells import set_cell_size

from reformcalc.printable import printable
from reformcalc.render.terminal import Piece, wide, written
from reformcalc.screen import Cell, Kind, Line, Listing, Range, Tone

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import TypeAlias

    from reformcalc.screen import Head, Scale, Screen

    Row: TypeAlias = list[Piece]

_INDENT = "  "
_GAP = "  "
_PROSE = 100  # columns of a paragraph that are easily read
_BAR = 46  # columns of a scale, beyond which it says no more
_LEAST_BAR = 12


@dataclass(frozen=True, slots=True)
class Terminal:
    """What a screen is drawn on. `height` None folds nothing; `ascii_only` has no box letters.

    Where it has `links`, a cell leads to its page.
    """

    width: int
    height: int | None = None
    colour: bool = False
    links: bool = False
    ascii_only: bool = False


def render_screen(screen: Screen, terminal: Terminal) -> str:
    """Return a screen as text that ends with a newline. What has no room is folded, not cut."""
    return written(_fitted(screen, terminal), colour=terminal.colour, links=terminal.links)


def _fitted(screen: Screen, terminal: Terminal) -> list[Row]:
    """Return the lines of a screen, its listings folded until it fits, or as far as they go."""
    hidden = [0] * len(screen.listings)
    while True:
        listings = map(_folded, screen.listings, hidden)
        lines = _set(replace(screen, listings=tuple(listings)), terminal)
        excess = 0 if terminal.height is None else len(lines) - terminal.height
        if excess <= 0 or not _fold(screen.listings, hidden, excess):
            return lines


def _fold(listings: Sequence[Listing], hidden: list[int], excess: int) -> bool:
    """Hide so many lines more, of the listing that shows most first; return whether any were."""
    before = list(hidden)
    for _ in range(excess):
        spare = [_spare(*one) for one in zip(listings, hidden, strict=True)]
        most = max(spare, default=0)
        if most <= 0:
            break
        place = spare.index(most)
        hidden[place] = max(2, hidden[place] + 1)  # a line in place of one other saves nothing
    return hidden != before


def _spare(listing: Listing, hidden: int) -> int:
    """Return how many lines of a listing can still be folded."""
    return len(listing.lines) - max(hidden, 1) - listing.least if listing.folded else 0


def _folded(listing: Listing, hidden: int) -> Listing:
    if not hidden or listing.folded is None:
        return listing
    shown, gone = listing.lines[:-hidden], listing.lines[-hidden:]
    return replace(listing, lines=(*shown, listing.folded(gone)))


def _set(screen: Screen, terminal: Terminal) -> list[Row]:
    """Return all lines of a screen."""
    prose = min(terminal.width, _PROSE)
    screen, footnotes = _numbered(screen)
    lines = [[Piece(line, Tone.STRONG)] for line in _wrapped(screen.answer, prose)]
    for said in screen.said:
        lines += [[Piece(line)] for line in _wrapped(said, prose)]
    if screen.listings:
        lines.append([])
        lines += _listed(screen.listings, terminal)
    for beside in screen.beside:
        set_in = _wrapped(beside, prose - len(_INDENT))
        lines += [[Piece(_INDENT + line, Tone.DOUBT)] for line in set_in]
    if footnotes or screen.notes or screen.ways:
        lines.append([])
    notes = " ".join((*footnotes, *screen.notes))
    lines += [[Piece(line, Tone.QUIET)] for line in _wrapped(notes, prose)]
    lines += [[Piece(line, Tone.QUIET)] for line in _ways(screen.ways, prose)]
    return lines


def _numbered(screen: Screen) -> tuple[Screen, list[str]]:
    """Return a screen with its footnotes marked where they belong, and these in one paragraph."""
    notes: list[str] = []

    def marked(line: Line) -> Line:
        if not line.note:
            return line
        if line.note not in notes:
            notes.append(line.note)
        first, *others = line.cells
        assert isinstance(first, Cell)
        mark = _superscript(notes.index(line.note) + 1)
        return replace(line, cells=(replace(first, mark=mark), *others))

    listings = tuple(
        replace(listing, lines=tuple(map(marked, listing.lines))) for listing in screen.listings
    )
    said = (f"{_superscript(place)} {note}" for place, note in enumerate(notes, 1))
    return replace(screen, listings=listings), [" ".join(said)] if notes else []


def _superscript(number: int) -> str:
    return str(number).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))


def _wrapped(text: str, width: int) -> list[str]:
    """Break a paragraph at its spaces; no web address, id or figure is broken."""
    return wrap(printable(text), width, break_long_words=False, break_on_hyphens=False)


def _ways(ways: Sequence[tuple[str, str]], width: int) -> list[str]:
    """Set the ways to see more side by side, as many as a line has room for."""
    lines: list[str] = []
    for words, how in ways:
        way = f"{words}: {how}"
        if lines and len(lines[-1]) + len(way) + 3 <= width:
            lines[-1] += f"   {way}"
        else:
            lines.append(way)
    return lines


def _listed(listings: Sequence[Listing], terminal: Terminal) -> Iterator[Row]:
    """Yield the lines of all listings; those with the same heads show them once."""
    above: tuple[Head, ...] = ()
    for listing in listings:
        alike = [one for one in listings if len(one.heads) == len(listing.heads)]
        widths = _widths(alike, terminal)
        if listing.heads != above and any(head.text for head in listing.heads):
            heads = Line(tuple(Cell(head.text, Tone.QUIET) for head in listing.heads))
            yield _line(heads, listing, widths, terminal)
        above = listing.heads
        for line in (*listing.lines, *filter(None, [listing.total])):
            yield _line(line, listing, widths, terminal)


def _widths(listings: Sequence[Listing], terminal: Terminal) -> list[int]:
    """Return the width of each column: what it needs, and of the one that grows what is left."""
    heads = listings[0].heads
    needed = [wide(head.text) for head in heads]
    for listing in listings:
        for line in (*listing.lines, *filter(None, [listing.total])):
            cells = () if line.kind is Kind.HEADING else line.cells
            for place, cell in enumerate(cells):
                takes = _LEAST_BAR if isinstance(cell, Range) else wide(cell.whole)
                needed[place] = max(needed[place], min(takes, heads[place].most))
    room = terminal.width - len(_INDENT) - len(_GAP) * (len(heads) - 1)
    for place, head in enumerate(heads):
        if head.grows:
            others = sum(needed) - needed[place]
            most = _BAR if listings[0].scale else needed[place]
            needed[place] = max(1, min(most, room - others))
    return needed


def _line(line: Line, listing: Listing, widths: Sequence[int], terminal: Terminal) -> Row:
    if line.kind is Kind.HEADING:
        cell = line.cells[0]
        assert isinstance(cell, Cell)
        text = _cut(cell, terminal.width - len(_INDENT))
        return [Piece(_INDENT), Piece(text, _tone(cell, line))]
    pieces = [Piece(_INDENT)]
    for place, (cell, head, room) in enumerate(
        zip(line.cells, listing.heads, widths, strict=False)
    ):
        pieces.append(Piece(_GAP if place else ""))
        if isinstance(cell, Range):
            assert listing.scale is not None
            drawn = _drawn(cell, listing.scale, room, ascii_only=terminal.ascii_only)
            pieces.append(Piece(drawn, cell.tone))
        elif not cell.text and listing.scale and head.grows:
            pieces.append(Piece(_axis(listing.scale, room)))
        else:
            text = _cut(cell, room)
            space = Piece(" " * (room - wide(text)))
            said = Piece(text, _tone(cell, line), cell.link)
            pieces += [space, said] if head.right else [said, space]
    return pieces


def _cut(cell: Cell, width: int) -> str:
    """Return the text of a cell in its width, with a mark where some of it has no room."""
    text, mark = printable(cell.text), f" {cell.mark}" if cell.mark else ""
    room = width - len(mark)
    if wide(text) > room:
        text = set_cell_size(text, max(room - 1, 0)).rstrip() + "…"
    return text + mark


def _tone(cell: Cell, line: Line) -> Tone:
    return Tone.STRONG if cell.tone is Tone.PLAIN and line.kind is not Kind.ROW else cell.tone


def _place(value: Decimal, scale: Scale, width: int) -> int:
    """Return the column of a value on a scale."""
    most = scale.marks[-1][0]
    return min(width - 1, int(value / most * (width - 1) + Decimal("0.5")))


def _axis(scale: Scale, width: int) -> str:
    """Return the words of a scale's marks, each from where it stands on."""
    line = ""
    for value, words in scale.marks:
        start = min(_place(value, scale, width), width - len(words))
        if start >= len(line) + bool(line):
            line = line.ljust(start) + words
    return line


def _drawn(figure: Range, scale: Scale, width: int, *, ascii_only: bool) -> str:
    """Draw a range: least to most, the figure as stated, and what is aimed at."""
    dash, dot, bar, cross, on = "-o|+>" if ascii_only else "━●│┿▶"
    low, stated = (_place(one, scale, width) for one in (figure.low, figure.stated))
    high = width - 1 if figure.high is None else _place(figure.high, scale, width)
    target = _place(scale.target, scale, width)
    letters = [" "] * width
    letters[target] = bar
    for place in range(low, high + 1):
        letters[place] = cross if place == target else dash
    if figure.high is None:
        letters[high] = on
    letters[stated] = dot
    return "".join(letters).rstrip()
