"""Which claims to cite for what an entry says on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reformcalc.known import in_force, last_day, out_by
from reformcalc.milestones import outcome_by
from reformcalc.model import Commitment, Milestone
from reformcalc.money import amounts_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from decimal import Decimal

    from reformcalc.model import Claim, Dataset, Entry


def citing(dataset: Dataset, entry: Entry, as_of: date, value: Decimal | None) -> list[Claim]:
    """Return the claim whose words carry a sum, in pounds; without a sum, the first of all.

    Where no claim prints the sum, those that give its parts: all that were out on the day.
    """
    claims = [claim for claim in _witnesses(entry, as_of) if out_by(dataset, claim, as_of)]
    printing = (claim for claim in claims if value is None or prints(claim, value))
    one = next(printing, None)
    return claims if one is None else [one]


def prints(claim: Claim, value: Decimal) -> bool:
    """Whether the words of a claim carry a sum, in pounds."""
    return value in {one.stated for one in amounts_in(claim.wording)}


def _witnesses(entry: Entry, as_of: date) -> Iterator[Claim]:
    """Yield the claims for what an entry says on a day, the latest first."""
    match entry:
        case Commitment() if revision := in_force(entry.amount, as_of):
            yield from revision.claims
        case Milestone():
            if outcome := outcome_by(entry, as_of):
                yield from outcome.claims
            for move in reversed(entry.moved):
                if last_day(move.on) <= as_of:
                    yield from move.claims
    for claim in entry.claims:
        if not claim.variant:
            yield claim
