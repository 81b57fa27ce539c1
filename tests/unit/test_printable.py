"""What a screen would obey, or nobody could see."""

from __future__ import annotations

import sys

import pytest

from reformcalc.printable import UNPRINTABLE, printable, surely_printable

REFUSED = UNPRINTABLE.findall("".join(map(chr, range(sys.maxunicode + 1))))


def test_what_is_refused_is_never_surely_printable() -> None:
    """The quick look lets nothing pass that the long one would find."""
    assert "\u3164" in REFUSED
    assert "\U000e01ef" in REFUSED
    assert [one for one in REFUSED if surely_printable(f"a{one}😀")] == []


@pytest.mark.parametrize("text", ["£5m\n", "a ’", "a 😀", "日本\n"])
def test_what_can_be_seen_needs_no_second_look(text: str) -> None:
    """Other scripts, curly quotes and pictures are seen at once to be printable."""
    assert surely_printable(text)
    assert printable(text).rstrip() == text.rstrip()
