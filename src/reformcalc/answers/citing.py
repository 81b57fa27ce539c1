"""Which claims to cite for what an entry says on a day."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from reformcalc.record.history import claims_of_whole, in_force
from reformcalc.record.model import Commitment
from reformcalc.values.money import amounts_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from decimal import Decimal

    from reformcalc.ledger.known import Known
    from reformcalc.record.model import Claim, Entry


def citing(record: Known, entry: Entry, value: Decimal | None) -> list[Claim]:
    """Return the claim whose words carry a sum, in pounds; without a sum, the first of all.

    Only claims that were out on the day are cited. Where none of them prints the sum, those whose
    sums add up to it are. Where neither is so: none if a later document prints it, else all, since
    it was worked out from them.
    """
    said = list(_witnesses(entry, record.as_of))
    claims = [claim for claim in said if record.is_out(claim)]
    if value is None:
        return claims[:1]
    if one := next((claim for claim in claims if prints(claim, value)), None):
        return [one]
    if parts := _adding_up(claims, value):
        return parts
    of_its_years = isinstance(entry, Commitment) and not entry.amount
    later = any(prints(claim, value) for claim in said) and not of_its_years
    return [] if later else claims


_MOST = 12  # of the sums that are tried together: they are few, and all choices are many


def _adding_up(claims: Sequence[Claim], value: Decimal) -> list[Claim]:
    """Return the claims whose sums add up to one; nothing where no choice of them does."""
    printing: dict[Decimal, Claim] = {}
    for claim in claims:
        for one in amounts_in(claim.wording):
            printing.setdefault(one.stated, claim)
    sums = [one for one in printing if 0 < one < value][:_MOST]
    choices = (some for size in range(2, len(sums) + 1) for some in combinations(sums, size))
    parts = next((some for some in choices if sum(some) == value), ())
    chosen = [printing[one] for one in parts]
    return [claim for claim in claims if claim in chosen]


def prints(claim: Claim, value: Decimal) -> bool:
    """Whether the words of a claim carry a sum, in pounds."""
    return value in {one.stated for one in amounts_in(claim.wording)}


def differs(record: Known, entry: Entry) -> bool:
    """Whether a source that was out by the day says other than what is used of an entry of it."""
    return any(claim.variant and record.is_out(claim) for claim in claims_of_whole(entry))


def _witnesses(entry: Entry, as_of: date) -> Iterator[Claim]:
    """Yield the claims for what an entry says on a day, the latest first."""
    if isinstance(entry, Commitment) and (revision := in_force(entry.amount, as_of)):
        yield from revision.claims
    for claim in entry.claims:
        if not claim.variant:
            yield claim
