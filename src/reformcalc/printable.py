"""What a terminal would obey, or nobody could see, and what to print in its place."""

from __future__ import annotations

import re

# What Unicode lets a program leave out of sight (Default_Ignorable_Code_Point): hyphens, joiners
# and fillers that take no room, marks that reorder text or choose between forms of a letter.
HIDDEN = (
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff"
)
# Control characters, line separators, marks of annotations and of hieroglyphs that stand for no
# letter, and patterns with nothing to see. A line end and a tab can be written in YAML. Surrogates
# stand for the bytes of a name that is not UTF-8, and cannot be written as that.
_OBEYED = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufff9-\ufffb\U00013430-\U0001343f\ud800-\udfff"
    "\u2800\U0001d159"
)
# None of them belongs in a title or a quotation, nor in the emoji that some of them join.
UNPRINTABLE = re.compile(f"[{HIDDEN}{_OBEYED}]")
_PLAIN = bytes([ord("\n"), *range(ord(" "), ord("~") + 1)])  # what most of a text consists of
_REPLACEMENT = "\ufffd"


def printable(text: str) -> str:
    """Return text on one line with every letter a terminal would obey replaced by one mark.

    What is no letter at all is replaced too, so that the text can be written as UTF-8.
    """
    if text.isascii() and text.isprintable():  # as most is: soon seen
        return text
    return UNPRINTABLE.sub(_REPLACEMENT, text.replace("\n", " ").replace("\t", " "))


def unseen(text: str) -> list[str]:
    """Name the letters of a text that nobody can see, each once."""
    found = dict.fromkeys(UNPRINTABLE.findall(text))
    if not found:
        return []
    import unicodedata  # noqa: PLC0415  a megabyte, and rarely asked for

    return [unicodedata.name(one, "").lower() or f"U+{ord(one):04X}" for one in found]


def on_the_web(address: str) -> bool:
    """Whether an address leads to a page. To follow another, as "javascript:", could do harm."""
    return re.match(r"https?://", address, re.IGNORECASE) is not None


def is_address(text: str) -> bool:
    """Whether a text is an address, as file:///a or https://a, and no path."""
    return re.match(r"[a-z][a-z0-9+.-]+://", text, re.IGNORECASE) is not None


def surely_printable(text: str) -> bool:
    """Whether a text holds nothing of that, nor any odd space: soon seen, however long it is."""
    rest = text.encode("utf-8", "surrogatepass").translate(None, _PLAIN)
    others = rest.decode("utf-8", "surrogatepass")
    return others.isprintable() and not UNPRINTABLE.search(others)
