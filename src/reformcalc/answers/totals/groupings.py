"""Ways to group a total: one function from a question to rows for each word after --by.

To add one: write it here, and name it in GROUPINGS.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from reformcalc import words
from reformcalc.answers.citing import citing
from reformcalc.answers.question import Question, TotalsRow, new_remark, paid_from, parts_of
from reformcalc.ledger.doubt import no_more_than_all
from reformcalc.ledger.ledger import Item, Ledger, Standing, as_sum
from reformcalc.ledger.measure import told_by_year
from reformcalc.record.history import in_force
from reformcalc.record.ids import rest_id
from reformcalc.values.money import NOTHING, NOUGHT, Range, Sum, round_pounds, total
from reformcalc.values.years import written

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping
    from decimal import Decimal

    from reformcalc.values.money import Amount
    from reformcalc.values.years import FinancialYear


def outermost(question: Question) -> Iterator[TotalsRow]:
    """Yield the items that lie under no other, largest first: what they add is the total."""
    shown = _shown(question)
    insides = _Insides.of(question, shown)
    for id_ in _largest_first(question, shown):
        if _parent(question.ledger, id_, shown) is None:
            yield _item_row(question, insides, question.ledger.items[id_], None, 0)


def _by_envelope(question: Question) -> Iterator[TotalsRow]:
    """Yield each item under the first envelope that holds it, largest first."""
    ledger, shown = question.ledger, _shown(question)
    below: dict[str | None, list[str]] = {}
    for id_ in _largest_first(question, shown):
        below.setdefault(_parent(ledger, id_, shown), []).append(id_)
    ordered: list[tuple[str, str | None, int]] = []
    waiting: list[tuple[str, str | None, int]] = [(id_, None, 0) for id_ in below.get(None, [])]
    waiting.reverse()
    while waiting:
        id_, parent, depth = waiting.pop()
        ordered.append((id_, parent, depth))
        waiting += [(one, id_, depth + 1) for one in reversed(below.get(id_, []))]
    insides = _Insides.of(question, shown)
    remainders: list[tuple[int, TotalsRow]] = []  # of the envelopes whose parts are being listed
    for id_, parent, depth in ordered:
        while remainders and remainders[-1][0] >= depth:
            yield remainders.pop()[1]
        item = ledger.items[id_]
        yield _item_row(question, insides, item, parent, depth)
        holds = insides.shown[id_] > 1 and item.own.stated
        if holds and id_ in question.counted:
            remainders.append((depth, _remainder(question, item, depth + 1)))
    while remainders:
        yield remainders.pop()[1]


@dataclass(frozen=True, slots=True)
class _Insides:
    """What adds up in each item of a question: its own, and that of all inside it, each once.

    `adds` and `perhaps` are of what is in an item by its first-listed envelope, `counts` and
    `may_be` of all that is in it; `others` counts, but is not chosen; `gone` left with what was
    superseded; `shown` is how many items have rows. `counted` and `unsure` are the money that
    counts, and that may, with bounds.
    """

    adds: Mapping[str, Decimal]
    perhaps: Mapping[str, Decimal]
    counts: Mapping[str, Decimal]
    may_be: Mapping[str, Decimal]
    others: Mapping[str, Decimal]
    gone: Mapping[str, Decimal]
    shown: Mapping[str, Decimal]
    counted: Mapping[str, Sum]
    unsure: Mapping[str, Sum]

    @classmethod
    def of(cls, question: Question, shown: Collection[str]) -> _Insides:
        ledger = question.ledger
        adds = question.adds_each()
        perhaps = {id_: question.may_add({id_}) for id_ in question.unsure}
        others = ledger.counted() - question.selected
        gone = [id_ for id_ in ledger.items if ledger.items[id_].standing is Standing.SUPERSEDED]
        return cls(
            adds=_in_first(ledger, adds),
            perhaps=_in_first(ledger, perhaps),
            counts=ledger.in_each(adds),
            may_be=ledger.in_each(perhaps),
            others=ledger.in_each({id_: question.states({id_}) for id_ in others}),
            gone=ledger.in_each({id_: ledger.items[id_].own.stated for id_ in gone}),
            shown=ledger.in_each(dict.fromkeys(shown, NOUGHT + 1)),
            counted={} if question.stated else _in_each(question, question.counted),
            unsure={} if question.stated else _in_each(question, question.unsure),
        )


def _in_each(question: Question, ids: Collection[str]) -> dict[str, Sum]:
    """Return the money of some items in each item, of which no more is new than there is."""
    money = question.measure.in_each(question.ledger, ids)
    if question.measure.new is None:
        return money
    every = replace(question.measure, new=None).in_each(question.ledger, ids)
    return {id_: no_more_than_all(one, every[id_]) for id_, one in money.items()}


def _in_first(ledger: Ledger, values: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Add up values in each item: its own, and all whose first-listed envelope is in it."""
    found = {**dict.fromkeys(ledger.items, NOUGHT), **values}
    for item in reversed(ledger.items.values()):
        if item.parents:
            found[item.parents[0]] += found[item.id]
    return found


