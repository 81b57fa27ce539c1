"""What a screen would obey, or nobody could see."""

from __future__ import annotations

import sys
from unicodedata import category

import pytest

from reformcalc.printable import UNPRINTABLE, printable, surely_printable

REFUSED = UNPRINTABLE.findall("".join(map(chr, range(sys.maxunicode + 1))))


def test_what_is_refused_is_never_surely_printable() -> None:
    """The quick look lets nothing pass that the long one would find."""
    assert "\u3164" in REFUSED
    assert "\U000e01ef" in REFUSED
    assert [one for one in REFUSED if surely_printable(f"a{one}😀")] == []


# Unicode 16, DerivedCoreProperties.txt: Default_Ignorable_Code_Point.
IGNORABLE = (
    "AD 34F 61C 115F-1160 17B4-17B5 180B-180F 200B-200F 202A-202E 2060-206F 3164 FE00-FE0F FEFF "
    "FFA0 FFF0-FFF8 1BCA0-1BCA3 1D173-1D17A E0000-E0FFF"
)
# PropList.txt: Prepended_Concatenation_Mark, signs of formatting that are seen.
SEEN = {*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD}


def test_what_may_be_left_out_of_sight_is_refused() -> None:
    """Whatever Unicode lets a screen ignore, and every sign that only formats or separates."""
    ignorable = {
        chr(code)
        for ends in (run.split("-") for run in IGNORABLE.split())
        for code in range(int(ends[0], 16), int(ends[-1], 16) + 1)
    }
    assert ignorable <= {*REFUSED}
    kinds = {"Cc", "Cf", "Zl", "Zp", "Cs"}
    formatting = {one for one in map(chr, range(sys.maxunicode + 1)) if category(one) in kinds}
    assert formatting - {*REFUSED} == {"\n", "\t", *map(chr, SEEN & {*map(ord, formatting)})}


def test_what_takes_room_is_let_through() -> None:
    """No letter, digit, sign or space that is seen is refused: of other kinds only fillers are."""
    blank = {"\u115f", "\u1160", "\u3164", "\uffa0", "\u2800", "\U0001d159"}
    seen = {one for one in REFUSED if category(one)[0] in "LNPSZ"} - {"\u2028", "\u2029"}
    assert seen == blank


@pytest.mark.parametrize("text", ["£5m\n", "a ’", "a 😀", "日本\n"])
def test_what_can_be_seen_needs_no_second_look(text: str) -> None:
    """Other scripts, curly quotes and pictures are seen at once to be printable."""
    assert surely_printable(text)
    assert printable(text).rstrip() == text.rstrip()
