"""A screen as text: its width, its height, its colours, its ranges."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from reformcalc.render.screen import ascii_only, render_screen
from reformcalc.render.terminal import Terminal
from reformcalc.screen import Cell, Head, Line, LineKind, Listing, Range, Scale, Screen, Tone

if TYPE_CHECKING:
    from collections.abc import Sequence

WORDS = st.text(alphabet="abc de£", min_size=1, max_size=60).filter(str.strip)
WIDE = st.text(alphabet="子どもa b、e\u0301", min_size=1, max_size=90).filter(str.strip)
SCALE = Scale(((Decimal(0), "0%"), (Decimal(50), "50%"), (Decimal(100), "100%")), Decimal(100))


def _rest(hidden: Sequence[Line]) -> Line:
    return Line((Cell(f"and {len(hidden)} more"), Cell("")))


def _listing(titles: Sequence[str], *, least: int = 1) -> Listing:
    lines = tuple(Line((Cell(title), Cell(f"{place}"))) for place, title in enumerate(titles, 1))
    heads = (Head("Title", grows=True), Head("No.", right=True))
    return Listing(heads, lines, folded=_rest, least=least)


@given(st.lists(WORDS, max_size=40), WORDS, st.integers(30, 140), st.integers(8, 60))
def test_a_screen_fits_its_terminal(
    titles: list[str], answer: str, width: int, height: int
) -> None:
    """No line is over the width; only what cannot be folded is over the height."""
    screen = Screen(answer, (answer,), (_listing(titles),), notes=(answer,))
    lines = render_screen(screen, Terminal(width, height)).splitlines()
    assert max(map(cell_len, lines)) <= width
    unfolded = render_screen(screen, Terminal(width)).splitlines()
    if len(unfolded) <= height:
        assert lines == unfolded
    else:
        assert len(lines) <= max(height, len(unfolded) - len(titles) + 2)


@given(st.lists(WIDE, min_size=1, max_size=6), WIDE, st.integers(30, 140))
def test_wide_letters_fit_the_terminal(titles: list[str], text: str, width: int) -> None:
    """A letter can take two columns, or none: no line is over the width, and prose is whole."""
    figure = Range(Decimal(20), Decimal(20), Decimal(100))
    rows = tuple(Line((Cell(title), Cell("1"))) for title in titles)
    wrapping = Listing((Head(text, grows=True, wraps=True), Head("数", right=True)), rows)
    scale = replace(SCALE, marks=((Decimal(0), "なし"), (Decimal(90), "百の"), (Decimal(99), "百")))
    ranged = Listing(
        (Head("何"), Head(grows=True)),
        (Line((Cell("子"), figure)),),
        scale=replace(scale, aim=text),
    )
    ways = ((text[:12], "--all"), ("どこから", "--sources"))
    screen = Screen(text, (text,), (wrapping, ranged), (text,), (text,), ways)
    lines = render_screen(screen, Terminal(width)).splitlines()
    assert max(map(cell_len, lines)) <= width
    answer = list(takewhile(bool, lines))
    assert "".join("".join(answer).split()) == "".join((text * 2).split())


@given(st.integers(3, 40), st.integers(10, 40))
def test_what_is_folded_is_counted(rows: int, height: int) -> None:
    """The rows that are shown and those that the last line counts are all of them."""
    titles = [f"row {place}" for place in range(rows)]
    text = render_screen(Screen("Answer", (), (_listing(titles),)), Terminal(80, height))
    counted = re.search(r"and (\d+) more", text)
    assert text.count("row ") + (int(counted[1]) if counted else 0) == rows


@pytest.mark.parametrize("height", range(4, 14))
def test_no_heading_stands_before_what_is_folded(height: int) -> None:
    """What is below it goes with it: it would tell of a number of rows, and show none."""
    kinds = [LineKind.HEADING, LineKind.ROW, LineKind.ROW] * 3
    lines = tuple(Line((Cell(kind.name), Cell("")), kind) for kind in kinds)
    listing = Listing((Head("Title", grows=True), Head("")), lines, folded=_rest)
    shown = render_screen(Screen("All", (), (listing,)), Terminal(80, height)).splitlines()
    names = [line.strip() for line in shown]
    assert ("HEADING", True) not in [
        (one, after.startswith("and ")) for one, after in pairwise(names)
    ]


@pytest.mark.parametrize("height", range(4, 20))
def test_no_row_stands_without_the_remark_on_it(height: int) -> None:
    """A row and what is said of it, on the line below, fold together."""
    lines = [
        line
        for n in range(8)
        for line in (
            Line((Cell(f"Row {n}"), Cell(""))),
            Line((Cell(f"of {n}"),), LineKind.REMARK),
        )
    ]
    heads = (Head("Title", grows=True), Head(""))
    screen = Screen("All", listings=(Listing(heads, tuple(lines), folded=_rest),))
    drawn = render_screen(screen, Terminal(60, height))
    assert drawn.count("Row ") == drawn.count("of ")
    assert len(drawn.splitlines()) <= max(height, 6)


def test_the_longest_listing_is_folded_first() -> None:
    """Two listings share the room; the least that one asks for is kept."""
    long, short = [f"long {n}" for n in range(30)], [f"short {n}" for n in range(5)]
    screen = Screen("Answer", (), (_listing(long), _listing(short, least=4)))
    text = render_screen(screen, Terminal(80, 15))
    assert len(text.splitlines()) == 15
    assert text.count("short") == 5
    assert "and 24 more" in text


def test_columns_of_all_listings_stand_below_each_other() -> None:
    """Heads that two listings share are shown once, and their columns are as wide."""
    screen = Screen("Answer", (), (_listing(["a"]), _listing(["a longer title"])))
    lines = render_screen(screen, Terminal(40)).splitlines()
    assert lines == [
        "Answer",
        "",
        "  Title           No.",
        "  a                 1",
        "  a longer title    1",
    ]


def test_footnotes_are_numbered_as_their_lines_are_shown() -> None:
    """A mark stands whole at the end of a title that is cut; a folded line has no note."""
    lines = tuple(
        Line((Cell(f"A title of {n} that has no room at all", note=f"Note {n}."), Cell("1")))
        for n in range(9)
    )
    listing = Listing((Head(grows=True), Head()), lines, folded=_rest)
    text = render_screen(Screen("Answer", (), (listing,)), Terminal(30, 10))
    assert "  A title of 0 that has… ¹   1" in text
    shown = re.findall(r"… ([¹²³⁴⁵])", text)
    assert shown == re.findall(r"([¹²³⁴⁵]) Note", text) == ["¹", "²", "³", "⁴"]
    assert len(text.splitlines()) <= 10


def test_headings_run_over_all_columns_and_totals_are_strong() -> None:
    """A heading is cut at the width of the terminal alone."""
    heading = Line((Cell("What came of it, in so many words"),), LineKind.HEADING)
    total = Line((Cell("Total"), Cell("12")), LineKind.TOTAL)
    listing = Listing((Head(grows=True), Head(right=True)), (heading,), total)
    text = render_screen(Screen("A", (), (listing,)), Terminal(40, colour=True))
    assert "\x1b[1mWhat came of it, in so many words\x1b[0m" in text
    assert "\x1b[1mTotal\x1b[0m" in text


@pytest.mark.parametrize(
    ("low", "stated", "high", "drawn"),
    [
        (0, 50, 100, "━━━━━●━━━━┿"),
        (50, 50, 50, "     ●    │"),
        (30, 50, 100, "   ━━●━━━━┿"),
        (90, 90, None, "         ●▶"),
        (20, 20, 80, "  ●━━━━━━ │"),
        (30, 50, 97, "   ━━●━━━━│"),
    ],
)
def test_a_range_is_drawn_on_its_scale(low: int, stated: int, high: int | None, drawn: str) -> None:
    """Least to most as a line, the stated figure as a dot, what is aimed at as a bar."""
    figure = Range(Decimal(low), Decimal(stated), None if high is None else Decimal(high))
    listing = Listing((Head("What"), Head(grows=True)), (Line((Cell("x"), figure)),), scale=SCALE)
    (line,) = [
        line
        for line in render_screen(Screen("A", (), (listing,)), Terminal(19)).splitlines()
        if line.startswith("  x")
    ]
    assert line[8:] == drawn


def test_a_scale_can_end_beyond_its_marks_and_say_what_it_shows() -> None:
    """The key says what the letters are; a range of no stated figure has no dot."""
    scale = replace(SCALE, most=Decimal(150), stated="as stated", aim="£50m")
    line = Line((Cell("x"), Range(Decimal(50), None, Decimal(150))))
    screen = Screen("A", (), (Listing((Head("What"), Head(grows=True)), (line,), scale=scale),))
    lines = render_screen(screen, Terminal(38)).splitlines()
    assert lines[2:] == [
        "  What  0%        50%      100%",
        "  x               ━━━━━━━━━┿━━━━━━━━━━",
        "  ━ least to most   ● as stated   │ £…",
    ]
    unstated = replace(scale, stated="")
    plain = replace(screen, listings=(replace(screen.listings[0], scale=unstated),))
    last = render_screen(plain, Terminal(38, ascii_only=True)).splitlines()[-1]
    assert last == "  - least to most   | GBP 50m"


def test_a_terminal_without_box_letters_has_ranges_in_ascii() -> None:
    """The same range, in letters that every terminal has."""
    figure = Range(Decimal(20), Decimal(20), Decimal(100))
    listing = Listing((Head("What"), Head(grows=True)), (Line((Cell("x"), figure)),), scale=SCALE)
    text = render_screen(Screen("A", (), (listing,)), Terminal(19, ascii_only=True))
    assert text.isascii()
    assert "o-------+" in text


def test_links_and_colours_only_where_they_are_wanted() -> None:
    """A title leads to its source on a terminal that has links, and to no page but of the web."""
    cell = Cell("Title", Tone.BAD, "https://example.org/a")
    screen = Screen("A", (), (Listing((Head(),), (Line((cell,)),)),))
    coloured = render_screen(screen, Terminal(40, colour=True))
    assert "\x1b[31mTitle" in coloured
    assert "example.org" not in coloured
    linked = render_screen(screen, Terminal(40, colour=True, links=True))
    assert "\x1b]8;;https://example.org/a\x1b\\Title\x1b]8;;\x1b\\" in linked
    harmful = Screen("A", (), (Listing((Head(),), (Line((Cell("T", link="file:/x"),)),)),))
    assert "file:" not in render_screen(harmful, Terminal(40, colour=True, links=True))
    plain = render_screen(screen, Terminal(40))
    assert "\x1b" not in plain
    assert plain.splitlines()[-1] == "  Title"


def test_ways_to_see_more_stand_side_by_side() -> None:
    """As many in a line as it has room for, and none is broken."""
    ways = tuple((f"Way {n}", f"--way-{n}") for n in range(5))
    lines = render_screen(Screen("A", ways=ways), Terminal(40)).splitlines()
    assert lines[2:] == [
        "Way 0: --way-0   Way 1: --way-1",
        "Way 2: --way-2   Way 3: --way-3",
        "Way 4: --way-4",
    ]


LONG = "A title of several words that has no room in a narrow column"


def test_what_wraps_goes_on_below_and_its_figures_stand_once() -> None:
    """A part set in stays so; its mark stands at the end."""
    lines = (Line((Cell(f"  {LONG}", note="A note."), Cell("12"))),)
    listing = Listing((Head("What", grows=True, wraps=True), Head("No.", right=True)), lines)
    text = render_screen(Screen("A", (), (listing,)), Terminal(40)).splitlines()
    assert text[3:6] == [
        "    A title of several words that     12",
        "      has no room in a narrow",
        "      column ¹",
    ]


def test_a_heading_wraps_where_its_column_does() -> None:
    """A sentence under a row runs over all columns, and on below."""
    heading = Line((Cell(f"  {LONG}", Tone.QUIET),), LineKind.HEADING)
    listing = Listing((Head(grows=True, wraps=True), Head(right=True)), (heading,))
    text = render_screen(Screen("A", (), (listing,)), Terminal(40)).splitlines()
    assert text[2:] == [
        "    A title of several words that has no",
        "      room in a narrow column",
    ]


@pytest.mark.parametrize("wraps", [False, True])
def test_a_title_without_room_stands_above_its_figures(wraps: bool) -> None:  # noqa: FBT001
    """Figures are whole as long as a line holds them; a heading of its own is left as it is."""
    figures = (Cell("1,234,567,890"), Cell("2,345,678,901"))
    heading = Line((Cell("Heading"),), LineKind.HEADING)
    lines = (heading, Line((Cell(LONG, link="https://example.org"), *figures)))
    heads = (
        Head("What", grows=True, wraps=wraps),
        Head("One", right=True),
        Head("Two", right=True),
    )
    text = render_screen(Screen("A", (), (Listing(heads, lines),)), Terminal(40)).splitlines()
    assert text[2:] == [
        "  What",
        "              One            Two",
        "  Heading",
        "  A title of several words that has no",
        "    room in a narrow column",
        "    1,234,567,890  2,345,678,901",
    ]


def test_figures_wider_than_the_terminal_are_cut_with_a_mark() -> None:
    """Nothing is over the width, and what is not whole is seen not to be."""
    lines = (Line((Cell("Title"), Cell("1,234,567,890"), Cell("2,345,678,901"))),)
    heads = (Head(grows=True), Head(right=True), Head(right=True))
    text = render_screen(Screen("A", (), (Listing(heads, lines),)), Terminal(24))
    assert max(map(cell_len, text.splitlines())) <= 24
    assert "…" in text
    assert "~" in render_screen(
        Screen("A", (), (Listing(heads, lines),)), Terminal(24, ascii_only=True)
    )


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("£2.4bn to £3.0bn", "GBP 2.4bn to GBP 3.0bn"),
        ("£ million, cash", "GBP million, cash"),
        ("0–560", "0-560"),
        ("“Café”", '"Cafe"'),
        ("日本", "??"),
        ("plain", "plain"),
    ],
)
def test_a_text_in_ascii(text: str, plain: str) -> None:
    """A sign is named or drawn otherwise, an accent is left out, another script is marked."""
    assert ascii_only(text) == plain


def test_a_screen_in_ascii_has_no_other_letter() -> None:
    """Its footnotes, folded rows, scale and ways included."""

    def rest(hidden: Sequence[Line]) -> Line:
        return Line((Cell(f"{len(hidden)} more – £"), Cell("")))

    lines = tuple(Line((Cell(f"é{n}", note="¹ “a”"), Cell("£1"))) for n in range(9))
    figure = Range(Decimal(20), Decimal(20), Decimal(100))
    scale = Scale(((Decimal(0), "£0"), (Decimal(100), "£100")), Decimal(100))
    ranged = Listing((Head("What"), Head(grows=True)), (Line((Cell("é"), figure)),), scale=scale)
    total = Line((Cell("Total"), Cell("£9")), LineKind.TOTAL)
    listing = Listing((Head("£", grows=True), Head("é", right=True)), lines, total, folded=rest)
    screen = Screen("£", ("é",), (listing, ranged), ("–",), ("—",), (("é", "--é"),))
    for height in (12, None):
        text = render_screen(screen, Terminal(40, height, ascii_only=True))
        assert text.isascii()
        assert "[1]" in text


def test_a_long_way_to_see_more_is_broken() -> None:
    """On a narrow terminal it goes on below."""
    screen = Screen("A", ways=((LONG, "--all"),))
    assert max(map(cell_len, render_screen(screen, Terminal(30)).splitlines())) <= 30


@given(st.lists(st.integers(1, 30), min_size=4, max_size=20), st.integers(12, 30))
def test_rows_of_several_lines_leave_no_room_unused(lengths: list[int], height: int) -> None:
    """As many rows are shown as fit: one more would not."""
    titles = ["word " * length for length in lengths]
    lines = tuple(Line((Cell(title), Cell("1"))) for title in titles)
    heads = (Head(grows=True, wraps=True), Head())
    listing = Listing(heads, lines, folded=_rest)
    screen = Screen("A", (), (listing,))
    drawn = render_screen(screen, Terminal(40, height)).splitlines()
    counted = re.search(r"and (\d+) more", "\n".join(drawn))
    if counted is None:
        assert drawn == render_screen(screen, Terminal(40)).splitlines()
        return
    hidden = int(counted[1])
    fewer = 0 if hidden == 2 else hidden - 1
    shown = lines[: len(lines) - fewer]
    rest = (_rest(lines[-fewer:]),) if fewer else ()
    more = Screen("A", (), (Listing(heads, (*shown, *rest)),))
    assert len(render_screen(more, Terminal(40)).splitlines()) > height


def test_the_key_of_ranges_is_in_ascii_too() -> None:
    """What the letters of a range stand for is spelt out where the terminal has no more."""
    scale = Scale(SCALE.marks, SCALE.target, stated="as stated", aim="£2.6bn")
    figure = Range(Decimal(20), Decimal(20), Decimal(100))
    listing = Listing((Head("What"), Head(grows=True)), (Line((Cell("x"), figure)),), scale=scale)
    text = render_screen(Screen("A", (), (listing,)), Terminal(40, ascii_only=True))
    assert text.isascii()
    assert "least to most" in text