def _shown(question: Question) -> set[str]:
    """Return the items that get a row: those that count, may count, or left with their money."""
    standings = (Standing.COUNTED, Standing.UNSURE, Standing.SUPERSEDED)
    items = question.ledger.items
    return {id_ for id_ in question.selected if items[id_].standing in standings}


def _parent(ledger: Ledger, id_: str, shown: set[str]) -> str | None:
    """Return the nearest shown envelope of an item, by first-listed envelopes."""
    waiting = list(reversed(ledger.items[id_].parents))
    seen: set[str] = set()
    while waiting:
        parent = waiting.pop()
        if parent in shown:
            return parent
        if parent not in seen:
            seen.add(parent)
            waiting.extend(reversed(ledger.items[parent].parents))
    return None


def _largest_first(question: Question, ids: Collection[str]) -> list[str]:
    items = question.ledger.items
    return sorted(ids, key=lambda id_: (-items[id_].money.stated, id_))


def _item_row(
    question: Question, insides: _Insides, item: Item, parent: str | None, depth: int
) -> TotalsRow:
    ledger = question.ledger
    adds = round_pounds(insides.adds[item.id])
    elsewhere = round_pounds(insides.counts[item.id] - insides.adds[item.id])
    if question.stated:
        bounds = ledger.all_in(item.id)
        amount = Sum(item.money.stated, bounds.low, bounds.high, item.money.word)
    else:
        unsure = item.standing is Standing.UNSURE
        amount = (insides.unsure if unsure else insides.counted)[item.id]
    timeless = question.measure.prices and item.own.stated and not item.years
    claims = citing(question.record, item.entry, item.money.stated)
    cited = question.record.cited(claims)
    where = "; ".join(text for _, text in cited)
    return TotalsRow(
        id=item.id,
        title=question.titled(item),
        kind=_kind(item, parent),
        parent=parent,
        depth=depth,
        amount=amount,
        adds_gbp=adds,
        elsewhere_gbp=elsewhere,
        perhaps_gbp=round_pounds(insides.perhaps[item.id]),
        remark=_remark(question, insides, item, where),
        where=where or None,
        sources=tuple(dict.fromkeys(source for source, _ in cited)),
        cited=cited,
        prices=question.prices,
        missing="no years to deflate" if timeless and amount == NOTHING else None,
    )


def _kind(item: Item, parent: str | None) -> str:
    if item.part_in:
        return "part"
    if item.is_envelope:
        return "envelope"
    return "component" if parent else "commitment"


