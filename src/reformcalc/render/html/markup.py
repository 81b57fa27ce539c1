"""Text and attributes as HTML: everything that comes from data goes through here."""

from __future__ import annotations

import html

from reformcalc.printable import printable
from reformcalc.render.cells import on_the_web


def escaped(value: object) -> str:
    """Return text that no browser reads as markup."""
    return html.escape(printable(str(value)), quote=True)


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
    if on_the_web(address):
        return element("a", escaped(text), href=address, rel="noreferrer")
    return escaped(text)
