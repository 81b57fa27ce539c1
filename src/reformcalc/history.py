"""What was known on a day: when an entry became known, and which of its revisions then held.

An imprecise day is read as its last: "March 2024" is known from 31 March.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from reformcalc.model import (
    OUTCOME_KINDS,
    REVISED,
    Benchmark,
    Commitment,
    FigureEntry,
    Membership,
    Milestone,
    Outcome,
    Revision,
    Source,
)
from reformcalc.money import Quantity, quantities_in

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from typing import TypeAlias

    from pydantic import BaseModel

    from reformcalc.due import Due
    from reformcalc.findings import Route
    from reformcalc.model import Caution, Claim, Dataset, Entry, OutcomeKind

    RoutedClaim: TypeAlias = tuple[Route, Claim]

R = TypeVar("R", bound=Revision)
Model = TypeVar("Model", bound="BaseModel")


def last_day(when: Due) -> date:
    """Return the last day of a publication or event, which is always dated."""
    assert when.latest is not None, when.text  # parse_when dates all that it accepts
    return when.latest


def published_on(source: Source) -> date | None:
    """Return the day by which a document was out: its last day, or the day of access if earlier."""
    if source.published is None:
        return source.accessed
    last = last_day(source.published)
    return min(last, source.accessed) if source.accessed else last


def out_by(dataset: Dataset, claim: Claim, day: date) -> bool:
    """Whether the source of a claim was out by a day; one without any date is taken to be."""
    published = published_on(dataset.sources[claim.source])
    return published is None or published <= day


def known_on(dataset: Dataset, entry: BaseModel) -> date | None:
    """Return the day from which an entry counts as known; None if nothing dates it, as of a word.

    The last day of `announced` or `promised`; else of the earliest dated document that says what
    it says; else the day of access.
    """
    match entry:
        case Commitment():
            if entry.announced:
                return last_day(entry.announced)
            return _first_out(dataset, entry.claims)
        case Benchmark() | FigureEntry():
            if entry.announced:
                return last_day(entry.announced)
            return _first_out(dataset, [claim for claim in entry.claims if not claim.variant])
        case Milestone():
            return last_day(entry.promised)
        case Source():
            return published_on(entry)
        case _:
            return None


def known_by(dataset: Dataset, entry: BaseModel, day: date) -> bool:
    """Whether an entry was known on a day; what nothing dates always is."""
    since = known_on(dataset, entry)
    return since is None or since <= day


def _first_out(dataset: Dataset, claims: Sequence[Claim]) -> date | None:
    sources = [dataset.sources[claim.source] for claim in claims]
    dated = [source for source in sources if source.published] or sources
    days = [day for source in dated if (day := published_on(source))]
    return min(days) if days else None


def by_then(dataset: Dataset, entry: Model, day: date) -> Model:
    """Return an entry without what was said, happened or was looked for after a day.

    A link between commitments is there once both are known.
    """
    then: dict[str, object] = {}
    match entry:
        case Milestone():
            then = {
                "moved": tuple(one for one in entry.moved if last_day(one.on) <= day),
                "outcome": tuple(one for one in entry.outcome if outcome_known_on(one) <= day),
                "looked": tuple(one for one in entry.looked if one.on <= day),
                "done": tuple(one for one in entry.done if one.on <= day),
            }
        case Commitment():
            dated = {name: getattr(entry, name) for name in REVISED}
            then = {
                name: tuple(one for one in revisions if one.since is None or one.since <= day)
                for name, revisions in dated.items()
            } | _links_by_then(dataset, entry, day)
        case Benchmark():
            given = (one for one in entry.cautions if given_by(dataset, one, day))
            then = {"cautions": tuple(given)}
        case FigureEntry(value=Quantity() as value):
            saying = [claim for claim in entry.claims if _says(claim, value)]
            if saying and not any(out_by(dataset, claim, day) for claim in saying):
                then = {"value": entry.was, "was": None}
    changed = {name: value for name, value in then.items() if value != getattr(entry, name)}
    if not changed:
        return entry
    copy = entry.model_copy(update=changed)
    # What was taken out whole is not said: an empty amount that is says that no size is known.
    copy.model_fields_set.difference_update(name for name in changed if not changed[name])
    return copy


# The fields of a commitment that name others of its kind.
_LINKS = ("part_of", "restates", "may_overlap", "supersedes", "continues")


def _links_by_then(dataset: Dataset, entry: Commitment, day: date) -> dict[str, object]:
    """Return the links of a commitment to what was known on a day, and what is said of them."""

    def known(link: str | Membership) -> bool:
        other = link.envelope if isinstance(link, Membership) else link
        return known_by(dataset, dataset.commitments[other], day)

    then: dict[str, object] = {}
    for name in _LINKS:
        links = getattr(entry, name)
        if isinstance(links, tuple):
            then[name] = tuple(link for link in links if known(link))
        elif links:
            then[name] = links if known(links) else None
    gone = [name for name, links in then.items() if getattr(entry, name) and not links]
    then["inferred"] = {name: why for name, why in entry.inferred.items() if name not in gone}
    if "may_overlap" in gone and entry.counted:
        then["reason"] = None  # it says why these may overlap
    return then


def complete(entry: BaseModel, then: BaseModel) -> bool:
    """Whether all that an entry says was said `then`, whatever it is linked to."""
    names = type(entry).model_fields.keys() - {*_LINKS, "inferred", "reason"}
    return all(getattr(entry, name) == getattr(then, name) for name in names)


def _says(claim: Claim, quantity: Quantity) -> bool:
    said = quantities_in(claim.wording)
    return any(
        one.unit == quantity.unit and one.amount.stated == quantity.amount.stated for one in said
    )


def given_by(dataset: Dataset, caution: Caution, day: date) -> bool:
    """Whether every source of a caution was out by a day."""
    return all(out_by(dataset, claim, day) for claim in caution.claims)


def in_force(revisions: Sequence[R], day: date) -> R | None:
    """Return the revision that held on a day, or None if none did yet."""
    held = [one for one in revisions if one.since is None or one.since <= day]
    return held[-1] if held else None


def outcome_known_on(outcome: Outcome) -> date:
    """Return the day from which an outcome is known: `known`, else its last day."""
    return outcome.known or last_day(outcome_day(outcome))


def outcome_day(outcome: Outcome) -> Due:
    """Return when it happened, in the words of the record."""
    return next(when for kind in OUTCOME_KINDS if (when := said_as(outcome, kind)))


def said_as(outcome: Outcome, kind: OutcomeKind) -> Due | None:
    """Return when something happened, where the outcome is of one kind; else None.

    The rule one-outcome sees to it that it is of exactly one.
    """
    when: Due | None = getattr(outcome, kind.replace("-", "_"))
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
    Milestone: ("moved", "outcome", "done"),
}
