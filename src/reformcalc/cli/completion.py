"""What the shell offers for an id or a word, from the record that the line so far names.

It runs at each press of Tab: it reads the YAML and no more, and whatever goes wrong offers nothing
and says nothing.
"""

from __future__ import annotations

import re
from contextlib import suppress
from importlib import import_module
from operator import attrgetter
from typing import TYPE_CHECKING

import typer  # noqa: TC002  typer reads the annotations at run time

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

# Shells expand and even run what they are offered: nothing but words of these letters goes there.
_HARMLESS = re.compile(r"[a-z0-9][a-z0-9-]*")
FILES = "\0files"  # in the place of a title: what stands here is the name of a file


def files(incomplete: str) -> list[tuple[str, str]]:
    """Offer the names of files, which the shell knows; without this it offers none."""
    return [(incomplete, FILES)]


def ids(*sections: str) -> Callable[[typer.Context], list[tuple[str, str]]]:
    """Offer the ids of some sections of the record, or of all, each with what it is called."""

    def offered(context: typer.Context) -> list[tuple[str, str]]:
        from reformcalc.cli.settings import Settings
        from reformcalc.reading.files import titles

        with suppress(Exception):
            found = titles(*Settings().data(context.params.get("data")))
            return _harmless(one for name in sections or found for one in found[name].items())
        return []

    return offered


def places(context: typer.Context) -> list[tuple[str, str]]:
    """Offer councils, regions and groups, each with what it is called."""
    from reformcalc.cli.settings import Settings
    from reformcalc.reading.files import members

    with suppress(Exception):
        return _harmless(members(*Settings().data(context.params.get("data"))).items())
    return []


def bodies(
    *fields: str, also_others: bool = False
) -> Callable[[typer.Context, str], list[tuple[str, str]]]:
    """Offer the bodies that entries name in some fields: not each of a hundred and more councils.

    With `also_others`, once a few letters are typed, all that begin with them.
    """

    def offered(context: typer.Context, incomplete: str) -> list[tuple[str, str]]:
        from reformcalc.cli.settings import Settings
        from reformcalc.reading.files import named_in, titles

        with suppress(Exception):
            data = Settings().data(context.params.get("data"))
            found = titles(*data).get("bodies", {})
            if also_others and incomplete:
                return _harmless(found.items())
            named = named_in(frozenset(fields), *data)
            return _harmless(one for one in found.items() if one[0] in named)
        return []

    return offered


def words(*homes: str) -> Callable[[], list[str]]:
    """Offer the words that an option takes, each from where it lives, as "module:name".

    The module is imported when a word is to be completed, and not before.
    """

    def offered() -> list[str]:
        split = (home.split(":") for home in homes)
        known = (attrgetter(name)(import_module(module)) for module, name in split)
        return [word for word, _ in _harmless((word, "") for one in known for word in one)]

    return offered


def _harmless(found: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(word, title) for word, title in found if _HARMLESS.fullmatch(word)]
