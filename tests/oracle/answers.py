"""What the program says, what the assignments say, and how the two differ."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from tests.oracle.solving import INF
from tests.oracle.truth import NEARLY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from tests.oracle.truth import Polytope, World

MILLION = 10**6
UNSOUND, LOOSE, STATED, FAILED = "unsound", "not tight", "stated", "failed"
ORDER, FORM = "part_of reversed", "part of a sum spelt out"


@dataclass(frozen=True)
class Mismatch:
    """One answer that differs: how, which kind of question, what is said, what is so."""

    kind: str
    family: str
    question: str
    day: date
    program: str
    truth: str

    @property
    def shape(self) -> tuple[str, str]:
        return self.kind, self.family

    def __str__(self) -> str:
        return (
            f"{self.kind}: {self.question}, as of {self.day}\n"
            f"  the program says {self.program}\n  it must be        {self.truth}"
        )


@dataclass(frozen=True)
class Said:
    """What the program says of a sum: `terms` is the money that it is about, divided by `per`.

    `low` None: it says no bounds. `expected` is the stated figure by the second implementation,
    None where it has none; `at_most`: what is stated may be less. `sharp`: the bounds are exact
    where all sums of the record allow it.
    """

    family: str
    question: str
    stated: float
    low: float | None
    high: float
    terms: dict[Any, float]
    expected: float | None = None
    per: float = 1
    sharp: bool = True
    at_most: bool = False


@dataclass
class Tally:
    """What was compared: `wider` counts bounds wider than the assignments where that is allowed."""

    counts: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        return ", ".join(f"{count:,} {name}" for name, count in self.counts.items())


def millions(pounds: float | None) -> float:
    """Return pounds in £ million; no bound is infinite."""
    return INF if pounds is None else float(pounds) / MILLION


def bounds_of(row: dict[str, Any]) -> tuple[float, float, float]:
    """Return what a row states, and its bounds; where it says why there is none, nothing."""
    if row.get("missing"):
        return 0.0, 0.0, 0.0
    stated, low, high = (millions(row[f"{end}_gbp"]) for end in ("amount", "low", "high"))
    return stated, low, high


def total_row(report: Any) -> dict[str, Any]:
    """Return a report's total as its rows are written."""
    return row_of(report.total)


def row_of(row: Any) -> dict[str, Any]:
    """Return a row as it is written."""
    return {
        "amount_gbp": row.amount.stated,
        "low_gbp": row.amount.low,
        "high_gbp": row.amount.high,
        "perhaps_gbp": row.perhaps_gbp,
    }


def compared(
    world: World, polytope: Polytope, asked: list[Said], tally: Tally
) -> Iterator[Mismatch]:
    """Set bounds against those of the assignments."""
    found = polytope.solve([one.terms for one in asked])
    for one, (low, high) in zip(asked, found, strict=True):
        tally.counts["questions"] += 1
        yield from _differing(world, one, low / one.per, high / one.per, tally)


def _differing(
    world: World, said: Said, low: float, high: float, tally: Tally
) -> Iterator[Mismatch]:
    def mismatch(kind: str, program: str, truth: str) -> Mismatch:
        return Mismatch(kind, said.family, said.question, world.day, program, truth)

    unbounded = said.low is None
    if said.low is None:
        said = replace(said, low=low, high=high)
    assert said.low is not None
    both = f"[{said.low:g}, {said.high:g}]", f"[{low:g}, {high:g}]"
    if said.low > low + NEARLY:
        yield mismatch(f"{UNSOUND} low", *both)
    if said.high < high - NEARLY:
        yield mismatch(f"{UNSOUND} high", *both)
    wider = [
        end
        for end, much in (("low", said.low < low - NEARLY), ("high", said.high > high + NEARLY))
        if much
    ]
    tight = (world.tight_when_new if "new" in said.family else world.tight) and said.sharp
    if not tight:
        tally.counts["of them wider than need be"] += bool(wider)
    for end in wider if tight else ():
        yield mismatch(f"{LOOSE} {end}", *both)
    # Of a row that is one document's figure, that is the document's.
    figure = said.terms and not unbounded and said.family != "row of a sum"
    if figure and not said.low - NEARLY <= said.stated <= said.high + NEARLY:
        yield mismatch(STATED, f"{said.stated:g} in {both[0]}", "within its bounds")
    # A stated figure that the words rule out may be stated all the same, or brought within them.
    if said.expected is not None and world.stated_fits:
        within = min(max(said.expected, said.low), said.high)
        over = said.stated - max(said.expected, within)
        if min(abs(said.stated - said.expected), abs(said.stated - within)) > NEARLY and (
            over > NEARLY or not said.at_most
        ):
            yield mismatch(STATED, f"{said.stated:g}", f"{said.expected:g}")
