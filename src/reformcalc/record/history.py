"""What was known on a day: when an entry became known, and which of its revisions then held.

An imprecise day is read as its last: "March 2024" is known from 31 March.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from reformcalc.record.model import Documents, Entry, Part, Revision
from reformcalc.record.parts import claiming_parts_of, dated_parts_of, links_of
from reformcalc.values.due import Due
from reformcalc.values.money import Quantity, quantities_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date
    from typing import Any, TypeAlias

    from pydantic import BaseModel

    from reformcalc.findings import Route
    from reformcalc.record.model import Claim, Dataset
    from reformcalc.record.parts import Held

    RoutedClaim: TypeAlias = tuple[Route, Claim]

R = TypeVar("R", bound=Revision)
Model = TypeVar("Model", bound="BaseModel")


def last_day(when: Due) -> date:
    """Return the last day of a publication or event, which is always dated."""
    assert when.latest is not None, when.text  # parse_when dates all that it accepts
    return when.latest


def out_by(dataset: Dataset, claim: Claim, day: date) -> bool:
    """Whether the source of a claim was out by a day; one without any date is taken to be."""
    published = dataset.sources[claim.source].out_on
    return published is None or published <= day


def known_on(dataset: Dataset, entry: BaseModel) -> date | None:
    """Return the day from which an entry, or a part of one, counts as known.

    It is dated by what its class says: a field with a day, of which the last counts, or else the
    documents that claim it. None if nothing dates it, as of a word.
    """
    assert isinstance(entry, Part)
    for by in entry.dated_by:
        if isinstance(by, Documents):
            day = _out(dataset, entry.claims, by)  # type: ignore[attr-defined]  # the class has them
        else:
            day = getattr(entry, by)
            day = last_day(day) if isinstance(day, Due) else day
        if day:
            return day
    return None


def known_by(dataset: Dataset, entry: BaseModel, day: date) -> bool:
    """Whether an entry was known on a day; what nothing dates always is."""
    since = known_on(dataset, entry)
    return since is None or since <= day


def _out(dataset: Dataset, claims: Sequence[Claim], by: Documents) -> date | None:
    """Return the day from which documents say what is claimed."""
    if by is Documents.FIRST_IN_USE:
        claims = [claim for claim in claims if not claim.variant]
    if len(claims) == 1:  # nearly always, and there are many
        return dataset.sources[claims[0].source].out_on
    sources = [dataset.sources[claim.source] for claim in claims]
    if by is Documents.ALL:
        return max((day for source in sources if (day := source.out_on)), default=None)
    dated = [source for source in sources if source.published] or sources
    return min((day for source in dated if (day := source.out_on)), default=None)


def by_then(dataset: Dataset, entry: Model, day: date) -> Model:
    """Return an entry without what was said, happened or was looked for after a day.

    A link to another entry is there once both are known.
    """
    assert isinstance(entry, Part)
    then: dict[str, object] = {}
    for field in dated_parts_of(type(entry)):
        if held := getattr(entry, field.name):
            kept = _kept(held, lambda part: known_by(dataset, part, day))
            if (left := _linked_then(dataset, field, kept, day)) != held:
                then[field.name] = left
    gone = []
    for field in links_of(type(entry)):
        held = getattr(entry, field.name)
        if held and (left := _links_by_then(dataset, field, held, day)) != held:
            then[field.name] = left
            gone += [] if left else [field.name]
    if isinstance(entry, Entry):
        then |= entry.explained(gone) if gone else {}
        then |= _figure_by_then(dataset, entry, day) if entry.before else {}
    if not then:
        return entry
    copy = entry.model_copy(update=then)
    # What was taken out whole is not said: an empty amount that is says that no size is known.
    copy.model_fields_set.difference_update(name for name in then if not then[name])
    return copy


def _kept(held: Any, known: Callable[[Any], bool]) -> Any:
    """Return what a field holds without what was not known: of many, or of one."""
    if not isinstance(held, tuple):
        return held if known(held) else None
    kept = tuple([one for one in held if known(one)])
    return kept if len(kept) < len(held) else held  # nearly always all, and there are many


def _linked_then(dataset: Dataset, field: Held, kept: Any, day: date) -> Any:
    """Return the known parts of a field without their links to what was not known on a day."""
    assert field.part
    if not kept or not links_of(field.part):
        return kept
    assert field.many, f"{field.name} holds one part with links, which nothing did so far"
    return tuple(by_then(dataset, part, day) for part in kept)


def _links_by_then(dataset: Dataset, field: Held, held: Any, day: date) -> Any:
    """Return the links that a field holds to what was known on a day."""
    others, short = getattr(dataset, field.section or ""), field.short

    def known(link: Any) -> bool:
        return known_by(dataset, others[getattr(link, short) if short else link], day)

    return _kept(held, known)


def _figure_by_then(dataset: Dataset, entry: Entry, day: date) -> dict[str, object]:
    """Return the figure as it was before, where no document that says the one in use was out."""
    assert entry.before
    assert entry.figure
    value = getattr(entry, entry.figure)
    said = [claim for claim in entry.claims if value is not None and _says(claim, value)]
    if not said or any(out_by(dataset, claim, day) for claim in said):
        return {}
    return {entry.figure: getattr(entry, entry.before), entry.before: None}


def complete(entry: BaseModel, then: BaseModel) -> bool:
    """Whether all that an entry says was said `then`, whatever it is linked to."""
    assert isinstance(entry, Part)
    links = (one.name for one in links_of(type(entry)))
    names = type(entry).model_fields.keys() - {*links, "inferred", "reason"}
    return all(getattr(entry, name) == getattr(then, name) for name in names)


def _says(claim: Claim, quantity: Quantity) -> bool:
    said = quantities_in(claim.wording)
    return any(
        one.unit == quantity.unit and one.amount.stated == quantity.amount.stated for one in said
    )


def in_force(revisions: Sequence[R], day: date) -> R | None:
    """Return the revision that held on a day, or None if none did yet."""
    held = [one for one in revisions if one.since is None or one.since <= day]
    return held[-1] if held else None


def claims_of(entry: Entry, *, as_evidence: bool = False) -> list[RoutedClaim]:
    """Return every claim of an entry with its route inside the entry; or as `evidence` has them."""
    found: list[RoutedClaim] = [
        (("claims", place), claim) for place, claim in enumerate(entry.claims)
    ]
    for route, part in claiming(entry):
        if as_evidence and not part.is_evidence:
            continue
        found += [((*route, "claims", place), claim) for place, claim in enumerate(part.claims)]
    return found


def claiming(entry: Entry) -> Iterator[tuple[Route, Any]]:
    """Yield the parts of an entry that carry claims, with their routes inside it."""
    for name, many in _claiming_fields(type(entry)):
        held = getattr(entry, name)
        if not held:
            continue  # nearly always, and there are many
        if many:
            yield from (((name, place), part) for place, part in enumerate(held))
        else:
            yield (name,), held


@lru_cache(maxsize=32)
def _claiming_fields(kind: type[Part], *, evidence: bool = False) -> tuple[tuple[str, bool], ...]:
    return tuple(
        (field.name, field.many)
        for field in claiming_parts_of(kind)
        if not evidence or (field.part and field.part.is_evidence)
    )


def all_claims(entry: Entry) -> Sequence[Claim]:
    """Return every claim of an entry, where it does not matter what in it they are for."""
    return _claims_in(entry, _claiming_fields(type(entry)))


def evidence(entry: Entry) -> Sequence[Claim]:
    """Return the claims that can say a figure or a date of an entry."""
    return _claims_in(entry, _claiming_fields(type(entry), evidence=True))


def _claims_in(entry: Entry, fields: Iterable[tuple[str, bool]]) -> Sequence[Claim]:
    more: list[Claim] = []
    for name, many in fields:
        if held := getattr(entry, name):
            for part in held if many else (held,):
                more += part.claims
    return (*entry.claims, *more) if more else entry.claims
