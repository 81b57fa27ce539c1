"""What a terminal would obey, or nobody could see, and what to print in its place."""

from __future__ import annotations

import re

_BLANK = "\u115f\u1160\u2800\u3164\uffa0"  # letters and patterns, with nothing to see
# Control characters, line separators, and marks that reorder text or take no room on a screen.
# None of them belongs in a title or a quotation. A line end and a tab can be written in YAML.
# Surrogates stand for the bytes of a name that is not UTF-8, and cannot be written as that.
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    f"\ud800-\udfff\ufeff\ufff9-\ufffb\U000e0000-\U000e01ef{_BLANK}]"
)
_REPLACEMENT = "\ufffd"


def printable(text: str) -> str:
    """Return text on one line with every letter a terminal would obey replaced by one mark.

    What is no letter at all is replaced too, so that the text can be written as UTF-8.
    """
    return UNPRINTABLE.sub(_REPLACEMENT, text.replace("\n", " ").replace("\t", " "))


def surely_printable(text: str) -> bool:
    """Whether a text holds nothing of that for certain: soon seen of most, however long.

    Python calls blank letters printable, and marks that choose between forms of a letter. All of
    those begin with the same half in UTF-16, and only a text of more halves than letters has any.
    """
    if not text.replace("\n", "").isprintable() or any(letter in text for letter in _BLANK):
        return False
    halves = text.encode("utf-16-le", "surrogatepass")
    return len(halves) == 2 * len(text) or b"\x40\xdb" not in halves
