"""What a row of a comparison comes to, in sentences: its verdict, or what would settle it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reformcalc.answers.comparison import settling
from reformcalc.answers.comparison.figures import whole_millions
from reformcalc.answers.comparison.verdict import SETTLED, Said
from reformcalc.values.money import NOUGHT

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from reformcalc.answers.comparison.settling import Settling, Unknowns
    from reformcalc.answers.comparison.verdict import CompareRow

_NAMED = 2  # sums that a sentence names one by one


def rest_of(row: CompareRow) -> str:
    """Say how a sentence on a row goes on: what its verdict rests on, or what would settle it."""
    if row.standing in SETTLED:
        return _at_its_end(row)
    if row.settling is None:
        return f" ({row.verdict_reason})"
    return (_short if row.standing is Said.SHORT else _open)(row.settling)


def _at_its_end(row: CompareRow) -> str:
    if row.committed.is_exact:
        return ""
    if row.standing is Said.MET:
        return ": met even at its lowest"
    floors = f" ({row.floors})" if row.committed.high is None else ""
    return f": less even at its highest{floors}"


def _short(told: Settling) -> str:
    """Say how much of what is in doubt would be needed, and what else for that."""
    unknowns = told.unknowns
    doubt = f"{whole_millions(told.in_doubt)} {_kind(unknowns)}{_named(unknowns.doubts, unknowns)}"
    rest = ""
    if unknowns.in_years:
        rest = " and all else falls as early as it can"
    elif unknowns.granted:
        rest = " and all else is new that may be"
    return f": short unless {whole_millions(told.short)} or more of the {doubt} is extra{rest}"


def _open(told: Settling) -> str:
    """Say how much of what may or may not count would be needed."""
    unknowns, more = told.unknowns, told.short - told.unknown
    sizes = unknowns.open.values()
    shared = sum((size or NOUGHT for size in sizes), NOUGHT) != told.unknown
    named = "" if shared else _named(unknowns.open, unknowns)
    may_be = unknowns.may_be.replace("may or may not be", "may be")
    unknown = f"{whole_millions(told.unknown)} that {may_be}"
    if more > 0:
        also = f" (what is {_kind(unknowns)} may be that)" if told.in_doubt >= more else ""
        return f": all of the {unknown}{named} and {whole_millions(more)} more{also} would meet it"
    enough = f"{whole_millions(told.short)} of" if more else "all of"
    also = ""
    if told.in_doubt >= told.short:
        new = " and new" if "new" in unknowns.untold else ""
        also = (
            f", or as much of the {whole_millions(told.in_doubt)} {_kind(unknowns)} is extra{new}"
        )
    counts = f"is {' and '.join(unknowns.untold)}" if unknowns.untold else "counts"
    return f": met if {enough} the {unknown} {counts}{named}{also}"


def _kind(unknowns: Unknowns) -> str:
    return "in doubt" if unknowns.kind == "in doubt" else "that may belong to it"


def _named(sizes: Mapping[str, Decimal | None] | Mapping[str, Decimal], unknowns: Unknowns) -> str:
    """Name the few sums that something is of, with the size of each."""
    order = settling.largest(sizes)
    if not order or len(order) > _NAMED:
        return ""
    named = []
    for id_ in order:
        size = sizes[id_]
        named.append(
            unknowns.names[id_] + (f", {whole_millions(size)}" if size is not None else "")
        )
    return f" ({'; '.join(named)})"
