"""What a terminal would obey, or nobody could see, and what to print in its place."""

from __future__ import annotations

import re

# Control characters, line separators, and marks that reorder text or take no room on a screen.
# None of them belongs in a title or a quotation. A line end and a tab can be written in YAML.
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069"
    "\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_REPLACEMENT = "\ufffd"


def printable(text: str) -> str:
    """Return text on one line with every letter a terminal would obey replaced by one mark."""
    return UNPRINTABLE.sub(_REPLACEMENT, text.replace("\n", " ").replace("\t", " "))
