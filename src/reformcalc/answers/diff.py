"""What changed from one record to another, or from one day to another, in words.

Answers are compared, not files: each kind of thing is told in words, by id, from the reports that a
reader would ask for, and one function sets the words of two sides against each other.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any

from reformcalc import words
from reformcalc.answers.chosen import EVERYTHING, Chosen, admitted, age
from reformcalc.answers.comparison.compare import compare
from reformcalc.answers.comparison.comparison import Comparison
from reformcalc.answers.deadlines.answers import deadlines
from reformcalc.answers.deadlines.dates import Dates
from reformcalc.answers.entry_words import figure, words_of
from reformcalc.answers.lookup import beside
from reformcalc.answers.question import Question, gbp
from reformcalc.answers.totals.explain import explain
from reformcalc.answers.totals.groupings import outermost
from reformcalc.answers.written import claims, quoted, title, written
from reformcalc.errors import Refused
from reformcalc.ledger.milestones import State
from reformcalc.record.model import Dataset
from reformcalc.record.references import ENTRY_KINDS
from reformcalc.report import ID, Column, Note, Report, Shape
from reformcalc.rows import Kind, means

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from pydantic import BaseModel

    from reformcalc.answers.comparison.verdict import CompareRow
    from reformcalc.answers.question import TotalsRow
    from reformcalc.ledger.known import Known
    from reformcalc.record.renaming import Renames


# Milestones are told of as deadlines; claims stand after what they are of and their sources.
_SAID = "statements"
_CITED = tuple(kind for kind in ENTRY_KINDS if kind != "milestones")
_WORDS = tuple(kind for kind in Dataset.KINDS if kind not in (*ENTRY_KINDS, "sources"))


class Change(StrEnum):
    """What happened to a thing, or to one field of it."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    RENAMED = "renamed"


@dataclass(frozen=True, slots=True)
class DiffRow:
    """One change, from `was` to `now`.

    What `difference_gbp` says of all commitments adds up to that of the total.
    """

    kind: str = dataclasses.field(
        metadata=means(
            "total, envelopes (the sums that lie in no other), shares, deadlines, "
            f"{', '.join(_CITED)}, sources, statements, claims, {', '.join(_WORDS)} or about",
            Kind.WORD,
        )
    )
    id: str = dataclasses.field(
        metadata=means("which: of shares the basis, of statements and claims the entry", Kind.ID)
    )
    change: Change = dataclasses.field(
        metadata=means("added, removed, changed or renamed", Kind.WORD)
    )
    field: str = dataclasses.field(
        metadata=means(
            "what of it changed, as id; empty where the whole was added or removed", Kind.TEXT
        )
    )
    was: str = dataclasses.field(
        metadata=means("what it was, in words; empty where there was nothing", Kind.TEXT)
    )
    now: str = dataclasses.field(
        metadata=means("what it is now, in words; empty where there is nothing", Kind.TEXT)
    )
    difference_gbp: int | None = dataclasses.field(
        metadata=means(
            "by how much more is counted, negative for less: of all commitments together, "
            "as of all envelopes, that of the total; empty where nothing is counted, and 0 "
            "where only words or bounds changed",
            Kind.POUNDS,
        )
    )
    says: str = dataclasses.field(metadata=means("the change in words", Kind.SENTENCE))


@dataclass(frozen=True)
class _Side:
    """The record before or after, with the answers that several kinds of thing are told from."""

    record: Known
    chosen: Chosen

    @cached_property
    def question(self) -> Question:
        return Question(self.record, self.chosen)

    def admitted(self, section: str) -> Mapping[str, Any]:
        """Return the entries of a section that are among what is chosen."""
        entries = self.record.section(section)
        return {id_: entry for id_, entry in entries.items() if admitted(entry, self.chosen)}

    @property
    def total(self) -> TotalsRow:
        return self.question.total

    @cached_property
    def compared(self) -> Report[CompareRow] | Refused:
        """The record against its own benchmark, or why there is no answer."""
        try:
            return compare(Comparison(self.record, self.chosen))
        except Refused as reason:
            return reason


