"""How little and how much a sum of unknowns can be: linear programs, solved by HiGHS.

Most of what is asked falls apart into islands, unknowns that no limit ties to others, and what is
asked of one island is asked again and again. So each is solved once, and all that is not yet
known is solved in one call.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import highspy
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

INF = float("inf")
CAP = 10_000.0  # stands for no bound: made-up sums are far smaller
SLACK = 1e-7  # within which HiGHS holds a limit to be kept
REMEMBERED = 50_000

Row = tuple[
    tuple[tuple[int, float], ...], float
]  # factors of unknowns, and the most they add up to


class Contradiction(Exception):
    """No assignment does all that the words say."""


class Piece(NamedTuple):
    """What is asked of one island: unknowns that always stand together are one."""

    wanted: tuple[float, ...]
    rows: frozenset[Row]


class Island:
    """Unknowns that limits tie together, from 0 to CAP each."""

    def __init__(self, places: list[int], rows: list[tuple[Mapping[int, float], float]]) -> None:
        self.places, self.rows = places, rows
        columns: dict[int, list[tuple[int, float]]] = {place: [] for place in places}
        for number, (terms, _) in enumerate(rows):
            for place, factor in terms.items():
                columns[place].append((number, factor))
        self._columns = {place: tuple(column) for place, column in columns.items()}

    def piece(self, wanted: Mapping[int, float]) -> Piece:
        """Return what is asked, in fewer unknowns where some do the same."""
        same: dict[tuple[float, tuple[tuple[int, float], ...]], int] = {}
        for place in self.places:
            same.setdefault((wanted.get(place, 0.0), self._columns[place]), len(same))
        factors: list[list[tuple[int, float]]] = [[] for _ in self.rows]
        for (_, column), unknown in same.items():
            for number, factor in column:
                factors[number].append((unknown, factor))
        rows = frozenset(
            (tuple(one), most) for one, (_, most) in zip(factors, self.rows, strict=True)
        )
        return Piece(tuple(one for one, _ in same), rows)


_found: dict[Piece, tuple[float, float] | None] = {}  # None: no assignment keeps its limits


class Unknowns:
    """Unknowns, none below nought, and what sums of them are at most."""

    def __init__(self) -> None:
        self.count = 0
        self._rows: list[tuple[Mapping[int, float], float]] = []
        self._home: dict[int, Island] | None = None
        self._impossible = False

    def more(self) -> int:
        """Return a further unknown."""
        self._home = None
        self.count += 1
        return self.count - 1

    def at_most(self, terms: Mapping[int, float], most: float) -> None:
        """Limit a sum."""
        if terms and most < INF:
            self._home = None
            self._rows.append((terms, most))
        self._impossible |= not terms and most < -SLACK

    def bounds(self, questions: Sequence[Mapping[int, float]]) -> list[tuple[float, float]]:
        """Return the least and the most of each; no most is infinite.

        Raises Contradiction where no assignment keeps all limits, of what is not asked too.
        """
        if not questions:
            return []
        if self._impossible:
            raise Contradiction
        pieces = []
        if self._home is None:
            self._home = self._islands()
            pieces += [[one.piece({}) for one in dict.fromkeys(self._home.values())]]
        for terms in questions:
            split: dict[Island, dict[int, float]] = {}
            for place, factor in terms.items():
                split.setdefault(self._home[place], {})[place] = factor
            pieces.append([island.piece(wanted) for island, wanted in split.items()])
        ends = solved({piece for some in pieces for piece in some})
        if None in ends.values():
            raise Contradiction
        lows_and_highs = [[ends[piece] or (0.0, 0.0) for piece in some] for some in pieces]
        added = [
            (sum(low for low, _ in some), sum(high for _, high in some)) for some in lows_and_highs
        ]
        return added[len(added) - len(questions) :]

    def _islands(self) -> dict[int, Island]:
        """Return the island of each unknown."""
        leader = list(range(self.count))

        def led(place: int) -> int:
            while leader[place] != place:
                leader[place] = place = leader[leader[place]]
            return place

        for terms, _ in self._rows:
            first, *others = map(led, terms)
            for other in others:
                leader[led(other)] = led(first)
        together: dict[int, list[int]] = {}
        for place in range(self.count):
            together.setdefault(led(place), []).append(place)
        rows: dict[int, list[tuple[Mapping[int, float], float]]] = {one: [] for one in together}
        for terms, most in self._rows:
            rows[led(next(iter(terms)))].append((terms, most))
        return {
            place: island
            for one, places in together.items()
            for island in [Island(places, rows[one])]
            for place in places
        }


def solved(pieces: set[Piece]) -> dict[Piece, tuple[float, float] | None]:
    """Return the least and the most of each, None where there is neither."""
    if len(_found) > REMEMBERED:
        _found.clear()
    hard = []
    for piece in pieces:
        if piece in _found:
            continue
        if len(piece.wanted) == 1:
            _found[piece] = _of_one(piece)
        else:
            hard.append(piece)
    if hard and not _solve(hard):  # one of them cannot be: which?
        for piece in hard:
            if not _solve([piece]):
                _found[piece] = None
    return {piece: _found[piece] for piece in pieces}


def _of_one(piece: Piece) -> tuple[float, float] | None:
    """Solve what is asked of a single unknown."""
    low, high = 0.0, CAP
    for terms, most in piece.rows:
        [(_, factor)] = terms
        if factor > 0:
            high = min(high, most / factor)
        else:
            low = max(low, most / factor)
    if low > high + SLACK:
        return None
    [factor] = piece.wanted
    ends = sorted((factor * low, factor * high))
    return ends[0], INF if ends[1] > CAP / 2 else ends[1]


def _solve(pieces: list[Piece]) -> bool:
    """Find the least and the most of each in one program of many blocks, if there are any."""
    model = highspy.HighsLp()
    costs: list[float] = []
    starts, names, factors, most = [0], [], [], []
    for piece in pieces:
        for sign in (1, -1):
            begin = len(costs)
            costs += [sign * one for one in piece.wanted]
            for terms, limit in piece.rows:
                for unknown, factor in terms:
                    names.append(begin + unknown)
                    factors.append(factor)
                starts.append(len(names))
                most.append(limit)
    model.num_col_, model.num_row_ = len(costs), len(most)
    model.col_cost_, model.row_upper_ = np.array(costs), np.array(most)
    model.col_lower_, model.col_upper_ = np.zeros(len(costs)), np.full(len(costs), CAP)
    model.row_lower_ = np.full(len(most), -highspy.kHighsInf)
    matrix = model.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kRowwise
    matrix.start_, matrix.index_, matrix.value_ = np.array(starts), np.array(names), factors
    _solver.passModel(model)
    _solver.run()
    status = _solver.getModelStatus()
    if status == highspy.HighsModelStatus.kInfeasible:
        return False
    assert status == highspy.HighsModelStatus.kOptimal, status
    values = np.array(costs) * np.array(_solver.getSolution().col_value)
    begin = 0
    for piece in pieces:
        middle, end = begin + len(piece.wanted), begin + 2 * len(piece.wanted)
        least, greatest = float(values[begin:middle].sum()), -float(values[middle:end].sum())
        _found[piece] = least, INF if greatest > CAP / 2 else greatest
        begin = end
    return True


_solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
_solver.silent()
_solver.setOptionValue("presolve", "off")  # of programs as small as these it costs more
