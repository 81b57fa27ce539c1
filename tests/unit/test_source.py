"""YAML text to plain values, each with the place where it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml

from reformcalc import load
from reformcalc.findings import Position
from reformcalc.reading.source import MAX_DEPTH, parse

if TYPE_CHECKING:
    from pathlib import Path

    from reformcalc.findings import Route

BLOCK = """\
commitments:
  send:
    amount: £45m
    topics:
      - fostering
      - says: words
"""
FLOW = "{a: [1, {b: c}], d: 'e f'}\n"
QUOTED = """\
one: "q 'x'"
two: |
  first
  second
three: >-
  folded
  text
four: plain
  over two lines
"""


@pytest.mark.parametrize(
    ("text", "route", "value", "key"),
    [
        pytest.param(BLOCK, ("commitments",), (2, 3, 1), (1, 1, 11), id="block mapping"),
        pytest.param(BLOCK, ("commitments", "send"), (3, 5, 1), (2, 3, 4), id="nested mapping"),
        pytest.param(
            BLOCK, ("commitments", "send", "amount"), (3, 13, 4), (3, 5, 6), id="block scalar"
        ),
        pytest.param(
            BLOCK, ("commitments", "send", "topics"), (5, 7, 1), (4, 5, 6), id="block list"
        ),
        pytest.param(
            BLOCK, ("commitments", "send", "topics", 0), (5, 9, 9), (5, 9, 9), id="list item"
        ),
        pytest.param(
            BLOCK,
            ("commitments", "send", "topics", 1, "says"),
            (6, 15, 5),
            (6, 9, 4),
            id="mapping in a list",
        ),
        pytest.param(FLOW, ("a",), (1, 5, 1), (1, 2, 1), id="flow list"),
        pytest.param(FLOW, ("a", 0), (1, 6, 1), (1, 6, 1), id="flow item"),
        pytest.param(FLOW, ("a", 1, "b"), (1, 13, 1), (1, 10, 1), id="flow mapping"),
        pytest.param(FLOW, ("d",), (1, 21, 5), (1, 18, 1), id="quotes are part of the width"),
        pytest.param(QUOTED, ("one",), (1, 6, 7), (1, 1, 3), id="double quotes"),
        pytest.param(QUOTED, ("two",), (2, 6, 1), (2, 1, 3), id="literal scalar"),
        pytest.param(QUOTED, ("three",), (5, 8, 1), (5, 1, 5), id="folded scalar"),
        pytest.param(QUOTED, ("four",), (8, 7, 1), (8, 1, 4), id="plain scalar over two lines"),
        pytest.param("a: 😀 £5\n", ("a",), (1, 4, 4), (1, 1, 1), id="columns are characters"),
        pytest.param("£: 1\n", ("£",), (1, 4, 1), (1, 1, 1), id="a key that is not ASCII"),
        pytest.param("'a b': 1\n", ("a b",), (1, 8, 1), (1, 1, 5), id="a quoted key"),
    ],
)
def test_every_value_and_key_has_its_place(
    text: str, route: Route, value: tuple[int, int, int], key: tuple[int, int, int]
) -> None:
    """Line and column count from 1, width in characters; what spans lines has a width of 1."""
    parsed = parse(text)
    assert parsed.findings == ()
    assert parsed.locate(route) == Position(*value)
    assert parsed.locate(route, on_key=True) == Position(*key)


def test_multi_line_scalars_are_read_as_yaml_says() -> None:
    """Literal text keeps its lines, folded and plain text is one line, quotes are dropped."""
    assert parse(QUOTED).value == {
        "one": "q 'x'",
        "two": "first\nsecond\n",
        "three": "folded text",
        "four": "plain over two lines",
    }


@pytest.mark.parametrize(
    "scalar",
    [
        "no",
        "Yes",
        "012",
        "1.10",
        "12:30",
        "2.6e9",
        "~",
        "null",
        "2023-12-31",
        "0x1F",
        ".5",
        "1_000",
    ],
)
def test_every_scalar_stays_the_text_that_was_written(scalar: str) -> None:
    """Nothing becomes a boolean, a number, a time or a null."""
    assert parse(f"a: {scalar}\n{scalar}: b\n").value == {"a": scalar, scalar: "b"}


@pytest.mark.parametrize("text", ["a:\n", "a: ''\n", 'a: ""\n', "? a\n"])
def test_a_value_that_is_not_there_is_empty_text(text: str) -> None:
    """A key without a value has the empty text, which a field then refuses by name."""
    assert parse(text).value == {"a": ""}


@pytest.mark.parametrize(
    ("route", "value", "key"),
    [
        pytest.param(("commitments", "send", "pillar"), (3, 5), (2, 3), id="no such field"),
        pytest.param(("commitments", "send", "amount", "from", 2), (3, 13), (3, 5), id="in text"),
        pytest.param(("commitments", "send", "topics", 7), (5, 7), (4, 5), id="past a list's end"),
        pytest.param(("commitments", "other", "amount"), (2, 3), (1, 1), id="no such entry"),
        pytest.param(("sources",), (1, 1), (1, 1), id="no such section"),
        pytest.param((), (1, 1), (1, 1), id="the whole"),
    ],
)
def test_what_is_not_written_is_at_its_nearest_written_ancestor(
    route: Route, value: tuple[int, int], key: tuple[int, int]
) -> None:
    """A route that leads nowhere has the place of the last step that is written."""
    parsed = parse(BLOCK)
    assert parsed.locate(route)[:2] == value
    assert parsed.locate(route, on_key=True)[:2] == key


@pytest.mark.parametrize(
    ("route", "at"),
    [
        pytest.param(("topics", 0), (1, 9), id="a value for a list of one"),
        pytest.param(("amount", 0, "is"), (2, 9), id="an amount for one dated amount"),
        pytest.param(("outcome", 0, "met"), (4, 8), id="a mapping for a list of one"),
        pytest.param(("part_of", 0, "in"), (5, 10), id="an id for a membership"),
    ],
)
def test_a_lone_value_is_found_where_a_list_could_stand(route: Route, at: tuple[int, int]) -> None:
    """The model reads one value as a list of one: steps that are not written are passed over."""
    text = "topics: fostering\namount: £45m\noutcome:\n  met: 2027\npart_of: pot\n"
    assert parse(text).locate(route)[:2] == at


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        pytest.param("a:\n\tb: c\n", "spaces, not tabs", id="tab"),
        pytest.param(
            "a:\n\xa0\xa0b: c\n",
            "at the beginning of this line is another character",
            id="odd indent",
        ),
        pytest.param("a:\xa0b\nc: d\n", "after the colon is another character", id="odd space"),
        pytest.param("a: @b\n", "quotes around", id="at sign"),
        pytest.param("a: b\nc d\n", 'after the name; write "c: d"', id="no colon"),
        pytest.param("a: says: words\n", "holds a colon", id="colon"),
        pytest.param('a: "words\n', "not closed", id="quotation mark"),
        pytest.param(
            'a: "b" c\n', "put quotes around the whole text", id="text after a quoted one"
        ),
        pytest.param("a: 'b's c'\n", "of the kind that is not in it", id="apostrophe"),
        pytest.param("a: * b\n", "text that begins so", id="asterisk"),
        pytest.param("a: & b\n", "text that begins so", id="ampersand"),
        pytest.param("a: | b\n", "text that begins so", id="bar"),
        pytest.param("a: - b\n", "text that begins so", id="dash"),
        pytest.param("a: , b\n", "text that begins so", id="comma"),
        pytest.param("a: {{ b }}\n", "text that begins with a bracket", id="placeholder"),
        pytest.param("a: [b]]\n", "was not opened", id="bracket"),
        pytest.param(
            "a: b\n  c: d\n",
            "begins with 2 spaces, and those that it belongs with begin with 0",
            id="indent",
        ),
        pytest.param('a: "\\Users"\n', "use single quotes", id="path"),
        pytest.param('a: "\\q"\n', "use single quotes", id="escape"),
        pytest.param(
            "a: \n  b: c\n d: e\n",
            "begins with 1 space, and those that it belongs with begin with 2",
            id="indent too small",
        ),
        pytest.param("a: \n  -{b: c, d: e}\n", "a space after the dash", id="no space"),
        pytest.param("a: Kin: offer\n", 'write a: "Kin: offer"', id="a text with a colon"),
        pytest.param('a: Kin: "x"\n', "write a: 'Kin: \"x\"'", id="with a quotation too"),
        pytest.param("a: “Kin: x”\n", 'write a: "Kin: x"', id="in curly quotes"),
        pytest.param('a: "x\nb: c\n', 'write a: "x"', id="a quotation on its line"),
        pytest.param("a:\n  b: c\n\td: e\n", "press the space bar 2 times", id="a tab below"),
        pytest.param("a:\n  b:c\n  d: e\n", '(line 2); write "b: c"', id="no space above"),
        pytest.param("a:\n  b: c\n  d:e\n", 'after the colon; write "d: e"', id="no space here"),
        pytest.param("a:\n  b\n    c: d\n", '(the line above); write "b:"', id="a bare name"),
        pytest.param("a:\n  -b: c\n   d: e\n", '(line 2); write "- b: c"', id="a glued hyphen"),
        pytest.param("a:\n  – b: c\n    d: e\n", 'write "- b: c"', id="an en dash"),
        pytest.param("a:\n  • b\n  c: d\n", "hyphen, not with", id="a bullet"),
        pytest.param("a:\n  * b\n", 'not with "*"; write "- b"', id="a star"),
    ],
)
def test_a_slip_in_yaml_is_explained(text: str, hint: str) -> None:
    """The message says in a user's words what the parser most likely stumbled over."""
    (finding,) = parse(text).findings
    assert finding.rule in ("valid-yaml", "text-keys")
    assert hint in finding.message


