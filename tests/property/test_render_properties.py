"""What must hold of the lines that draw a tree, whatever its shape."""

from __future__ import annotations

from itertools import takewhile
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from reformcalc.render.grid import branches


class _Row(NamedTuple):
    depth: int


def _plainly(rows: list[_Row]) -> list[str]:
    """Draw each row by looking down from it: a level goes on until one above it comes."""

    def goes_on(place: int, level: int) -> bool:
        below = takewhile(lambda row: row.depth >= level, rows[place + 1 :])
        return any(row.depth == level for row in below)

    def drawn(place: int, level: int, *, own: bool) -> str:
        if goes_on(place, level):
            return "├ " if own else "│ "
        return "└ " if own else "  "

    return [
        "".join(drawn(place, level, own=level == row.depth) for level in range(1, row.depth + 1))
        for place, row in enumerate(rows)
    ]


@given(st.lists(st.integers(0, 4).map(_Row), max_size=12))
def test_a_tree_is_drawn_as_one_reads_it(rows: list[_Row]) -> None:
    """Walked once from its last row, a tree has the lines that looking down from each row gives."""
    assert list(branches(rows)) == _plainly(rows)
