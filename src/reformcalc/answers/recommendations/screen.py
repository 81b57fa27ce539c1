"""What was asked for and answered, on one screen: how many have which answer, or one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.answers.recommendations.asking import ANSWERS
from reformcalc.answers.recommendations.recommendations import (
    headline,
    made_by_count,
    money_in_words,
)
from reformcalc.answers.responses import Answer, answer, in_words, last
from reformcalc.screen import Cell, Head, Line, LineKind, Listing, Screen, Tone

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from reformcalc.answers.recommendations.asking import Asking
    from reformcalc.record.model import Recommendation

_HEADS = {
    Answer.ACCEPTED: "Accepted",
    Answer.IN_PART: "In part",
    Answer.TESTING: "Testing",
    Answer.EXPLORING: "Exploring",
    Answer.REJECTED: "Rejected",
    Answer.NONE: "None",
}
_FIRST = {"review": "Asked by", "pillar": "Pillar", "chapter": "Chapter", "response": "Answer"}
TONES = {Answer.ACCEPTED: Tone.GOOD, Answer.REJECTED: Tone.BAD, Answer.NONE: Tone.DOUBT}
_NAMED = 4  # recommendations in a sentence
_LEAST = 2  # lines of a listing that are shown in any case
_NAME = 18  # what a name has beside all counts, in 80 columns; a longer one goes on below


def screen(asking: Asking, *, every: bool = False) -> Screen:
    """Return the answer as people see it first.

    `every` lists one by one, and folds nothing; so does a choice of answers, as far as there is
    room.
    """
    if not asking.entries:
        return Screen(answer=headline(asking), ways=(("What there is", "list"),))
    one_by_one = every or bool(asking.responses)
    return Screen(
        answer=headline(asking),
        said=tuple(_said(asking)),
        listings=(_each(asking, every=every) if one_by_one else _counts(asking),),
        beside=() if one_by_one else tuple(_beside(asking)),
        notes=tuple(_notes(asking)),
        ways=tuple(_ways(one_by_one=one_by_one)),
        whole=every,
    )


def _said(asking: Asking) -> Iterator[str]:
    """Yield whose they are, and what an answer is not."""
    bodies = {entry.by for entry in asking.entries.values()}
    asked = (
        asking.record.bodies[bodies.pop()].name
        if len(bodies) == 1
        else f"{words.number(len(bodies))} bodies"
    )
    promised = asking.answers[Answer.ACCEPTED] + asking.answers[Answer.IN_PART]
    done = " What is accepted is promised, and need not be done." if promised else ""
    yield f"Asked for by {asked}, as known on {words.day(asking.record.as_of)}.{done}"


def _counts(asking: Asking) -> Listing:
    """Return a line for each group: how many were made, and how many have which answer."""
    if asking.by == "response":
        return _by_response(asking)
    heads = (
        Head(_FIRST[asking.by], grows=True, wraps=True, most=_NAME),
        Head("All", right=True),
        *(Head(_HEADS[one], right=True) for one in ANSWERS),
    )
    return Listing(
        heads,
        tuple(_count(asking, group.title, group.ids) for group in asking.groups),
        total=_count(asking, "Total", asking.entries, LineKind.TOTAL),
        folded=lambda hidden: _rest(asking, hidden),
        least=_LEAST,
    )


def _count(asking: Asking, title: str, ids: Collection[str], kind: LineKind = LineKind.ROW) -> Line:
    counted = asking.count(ids)
    cells = [Cell(title), Cell(str(len(ids)))]
    cells += [Cell(str(counted[one] or "")) for one in ANSWERS]
    made = (asking.entries[id_].claims[0] for id_ in ids if asking.entries[id_].claims)
    cited = {claim.source: asking.record.citation(claim) for claim in made}
    cites = () if kind is LineKind.TOTAL else tuple(cited.items())
    return Line(tuple(cells), kind, cites=cites)


def _rest(asking: Asking, hidden: Sequence[Line]) -> Line:
    """Return one row for the last groups, so that the column still adds up."""
    gone = asking.groups[len(asking.groups) - len(hidden) :]
    return _count(asking, f"{len(gone)} smaller", [id_ for group in gone for id_ in group.ids])


def _by_response(asking: Asking) -> Listing:
    """Return a line for each answer, with the money and the steps that such answers name."""
    heads = (
        Head("Answer", grows=True),
        Head("All", right=True),
        Head("Money named", right=True),
        Head("Steps met", right=True),
        Head("partly", right=True),
        Head("to come", right=True),
        Head("past", right=True),
        Head("gone", right=True),
    )
    return Listing(
        heads,
        tuple(_answer(asking, group.title, group.ids) for group in asking.groups),
        total=_answer(asking, "Total", asking.entries, LineKind.TOTAL),
    )


def _answer(
    asking: Asking, title: str, ids: Collection[str], kind: LineKind = LineKind.ROW
) -> Line:
    steps = asking.steps(ids)
    counts = (steps.came, steps.partly, steps.to_come, steps.past, steps.gone)
    cells = [Cell(title), Cell(str(len(ids))), Cell(_money(asking, ids))]
    return Line((*cells, *(Cell(str(count or "")) for count in counts)), kind)


def _each(asking: Asking, *, every: bool) -> Listing:
    """Return a line for each recommendation, under the head of its group."""
    heads, cells = _columns(asking)
    lines = []
    for group in asking.groups:
        lines.append(Line((Cell(f"{group.title}: {len(group.ids)}"),), LineKind.HEADING))
        lines += [Line(tuple(cells(id_, asking.entries[id_]))) for id_ in group.ids]
    folded = None if every else _more
    return Listing(heads, tuple(lines), folded=folded, least=_LEAST)


def _more(hidden: Sequence[Line]) -> Line:
    count = sum(line.kind is LineKind.ROW for line in hidden)
    return Line((Cell(f"and {count} more", Tone.QUIET),))


def _money(asking: Asking, ids: Collection[str]) -> str:
    """Write what answers name and counts, or why it does not; nothing where they name none."""
    if not asking.names_money(ids):
        return ""
    row = asking.money(ids)
    if row.missing:
        return "in doubt" if row.perhaps_gbp else "counts nothing"
    return words.phrase(row.amount, words.short)


class _Columns:
    """The cells of a line of one recommendation: what the question does not say already."""

    def __init__(self, asking: Asking) -> None:
        self._asking = asking
        self._asked_by = asking.by != "review"
        self._answers = asking.by != "response" and len(asking.responses) != 1
        self._none = asking.responses == (Answer.NONE,)
        self._dated = not (self._asked_by and self._answers)
        self._money = asking.names_money(asking.entries)

    @property
    def heads(self) -> tuple[Head, ...]:
        heads = [Head(grows=True)]
        if self._asked_by:
            heads.append(Head("Asked by", most=18))
        if self._answers:
            heads.append(Head("Answer"))
        if self._none:
            heads.append(Head("None in pages up to"))
        elif self._dated:
            heads.append(Head("On", most=17))
            if self._money:
                heads.append(Head("Money named", right=True))
        return tuple(heads)

    def __call__(self, id_: str, entry: Recommendation) -> Iterator[Cell]:
        response, given = last(entry), answer(entry)
        yield Cell(entry.name)
        if self._asked_by:
            yield Cell(self._asking.record.bodies[entry.by].name)
        if self._answers:
            yield Cell(in_words(given), TONES.get(given, Tone.PLAIN))
        if self._none:
            reach = max((one.reaches for one in entry.looked if one.reaches), default=None)
            yield Cell(words.day(reach) if reach else "not looked for")
        elif self._dated:
            yield Cell(words.published(response.on) if response else "")
            if self._money:
                yield Cell(_money(self._asking, [id_]))


def _columns(asking: Asking) -> tuple[tuple[Head, ...], _Columns]:
    columns = _Columns(asking)
    return columns.heads, columns


def _beside(asking: Asking) -> Iterator[str]:
    """Yield which were rejected and which have no answer, then the money and the steps."""
    for one in (Answer.REJECTED, Answer.NONE):
        every = (id_ for group in asking.groups for id_ in group.ids)
        ids = [id_ for id_ in every if answer(asking.entries[id_]) is one]
        if ids and asking.by != "response":
            few = words.few([asking.entries[id_].name for id_ in ids], _NAMED)
            yield f"{in_words(one).capitalize()}: {'; '.join(few)}"
    if asking.names_money(asking.entries):
        yield money_in_words(asking)
    steps = asking.steps(asking.entries)
    if steps.total:
        yield f"{words.counted(steps.total, 'step')} named in answers: {steps}."


def _notes(asking: Asking) -> Iterator[str]:
    record = asking.record
    yield from made_by_count(asking)
    if record.as_of > record.about.reviewed:
        yield f"Last reviewed {words.day(record.about.reviewed)}."


def _ways(*, one_by_one: bool) -> Iterator[tuple[str, str]]:
    if one_by_one:
        yield "Sources", "--long"
    else:
        yield "One by one", "--all"
        yield "No answer", "--response none"
    yield "Story of one", "show ID"