def _remark(question: Question, insides: _Insides, item: Item, where: str) -> str:
    """Say what a reader must know to see why a row adds what it adds."""
    if item.standing is Standing.SUPERSEDED:
        return f"replaced by {question.named(item.by)}: its own money no longer counts"
    nothing_sure = not insides.counts[item.id] and not insides.others[item.id]
    doubt = question.doubt.about(item.id)
    if doubt and nothing_sure and not doubt.any_counts:
        return f"in doubt, so not in the total: may be part of {question.named(doubt.inside)}"
    parts = []
    if away := list(_away(question, insides, item)):
        adds = question.written(round_pounds(insides.adds[item.id]))
        parts.append(f"{adds} counted here, {words.listed(away)}")
    if question.measure.prices and item.own.stated and not item.years:
        parts.append("of no stated year: in no real terms")
    if question.measure.new:
        parts.append(new_remark(question, item))
    if doubt and doubt.outside and item.id in doubt.named:
        most = min(doubt.from_outside, question.ledger.all_in(item.id).stated)
        parts.append(f"up to {words.pounds(most)} of it {paid_from(question, doubt)}")
    if question.stated:
        parts += _stated_remarks(question, item, where)
    return "; ".join(filter(None, parts))


def _away(question: Question, insides: _Insides, item: Item) -> Iterator[str]:
    """Yield what lies in an item and is not among what it adds, with why."""
    doubt = question.doubt.about(item.id)
    by = question.named(doubt.inside) if doubt and doubt.inside else "other sums"
    if elsewhere := round_pounds(insides.counts[item.id] - insides.adds[item.id]):
        yield f"{question.written(elsewhere)} under {_under(question, item)}"
    for amount, why in (
        (insides.others[item.id], "outside what is chosen"),
        (insides.may_be[item.id], f"in doubt, as it may be part of {by}"),
    ):
        if rounded := round_pounds(amount):
            yield f"{question.written(rounded)} {why}"
    if question.stated and (gone := insides.gone[item.id]):
        yield f"{words.pounds(gone)} replaced"


def _under(question: Question, item: Item) -> str:
    """Say under which sums the money of an item counts that does not count in its own row."""
    items = question.ledger.items
    held: dict[str, None] = {}
    for id_ in sorted(question.ledger.inside(item.id) & question.counted):
        chain = [id_]
        while items[chain[-1]].parents:
            chain.append(items[chain[-1]].parents[0])
        if item.id not in chain and question.adds({id_}):
            held[chain[-1]] = None
    return question.named(held)


def _stated_remarks(question: Question, item: Item, where: str) -> Iterator[str]:
    """Yield how the figure that is stated stands to its parts, and to the documents of the day."""
    if said := parts_of(question, item):
        yield said
    elif item.money.high is None and item.subtree.low == item.subtree.high:
        yield f"its parts make it exactly {words.pounds(item.subtree.low)}"
    if not where and not item.part_in:
        yield "no document dated by then prints it"


def _remainder(question: Question, item: Item, depth: int) -> TotalsRow:
    own, perhaps = question.money({item.id}), question.perhaps({item.id})
    return TotalsRow(
        id=rest_id(item.id),
        title="not broken down",
        kind="not-itemised",
        parent=item.id,
        depth=depth,
        amount=own,
        adds_gbp=round_pounds(own.stated),
        perhaps_gbp=perhaps,
        remark=f"up to {question.written(perhaps)} more is in doubt" if perhaps else "",
        prices=question.prices,
    )


def _by_pillar(question: Question) -> Iterator[TotalsRow]:
    pillars = question.record.pillars
    loose = {id_ for id_, pillar in pillars.items() if pillar.unassigned}
    # What has no one pillar is not among what a pillar chooses, yet might belong to it.
    of_any = replace(question.chosen, pillars=()).items(question.ledger)
    unassigned = round_pounds(
        question.states(
            {
                id_
                for id_ in question.ledger.counted(of_any)
                if question.ledger.items[id_].entry.pillar in loose
            }
        )
    )
    rows = _grouped(
        question,
        {id_: pillar.title for id_, pillar in pillars.items() if _in_question(question, id_)},
        lambda item: [item.entry.pillar],
    )
    for row in rows:
        if row.id in loose or not unassigned:
            yield row
        else:
            remarks = [row.remark, f"and {question.written(unassigned)} not assigned"]
            remark = ", ".join(filter(None, remarks))
            yield replace(row, unassigned_gbp=unassigned, remark=remark)


