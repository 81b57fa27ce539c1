"""What stands beside the figure of an entry: what it counts, and what was said of it, in words."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.answers.written import name
from reformcalc.record.history import last_day
from reformcalc.record.references import ENTRY_KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reformcalc.ledger.known import Known
    from reformcalc.record.model import Entry, FigureEntry, Item, Statement

# The fields that are told here, in show and find.
TOLD = ("items", "statements")


def told(record: Known, kind: str, id_: str) -> list[tuple[str, Statement]]:
    """Return what was said of an entry, or by a body, in order of the days, each as a sentence."""
    if kind == "bodies":
        every = [
            (_of(entry, one), one)
            for section in ENTRY_KINDS
            for entry in record.section(section).values()
            for one in entry.statements
            if one.by == id_
        ]
    elif kind in ENTRY_KINDS:
        said = record.section(kind)[id_].statements
        every = [(f"{words.published(one.on)}, {spoken(record, one)}", one) for one in said]
    else:
        every = []
    return sorted(every, key=lambda one: last_day(one[1].on))


def _of(entry: Entry, one: Statement) -> str:
    """Tell of a statement under who said it, with what it is of."""
    as_what = f", as {one.role}" if one.role else ""
    return f"{words.published(one.on)}, of {name(entry)}{as_what}: {_words(one)}"


def spoken(record: Known, statement: Statement) -> str:
    """Return who said something, as what, and what."""
    who = ", ".join(filter(None, (record.bodies[statement.by].name, statement.role)))
    return f"{who}: {_words(statement)}"


def _words(statement: Statement) -> str:
    """Return what was said, in the words of the documents, and what it comes to in ours."""
    said = " … ".join(words.quoted(claim.says) for claim in statement.claims)
    said = f"as reported, {said}" if statement.reported else said
    return f"{said}. {statement.note}" if statement.note else said


def listed(figure: FigureEntry) -> str:
    """Say of how many things the list of what a figure counts is."""
    count = f"{figure.value.amount.text} {figure.unit}" if figure.value else figure.unit
    return count if figure.whole else f"{len(figure.items)} of {count}"


def item_in_words(item: Item) -> str:
    """Return the name of an item, with what else is said of it."""
    tested = f"to hold on {words.published(item.tested)}" if item.tested else None
    aside = "; ".join(filter(None, (tested, item.note)))
    return f"{item.title} ({aside.rstrip('.')})" if aside else item.title


def item_is(item: Item) -> str:
    """Return the id of what an item is in the record, "" where it names nothing."""
    return next(filter(None, attrgetter("milestone", "pillar", "body")(item)), "")


def items_of(entry: Entry) -> Sequence[Item]:
    """Return what an entry lists, nothing where it is of a kind that counts nothing."""
    found: Sequence[Item] = getattr(entry, "items", ())
    return found
