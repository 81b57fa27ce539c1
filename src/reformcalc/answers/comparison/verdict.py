"""One basis of a comparison: its row, with the share, the gap and the verdict they allow."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal

from reformcalc import words
from reformcalc.answers.comparison.asked import Unsuited
from reformcalc.answers.comparison.promised import Carries
from reformcalc.answers.comparison.settling import by_what_is_in_doubt, by_what_is_open
from reformcalc.rows import Kind, for_people, means
from reformcalc.values.money import NOUGHT, Bounds, Sum, round_pounds

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from reformcalc.answers.comparison.asked import Asked
    from reformcalc.answers.comparison.promised import Promised
    from reformcalc.answers.comparison.settling import Settling

# The ids of `bases`, in the order of its table.
BasisId = Literal[
    "headline",
    "new-each-year",
    "new-when-announced",
    "asked-years",
    "new-asked-years",
    "new-once-asked-years",
    "new-untold-counted",
    "new-doubtful-counted",
    "doubtful-counted",
    "new-without-capital",
    "without-capital",
    "asked-years-without-capital",
    "new-yearly-figures",
    "yearly-figures",
    "asked-years-yearly-figures",
    "first-two-years",
    "new-same-financial-years",
    "same-financial-years",
    "new-per-year-spending",
    "per-year-spending",
    "new-per-year-programme",
    "per-year-programme",
    "real-terms",
    "asked-years-real-terms",
    "new-real-terms",
    "real-terms-asked-in-cash",
    "asked-years-real-terms-asked-in-cash",
    "new-real-terms-asked-in-cash",
]


class Said(StrEnum):
    """A verdict in words; of what is not decided, also whether it is short but for what is open."""

    MET = "met"
    NOT_MET = "not met"
    SHORT = "short"
    NOT_SETTLED = "not settled"


class Verdict(StrEnum):
    """What a basis can say of an ask."""

    MET = "met"
    NOT_MET = "not-met"
    NOT_DECIDED = "not-decided"

    @property
    def said(self) -> Said:
        """The verdict in words."""
        return Said.NOT_SETTLED if self is Verdict.NOT_DECIDED else Said(self.replace("-", " "))


SETTLED = (Said.MET, Said.NOT_MET)


@dataclass(frozen=True, slots=True)
class CompareRow:
    """One basis: what was promised, what was asked for, and how they stand to each other.

    Sums are cash unless the basis names prices. The basis is empty until its table gives it one.
    """

    basis: str = field(
        metadata=means("which comparison: a stable name, which --basis takes", Kind.ID)
    )
    counts: str = field(metadata=means("all-money or new-money", Kind.WORD))
    label: str = field(metadata=means("which comparison, in words", Kind.TEXT))
    like_for_like: bool = field(
        metadata=means("whether both sides count the same thing", Kind.TRUTH)
    )
    committed: Sum = field(metadata=means("what was promised", Kind.SUM))
    benchmark: Sum = field(metadata=means("what was asked for", Kind.SUM))
    committed_years: str | None = field(
        metadata=means(
            "the financial years that the money is for, first to last, or the runs of those "
            "that a row counts; empty if no source says",
            Kind.TEXT,
        )
    )
    benchmark_years: str | None = field(
        metadata=means("the years that it is asked for: which, or how many", Kind.TEXT)
    )
    share_percent: Decimal = field(
        metadata=means("promised, per cent of asked: four decimals, halves up", Kind.PERCENTAGE)
    )
    share_percent_low: Decimal = field(
        metadata=means(
            "the least that it can be: the least promised against the most asked", Kind.PERCENTAGE
        )
    )
    share_percent_high: Decimal | None = field(
        metadata=means("the most; empty for no bound", Kind.PERCENTAGE)
    )
    gap_gbp: int = field(metadata=means("asked less promised", Kind.POUNDS))
    gap_low_gbp: int | None = field(
        metadata=means("the least that it can be; empty for no bound", Kind.POUNDS)
    )
    gap_high_gbp: int | None = field(metadata=means("the most; empty for no bound", Kind.POUNDS))
    verdict: Verdict = field(
        metadata=means("what the bounds decide: met, not-met or not-decided", Kind.WORD)
    )
    standing: Said = field(
        metadata=means(
            "the verdict as screens and papers say it: met, not met, short (not decided, but less "
            "than was asked for unless what is in doubt is extra) or not settled",
            Kind.WORD,
        )
    )
    verdict_reason: str = field(
        metadata=means("what the verdict rests on, or why there is none", Kind.SENTENCE)
    )
    assumption: str = field(metadata=means("what the row rests on", Kind.SENTENCE))
    would_settle: str | None = field(
        metadata=means(
            "what would bring a verdict, in words; empty where there is one, or nothing would",
            Kind.SENTENCE,
        )
    )
    short_gbp: int | None = field(
        metadata=means(
            "the least that would decide: of what no source tells, where the bounds lie on "
            "both sides of the ask; of what is in doubt, where only that keeps a verdict "
            "from being said",
            Kind.POUNDS,
        )
    )
    unknown_gbp: int | None = field(
        metadata=means(
            "how far the bounds of the money are apart for want of a source, a floor read "
            "as for verdicts",
            Kind.POUNDS,
        )
    )
    unknown_of: tuple[str, ...] = field(
        metadata=means(
            "the commitments that this is of, largest first",
            Kind.ID,
            many=True,
            names="commitments",
        )
    )
    in_doubt_gbp: int | None = field(
        metadata=means(
            "what may belong to it but does not count, an open floor at what it states", Kind.POUNDS
        )
    )
    in_doubt_of: tuple[str, ...] = field(
        metadata=means(
            "the commitments that this is of, largest first",
            Kind.ID,
            many=True,
            names="commitments",
        )
    )
    parts: Callable[[], Mapping[str, tuple[Decimal, Decimal]]] = field(
        compare=False,
        metadata=for_people(
            "what each commitment adds to the stated figure, and what it could", Kind.INSIDE
        ),
    )
    spread: bool = field(
        metadata=for_people(
            "whether an even spread over the years makes the stated figure", Kind.TRUTH
        )
    )
    share: str = field(metadata=for_people("the share in words, with its bounds", Kind.TEXT))
    gap: Bounds = field(
        metadata=for_people("how far it is short of the ask, or over it", Kind.SHORTFALL)
    )
    floors: str = field(
        metadata=for_people("how its verdict reads an open floor, by one of its own", Kind.TEXT)
    )
    settling: Settling | None = field(
        compare=False,
        metadata=for_people("what would settle it, None where nothing would", Kind.INSIDE),
    )
    lengths: str = field(
        metadata=for_people(
            "how many years each side is for, where these are not the same", Kind.TEXT
        )
    )


def set_against(label: str, promised: Promised, asked: Asked, *, assumption: str) -> CompareRow:
    """Set promised money against what was asked for. The basis gets its id from its table.

    Raises Unsuited where nothing was asked for.
    """
    committed, ask = promised.money, asked.money
    if not ask.stated:
        raise Unsuited("£0 was asked for so, and of nothing there is no share")
    verdict, reason = _verdict(promised, ask)
    settling = _settling(promised, ask) if verdict is Verdict.NOT_DECIDED else None
    if settling and reason == Carries.BOTH.value:
        reason = settling.brief or reason
    share = percentage(committed.stated, ask.stated)
    least = NOUGHT if ask.high is None else percentage(committed.low, ask.high)
    largest = None
    if committed.high is not None and ask.low:
        largest = percentage(committed.high, ask.low)
    gap = ask.less(committed)
    return CompareRow(
        basis="",
        counts=promised.counts,
        label=label,
        like_for_like=False,
        committed=committed,
        benchmark=ask,
        committed_years=promised.run,
        benchmark_years=asked.years,
        share_percent=share,
        share_percent_low=least,
        share_percent_high=largest,
        gap_gbp=round_pounds(ask.stated - committed.stated),
        gap_low_gbp=None if gap.low is None else round_pounds(gap.low),
        gap_high_gbp=None if gap.high is None else round_pounds(gap.high),
        verdict=verdict,
        verdict_reason=reason,
        standing=_standing(verdict, promised, ask),
        floors=promised.comparison.floors_read,
        assumption=assumption,
        **unsettled(settling),
        parts=promised.parts,
        spread=promised.spread,
        share=words.between(
            words.percent(least), None if largest is None else words.percent(largest)
        ),
        gap=gap,
        lengths=_lengths(len(promised.years), asked.count),
    )


def unsettled(settling: Settling | None = None) -> dict[str, Any]:
    """Return the fields of a row that say what would settle it; nothing does if None is given."""
    return {
        "would_settle": settling and settling.text,
        "short_gbp": settling and round_pounds(settling.short),
        "unknown_gbp": settling and round_pounds(settling.unknown),
        "unknown_of": settling.unknown_of if settling else (),
        "in_doubt_gbp": settling and round_pounds(settling.in_doubt),
        "in_doubt_of": settling.in_doubt_of if settling else (),
        "settling": settling,
    }


def percentage(part: Decimal, whole: Decimal) -> Decimal:
    """Return what per cent of a whole a part is, to four decimals, halves up."""
    return (part * 100 / whole).quantize(Decimal("0.0001"), rounding=ROUND_HALF_UP)


def _lengths(promised: int, asked: int | None) -> str:
    """Write how many years each side has: "7 years against 4"."""
    if not promised or not asked:
        return ""
    return f"{words.counted(promised, 'year')} against {asked}"


def _verdict(promised: Promised, asked: Sum) -> tuple[Verdict, str]:
    """Judge a row, where its bounds allow a verdict and its basis can carry it."""
    money, most, carries = promised.money, promised.most, promised.carries
    may_be_met = _may_show_met(carries)
    if may_be_met and asked.high is not None and money.low >= asked.high:
        return Verdict.MET, "even at its lowest it reaches what was asked"
    if carries in (Carries.NOT_MET, Carries.BOTH):
        if most is not None and most < asked.low:
            as_worded = promised.most_as_worded
            closed = as_worded is not None and as_worded < asked.low
            read = "" if closed else f", with {promised.comparison.floors_read},"
            return Verdict.NOT_MET, f"even at its highest{read} it is less than was asked"
        high = _high(promised)
        if _falls_short(promised, asked):
            return Verdict.NOT_DECIDED, _could_be_more(promised, high)
    return Verdict.NOT_DECIDED, carries.value


def _standing(verdict: Verdict, promised: Promised, asked: Sum) -> Said:
    """Say a verdict in words: money that only what is in doubt could bring to the ask is short."""
    if verdict is not Verdict.NOT_DECIDED:
        return verdict.said
    may_show_unmet = promised.carries in (Carries.NOT_MET, Carries.BOTH)
    return Said.SHORT if may_show_unmet and _falls_short(promised, asked) else Said.NOT_SETTLED


def _falls_short(promised: Promised, asked: Sum) -> bool:
    """Whether money is less than what was asked for, but for what is in doubt."""
    high = _high(promised)
    return (promised.money.low if high is None else high) < asked.low


def _may_show_met(carries: Carries) -> bool:
    return carries not in (Carries.NOT_MET, Carries.NEITHER)


def _high(promised: Promised) -> Decimal | None:
    """Return the most that the money is, with open floors read as for verdicts."""
    high = promised.money.high
    return promised.ceiling if high is None else high


def _settling(promised: Promised, asked: Sum) -> Settling | None:
    """Return what would settle a row that is not decided; None where its basis can show neither."""
    money, high, carries = promised.money, _high(promised), promised.carries
    if high is not None and high < asked.low:
        if carries not in (Carries.NOT_MET, Carries.BOTH):
            return None
        return by_what_is_in_doubt(money, high, asked.low, promised.unknowns)
    if not _may_show_met(carries) or asked.high is None or high is None:
        return None
    return by_what_is_open(money, high, asked.high, promised.unknowns)


def _could_be_more(promised: Promised, high: Decimal | None) -> str:
    """Say what keeps a sum that is short of the ask from being called not met."""
    most = promised.most
    if most is None or high is None:
        return "money without bounds or of no known year could make up the rest"
    as_worded = most == promised.most_as_worded
    read = "" if as_worded else f", with {promised.comparison.floors_read}"
    kind = promised.unknowns.kind
    comma = "," if "," in kind else ""
    return f"only what is {kind}{comma} could make up the rest{read}"
