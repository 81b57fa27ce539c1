"""How a total has grown, on one screen: the newest change first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.answers.totals.over_time import growth
from reformcalc.answers.totals.screen import TotalsScreen
from reformcalc.screen import Cell, Head, Line, Listing, Screen
from reformcalc.values.money import NOUGHT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reformcalc.answers.question import Question
    from reformcalc.answers.totals.over_time import Change, GrowthRow

_TOLD = 2  # of what happened on a day, the largest


def growth_screen(question: Question, *, every: bool = False, exact: bool = False) -> Screen:
    """Set out each day on which the total changed; `every` one, also where only doubt did."""
    money = TotalsScreen(question, every=every, exact=exact)
    days = [one for one in growth(question) if every or one[0].change_gbp][::-1]
    scaled = words.Scaled([NOUGHT + row.change_gbp for row, _ in days], exact=exact)

    def line(row: GrowthRow, changes: Sequence[Change]) -> Line:
        change = scaled(abs(NOUGHT + row.change_gbp))
        cells = [
            words.short_day(row.day),
            scaled(row.amount.stated),
            words.signed(change, down=row.change_gbp < 0) if row.change_gbp else "",
        ]
        if every:
            cells.append(scaled(NOUGHT + row.perhaps_gbp) if row.perhaps_gbp else "")
        return Line(tuple(map(Cell, (*cells, row.why if every else _why(changes)))))

    def rest(hidden: Sequence[Line]) -> Line:
        return Line((Cell(f"{len(hidden)} earlier"),))

    heads = [Head("From"), Head("Promised", right=True), Head("Change", right=True)]
    if every:
        heads.append(Head("In doubt", right=True))
    listing = Listing(
        heads=(*heads, Head(f"Why ({scaled.name}, cash)", grows=True, wraps=True)),
        lines=tuple(line(*one) for one in days),
        folded=None if every else rest,
        least=3,
    )
    notes = ["Each total is as known on its day."]
    ways = () if every else (("All that happened", "--all"),)
    return Screen(
        answer=money.answer,
        said=tuple(money.said()),
        listings=(listing,) if days else (),
        notes=(*notes, *money.notes()),
        ways=(*ways, ("A line a day", "--long")),
        whole=every,
    )


def _why(changes: Sequence[Change]) -> str:
    """Say what moved a total on a day: the largest first, without what lies in it."""
    moving = [one for one in changes if one.moves] or list(changes)
    outer = [one for one in moving if not one.within] or moving
    ordered = sorted(outer, key=lambda one: (-one.size, one.words))
    return "; ".join(words.few([one.short for one in ordered], _TOLD))