@pytest.mark.parametrize(
    ("text", "rule", "place"),
    [
        pytest.param("a: &x b\n", "no-aliases", (1, 4), id="anchor"),
        pytest.param("a: b\nc: *x\n", "no-aliases", (2, 4), id="alias"),
        pytest.param("a: {b: c}\n*x : d\n", "no-aliases", (2, 1), id="alias as a key"),
        pytest.param("a: !!int 3\n", "no-tags", (1, 4), id="tag"),
        pytest.param("a: !!python/object:os.system {}\n", "no-tags", (1, 4), id="python tag"),
        pytest.param("a: b\na: c\n", "duplicate-key", (2, 1), id="duplicate key"),
        pytest.param("{a: b, a: c}\n", "duplicate-key", (1, 8), id="duplicate key in flow"),
        pytest.param("a: b\n---\nc: d\n", "one-document", (2, 1), id="second document"),
        pytest.param("? [a]\n: b\n", "text-keys", (1, 3), id="list as a key"),
        pytest.param("{a: b}: c\n", "text-keys", (1, 1), id="mapping as a key"),
        pytest.param("a: [b\n", "valid-yaml", (1, 4), id="an open bracket"),
        pytest.param("a: {b: c d: e}\n", "valid-yaml", (1, 11), id="a comma is missing"),
        pytest.param("a b\nc: d\n", "valid-yaml", (1, 1), id="no colon in the first line"),
        pytest.param("a: b: c\n", "valid-yaml", (1, 5), id="two colons"),
        pytest.param("a: b\nc d\n", "valid-yaml", (2, 1), id="no colon in the last line"),
        pytest.param("a: b\nc: \x07\n", "valid-yaml", (2, 4), id="a control character"),
        pytest.param("a: b # \u2028c: d\n", "printable-text", (1, 8), id="a break in a comment"),
        pytest.param("a: b\nc: d\x85e\n", "printable-text", (2, 5), id="a break in a text"),
        pytest.param('a: "\\u202e"\n', "printable-text", (1, 4), id="a mark that reorders text"),
        pytest.param("[" * 30_000, "nesting-depth", (1, MAX_DEPTH + 1), id="30,000 brackets"),
        pytest.param("{a: " * 30_000, "nesting-depth", (1, 4 * MAX_DEPTH + 1), id="30,000 braces"),
        pytest.param("- " * 30_000, "nesting-depth", (1, 2 * MAX_DEPTH + 1), id="30,000 dashes"),
        pytest.param(
            "a:\n  <<: {b: c}\n",
            "no-aliases",
            (2, 3),
            id="merge key",
        ),
    ],
)
def test_what_yaml_allows_and_a_dataset_does_not_need_is_a_finding(
    text: str, rule: str, place: tuple[int, int]
) -> None:
    """Each is refused where it stands, without an exception."""
    found = [(one.rule, one.at[:2] if one.at else None) for one in parse(text).findings]
    assert (rule, place) in found


