"""Text and attributes as HTML: everything that comes from data goes through here."""

from __future__ import annotations

import html
import re

# What HTML and XML may not hold, and marks that turn the direction of the text after them.
_UNWANTED = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]"
)


def escaped(value: object) -> str:
    """Return text that no browser reads as markup."""
    return html.escape(_UNWANTED.sub("\ufffd", str(value)), quote=True)


def element(name: str, content: str = "", **attributes: object) -> str:
    """Return an element around markup; its attributes are escaped. `class_` is written class."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escaped(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}>{content}</{name}>"


def linked(address: str, text: str) -> str:
    """Return a link, or the address as text where it is not one of the web."""
    if re.match(r"https?://", address, re.IGNORECASE):
        return element("a", escaped(text), href=address, rel="noreferrer")
    return escaped(text)
