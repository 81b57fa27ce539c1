"""The question: which recommendations are asked about, how they are grouped, what answers them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from reformcalc import words
from reformcalc.answers.chosen import EVERYTHING, Chosen, admitted
from reformcalc.answers.question import Question
from reformcalc.answers.responses import (
    Answer,
    answer,
    in_words,
    money_named,
    standing,
    steps_named,
)
from reformcalc.errors import UnknownId
from reformcalc.values.money import NOUGHT

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping
    from decimal import Decimal

    from reformcalc.answers.question import TotalsRow
    from reformcalc.answers.responses import Steps
    from reformcalc.ledger.known import Known
    from reformcalc.record.model import Recommendation


class Group(NamedTuple):
    """Some recommendations under one head."""

    id: str
    title: str
    ids: tuple[str, ...]


def _by_review(record: Known, entry: Recommendation) -> tuple[str, str]:
    return entry.by, record.bodies[entry.by].name


def _by_pillar(record: Known, entry: Recommendation) -> tuple[str, str]:
    if entry.pillar is None:
        return "", "No pillar stated"
    return entry.pillar, record.pillars[entry.pillar].name


def _by_chapter(_record: Known, entry: Recommendation) -> tuple[str, str]:
    return entry.chapter, words.sentence(entry.chapter)


def _by_response(_record: Known, entry: Recommendation) -> tuple[str, str]:
    given = answer(entry)
    return given, in_words(given).capitalize()


# What recommendations can be grouped by: each to an id, and what a row calls it.
GROUPINGS: dict[str, Callable[[Known, Recommendation], tuple[str, str]]] = {
    "review": _by_review,
    "pillar": _by_pillar,
    "chapter": _by_chapter,
    "response": _by_response,
}
ANSWERS = tuple(Answer)


@dataclass(frozen=True)
class Asking:
    """Which recommendations of a day are asked about: what is chosen, and what was answered.

    `responses` keeps to those with one of these answers on the day; empty means all. Raises
    UnknownId for a grouping, an answer or an id that does not exist.
    """

    record: Known
    chosen: Chosen = EVERYTHING
    by: str = "review"
    responses: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what cannot be asked."""
        if self.by not in GROUPINGS:
            raise UnknownId("grouping", self.by, GROUPINGS)
        for one in self.responses:
            if one not in ANSWERS:
                raise UnknownId("response", one, ANSWERS)
        self.chosen.check(self.record)

    @cached_property
    def entries(self) -> Mapping[str, Recommendation]:
        """What is asked about, by id."""
        return {
            id_: entry
            for id_, entry in self.record.recommendations.items()
            if self._chosen(entry) and (not self.responses or answer(entry) in self.responses)
        }

    @property
    def made(self) -> int:
        """How many of what is chosen were made, whatever was answered."""
        return sum(map(self._chosen, self.record.recommendations.values()))

    def _chosen(self, entry: Recommendation) -> bool:
        return admitted(entry, self.chosen)

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The groups, largest first; by response, in the order of these."""
        grouped: dict[tuple[str, str], list[str]] = {}
        for id_, entry in self.entries.items():
            grouped.setdefault(GROUPINGS[self.by](self.record, entry), []).append(id_)
        found = [Group(*head, tuple(ids)) for head, ids in grouped.items()]
        if self.by == "response":
            return tuple(sorted(found, key=lambda group: ANSWERS.index(Answer(group.id))))
        return tuple(sorted(found, key=lambda group: (-len(group.ids), group.title)))

    def count(self, ids: Iterable[str]) -> Counter[Answer]:
        """Count the answers that some of them have."""
        return Counter(answer(self.entries[id_]) for id_ in ids)

    @cached_property
    def answers(self) -> Counter[Answer]:
        """How many have which answer."""
        return self.count(self.entries)

    @cached_property
    def _question(self) -> Question:
        """All money of the day: what counts in it, and what is in doubt, is decided there."""
        return Question(self.record)

    def money(self, ids: Iterable[str]) -> TotalsRow:
        """Return what the answers to some of them name, with all inside it, each pound once."""
        ledger = self.record.ledger
        named = {one for id_ in ids for one in money_named(self.entries[id_])}
        within = {one for commitment in named for one in ledger.all_of(commitment)}
        return self._question.row("", "", "total", within)

    def names_money(self, ids: Iterable[str]) -> bool:
        """Whether any answer to some of them names money."""
        return any(money_named(self.entries[id_]) for id_ in ids)

    @cached_property
    def named_again(self) -> Decimal:
        """What the rows name more than once, in pounds: they add up to so much more."""
        each = sum((self.money([id_]).amount.stated for id_ in self.entries), NOUGHT)
        return each - self.money(self.entries).amount.stated

    def steps(self, ids: Collection[str]) -> Steps:
        """Count how the steps that the answers to some of them name stand, each once."""
        named = dict.fromkeys(step for id_ in ids for step in steps_named(self.entries[id_]))
        return standing(self.record, named)
