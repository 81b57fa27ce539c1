"""What the shell offers for an id or a word, from the record that the line so far names.

It runs at each press of Tab: it reads the YAML and no more, and whatever goes wrong offers nothing
and says nothing.
"""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from importlib import import_module
from operator import attrgetter
from typing import TYPE_CHECKING

import typer  # noqa: TC002  typer reads the annotations at run time

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

# Shells expand and even run what they are offered: nothing but words of these letters goes there.
_LETTERS = re.compile(r"[^\W_]+")  # what a title is shown by beside a word
_HARMLESS = re.compile(r"[a-z0-9][a-z0-9-]*")


def ids(*sections: str) -> Callable[[typer.Context], list[str]]:
    """Offer the ids of some sections of the record, or of all."""

    def offered(context: typer.Context) -> list[str]:
        from reformcalc.cli.settings import Settings
        from reformcalc.reading.files import ids as read

        with suppress(Exception):
            found = read(*Settings().data(context.params.get("data")))
            return _harmless(id_ for name in sections or found for id_ in found.get(name, ()))
        return []

    return offered


def places(context: typer.Context) -> list[tuple[str, str]]:
    """Offer councils, regions and groups, each with what it is called."""
    from reformcalc.cli.settings import Settings
    from reformcalc.reading.files import members

    with suppress(Exception):
        found = members(*Settings().data(context.params.get("data")))
        titles = ((id_, " ".join(_LETTERS.findall(title))) for id_, title in found.items())
        return [one for one in titles if _HARMLESS.fullmatch(one[0])]
    return []


def bodies(*fields: str, also_others: bool = False) -> Callable[[typer.Context, str], list[str]]:
    """Offer the bodies that entries name in some fields: not each of a hundred and more councils.

    With `also_others`, once a few letters are typed, all that begin with them.
    """

    def offered(context: typer.Context, incomplete: str) -> list[str]:
        from reformcalc.cli.settings import Settings
        from reformcalc.reading.files import ids as read
        from reformcalc.reading.files import named_in

        with suppress(Exception):
            data = Settings().data(context.params.get("data"))
            found = read(*data).get("bodies", ())
            if also_others and incomplete:
                return _harmless(found)
            named = named_in(frozenset(fields), *data)
            return _harmless(id_ for id_ in found if id_ in named)
        return []

    return offered


def words(*homes: str) -> Callable[[], list[str]]:
    """Offer the words that an option takes, each from where it lives, as "module:name".

    The module is imported when a word is to be completed, and not before.
    """

    def offered() -> list[str]:
        split = (home.split(":") for home in homes)
        known = (attrgetter(name)(import_module(module)) for module, name in split)
        return _harmless(word for one in known for word in one)

    return offered


def hasten() -> None:
    """Where a line is only to be completed, keep typer from importing rich.

    It would strip markup from the help texts shown beside each word. Ours have none.
    """
    if "_REFORMCALC_COMPLETE" in os.environ:
        sys.modules["rich"] = None  # type: ignore[assignment]  # as if it were not installed


def _harmless(found: Iterable[str]) -> list[str]:
    return [word for word in found if _HARMLESS.fullmatch(word)]
