"""What was known on a day: when an entry became known, and which of its revisions then held.

An imprecise day is read as its last: "March 2024" is known from 31 March.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from reformcalc.model import REVISED, Benchmark, Commitment, Milestone, Outcome, Revision

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from typing import TypeAlias

    from reformcalc.due import Due
    from reformcalc.findings import Route
    from reformcalc.model import Claim, Dataset, Entry, Source

    RoutedClaim: TypeAlias = tuple[Route, Claim]

R = TypeVar("R", bound=Revision)


def last_day(when: Due) -> date:
    """Return the last day of a publication or event, which is always dated."""
    assert when.latest is not None, when.text  # parse_when dates all that it accepts
    return when.latest


def published_on(source: Source) -> date | None:
    """Return the day by which a document was out: its last day, or the day of access if earlier."""
    days = [last_day(source.published)] if source.published else []
    days += [source.accessed] if source.accessed else []
    return min(days, default=None)


def out_by(dataset: Dataset, claim: Claim, day: date) -> bool:
    """Whether the source of a claim was out by a day; one without any date is taken to be."""
    published = published_on(dataset.sources[claim.source])
    return published is None or published <= day


def commitment_known_on(dataset: Dataset, commitment: Commitment) -> date | None:
    """Return the day from which a commitment counts as known, or None if no source is dated.

    The last day of `announced`; else of the earliest dated claim; else the day of access.
    """
    if commitment.announced:
        return last_day(commitment.announced)
    documents = dataset.sources
    sources = [documents[claim.source] for claim in commitment.claims]
    published = [source.published for source in sources if source.published]
    if published:
        return min(map(last_day, published))
    return min((source.accessed for source in sources if source.accessed), default=None)


def in_force(revisions: Sequence[R], day: date) -> R | None:
    """Return the revision that held on a day, or None if none did yet."""
    held = [one for one in revisions if one.since is None or one.since <= day]
    return held[-1] if held else None


def outcome_known_on(outcome: Outcome) -> date:
    """Return the day from which an outcome is known: `known`, else its last day."""
    return outcome.known or last_day(outcome_day(outcome))


def outcome_day(outcome: Outcome) -> Due:
    """Return when it happened, in the words of the record."""
    when = outcome.met or outcome.partly_met or outcome.dropped or outcome.superseded
    assert when is not None, "the rule one-outcome sees to it that one is written"
    return when


def claims_of(entry: Entry) -> list[RoutedClaim]:
    """Return every claim of an entry with its route inside the entry."""
    found: list[RoutedClaim] = [
        (("claims", place), claim) for place, claim in enumerate(entry.claims)
    ]
    for name in _WITH_CLAIMS.get(type(entry), ()):
        part = getattr(entry, name)
        for place, one in enumerate(part) if isinstance(part, tuple) else ((None, part),):
            if one is not None and one.claims:
                route = (name,) if place is None else (name, place)
                found += [((*route, "claims", n), claim) for n, claim in enumerate(one.claims)]
    return found


def all_claims(entry: Entry) -> Sequence[Claim]:
    """Return every claim of an entry, where it does not matter what in it they are for."""
    if isinstance(entry, Commitment):
        for one in (*entry.amount, *entry.profile, *entry.stage):
            if one.claims:
                break
        else:
            return entry.claims  # nearly always, and there are many
    return [claim for _, claim in claims_of(entry)]


# The fields of each kind of entry whose parts have claims of their own.
_WITH_CLAIMS: dict[type, tuple[str, ...]] = {
    Commitment: REVISED,
    Benchmark: ("year_one", "unreconciled", "cautions"),
    Milestone: ("moved", "outcome"),
}
