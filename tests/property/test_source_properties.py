"""What must hold of all YAML texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from reformcalc.reading.source import MAX_DEPTH, parse, parse_in_full
from tests.conftest import tries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reformcalc.findings import Plain, Route

MARKS = (
    "a", "b", ": ", ":", "\n", "\n  ", "- ", "[", "]", "{", "}", ", ", "'", '"', "|", ">", "#",
    "&x ", "*x", "!t ", "? ", "---\n", "...\n", "\t", "£45m", "<<", "%", "~", "\r\n", "\\",
    "\ufeff", "\x00", "\u2028", "no",
)  # fmt: skip
yaml_texts = st.one_of(
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60),
    st.lists(
        st.sampled_from(MARKS),
        max_size=16,
    ).map("".join),
)


def _routes(value: Plain, route: Route = ()) -> Iterator[Route]:
    yield route
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _routes(inner, (*route, key))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _routes(inner, (*route, place))


@tries(60)
@given(yaml_texts)
def test_any_text_is_read_or_found_wrong(text: str) -> None:
    """Parsing never raises; it gives a value whose every route has a place, or a finding."""
    parsed = parse(text)
    if parsed.value is None:
        assert parsed.findings
        return
    lines = text.count("\n") + text.count("\r") + text.count("\u2028") + 1
    for route in _routes(parsed.value):
        for at in (parsed.locate(route), parsed.locate(route, on_key=True)):
            assert 1 <= at.line <= lines + 1
            assert at.column >= 1
            assert at.width >= 1


@tries(60)
@given(yaml_texts)
def test_reading_at_once_finds_what_reading_in_full_does(text: str) -> None:
    """A text that is taken for an ordinary one holds nothing that should have been reported."""
    assert parse(text) == parse_in_full(text)


plain = st.recursive(
    st.text(alphabet="abc £45mn", max_size=6),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.text(alphabet="xyz", min_size=1, max_size=3), inner, max_size=3),
    ),
    max_leaves=10,
)


def _flow(value: Plain) -> str:
    """Write plain values as YAML in one line, every scalar quoted."""
    if isinstance(value, dict):
        return "{" + ", ".join(f'"{key}": {_flow(one)}' for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(one) for one in value) + "]"
    return f'"{value}"'


@tries(15)
@given(plain)
def test_what_is_written_is_read_and_found_where_it_stands(value: Any) -> None:
    """Plain values come back as they were, and the text at each scalar's place is that scalar."""
    if value == "":
        return
    text = _flow(value)
    parsed = parse(text)
    assert parsed.findings == ()
    assert parsed.value == value
    assert parsed == parse_in_full(text)
    for route in _routes(value):
        part = value
        for step in route:
            part = part[step]
        if isinstance(part, str):
            at = parsed.locate(route)
            assert text[at.column - 1 : at.column - 1 + at.width] == f'"{part}"'


@given(
    st.lists(st.sampled_from(["[", "{a: ", "[[", "[b, "]), min_size=MAX_DEPTH + 1, max_size=40),
    st.text(alphabet="[]{},'\"@a \n\t\x01", max_size=40),
)
def test_what_follows_the_first_bracket_too_deep_changes_nothing(
    opening: list[str], rest: str
) -> None:
    """Whether it can be read or not: the text is given up at that bracket."""
    text = "".join(opening)
    deep = [place for place, letter in enumerate(text) if letter in "[{"][MAX_DEPTH]
    (finding,) = parse(text + rest).findings
    assert (finding.rule, finding.at and finding.at[:2]) == ("nesting-depth", (1, deep + 1))
