"""Every recommendation of a day with its answer, the money and the steps that answers name."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.answers.chosen import EVERYTHING, age
from reformcalc.answers.recommendations.asking import ANSWERS, Asking
from reformcalc.answers.responses import (
    Answer,
    Steps,
    answer,
    answered,
    in_words,
    last,
    money_named,
    steps_named,
)
from reformcalc.report import ID, Column, Note, Report, Shape
from reformcalc.rows import Kind, for_people, means
from reformcalc.values.money import NOUGHT, Sum

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from reformcalc.answers.recommendations.asking import Group


@dataclass(frozen=True, slots=True)
class RecommendationRow:
    """One recommendation as it stood on the day.

    The total has the same of all: each pound, and each step, once.
    """

    id: str = field(metadata=means("the recommendation", Kind.ID, names="recommendations"))
    title: str = field(metadata=means("what is asked for", Kind.TEXT))
    by: str = field(metadata=means("the body that asks", Kind.ID, names="bodies"))
    made: str = field(metadata=means("when it was made, in words", Kind.TEXT))
    to: tuple[str, ...] = field(
        metadata=means("the body or bodies that are asked", Kind.ID, many=True, names="bodies")
    )
    chapter: str = field(metadata=means("its chapter in the document", Kind.TEXT))
    pillar: str | None = field(metadata=means("the pillar", Kind.ID, names="pillars"))
    topics: tuple[str, ...] = field(
        metadata=means("the topics", Kind.ID, many=True, names="topics")
    )
    response: str = field(
        metadata=means(
            f"what was answered last by the day: {', '.join(Answer)}; empty in the total", Kind.WORD
        )
    )
    answered_on: str | None = field(metadata=means("when, in words", Kind.TEXT))
    responses: int = field(metadata=means("how many answers there were by the day", Kind.WHOLE))
    note: str | None = field(
        metadata=means("how far that answer goes, in the record's words", Kind.TEXT)
    )
    instead: str | None = field(
        metadata=means("what is done in place of what was asked for", Kind.TEXT)
    )
    amount: Sum = field(
        metadata=means(
            "the money that its answers name and that counts, each pound once; empty where they "
            "name none",
            Kind.SUM,
            unless="missing",
        )
    )
    perhaps_gbp: int = field(
        metadata=means("of what they name, what is in no total as it is in doubt", Kind.POUNDS)
    )
    commitments: tuple[str, ...] = field(
        metadata=means("the money named", Kind.ID, many=True, names="commitments")
    )
    steps: tuple[str, ...] = field(
        metadata=means("the steps named", Kind.ID, many=True, names="milestones")
    )
    steps_met: int = field(
        metadata=means("how many of them are met, in force or ended", Kind.WHOLE)
    )
    steps_partly_met: int = field(metadata=means("how many are partly met", Kind.WHOLE))
    steps_to_come: int = field(
        metadata=means("how many are due, to come, under way or undated", Kind.WHOLE)
    )
    steps_past: int = field(metadata=means("how many are past, with no outcome known", Kind.WHOLE))
    steps_gone: int = field(metadata=means("how many were dropped or replaced", Kind.WHOLE))
    asks_money: str | None = field(
        metadata=means("the benchmark that is the money asked for", Kind.ID, names="benchmarks")
    )
    asked_before: tuple[str, ...] = field(
        metadata=means(
            "earlier ones that ask for the same", Kind.ID, many=True, names="recommendations"
        )
    )
    looked: date | None = field(metadata=means("when an answer was last looked for", Kind.DAY))
    reaches: date | None = field(
        metadata=means("the newest day that the pages read can tell of", Kind.DAY)
    )
    missing: str | None = field(
        metadata=means("why there is no sum; empty where there is one", Kind.TEXT)
    )
    where: str | None = field(
        metadata=means("the source of the answer, or else of what is asked", Kind.TEXT)
    )
    sources: tuple[str, ...] = field(metadata=means("its id", Kind.ID, many=True, names="sources"))
    group: str = field(metadata=for_people("what it is listed under", Kind.TEXT))
    says: str = field(metadata=for_people("what was answered last, and when", Kind.SENTENCE))
    stand: str = field(metadata=for_people("how the steps named stand", Kind.SENTENCE))


NO_MONEY = "none named"


def recommendations(asking: Asking) -> Report[RecommendationRow]:
    """Return every recommendation that is asked about, group by group."""
    rows = tuple(_row(asking, id_, group) for group in asking.groups for id_ in group.ids)
    return Report(
        name="recommendations",
        as_of=asking.record.as_of,
        dataset=asking.record.stamp,
        headline=headline(asking),
        rows=rows,
        row_type=RecommendationRow,
        columns=(
            ID,
            Column("title", shape=Shape.SENTENCE, under=(Column("stand"), Column("where"))),
            Column("says", "Answer"),
            Column("amount", "Money named", instead="missing"),
        ),
        group=Column("group", shape=Shape.NAME),
        total=_total(asking),
        notes=tuple(notes(asking)),
    )


def headline(asking: Asking) -> str:
    """Say how many have an answer, and how many were rejected."""
    chosen = asking.chosen.described(asking.record)
    what = f" on {chosen}" if chosen else ""
    total, without = len(asking.entries), asking.answers[Answer.NONE]
    if not total:
        kept = " or ".join(in_words(Answer(one)) for one in asking.responses)
        had = f" had the answer {kept}" if kept else " was made"
        return f"No recommendation{what}{had} by {words.day(asking.record.as_of)}"
    if asking.responses:
        of = f"{total} of {words.counted(asking.made, 'recommendation')}{what}"
        given = [one for one in ANSWERS if asking.answers[one]]
        if len(given) == 1:
            return f"{of} {_ONE[given[0]] if total == 1 else _SEVERAL[given[0]]}"
        return f"{of}: {counts(asking)}"
    every = f"{words.counted(total, 'recommendation')}{what}"
    if without == total:
        return f"None of {every} has an answer"
    said = f"{total - without} of {every} {'has' if total - without == 1 else 'have'} an answer"
    if rejected := asking.answers[Answer.REJECTED]:
        said += f", {rejected} rejected"
    return f"{said}; {without} {'has' if without == 1 else 'have'} none" if without else said


_ONE = {
    Answer.ACCEPTED: "was accepted",
    Answer.IN_PART: "was accepted in part",
    Answer.TESTING: "is being tested",
    Answer.EXPLORING: "is being explored",
    Answer.REJECTED: "was rejected",
    Answer.NONE: "has no answer",
}
_SEVERAL = {
    one: said.replace("was ", "were ").replace("is ", "are ").replace("has ", "have ")
    for one, said in _ONE.items()
}


def counts(asking: Asking) -> str:
    """Say how many have which answer: "21 accepted, 5 testing"."""
    found = ((asking.answers[one], in_words(one)) for one in ANSWERS)
    return ", ".join(f"{count} {said}" for count, said in found if count)


def notes(asking: Asking) -> Iterator[Note]:
    """Yield what the rows rest on."""
    record, entries = asking.record, asking.entries
    yield Note(
        f"As known on {words.day(record.as_of)}: {counts(asking) or 'none'}. No answer means that "
        "the record has none by that day."
    )
    unlooked = sum(not one.responses and not one.looked for one in entries.values())
    if unlooked:
        yield Note(f"Of those without an answer, {unlooked} had not been looked for by that day.")
    if asking.names_money(entries):
        yield Note(money_in_words(asking))
    steps = asking.steps(entries)
    if steps.total:
        yield Note(
            f"{words.counted(steps.total, 'step')} named in answers: {steps}. A step that is met "
            "is not the recommendation done."
        )
    yield from map(Note, made_by_count(asking))
    if record.about.limits:
        yield Note(record.about.limits)
    yield from age(record)


def made_by_count(asking: Asking) -> Iterator[str]:
    """Yield how many a body made, as a figure of the record has it, and how many are here.

    Of all that is known alone: a choice is not what was counted.
    """
    if asking.chosen != EVERYTHING or asking.responses:
        return
    record = asking.record
    for figure in record.figures.values():
        if figure.kind == "count" and figure.unit == "recommendations" and figure.value:
            here = sum(one.by == figure.by for one in asking.entries.values())
            made = f"{record.bodies[figure.by].name} made {figure.value.amount.text}"
            yield f"{made}; {here} are in the record."


def money_in_words(asking: Asking) -> str:
    """Say what answers name, each pound once, and by how much the rows come to more."""
    row = asking.money(asking.entries)
    amount = "none that counts" if row.missing else words.phrase(row.amount, words.short)
    said = f"Money named in answers: {amount}, each pound once"
    if asking.named_again:
        said += f"; the rows add to {words.short(asking.named_again)} more, as several name it"
    if row.perhaps_gbp:
        said += f". Another {words.short(NOUGHT + row.perhaps_gbp)} is in doubt"
    return f"{said}."


def _row(asking: Asking, id_: str, group: Group) -> RecommendationRow:
    record, entry = asking.record, asking.entries[id_]
    response, steps, money = last(entry), asking.steps([id_]), asking.money([id_])
    look = entry.looked[-1] if entry.looked else None
    claim = response.claims[0] if response else entry.claims[0]
    return RecommendationRow(
        id=id_,
        title=entry.title,
        by=entry.by,
        made=words.published(entry.made),
        to=entry.to,
        chapter=entry.chapter,
        pillar=entry.pillar,
        topics=entry.topics,
        response=answer(entry),
        answered_on=words.published(response.on) if response else None,
        responses=len(entry.responses),
        note=response.note if response else None,
        instead=response.instead if response else None,
        amount=money.amount,
        perhaps_gbp=money.perhaps_gbp,
        commitments=money_named(entry),
        steps=steps_named(entry),
        **_standing(steps),
        asks_money=entry.asks_money,
        asked_before=entry.asked_before,
        looked=look.on if look else None,
        reaches=look.reaches if look else None,
        missing=money.missing if asking.names_money([id_]) else NO_MONEY,
        where=record.citation(claim),
        sources=(claim.source,),
        group=group.title,
        says=answered(entry),
        stand=f"steps: {steps}" if steps.total else "",
    )


def _standing(steps: Steps) -> dict[str, int]:
    return {
        "steps_met": steps.came,
        "steps_partly_met": steps.partly,
        "steps_to_come": steps.to_come,
        "steps_past": steps.past,
        "steps_gone": steps.gone,
    }


def _total(asking: Asking) -> RecommendationRow:
    """Return the row of all: each pound and each step once, which rows may name several times."""
    entries = asking.entries
    steps, money = asking.steps(entries), asking.money(entries)
    commitments = {one: None for entry in entries.values() for one in money_named(entry)}
    named = {one: None for entry in entries.values() for one in steps_named(entry)}
    return RecommendationRow(
        id="",
        title="",
        by="",
        made="",
        to=(),
        chapter="",
        pillar=None,
        topics=(),
        response="",
        answered_on=None,
        responses=sum(len(entry.responses) for entry in entries.values()),
        note=None,
        instead=None,
        amount=money.amount,
        perhaps_gbp=money.perhaps_gbp,
        commitments=tuple(commitments),
        steps=tuple(named),
        **_standing(steps),
        asks_money=None,
        asked_before=(),
        looked=None,
        reaches=None,
        missing=money.missing if commitments else NO_MONEY,
        where=None,
        sources=(),
        group="",
        says="",
        stand=f"steps: {steps}" if steps.total else "",
    )
