"""The rules that a dataset is held to: what `reformcalc rule` prints."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.errors import UnknownId
from reformcalc.report import ID, Column, Report, Shape
from reformcalc.rows import Kind, means
from reformcalc.rules import RULES
from reformcalc.screen import Cell, Head, Line, Listing, Screen, Tone

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule, as its own explanation has it."""

    id: str = field(metadata=means("the rule", Kind.ID))
    severity: str = field(metadata=means("error or warning", Kind.WORD))
    holds: str = field(metadata=means("what must hold", Kind.SENTENCE))
    more: str = field(metadata=means("why it matters, and how to put it right", Kind.SENTENCE))


def rulebook(id_: str | None = None, *, as_of: date) -> Report[RuleRow]:
    """Return every rule, or one of them. Raises UnknownId for one that does not exist."""
    if id_ is not None and id_ not in RULES:
        raise UnknownId("rule", id_, RULES, "every rule: reformcalc rule")
    rows = []
    for rule in [RULES[id_]] if id_ else RULES.values():
        holds, _, more = rule.explanation.partition("\n\n")
        rows.append(RuleRow(rule.id, str(rule.severity), _flowing(holds), _flowing(more)))
    one = rows[0] if id_ else None
    return Report(
        name="rule",
        as_of=as_of,
        dataset=None,
        headline=f"{one.id} ({one.severity})" if one else f"{words.counted(len(rows), 'rule')}",
        rows=tuple(rows),
        row_type=RuleRow,
        columns=(
            (Column("holds", shape=Shape.SENTENCE, under=(Column("more"),)),)
            if one
            else (ID, Column("severity"), Column("holds", shape=Shape.SENTENCE))
        ),
    )


def _flowing(text: str) -> str:
    return " ".join(text.split())


def screen(*, as_of: date) -> Screen:
    """Return every rule as people see them first: a line for each, errors before warnings."""
    rows = sorted(rulebook(as_of=as_of).rows, key=lambda row: (row.severity, row.id))
    lines = [
        Line((Cell(row.id), Cell(row.severity, _TONES[row.severity]), Cell(row.holds)))
        for row in rows
    ]
    number = sum(row.severity == "error" for row in rows)
    return Screen(
        answer=f"{len(rows)} rules: {words.counted(number, 'error')}, "
        f"{words.counted(len(rows) - number, 'warning')}",
        listings=(Listing((Head(), Head(), Head(grows=True)), tuple(lines), folded=_rest),),
        ways=(("All in full", "--all"), ("One explained", f"rule {rows[0].id}")),
    )


_TONES = {"error": Tone.BAD, "warning": Tone.DOUBT}


def _rest(hidden: Sequence[Line]) -> Line:
    return Line((Cell(f"and {len(hidden)} more: --all"),))