@pytest.mark.parametrize("text", ["", "\n\n", "# a comment\n", "---\n", "''\n"])
def test_an_empty_file_is_a_finding(text: str) -> None:
    """A file without a value is told so, and has no value."""
    parsed = parse(text)
    assert parsed.value is None
    assert [one.rule for one in parsed.findings] == ["not-empty"]


def test_the_deepest_allowed_nesting_is_read() -> None:
    """Twenty levels are allowed, and not one more."""
    assert parse("[" * MAX_DEPTH + "]" * MAX_DEPTH).findings == ()
    deeper = parse("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1))
    assert [one.rule for one in deeper.findings] == ["nesting-depth"]


def _blocks(depth: int) -> str:
    return "".join(f"{' ' * level}a:\n" for level in range(depth))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a: " + "[" * 2_000, [("nesting-depth", 1, 23)], id="beside a key"),
        pytest.param("é: [" + "[" * 2_000, [("nesting-depth", 1, 23)], id="after letters"),
        pytest.param("a: b\r\nc: " + "[" * 999, [("nesting-depth", 2, 23)], id="other lines"),
        pytest.param("[\n" * 3_000, [("nesting-depth", 21, 1)], id="on lines of their own"),
        pytest.param("{a: [" * 900, [("nesting-depth", 1, 51)], id="braces and brackets"),
        pytest.param("- - {a: [" + "[" * 2_000, [("nesting-depth", 1, 26)], id="blocks and flow"),
        pytest.param("- " * 1_200 + "a\n", [("nesting-depth", 1, 41)], id="dashes"),
        pytest.param(_blocks(1_200), [("nesting-depth", 21, 21)], id="blocks"),
        pytest.param(_blocks(19) + " " * 19 + "[" * 999, [("nesting-depth", 20, 21)], id="both"),
        pytest.param("[" * 900 + "@", [("nesting-depth", 1, 21)], id="before a fault"),
        pytest.param("[" * 21 + "\x01", [("nesting-depth", 1, 21)], id="before no character"),
        pytest.param("[" * 21 + "\ud800", [("nesting-depth", 1, 21)], id="before half of one"),
        pytest.param("[" * 20 + "@", [("valid-yaml", 1, 21)], id="not too deep, and a fault"),
        pytest.param(
            "a: b\na: c\nd: " + "[" * 2_000,
            [("duplicate-key", 2, 1), ("nesting-depth", 3, 23)],
            id="after another finding",
        ),
        pytest.param(
            "[!!str a, !!str b, " + "[" * 2_000,
            [("no-tags", 1, 2), ("no-tags", 1, 11), ("nesting-depth", 1, 39)],
            id="after findings on its line",
        ),
        pytest.param("a: @\nb: " + "[" * 2_000, [("valid-yaml", 1, 4)], id="after a fault"),
        pytest.param("? " * 1_200 + "a", [("text-keys", 1, 3)], id="keys in keys"),
        pytest.param("{" * 2_000, [("text-keys", 1, 2)], id="braces in braces"),
        pytest.param("? " + "[" * 2_000, [("text-keys", 1, 3)], id="brackets in a key"),
    ],
)
def test_the_first_thing_too_deep_is_found_whatever_the_parser_does(
    text: str, expected: list[tuple[str, int, int]]
) -> None:
    """A limit of the parser's own, or a fault that it finds by reading ahead, changes nothing."""
    parsed = parse(text)
    assert parsed.value is None
    assert [(one.rule, *one.at[:2]) for one in parsed.findings if one.at] == expected


