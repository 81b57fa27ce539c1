"""Ways to group a total: one function from a question to rows for each word after --by.

To add one: write it here, and name it in GROUPINGS.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.known import in_force
from reformcalc.ledger import Item, Ledger, Standing, as_sum
from reformcalc.money import NOTHING, NOUGHT, Sum, round_pounds, total
from reformcalc.queries.citing import citing
from reformcalc.queries.measure import told_by_year
from reformcalc.queries.question import Question, TotalsRow, excess_of, new_remark
from reformcalc.years import written

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator


def _by_envelope(question: Question) -> Iterator[TotalsRow]:
    """Yield each item under the first envelope that holds it, largest first."""
    shown = _shown(question)
    below: dict[str | None, list[str]] = {}
    for id_ in shown:
        below.setdefault(_parent(question.ledger, id_, shown), []).append(id_)
    waiting = [(id_, None, 0) for id_ in reversed(_largest_first(question, below.get(None, [])))]
    remainders: dict[str, TotalsRow] = {}
    stack: list[tuple[str, str | None, int]] = list(waiting)
    while stack:
        id_, parent, depth = stack.pop()
        if id_ in remainders:
            yield remainders[id_]
            continue
        item = question.ledger.items[id_]
        yield _item_row(question, item, parent, depth)
        if item.inside & shown and item.own.stated and item.standing is Standing.COUNTED:
            rest = _remainder(question, item, depth + 1)
            remainders[rest.id] = rest
            stack.append((rest.id, id_, depth + 1))
        members = _largest_first(question, below.get(id_, []))
        stack.extend((member, id_, depth + 1) for member in reversed(members))


def _shown(question: Question) -> set[str]:
    """Return the items that get a row: those that count, may count, or left with their money."""
    standings = (Standing.COUNTED, Standing.UNSURE, Standing.SUPERSEDED)
    items = question.ledger.items
    return {id_ for id_ in question.selected if items[id_].standing in standings}


def _parent(ledger: Ledger, id_: str, shown: set[str]) -> str | None:
    """Return the nearest shown envelope of an item, by first-listed envelopes."""
    waiting = list(reversed(ledger.items[id_].parents))
    while waiting:
        parent = waiting.pop()
        if parent in shown:
            return parent
        waiting.extend(reversed(ledger.items[parent].parents))
    return None


def _largest_first(question: Question, ids: Collection[str]) -> list[str]:
    items = question.ledger.items
    return sorted(ids, key=lambda id_: (-items[id_].money.stated, id_))


def _item_row(question: Question, item: Item, parent: str | None, depth: int) -> TotalsRow:
    ledger = question.ledger
    here = {id_ for id_ in ledger.tree(item.id) if id_ in question.selected}
    bounds = ledger.whole(item.id)
    among = question.unsure if item.standing is Standing.UNSURE else question.counted
    adds = question.own(question.counted & here)
    elsewhere = question.own(question.counted & item.elsewhere)
    stated = replace(item.money, low=bounds.low, high=bounds.high)
    claims = citing(question.dataset, item.entry, ledger.as_of, item.money.stated)
    cited = words.cited(question.dataset, claims)
    where = "; ".join(text for _, text in cited)
    return TotalsRow(
        id=item.id,
        title=item.title,
        kind=_kind(item, parent),
        parent=parent,
        depth=depth,
        amount=stated if question.stated else question.money({item.id, *item.inside} & among),
        adds_gbp=adds,
        elsewhere_gbp=elsewhere,
        perhaps_gbp=question.perhaps(here),
        remark=_remark(question, item, adds, elsewhere, where),
        where=where or None,
        sources=tuple(dict.fromkeys(source for source, _ in cited)),
        cited=cited,
        prices=question.prices,
    )


def _kind(item: Item, parent: str | None) -> str:
    if item.part_in:
        return "part"
    if item.inside:
        return "envelope"
    return "component" if parent else "commitment"


def _remark(question: Question, item: Item, adds: int, elsewhere: int, where: str) -> str:
    """Say what a reader must know to see why a row adds what it adds."""
    if item.standing is Standing.SUPERSEDED:
        return f"superseded by {words.listed(item.by)}: its own money no longer counts"
    if item.standing is Standing.UNSURE and not question.ledger.counted(item.inside):
        return f"perhaps: may lie in {words.listed(item.by)}; not in the total"
    away = list(_away(question, item, elsewhere))
    parts = [f"{words.listed(away)}; adds {question.written(adds)}"] if away else []
    if question.measure.prices and item.own.stated and not item.years:
        parts.append("of no stated year: in no real terms")
    if question.measure.new:
        parts.append(new_remark(question, item))
    if question.stated:
        parts += _stated_remarks(question, item, where)
    return "; ".join(filter(None, parts))


def _away(question: Question, item: Item, elsewhere: int) -> Iterator[str]:
    """Yield what lies in an item and is not among what it adds, with why."""
    items, chosen = question.ledger.items, question.selected
    standing = {id_: items[id_].standing for id_ in item.inside}
    others = [i for i in item.inside - chosen if standing[i] is Standing.COUNTED]
    by = words.listed(item.by or ["others"])
    for amount, why in (
        (elsewhere, "counted elsewhere"),
        (question.own(others), "outside what is chosen"),
        (question.perhaps({item.id, *item.inside}), f"perhaps in {by}"),
    ):
        if amount:
            yield f"{question.written(amount)} {why}"
    gone = [items[i].own.stated for i in item.inside if standing[i] is Standing.SUPERSEDED]
    if question.stated and any(gone):
        yield f"{words.pounds(sum(gone, NOUGHT))} superseded"


def _stated_remarks(question: Question, item: Item, where: str) -> Iterator[str]:
    """Yield how the figure that is stated stands to its parts, and to the documents of the day."""
    if excess := excess_of(question.ledger, item):
        yield f"its parts exceed it by {words.pounds(excess)}"
    elif item.money.high is None and item.subtree.low == item.subtree.high:
        yield f"its parts make it exactly {words.pounds(item.subtree.low)}"
    if not where and not item.part_in:
        yield "no document dated by then prints it"


def _remainder(question: Question, item: Item, depth: int) -> TotalsRow:
    own = question.money({item.id})
    return TotalsRow(
        id=f"{item.id}/not-itemised",
        title="not itemised by any source",
        kind="not-itemised",
        parent=item.id,
        depth=depth,
        amount=own,
        adds_gbp=round_pounds(own.stated),
        prices=question.prices,
    )


def _by_pillar(question: Question) -> Iterator[TotalsRow]:
    pillars = question.dataset.pillars
    loose = {id_ for id_, pillar in pillars.items() if pillar.unassigned}
    # What has no one pillar is not among what a pillar chooses, yet might belong to it.
    of_any = replace(question.chosen, pillars=()).items(question.ledger)
    unassigned = question.own(
        {
            id_
            for id_ in question.ledger.counted(of_any)
            if question.ledger.items[id_].entry.pillar in loose
        }
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
    titles = {id_: topic.title for id_, topic in question.dataset.topics.items()}
    used = {topic for id_ in question.selected for topic in _topics(question, id_)}
    titles = {id_: title for id_, title in titles.items() if id_ in used}
    untitled = (
        {"none": "No topic"} if any(not _topics(question, i) for i in question.selected) else {}
    )
    rows = _grouped(question, titles | untitled, lambda item: item.entry.topics or ["none"])
    yield from filter(_counts, rows)


def _topics(question: Question, id_: str) -> Collection[str]:
    return question.ledger.items[id_].entry.topics


def _by_lead(question: Question) -> Iterator[TotalsRow]:
    """Yield a row a body; a promise by two together has a row of its own."""
    bodies = question.dataset.bodies
    leads = {tuple(sorted(question.ledger.items[id_].entry.lead)) for id_ in question.selected}
    titles = {"+".join(lead): words.listed(bodies[one].title for one in lead) for lead in leads}
    rows = _grouped(question, titles, lambda item: ["+".join(sorted(item.entry.lead))])
    yield from filter(_counts, rows)


def _by_stage(question: Question) -> Iterator[TotalsRow]:
    stages = {_stage(question, question.ledger.items[id_]) for id_ in question.selected}
    titles = {stage: stage.replace("-", " ") for stage in stages}
    yield from filter(_counts, _grouped(question, titles, lambda item: [_stage(question, item)]))


def _counts(row: TotalsRow) -> bool:
    """Whether anything in a group counts, or may."""
    # A high of None is no bound: the group may hold any sum.
    return bool(row.adds_gbp or row.perhaps_gbp) or row.amount.high != 0


def _stage(question: Question, item: Item) -> str:
    revision = in_force(item.entry.stage, question.ledger.as_of)
    return revision.value if revision else "not-stated"


_LAST = ("none", "not-stated")  # groups of what belongs to no group


def _grouped(
    question: Question, titles: dict[str, str], groups: Callable[[Item], Collection[str]]
) -> list[TotalsRow]:
    """Sum the chosen items by group, largest first, then by id."""
    members: dict[str, set[str]] = {id_: set() for id_ in titles}
    for id_ in question.selected:
        for group in groups(question.ledger.items[id_]):
            members[group].add(id_)
    rows = [question.row(id_, title, "group", members[id_]) for id_, title in titles.items()]
    return sorted(rows, key=lambda row: (row.id in _LAST, -row.adds_gbp, row.id))


def _by_year(question: Question) -> Iterator[TotalsRow]:
    """Yield the money of each run of years, unsplit where no source splits it."""
    whole: dict[str, set[str]] = {}
    parts: dict[str, list[Sum]] = {}
    for id_ in sorted(question.counted | question.unsure):
        item = question.ledger.items[id_]
        if item.own == NOTHING:
            continue
        told = dict(_told(question, item)) if id_ in question.counted else {}
        for label, part in told.items():
            parts.setdefault(label, []).append(part)
        if not told:
            whole.setdefault(_run_of(item), set()).add(id_)
    for label in sorted({*whole, *parts}, key=lambda text: (text in _LAST, text)):
        row = question.row(label, _split(label), "group", whole.get(label, set()))
        amount = total([row.amount, *parts.get(label, [])])
        yield replace(row, amount=amount, adds_gbp=round_pounds(amount.stated))


def _split(label: str) -> str:
    """Say of the years that head a row, where they are more than one, that nothing splits them."""
    if label in _LAST:
        return "no source says which years"
    return "unsplit" if ".." in label or "," in label else ""


def _run_of(item: Item) -> str:
    return str(item.years or "not-stated")


def _told(question: Question, item: Item) -> Iterator[tuple[str, Sum]]:
    """Yield what a source puts in each year of an item; nothing where none does.

    A sum of one year is that year's, whatever a source puts in it. No source says of which year the
    new part of a sum is.
    """
    if item.inside or not item.profile or (item.years and len(item.years) == 1):
        return
    if question.stated:
        # Years that add to more than the sum, by rounding or as an exception, are not parts of it.
        parts = dict(_profiled(question.ledger, item))
        yield from parts.items() if all(one.stated >= 0 for one in parts.values()) else ()
    elif question.measure.new is None and told_by_year(item):
        for year in item.years or ():
            measure = replace(question.measure, years=frozenset([year]))
            yield str(year), measure.of(question.ledger, {item.id})


def _profiled(ledger: Ledger, item: Item) -> Iterator[tuple[str, Sum]]:
    """Yield what a source puts in each year, then what is left to the other years, or to all."""
    left = ledger.money({item.id})
    years = list(item.years or ())
    for year, amount in sorted(item.profile.items()):
        if item.years and year not in years:
            continue
        yield str(year), as_sum(amount)
        high = None if left.high is None else left.high - amount.low
        low = left.low if amount.high is None else max(NOUGHT, left.low - amount.high)
        left = Sum(left.stated - amount.stated, min(low, left.stated - amount.stated), high)
    if rest := written(year for year in years if year not in item.profile):
        yield rest, left
    elif left.stated:
        yield _run_of(item), left


GROUPINGS: dict[str, Callable[[Question], Iterator[TotalsRow]]] = {
    "envelope": _by_envelope,
    "pillar": _by_pillar,
    "topic": _by_topic,
    "year": _by_year,
    "lead": _by_lead,
    "stage": _by_stage,
}
