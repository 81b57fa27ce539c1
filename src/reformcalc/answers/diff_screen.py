"""What changed, on one screen: money first, then what was announced, replaced, moved and met."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.answers.chosen import admitted, singular
from reformcalc.answers.diff import Change, diff
from reformcalc.answers.entry_words import figure
from reformcalc.answers.question import Question
from reformcalc.answers.totals.groupings import outermost
from reformcalc.ledger.ledger import Standing
from reformcalc.ledger.milestones import PAST, State
from reformcalc.record.ids import entry_id
from reformcalc.record.references import ENTRY_KINDS
from reformcalc.screen import Cell, Head, Line, LineKind, Listing, Screen
from reformcalc.values.money import NOUGHT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from decimal import Decimal

    from reformcalc.answers.chosen import Chosen
    from reformcalc.answers.diff import DiffRow
    from reformcalc.ledger.known import Known

_HAPPENED = (
    State.MET, State.MET_LATE, State.PARTLY_MET, State.IN_FORCE, State.DROPPED, State.SUPERSEDED,
    State.LATE, State.ENDED,
)  # fmt: skip
_BEGAN = (State.DUE_NOW, State.UNDER_WAY)
_WAITING = (State.UPCOMING, State.DUE_NOW, State.UNDATED)
_MANY = 3  # lines of one kind of change
_GONE = {
    Standing.SUPERSEDED: "replaced by",
    Standing.RESTATED: "repeats",
    Standing.UNSURE: "in doubt, may be in",
    Standing.NEVER: "in no total",
}


@dataclass(frozen=True)
class DiffScreen:
    """What changed from one record, or day, to another, of all or of what is chosen."""

    old: Known
    new: Known
    chosen: Chosen

    def screen(self) -> Screen:
        """Set it out. Raises as `diff` does."""
        rows = diff(self.old, self.new, self.chosen).rows
        counted = self._counted(
            Counter(
                Change.RENAMED if row.change is Change.RENAMED else row.kind
                for row in rows
                if self._is_of_the_record(row)
            )
        )
        listings = [*self._money(), *self._events()]
        return Screen(
            answer=self._answer(changes=bool(rows)),
            said=tuple(self._said()),
            listings=tuple(listings),
            notes=(counted,) if counted else (),
            ways=(("Every change", "--all"), ("Money over time", "totals --over-time")),
        )

    @cached_property
    def _before(self) -> Known:
        """The record before, under the ids that entries have after."""
        return self.old.under_ids_of(self.new)[0]

    @cached_property
    def _was(self) -> Question:
        return Question(self._before, self.chosen)

    @cached_property
    def _is(self) -> Question:
        return Question(self.new, self.chosen)

    def _answer(self, *, changes: bool) -> str:
        was, now = (side.adds(side.counted) for side in (self._was, self._is))
        about = self.chosen.described(self.new)
        for_ = f" for {about}" if about else ""
        since = f"since {words.day(self.old.as_of)}" if self.old.as_of != self.new.as_of else ""
        if not changes:
            return f"Nothing changed{for_} {since or 'between the two records'}"
        if was == now == 0:
            return f"No money that counts is promised{for_}, now or {since or 'before'}".replace(
                "or since", "or on"
            )
        if was == now:
            return f"Still {words.short(now)} promised{for_}, as {since or 'before'}".replace(
                "as since", "as on"
            )
        more = f"{words.short(abs(now - was))} {'more' if now > was else 'less'}"
        then = f"on {words.day(self.old.as_of)}" if since else "before"
        return f"{words.short(now)} is promised{for_}, {more} than {then} ({words.short(was)})"

    def _said(self) -> Iterator[str]:
        """Yield the days that are compared, what is in doubt, and how much was announced."""
        parts = [f"As known on {words.day(self.new.as_of)}."]
        before, after = (side.may_add(side.unsure) for side in (self._was, self._is))
        if before != after:
            parts.append(f"In doubt: {words.short(after)}, where it was {words.short(before)}.")
        sums, dates = len(self._announced), len(self._promised)
        if sums or dates:
            of = [words.counted(n, one) for n, one in ((sums, "sum"), (dates, "date")) if n]
            parts.append(f"Newly announced: {words.listed(of)}.")
        yield " ".join(parts)

    def _money(self) -> Iterator[Listing]:
        """Yield what each sum counted then and counts now, where that changed."""
        was, now = self._by_envelope(self._was), self._by_envelope(self._is)
        changed = [id_ for id_ in {**now, **was} if was.get(id_) != now.get(id_)]
        if not changed:
            return
        changed.sort(key=lambda id_: (-abs(now.get(id_, NOUGHT) - was.get(id_, NOUGHT)), id_))
        whole = [side.adds(side.counted) for side in (self._was, self._is)]
        scaled = words.Scaled([*was.values(), *now.values(), *whole])

        def line(name: str, then: Decimal | None, now: Decimal | None) -> Line:
            moved = (now or NOUGHT) - (then or NOUGHT)
            sign = "+" if moved > 0 else "\u2212"
            cells = ("" if one is None else scaled(one) for one in (then, now))
            change = f"{sign}{scaled(abs(moved))}" if moved else "0"
            return Line((Cell(name), *map(Cell, cells), Cell(change)))

        lines = [line(self._name(id_), was.get(id_), now.get(id_)) for id_ in changed]
        total = line("Total counted", *whole)
        heads = (
            Head(f"{scaled.name}, cash", grows=True), Head("Was", right=True),
            Head("Is", right=True), Head("Change", right=True),
        )  # fmt: skip

        def rest(hidden: Sequence[Line]) -> Line:
            gone = changed[len(changed) - len(hidden) :]
            then, after = (
                sum((side.get(id_, NOUGHT) for id_ in gone), NOUGHT) for side in (was, now)
            )
            return line(f"{len(gone)} smaller changes", then, after)

        yield Listing(heads, tuple(lines), Line(total.cells, LineKind.TOTAL), folded=rest, least=3)

    def _by_envelope(self, question: Question) -> dict[str, Decimal]:
        """Return what each sum that lies in no other counts, by its id."""
        rows = outermost(question)
        return {row.id: NOUGHT + row.adds_gbp for row in rows if row.adds_gbp}

    def _name(self, id_: str) -> str:
        """Return what a sum of either side is called."""
        id_ = entry_id(id_)
        return (self.new.commitments.get(id_) or self._before.commitments[id_]).name

    @cached_property
    def _announced(self) -> list[str]:
        """The commitments that were not known before: those that count first, the largest first."""
        entries = self.new.commitments
        found = [
            id_
            for id_, entry in entries.items()
            if id_ not in self._before.commitments and admitted(entry, self.chosen)
        ]
        items = self.new.ledger.items

        def order(id_: str) -> tuple[bool, Decimal]:
            item = items.get(id_)
            return (not item.is_counted, -item.money.stated) if item else (True, NOUGHT)

        return sorted(found, key=order)

    @cached_property
    def _promised(self) -> list[str]:
        return [
            id_
            for id_, entry in self.new.milestones.items()
            if id_ not in self._before.milestones and admitted(entry, self.chosen)
        ]

    def _events(self) -> Iterator[Listing]:
        """Yield what was replaced, what came of promises, what moved, and what was announced."""
        groups: Mapping[str, list[Line]] = {
            "Replaced, repeated or put in doubt": [*self._replaced()],
            "What came of it": [*self._states(_HAPPENED)],
            "Moved": [*self._moved()],
            "Newly announced": [
                Line((Cell(self._name(id_)), Cell(""), Cell(figure(self.new, "commitments", id_))))
                for id_ in self._announced
            ],
            "Past, with no outcome found or nobody having looked": [*self._fell_past()],
            "Under way or due": [*self._states(_BEGAN)],
            "Said": [*self._spoken()],
        }
        lines: list[Line] = []
        for heading, group in groups.items():
            if group:
                number = f": {len(group)}" if len(group) > _MANY else ""
                lines.append(Line((Cell(f"{heading}{number}"),), LineKind.HEADING))
                lines += group[:_MANY]
        if lines:
            heads = (Head(grows=True), Head(most=20), Head(most=24))
            yield Listing(heads, tuple(lines), folded=_rest, least=4)

    def _replaced(self) -> Iterator[Line]:
        """Yield each sum that counted and does not any more, with what it gave way to."""
        was, items = self._before.ledger.items, self.new.ledger.items
        gone = {
            id_: item
            for id_, item in items.items()
            if id_ in was and was[id_].is_counted and item.standing in _GONE and not item.part_in
        }
        for id_, item in gone.items():
            if id_ in self._is.selected and not gone.keys() & {*item.parents}:
                by = item.by or item.doubt
                told = f"{_GONE[item.standing]} {words.listed(map(self._name, by)) if by else ''}"
                cells = (item.entry.name, words.money(item.money), told.rstrip())
                yield Line(tuple(map(Cell, cells)))

    def _spoken(self) -> Iterator[Line]:
        """Yield of what something was said that had not been said before, who said it, and when."""
        for kind in ENTRY_KINDS:
            before = self._before.section(kind)
            for id_, entry in self.new.section(kind).items():
                if id_ in before and admitted(entry, self.chosen):
                    for one in entry.statements:
                        if one not in before[id_].statements:
                            who = self.new.bodies[one.by].name
                            cells = (entry.name, who, words.published(one.on))
                            yield Line(tuple(map(Cell, cells)))

    def _both(self) -> Iterator[str]:
        for id_, entry in self.new.milestones.items():
            if id_ in self._before.milestones and admitted(entry, self.chosen):
                yield id_

    def _moved(self) -> Iterator[Line]:
        for id_ in self._both():
            was, now = self._before.status(id_), self.new.status(id_)
            if was.due.text != now.due.text and not self.new.milestones[id_].repeats:
                yield self._step(id_, was.due.text, now.due.text)

    def _states(self, states: Sequence[State]) -> Iterator[Line]:
        for id_ in self._both():
            was, now = self._before.status(id_).state, self.new.status(id_).state
            if was != now and now in states:
                yield self._step(id_, was.words, now.words)

    def _fell_past(self) -> Iterator[Line]:
        for id_ in self._both():
            was, now = self._before.status(id_).state, self.new.status(id_).state
            if was in _WAITING and now in PAST and now not in _HAPPENED:
                yield self._step(id_, self.new.status(id_).due.text, now.words)

    def _step(self, id_: str, was: str, now: str) -> Line:
        return Line((Cell(self.new.milestones[id_].name), Cell(was), Cell(now)))

    def _is_of_the_record(self, row: DiffRow) -> bool:
        """Whether a change is the record-keeper's alone, and none of what was promised."""
        if row.kind in ("total", "envelopes", "shares", "statements"):
            return False
        if row.change is Change.RENAMED:
            return True
        if row.kind in ("deadlines", "commitments"):
            return row.change is Change.CHANGED and row.field not in ("counts", "state", "due")
        return True

    def _counted(self, kinds: Mapping[str, int]) -> str:
        said = [
            words.counted(number, *_CALLED.get(kind, (singular(kind), kind)))
            for kind, number in kinds.items()
        ]
        return f"Changes of the record alone: {', '.join(said)}." if said else ""


_CALLED = {
    Change.RENAMED: ("new id", "new ids"),
    "deadlines": ("look or note on a date", "looks and notes on dates"),
    "commitments": ("note on a sum", "notes on sums"),
    "about": ("line on the record", "lines on the record"),
}


def _rest(_hidden: Sequence[Line]) -> Line:
    return Line((Cell("and more: --all"),))
