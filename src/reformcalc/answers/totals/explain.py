"""Why each item counts as it does: one reason per commitment."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.answers.citing import citing
from reformcalc.answers.question import Question, new_remark, paid_from, parts_of
from reformcalc.answers.totals.notes import notes
from reformcalc.answers.totals.totals import headline
from reformcalc.ledger.ledger import Item, Standing, ever_stated
from reformcalc.report import ID, Column, Report, Shape
from reformcalc.rows import Kind, for_people, means
from reformcalc.values.money import NOUGHT, Sum, round_pounds

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from reformcalc.record.model import Claim
    from reformcalc.values.years import Years


@dataclass(frozen=True, slots=True)
class ExplainRow:
    """Why one item counts as it does; what they count adds up to the total."""

    id: str = field(metadata=means("a commitment, or a part of one in a second envelope", Kind.ID))
    title: str = field(metadata=means("what it is", Kind.TEXT))
    amount: Sum | None = field(
        metadata=means(
            "what it states, whole, in cash; empty where no source says it. Sums lie in one "
            "another, so these do not add up",
            Kind.SUM,
        )
    )
    counts_gbp: int = field(
        metadata=means(
            "what is left of it after all that lies inside it; these add up to the total",
            Kind.POUNDS,
        )
    )
    perhaps_gbp: int = field(
        metadata=means(
            "what may already lie in another sum, and is in no total; these add up to all in doubt",
            Kind.POUNDS,
        )
    )
    first_year: str | None = field(
        metadata=means(
            "the first financial year that it is for, by its own words or else by those of a sum "
            "that it lies in; empty where no source says",
            Kind.TEXT,
        )
    )
    last_year: str | None = field(metadata=means("the last, likewise", Kind.TEXT))
    reason: str = field(metadata=means("why it counts so", Kind.SENTENCE))
    where: str | None = field(metadata=means("the source of what it states", Kind.TEXT))
    sources: tuple[str, ...] = field(
        metadata=means(
            "its id; several where no one source prints the sum",
            Kind.ID,
            many=True,
            names="sources",
        )
    )
    prices: str | None = field(
        metadata=means(
            "the year whose prices counts_gbp is in, and by which release; empty for cash",
            Kind.TEXT,
        )
    )
    counts: Sum = field(metadata=for_people("the same as counts_gbp, with its pence", Kind.SUM))


def _row(
    question: Question,
    named: tuple[str, str],
    amount: Sum | None,
    counts: Decimal = NOUGHT,
    reason: str = "",
) -> ExplainRow:
    """Return the row of an item, by its id and title; of the total, which has neither."""
    id_, title = named
    exact = Sum(counts, counts, counts)
    claims, years = _claims(question, id_, amount), _years(question, id_)
    return ExplainRow(
        id=id_,
        title=title,
        amount=amount,
        counts_gbp=round_pounds(counts),
        perhaps_gbp=question.perhaps({id_} if id_ else question.unsure),
        first_year=str(years.first) if years else None,
        last_year=str(years.last) if years else None,
        reason=reason,
        where=question.record.citations(claims) or None,
        sources=tuple(dict.fromkeys(claim.source for claim in claims)),
        prices=question.prices,
        counts=exact,
    )


def _claims(question: Question, id_: str, amount: Sum | None) -> list[Claim]:
    """Return what says how much an item states; of a part of one, what says so of the whole."""
    item = question.ledger.items.get(id_)
    entry = item.entry if item else question.record.commitments.get(id_)
    return citing(question.record, entry, amount.stated if amount else None) if entry else []


def _years(question: Question, id_: str) -> Years | None:
    """Return the years that an item is for: what is not in the ledger has its own alone."""
    if item := question.ledger.items.get(id_):
        return item.years
    entry = question.record.commitments.get(id_)
    return entry.years if entry else None


def explain(question: Question) -> Report[ExplainRow]:
    """Return one reason for each commitment; what the rows count adds up to the total."""
    total, real = question.total, question.measure.prices is not None
    stated = None if total.missing else total.amount
    rows = sorted(_explained(question), key=lambda row: (-row.counts.stated, row.id))
    return Report(
        name="totals",
        as_of=question.record.as_of,
        dataset=question.record.stamp,
        headline=headline(question),
        rows=tuple(rows),
        row_type=ExplainRow,
        columns=(
            ID,
            Column("amount", "Stated", divided=real),
            Column("counts", "Counts", divided=real),
            Column("reason", "Why", Shape.SENTENCE),
        ),
        total=_row(question, ("", ""), stated, total.amount.stated, total.missing or ""),
        notes=tuple(notes(question, "explain", ())),
    )


def _explained(question: Question) -> Iterator[ExplainRow]:
    ledger = question.ledger
    for id_ in question.selected:
        item = ledger.items[id_]
        counts = question.adds({id_}) if id_ in question.counted else NOUGHT
        reason = _reason(question, item)
        if question.measure.new and (new := new_remark(question, item)):
            reason = new if reason == _IN_FULL else f"{reason}; {new}"
        if question.measure.prices and id_ in question.counted and not item.years:
            reason = "of no stated year: in no real terms"
        yield _row(question, (id_, question.titled(item)), item.money, counts, reason)
    for id_ in question.unsized():
        entry = question.record.commitments[id_]
        reason = f"of unknown size: {entry.reason}"
        yield _row(question, (id_, entry.title), None, reason=reason)
    for id_ in ledger.not_yet:
        entry = question.record.commitment(id_)
        if question.chosen.admits(entry) and question.chosen.envelope is None:
            first = next(iter(ever_stated(entry)), Sum())
            when = f" (announced {entry.announced.text})" if entry.announced else ""
            reason = f"not yet known{when}"
            yield _row(question, (id_, entry.title), first, reason=reason)


_IN_FULL = "counted in full"


def _reason(question: Question, item: Item) -> str:
    """Say in one line why an item counts as it does."""
    said = f": {item.entry.reason}" if item.entry.reason else ""
    match item.standing:
        case Standing.SUPERSEDED:
            return f"replaced by {question.named(item.by)}"
        case Standing.RESTATED:
            return f"repeats {question.named(item.by)}"
        case Standing.UNSURE:
            return f"{_in_doubt(question, item)}{said}"
        case Standing.NEVER:
            # Without a reason of its own it is in what never counts, or excepted from giving one.
            within = f": in {question.named(item.by)}" if item.by else ""
            return f"never counted{said or within}"
    if item.own.stated == item.money.stated:
        return f"{_IN_FULL}{_ceiling(question, item)}"
    if item.own.stated:
        own, whole = words.pounds(item.own.stated), words.money(item.money)
        return f"not broken down: {own} of {whole}{_ceiling(question, item)}"
    return "; ".join(filter(None, ["counted in its parts", parts_of(question, item)]))


def _in_doubt(question: Question, item: Item) -> str:
    """Say of a doubtful sum what of it counts here, and what else may hold it."""
    doubt = question.doubt.about(item.id)
    assert doubt is not None
    within = f"may be part of {question.named(doubt.inside or item.doubt)}"
    if not doubt.any_counts:
        return f"in doubt: {within}"
    if doubt.is_partly:
        most, whole = words.pounds(doubt.in_doubt), words.money(doubt.money)
        counts = f"in doubt for its share of {most} of {whole}, which {within}"
    else:
        counts = _IN_FULL
    named = doubt.outside and item.id in doubt.named
    return f"{counts}; {paid_from(question, doubt)}" if named else counts


def _ceiling(question: Question, item: Item) -> str:
    """Say what an open sum can be at most, where its envelope sets that."""
    ledger = question.ledger
    most = ledger.money({item.id}).high
    if item.money.high is not None or most is None:
        return ""
    said_again = item.limit is not None and item.limit == item.ceiling
    by = (
        question.called(next(i.id for i in ledger.items.values() if item.id in i.entry.restates))
        if said_again
        else f"the rest of {question.called(item.root)}"
    )
    return f"; at most {words.pounds(most)}: what {by} leaves"
