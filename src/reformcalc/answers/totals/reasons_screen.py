"""Why each sum counts as it does, on one screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reformcalc.answers.totals.explain import explain
from reformcalc.answers.totals.screen import TotalsScreen
from reformcalc.ledger.ledger import Standing
from reformcalc.screen import Cell, Head, Line, LineKind, Listing, Screen, Tone
from reformcalc.values.money import NOUGHT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reformcalc.answers.question import Question
    from reformcalc.answers.totals.explain import ExplainRow

_SHORT = {
    Standing.SUPERSEDED: "replaced",
    Standing.RESTATED: "repeats others",
    Standing.NEVER: "never counted",
}


def reasons_screen(question: Question, *, every: bool = False, exact: bool = False) -> Screen:
    """Set out what each sum states and counts, and why: in a word, or `every` reason in full."""
    money = TotalsScreen(question, every=every, exact=exact)
    rows, scaled = explain(question).rows, money.scaled

    def line(row: ExplainRow) -> Line:
        stated = scaled.worded(row.amount) if row.amount else ".."
        counts = scaled(row.counts.stated) if row.counts.stated else ""
        cells = [Cell(question.called(row.id)), Cell(stated), Cell(counts)]
        if not every:
            cells.append(Cell(_short(question, row)))
        return Line(tuple(cells))

    def lines() -> Iterator[Line]:
        for row in rows:
            yield line(row)
            if every:
                yield Line((Cell(f"  {row.reason}", Tone.QUIET),), LineKind.REMARK)

    def rest(hidden: Sequence[Line]) -> Line:
        counts = sum((row.counts.stated for row in rows[len(rows) - len(hidden) :]), NOUGHT)
        return Line((Cell(f"{len(hidden)} more"), Cell(""), Cell(scaled(counts) if counts else "")))

    heads = [Head(money.unit, grows=True, wraps=every)]
    heads += [Head("Stated", right=True), Head("Counts", right=True)]
    total = Line((Cell("Total"), Cell(""), Cell(scaled(question.adds(question.counted)))))
    listing = Listing(
        heads=(*heads, *([] if every else [Head("Why")])),
        lines=tuple(lines()),
        total=Line(total.cells, LineKind.TOTAL),
        folded=None if every else rest,
        least=3,
    )
    ways = () if every else (("Every reason in full", "--all"),)
    return Screen(
        answer=money.answer,
        said=tuple(money.said()),
        listings=(listing,) if rows else (),
        notes=tuple(money.notes()),
        ways=(*ways, ("Ids", "--long")),
        whole=every,
    )


def _short(question: Question, row: ExplainRow) -> str:
    """Say in a word or two why a sum counts as it does."""
    item = question.ledger.items.get(row.id)
    if item is None:
        return "sum unknown" if row.amount is None else "not yet known"
    if item.standing in _SHORT:
        return _SHORT[item.standing]
    if item.id in question.unsure:
        return "partly in doubt" if row.counts.stated else "in doubt"
    if item.own.stated == item.money.stated:
        return "in full"
    return "not broken down" if item.own.stated else "in its parts"