def _in_question(question: Question, pillar: str) -> bool:
    return not question.chosen.pillars or pillar in question.chosen.pillars


def _by_topic(question: Question) -> Iterator[TotalsRow]:
    titles = {id_: topic.title for id_, topic in question.record.topics.items()}
    used = {topic for id_ in question.selected for topic in _topics(question, id_)}
    titles = {id_: title for id_, title in titles.items() if id_ in used}
    untitled = (
        {"none": "No topic"} if any(not _topics(question, i) for i in question.selected) else {}
    )
    members = _members(question, titles | untitled, lambda item: item.entry.topics or ["none"])
    rows = [
        question.among(members[id_]).row(id_, title, "group", members[id_])
        for id_, title in (titles | untitled).items()
    ]
    yield from filter(counts, _ordered(rows))


def _topics(question: Question, id_: str) -> Collection[str]:
    return question.ledger.items[id_].entry.topics


def _by_lead(question: Question) -> Iterator[TotalsRow]:
    """Yield a row a body; a promise by two together has a row of its own."""
    bodies = question.record.bodies
    leads = {tuple(sorted(question.ledger.items[id_].entry.lead)) for id_ in question.selected}
    titles = {"+".join(lead): words.listed(bodies[one].title for one in lead) for lead in leads}
    rows = _grouped(question, titles, lambda item: ["+".join(sorted(item.entry.lead))])
    yield from filter(counts, rows)


def _by_stage(question: Question) -> Iterator[TotalsRow]:
    stages = {_stage(question, question.ledger.items[id_]) for id_ in question.selected}
    titles = {stage: stage.replace("-", " ") for stage in stages}
    yield from filter(counts, _grouped(question, titles, lambda item: [_stage(question, item)]))


def _by_spending(question: Question) -> Iterator[TotalsRow]:
    kinds = {_spending(question.ledger.items[id_]) for id_ in question.selected}
    titles = {kind: kind.replace("-", " ") for kind in kinds}
    yield from filter(counts, _grouped(question, titles, lambda item: [_spending(item)]))


def _spending(item: Item) -> str:
    return item.entry.spending or "not-stated"


def counts(row: TotalsRow) -> bool:
    """Whether anything in a group counts, or may."""
    # A high of None is no bound: the group may hold any sum.
    return bool(row.adds_gbp or row.perhaps_gbp) or row.amount.high != 0


def _stage(question: Question, item: Item) -> str:
    revision = in_force(item.entry.stage, question.record.as_of)
    return revision.value if revision else "not-stated"


_LAST = ("none", "not-stated")  # groups of what belongs to no group


def _grouped(
    question: Question, titles: dict[str, str], groups: Callable[[Item], Collection[str]]
) -> list[TotalsRow]:
    """Sum the chosen items by group, in doubt as in the whole answer, so that the rows add up."""
    members = _members(question, titles, groups)
    return _ordered(
        [question.row(id_, title, "group", members[id_]) for id_, title in titles.items()]
    )


def _members(
    question: Question, titles: Collection[str], groups: Callable[[Item], Collection[str]]
) -> dict[str, set[str]]:
    members: dict[str, set[str]] = {id_: set() for id_ in titles}
    for id_ in question.selected:
        for group in groups(question.ledger.items[id_]):
            members[group].add(id_)
    return members


def _ordered(rows: list[TotalsRow]) -> list[TotalsRow]:
    """Put the largest group first, then by id, and last what belongs to none."""
    return sorted(rows, key=lambda row: (row.id in _LAST, -row.adds_gbp, row.id))


