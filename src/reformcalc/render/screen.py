"""A screen as text: set to a width, folded to a height, in colour where that is wanted."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import combining, normalize

from rich.cells import set_cell_size

from reformcalc.printable import printable
from reformcalc.render.terminal import Piece, wide, wrapped, written
from reformcalc.screen import Cell, Line, LineKind, Listing, Range, Tone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import TypeAlias

    from reformcalc.render.terminal import Terminal
    from reformcalc.screen import Head, Scale, Screen

    Row: TypeAlias = list[Piece]

_INDENT = "  "
_GAP = "  "
_PROSE = 100  # columns of a paragraph that are easily read
_BAR = 46  # columns of a scale, beyond which it says no more
_LEAST_BAR = 12
_READABLE = 20  # columns of words beside figures that are easily read
_CUT, _CUT_ASCII = "…", "~"
_HANGING = "  "  # before what goes on below


def render_screen(screen: Screen, terminal: Terminal) -> str:
    """Return a screen as text that ends with a newline. What has no room is folded, not cut."""
    if terminal.ascii_only:
        screen = _in_ascii(screen)
    return written(_fitted(screen, terminal), colour=terminal.colour, links=terminal.links)


def _fitted(screen: Screen, terminal: Terminal) -> list[Row]:
    """Return the lines of a screen, its listings folded until it fits, or as far as they go."""
    hidden = [0] * len(screen.listings)
    while True:
        lines = _set_folded(screen, hidden, terminal)
        excess = 0 if terminal.height is None else len(lines) - terminal.height
        if excess <= 0:
            return _unfolded(screen, hidden, terminal, lines)
        if not _fold(screen.listings, hidden, excess):
            return _closed_up(lines, excess)


def _closed_up(lines: list[Row], excess: int) -> list[Row]:
    """Return lines without so many of the empty ones between them, the last first."""
    empty = [place for place, row in enumerate(lines) if not row][-excess:]
    return [row for place, row in enumerate(lines) if place not in empty]


def _unfolded(screen: Screen, hidden: list[int], terminal: Terminal, lines: list[Row]) -> list[Row]:
    """Show again what there is room for after all: a row may have taken several lines."""
    for place, count in enumerate(hidden):
        for fewer in range(count - 1, -1, -1):
            tried = [*hidden[:place], 0 if fewer == 1 else fewer, *hidden[place + 1 :]]
            more = _set_folded(screen, tried, terminal)
            if terminal.height is None or len(more) > terminal.height:
                break
            hidden, lines = tried, more
    return lines


def _set_folded(screen: Screen, hidden: Sequence[int], terminal: Terminal) -> list[Row]:
    listings = map(_folded, screen.listings, hidden)
    return _set(replace(screen, listings=tuple(listings)), terminal)


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
    end = len(listing.lines) - hidden
    while end and (
        listing.lines[end - 1].kind is LineKind.HEADING  # of nothing
        or listing.lines[end].kind is LineKind.REMARK  # on a row that would stand without it
    ):
        end -= 1
    shown, gone = listing.lines[:end], listing.lines[end:]
    return replace(listing, lines=(*shown, listing.folded(gone)))


def _set(screen: Screen, terminal: Terminal) -> list[Row]:
    """Return all lines of a screen."""
    prose = min(terminal.width, _PROSE)
    screen, footnotes = _numbered(screen, _bracketed if terminal.ascii_only else _superscript)
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


def _numbered(screen: Screen, mark: Callable[[int], str]) -> tuple[Screen, list[str]]:
    """Return a screen with its footnotes marked where they belong, and these in one paragraph."""
    notes: list[str] = []

    def marked(cell: Cell | Range) -> Cell | Range:
        if isinstance(cell, Range) or not cell.note:
            return cell
        if cell.note not in notes:
            notes.append(cell.note)
        return replace(cell, mark=mark(notes.index(cell.note) + 1))

    def of_line(line: Line) -> Line:
        return replace(line, cells=tuple(map(marked, line.cells))) if line.notes else line

    listings = tuple(
        replace(listing, lines=tuple(map(of_line, listing.lines))) for listing in screen.listings
    )
    said = (f"{mark(place)} {note}" for place, note in enumerate(notes, 1))
    return replace(screen, listings=listings), [" ".join(said)] if notes else []


def _superscript(number: int) -> str:
    return str(number).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))


def _bracketed(number: int) -> str:
    return f"[{number}]"


_LETTERS = {
    "£ ": "GBP ", "£": "GBP ", "…": "...", "·": "-", "½": "1/2", "“": '"', "”": '"', "—": "-",
    "–": "-", "−": "-", "‘": "'", "’": "'", "×": "x",  # noqa: RUF001 -- what is replaced
}  # fmt: skip


def ascii_only(text: str) -> str:
    """Write a text in ASCII: letters without their accents, and "?" for what has no such form."""
    if text.isascii():
        return text
    for letter, plain in _LETTERS.items():
        text = text.replace(letter, plain)
    text = normalize("NFKD", text)
    return (
        "".join(letter for letter in text if not combining(letter))
        .encode("ascii", "replace")
        .decode("ascii")
    )


def _in_ascii(screen: Screen) -> Screen:
    """Return a screen all of whose words are in ASCII."""

    def line_of(line: Line) -> Line:
        cells = (
            replace(cell, text=ascii_only(cell.text), note=ascii_only(cell.note))
            if isinstance(cell, Cell)
            else cell
            for cell in line.cells
        )
        return replace(line, cells=tuple(cells))

    def listing_of(listing: Listing) -> Listing:
        folded = listing.folded
        return replace(
            listing,
            heads=tuple(replace(head, text=ascii_only(head.text)) for head in listing.heads),
            lines=tuple(map(line_of, listing.lines)),
            total=line_of(listing.total) if listing.total else None,
            folded=(lambda hidden: line_of(folded(hidden))) if folded else None,
            scale=_scale_in_ascii(listing.scale) if listing.scale else None,
        )

    return replace(
        screen,
        answer=ascii_only(screen.answer),
        said=tuple(map(ascii_only, screen.said)),
        listings=tuple(map(listing_of, screen.listings)),
        beside=tuple(map(ascii_only, screen.beside)),
        notes=tuple(map(ascii_only, screen.notes)),
        ways=tuple((ascii_only(words), ascii_only(how)) for words, how in screen.ways),
    )


def _scale_in_ascii(scale: Scale) -> Scale:
    marks = ((value, ascii_only(words)) for value, words in scale.marks)
    return replace(scale, marks=tuple(marks))


def _wrapped(text: str, width: int) -> list[str]:
    """Break a paragraph as a table does; of nothing there is no line."""
    return list(wrapped(text, width)) if (text := printable(text).strip()) else []


def _ways(ways: Sequence[tuple[str, str]], width: int) -> list[str]:
    """Set the ways to see more side by side, as many as a line has room for."""
    lines: list[str] = []
    for words, how in ways:
        way = f"{words}: {how}"
        if lines and wide(lines[-1]) + wide(way) + 3 <= width:
            lines[-1] += f"   {way}"
        else:
            lines += _wrapped(way, width)
    return lines


def _listed(listings: Sequence[Listing], terminal: Terminal) -> Iterator[Row]:
    """Yield the lines of all listings; those with the same heads show them once."""
    above: tuple[Head, ...] = ()
    for listing in listings:
        alike = [one for one in listings if len(one.heads) == len(listing.heads)]
        widths = _widths(alike, terminal)
        if listing.heads != above and any(head.text for head in listing.heads):
            heads = Line(tuple(Cell(head.text, Tone.QUIET) for head in listing.heads))
            if (place := _lifted(heads, listing, widths)) is not None:
                yield from _above(heads, place, terminal)
                heads = replace(heads, cells=_without(heads.cells, place))
            yield _line(heads, listing, widths, terminal)
        above = listing.heads
        for line in (*listing.lines, *filter(None, [listing.total])):
            if (place := _lifted(line, listing, widths)) is not None:
                yield from _above(line, place, terminal)
                line = replace(line, cells=_without(line.cells, place))  # noqa: PLW2901
            for part in _broken(line, listing, widths, terminal):
                yield _line(part, listing, widths, terminal)

        if listing.scale and listing.scale.aim:
            key = _key(listing.scale, plain=terminal.ascii_only)
            room = terminal.width - len(_INDENT)
            text = _cut(Cell(key), room, plain=terminal.ascii_only)
            yield [Piece(_INDENT), Piece(text, Tone.QUIET)]


def _lifted(line: Line, listing: Listing, widths: Sequence[int]) -> int | None:
    """Return the column of a line that grows, and has no room beside the others; else None."""
    if line.runs_over:
        return None
    places = range(min(len(line.cells), len(listing.heads)))
    return next((one for one in places if listing.heads[one].grows and not widths[one]), None)


def _above(line: Line, place: int, terminal: Terminal) -> Iterator[Row]:
    """Yield the cell that has no room beside the others, on lines of its own above them."""
    cell = line.cells[place]
    assert isinstance(cell, Cell)
    for part in _wrapped_cell(cell, terminal.width - len(_INDENT)):
        text = _cut(part, terminal.width - len(_INDENT), plain=terminal.ascii_only)
        yield [Piece(_INDENT), Piece(text, _tone(part, line), part.link)]


def _without(cells: Sequence[Cell | Range], place: int) -> tuple[Cell | Range, ...]:
    return (*cells[:place], Cell(""), *cells[place + 1 :])


def _broken(
    line: Line, listing: Listing, widths: Sequence[int], terminal: Terminal
) -> Iterator[Line]:
    """Yield a line, then what of it goes on below in the columns that wrap."""
    if not any(head.wraps for head in listing.heads):
        yield line
        return
    if line.runs_over:
        (cell,) = line.cells
        assert isinstance(cell, Cell)
        for part in _wrapped_cell(cell, terminal.width - len(_INDENT)):
            yield replace(line, cells=(part,))
        return
    columns: list[Sequence[Cell | Range]] = [
        _wrapped_cell(cell, width) if head.wraps and width and isinstance(cell, Cell) else [cell]
        for cell, head, width in zip(line.cells, listing.heads, widths, strict=False)
    ]
    for parts in zip_longest(*columns, fillvalue=Cell("")):
        yield replace(line, cells=parts)


def _wrapped_cell(cell: Cell, width: int) -> list[Cell]:
    """Return a cell as cells below each other, set in as it is, with its mark at the end."""
    begins = len(cell.text) - len(cell.text.lstrip())
    room, below = max(1, width - begins), cell.text[:begins] + _HANGING
    text = printable(cell.whole).strip()
    first = _wrapped(text, room)[:1] or [""]
    rest = _wrapped(text[len(first[0]) :], max(1, width - len(below)))
    lines = [cell.text[:begins] + first[0], *(below + one for one in rest)]
    return [replace(cell, text=line, mark="") for line in lines]


def _widths(listings: Sequence[Listing], terminal: Terminal) -> list[int]:
    """Return the width of each column: what it needs, and of the one that grows what is left.

    Where that is too little to be read, it has none: it stands above the others.
    """
    heads = listings[0].heads
    needed = [wide(head.text) for head in heads]
    for listing in listings:
        for line in (*listing.lines, *filter(None, [listing.total])):
            cells = () if line.runs_over else line.cells
            for place, cell in enumerate(cells):
                takes = _LEAST_BAR if isinstance(cell, Range) else wide(cell.whole)
                needed[place] = max(needed[place], min(takes, heads[place].most))
    room = terminal.width - len(_INDENT) - len(_GAP) * (len(heads) - 1)
    for place, head in enumerate(heads):
        if head.grows:
            others = sum(needed) - needed[place]
            most = _BAR if listings[0].scale else needed[place]
            if room - others < min(needed[place], _READABLE) and not listings[0].scale:
                return _squeezed([*needed[:place], 0, *needed[place + 1 :]], room)
            needed[place] = max(1, min(most, room - others))
    return needed


def _squeezed(widths: list[int], room: int) -> list[int]:
    """Take from the widest columns what the others have no room beside."""
    while sum(widths) > max(room, len(widths)):
        widths[widths.index(max(widths))] -= 1
    return widths


def _line(line: Line, listing: Listing, widths: Sequence[int], terminal: Terminal) -> Row:
    if line.runs_over:
        cell = line.cells[0]
        assert isinstance(cell, Cell)
        text = _cut(cell, terminal.width - len(_INDENT), plain=terminal.ascii_only)
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
            text = _cut(cell, room, plain=terminal.ascii_only)
            space = Piece(" " * (room - wide(text)))
            said = Piece(text, _tone(cell, line), cell.link)
            pieces += [space, said] if head.right else [said, space]
    return pieces


def _cut(cell: Cell, width: int, *, plain: bool) -> str:
    """Return the text of a cell in its width, with a mark where some of it has no room."""
    text, mark = printable(cell.text), f" {cell.mark}" if cell.mark else ""
    room = width - len(mark)
    if wide(text) > room:
        text = set_cell_size(text, max(room - 1, 0)).rstrip() + (_CUT_ASCII if plain else _CUT)
    return text + mark


def _tone(cell: Cell, line: Line) -> Tone:
    return Tone.STRONG if cell.tone is Tone.PLAIN and line.kind is not LineKind.ROW else cell.tone


def _place(value: Decimal, scale: Scale, width: int) -> int:
    """Return the column of a value on a scale."""
    most = scale.marks[-1][0] if scale.most is None else scale.most
    return min(width - 1, int(value / most * (width - 1) + Decimal("0.5")))


def _axis(scale: Scale, width: int) -> str:
    """Return the words of a scale's marks, each from where it stands on."""
    line = ""
    for value, words in scale.marks:
        start = min(_place(value, scale, width), width - wide(words))
        if start >= wide(line) + bool(line):
            line += " " * (start - wide(line)) + words
    return line


