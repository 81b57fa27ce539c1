"""The rows of a comparison: every basis that can be had, marked where it is like for like."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.errors import Refused, UnknownId
from reformcalc.queries.comparison.asked import has_years
from reformcalc.queries.comparison.bases import (
    A_YEAR_ALIKE,
    BASES,
    LIKE_FOR_LIKE,
    OVER_ALL_YEARS,
    REAL_TERMS,
)
from reformcalc.queries.comparison.choices import CHOICES, NEW_REAL_TERMS
from reformcalc.queries.comparison.verdicts import CompareRow, Unsuited, Verdict, unsettled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reformcalc.queries.comparison.pair import Pair

REAL = (*REAL_TERMS, *NEW_REAL_TERMS)
_PART = "a part of the money, against all that was asked for, can show neither"


def chosen_rows(
    pair: Pair, bases: Sequence[str] = ()
) -> tuple[tuple[CompareRow, ...], Mapping[str, Refused]]:
    """Return the rows of some bases, or of all; and why each of the others cannot be had.

    Raises UnknownId for a basis that does not exist, Refused for one that cannot be had.
    """
    rows: list[CompareRow] = []
    unsuited: dict[str, Refused] = {}
    real = NEW_REAL_TERMS if pair.prices else ()
    for id_ in dict.fromkeys(bases or (*_shown(pair), *real)):
        if id_ not in BASES and id_ not in CHOICES:
            raise UnknownId("basis", id_, {*BASES, *CHOICES})
        try:
            rows.append(row_of(pair, id_))
        except Unsuited as reason:
            unsuited[id_] = reason
    if bases and pair.prices and not set(bases) & set(REAL):
        raise Refused(
            "none of these bases is in real terms",
            f"leave out --prices, or ask for {words.listed(REAL)}",
        )
    if bases and unsuited:
        id_, why = next(iter(unsuited.items()))
        raise why.of(f'"{pair.name}" cannot be compared on the basis "{id_}"')
    if not rows:
        raise unsuited["headline"].of(f'"{pair.name}" cannot be compared so')
    return tuple(rows), unsuited


def start(pair: Pair) -> CompareRow:
    """Return like for like, which every choice starts from. Raises Refused where there is none."""
    why = Refused("no source says whether new money was asked for or all")
    if pair.part:
        why = Refused(
            f"this is a part of the money ({pair.part}), against all that was asked for",
            "leave out what limits it, or name a benchmark that asks for no more (list benchmarks)",
        )
    try:
        if id_ := like_for_like(pair):
            return row_of(pair, id_)
    except Unsuited as reason:
        why = reason
    raise why.of(f'"{pair.name}" has no like-for-like basis to start from')


def like_for_like(pair: Pair) -> str | None:
    """Name the basis on which both sides count the same thing; None where there is none."""
    alike = LIKE_FOR_LIKE if has_years(pair) else OVER_ALL_YEARS
    alike = A_YEAR_ALIKE if pair.benchmark.per_year else alike
    return None if pair.part else alike.get(pair.benchmark.asks_for or "")


def row_of(pair: Pair, id_: str) -> CompareRow:
    """Return one basis or choice. Raises Unsuited where it cannot be had."""
    if id_ in BASES:
        row = BASES[id_](pair)
    else:
        change, build = CHOICES[id_]
        row = build(pair)
        if id_ not in _shown(pair):
            row = replace(row, label=change)
    row = replace(row, basis=id_)
    if id_ == like_for_like(pair):
        row = replace(row, like_for_like=True, label=f"{row.label} (like for like)")
    if pair.part:
        row = replace(row, verdict=Verdict.NOT_DECIDED, verdict_reason=_PART, **unsettled())
    return row


def _shown(pair: Pair) -> tuple[str, ...]:
    """Return the bases that a comparison shows by itself, but for real terms of new money.

    All money comes before new.
    """
    a_year = [id_ for id_ in A_YEAR_ALIKE.values() if pair.benchmark.per_year]
    shown = dict.fromkeys((*BASES, *a_year, like_for_like(pair)))
    return tuple(sorted(filter(None, shown), key=lambda id_: id_.startswith("new-")))
