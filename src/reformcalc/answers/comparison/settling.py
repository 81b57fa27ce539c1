"""What would settle a comparison that is not decided: which unknown, how large, how much of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reformcalc import words
from reformcalc.values.money import NOUGHT

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from reformcalc.values.money import Sum

_NAMED = 3  # of many sums the largest are named in a sentence; the rows of JSON have all


@dataclass(frozen=True, slots=True)
class Unknowns:
    """What no source tells of the promised side of a basis, by commitment, in pounds.

    `open` is how far each counted sum's bounds are apart, None for no bound, and `untold` says what
    of it no source tells, nothing where words leave it open. `granted` is what the most of the
    money takes for granted. `doubts` is what each sum that does not count could add, a floor at
    what it states, and `kind` why it may. `names` is what the sums are called.
    """

    open: Mapping[str, Decimal | None]
    untold: tuple[str, ...]
    granted: tuple[str, ...]
    doubts: Mapping[str, Decimal]
    kind: str
    names: Mapping[str, str]

    @property
    def may_be(self) -> str:
        """What of it no source tells, in words."""
        if not self.untold:
            return "is left open by its wording"
        return f"may or may not be {' and '.join(self.untold)}"

    @property
    def in_years(self) -> bool:
        """Whether it is of some years alone."""
        return "of these years" in self.untold

    @property
    def highest(self) -> str:
        """What the most of it takes for granted, in words."""
        return f"even if {words.listed(self.granted)}" if self.granted else "at its highest"


@dataclass(frozen=True, slots=True)
class Settling:
    """What would settle a basis: the least of an unknown that would decide, in words and pounds.

    `brief` says it in few words, where enough of what is open would decide; `unknowns` are what
    it is made of.
    """

    text: str
    brief: str
    unknowns: Unknowns
    short: Decimal
    unknown: Decimal
    unknown_of: tuple[str, ...]
    in_doubt: Decimal
    in_doubt_of: tuple[str, ...]


def by_what_is_open(money: Sum, high: Decimal, asked: Decimal, told: Unknowns) -> Settling:
    """Say how much of what is open would meet the most that is asked for.

    `high` is the most that the money is.
    """
    short, unknown = asked - money.low, high - money.low
    sizes = [size for size in told.open.values() if size is not None]
    # Sums that share what is open, as in one envelope, are each as wide as that: named without it.
    apart = len(sizes) < len(told.open) or sum(sizes, NOUGHT) == unknown
    amount, named = words.millions(unknown), _named(told.open, told, sizes=apart)
    doubt, more = _sum(told.doubts), short - unknown
    if more <= 0:
        enough, rest, much = f"{words.millions(short)} of", "", "as much of"
        brief = f"{amount} {told.may_be}; {words.millions(short)} of it would be enough"
    else:
        enough, rest, much = "all of", f" and {words.millions(more)} more", "what is missing of"
        brief = f"{amount} {told.may_be}; all of it{rest} would be enough"
    text = f"{enough} the {amount} that {told.may_be} {named}{rest} would be enough"
    if doubt and doubt >= (short if more <= 0 else more):
        text += f", or {much} the {words.millions(doubt)} {told.kind} {_named(told.doubts, told)}"
    return _settling(told, short, unknown, text, brief)


def by_what_is_in_doubt(money: Sum, high: Decimal, asked: Decimal, told: Unknowns) -> Settling:
    """Say how much of what is in doubt would reach the least that is asked for.

    `high` is the most that the money is without that, which is less.
    """
    short = asked - high
    amount, doubt = words.millions(short), _sum(told.doubts)
    text = (
        f"{amount} short of {words.millions(asked)} {told.highest}; reached only if {amount} of "
        f"the {words.millions(doubt)} {told.kind} is extra {_named(told.doubts, told)}"
    )
    return _settling(told, short, high - money.low, text)


def _settling(
    told: Unknowns, short: Decimal, unknown: Decimal, text: str, brief: str = ""
) -> Settling:
    return Settling(
        text,
        brief,
        told,
        short,
        unknown,
        largest(told.open),
        _sum(told.doubts),
        largest(told.doubts),
    )


def _sum(sizes: Mapping[str, Decimal]) -> Decimal:
    return sum(sizes.values(), NOUGHT)


def largest(sizes: Mapping[str, Decimal | None]) -> tuple[str, ...]:
    """Return ids, those without bound first, then the largest."""

    def place(id_: str) -> tuple[bool, Decimal, str]:
        size = sizes[id_]
        return size is not None, -(size or NOUGHT), id_

    return tuple(sorted(sizes, key=place))


def _named(open_: Mapping[str, Decimal | None], told: Unknowns, *, sizes: bool = True) -> str:
    """Name the largest of some sums, with what each is if asked for, and count the others."""
    order = largest(open_)
    shown = order if len(order) <= _NAMED + 1 else order[:_NAMED]
    named = [told.names[id_] + (f", {_size(open_[id_])}" if sizes else "") for id_ in shown]
    named += [words.counted(rest, "other")] if (rest := len(order) - len(shown)) else []
    return f"({'; '.join(named)})" if named else ""


def _size(size: Decimal | None) -> str:
    return "without bound" if size is None else words.millions(size)
