"""Bodies: who is a member of whom, and which one is meant by a name or a code."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from reformcalc.record.model import Body


class Groups:
    """The bodies of a record, and the groups that they are members of."""

    def __init__(self, bodies: Mapping[str, Body]) -> None:
        """Work out the members of each group."""
        self._groups = {id_: body.member_of for id_, body in bodies.items()}
        self._kinds = {id_: body.kind for id_, body in bodies.items()}
        self._members: dict[str, list[str]] = {}
        for id_, groups in self._groups.items():
            for group in groups:
                self._members.setdefault(group, []).append(id_)

    def above(self, ids: Iterable[str]) -> set[str]:
        """Return all that some bodies are members of, however far up: its duties are theirs."""
        return _reached(ids, self._groups)

    def below(self, ids: Iterable[str]) -> set[str]:
        """Return all the members of some bodies, however far down."""
        return _reached(ids, self._members)

    def ends(self, id_: str) -> set[str]:
        """Return the members of a body that have none themselves: of a region, its councils."""
        return {one for one in self.below([id_]) if one not in self._members}

    def widest(self, id_: str) -> str:
        """Return the group that a body is in at last: of a council all councils, not its region."""
        while groups := self._groups[id_]:
            id_ = groups[0]
        return id_

    def is_local(self, id_: str) -> bool:
        """Whether a body is a council or a region: what it alone does is of one place.

        A council is a member of a group, and has no members.
        """
        one_place = id_ not in self._members or self._kinds[id_] == "region"
        return bool(self._groups[id_]) and one_place


def _reached(starts: Iterable[str], following: Mapping[str, Iterable[str]]) -> set[str]:
    """Return all that some ids lead to, however many steps away; a start only if it is led to."""
    found: set[str] = set()
    waiting = [*starts]
    while waiting:
        reached = {*following.get(waiting.pop(), ())} - found
        found |= reached
        waiting += reached
    return found


# Words that stand in the full name of a council, and that people leave out.
_FORMAL = frozenset(
    ("the", "and", "of", "city", "county", "council", "councils", "borough", "metropolitan",
     "district", "royal", "unitary", "authority", "corporation", "bc", "cc",
     "dc", "lb", "mbc", "mdc", "rb")
)  # fmt: skip


_APOSTROPHES = dict.fromkeys(map(ord, "'\N{RIGHT SINGLE QUOTATION MARK}"))


def find(bodies: Mapping[str, Body], said: str, *, in_part: bool = True) -> tuple[str, ...]:
    """Return the bodies that may be meant: by an id, a code, any usual name, or a part of one.

    Case, accents, punctuation, "&" for "and" and words such as "Council" or "City of" do not
    matter. What is said in full goes before what leaves words out, which may be of several:
    "Durham" is County Durham, "Cheshire" is either of two.
    """
    for match in (_by_code, _in_full, _informally, *([_in_part] if in_part else ())):
        is_meant = match(said)
        if found := tuple(id_ for id_, body in bodies.items() if is_meant(id_, body)):
            return found
    return ()


def _names(id_: str, body: Body) -> Iterator[str]:
    yield id_
    yield body.title
    if body.short:
        yield body.short
    yield from body.also_called


def _by_code(said: str) -> Callable[[str, Body], bool]:
    code = said.strip()
    return lambda id_, body: id_ == code or code.upper() in (one for _, one in body.every_code)


def _in_full(said: str) -> Callable[[str, Body], bool]:
    wanted = _words(said)
    return lambda id_, body: any(_words(name) == wanted for name in _names(id_, body))


def _informally(said: str) -> Callable[[str, Body], bool]:
    wanted = _without_formal(said)
    return lambda id_, body: (
        bool(wanted) and any(_without_formal(name) == wanted for name in _names(id_, body))
    )


def _in_part(said: str) -> Callable[[str, Body], bool]:
    wanted = {*_without_formal(said)}
    tells = any(len(word) > 2 for word in wanted)  # "a" and "in" stand in many a name
    return lambda id_, body: tells and any(wanted <= {*_words(name)} for name in _names(id_, body))


def same_place(name: str, said: str) -> bool:
    """Whether a name is said, but for what does not matter: "Cardiff Council" for Cardiff."""
    wanted = _without_formal(said)
    return bool(wanted) and _without_formal(name) == wanted


def _words(name: str) -> list[str]:
    """Return the words of a name: small letters without accents, "&" as "and"."""
    bare = unicodedata.normalize("NFKD", name.replace("&", " and ")).casefold()
    bare = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return re.findall(r"[a-z0-9]+", bare.translate(_APOSTROPHES))


def _without_formal(name: str) -> list[str]:
    """Return the words of a name by which a place is told from another."""
    words = _words(name)
    if words[:2] == ["london", "borough"]:
        words = words[2:]
    return [word for word in words if word not in _FORMAL]
