"""Elements of our own making, for charts; text and attributes that they are given are escaped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from reformcalc.printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterable


def escaped(value: object) -> Markup:
    """Return text that no browser reads as markup; what is markup already stays."""
    return value if isinstance(value, Markup) else escape(printable(str(value)))


def element(name: str, content: str = "", **attributes: object) -> Markup:
    """Return an element around text or markup. `class_` is written class."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escaped(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    # All that is not a name of our own was escaped just now; `format` takes three times as long.
    return _markup(f"<{name}{written}>{escaped(content)}</{name}>")


def joined(parts: Iterable[Markup]) -> Markup:
    """Return pieces of markup as one."""
    # `Markup.join` makes each piece anew.
    return _markup("".join(parts))  # each is markup by its type


def _markup(text: str) -> Markup:
    # `Markup` asks each text first whether it is markup already, which takes as long again.
    return str.__new__(Markup, text)