def _by_year(question: Question) -> Iterator[TotalsRow]:
    """Yield the money of each run of years, as one where no source splits it."""
    whole: dict[str, set[str]] = {}
    parts: dict[str, list[Sum]] = {}
    for id_ in sorted(question.counted | question.unsure):
        item = question.ledger.items[id_]
        if not item.holds_money:
            continue
        told = {} if id_ in question.unsure else dict(_told(question, item))
        for label, part in told.items():
            parts.setdefault(label, []).append(part)
        if not told:
            whole.setdefault(_run_of(item), set()).add(id_)
    for label in sorted({*whole, *parts}, key=lambda text: (text in _LAST, text)):
        row = question.row(label, _split(label), "group", whole.get(label, set()))
        amount = total([row.amount, *parts.get(label, [])])
        missing = row.missing if amount == NOTHING else None
        yield replace(row, amount=amount, adds_gbp=round_pounds(amount.stated), missing=missing)


def _split(label: str) -> str:
    """Say of the years that head a row, where they are more than one, that nothing splits them."""
    if label in _LAST:
        return "no source says which years"
    return "no yearly split" if ".." in label or "," in label else ""


def _run_of(item: Item) -> str:
    return str(item.years or "not-stated")


def _told(question: Question, item: Item) -> Iterator[tuple[str, Sum]]:
    """Yield what a source puts in each year of an item; nothing where none does.

    A sum of one year is that year's, whatever a source puts in it. No source says of which year the
    new part of a sum is.
    """
    if item.is_envelope or not item.profile or (item.years and len(item.years) == 1):
        return
    if question.stated:
        # Years that add to more than the sum, by rounding or as an exception, are not parts of it.
        told = total(as_sum(amount) for _, amount in _told_years(item))
        open_ = item.years and told.range.meets(item.settled_own.range)
        if told.stated <= item.own.stated or open_:
            yield from _profiled(question, item)
    elif told_by_year(item) and _new_by_year(question, item):
        for year in item.years or ():
            yield str(year), _in_years(question, item, [year])


def _new_by_year(question: Question, item: Item) -> bool:
    """Whether what is measured of an item is known of each year: all of it, or what is new."""
    if question.measure.new is None or item.before == "all":
        return True
    by_year = item.before_by_year.values()
    every_year_told = bool(by_year) and all(one.low == one.high for one in by_year)
    return every_year_told or (item.before is not None and item.before.high == 0)


def _told_years(item: Item) -> list[tuple[FinancialYear, Amount]]:
    years = item.years
    return [one for one in sorted(item.profile.items()) if years is None or one[0] in set(years)]


def _in_years(question: Question, item: Item, years: Collection[FinancialYear]) -> Sum:
    measure = replace(question.measure, years=frozenset(years))
    return measure.of(question.ledger, {item.id})


def _profiled(question: Question, item: Item) -> Iterator[tuple[str, Sum]]:
    """Yield what a source puts in each year, then what is left to the other years, or to all."""
    left, told = item.own.stated, _told_years(item)
    # Where the years of an open sum are stated as more than it, each has its part of that.
    lowered = sum((amount.stated for _, amount in told), NOUGHT) > left
    for year, amount in told:
        money = as_sum(amount)
        if item.years:
            here = _in_years(question, item, [year])
            money = here.range.holding(here.stated if lowered else amount.stated)
        yield str(year), money
        left -= money.stated
    rest = [year for year in item.years or () if year not in item.profile]
    if rest:
        yield written(rest), _in_years(question, item, rest)
    elif left:
        yield _run_of(item), item.settled_own.range.without(_all_told(told)).holding(left)


def _all_told(told: Collection[tuple[FinancialYear, Amount]]) -> Range:
    return total(as_sum(amount) for _, amount in told).range


Grouping = Literal["envelope", "pillar", "topic", "year", "lead", "stage", "spending"]
GROUPINGS: dict[Grouping, Callable[[Question], Iterator[TotalsRow]]] = {
    "envelope": _by_envelope,
    "pillar": _by_pillar,
    "topic": _by_topic,
    "year": _by_year,
    "lead": _by_lead,
    "stage": _by_stage,
    "spending": _by_spending,
}
# Where each sum is in one group these add up to the whole, and keep its doubt in a column.
ADDING_UP = tuple(name for name in GROUPINGS if name not in ("envelope", "topic", "year"))