@dataclass(frozen=True, slots=True)
class _Thing:
    """One thing of one side: what it is in a line, and its facts in words, by field.

    The fields of the `entry` that it is are facts too, put into words only where they differ.
    `counts` is how many pounds it counts, where its first fact says so.
    """

    id: str
    told: str
    facts: Mapping[str, str] = field(default_factory=dict)
    entry: BaseModel | None = None
    counts: int | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What makes it the same thing on the other side: its id, or else its words."""
        return self.id, "" if self.facts or self.entry else self.told

    def in_words(self, kind: str) -> Mapping[str, str]:
        """Return every fact: those of its own stand for the fields of the same names."""
        if self.entry is None:
            return self.facts
        written = _written(words_of(kind).in_force(self.entry))
        own = {name: said for name, said in self.facts.items() if name not in written}
        return {**own, **written, **self.facts}

    def is_written_as(self, other: _Thing) -> bool:
        """Whether the entries of both give the same fields, and say the same in each."""
        one, another = self.entry, other.entry
        if one is None or another is None:
            return one is another
        return one.model_fields_set == another.model_fields_set and one == another


_LONGEST = 160  # characters of a change that are worth saying with what it was


def diff(old: Known, new: Known, chosen: Chosen = EVERYTHING) -> Report[DiffRow]:
    """Return what changed from one side to the other: first in the answers, then in the record.

    An entry whose id changed, as `formerly` of either side says, is the same entry. With something
    chosen, what changed of that alone. Raises Refused where the old side is of a
    later day than the new one.
    """
    if old.as_of > new.as_of:
        raise Refused(
            f"OLD is of {old.as_of}, after NEW, of {new.as_of}", "take OLD on an earlier day"
        )
    old, renames = old.under_ids_of(new)
    before, after = _Side(old, chosen), _Side(new, chosen)
    changes = [
        row
        for kind, things in _KINDS.items()
        for row in (
            *_renamed(kind, before, after, renames),
            *_changes(kind, _by_key(things(before)), _by_key(things(after))),
        )
        if not (row.field == _FORMERLY and row.id in _new_ids(kind, renames))
    ]
    # An entry that came or went has with it what was said of it, and its claims.
    whole = {row.id for row in changes if row.kind in _WITH_CLAIMS and not row.field}
    rows = tuple(row for row in changes if row.kind not in _OF_ENTRIES or row.id not in whole)
    return Report(
        name="diff",
        as_of=new.as_of,
        dataset=new.stamp,
        headline=_headline(before, after, len(rows)),
        rows=rows,
        row_type=DiffRow,
        columns=(ID, Column("says", shape=Shape.SENTENCE)),
        group=Column("kind"),
        notes=tuple(_notes(before, after, rows)),
    )


def _by_key(things: Iterable[_Thing]) -> dict[tuple[str, str], _Thing]:
    return {thing.key: thing for thing in things}


def _changes(
    kind: str, old: Mapping[tuple[str, str], _Thing], new: Mapping[tuple[str, str], _Thing]
) -> Iterator[DiffRow]:
    """Yield what was removed, then what was changed or added, in the order of the answers."""
    for key, thing in old.items():
        if key not in new:
            yield _whole(kind, thing, Change.REMOVED)
    for key, thing in new.items():
        if key in old:
            yield from _within(kind, old[key], thing)
        else:
            yield _whole(kind, thing, Change.ADDED)


def _renamed(kind: str, old: _Side, new: _Side, renames: Renames) -> Iterator[DiffRow]:
    """Tell of each entry of a kind that both sides have, under two ids."""
    section = _SECTIONS.get(kind, kind)
    for was, now in renames.get(section, {}).items():
        if now in old.admitted(section) and now in new.admitted(section):
            yield DiffRow(kind, now, Change.RENAMED, "id", was, now, None, f"renamed: was {was}")


def _new_ids(kind: str, renames: Renames) -> Collection[str]:
    """Return the ids of those that are told of as renamed, and of nothing besides by that."""
    return renames.get(_SECTIONS.get(kind, kind), {}).values()


def _whole(kind: str, thing: _Thing, change: Change) -> DiffRow:
    """Tell of a thing that only one side has."""
    was, now = ("", thing.told) if change is Change.ADDED else (thing.told, "")
    sign = 1 if change is Change.ADDED else -1
    difference = None if thing.counts is None else sign * thing.counts
    return DiffRow(kind, thing.id, change, "", was, now, difference, f"{change}: {thing.told}")


def _within(kind: str, old: _Thing, new: _Thing) -> Iterator[DiffRow]:
    """Tell of each field that does not say what it said."""
    before, after = old.facts, new.facts
    if not old.is_written_as(new):
        before, after = old.in_words(kind), new.in_words(kind)
    for place, name in enumerate(dict.fromkeys((*after, *before))):
        was, now = before.get(name, ""), after.get(name, "")
        if was == now:
            continue
        difference = None
        if place == 0 and old.counts is not None and new.counts is not None:
            difference = new.counts - old.counts
        said = f"{name}: {_said(was, now)}"
        yield DiffRow(kind, new.id, Change.CHANGED, name, was, now, difference, said)


def _said(was: str, now: str) -> str:
    if not now:
        return f"no longer given (was {was})"
    if not was:
        return f"{now} (not given before)"
    return f"{now} (was {was})" if len(was) + len(now) <= _LONGEST else f"now {now}"


def _total(side: _Side) -> Iterator[_Thing]:
    row = side.total
    # Two sums can have the same bounds, and so the same words, though one states more.
    open_ = "" if row.amount.low == row.amount.high else f", {gbp(row.adds_gbp)} as stated"
    facts = {
        "promised": f"{words.money(row.amount)}{open_}",
        "perhaps": gbp(row.perhaps_gbp),
    }
    yield _Thing("total", "", facts, counts=row.adds_gbp)


def _envelopes(side: _Side) -> Iterator[_Thing]:
    """Yield the sums that lie in no other: what they add is the total."""
    for row in outermost(side.question):
        told = f"{row.title}: {words.money(row.amount)}"
        yield _Thing(row.id, told, {"adds": gbp(row.adds_gbp)}, counts=row.adds_gbp)


def _shares(side: _Side) -> Iterator[_Thing]:
    """Yield the share on each basis, of the dataset's own benchmark."""
    for row in () if isinstance(side.compared, Refused) else side.compared.rows:
        verdict = row.verdict.replace("-", " ")
        facts = {"share": row.share, "verdict": verdict}
        yield _Thing(row.basis, f"{row.label}: {row.share}, {verdict}", facts)


