"""Rules on amounts: what a commitment states, year by year, and what repeats it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reformcalc.record.history import in_force, known_on
from reformcalc.record.model import REVISED
from reformcalc.rules.registry import Violation, rule
from reformcalc.values.money import NOUGHT, Amount
from reformcalc.words import pounds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from decimal import Decimal

    from reformcalc.record.model import Benchmark, Commitment, Dataset
    from reformcalc.values.years import FinancialYear


@rule("amount-given")
def amount_given(dataset: Dataset) -> Iterator[Violation]:
    """A commitment states an amount, or one for each of its years.

    Where no source prints the whole, a profile that covers every year gives it. Where none gives
    that either, `amount: unknown` says so: it counts nothing, and totals name it.
    """
    for id_, entry in dataset.commitments.items():
        if entry.amount:
            continue
        if entry.is_unsized:
            if entry.profile:
                message = "its years are given, so its amount is not unknown; leave it out"
                yield Violation(("commitments", id_, "amount"), message)
            continue
        covered = entry.profile and all(
            entry.years and set(entry.years) <= set(one.value) for one in entry.profile
        )
        if not covered:
            message = (
                "no amount is given; write one, or a profile for each of its years, or unknown"
            )
            if entry.profile and not entry.years:
                message = "its profile is the whole amount only if years says so; write years"
            yield Violation(("commitments", id_), message, on_key=True)


@rule("revisions-in-order")
def revisions_in_order(dataset: Dataset) -> Iterator[Violation]:
    """Dated revisions stand in order of their days, each with its day.

    The same promise with a new figure is a revision: add it below the others with its `from`.
    """
    for id_, entry in dataset.commitments.items():
        fields = vars(entry)
        for name in REVISED:
            revisions = fields[name]
            if len(revisions) < 2:
                continue
            latest: date | None = None
            for place, one in enumerate(revisions):
                route = ("commitments", id_, name, place)
                if one.since is None:
                    yield Violation(route, 'this revision has no "from"; write the day')
                elif latest and one.since <= latest:
                    message = f"{one.since} is not after {latest}; put the revisions in order"
                    yield Violation((*route, "from"), message)
                else:
                    latest = one.since


@rule("reason-given", excusable=True)
def reason_given(dataset: Dataset) -> Iterator[Violation]:
    """What is left out of a total, or placed by our reading, has its reason.

    `counted: false`, `may_overlap` and a part of a sum inside an envelope (`amount` under
    `part_of`) are judgements: without a reason nobody can check them. `amount: unknown` has one
    too, which totals print.
    """
    for id_, entry in dataset.commitments.items():
        if entry.is_unsized and not entry.reason:
            message = "its amount is unknown without a reason; say what is known under reason"
            yield Violation(("commitments", id_, "amount"), message)
        for name in ("may_overlap", "counted"):
            if getattr(entry, name) in ((), True) or entry.reason:
                continue
            message = f"{name} is written without a reason; say why under reason"
            yield Violation(("commitments", id_, name), message)
        for place, part in enumerate(entry.part_of):
            if part.amount and not part.reason:
                message = "a part of the sum is put in an envelope without a reason; say why"
                yield Violation(("commitments", id_, "part_of", place), message)


@rule("profile-adds-up", excusable=True)
def profile_adds_up(dataset: Dataset) -> Iterator[Violation]:
    """The yearly figures add to the amount, or the gap is declared.

    What the years of a benchmark fall short is declared as `unreconciled`, to the pound and with
    its reason; years that add to more, and the years of a commitment, as an exception. A profile of
    some years only may not exceed the amount: where that is "over £5m", not £5m, since the rest of
    its years would be left with less than nothing.
    """
    for id_, benchmark in dataset.benchmarks.items():
        yield from _benchmark_profile(id_, benchmark)
    for id_, entry in dataset.commitments.items():
        if entry.profile:
            yield from _commitment_profile(id_, entry)


def _benchmark_profile(id_: str, benchmark: Benchmark) -> Iterator[Violation]:
    printed = _stated(benchmark.profile.values())
    gap = benchmark.amount.stated - printed
    fits = not benchmark.profile or benchmark.amount.allows(printed)
    if benchmark.unreconciled is None and not fits:
        than, remedy = ("more", _REMEDY) if gap < 0 else ("less", _DECLARE)
        message = (
            f"its years add to {pounds(printed)}, {pounds(abs(gap))} {than} than "
            f"{benchmark.amount.text}; {remedy}"
        )
        yield Violation(("benchmarks", id_, "profile"), message)
    elif benchmark.unreconciled and (fits or benchmark.unreconciled.amount.stated != gap):
        declared = benchmark.unreconciled.amount.text
        if not benchmark.profile:
            message = "without yearly figures nothing can be unreconciled; remove it"
        elif fits:
            message = f"its years add up, so {declared} is not unreconciled; remove it"
        elif gap < 0:
            message = (
                f"its years add to {pounds(-gap)} more than {benchmark.amount.text}, and only what "
                f"they fall short is unreconciled; remove it, and {_REMEDY}"
            )
        else:
            message = f"the gap is {pounds(gap)}, not {declared}; correct it"
        yield Violation(("benchmarks", id_, "unreconciled"), message)


_DECLARE = "declare exactly that under unreconciled, with its reason"
_REMEDY = "correct the figures, or record the exception with its reason"


def _commitment_profile(id_: str, entry: Commitment) -> Iterator[Violation]:
    days = sorted({one.since for one in (*entry.amount, *entry.profile) if one.since})
    for place, revision in enumerate(entry.profile):
        route = ("commitments", id_, "profile", place, "is")
        outside = [year for year in revision.value if entry.years and year not in set(entry.years)]
        if outside:
            message = f"{outside[0]} is not one of its years, {entry.years}; correct one of them"
            yield Violation(route, message)
        following = entry.profile[place + 1].since if place + 1 < len(entry.profile) else None
        held = [day for day in days if (revision.since is None or day >= revision.since)]
        held = [day for day in held if following is None or day < following]
        amounts = [in_force(entry.amount, day) for day in held] or [*entry.amount[:1]]
        whole = entry.years is not None and set(entry.years) <= set(revision.value)
        for stated in {one.value: one for one in amounts if one}:
            printed = _stated(revision.value.values())
            most = stated.stated if stated.high is None else stated.high
            fits = stated.allows(printed) if whole else printed <= most
            if not fits:
                said = "its years" if whole else "some of its years already"
                message = (
                    f"{said} add to {pounds(printed)}, which does not fit {stated.text}; {_REMEDY}"
                )
                yield Violation(route, message)


def _stated(amounts: Iterable[Amount]) -> Decimal:
    return sum((amount.stated for amount in amounts), NOUGHT)


@rule("existing-by-year", excusable=True)
def existing_by_year(dataset: Dataset) -> Iterator[Violation]:
    """What was being spent before, where it is said by year, is said of each year and fits it.

    Each of the years of the sum is given, with £0 where nothing was being spent, and none is more
    than the profile gives that year: otherwise nobody could tell what is new in the rest.
    """
    for id_, entry in dataset.commitments.items():
        if not isinstance(entry.existing, dict):
            continue
        route, years = ("commitments", id_, "existing"), list(entry.years or ())
        outside = [year for year in entry.existing if year not in years]
        missing = [year for year in years if year not in entry.existing]
        if not years:
            message = "this is said by year, and no years are given; write years, or one amount"
            yield Violation(route, message)
        elif outside:
            message = f"{outside[0]} is not one of its years, {entry.years}; correct one of them"
            yield Violation((*route, str(outside[0])), message, on_key=True)
        elif missing:
            message = f'{missing[0]} is missing; write it, as "£0" where nothing was being spent'
            yield Violation(route, message)
        for year, amount in entry.existing.items():
            if (most := _most_of_year(entry, year)) is not None and amount.low > most:
                message = (
                    f"{amount.text} is more than all the money of {year}, {pounds(most)}; "
                    "correct one of them"
                )
                yield Violation((*route, str(year)), message)


def _most_of_year(entry: Commitment, year: FinancialYear) -> Decimal | None:
    """Return the most that a profile has ever given a year, None where that is open."""
    told = [one.value[year].high for one in entry.profile if year in one.value]
    highs = [high for high in told if high is not None]
    return max(highs) if highs and len(highs) == len(entry.profile) else None


@rule("restated-sums-agree", excusable=True)
def restated_sums_agree(dataset: Dataset) -> Iterator[Violation]:
    """The sums that a headline restates add to it, within its rounding or its bounds.

    £27m and £8.5m agree with "£36m"; £15m and £40m do not agree with "£44m".
    """
    for id_, entry in dataset.commitments.items():
        day = known_on(dataset, entry) if entry.restates else None
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
            yield Violation(("commitments", id_, "restates"), message)


def _first_stated(entry: Commitment, day: date) -> list[Amount]:
    """Return what a commitment stated on a day, or at first if it came later; nothing if never."""
    if entry.amount:
        return [(in_force(entry.amount, day) or entry.amount[0]).value]
    profile = in_force(entry.profile, day) or next(iter(entry.profile), None)
    return list(profile.value.values()) if profile else []


RULES = (
    amount_given,
    revisions_in_order,
    reason_given,
    profile_adds_up,
    existing_by_year,
    restated_sums_agree,
)
