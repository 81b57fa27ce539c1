"""One basis of a comparison: its row, with the share, the gap and the verdict they allow."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from reformcalc import words
from reformcalc.money import NOUGHT, Sum, round_pounds


class Verdict(StrEnum):
    """What a basis can say of an ask."""

    MET = "met"
    NOT_MET = "not-met"
    NOT_DECIDED = "not-decided"


class Carries(StrEnum):
    """Which verdict a basis can carry: a sum that is too wide shows no ask met, and so on."""

    NOT_MET = "all money, new or not, can only show that the ask is not met"
    MET = "money counted once can only show that the ask is met"
    BOTH = "new money in each year, as the ask is"


@dataclass(frozen=True, slots=True)
class CompareRow:
    """One basis: what was promised, what was asked for, and how they stand to each other.

    Sums are pounds, cash unless the basis names prices. Shares are per cent; the gap is asked less
    promised. The low of a share sets the least promised against the most asked. `verdict_reason`
    says what a verdict rests on, or why there is none. `share` and `gap` are the same figures in
    words, with their bounds.
    """

    basis: str
    label: str
    like_for_like: bool
    committed: Sum
    benchmark: Sum
    share_percent: Decimal
    share_percent_low: Decimal
    share_percent_high: Decimal | None
    gap_gbp: int
    gap_low_gbp: int | None
    gap_high_gbp: int | None
    verdict: Verdict
    verdict_reason: str
    assumption: str
    share: str
    gap: str


def set_against(
    basis: str,
    label: str,
    committed: Sum,
    asked: Sum,
    *,
    most: Decimal | None,
    assumption: str,
    carries: Carries = Carries.NOT_MET,
) -> CompareRow:
    """Set two sums against each other. `most` is the promised money at its highest."""
    verdict, reason = _verdict(committed.low, most, asked, carries)
    share = _share(committed.stated, asked.stated)
    least = NOUGHT if asked.high is None else _share(committed.low, asked.high)
    largest = None
    if committed.high is not None and asked.low:
        largest = _share(committed.high, asked.low)
    gap = round_pounds(asked.stated - committed.stated)
    smallest = None if committed.high is None else round_pounds(asked.low - committed.high)
    widest = None if asked.high is None else round_pounds(asked.high - committed.low)
    return CompareRow(
        basis=basis,
        label=label,
        like_for_like=carries is Carries.BOTH,
        committed=committed,
        benchmark=asked,
        share_percent=share,
        share_percent_low=least,
        share_percent_high=largest,
        gap_gbp=gap,
        gap_low_gbp=smallest,
        gap_high_gbp=widest,
        verdict=verdict,
        verdict_reason=reason,
        assumption=assumption,
        share=between(words.percent(least), None if largest is None else words.percent(largest)),
        gap=between(_in_pounds(smallest), _in_pounds(widest)),
    )


def between(low: str | None, high: str | None) -> str:
    """Write two bounds as a sentence would; None stands for no bound."""
    if low is None or high is None:
        return f"at least {low}" if high is None else f"at most {high}"
    return low if low == high else f"{low} to {high}"


def _in_pounds(value: int | None) -> str | None:
    return None if value is None else words.millions(NOUGHT + value)


def _verdict(
    least: Decimal, most: Decimal | None, asked: Sum, carries: Carries
) -> tuple[Verdict, str]:
    """Judge a row, where its bounds allow a verdict and its basis can carry it."""
    if carries is not Carries.NOT_MET and asked.high is not None and least >= asked.high:
        return Verdict.MET, "even at its lowest it reaches what was asked"
    if carries is not Carries.MET and most is not None and most < asked.low:
        return Verdict.NOT_MET, "even at its highest it is less than was asked"
    if carries is Carries.BOTH:
        return Verdict.NOT_DECIDED, "what was asked lies between the least and the most it can be"
    return Verdict.NOT_DECIDED, carries.value


def _share(part: Decimal, whole: Decimal) -> Decimal:
    return (part * 100 / whole).quantize(Decimal("0.0001"), rounding=ROUND_HALF_UP)