def _deadlines(side: _Side) -> Iterator[_Thing]:
    for row in deadlines(Dates(side.record, side.chosen, local=True), tuple(State)).rows:
        state, first = row.state.words, f" (first promise: {row.first_due})"
        due = row.due if row.due == row.first_due else row.due + first
        entry = side.record.milestones[row.id]
        facts = {"state": state, "due": due}
        yield _Thing(row.id, f"{row.title}: {due}, {state}", facts, entry)


def _commitments(side: _Side) -> Iterator[_Thing]:
    """Yield each commitment with what it counts, and why."""
    known, every = side.admitted("commitments"), side.record.ids("commitments")
    for row in explain(side.question).rows:
        if row.id in every and row.id not in known:
            continue  # it is of a later day
        facts = {"counts": f"{gbp(row.counts_gbp)}, {row.reason}"}
        entry = known.get(row.id)  # none for the part of a sum that lies in a second envelope
        amount = words.money(row.amount) if row.amount else "not known"
        told = f"{row.title}: {amount}, {row.reason}"
        yield _Thing(row.id, told, facts, entry, row.counts_gbp)


def _about(side: _Side) -> Iterator[_Thing]:
    if side.chosen == EVERYTHING:
        yield _Thing("about", "", entry=side.record.about)


def _section(name: str) -> Callable[[_Side], Iterator[_Thing]]:
    """Return what tells of the entries of one section of a dataset, as they are written."""

    def things(side: _Side) -> Iterator[_Thing]:
        for id_, entry in side.admitted(name).items():
            told = ": ".join(filter(None, (title(entry), figure(side.record, name, id_))))
            yield _Thing(id_, told, entry=entry)

    return things


def _statements(side: _Side) -> Iterator[_Thing]:
    for kind in ENTRY_KINDS:
        for id_ in side.admitted(kind):
            yield from (_Thing(id_, said) for said, _ in beside.told(side.record, kind, id_))


def _claims(side: _Side) -> Iterator[_Thing]:
    for kind in ENTRY_KINDS:
        for id_, entry in side.admitted(kind).items():
            for part, claim in claims(side.record, entry):
                if part == _SAID:
                    continue
                yield _Thing(id_, f"{quoted(claim)} ({side.record.citation(claim)})")


def _written(entry: BaseModel) -> dict[str, str]:
    """Return every field of an entry in words, but what was said of it and its claims."""
    facts = {name: ", ".join(said) for name, said in written(entry, (_SAID,))}
    return {"title": title(entry)} | facts


def _of(kind: str) -> Callable[[_Side], Iterator[_Thing]]:
    """Return what tells of a section: of money what it counts, and else what is written."""
    return _commitments if kind == "commitments" else _section(kind)


_KINDS: dict[str, Callable[[_Side], Iterator[_Thing]]] = {
    "total": _total,
    "envelopes": _envelopes,
    "shares": _shares,
    "deadlines": _deadlines,
    **{kind: _of(kind) for kind in (*_CITED, "sources")},
    _SAID: _statements,
    "claims": _claims,
    **{kind: _of(kind) for kind in _WORDS},
    "about": _about,
}
_SECTIONS = {"deadlines": "milestones"}  # where the section of a kind has another name
_FORMERLY = "formerly"
_WITH_CLAIMS = ("deadlines", *_CITED)
_OF_ENTRIES = (_SAID, "claims")


def _headline(old: _Side, new: _Side, changes: int) -> str:
    was, now = old.record.as_of, new.record.as_of
    day = f"as of {words.day(now)}{f', since {words.day(was)}' if was != now else ''}"
    if not changes:
        return f"Nothing changed, {day}"
    before, after = (words.money(side.total.amount) for side in (old, new))
    total = "as before" if before == after else f"was {before}"
    return f"{words.counted(changes, 'change')}, {day}: {after} promised ({total})"


def _notes(old: _Side, new: _Side, rows: Sequence[DiffRow]) -> Iterator[Note]:
    if rows:
        counts = Counter(row.kind for row in rows)
        yield Note(
            f"Changes: {words.listed(f'{count} in {kind}' for kind, count in counts.items())}."
        )
    elif not old.record.is_of_the_same_record(new.record):
        yield Note(
            "The records are not the same; what differs was not known, or not in force, by then."
        )
    before, after = old.compared, new.compared
    if isinstance(before, Refused) != isinstance(after, Refused):
        when, reason = ("after", after) if isinstance(after, Refused) else ("before", before)
        yield Note(f"No shares {when}: {reason}.")
    yield from age(new.record)
