"""Rules on days: what can be known when, and in which order things happen."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from reformcalc.findings import Severity
from reformcalc.record.history import (
    claiming,
    known_on,
    last_day,
)
from reformcalc.record.model import OUTCOME_KINDS, Outcome
from reformcalc.record.references import ENTRY_KINDS
from reformcalc.rules.registry import Violation, rule
from reformcalc.values.due import Due
from reformcalc.values.years import FinancialYear

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from typing import TypeAlias

    from reformcalc.findings import Route
    from reformcalc.record.model import Claim, Dataset, Part

    # Where claims stand, the claims, and when that happened which they are cited for.
    Cited: TypeAlias = tuple[Route, Sequence[Claim], Due | date | None]


@rule("source-dated", on=("sources",))
def source_dated(dataset: Dataset) -> Iterator[Violation]:
    """A source says when it was published, or when it was read; a web page always the latter.

    Without either, nobody can tell from which day its figures are known.
    """
    for id_, source in dataset.sources.items():
        route = ("sources", id_)
        if source.url and not source.accessed:
            message = "this source has an address but no day of access; write accessed"
            yield Violation(route, message, on_key=True)
        elif not source.published and not source.accessed:
            message = "this source has no date; write published, or accessed where it is undated"
            yield Violation(route, message, on_key=True)


@rule("commitment-dated")
def commitment_dated(dataset: Dataset) -> Iterator[Violation]:
    """It can be told from which day a commitment is known.

    That is the last day of `announced`; else of its earliest dated source; else of access.
    """
    for id_, entry in dataset.commitments.items():
        if known_on(dataset, entry) is None:
            message = "no source of this commitment is dated; write announced"
            yield Violation(("commitments", id_), message, on_key=True)


@rule("source-not-older", excusable=True)
def source_not_older(dataset: Dataset) -> Iterator[Violation]:
    """No source is older than what it reports.

    An imprecise day of publication is read as its last. A document may report later what was
    announced before, not the other way round. One's own plan may be written on after its day: there
    this is a warning.
    """
    for route, claims, reported in _cited(dataset):
        earliest = reported.earliest if isinstance(reported, Due) else reported
        if earliest is None:
            continue
        for place, claim in enumerate(claims):
            published = dataset.sources[claim.source].published
            if published and last_day(published) < earliest:
                message = (
                    f'"{claim.source}" was published by {last_day(published)}, before what it is '
                    f"cited for ({_said(reported)}); check both days"
                )
                own = getattr(dataset, str(route[0]))[route[1]].own
                if own and "outcome" in route:
                    message += f", or write done: {_said(reported)} in place of outcome"
                severity = Severity.WARNING if own else None
                at = (*route, "claims", place, "source")
                yield Violation(at, message, severity=severity)


def _cited(dataset: Dataset) -> Iterator[Cited]:
    for kind in ENTRY_KINDS:
        for id_, entry in getattr(dataset, kind).items():
            yield (kind, id_), entry.claims, _happened(entry)
            for route, part in claiming(entry):
                if part.claims:
                    yield (kind, id_, *route), part.claims, _happened(part)


def _happened(part: Part) -> Due | date | None:
    """Return when that happened which claims are cited for: the last field that dates it."""
    if isinstance(part, Outcome) and len(kinds_of(part)) != 1:
        return None  # another rule's
    field = _last_day_of(type(part))
    day: Due | date | None = getattr(part, field) if field else None
    return day


@lru_cache(maxsize=16)
def _last_day_of(kind: type[Part]) -> str | None:
    """Return the last of the fields that date a part, None where only documents do."""
    fields = [by for by in kind.dated_by if isinstance(by, str)]
    return fields[-1] if fields else None


def _said(reported: Due | date | None) -> str:
    return reported.text if isinstance(reported, Due) else str(reported)


@rule("one-outcome")
def one_outcome(dataset: Dataset) -> Iterator[Violation]:
    """An outcome is exactly one of met, partly-met, dropped and so on, with its day."""
    for id_, milestone in dataset.milestones.items():
        for place, outcome in enumerate(milestone.outcome):
            kinds = kinds_of(outcome)
            if len(kinds) != 1:
                said = f"{' and '.join(kinds)} are both written" if kinds else "none is written"
                message = f"{said}; write exactly one of {', '.join(OUTCOME_KINDS)}"
                yield Violation(("milestones", id_, "outcome", place), message)


def kinds_of(outcome: Outcome) -> list[str]:
    return [kind for kind in OUTCOME_KINDS if getattr(outcome, kind.replace("-", "_"))]


@rule("milestone-in-order", excusable=True)
def milestone_in_order(dataset: Dataset) -> Iterator[Violation]:
    """A milestone is promised first, then moved, in order of days; its outcome comes after.

    `known` is not before the outcome it makes known. One's own plan is in whatever order it is:
    what was done before it was written down is done.
    """
    for id_, milestone in dataset.milestones.items():
        if milestone.own:
            continue
        route: Route = ("milestones", id_)
        promised = before = milestone.promised
        for place, move in enumerate(milestone.moved):
            if before and last_day(move.on) < _first(before):
                message = f"moved on {move.on.text}, before {before.text}; put the days in order"
                yield Violation((*route, "moved", place, "on"), message)
            before = move.on
        for place, outcome in enumerate(milestone.outcome):
            if len(kinds_of(outcome)) != 1:
                continue
            day = outcome.day
            if promised and last_day(day) < _first(promised):
                message = f"it came about {day.text}, before it was promised; check both days"
                yield Violation((*route, "outcome", place), message)
            elif (outcome.known or last_day(day)) < _first(day):
                message = f"known on {outcome.known}, before it came about; check both days"
                yield Violation((*route, "outcome", place, "known"), message)


@rule("dates-agree")
def dates_agree(dataset: Dataset) -> Iterator[Violation]:
    """One promise that is written in two places has the same dates in both.

    A figure that names its `milestone` is what that milestone promises: it was announced when that
    was promised, and its `due`, if it has one, is a date that the milestone has or had.
    """
    for id_, figure in dataset.figures.items():
        if figure.milestone is None:
            continue
        milestone = dataset.milestones[figure.milestone]
        dates = [milestone.due, *(move.to for move in milestone.moved)]
        if figure.due and not any(_same(figure.due, date) for date in dates):
            message = (
                f'"{figure.due.text}" is no date of "{figure.milestone}" '
                f"({', '.join(date.text for date in dates)}); put right whichever is wrong"
            )
            yield Violation(("figures", id_, "due"), message)
        promised = milestone.promised
        if figure.announced and promised and not _meet(figure.announced, promised):
            message = (
                f'announced {figure.announced.text}, and "{figure.milestone}" was promised '
                f"{promised.text}; put right whichever is wrong"
            )
            yield Violation(("figures", id_, "announced"), message)


def _same(one: Due, other: Due) -> bool:
    return one.same_days(other) or one.text == other.text


def _meet(one: Due, other: Due) -> bool:
    return _first(one) <= last_day(other) and _first(other) <= last_day(one)


def _first(when: Due) -> date:
    assert when.earliest is not None, when.text  # parse_when dates all that it accepts
    return when.earliest


@rule("deflators-complete", on=("deflators",))
def deflators_complete(dataset: Dataset) -> Iterator[Violation]:
    """A price index has every year from its first to its last, among them its base."""
    for id_, release in dataset.deflators.items():
        starts = sorted(year.start for year in release.index)
        run = range(starts[0], starts[-1] + 1) if starts else ()
        missing = [str(FinancialYear(start)) for start in run if start not in starts]
        if release.base not in release.index:
            missing.append(f"its base, {release.base},")
        if missing:
            message = f"{missing[0]} is missing; add its index"
            yield Violation(("deflators", id_, "index"), message, on_key=True)


@rule("deflators-agree", on=("deflators",))
def deflators_agree(dataset: Dataset) -> Iterator[Violation]:
    """The index of the base year is 100, and the first forecast is one of the years.

    It may be the year after the last, where none of them is a forecast. What fails is most often
    half copied from a release with another base.
    """
    for id_, release in dataset.deflators.items():
        base = release.index.get(release.base)
        if base is not None and base != _OF_THE_BASE:
            message = (
                f"the index of {release.base} is {base}, and of the base it is {_OF_THE_BASE}; "
                "take base and index from the same release"
            )
            yield Violation(("deflators", id_, "index", str(release.base)), message)
        starts = [year.start for year in release.index]
        if starts and not min(starts) <= release.forecast_from.start <= max(starts) + 1:
            message = (
                f"{release.forecast_from} is none of the years of the index, nor the one after "
                "them; write the first that is a forecast"
            )
            yield Violation(("deflators", id_, "forecast_from"), message)


_OF_THE_BASE = 100


RULES = (
    source_dated,
    commitment_dated,
    source_not_older,
    one_outcome,
    milestone_in_order,
    dates_agree,
    deflators_complete,
    deflators_agree,
)
