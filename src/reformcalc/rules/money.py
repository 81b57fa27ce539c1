"""Rules on amounts: parts and wholes, years, what replaces or repeats what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING

from reformcalc.findings import Finding, Severity
from reformcalc.known import commitment_known_on, in_force
from reformcalc.ledger import as_sum, build
from reformcalc.money import NOUGHT, Amount, total
from reformcalc.rules.registry import rule
from reformcalc.words import pounds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from decimal import Decimal

    from reformcalc.findings import Route
    from reformcalc.ledger import Ledger
    from reformcalc.model import Benchmark, Commitment, Dataset
    from reformcalc.money import Sum


@rule("amount-given")
def amount_given(dataset: Dataset) -> Iterator[Finding]:
    """A commitment states an amount, or one for each of its years.

    Where no source prints the whole, a profile that covers every year gives it.
    """
    for id_, entry in dataset.commitments.items():
        if entry.amount:
            continue
        covered = entry.profile and all(
            entry.years and set(entry.years) <= set(one.value) for one in entry.profile
        )
        if not covered:
            message = "no amount is given; write one, or a profile for each of its years"
            if entry.profile and not entry.years:
                message = "its profile is the whole amount only if years says so; write years"
            yield Finding("", message, ("commitments", id_), on_key=True)


@rule("revisions-in-order")
def revisions_in_order(dataset: Dataset) -> Iterator[Finding]:
    """Dated revisions stand in order of their days, each with its day.

    The same promise with a new figure is a revision: add it below the others with its `from`.
    """
    for id_, entry in dataset.commitments.items():
        for name in ("amount", "profile", "stage"):
            revisions = getattr(entry, name)
            if len(revisions) < 2:
                continue
            for place, one in enumerate(revisions):
                route = ("commitments", id_, name, place)
                if one.since is None:
                    yield Finding("", 'this revision has no "from"; write the day', route)
                earlier = [other.since for other in revisions[:place] if other.since]
                if one.since and earlier and one.since <= max(earlier):
                    message = f"{one.since} is not after {max(earlier)}; put the revisions in order"
                    yield Finding("", message, (*route, "from"))


@rule("reason-given")
def reason_given(dataset: Dataset) -> Iterator[Finding]:
    """What is left out of a total, or placed by our reading, has its reason.

    `counted: false`, `may_overlap` and a part of a sum inside an envelope (`amount` under
    `part_of`) are judgements: without a reason nobody can check them.
    """
    for id_, entry in dataset.commitments.items():
        for name in ("may_overlap", "counted"):
            if getattr(entry, name) in ((), True) or entry.reason:
                continue
            message = f"{name} is written without a reason; say why under reason"
            yield Finding("", message, ("commitments", id_, name))
        for place, part in enumerate(entry.part_of):
            if part.amount and not part.reason:
                message = "a part of the sum is put in an envelope without a reason; say why"
                yield Finding("", message, ("commitments", id_, "part_of", place))


@rule("headline-holds-nothing")
def headline_holds_nothing(dataset: Dataset) -> Iterator[Finding]:
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
                yield Finding("", message, ("commitments", id_, "part_of", place))


@rule("supersedes-outside")
def supersedes_outside(dataset: Dataset) -> Iterator[Finding]:
    """A sum does not supersede one that shares an envelope with it.

    The same promise with a new figure is a dated revision: `amount: [{from: DAY, is: ...}]`.
    Otherwise the envelope would lose the old sum and hold the new one too.
    """
    for id_, entry in dataset.commitments.items():
        for place, replaced in enumerate(entry.supersedes):
            shared = sorted(_around(dataset, id_) & _around(dataset, replaced))
            if replaced in shared:
                message = f'a part cannot supersede "{replaced}", which holds it; take it out'
                yield Finding("", message, ("commitments", id_, "supersedes", place))
            elif shared:
                message = (
                    f'"{replaced}" and this sum are both in "{shared[0]}"; write the new figure '
                    "as a dated revision of the same promise"
                )
                yield Finding("", message, ("commitments", id_, "supersedes", place))


def _around(dataset: Dataset, id_: str) -> set[str]:
    """Return a commitment and every envelope around it."""
    around, waiting = set(), [id_]
    while waiting:
        one = waiting.pop()
        if one not in around:
            around.add(one)
            waiting.extend(part.envelope for part in dataset.commitments[one].part_of)
    return around


@rule("components-left-standing", Severity.WARNING)
def components_left_standing(dataset: Dataset) -> Iterator[Finding]:
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
                yield Finding("", message, ("commitments", id_, "part_of", place))


@rule("years-shared")
def years_shared(dataset: Dataset) -> Iterator[Finding]:
    """A component covers at least one year of each envelope that holds it."""
    for id_, entry in dataset.commitments.items():
        for part in entry.part_of:
            around = dataset.commitments[part.envelope].years
            if entry.years and around and not entry.years.shared(around):
                message = (
                    f'{entry.years} shares no year with "{part.envelope}" ({around}); '
                    "check both, or take the sum out of it"
                )
                yield Finding("", message, ("commitments", id_, "years"))


@rule("profile-adds-up")
def profile_adds_up(dataset: Dataset) -> Iterator[Finding]:
    """The yearly figures add to the amount, or the gap is declared.

    A benchmark declares it as `unreconciled`, to the pound and with its reason; a commitment as
    an exception. A profile of some years only may not exceed the amount.
    """
    for id_, benchmark in dataset.benchmarks.items():
        yield from _benchmark_profile(id_, benchmark)
    for id_, entry in dataset.commitments.items():
        if entry.profile:
            yield from _commitment_profile(id_, entry)


def _benchmark_profile(id_: str, benchmark: Benchmark) -> Iterator[Finding]:
    printed = _stated(benchmark.profile.values())
    gap = benchmark.amount.stated - printed
    fits = not benchmark.profile or benchmark.amount.allows(printed)
    if benchmark.unreconciled is None and not fits:
        than = f"{'less' if gap > 0 else 'more'} than {benchmark.amount.text}"
        message = (
            f"its years add to {pounds(printed)}, {pounds(abs(gap))} {than}; declare exactly that "
            "under unreconciled, with its reason"
        )
        yield Finding("", message, ("benchmarks", id_, "profile"))
    elif benchmark.unreconciled and (fits or benchmark.unreconciled.amount.stated != gap):
        declared = benchmark.unreconciled.amount.text
        if not benchmark.profile:
            message = "without yearly figures nothing can be unreconciled; remove it"
        elif fits:
            message = f"its years add up, so {declared} is not unreconciled; remove it"
        else:
            message = f"the gap is {pounds(gap)}, not {declared}; correct it"
        yield Finding("", message, ("benchmarks", id_, "unreconciled"))


def _commitment_profile(id_: str, entry: Commitment) -> Iterator[Finding]:
    days = sorted({one.since for one in (*entry.amount, *entry.profile) if one.since})
    for place, revision in enumerate(entry.profile):
        route = ("commitments", id_, "profile", place, "is")
        outside = [year for year in revision.value if entry.years and year not in set(entry.years)]
        if outside:
            message = f"{outside[0]} is not one of its years, {entry.years}; correct one of them"
            yield Finding("", message, route)
        following = entry.profile[place + 1].since if place + 1 < len(entry.profile) else None
        held = [day for day in days if (revision.since is None or day >= revision.since)]
        held = [day for day in held if following is None or day < following]
        amounts = [in_force(entry.amount, day) for day in held] or [*entry.amount[:1]]
        whole = entry.years is not None and set(entry.years) <= set(revision.value)
        for stated in {one.value: one for one in amounts if one}:
            printed = _stated(revision.value.values())
            fits = (
                stated.allows(printed) if whole else stated.high is None or printed <= stated.high
            )
            if not fits:
                said = "its years" if whole else "some of its years already"
                message = (
                    f"{said} add to {pounds(printed)}, which does not fit {stated.text}; "
                    "correct the figures, or record the exception with its reason"
                )
                yield Finding("", message, route)


def _stated(amounts: Iterable[Amount]) -> Decimal:
    return sum((amount.stated for amount in amounts), NOUGHT)


@rule("restated-sums-agree")
def restated_sums_agree(dataset: Dataset) -> Iterator[Finding]:
    """The sums that a headline restates add to it, within its rounding or its bounds.

    £27m and £8.5m agree with "£36m"; £15m and £40m do not agree with "£44m".
    """
    for id_, entry in dataset.commitments.items():
        day = commitment_known_on(dataset, entry) if entry.restates else None
        headline = in_force(entry.amount, day) if day else None
        if day is None or headline is None:
            continue
        parts = [_first_stated(dataset.commitments[part], day) for part in entry.restates]
        together = sum((amount.stated for part in parts for amount in part), NOUGHT)
        if all(parts) and not headline.value.allows(together):
            message = (
                f"the sums that it restates add to {pounds(together)}, which does not agree with "
                f'"{headline.value.text}"; correct the list, or record the exception with its '
                "reason"
            )
            yield Finding("", message, ("commitments", id_, "restates"))


def _first_stated(entry: Commitment, day: date) -> list[Amount]:
    """Return what a commitment stated on a day, or at first if it came later; nothing if never."""
    if entry.amount:
        return [(in_force(entry.amount, day) or entry.amount[0]).value]
    profile = in_force(entry.profile, day) or next(iter(entry.profile), None)
    return list(profile.value.values()) if profile else []


@rule("components-within-envelope")
def components_within_envelope(dataset: Dataset) -> Iterator[Finding]:
    """What is inside an envelope is not more than the envelope, on any day.

    Printed rounding is allowed for, and "over" has no ceiling. A component that became known
    after the envelope's last figure is a warning: the envelope may be about to be restated. Where
    one envelope is in another, the inner one is reported, and the outer one once that is mended.
    """
    # What each envelope holds: wholly, or by an amount.
    children: defaultdict[str, dict[str, Amount | None]] = defaultdict(dict)
    for id_, entry in dataset.commitments.items():
        for part in entry.part_of:
            children[part.envelope][id_] = part.amount
    exceeded: set[str] = set()
    for id_ in _maybe_exceeded(dataset, children):
        excused = components_within_envelope.id in dataset.commitments[id_].exceptions
        parts = _inside(id_, children)
        if not excused and not exceeded.isdisjoint(parts):
            continue
        finding = _exceeded(dataset, id_, parts)
        if finding:
            yield finding
            if not excused and finding.severity is Severity.ERROR:
                exceeded.add(id_)


def _exceeded(dataset: Dataset, id_: str, parts: set[str]) -> Finding | None:
    """Say by how much the parts exceed their envelope on the first day that they do."""
    entry = dataset.commitments[id_]
    for day in _days_of_change(dataset, {id_, *parts}):
        ledger = build(dataset, day, only={id_, *parts})
        excess = _excess(ledger, id_, entry, day)
        if excess:
            revision = in_force(entry.amount, day)
            stated_on = revision.since if revision else None
            stated_on = stated_on or commitment_known_on(dataset, entry) or day
            newest = max(
                commitment_known_on(dataset, dataset.commitments[part]) or day
                for part in parts
                if part in ledger.items
            )
            message = (
                f"what is inside it adds to {pounds(excess)} from {day}, more than "
                f"{revision.value.text if revision else 'it holds'}; check the parts, or "
                "record the exception with its reason"
            )
            later = Severity.WARNING if newest > stated_on else Severity.ERROR
            return Finding("", message, ("commitments", id_, "amount"), severity=later)
    return None


_Children = Mapping[str, Mapping[str, Amount | None]]


def _maybe_exceeded(dataset: Dataset, children: _Children) -> list[str]:
    """Return the envelopes that may ever hold less than what is inside them, inner ones first.

    What an item and all inside it have of their own is at most the larger of what it states and
    what is inside it. That is soon worked out, once for all days, and rules most envelopes out.
    """
    most: dict[str, Decimal] = {}
    exceeded = []
    envelopes = {
        id_: [one for one in inside if one in children] for id_, inside in children.items()
    }
    for id_ in TopologicalSorter(envelopes).static_order():
        within = NOUGHT
        for one, part in children[id_].items():
            if part is not None:
                within += part.stated
            else:
                within += most[one] if one in most else _most_stated(dataset.commitments[one])
        entry = dataset.commitments[id_]
        most[id_] = max(within, _most_stated(entry))
        highs = (one.high for one in _ever_stated(entry) if one.high is not None)
        if within > min(highs, default=within):
            exceeded.append(id_)
    return exceeded


def _most_stated(entry: Commitment) -> Decimal:
    """Return the largest figure that a commitment has ever stated."""
    stated = [one.value.stated for one in entry.amount]
    stated = stated or [_stated(one.value.values()) for one in entry.profile]
    return max(stated, default=NOUGHT)


def _inside(id_: str, children: _Children) -> set[str]:
    """Return everything inside an envelope, at any depth."""
    found: set[str] = set()
    waiting = [id_]
    while waiting:
        new = children.get(waiting.pop(), {}).keys() - found
        found |= new
        waiting += new
    return found


def _days_of_change(dataset: Dataset, ids: set[str]) -> list[date]:
    """Return each day on which one of these became known or was revised, in order."""
    days: set[date | None] = set()
    for id_ in ids:
        entry = dataset.commitments[id_]
        days |= {one.since for one in (*entry.amount, *entry.profile) if one.since}
        days.add(commitment_known_on(dataset, entry))
    return sorted(day for day in days if day)


def _excess(ledger: Ledger, id_: str, entry: Commitment, day: date) -> Decimal | None:
    """Return what is inside an envelope where that is certainly more than it states."""
    item = ledger.items.get(id_)
    if item is None or item.money.high is None or not item.inside:
        return None
    least = sum((ledger.items[part].own.low for part in item.inside), NOUGHT)
    slack = sum(
        (one.value.figure.printed / 2 for one in [in_force(entry.amount, day)] if one), NOUGHT
    )
    for part in item.inside:
        revision = in_force(ledger.items[part].entry.amount, day)
        if revision and not ledger.items[part].inside:
            slack += revision.value.figure.printed / 2
    return least if least - slack > item.money.high else None


@rule("part-within-sum")
def part_within_sum(dataset: Dataset) -> Iterator[Finding]:
    """A part of a sum is not more than the sum.

    That holds for the part that lies in a second envelope and for the part that was being spent
    before.
    """
    for id_, entry in dataset.commitments.items():
        if entry.existing is None and not entry.part_of:
            continue
        parts: list[tuple[Route, Amount]] = []
        for place, member in enumerate(entry.part_of):
            if member.amount is not None:
                parts.append((("part_of", place, "amount"), member.amount))
        if isinstance(entry.existing, Amount):
            parts.append((("existing",), entry.existing))
        whole = _most(entry) if parts else None
        for route, part in parts:
            if whole is not None and part.low > whole:
                message = f"{part.text} is more than the whole sum, {pounds(whole)}; correct one"
                yield Finding("", message, ("commitments", id_, *route))


def _most(entry: Commitment) -> Decimal | None:
    """Return the most that a commitment has ever stated, None where that is open."""
    stated = _ever_stated(entry)
    highs = [one.high for one in stated if one.high is not None]
    return max(highs) if highs and len(highs) == len(stated) else None


def _ever_stated(entry: Commitment) -> list[Sum]:
    """Return what a commitment has stated, first to last: its amounts, else its years added."""
    if entry.amount:
        return [as_sum(one.value) for one in entry.amount]
    return [total(as_sum(amount) for amount in one.value.values()) for one in entry.profile]


RULES = (
    part_within_sum,
    amount_given,
    revisions_in_order,
    reason_given,
    headline_holds_nothing,
    supersedes_outside,
    components_left_standing,
    years_shared,
    profile_adds_up,
    restated_sums_agree,
    components_within_envelope,
)
