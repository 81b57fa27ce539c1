"""Rules on envelopes: what lies in them, how much they hold, and what replaces them."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from typing import TYPE_CHECKING

from reformcalc.findings import Severity
from reformcalc.ledger.ledger import as_sum, ever_stated, in_all
from reformcalc.ledger.settling import build, states
from reformcalc.record.history import in_force, known_on
from reformcalc.record.references import ENTRY_KINDS
from reformcalc.rules.contents import Excess, exceeded
from reformcalc.rules.registry import Violation, rule
from reformcalc.values.money import NOUGHT, total
from reformcalc.words import money, pounds

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from reformcalc.findings import Route
    from reformcalc.record.model import Commitment, Dataset
    from reformcalc.values.money import Amount, Sum


@rule("headline-holds-nothing", excusable=True)
def headline_holds_nothing(dataset: Dataset) -> Iterator[Violation]:
    """Nothing lies inside a headline that restates other sums.

    Put the part inside the sums that the headline repeats, or list it under `restates`.
    """
    for id_, entry in dataset.commitments.items():
        for place, part in enumerate(entry.part_of):
            if dataset.commitments[part.envelope].restates:
                message = (
                    f'"{part.envelope}" only restates other sums and holds nothing; put this '
                    "inside one of those"
                )
                yield Violation(("commitments", id_, "part_of", place), message)


@rule("supersedes-outside", excusable=True)
def supersedes_outside(dataset: Dataset) -> Iterator[Violation]:
    """A sum does not supersede one that shares an envelope with it.

    The same promise with a new figure is a dated revision: `amount: [{from: DAY, is: ...}]`.
    Otherwise the envelope would lose the old sum and hold the new one too.
    """
    for id_, entry in dataset.commitments.items():
        for place, replaced in enumerate(entry.supersedes):
            shared = sorted(_around(dataset, id_) & _around(dataset, replaced))
            if replaced in shared:
                message = f'a part cannot supersede "{replaced}", which holds it; take it out'
                yield Violation(("commitments", id_, "supersedes", place), message)
            elif shared:
                message = (
                    f'"{replaced}" and this sum are both in "{shared[0]}"; write the new figure '
                    "as a dated revision of the same promise"
                )
                yield Violation(("commitments", id_, "supersedes", place), message)


def _around(dataset: Dataset, id_: str) -> set[str]:
    """Return a commitment and every envelope around it."""
    around, waiting = set(), [id_]
    while waiting:
        one = waiting.pop()
        if one not in around:
            around.add(one)
            waiting.extend(part.envelope for part in dataset.commitments[one].part_of)
    return around


@rule("components-left-standing", Severity.WARNING, excusable=True)
def components_left_standing(dataset: Dataset) -> Iterator[Violation]:
    """Where an envelope is superseded, its components are dealt with too.

    Superseding an envelope ends its own money only. Supersede the components as well, or record
    the exception with its reason if they stand.
    """
    replaced = {id_ for entry in dataset.commitments.values() for id_ in entry.supersedes}
    for id_, entry in dataset.commitments.items():
        for place, part in enumerate(entry.part_of):
            if part.envelope in replaced and id_ not in replaced:
                message = (
                    f'"{part.envelope}" is superseded, but this part of it still counts; supersede '
                    "it too, or record the exception with its reason"
                )
                yield Violation(("commitments", id_, "part_of", place), message)


@rule("years-shared", excusable=True)
def years_shared(dataset: Dataset) -> Iterator[Violation]:
    """A component covers at least one year of each envelope that holds it."""
    for id_, entry in dataset.commitments.items():
        for part in entry.part_of:
            around = dataset.commitments[part.envelope].years
            if entry.years and around and not entry.years.shared(around):
                message = (
                    f'{entry.years} shares no year with "{part.envelope}" ({around}); '
                    "check both, or take the sum out of it"
                )
                yield Violation(("commitments", id_, "years"), message)


@rule("never-counted-part", excusable=True)
def never_counted_part(dataset: Dataset) -> Iterator[Violation]:
    """What lies in a sum that never counts, and is known before it, says itself that it never does.

    Until the larger sum is known nothing else would keep it out, and it would be in the total for
    some days. Write `counted: false` with its reason on the part too.
    """
    commitments = dataset.commitments
    for id_, entry in commitments.items():
        around = [commitments[part.envelope] for part in entry.part_of] if entry.counted else []
        if not around or any(one.counted for one in around):
            continue
        known = known_on(dataset, entry)
        later = min(known_on(dataset, one) or date.max for one in around)
        if known and known < later:
            message = (
                f"what this lies in never counts, and is known from {later} only: from {known} "
                "this part would; write counted: false on it too, with its reason"
            )
            yield Violation(("commitments", id_, "part_of"), message)


@rule("scope-said", Severity.WARNING, on=("about",))
def scope_said(dataset: Dataset) -> Iterator[Violation]:
    """A record says which place it is of.

    `scope` in `about` is the place of every entry that names no other. Without, these are taken to
    be for England, in totals as in exports.
    """
    if dataset.about.scope is None:
        silent = sum(
            "scope" not in entry.model_fields_set
            for kind in ENTRY_KINDS
            for entry in getattr(dataset, kind).values()
            if not entry.own
        )
        if silent:
            of = "the one entry that names none is" if silent == 1 else f"{silent} entries are"
            message = (
                f"about names no place, and so {of} taken to be for England; write scope: England, "
                "or the place that they are for"
            )
            yield Violation(("about",), message, on_key=True)


@rule("scope-in-total", Severity.WARNING, excusable=True)
def scope_in_total(dataset: Dataset) -> Iterator[Violation]:
    """A sum for another place than most of the record is not added to their total.

    Money for one town that lies in no sum for the country makes the country's total too high, or
    is hidden in it. Write `part_of` where a larger sum holds it, `may_overlap` where one may, each
    with what it is read from, or `counted: false` with its reason.
    """
    adding = {
        id_: one
        for id_, one in dataset.commitments.items()
        # What counts, and neither lies in others, nor may, nor only repeats them.
        if not (one.part_of or one.may_overlap or one.restates) and one.counted
    }
    scopes = Counter([one.scope for one in adding.values()])
    (place, count), *_ = scopes.most_common(1) or [("", 0)]
    for id_, entry in adding.items():
        if entry.scope != place and 2 * count > len(adding):
            message = (
                f"this sum is for {entry.scope}, and added to those for {place}, as most here are; "
                "write part_of, may_overlap, or counted: false with a reason"
            )
            # Where no scope is written, it is the one that goes without saying.
            written = "scope" in entry.model_fields_set
            route: Route = ("commitments", id_, "scope") if written else ("commitments", id_)
            yield Violation(route, message, on_key=not written)


@rule("components-within-envelope", excusable=True)
def components_within_envelope(dataset: Dataset) -> Iterator[Violation]:
    """What is inside an envelope is not more than the envelope, on any day.

    A part of it that also lies in another envelope is inside it too, beside its components.
    Printed rounding is allowed for, and "over" has no ceiling. A component that became known
    after the envelope's last figure is a warning: the envelope may be about to be restated. Where
    one envelope is in another, the inner one is reported, and the outer one once that is mended.
    """
    reported: set[str] = set()  # what is exceeded, and all envelopes around it
    for one in exceeded(dataset):
        entry = dataset.commitments[one.envelope]
        excused = components_within_envelope.id in entry.exceptions
        if one.envelope in reported and not excused:
            continue
        if not (one.newer or excused):
            reported |= _around(dataset, one.envelope)
        yield _too_full(dataset, one)


def _too_full(dataset: Dataset, excess: Excess) -> Violation:
    """Say by how much the parts known on a day exceed their envelope."""
    id_, day = excess.envelope, excess.day
    entry = dataset.commitments[id_]
    revision = in_force(entry.amount, day)
    place = ("amount", entry.amount.index(revision)) if revision else ("profile",)
    held = _as_said(revision.value) if revision else "it holds"
    adds = f"adds to {pounds(excess.least)} from {day}, more than {held}"

    def largest_of_the_latest(part: str) -> tuple[int, Decimal, str]:
        one = dataset.commitments[part]
        known = known_on(dataset, one) or day
        stated = sum((amount.stated for amount in states(one, day)), NOUGHT)
        return -known.toordinal(), -stated, part

    return Violation(
        ("commitments", id_, *place),
        f"what is inside it {adds}; check the parts, or record the exception with its reason",
        severity=Severity.WARNING if excess.newer else None,
        also=tuple(
            ("commitments", part, "part_of")
            for part in sorted(excess.parts, key=largest_of_the_latest)
        ),
        there=f'what is inside "{id_}" {adds}; correct this part, or take it out of that sum',
    )


def _as_said(amount: Amount) -> str:
    """Return an amount for a sentence: its own words are quoted, or "more than" runs into them."""
    return f'"{amount.text}"' if amount.word else amount.text


@rule("part-within-sum", excusable=True)
def part_within_sum(dataset: Dataset) -> Iterator[Violation]:
    """A part of a sum is not more than the sum, and all its parts together are not.

    That holds for the parts that lie in other envelopes, and for the part that was being spent
    before. Each part counts as money of its own: the same pounds are in one envelope, and in
    whatever that lies in.
    """
    for id_, entry in dataset.commitments.items():
        if entry.existing is None and not entry.part_of:
            continue
        parts: list[tuple[Route, Sum]] = []
        for place, member in enumerate(entry.part_of):
            if member.amount is not None:
                parts.append((("part_of", place, "amount"), as_sum(member.amount)))
        apart = len(parts)
        if entry.existing is not None and entry.existing != "all":
            parts.append((("existing",), total(map(as_sum, in_all(entry.existing)))))
        whole = _most(entry) if parts else None
        if whole is None:
            continue
        larger = [(route, part) for route, part in parts if part.low > whole]
        for route, part in larger:
            message = f"{money(part)} is more than the whole sum, {pounds(whole)}; correct one"
            yield Violation(("commitments", id_, *route), message)
        together = sum((part.low for _, part in parts[:apart]), NOUGHT)
        if together > whole and not larger:
            message = (
                f"the parts that lie in envelopes add to {pounds(together)}, more than the whole "
                f"sum, {pounds(whole)}; correct one, or take the envelope out that holds another"
            )
            yield Violation(("commitments", id_, *parts[apart - 1][0]), message)


def _most(entry: Commitment) -> Decimal | None:
    """Return the most that a commitment has ever stated, None where that is open."""
    stated = ever_stated(entry)
    highs = [one.high for one in stated if one.high is not None]
    return max(highs) if highs and len(highs) == len(stated) else None


@rule("existing-of-parts", excusable=True)
def existing_of_parts(dataset: Dataset) -> Iterator[Violation]:
    """What was being spent before of a sum agrees with what is said so of its parts.

    `existing` is said of a whole, with all that is inside it. If £10m of it was being spent before,
    £15m of a part of it cannot have been; and if all of it was, no part is new.
    """
    children: defaultdict[str, list[str]] = defaultdict(list)
    for id_, entry in dataset.commitments.items():
        for part in entry.part_of:
            children[part.envelope].append(id_)
    said = {id_ for id_ in children if dataset.commitments[id_].existing is not None}
    about, waiting = set(said), list(said)
    while waiting:
        new = set(children[waiting.pop()]) - about
        about |= new
        waiting += new
    contradicted = build(dataset, date.max, only=about).new_money().contradicted if about else {}
    for id_ in sorted(said & contradicted.keys()):
        entry, can_be = dataset.commitments[id_], contradicted[id_]
        assert entry.existing is not None
        most = _most(entry)
        stated = "all of it"
        if entry.existing != "all":
            in_words = total(map(as_sum, in_all(entry.existing)))
            if most is not None and in_words.low > most:
                continue  # which the rule on parts within a sum reports
            stated = money(in_words)
        message = (
            f"{stated} is said to have been spent before, but by what is said of its parts that "
            f"is {money(can_be.holding(can_be.low))}; correct one of them"
        )
        yield Violation(("commitments", id_, "existing"), message)


RULES = (
    part_within_sum,
    existing_of_parts,
    headline_holds_nothing,
    supersedes_outside,
    components_left_standing,
    years_shared,
    never_counted_part,
    scope_said,
    scope_in_total,
    components_within_envelope,
)
