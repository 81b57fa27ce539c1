"""Which entries sources really differ on, and how much turns on it.

A source that words a floor differently, rounds, or says in other words what is used does not
differ. What would move the comparison comes first, then what would move the total, then dates.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from reformcalc import words
from reformcalc.answers.chosen import EVERYTHING, Chosen
from reformcalc.answers.entry_words import WORDS, figure
from reformcalc.answers.lookup.conflicts import disputed
from reformcalc.answers.question import Question
from reformcalc.answers.written import name
from reformcalc.record.model import Benchmark, Commitment, FigureEntry, Milestone
from reformcalc.screen import Cell, Head, Line, LineKind, Listing, Screen, Tone
from reformcalc.values.due import dues_in
from reformcalc.values.money import NOUGHT, Qualifier, amounts_in, quantities_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from reformcalc.ledger.known import Known
    from reformcalc.record.model import Claim, Entry


class Weight(NamedTuple):
    """What turns on a difference: the kind of answer first, then by how much it would move."""

    of: int
    by: Decimal


_COMPARISON, _TOTAL, _DATE, _OTHER = 3, 2, 1, 0


@dataclass(frozen=True, slots=True)
class Other:
    """What another source says: its figure or words, and who says so."""

    says: str
    who: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """An entry that sources really differ on."""

    id: str
    name: str
    used: str
    others: tuple[Other, ...]
    moves: str
    weight: Weight
    choice: str


def differences(record: Known, chosen: Chosen = EVERYTHING) -> list[Difference]:
    """Return what sources really differ on, what most turns on first."""
    chosen.check(record)
    found = (
        _difference(record, kind, id_, record.section(kind)[id_])
        for kind, id_ in disputed(record, chosen)
    )
    return sorted(filter(None, found), key=lambda one: (*(-part for part in one.weight), one.id))


def _difference(record: Known, kind: str, id_: str, entry: Entry) -> Difference | None:
    used = figure(record, kind, id_).partition(" (")[0]
    claims = [claim for _, claim in record.claims(entry) if claim.variant]
    if isinstance(entry, Benchmark) and entry.unreconciled:
        gap = entry.unreconciled.amount.stated
        printed = words.pounds(sum((one.stated for one in entry.profile.values()), NOUGHT))
        others: tuple[Other, ...] = (Other(f"{printed} by year", ("the same source",)),)
        moves = f"the ask, by {words.pounds(gap)}"
        rank = _COMPARISON if id_ == record.about.benchmark else _OTHER
        weight = Weight(rank, gap)
        return Difference(id_, name(entry), used, others, moves, weight, entry.choice or "")
    said = [(claim, one) for claim in claims if (one := _other(record, id_, entry, claim))]
    if not said:
        return None
    weight, moves = max(_weighed(record, id_, entry, one.by) for _, one in said)
    grouped: dict[str, list[str]] = {}
    for claim, one in said:
        grouped.setdefault(one.says, []).append(record.sources[claim.source].publisher)
    others = tuple(Other(says, tuple(dict.fromkeys(who))) for says, who in grouped.items())
    return Difference(id_, name(entry), used, others, moves, weight, entry.choice or "")


class _Said(NamedTuple):
    """What a claim says that is not what is used, and by how much it differs."""

    says: str
    by: Decimal


def _other(record: Known, id_: str, entry: Entry, claim: Claim) -> _Said | None:
    """Return what a claim says that is not what is used; None where that is the same."""
    if isinstance(entry, Milestone):
        return _other_date(record.status(id_).due.latest, claim)
    if isinstance(entry, Commitment):
        return _other_sum(WORDS["commitments"].value(entry), entry, claim)
    if isinstance(entry, FigureEntry) and entry.value:
        value = entry.value.amount
        said = [
            one.amount for one in quantities_in(claim.wording) if one.amount.stated != value.stated
        ]
        if said and not any(one.allows(value.stated) for one in said):
            return _Said(words.quoted(claim.says), abs(said[0].stated - value.stated))
    return None


def _other_date(due: date | None, claim: Claim) -> _Said | None:
    """Return another date, at the closest reading of its words; None where it takes in the due."""
    every = dues_in(claim.wording)
    said = [one for one in every if not any(one.text in two.text for two in every if two != one)]
    spans = [(one.text, one.earliest, one.latest) for one in said if one.earliest and one.latest]
    if due is None or not spans or any(first <= due <= last for _, first, last in spans):
        return None
    text, _, last = spans[-1]
    return _Said(text, Decimal(abs((last - due).days)))


def _other_sum(used: Decimal | None, entry: Commitment, claim: Claim) -> _Said | None:
    """Return another sum, or, where the sum is the same, the other years that it is said of."""
    said = amounts_in(claim.wording)
    if not said or used is None:
        return None
    stated = entry.amount[-1].value if entry.amount else None
    other = said[0]
    if stated and stated.qualifier is Qualifier.ABOUT and stated.allows(other.stated):
        return None
    if _is_yearly(claim.wording) and not entry.years:
        return None
    years = len(entry.years or ()) or 1
    yearly = used / years if _is_yearly(claim.wording) else used
    if other.stated == yearly:
        # The sum is the same: what differs is when it falls.
        moved = entry.years and yearly == used
        return _Said(words.quoted(claim.says), -used / years) if moved else None
    if other.allows(yearly):
        return None
    text = f"{other.text} a year" if yearly != used else other.text
    return _Said(text, abs(other.stated - yearly) * (years if yearly != used else 1))


def _is_yearly(text: str) -> bool:
    return any(word in text for word in (" a year", "annually", "per year", "each year"))


def _weighed(record: Known, id_: str, entry: Entry, by: Decimal) -> tuple[Weight, str]:
    """Return what turns on a difference, and that in words."""
    if isinstance(entry, Milestone):
        return Weight(_DATE, by), f"its date, by {words.counted(int(by), 'day')}"
    if isinstance(entry, Commitment):
        question = Question(record)
        inside = {id_, *record.ledger.inside(id_)} if id_ in record.ledger.items else set()
        counts = question.adds(question.counted & inside) if inside else NOUGHT
        if not counts:
            return Weight(_OTHER, abs(by)), "nothing: in no total"
        if by < 0:
            return Weight(_TOTAL, -by), "the years it falls in"
        return Weight(_TOTAL, by), f"the total, by {words.short(by)}"
    benchmark = record.benchmarks.get(record.about.benchmark or "")
    asked = benchmark.amount.stated if benchmark else None
    if isinstance(entry, FigureEntry) and entry.value and entry.value.amount.stated == asked:
        return Weight(_COMPARISON, NOUGHT), "who says it is met"
    return Weight(_OTHER, NOUGHT), "a figure in no total"


def screen(record: Known, chosen: Chosen = EVERYTHING, *, explain: bool = False) -> Screen:
    """Return what sources really differ on as people see it first.

    `explain` says of each why the figure in use is used.
    """
    found = differences(record, chosen)
    whole = len(disputed(record, chosen))
    entries = words.counted(len(found), "entry", "entries")
    lines = [line for one in found for line in _lines(one)]
    heads = (Head(grows=True), Head("Used", most=17), Head("What it would move", most=27))
    return Screen(
        answer=f"Sources really differ on {entries}, as known on {words.day(record.as_of)}",
        said=tuple(map(_told, found)) if explain else (),
        listings=(Listing(heads, tuple(lines), folded=_rest, least=4),)
        if lines and not explain
        else (),
        notes=tuple(_notes(whole - len(found))),
        ways=(("Every quotation", "--all"), ("Why this one", "--explain"), ("One", "show ID")),
        whole=explain,
    )


def _told(one: Difference) -> str:
    """Say in full what is used, what is also said, what turns on it, and why the first is used."""
    why = f" {one.choice}" if one.choice else ""
    return f"{one.name}: {one.used} is used. {_also(one)}. It would move {one.moves}.{why}"


def _also(one: Difference) -> str:
    return "; ".join(f"{words.listed(other.who)}: {other.says}" for other in one.others)


def _lines(one: Difference) -> Iterator[Line]:
    """Yield a line for what is used and what turns on it, and one for what is also said."""
    yield Line((Cell(one.name), Cell(one.used), Cell(one.moves)))
    yield Line((Cell(f"  {_also(one)}", Tone.QUIET),), LineKind.REMARK)


def _rest(hidden: Sequence[Line]) -> Line:
    number = sum(line.kind is LineKind.ROW for line in hidden)
    return Line((Cell(f"and {number} more: --all" if number else "  and more: --all"),))


def _notes(others: int) -> Iterator[str]:
    if others:
        number = words.counted(others, "other entry differs", "other entries differ")
        yield f"{number.capitalize()} only in rounding, in wording, or in how they were read."