class _Letters(NamedTuple):
    """What a range is drawn with; `cross` is the target on its line, `on` where it has no end."""

    dash: str
    dot: str
    bar: str
    cross: str
    on: str


def _letters(*, ascii_only: bool) -> _Letters:
    return _Letters(*("-o|+>" if ascii_only else "━●│┿▶"))


def _key(scale: Scale, *, plain: bool) -> str:
    """Say what the letters of the ranges stand for."""
    dash, dot, bar, *_ = _letters(ascii_only=plain)
    stated = f"{dot} {scale.stated}   " if scale.stated else ""
    key = f"{dash} least to most   {stated}{bar} {scale.aim}"
    return ascii_only(key) if plain else key


def _drawn(figure: Range, scale: Scale, width: int, *, ascii_only: bool) -> str:
    """Draw a range: least to most, the figure as stated, and what is aimed at."""
    dash, dot, bar, cross, on = _letters(ascii_only=ascii_only)
    low = _place(figure.low, scale, width)
    high = width - 1 if figure.high is None else _place(figure.high, scale, width)
    target, letters = None, [" "] * width
    if scale.target is not None:
        target = _place(scale.target, scale, width)
        if figure.high is not None and figure.high < scale.target:  # what is short stays short
            high = max(low, min(high, target - 1))
        letters[target] = bar
    for place in range(low, high + 1):
        letters[place] = cross if place == target else dash
    if figure.high is None:
        letters[high] = on
    if figure.stated is not None:
        letters[_place(figure.stated, scale, width)] = dot
    return "".join(letters).rstrip()