@pytest.mark.parametrize("second", ["text", "{b: c}", "[b, [c]]"])
def test_the_first_of_two_values_is_kept(second: str) -> None:
    """The value of a refused key is left out whole, and what follows is read."""
    assert parse(f"a: 1\na: {second}\nd: 2\n").value == {"a": "1", "d": "2"}


def test_what_follows_an_alias_as_a_key_is_read() -> None:
    """Its value is left out with it, and no key is taken for a value."""
    parsed = parse("a: &x b\n*x : c\nd: {e: f}\n")
    assert parsed.value == {"a": "b", "d": {"e": "f"}}
    assert [one.rule for one in parsed.findings] == ["no-aliases", "no-aliases"]


def test_windows_line_ends_move_nothing() -> None:
    """A file with CRLF has the values and places of the same file with LF."""
    unix, windows = parse(BLOCK), parse(BLOCK.replace("\n", "\r\n"))
    assert windows.value == unix.value
    route = ("commitments", "send", "topics", 1, "says")
    assert windows.locate(route) == unix.locate(route)


@pytest.mark.parametrize("text", ["a: 😀\n", "a: 👍🏽 e\u0301 # ✓\n", "a: 日本\n"])
def test_what_can_be_seen_is_text(text: str) -> None:
    """Pictures, marks over letters and other scripts are refused nowhere."""
    assert parse(text).findings == ()


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_an_ordinary_text_is_read_once(ends: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is looked at more closely where there is nothing to report or to point at."""
    text = BLOCK.replace("\n", ends)
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    events = len(list(yaml.parse(text, loader)))
    take, taken = loader.get_event, []

    def counted(self: Any) -> Any:
        taken.append(take(self))
        return taken[-1]

    monkeypatch.setattr(loader, "get_event", counted)
    parsed = parse(text)
    assert len(taken) == events
    assert parsed.value == parse(BLOCK).value
    assert parsed.findings == ()


@pytest.mark.parametrize(
    "text", ["a: £45\xa0million\n", "a: b\xa0c: d\n", "# a:\xa0b\na: >-\n  c\n  d\xa0e\n"]
)
def test_an_odd_space_between_words_is_text(text: str) -> None:
    """What was copied from a document may hold them: they are refused where YAML needs its own."""
    assert not any("U+00A0" in one.message for one in parse(text).findings)


def test_half_a_character_is_a_finding() -> None:
    """A lone surrogate is refused as a character, never raised: parse says it never raises."""
    assert [one.rule for one in parse("a: \ud800\n").findings] == ["valid-yaml"]


ABOUT = """\
about:
  title: A test record
  subject: nothing real
  publisher: Tests
  version: "1"
  licence: none
  reviewed: 2026-11-21
"""


@pytest.mark.parametrize(
    ("start", "ends"),
    [
        pytest.param(b"", "\n", id="plain"),
        pytest.param(b"\xef\xbb\xbf", "\n", id="byte order mark"),
        pytest.param(b"\xef\xbb\xbf", "\r\n", id="byte order mark and CRLF, as Windows saves"),
    ],
)
def test_a_file_is_read_however_it_was_saved(tmp_path: Path, start: bytes, ends: str) -> None:
    """UTF-8 with or without its mark, LF or CRLF, is the same dataset with the same places."""
    path = tmp_path / "record.yaml"
    path.write_bytes(start + (ABOUT + "titel: x\n").replace("\n", ends).encode())
    loaded = load(path)
    places = [(one.finding.rule, one.position.line, one.position.column) for one in loaded.findings]
    assert ("unknown-field", 8, 1) in places
    assert loaded.dataset is not None
    assert loaded.dataset.about.title == "A test record"


def test_a_file_that_is_not_utf8_is_a_finding_at_its_first_bad_byte(tmp_path: Path) -> None:
    """A pound sign saved in Windows-1252 is found where it stands."""
    path = tmp_path / "record.yaml"
    path.write_bytes(b"about:\n  title: \xa345m\n")
    (found,) = [one for one in load(path).findings if one.finding.rule == "utf8-text"]
    assert (found.position.line, found.position.column) == (2, 10)
