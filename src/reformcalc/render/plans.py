"""What was read of a sheet as what: for people, column by column, and for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reformcalc.reading.load import Plan
    from reformcalc.reading.plan import Account, ReadAs

_WIDEST = 30  # letters of a heading that are worth showing
_MOST = 30  # columns that a person looks at
# What each field is called here, where that is not its own name.
_READ_AS = {
    "": "left out",
    "source": "kept as a note",
    "note": "kept as a note",
    "revised": "due, as revised",
}


def render_plans(plans: Sequence[Plan]) -> str:
    """Return lines that say of each sheet which of its columns was read as what."""
    return "".join(f"{line.rstrip()}\n" for plan in plans for line in _lines(plan))


def flat_plans(plans: Sequence[Plan]) -> list[dict[str, object]]:
    """Return the same for programs."""
    return [
        {
            "path": plan.path.as_posix(),
            "sheet": plan.account.sheet or None,
            "headings_row": plan.account.headings,
            "rows": plan.account.rows,
            "actions": plan.account.actions,
            "left_out": plan.account.left_out,
            "columns": [_flat(column) for column in plan.account.columns],
            "notes": [printable(said) for said in plan.account.said],
        }
        for plan in plans
    ]


def _lines(plan: Plan) -> Iterator[str]:
    account = plan.account
    named = f", {account.sheet}" if account.sheet else ""
    yield printable(
        f"{plan.path}{named}: {words.counted(account.actions, 'action')} in "
        f"{words.counted(account.rows, 'row')} below the headings of row {account.headings}"
        f"{f'; {account.left_out} left out' if account.left_out else ''}"
    )
    shown = account.columns[:_MOST]
    headings = [_heading(column) for column in shown]
    widest = max(map(len, headings), default=0)
    read_as = [_READ_AS.get(column.read_as, column.read_as) for column in shown]
    kinds = max(map(len, read_as), default=0)
    for column, heading, kind in zip(shown, headings, read_as, strict=True):
        said = f"  {column.said}" if column.said else ""
        yield printable(
            f"  {column.letter:2} {heading:{widest}}  {kind:{kinds}} {column.cells:>5}{said}"
        )
    if more := len(account.columns) - len(shown):
        yield f"  and {words.counted(more, 'column')} more"
    yield from _notes(account)


def _notes(account: Account) -> Iterator[str]:
    for said in account.said:
        yield f"  {printable(words.sentence(said))}."


def _heading(column: ReadAs) -> str:
    heading = printable(column.heading) or "(no heading)"
    return heading if len(heading) <= _WIDEST else f"{heading[: _WIDEST - 1]}…"


def _flat(column: ReadAs) -> dict[str, object]:
    return {
        "column": column.letter,
        "heading": printable(column.heading) or None,
        "read_as": column.read_as or None,
        "cells": column.cells,
        "note": printable(column.said) or None,
    }
