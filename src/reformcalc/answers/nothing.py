"""Why a question of money has no figure: £0 would be read as one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reformcalc import words
from reformcalc.answers.chosen import Chosen
from reformcalc.answers.places import is_place

if TYPE_CHECKING:
    from reformcalc.answers.question import Question
    from reformcalc.ledger.known import Known


class Nothing(NamedTuple):
    """What is said in place of a figure: the answer, without a full stop, and more sentences."""

    answer: str
    more: str = ""

    @property
    def sentences(self) -> str:
        """All of it."""
        return f"{self.answer}. {self.more}".strip()


def nothing(question: Question) -> Nothing:
    """Say why there is no figure: what the record does not hold, or what of it does not count.

    Only for a question whose total is `missing`.
    """
    record, chosen, reason = question.record, question.chosen, question.total.missing
    every = record.ever.days_of_money()
    if every and record.as_of < every[0]:
        first = words.day(every[0])
        return Nothing(f"The record has no promise of money before {first}")
    if chosen.envelope in record.ledger.unsized:
        entry = record.commitments[chosen.envelope]
        return Nothing(f"No source says how large it is: {entry.name}", entry.reason or "")
    about = chosen.described(record) or record.about.subject
    if chosen == Chosen(announced_after=chosen.announced_after) != Chosen():
        about = f"{record.about.subject}, {about}"
    if len(chosen.leads) == 1 and not question.selected and is_place(record, chosen.leads[0]):
        return _of_one_body(record, chosen.leads[0])
    match reason:
        case "in doubt alone":
            most = words.pounds(question.may_add(question.unsure))
            return Nothing(
                f"All that is recorded for {about} is in doubt",
                f"Up to {most} may be part of other sums, and is in no total.",
            )
        case "recorded, but in no total":
            return Nothing(
                f"No money that counts is recorded for {about}",
                "What is recorded lies in other sums, or never counts: --explain says why.",
            )
        case "nothing recorded" if unsized := question.unsized():
            return Nothing(
                f"No source says how much is promised for {about}",
                f"Of unknown size: {question.named(unsized)}.",
            )
        case "nothing recorded":
            return Nothing(f"No money is recorded for {about}")
    return Nothing(f"No figure for {about} in real terms: its sums have no stated years")


def _of_one_body(record: Known, id_: str) -> Nothing:
    """Say of a council or a region that it promised none, and where is what it gets."""
    return Nothing(
        f"{record.bodies[id_].name} promised no money that is recorded",
        f"What it gets of what others promised, as far as sources say: reformcalc for {id_}.",
    )
